"""Competitions for who runs them: the advert, the panel, outcomes, interviews, letters, the seat."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.deciding.bodies.rules.kinds import SeatFor
from alongside.deciding.recruitment import forms, permissions
from alongside.deciding.recruitment.actions import choosing, vacancies as deeds
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Tie, Vacancy
from alongside.deciding.recruitment.queries import choosing as chosen, vacancies as queries
from alongside.deciding.recruitment.rules.scoring import short_of_scorers
from alongside.deciding.recruitment.rules.vacancies import (
    FINAL,
    ApplicationState as S,
    RecruitmentSettings,
    VacancyState,
    missing_before,
    suggested_days,
)
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural, short_date
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.forms import DoForm
from alongside.ground.web.pages import Done, Say, form_page, on_its_way, press
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.queries import settings_of

SHORTLIST, DECISION = (S.LISTED, S.NOT_LISTED), (S.APPOINTED, S.RESERVE, S.NOT_APPOINTED)


def _at(page: str, *place: str) -> str:
    return reverse(f"recruitment:{page}", args=place)


def _vacancy(request: Asked, key: str) -> Vacancy:
    """A competition of which the viewer knows."""
    return found(queries.competitions_of(request.partnership, viewer=request.who).filter(pk=key).first())


def _run(request: Asked, key: str) -> Vacancy:
    """A competition that the viewer runs."""
    vacancy = _vacancy(request, key)
    require(queries.may_run(vacancy, viewer=request.who))
    return vacancy


def _form(request: Asked, one: Vacancy, form: Callable[..., Any], deed: Callable[..., Any], **words: Any) -> HttpResponse:
    """A form of a competition: it belongs to that, and leads back there."""
    page = _at("competition", request.partnership.slug, one.pk)
    return form_page(request, form, deed, **{"caption": one.title, "back": ("The competition", page), "next": page, **words})


def _press(request: Asked, key: str, deed: Callable[..., Any], done: Say) -> HttpResponse:
    """A button of a competition."""
    return press(request, deed, done=done, next=_at("competition", request.partnership.slug, key))


def _kept(who: Standing) -> str:
    """A body of which somebody is the clerk, where there is one."""
    return min(who.bodies(Power.CLERK), default="")


def competitions(request: Asked, slug: str) -> HttpResponse:
    """The competitions of the partnership, and its adverts for those who only read them."""
    who, home = request.who, request.partnership
    require(permissions.may_see_competitions(who, home.pk))
    context = {
        "rows": queries.competitions_of(home, viewer=who), "adverts": queries.adverts_of(home, viewer=who),
        "advertises": permissions.may_advertise(who, home.pk, _kept(who)),
        "settles": permissions.may_settle_recruitment(who, home.pk),
    }  # fmt: skip
    return render(request, "recruitment/competitions.html", context)


def competition(request: Asked, slug: str, key: str) -> HttpResponse:
    """One competition: how it stands, the panel, and for who may read them the applicants."""
    one, who = _vacancy(request, key), request.who
    is_on, rows = bool(permissions.may_sit_on_panel(who, one.pk)), chosen.applicants_of(one, viewer=who)
    applies = queries.has_applied(one, viewer=who)
    runs = permissions.may_run_competition(
        who, **one.facts(), runner=one.runner, has_applied=applies and one.runner == who.person
    )
    takes_over = permissions.may_take_over(who, **one.facts(), on_panel=is_on, has_applied=applies)
    context = {
        "vacancy": one, "rows": rows, "is_on_panel": is_on, "panel": queries.panel_of(one, viewer=who),
        "runs": runs, "takes_over": takes_over, "stands_still": takes_over and queries.stands_still(one, viewer=who),
        "undeclared": [row for row in rows if is_on and row.declared is None], "slots": chosen.slots_of(one, viewer=who),
        "untold": 0 if one.state == VacancyState.STOPPED else sum(row.told != row.state != S.SENT for row in rows),
        "asked": [row for row in rows if row.feedback_asked_on and not row.feedback],
        "appointed": next((row for row in rows if row.state == S.APPOINTED), None), "short_of": short_of_scorers,
    }  # fmt: skip
    return render(request, "recruitment/competition.html", context)


def add_vacancy(request: Asked, slug: str) -> HttpResponse:
    """Write an advert for a seat."""
    require(permissions.may_advertise(request.who, request.partnership.pk, _kept(request.who)))
    seats = queries.seats_to_advertise(request.partnership, viewer=request.who)
    usual = {
        "independence": "\n".join(settings_of(request.partnership, RecruitmentSettings).independence),
        "contact": request.partnership.contact_email,
        **suggested_days(clock.today(), school_days_of(request.partnership)),
    }
    return form_page(
        request, partial(forms.AddVacancyForm, seats=seats, initial=usual), deeds.add_vacancy, title="Advertise a seat",
        lead="Nobody sees it before you publish it. You run the competition: besides the panel, you alone read what is sent.",
        caption="Open competition", back=("Open competition", _at("competitions", slug)), button="Keep it",
        done="Kept. Read it through, name the panel, then publish it.", next=lambda made: _at("competition", slug, made.pk),
    )  # fmt: skip


def change_vacancy(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write the advert otherwise."""
    one = _run(request, key)
    stays = f"{deeds.STAYS} The closing day comes no earlier." if one.published_on else ""
    form, deed = partial(forms.VacancyForm, row=one), partial(deeds.change_vacancy, vacancy=one)
    return _form(request, one, form, deed, title="Change the advert", lead=stays, done="Saved.")


