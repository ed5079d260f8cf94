"""What applicants do, from the link that goes to their address: write, send in, withdraw, choose a time, ask for feedback."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.deciding.recruitment.actions.vacancies import note
from alongside.deciding.recruitment.models import Application, InterviewSlot, Vacancy
from alongside.deciding.recruitment.permissions import may_apply, may_say_not_read, may_use_link
from alongside.deciding.recruitment.queries.choosing import application_behind
from alongside.deciding.recruitment.rules.vacancies import UNSUCCESSFUL, ApplicationState
from alongside.ground.core import clock
from alongside.ground.core.declaration import Answered
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import listed, weekday_date
from alongside.ground.web.models import lock, move, save_if_unchanged
from alongside.members.mail import actions as mail
from alongside.members.notices.actions import delivering, sending as notices
from alongside.members.notices.models import Notice

SYSTEM = Standing.system()
OVER = "This competition is over, and what you sent is erased by itself. Write to the address on the advert."
APPLICANT = Standing()  # who applies is told to the panel alone: the log names nobody, signed in or not


def _behind(link: str, by: Standing, *, to_write: bool = False) -> Application:
    """The application of a link. Raises Refused where there is none, Conflict for who writes when the closing day is over."""
    application = application_behind(link, viewer=by)
    require(may_use_link(by, application is not None))
    assert application is not None
    lock(application.vacancy)
    if to_write and not application.vacancy.is_taking:
        day = weekday_date(application.vacancy.closes_on)
        raise Conflict(f"Applications closed at the end of {day}. What you had sent in by then stands; nothing was changed.")
    return application


def write_to(application: Application, template: str, by: Standing, **words: Any) -> None:
    """A message to an applicant. It stands in no list of what the partnership sent: only a few know whom it is about."""
    vacancy, home = application.vacancy, application.vacancy.partnership
    pages = {"advert": vacancy.pk, "application": application.link}
    advert, own = (settings.ADDRESS + reverse(f"recruitment:{page}", args=[home.slug, word]) for page, word in pages.items())
    known = {"addressee": application.name, "contact": vacancy.contact, "vacancy": vacancy, "advert": advert}
    notices.send(
        template=template, to=application.email, words={**known, "partnership": home.name, **words},
        secret={"link": own}, link=application.page, about=application.pk, by=by,
    )  # fmt: skip


@transaction.atomic
def ask_for_link(*, vacancy: Vacancy, email: str, by: Standing) -> Application | None:
    """Send to an address the link of its application; while applications are taken a first one begins. Gives it, or nothing where
    there is none and none can be begun."""
    require(may_apply(by, vacancy.published_on is not None))
    whose = {"vacancy": vacancy, "email": email}
    application = Application.objects.filter(**whose).first()
    if application is None and vacancy.is_taking:
        application, _ = Application.objects.get_or_create(**whose, defaults={"partnership_id": vacancy.partnership_id})
    if application:
        write_to(application, "recruitment/link.txt", by)
    return application


@transaction.atomic
def save_application(
    *,
    link: str,
    name: str,
    phone: str,
    answers: Sequence[str],
    referees: str,
    interests: str,
    independence: Sequence[str],
    independence_words: str,
    version: int,
    by: Standing,
) -> Application:
    """Keep what somebody has written so far; what was sent in already stays sent in.

    Raises Conflict after the closing day, Stale where it was changed in another window, Invalid where what was sent in would lack
    something.
    """
    one = _behind(link, by, to_write=True)
    one.name, one.phone, one.answers, one.independence = " ".join(name.split()), phone, list(answers), list(independence)
    one.referees, one.interests, one.independence_words = referees.strip(), interests.strip(), independence_words.strip()
    if one.state == ApplicationState.SENT and (missing := one.missing):
        raise Invalid(name=f"It is sent in, so it needs {listed(missing)}. Withdraw it instead if you do not want to apply.")
    names = ("name", "phone", "answers", "independence", "referees", "interests", "independence_words")
    save_if_unchanged(one, version, *names)
    return one


@transaction.atomic
def send_in(*, link: str, by: Standing) -> Application:
    """Send an application in; until the closing day is over it can be changed. Raises Conflict afterwards, Invalid if it is not
    whole."""
    application = _behind(link, by, to_write=True)
    if missing := application.missing:
        raise Invalid(name=f"Still missing: {listed(missing)}")
    move(application, ApplicationState.SENT, sent_at=clock.now())
    note("recruitment.send_in", application.vacancy, APPLICANT)
    write_to(application, "recruitment/received.txt", by)
    return application


@transaction.atomic
def say_not_read(*, notice: Notice, by: Standing) -> Answered:
    """Tell an applicant who answers a message by mail, once a week at most, that nobody reads it, and whom they may write to."""
    require(may_say_not_read(by))
    application = Application.objects.select_related("vacancy__partnership").filter(pk=notice.about).first()
    lately = {"about": notice.about, "kind": "recruitment.not_read", "written_at__gt": clock.now() - timedelta(days=7)}
    if application and not Notice.objects.filter(**lately).exists():
        write_to(application, "recruitment/not_read.txt", by)
        note("recruitment.say_not_read", application.vacancy, APPLICANT)
    return Answered("Nobody reads it", "")


@transaction.atomic
def withdraw(*, link: str, by: Standing) -> Vacancy:
    """Take an application back: all that was written goes at once, with what the panel wrote about it. Raises Conflict once the
    seat is filled."""
    application = _behind(link, by)
    if application.vacancy.tenure:
        raise Conflict(OVER)
    erase(application)
    note("recruitment.withdraw", application.vacancy, APPLICANT)
    return application.vacancy


def erase(application: Application) -> None:
    """An application goes, with how it was scored, all that was written to its address about it, and what was answered."""
    links = [application.page]
    mail.forget_answers(links=links, by=SYSTEM)
    delivering.forget_about(links=links, by=SYSTEM)
    application.delete()


@transaction.atomic
def choose_slot(*, link: str, slot: InterviewSlot, by: Standing) -> InterviewSlot:
    """Somebody on the shortlist chooses when to come, or another time instead. Raises Conflict where it is gone, where the
    competition has gone on or was stopped, and once their own interview has begun."""
    application = _behind(link, by)
    if slot.vacancy_id != application.vacancy_id or not application.is_invited:
        raise Conflict("There is no interview to choose a time for.")
    if InterviewSlot.objects.filter(application=application, starts_at__lte=clock.now()).exists():
        raise Conflict("Your interview has begun, or is over. Write to the address on the advert.")
    InterviewSlot.objects.filter(application=application).update(application=None)
    if not InterviewSlot.objects.filter(pk=slot.pk, application=None, starts_at__gt=clock.now()).update(application=application):
        raise Conflict("Somebody else has just chosen this time. Choose another one.")
    note("recruitment.choose_slot", application.vacancy, APPLICANT)
    return slot


@transaction.atomic
def ask_for_feedback(*, link: str, by: Standing) -> Application:
    """Somebody who was not chosen asks why. Raises Conflict where it is asked already, or there is nothing to ask about."""
    application = _behind(link, by)
    asks = Application.objects.filter(pk=application.pk, feedback_asked_on=None, told__in=UNSUCCESSFUL)
    if not asks.update(feedback_asked_on=clock.today()):
        raise Conflict("You have asked already, or there is nothing to say yet.")
    note("recruitment.ask_for_feedback", application.vacancy, APPLICANT)
    return application
