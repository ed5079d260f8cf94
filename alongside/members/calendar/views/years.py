"""The partnership's year: its picture, its dates, what it keeps free, how it counts."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of, read_academic_year
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.members.calendar import actions, queries
from alongside.members.calendar.forms import EXAMPLE, REAL, BlackoutForm, SettingsForm, YearForm
from alongside.members.calendar.permissions import may_change_year
from alongside.members.calendar.rules.settings import CalendarSettings
from alongside.members.calendar.rules.years import HALF_TERMS, half_term_on, suggested_half_terms
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of

FARTHEST = 6  # years ahead or back that may be typed


def asked_year(request: Asked) -> AcademicYear:
    """The year of the address, or the one that we are in."""
    return read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())


def year_at(start: int) -> AcademicYear:
    """A year near enough to be typed. Raises Http404 for others."""
    if abs(start - academic_year_of(clock.today()).start) > FARTHEST:
        raise Http404
    return AcademicYear(start)


def year_pills(address: str, shown: AcademicYear, typed: list[int]) -> list[tuple[str, None, str, bool]]:
    """The years to choose from: those typed, this one and the next."""
    now = academic_year_of(clock.today()).start
    starts = sorted({*typed, now, now + 1, shown.start})
    return [(str(one), None, f"{address}?year={one.slug}", one == shown) for one in map(AcademicYear, starts)]


def year(request: Asked, slug: str) -> HttpResponse:
    """The partnership's school year as a picture and a table."""
    page = queries.year_page(request.partnership, asked_year(request), viewer=request.who)
    spans = [(first, last) for _, first, last, _ in page.half_terms]
    number, office = half_term_on(clock.today(), spans), request.who.runs(request.partnership.pk)
    return render(
        request,
        "calendar/year.html",
        {
            "page": page,
            "now": f"{HALF_TERMS[number - 1]}: half-term {number} of 6" if number else "",
            "pills": year_pills(request.path, page.year, page.typed),
            "may_change": may_change_year(request.who, request.partnership.pk),
            "my_schools": [] if office else queries.schools_to_choose(request.partnership, viewer=request.who),
        },
    )


def year_form(request: Asked, typed: Any, spans: Any, suggested: Any) -> YearForm:
    """The form of a year: as typed, or a suggestion for a year that is not."""
    standing = "" if typed is None else EXAMPLE if typed.is_example else REAL
    initial = {"version": typed.version if typed else 0, "standing": standing or EXAMPLE}
    return YearForm(request.POST or None, spans=spans or suggested, initial=initial)


def edit_year(request: Asked, slug: str, start: int) -> HttpResponse:
    """Type the six half-terms of a year."""
    require(may_change_year(request.who, request.partnership.pk))
    shown = year_at(start)
    typed, spans = queries.typed_year(request.partnership, shown, viewer=request.who)
    suggested = () if typed else suggested_half_terms(shown, queries.school_days_of(request.partnership).bank_holidays)
    form = year_form(request, typed, spans, suggested)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_year(partnership=request.partnership, start=start, **form.typed(), by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"The dates of {shown} are in the calendar.")
            return redirect_to_year("calendar:year", shown, slug=slug)
    return render(
        request, "calendar/edit_year.html", {"form": form, "year": shown, "is_typed": typed is not None, "school": None}
    )


def redirect_to_year(name: str, shown: AcademicYear, **kwargs: Any) -> HttpResponse:
    """To a page of that year."""
    answer = redirect(name, **kwargs)
    answer["Location"] += f"?year={shown.slug}"
    return answer


def blackouts(request: Asked, slug: str) -> HttpResponse:
    """What the partnership keeps free of its own meetings and visits."""
    require(may_change_year(request.who, request.partnership.pk))
    shown = asked_year(request)
    kept = queries.blackouts_in(request.partnership, shown, viewer=request.who)
    suggested = queries.blackouts_to_suggest(shown, kept, viewer=request.who)
    chosen = next((one for one in suggested if one[0] == request.GET.get("like")), None)
    initial = dict(zip(("name", "first_on", "last_on"), chosen, strict=True)) if chosen else {}
    form = BlackoutForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_blackout(partnership=request.partnership, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "These days are kept free.")
            return redirect_to_year("calendar:blackouts", shown, slug=slug)
    return render(
        request,
        "calendar/blackouts.html",
        {"form": form, "year": shown, "kept": kept, "suggested": suggested, "pills": year_pills(request.path, shown, [])},
    )


@require_POST
def remove_blackout(request: Asked, slug: str, blackout: str) -> HttpResponse:
    """Free the days again."""
    actions.remove_blackout(partnership=request.partnership, blackout_id=blackout, by=request.who)
    messages.success(request, "These days are not kept free any more.")
    return redirect_to_year("calendar:blackouts", asked_year(request), slug=slug)


def settings(request: Asked, slug: str) -> HttpResponse:
    """How the partnership counts: nation, teaching weeks, what meetings alternate over; with the dates that follow."""
    require(may_change_year(request.who, request.partnership.pk))
    now = settings_of(request.partnership, CalendarSettings)
    form = SettingsForm(request.POST or None, initial={**asdict(now), "version": mark_of(now)})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        new = CalendarSettings(**form.cleaned_data)
        change_settings(partnership=request.partnership, settings=new, version=version, by=request.who)
        messages.success(request, "Saved. The dates below follow from it.")
        return redirect("calendar:settings", slug=slug)
    shown = asked_year(request)
    teaching = queries.teaching_year(request.partnership, shown, viewer=request.who)
    return render(request, "calendar/settings.html", {"form": form, "year": shown, "teaching": teaching})