def publish(request: Asked, slug: str, key: str) -> HttpResponse:
    """Show the advert to everybody, after a look at it as everybody will read it, and at what is missing."""
    one = _run(request, key)
    links = (("The advert, to send round", _at("advert", slug, key)),)
    said = f"Published: applications are taken until the end of {short_date(one.closes_on)}. Nothing was sent to anybody."
    panel = len(queries.panel_of(one, viewer=request.who))
    is_independent = one.seat.seat_for == SeatFor.INDEPENDENT
    return _form(
        request, one, DoForm, partial(deeds.publish, vacancy=one), title="Publish this advert?", button="Yes, publish it",
        lead="Everybody reads it then as it stands below. What is looked for stays, and the closing day comes no earlier.",
        page="recruitment/publish.html", vacancy=one, missing=missing_before(panel, is_independent and not one.independence),
        done=Done(said, links),
    )  # fmt: skip


def stop(request: Asked, slug: str, key: str) -> HttpResponse:
    """Give a competition up, after one more look."""
    one = _run(request, key)
    written = f"Mail to everybody who has begun an application is {on_its_way()}."
    return form_page(
        request, DoForm, partial(choosing.stop, vacancy=one), title="Stop this competition?", caption=one.title,
        lead="Nobody is appointed, and everybody who has begun an application hears so by mail. It cannot be taken back: "
        "the seat can be advertised anew.",
        back=(one.title, _at("competition", slug, key)), button="Stop it",
        done=f"Stopped. {written} What they sent is erased by itself.",
        next=_at("competition", slug, key),
    )  # fmt: skip


def take_over(request: Asked, slug: str, key: str) -> HttpResponse:
    """Run a competition from now on."""
    return _press(request, key, partial(deeds.take_over, vacancy=_vacancy(request, key)), "You run it now. The log says so.")


def add_to_panel(request: Asked, slug: str, key: str) -> HttpResponse:
    """Put somebody on the panel."""
    one = _run(request, key)
    return _form(
        request, one, partial(forms.PanelForm, people=queries.people_of_body(one, viewer=request.who)),
        partial(deeds.add_to_panel, vacancy=one), title="Add to the panel", button="Add them",
        lead="Three people are a good panel, one of them from outside. Each says whom they know before they read anything.",
        done=lambda made: f"{made.name} is on the panel. A message that says so is {on_its_way()}.",
    )  # fmt: skip


