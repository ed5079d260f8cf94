"""Advertising a seat, and naming the panel."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.deciding.bodies.models import Seat
from alongside.deciding.recruitment import permissions
from alongside.deciding.recruitment.models import PanelMember, Tie, Vacancy
from alongside.deciding.recruitment.models.vacancies import GOING_ON
from alongside.deciding.recruitment.queries.vacancies import has_applied, may_run, on_panel, people_of_body
from alongside.deciding.recruitment.rules.vacancies import Advert, RecruitmentSettings, VacancyState, erased_on, wrong_with_advert
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import move, save_if_unchanged
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.actions.roles import create_person
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import address_of

STAYS = "What is looked for and what is asked stays as everybody has read it."
RUNS = "Whoever runs the competition does not score in it: let somebody else take it over first"


def require_runs(vacancy: Vacancy, by: Standing) -> None:
    """Go on when it is they who run the competition. Raises Refused."""
    require(may_run(vacancy, viewer=by))


def _require_not_over(vacancy: Vacancy) -> None:
    """Go on while a competition is neither decided nor stopped. Raises Conflict."""
    if not Vacancy.objects.filter(pk=vacancy.pk, state__in=[VacancyState.DRAFT, *GOING_ON]).exists():
        raise Conflict("This competition is over: its panel stays as it was.")


def note(act: str, vacancy: Vacancy, by: Standing, **facts: Any) -> None:
    """A deed on a competition, in the log: by ids and figures, never whom it is about."""
    audit.record(act, row=vacancy.pk, partnership=vacancy.partnership_id, facts=facts, by=by)


@transaction.atomic
def add_vacancy(*, seat: Seat, said: Advert, key: str, by: Standing) -> Vacancy:
    """Write an advert for a seat, once; whoever does runs the competition. It is shown to nobody before it is published.

    Raises Invalid for what could not be published, and where the seat is advertised already.
    """
    require(permissions.may_advertise(by, seat.partnership_id, seat.body_id))
    if wrong := wrong_with_advert(said, clock.today()):
        raise Invalid(**wrong)
    months = settings_of(seat.body.partnership, RecruitmentSettings).months_kept
    whose = {"partnership_id": seat.partnership_id, "seat": seat, "runner": by.person or by.on_behalf_of or ""}
    try:
        return audit.keep_once(
            "recruitment.add", Vacancy(pk=key, months_kept=months, **whose, **said.columns), by=by, seat=seat.pk
        )
    except IntegrityError:
        raise Invalid(seat="This seat is advertised already: see the list") from None


@transaction.atomic
def change_vacancy(*, vacancy: Vacancy, said: Advert, version: int, by: Standing) -> Vacancy:
    """Write a vacancy otherwise. Once published, what is looked for and asked stays, and the closing day comes no earlier.

    Raises Stale when somebody has changed it, Conflict where it stays as it is, Invalid for what could not be published.
    """
    require_runs(vacancy, by)
    columns, kept = said.columns, {"criteria": vacancy.criteria, "independence": vacancy.independence}
    if vacancy.published_on and any(columns[name] != value for name, value in kept.items()):
        raise Conflict(STAYS)
    if vacancy.state in {VacancyState.DECIDED, VacancyState.STOPPED}:
        raise Conflict("This competition is over: its advert stays as it was.")
    if vacancy.is_closed and said.closes_on != vacancy.closes_on and Tie.objects.filter(application__vacancy=vacancy).exists():
        raise Conflict("The panel has begun to read: the closing day stays as it was.")
    if wrong := wrong_with_advert(said, clock.today(), vacancy.closes_on if vacancy.published_on else None):
        raise Invalid(**wrong)
    if vacancy.published_on:
        columns["erase_on"] = erased_on(said.in_place_by, vacancy.months_kept)
    for name, value in columns.items():
        setattr(vacancy, name, value)
    save_if_unchanged(vacancy, version, *columns)
    note("recruitment.change", vacancy, by)
    return vacancy


@transaction.atomic
def publish(*, vacancy: Vacancy, by: Standing) -> Vacancy:
    """Show the advert to everybody. Raises Conflict when it is so already, and when its closing day has come meanwhile."""
    require_runs(vacancy, by)
    if vacancy.closes_on < clock.today():
        raise Conflict("Its closing day is over: change the days first.")
    erase_on = erased_on(vacancy.in_place_by, vacancy.months_kept)
    move(vacancy, VacancyState.OPEN, published_on=clock.today(), erase_on=erase_on)
    note("recruitment.publish", vacancy, by)
    return vacancy


@transaction.atomic
def take_over(*, vacancy: Vacancy, by: Standing) -> Vacancy:
    """Run a competition from now on in place of whoever did. Raises Conflict for who does already."""
    me, before = by.person or "", vacancy.runner
    is_on, applies = on_panel(vacancy, me, viewer=by), has_applied(vacancy, viewer=by)
    require(permissions.may_take_over(by, **vacancy.facts(), on_panel=is_on, has_applied=applies))
    if not Vacancy.objects.filter(pk=vacancy.pk, state=vacancy.state).exclude(runner=me).update(runner=me):
        raise Conflict("You run this competition already.")
    vacancy.runner = me
    note("recruitment.take_over", vacancy, by, before=before)
    return vacancy


@transaction.atomic
def add_to_panel(*, vacancy: Vacancy, person: str = "", name: str, email: str, key: str, by: Standing) -> PanelMember:
    """Put somebody on the panel, once, and tell them: of the body by the id of their `person`, or anybody by name and address.

    Whoever was on it before comes back as they left it: with the ties that they declared, and with their scores. Raises Invalid
    for nobody, for who runs the competition, and for who is on the panel; Conflict when the competition is over.
    """
    require_runs(vacancy, by)
    _require_not_over(vacancy)
    if not person and not (name.strip() and email):
        raise Invalid(name="Choose somebody, or enter a name and an address")
    called = dict(people_of_body(vacancy, viewer=by)).get(person, "")
    if person and not called:
        raise Invalid(person="They do not sit on this body: enter their name and address instead")
    person = person or Person.objects.whose_address(email)
    person = person or create_person(name=name, email=email, by=Standing.system(on_behalf_of=by.person)).pk
    if person == vacancy.runner:
        raise Invalid(person=RUNS)
    whose = {"partnership_id": vacancy.partnership_id, "vacancy": vacancy}
    back = (
        PanelMember.objects.filter(**whose, person=person).exclude(ended_on=None).select_related("vacancy__partnership").first()
    )
    if back and PanelMember.objects.filter(pk=back.pk).exclude(ended_on=None).update(ended_on=None):
        note("recruitment.add_to_panel", vacancy, by, member=back.pk)
        _tell(back, by)
        return back
    member = PanelMember(pk=key, **whose, person=person, name=called or name.strip())
    try:
        if (stored := audit.keep_once("recruitment.add_to_panel", member, by=by, vacancy=vacancy.pk)) is member:
            _tell(member, by)
    except IntegrityError:
        raise Invalid(person="They are on the panel already") from None
    return stored


def _tell(member: PanelMember, by: Standing) -> None:
    vacancy, home = member.vacancy, member.vacancy.partnership
    page = reverse("recruitment:competition", args=[home.slug, vacancy.pk])
    words = {"vacancy": vacancy, "partnership": home.name, "link": settings.ADDRESS + page}
    told: dict[str, Any] = {"words": words, "person": member.person, "link": page, "partnership": home}
    if to := address_of(member.person, viewer=Standing.system()):
        notices.send(template="recruitment/panel.txt", to=to, **told, by=by)


@transaction.atomic
def end_on_panel(*, member: PanelMember, by: Standing) -> PanelMember:
    """Take somebody off the panel from now on; what they scored stays. Raises Conflict when they are off it, or it is over."""
    require_runs(member.vacancy, by)
    _require_not_over(member.vacancy)
    if not PanelMember.objects.filter(pk=member.pk, ended_on=None).update(ended_on=clock.today()):
        raise Conflict("They are not on the panel any more.")
    note("recruitment.end_on_panel", member.vacancy, by)
    return member
