"""The partnership's year: its picture, its dates, what it keeps free, how it counts."""

from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock, words
from alongside.ground.core.academic_year import AcademicYear, academic_year_of, read_academic_year
from alongside.ground.core.verdict import require
from alongside.ground.core.words import long_date, weekday_date
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.tables import Column, listed
from alongside.members.calendar.actions import years as actions
from alongside.members.calendar.forms import BlackoutForm, CountingForm, YearForm
from alongside.members.calendar.models import Blackout, Year
from alongside.members.calendar.permissions import may_change_year
from alongside.members.calendar.queries import years as queries
from alongside.members.calendar.queries.clocks import schools_to_choose
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.settings import CalendarSettings
from alongside.members.calendar.rules.teaching import Occasion
from alongside.members.calendar.rules.years import HALF_TERMS, half_term_on, suggested_half_terms
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.queries import settings_of
from alongside.members.schools.models import School

FARTHEST = 6  # years ahead or back that may be typed
HALVES = (
    Column("name", "Half-term"),
    Column("first_on", "From", cell=lambda row: weekday_date(row.first_on)),
    Column("last_on", "To", cell=lambda row: weekday_date(row.last_on)),
    Column("days", "School days", numeric=True),
)
HOLIDAYS = (
    Column("name", "Holiday"),
    Column("first_on", "From", cell=lambda row: long_date(row.first_on)),
    Column("last_on", "To", cell=lambda row: long_date(row.last_on)),
)


def _moved_to(row: Occasion) -> str:
    return f"{row.clash}: move to {words.listed([weekday_date(day) for day in row.alternatives], 'or')}" if row.clash else ""


MEETINGS = (
    Column("kind", "Meeting", cell=lambda row: row.kind.capitalize()),
    Column("day", "Day", cell=lambda row: long_date(row.day), classes="al-nowrap"),
    Column("clash", "To mind", cell=_moved_to),
)


def asked_year(request: Asked) -> AcademicYear:
    """The year of the address, or the one that we are in."""
    return read_academic_year(request.GET.get("year", "")) or academic_year_of(clock.today())


def year_at(start: int) -> AcademicYear:
    """A year near enough to be typed. Raises Http404 for others."""
    if abs(start - academic_year_of(clock.today()).start) > FARTHEST:
        raise Http404
    return AcademicYear(start)


def in_year(shown: AcademicYear, name: str, *words: object, **more: str) -> str:
    """The address of a page of that year."""
    return f"{reverse(f'calendar:{name}', args=words)}?{urlencode({'year': shown.slug, **more})}"


def year_pills(address: str, shown: AcademicYear, typed: list[int]) -> list[tuple[str, None, str, bool]]:
    """The years to choose from: those typed, this one and the next."""
    now = academic_year_of(clock.today()).start
    starts = sorted({*typed, now, now + 1, shown.start})
    return [(str(one), None, f"{address}?year={one.slug}", one == shown) for one in map(AcademicYear, starts)]


def year(request: Asked, slug: str) -> HttpResponse:
    """The partnership's school year as a picture and a table."""
    page = queries.year_page(request.partnership, asked_year(request), viewer=request.who)
    number, office = half_term_on(clock.today(), page.spans), request.who.runs(request.partnership.pk)
    return render(
        request,
        "calendar/year.html",
        {
            "page": page,
            "half_terms": listed(HALVES, page.half_terms),
            "holidays": listed(HOLIDAYS, page.holidays),
            "now": f"{HALF_TERMS[number - 1]}: half-term {number} of 6" if number else "",
            "pills": year_pills(request.path, page.year, page.typed),
            "may_change": may_change_year(request.who, request.partnership.pk),
            "my_schools": [] if office else schools_to_choose(request.partnership, viewer=request.who),
        },
    )


def edit_year(request: Asked, slug: str, start: int) -> HttpResponse:
    """Type the six half-terms of a year."""
    require(may_change_year(request.who, request.partnership.pk))
    return typed_page(request, year_at(start))