def end_on_panel(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take somebody off the panel, after one more look."""
    one = find(PanelMember.objects.select_related("vacancy__seat__body"), request, pk=key)
    require(queries.may_run(one.vacancy, viewer=request.who))
    again = Done(f"{one.name} is off the panel.", (("Was it a mistake? Add them", _at("add_to_panel", slug, one.vacancy_id)),))
    would = [
        "They read nothing more of what applicants sent, and score nobody any more. No mail tells them so.",
        "What they scored and declared stays; if they are added again, they come back as they left.",
    ]
    return _form(
        request, one.vacancy, DoForm, partial(deeds.end_on_panel, member=one), title=f"Take {one.name} off the panel?",
        button="Yes, take them off", page="web/sure.html", would=would, done=again,
    )  # fmt: skip


def lift_tie(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a tie off that was declared by mistake, after one more look."""
    one = find(Tie.objects.select_related("application__vacancy__seat__body", "member"), request, pk=key)
    application = one.application
    require(queries.may_run(application.vacancy, viewer=request.who))
    would = [f"What {one.member.name} said of it is erased: “{one.words}”."] if one.words else []
    return _form(
        request, application.vacancy, DoForm, partial(choosing.lift_tie, tie=one), title="Was this tie declared by mistake?",
        lead=f"{one.member.name} may read and score the application of {application.name} again.", button="Yes, take it off",
        back=(application.name, _at("applicant", slug, application.pk)), page="web/sure.html", would=would,
        done=f"{one.member.name} may read and score this application again.",
    )  # fmt: skip


def _outcomes(request: Asked, key: str, title: str, choices: tuple[S, ...], among: tuple[S, ...]) -> HttpResponse:
    one = _run(request, key)
    rows = [row for row in chosen.applicants_of(one, viewer=request.who) if row.state in among]
    links = (("Read the letters and send them", _at("letters", request.partnership.slug, key)),)
    return _form(
        request, one, partial(forms.OutcomesForm, applicants=rows, choices=choices), partial(choosing.keep_outcomes, vacancy=one),
        title=title, lead="The best first, as far as the panel has agreed. Nobody hears of it before you have sent the letters.",
        done=Done("Kept. Nobody has heard of it yet.", links),
    )  # fmt: skip


def shortlist(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say who is invited to an interview."""
    return _outcomes(request, key, "Shortlist", SHORTLIST, (S.SENT, *SHORTLIST))


def decide(request: Asked, slug: str, key: str) -> HttpResponse:
    """Say who is appointed, or that nobody is."""
    first = S.LISTED if _run(request, key).state != VacancyState.OPEN else S.SENT
    return _outcomes(request, key, "Decision", DECISION, (first, *FINAL))


def offer_slots(request: Asked, slug: str, key: str) -> HttpResponse:
    """Offer times for interviews."""
    one = _run(request, key)
    lead = "Those on the shortlist choose among them by their link, the first who comes."
    words = {"title": "Offer times", "lead": lead, "done": lambda new: f"{plural(new, 'time')} offered.", "button": "Offer them"}
    return _form(request, one, forms.SlotsForm, partial(choosing.offer_slots, vacancy=one), **words)


def take_slot_back(request: Asked, slug: str, key: str) -> HttpResponse:
    """Offer a time no longer."""
    slot = find(InterviewSlot.objects.select_related("vacancy__seat"), request, pk=key)
    return _press(request, slot.vacancy_id, partial(choosing.take_slot_back, slot=slot), "This time is not offered any more.")


def letters(request: Asked, slug: str, key: str) -> HttpResponse:
    """The letters that are due, as they will read; they go when the button is pressed."""
    one = _run(request, key)
    due = chosen.letters_due(one, viewer=request.who)
    many, form = plural(len(due.letters), "letter"), partial(forms.SendLettersForm, initial={"seen": str(due.shown)})
    return _form(
        request, one, form, partial(choosing.send_letters, vacancy=one),
        title=many, button=f"Send {many}", page="recruitment/letters.html", due=due,
        done=lambda sent: f"{plural(sent, 'letter')} {on_its_way(among='their')}. See each message beside its application.",
    )  # fmt: skip


def _applicant(request: Asked, key: str) -> Application:
    """An application of a competition that the viewer runs."""
    one = find(Application.objects.select_related("vacancy__seat__body", "vacancy__partnership"), request, pk=key)
    require(queries.may_run(one.vacancy, viewer=request.who))
    return one


def give_feedback(request: Asked, slug: str, key: str) -> HttpResponse:
    """Write to somebody who asked why they were not chosen."""
    one = _applicant(request, key)
    done = Done(f"Your words are {on_its_way(one.name, among='their')}.", (("See the message", _at("applicant", slug, key)),))
    words = {"title": f"Feedback for {one.name}", "button": "Send it", "done": done}
    return _form(request, one.vacancy, forms.FeedbackForm, partial(choosing.give_feedback, application=one), **words)


def fill_seat(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let whoever was appointed sit from a day."""
    one = _applicant(request, key)
    seat, body = one.vacancy.seat, one.vacancy.seat.body
    seen = ((f"See {body.name}", reverse("bodies:body", args=[slug, body.pk])),)
    return _form(
        request, one.vacancy, forms.FillSeatForm, partial(choosing.fill_seat, application=one), title=f"Seat {one.name}",
        lead=f"{seat.title}, {body.name}. Only the name and the days stay there when what was sent is erased.",
        done=Done(f"{one.name} holds the seat “{seat.title}”. A message that says so is {on_its_way()}.", seen),
    )  # fmt: skip


def settle(request: Asked, slug: str) -> HttpResponse:
    """What is asked of whoever is to be independent, and how long applications are kept."""
    require(permissions.may_settle_recruitment(request.who, request.partnership.pk))
    now, page = settings_of(request.partnership, RecruitmentSettings), _at("competitions", slug)
    deed = partial(change_settings, partnership=request.partnership, may=permissions.may_settle_recruitment)
    return form_page(
        request, partial(forms.RecruitmentForm, now=now), deed, title="Independence, and how long applications are kept",
        caption="Open competition", back=("Open competition", page), done="Saved, for adverts to come.", next=page,
    )  # fmt: skip
