"""What the pages of the school year show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.standing import Standing
from alongside.members.calendar.models import Blackout, HalfTerm, Year
from alongside.members.calendar.queries.days import days_of_schools, typed_by
from alongside.members.calendar.rules.closures import suggested_blackouts
from alongside.members.calendar.rules.days import Named, SchoolDays, Span
from alongside.members.calendar.rules.picture import Month, half_term_rows, months_of
from alongside.members.calendar.rules.settings import Alternation, CalendarSettings, Nation
from alongside.members.calendar.rules.teaching import Occasion, occasions, teaching_weeks
from alongside.members.calendar.rules.years import HALF_TERMS, INSET_DAYS, days_note, holidays_between, school_days_note
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import member_schools, settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.schools.models import School


@dataclass(frozen=True)
class YearPage:
    """An academic year of a partnership, or of one school."""

    year: AcademicYear
    is_typed: bool
    is_own: bool
    is_example: bool
    half_terms: list[tuple[str, date, date, int]]
    holidays: list[Named]
    months: list[Month]
    days: SchoolDays
    count: int
    note: str
    closures: list[tuple[str, str, date, date]]
    blackouts: list[tuple[str, str, date, date]]
    bank_holidays: list[tuple[date, str]]
    typed: list[int]

    @property
    def inset_days(self) -> int:
        """How many INSET days the school has typed in this year."""
        return _inset(self.closures)

    @property
    def has_inset_days(self) -> bool:
        """Whether the usual number of INSET days is typed, so that what is left are days with pupils."""
        return self.inset_days >= INSET_DAYS


def year_page(partnership: Partnership, year: AcademicYear, school: School | None = None, *, viewer: Standing) -> YearPage:
    """One year with its picture: three queries."""
    nation = Nation(settings_of(partnership, CalendarSettings).nation)
    typed = typed_by([partnership.pk], [school.pk] if school else [])
    own = typed.terms[school.pk] if school else None
    terms = own.over(typed.terms[partnership.pk]) if own else typed.terms[partnership.pk]
    days = typed.days(nation, partnership.pk, school.pk if school else None)
    closures = [one for one in typed.closures[school.pk] if one[2] in year or one[3] in year] if school else []
    named = [(name, first, last) for _, name, first, last in closures]
    spans = terms.years.get(year.start, [])
    free = blackouts_in(partnership, year, viewer=viewer)
    count = sum(days.count(first, last) for first, last in spans)
    shown = [one for one in holidays_between({year.start: spans}) if one] if spans else []
    return YearPage(
        year=year,
        is_typed=bool(spans),
        is_own=bool(own and year.start in own.years),
        is_example=year.start in terms.examples,
        half_terms=half_term_rows(spans, HALF_TERMS, days) if spans else [],
        holidays=shown,
        months=months_of(year, days, named, [(name, first, last) for _, name, first, last in free]),
        days=days,
        count=count,
        note=_note(count, closures, is_school=school is not None) if spans else "",
        closures=closures,
        blackouts=free,
        bank_holidays=[(day, name) for day, name in sorted(days.bank_holidays.items()) if day in year],
        typed=sorted(terms.years),
    )


def _inset(closures: Sequence[tuple[str, str, date, date]]) -> int:
    return sum(name.startswith("INSET") for _, name, _, _ in closures)


def _note(count: int, closures: Sequence[tuple[str, str, date, date]], *, is_school: bool) -> str:
    return school_days_note(count, _inset(closures)) if is_school else days_note(count)


def blackouts_in(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[tuple[str, str, date, date]]:
    """(id, name, first day, last day) of what the partnership keeps free in a year, soonest first."""
    found = Blackout.objects.visible_to(viewer).filter(partnership=partnership)
    found = found.filter(first_on__lte=year.last_on, last_on__gte=year.first_on).order_by("first_on", "name")
    return list(found.values_list("id", "name", "first_on", "last_on"))


def blackouts_to_suggest(year: AcademicYear, kept: Sequence[tuple[str, str, date, date]], *, viewer: Standing) -> list[Named]:
    """Those usual windows of a year that are not kept free yet."""
    there = {name.casefold() for _, name, _, _ in kept}
    return [one for one in suggested_blackouts(year) if one[0].casefold() not in there]


def typed_year(
    partnership: Partnership, year: AcademicYear, school: School | None = None, *, viewer: Standing
) -> tuple[Year | None, list[Span]]:
    """A year as it is typed for the partnership, or as the school's own, with its half-terms."""
    owner = {"school": school} if school else {"partnership": partnership}
    found = Year.objects.visible_to(viewer).filter(start=year.start, **owner).first()
    rows = HalfTerm.objects.filter(year=found).order_by("number") if found else HalfTerm.objects.none()
    return found, list(rows.values_list("first_on", "last_on"))


def school_in(partnership: Partnership, urn: int, *, viewer: Standing) -> School | None:
    """A school of the partnership, as far as the viewer may know that it belongs or is asked. One query."""
    found = Membership.objects.visible_to(viewer).filter(partnership=partnership, until_on=None)
    row = found.filter(school__establishments__urn=urn).select_related("school__current").first()
    return row.school if row else None


def schools_with_days(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[tuple[int, str, int, int, bool]]:
    """(urn, name, INSET days typed, other closures, has own term dates) of the schools that belong, by name: two queries."""
    found = Membership.objects.visible_to(viewer).filter(partnership=partnership, until_on=None).exclude(kind=Belonging.ASKED)
    rows = list(found.order_by("school__current__name").values_list("school_id", "school__current__urn", "school__current__name"))
    ids = [key for key, _, _ in rows]
    typed = typed_by([], ids)

    def counted(key: str, inset: bool) -> int:
        return sum(name.startswith("INSET") is inset and first in year for _, name, first, _ in typed.closures[key])

    return [(urn, name, counted(key, True), counted(key, False), year.start in typed.terms[key].years) for key, urn, name in rows]


@dataclass(frozen=True)
class TeachingYear:
    """The teaching weeks of a year, and when a body would meet that alternates over them."""

    weeks: list[date]
    meetings: list[Occasion]
    schools: int


def teaching_year(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> TeachingYear:
    """The teaching weeks of the partnership's schools, and the rhythm that follows from its settings: six queries."""
    chosen = settings_of(partnership, CalendarSettings)
    schools = member_schools(partnership, Belonging.MEMBER, Belonging.ASSOCIATE)
    days = days_of_schools(partnership, schools)
    each = [days[key] for key in schools] or [days[partnership.pk]]
    least, share = chosen.teaching_days, chosen.teaching_share
    return TeachingYear(
        weeks=teaching_weeks(year.first_on, year.last_on, each, least, share),
        meetings=occasions(
            year.first_on, year.last_on, each, alternation=Alternation(chosen.alternation), days=least, share=share
        ),
        schools=len(schools),
    )
