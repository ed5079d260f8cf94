"""What everybody may read and do: the adverts, and one's own application by the link that came by mail."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.deciding.recruitment.actions import applying
from alongside.deciding.recruitment.forms import ApplicationForm, ApplyForm
from alongside.deciding.recruitment.models import Application, Vacancy
from alongside.deciding.recruitment.queries import vacancies
from alongside.deciding.recruitment.queries.choosing import application_behind, free_slots
from alongside.deciding.recruitment.rules.vacancies import UNSUCCESSFUL, ApplicationState
from alongside.ground.core.addresses import tidy_address
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, no
from alongside.ground.core.words import listed, weekday_date
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.forms import DoForm
from alongside.ground.web.pages import Done, Say, form_page, on_its_way, press

TOO_OFTEN = "A link went to this address a few times in the last hour. Look for it among unwanted mail, or try again later."


def adverts(request: Asked, slug: str) -> HttpResponse:
    """The seats that are advertised; nothing is public of a partnership that advertises none."""
    rows = vacancies.adverts_of(request.partnership, viewer=request.who)
    if not rows and request.partnership.pk not in request.who.partnerships:
        raise Http404
    return render(request, "recruitment/adverts.html", {"rows": rows})


def advert(request: Asked, slug: str, key: str) -> HttpResponse:
    """One advert: the role, what is looked for, the days, and what becomes of what one sends."""
    return render(request, "recruitment/advert.html", {"vacancy": _advertised(request, key)})


def _advertised(request: Asked, key: str) -> Vacancy:
    return found(vacancies.advert_of(request.partnership, key, viewer=request.who))


@rate_limit(action="apply")
def apply(request: Asked, slug: str, key: str) -> HttpResponse:
    """Give the address to which the link of an application goes; the answer is the same whether there is one or not."""
    vacancy, page = _advertised(request, key), reverse("recruitment:advert", args=[slug, key])

    def deed(*, email: str, by: Standing) -> Application | None:
        """The link is sent, unless that address has had it too often: nobody’s mailbox is filled from here."""
        if not ratelimit.consume(request, action="apply_to", key=email):
            raise Conflict(TOO_OFTEN)
        return applying.ask_for_link(vacancy=vacancy, email=email, by=by)

    def done(made: Application | None) -> Done:
        typed = tidy_address(request.POST.get("email", ""))
        said = f"A link is {on_its_way(typed)}. By it you write, save and come back. Is the address mistyped? Ask again."
        if not vacancy.is_taking:
            said = f"If there is an application from {typed}, its link is {on_its_way()}."
        if not (settings.DEMO and made):
            return Done(said)
        own = reverse("recruitment:application", args=[slug, made.link])
        return Done(said, (("Open the link, as this is a demonstration", own),))

    title, lead = "Your application", f"{vacancy.stage.label}. If you have applied, we send you your link again."
    if vacancy.is_taking:
        title, lead = "Apply", f"Until the end of {weekday_date(vacancy.closes_on)}. You need no account."
    return form_page(
        request, ApplyForm, deed, title=title, caption=vacancy.title, lead=lead, back=("The advert", page),
        button="Send me the link", done=done, next=page,
    )  # fmt: skip


def _own(request: Asked, link: str) -> Application:
    application = found(application_behind(link, viewer=request.who))
    if application.partnership_id != request.partnership.pk:
        raise Http404
    return application


@never_cache
def application(request: Asked, slug: str, link: str) -> HttpResponse:
    """One's own application: how it stands and what one can do now. Opening it uses nothing up."""
    one = _own(request, link)
    context = {
        "application": one, "vacancy": one.vacancy, "link": link,
        "sends": no(f"Still missing: {listed(one.missing)}.") if one.missing else None,
        "slots": free_slots(one, viewer=request.who) if one.is_invited else [],
        "asks": one.told in UNSUCCESSFUL and not one.feedback_asked_on,
    }  # fmt: skip
    return render(request, "recruitment/application.html", context)


@never_cache
def write_application(request: Asked, slug: str, link: str) -> HttpResponse:
    """Write one's application; it is kept as far as it is written."""
    one, page = _own(request, link), reverse("recruitment:application", args=[slug, link])

    def done(made: Application) -> str:
        if made.state == ApplicationState.SENT:
            return "Saved. Your application is sent in as it stands now."
        return f"Saved, and not sent in yet{f': still missing {listed(made.missing)}' if made.missing else ''}."

    return form_page(
        request, partial(ApplicationForm, row=one), partial(applying.save_application, link=link), title="Your application",
        caption=one.vacancy.title, back=("Your application", page), done=done, next=page, page="recruitment/write.html",
        lead=f"Write as much as you like now and come back by your link until the end of {weekday_date(one.vacancy.closes_on)}.",
    )  # fmt: skip


def _press(request: Asked, one: Application, deed: Callable[..., Any], done: Say) -> HttpResponse:
    """Do what a button of one's own application does, and go on."""
    next = reverse("recruitment:application", args=[request.partnership.slug, one.link])
    return press(request, partial(deed, link=one.link), done=done, next=next)


@never_cache
def send_in(request: Asked, slug: str, link: str) -> HttpResponse:
    """Send one's application in."""
    one = _own(request, link)
    until = weekday_date(one.vacancy.closes_on)
    said = f"Sent in. A receipt is {on_its_way(one.email)}. You can change or withdraw it until the end of {until}."
    return _press(request, one, applying.send_in, said)


@never_cache
def withdraw(request: Asked, slug: str, link: str) -> HttpResponse:
    """Take one's application back, after one more look at what is erased."""
    one = _own(request, link)
    if one.vacancy.tenure:
        raise Conflict(applying.OVER)
    advert = reverse("recruitment:advert", args=[slug, one.vacancy_id])
    again = (("Was it a mistake? The advert", advert),)
    return form_page(
        request, DoForm, partial(applying.withdraw, link=link), title="Withdraw your application?", caption=one.vacancy.title,
        lead="All of this is erased at once, for good. Nobody can bring it back, and nobody asks why.", would=one.erased_with_it,
        back=("Your application", reverse("recruitment:application", args=[slug, link])), button="Yes, erase it",
        page="web/sure.html", is_grave=True, done=Done("Withdrawn. All that you wrote is erased.", again), next=advert,
    )  # fmt: skip


@never_cache
def choose_slot(request: Asked, slug: str, link: str) -> HttpResponse:
    """Choose when to come to the interview."""
    one = _own(request, link)
    slot = next((each for each in free_slots(one, viewer=request.who) if each.pk == request.POST.get("slot")), None)
    if slot is None:
        raise Conflict("This time is not free any more. Go back and choose another one.")
    said = "Chosen. You can choose another time as long as one is free."
    return _press(request, one, partial(applying.choose_slot, slot=slot), said)


@never_cache
def ask_for_feedback(request: Asked, slug: str, link: str) -> HttpResponse:
    """Ask why one was not chosen."""
    said = "Asked. The panel’s words come to your address in the next weeks."
    return _press(request, _own(request, link), applying.ask_for_feedback, said)
