"""Statutory dates: work one out, keep it, stop and extend its clock."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import keys
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.ground.web.forms import Form
from alongside.members.calendar import actions, queries
from alongside.members.calendar.forms import AskForm, ExtendForm, KeepForm, RestartForm, StopForm
from alongside.members.calendar.models import Clock
from alongside.members.calendar.permissions import may_keep_date
from alongside.members.calendar.rules.clocks import (
    EXTENDABLE,
    Body,
    Law,
    Reckoning,
    authority_words,
    body_of,
    left_out,
    span_words,
    stops_allowed,
    warning,
    weeks_of,
)
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.schools.models import School


def answer_of(reckoning: Reckoning, school: School | None, days: SchoolDays) -> dict[str, Any]:
    """What the page shows of a working."""
    return {
        "reckoning": reckoning,
        "weeks": weeks_of(reckoning) if reckoning.law is not Law.BREACH else [],
        "left_out": left_out(reckoning),
        "span": span_words(reckoning),
        "warning": warning(reckoning.due_on, days),
        "authority": authority_words(body_of(school.type), school.name, school.trust_name)
        if school
        else authority_words(Body.OFFICE, "", ""),
    }


def places(request: Asked) -> list[tuple[str, str]]:
    """The schools, and for the office itself, for which a date may be worked out."""
    found = queries.schools_to_choose(request.partnership, viewer=request.who)
    if request.who.runs(request.partnership.pk):
        found = [*found, (queries.OFFICE, "The partnership’s own office")]
    return found if len(found) == 1 else [("", "Choose one"), *found]


def school_at(request: Asked, place: str) -> School | None:
    """The school with that URN; None for the office. Raises Http404 when the viewer may not know that it belongs."""
    if place == queries.OFFICE:
        return None
    urn = int(place) if place.isascii() and place.isdigit() and len(place) < 10 else 0
    school = queries.school_in(request.partnership, urn, viewer=request.who)
    if school is None:
        raise Http404
    return school


def work_out(request: Asked, slug: str) -> HttpResponse:
    """Work out a date: what came in, where, and when; the answer shows the working."""
    choices = places(request)
    asked = request.GET if "law" in request.GET or "school" in request.GET else None
    form = AskForm(asked, places=choices, initial={"school": choices[0][0] if len(choices) == 1 else ""})
    return _worked_out(request, form, KeepForm(initial={"key": keys.new_key()}))


def _worked_out(request: Asked, form: AskForm, keep: KeepForm) -> HttpResponse:
    shown: dict[str, Any] = {"form": form, "keep": keep, "answer": None}
    if form.is_bound and form.is_valid():
        school, given = school_at(request, form.cleaned_data["school"]), form.cleaned_data
        try:
            reckoning = queries.work_out_for(
                request.partnership, school, given["law"], given["received_on"], form.moment, viewer=request.who
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            days = queries.school_days_of(request.partnership, school)
            shown["answer"] = answer_of(reckoning, school, days)
            shown["school"] = school
            shown["may_keep"] = may_keep_date(request.who, request.partnership.pk, school.pk if school else None)
    return render(request, "calendar/work_out.html", shown)


@require_POST
def keep_clock(request: Asked, slug: str, place: str) -> HttpResponse:
    """Keep the date that was worked out for a school (by its URN), or for the office."""
    school = school_at(request, place)
    require(may_keep_date(request.who, request.partnership.pk, school.pk if school else None))
    asked = request.POST.copy()
    asked["school"] = place
    form, keep = AskForm(asked, places=places(request)), KeepForm(request.POST)
    if not (form.is_valid() and keep.is_valid()):
        return _worked_out(request, form, keep)
    given = form.cleaned_data
    try:
        kept = actions.keep_clock(
            partnership=request.partnership, school=school, law=given["law"], received_on=given["received_on"],
            received_at=form.moment, **keep.cleaned_data, by=request.who,
        )  # fmt: skip
    except Invalid as problem:
        form.refuse(problem)
        return _worked_out(request, form, keep)
    messages.success(request, "The date is kept. It is worked out again whenever the calendar changes.")
    return redirect("calendar:clock", slug=slug, key=kept.pk)


def clocks(request: Asked, slug: str) -> HttpResponse:
    """The kept dates that run, what is due first on top, and those ticked off lately."""
    running = queries.clocks_of(request.partnership, viewer=request.who)
    ended = queries.ended_clocks(request.partnership, viewer=request.who)
    return render(request, "calendar/clocks.html", {"running": running, "ended": ended})


def kept_clock(request: Asked, key: str) -> Clock:
    """The kept date of the address. Raises Http404 for those who may not see it."""
    found = queries.clock_at(request.partnership, key, viewer=request.who)
    if found is None:
        raise Http404
    return found


def clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """A kept date with its working, its stops, and every time it moved."""
    return _clock_page(request, kept_clock(request, key))


def _clock_page(request: Asked, kept: Clock, **refused: Form) -> HttpResponse:
    running, law = queries.running_of(kept, viewer=request.who), Law(kept.law)
    allowed = stops_allowed(law)
    is_paused = any(stop.answered_on is None for stop in running.stops)
    forms: dict[str, Form] = {}
    if not kept.ended_on and is_paused:
        forms["restart"] = RestartForm(auto_id="restart_%s")
    elif not kept.ended_on and allowed:
        forms["stop"] = StopForm(kinds=allowed, auto_id="stop_%s")
    if not kept.ended_on and law in EXTENDABLE and not kept.extended_on:
        forms["extend"] = ExtendForm(auto_id="extend_%s")
    return render(
        request,
        "calendar/clock.html",
        {
            "clock": kept,
            "school": kept.school,
            "answer": answer_of(running.reckoning, kept.school, running.calendars.school),
            "stops": running.stops,
            "changes": queries.changes_of(kept, viewer=request.who),
            "forms_here": {**forms, **refused},
            "refused": next(iter(refused.values()), None),
        },
        status=400 if refused else 200,
    )


def _deed(request: Asked, key: str, form_of: Callable[[Clock], Form], name: str, deed: Any, done: str) -> HttpResponse:
    kept = kept_clock(request, key)
    form = form_of(kept)
    if form.is_valid():
        try:
            deed(kept=kept, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, done)
            return redirect("calendar:clock", slug=request.partnership.slug, key=key)
    return _clock_page(request, kept, **{name: form})


@require_POST
def stop_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """Something was asked for: the clock stands still."""

    def form_of(kept: Clock) -> Form:
        return StopForm(request.POST, kinds=stops_allowed(Law(kept.law)), auto_id="stop_%s")

    return _deed(request, key, form_of, "stop", actions.stop_clock, "The clock stands still until the answer comes.")


@require_POST
def restart_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """What was asked for has come: the clock goes on."""

    def form_of(kept: Clock) -> Form:
        return RestartForm(request.POST, auto_id="restart_%s")

    return _deed(request, key, form_of, "restart", actions.restart_clock, "The clock goes on. The date is worked out again.")


@require_POST
def extend_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """The person was told that it takes longer."""

    def form_of(kept: Clock) -> Form:
        return ExtendForm(request.POST, auto_id="extend_%s")

    return _deed(request, key, form_of, "extend", actions.extend_clock, "Extended. The date is worked out again.")


@require_POST
def end_clock(request: Asked, slug: str, key: str) -> HttpResponse:
    """It is answered."""
    actions.end_clock(kept=kept_clock(request, key), by=request.who)
    messages.success(request, "Ticked off. The date waits for nobody any more.")
    return redirect("calendar:clocks", slug=slug)
