"""What the pages of the school year show."""

from dataclasses import dataclass
from datetime import date

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.standing import Standing
from alongside.members.calendar.models import Blackout, Closure, HalfTerm, Year
from alongside.members.calendar.queries.days import bank_holidays, days_of_schools, list_of, nation_of, typed_by
from alongside.members.calendar.rules.bank_holidays import known_years, list_words
from alongside.members.calendar.rules.closures import ClosureKind, suggested_blackouts
from alongside.members.calendar.rules.days import Named, Span
from alongside.members.calendar.rules.picture import Month, months_of
from alongside.members.calendar.rules.settings import Alternation, CalendarSettings
from alongside.members.calendar.rules.teaching import Occasion, occasions, teaching_weeks
from alongside.members.calendar.rules.years import (
    HALF_TERMS,
    INSET_DAYS,
    days_note,
    holidays_between,
    school_days_note,
    season_on,
)
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import member_schools, settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.schools.models import School


@dataclass(frozen=True)
class HalfTermRow:
    """A half-term in a list, with the school days in it."""

    name: str
    first_on: date
    last_on: date
    days: int


@dataclass(frozen=True)
class YearPage:
    """An academic year of a partnership, or of one school."""

    year: AcademicYear
    spans: list[Span]
    is_own: bool
    is_example: bool
    half_terms: list[HalfTermRow]
    holidays: tuple[Named, ...]
    months: list[Month]
    note: str
    closures: list[Closure]
    blackouts: list[Blackout]
    bank_holidays: dict[date, str]
    bank_list: str
    typed: list[int]

    @property
    def count(self) -> int:
        """The school days of the year."""
        return sum(one.days for one in self.half_terms)

    @property
    def inset_days(self) -> int:
        """How many INSET days the school has typed in this year."""
        return _inset(self.closures)

    @property
    def has_inset_days(self) -> bool:
        """Whether the usual number of INSET days is typed, so that what is left are days with pupils."""
        return self.inset_days >= INSET_DAYS


def year_page(partnership: Partnership, year: AcademicYear, school: School | None = None, *, viewer: Standing) -> YearPage:
    """One year with its picture: four queries."""
    own = school.pk if school else ""
    typed = typed_by([partnership.pk], [own] if own else [])
    terms = typed.terms[own].over(typed.terms[partnership.pk])
    nation = nation_of(partnership)
    days = typed.days(nation, partnership.pk, own)
    closures = [one for one in typed.closures[own] if one.first_on in year or one.last_on in year]
    free, spans = blackouts_in(partnership, year, viewer=viewer), terms.years.get(year.start, [])
    half_terms = [HalfTermRow(name, *span, days.count(*span)) for name, span in zip(HALF_TERMS, spans, strict=False)]
    count = sum(one.days for one in half_terms)
    return YearPage(
        year=year,
        spans=spans,
        is_own=year.start in typed.terms[own].years,
        is_example=year.start in terms.examples,
        half_terms=half_terms,
        holidays=holidays_between({year.start: spans}) if spans else (),
        months=months_of(year, days, [one.named for one in closures], [one.named for one in free]),
        note="" if not spans else school_days_note(count, _inset(closures)) if school else days_note(count),
        closures=closures,
        blackouts=free,
        bank_holidays={day: name for day, name in sorted(days.bank_holidays.items()) if day in year},
        bank_list=list_words(list_of(), *known_years(typed.holidays, nation)),
        typed=sorted(terms.years),
    )


def _inset(closures: list[Closure]) -> int:
    return sum(one.kind == ClosureKind.INSET for one in closures)


def blackouts_in(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[Blackout]:
    """What the partnership keeps free in a year, soonest first."""
    found = Blackout.objects.visible_to(viewer).filter(partnership=partnership)
    return list(found.filter(first_on__lte=year.last_on, last_on__gte=year.first_on).order_by("first_on", "name"))


def blackouts_to_suggest(partnership: Partnership, year: AcademicYear, kept: list[Blackout], *, viewer: Standing) -> list[Named]:
    """Those usual windows of a year that are not kept free yet."""
    there = {one.name.casefold() for one in kept}
    usual = suggested_blackouts(year, bank_holidays()[nation_of(partnership)])
    return [one for one in usual if one.name.casefold() not in there]


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


@dataclass(frozen=True)
class OwnDays:
    """A school's own days in a year: its INSET days and other closures, counted, and whether its term dates differ."""

    urn: int
    name: str
    inset: int
    closed: int
    has_own_dates: bool


def schools_with_days(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> list[OwnDays]:
    """The own days of the schools that belong, by name: two queries."""
    found = Membership.objects.visible_to(viewer).filter(partnership=partnership, until_on=None).exclude(kind=Belonging.ASKED)
    schools = [row.school for row in found.select_related("school__current").order_by("school__current__name")]
    typed, rows = typed_by([], [one.pk for one in schools]), []
    for one in schools:
        closures = [closure for closure in typed.closures[one.pk] if closure.first_on in year]
        inset = _inset(closures)
        rows.append(OwnDays(one.urn, one.name, inset, len(closures) - inset, year.start in typed.terms[one.pk].years))
    return rows


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
    days, share = days_of_schools(partnership, schools), chosen.teaching_share
    each = [days[key] for key in schools] or [days[partnership.pk]]
    weeks = teaching_weeks(year.first_on, year.last_on, each, chosen.teaching_days, share)
    meetings = occasions(weeks, each, first=year.first_on, alternation=Alternation(chosen.alternation), share=share)
    return TeachingYear(weeks, meetings, len(schools))


def year_stands(*, partnership: Partnership, viewer: Standing) -> str:
    """Whether the term dates of this year are typed, in words."""
    year = academic_year_of(clock.today())
    found = Year.objects.visible_to(viewer).filter(partnership=partnership, start=year.start)
    is_example = found.values_list("is_example", flat=True).first()
    if is_example is None:
        return f"No term dates for {year} yet"
    return f"Example dates for {year}: the real ones are to be typed" if is_example else f"The term dates of {year} are typed"


def season_now(partnership: Partnership, *, viewer: Standing) -> str:
    """The term or the holiday that the partnership is in today: one query."""
    today = clock.today()
    rows = HalfTerm.objects.visible_to(viewer).filter(year__partnership=partnership, year__start=academic_year_of(today).start)
    return season_on(today, list(rows.order_by("first_on").values_list("first_on", "last_on")))