def typed_page(request: Asked, shown: AcademicYear, school: School | None = None) -> HttpResponse:
    """The six half-terms as typed for the partnership or for a school; else as the partnership typed them, or a suggestion."""
    partnership, who = request.partnership, request.who
    typed, spans = queries.typed_year(partnership, shown, school, viewer=who)
    if typed is None:
        spans = queries.typed_year(partnership, shown, viewer=who)[1]
        spans = spans or list(suggested_half_terms(shown, school_days_of(partnership).bank_holidays))
    slug, whose = partnership.slug, f"{school}’s own dates" if school else "The dates"
    page = in_year(shown, "school_year", slug, school.urn) if school else in_year(shown, "year", slug)

    def done(row: Year) -> Done:
        words = f"{whose} of {row} are in the calendar. Dates that count school days are worked out again."
        return Done(words, (("Change them again", request.path),))

    return form_page(
        request, partial(YearForm, row=typed or Year(version=0), spans=spans),
        partial(actions.save_year, partnership=partnership, school=school, start=shown.start),
        title=f"Six half-terms of {shown}", caption=school.name if school else "Term dates", back=("School year", page),
        lead=f"{'' if typed else 'A usual year is filled in to begin with. '}The first and the last day with pupils or training "
        "in each half-term; what lies between is holiday.",
        done=done, next=page, page="calendar/edit_year.html", year=shown, is_typed=typed is not None, school=school,
    )  # fmt: skip


def blackouts(request: Asked, slug: str) -> HttpResponse:
    """What the partnership keeps free of its own meetings and visits."""
    require(may_change_year(request.who, request.partnership.pk))
    shown = asked_year(request)
    kept = queries.blackouts_in(request.partnership, shown, viewer=request.who)
    suggested = queries.blackouts_to_suggest(request.partnership, shown, kept, viewer=request.who)
    like = request.GET.get("like", "")
    chosen = next((one for one in suggested if one.name == like), None)
    initial = chosen._asdict() if chosen else {"name": like}
    return form_page(
        request, partial(BlackoutForm, initial=initial), partial(actions.add_blackout, partnership=request.partnership),
        title=f"Kept free in {shown}", caption="Calendar", back=("School year", in_year(shown, "year", slug)),
        lead="Times when schools have no room for meetings and visits of the partnership. Schools stay open.",
        button="Keep these days free", done=lambda row: f"{row.name} is kept free: {row.span}.",
        next=in_year(shown, "blackouts", slug), page="calendar/blackouts.html",
        year=shown, kept=kept, suggested=suggested, pills=year_pills(request.path, shown, []),
    )  # fmt: skip


def remove_blackout(request: Asked, slug: str, blackout: str) -> HttpResponse:
    """Free the days again."""
    shown = asked_year(request)

    def done(row: Blackout) -> Done:
        again = in_year(shown, "blackouts", slug, like=row.name)
        return Done(f"{row.name} is not kept free any more: {row.span}.", (("Keep it free again", again),))

    deed = partial(actions.remove_blackout, partnership=request.partnership, blackout_id=blackout)
    return press(request, deed, done=done, next=in_year(shown, "blackouts", slug))


def settings(request: Asked, slug: str) -> HttpResponse:
    """How the partnership counts: nation, teaching weeks, what meetings alternate over; with the dates that follow."""
    require(may_change_year(request.who, request.partnership.pk))
    shown, now = asked_year(request), settings_of(request.partnership, CalendarSettings)
    teaching = queries.teaching_year(request.partnership, shown, viewer=request.who)
    return form_page(
        request, partial(CountingForm, now=now), partial(change_settings, partnership=request.partnership, may=may_change_year),
        title="How days are counted", caption="Calendar", back=("School year", reverse("calendar:year", args=[slug])),
        lead="Whose bank holidays count, what a teaching week is, and how meetings take turns.",
        done="Saved. The dates below follow from it.", next=reverse("calendar:settings", args=[slug]),
        page="calendar/settings.html", year=shown, teaching=teaching, meetings=listed(MEETINGS, teaching.meetings),
    )  # fmt: skip
