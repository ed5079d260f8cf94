"""A school's own days: INSET days, closures, and term dates that differ."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.members.calendar import actions, queries
from alongside.members.calendar.forms import ClosureForm
from alongside.members.calendar.permissions import may_change_school_days
from alongside.members.calendar.rules.years import suggested_half_terms
from alongside.members.calendar.views.years import asked_year, redirect_to_year, year_at, year_form, year_pills
from alongside.members.schools.models import School


def school_of(request: Asked, urn: int) -> School:
    """The school of the address. Raises Http404 when the viewer may not know that it belongs."""
    school = queries.school_in(request.partnership, urn, viewer=request.who)
    if school is None:
        raise Http404
    return school


def schools(request: Asked, slug: str) -> HttpResponse:
    """Every school's INSET days and closures in a year."""
    shown = asked_year(request)
    rows = queries.schools_with_days(request.partnership, shown, viewer=request.who)
    pills = year_pills(request.path, shown, [])
    return render(request, "calendar/schools.html", {"rows": rows, "year": shown, "pills": pills})


def school_year(request: Asked, slug: str, urn: int) -> HttpResponse:
    """One school's year: the partnership's dates varied by its own; its head types INSET days and closures here."""
    school, partnership = school_of(request, urn), request.partnership
    may_change = may_change_school_days(request.who, partnership.pk, school.pk)
    form = ClosureForm(request.POST or None)
    if request.method == "POST":
        require(may_change)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_closure(partnership=partnership, school=school, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"{added.name} is in the calendar. Dates that count school days are worked out again.")
            return redirect_to_year("calendar:school_year", academic_year_of(added.first_on), slug=slug, urn=urn)
    page = queries.year_page(partnership, asked_year(request), school, viewer=request.who)
    pills = year_pills(request.path, page.year, page.typed)
    shown = {"page": page, "school": school, "form": form, "may_change": may_change, "pills": pills}
    return render(request, "calendar/school_year.html", shown)


@require_POST
def remove_closure(request: Asked, slug: str, urn: int, closure: str) -> HttpResponse:
    """Take an INSET day or a closure out."""
    school = school_of(request, urn)
    actions.remove_closure(partnership=request.partnership, school=school, closure_id=closure, by=request.who)
    messages.success(request, "It is taken out of the calendar. Dates that count school days are worked out again.")
    return redirect_to_year("calendar:school_year", asked_year(request), slug=slug, urn=urn)


def edit_school_year(request: Asked, slug: str, urn: int, start: int) -> HttpResponse:
    """Type a school's own term dates where they differ from the partnership's."""
    school, shown = school_of(request, urn), year_at(start)
    require(may_change_school_days(request.who, request.partnership.pk, school.pk))
    typed, spans = queries.typed_year(request.partnership, shown, school, viewer=request.who)
    common: object = ()
    if typed is None:
        holidays = queries.school_days_of(request.partnership).bank_holidays
        common = queries.typed_year(request.partnership, shown, viewer=request.who)[1] or suggested_half_terms(shown, holidays)
    form = year_form(request, typed, spans, common)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_year(partnership=request.partnership, school=school, start=start, **form.typed(), by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"{school}’s own dates of {shown} are in the calendar.")
            return redirect_to_year("calendar:school_year", shown, slug=slug, urn=urn)
    given = {"form": form, "year": shown, "is_typed": typed is not None, "school": school}
    return render(request, "calendar/edit_year.html", given)


@require_POST
def drop_own_year(request: Asked, slug: str, urn: int, start: int) -> HttpResponse:
    """Follow the partnership's dates again."""
    school = school_of(request, urn)
    actions.drop_own_year(partnership=request.partnership, school=school, start=start, by=request.who)
    messages.success(request, f"{school} follows the partnership’s dates again.")
    return redirect_to_year("calendar:school_year", AcademicYear(start), slug=slug, urn=urn)
