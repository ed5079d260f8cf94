"""A school's own days: INSET days, closures, and term dates that differ."""

from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, listed
from alongside.members.calendar.actions import years as actions
from alongside.members.calendar.forms import ClosureForm
from alongside.members.calendar.models import Closure, Year
from alongside.members.calendar.permissions import may_change_school_days
from alongside.members.calendar.queries import years as queries
from alongside.members.calendar.views.years import HALVES, asked_year, in_year, typed_page, year_at, year_pills
from alongside.members.schools.models import School

AGAIN = "Dates that count school days are worked out again."


def school_of(request: Asked, urn: int) -> School:
    """The school of the address. Raises Http404 when the viewer may not know that it belongs."""
    return found(queries.school_in(request.partnership, urn, viewer=request.who))


def schools(request: Asked, slug: str) -> HttpResponseBase:
    """Every school's INSET days and closures in a year; as a file too."""
    shown = asked_year(request)
    columns = (
        Column("name", "School", cell=lambda row: Text(row.name, in_year(shown, "school_year", slug, row.urn))),
        Column("inset", "INSET days", numeric=True, cell=lambda row: row.inset or None),
        Column("closed", "Closures", numeric=True, cell=lambda row: row.closed or None),
        Column("dates", "Term dates", cell=lambda row: "its own" if row.has_own_dates else "the partnership’s"),
    )
    rows = listed(columns, queries.schools_with_days(request.partnership, shown, viewer=request.who))
    if "as" in request.GET:
        return list_sheet(request, f"{slug}-own-days-{shown.slug}", columns, rows.rows)
    pills = year_pills(request.path, shown, [])
    return render(request, "calendar/schools.html", {"table": rows, "year": shown, "pills": pills})


def school_year(request: Asked, slug: str, urn: int) -> HttpResponse:
    """One school's year: the partnership's dates varied by its own; its head types INSET days and closures here."""
    school, partnership = school_of(request, urn), request.partnership
    may_change = may_change_school_days(request.who, partnership.pk, school.pk)
    if request.method == "POST":
        require(may_change)
    of = queries.year_page(partnership, asked_year(request), school, viewer=request.who)
    return form_page(
        request, ClosureForm, partial(actions.add_closure, partnership=partnership, school=school),
        title=f"{school.name} in {of.year}", caption="School year", back=("School year", in_year(of.year, "year", slug)),
        lead="Its own term dates." if of.is_own else "The partnership’s dates, varied by the school’s own days.",
        button="Add it", done=lambda row: f"{row.name} is in the calendar of {row.school}: {row.span}. {AGAIN}",
        next=lambda row: in_year(academic_year_of(row.first_on), "school_year", slug, urn), page="calendar/school_year.html",
        of=of, school=school, may_change=may_change, pills=year_pills(request.path, of.year, of.typed),
        half_terms=listed(HALVES, of.half_terms),
    )  # fmt: skip


def remove_closure(request: Asked, slug: str, urn: int, closure: str) -> HttpResponse:
    """Take an INSET day or a closure out."""
    deed = partial(actions.remove_closure, partnership=request.partnership, school=school_of(request, urn), closure_id=closure)

    def done(row: Closure) -> str:
        return f"{row.name} is taken out of the calendar of {row.school}: {row.span}. {AGAIN}"

    return press(request, deed, done=done, next=in_year(asked_year(request), "school_year", slug, urn))


def edit_school_year(request: Asked, slug: str, urn: int, start: int) -> HttpResponse:
    """Type a school's own term dates where they differ from the partnership's."""
    school = school_of(request, urn)
    require(may_change_school_days(request.who, request.partnership.pk, school.pk))
    return typed_page(request, year_at(start), school)


def drop_own_year(request: Asked, slug: str, urn: int, start: int) -> HttpResponse:
    """Follow the partnership's dates again."""
    school, shown = school_of(request, urn), AcademicYear(start)

    def done(row: Year) -> Done:
        again = in_year(shown, "edit_school_year", slug, urn, start)
        return Done(f"{row.school} follows the partnership’s dates of {row} again. {AGAIN}", (("Type its own again", again),))

    deed = partial(actions.drop_own_year, partnership=request.partnership, school=school, start=start)
    return press(request, deed, done=done, next=in_year(shown, "school_year", slug, urn))
