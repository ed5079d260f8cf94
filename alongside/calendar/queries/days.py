"""The days of a partnership, and of each of its schools."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import Q

from alongside.calendar.models import BankHoliday, Closure, HalfTerm
from alongside.calendar.rules.bank_holidays import ByNation, read_published
from alongside.calendar.rules.closures import ClosureKind
from alongside.calendar.rules.days import Named, SchoolDays, Span
from alongside.calendar.rules.settings import CalendarSettings, Nation
from alongside.calendar.rules.years import holidays_between
from alongside.partnerships.models import Partnership
from alongside.partnerships.queries import settings_of
from alongside.schools.models import School


@cache
def published() -> dict[Nation, dict[date, str]]:
    """The bank holidays of the file that comes with the code."""
    return read_published((settings.REGISTER_DATA / "bank-holidays.json").read_text(encoding="utf-8"))


def bank_holidays() -> ByNation:
    """The bank holidays of all nations, as they were last taken in; until then as they come with the code. One query."""
    found: dict[Nation, dict[date, str]] = {nation: {} for nation in Nation}
    for nation, day, title in BankHoliday.objects.order_by("day").values_list("nation", "day", "title"):
        found[Nation(nation)][day] = title
    return found if any(found.values()) else published()


@dataclass
class TermDates:
    """The typed years of a partnership or a school, by the year they begin in."""

    years: dict[int, list[Span]] = field(default_factory=dict)
    examples: set[int] = field(default_factory=set)

    def over(self, other: "TermDates") -> "TermDates":
        """These years where they are typed, the other's where they are not."""
        examples = {start for start in other.examples if start not in self.years} | self.examples
        return TermDates({**other.years, **self.years}, examples)

    def days(self, holidays: Mapping[date, str], closures: Iterable[Named] = ()) -> SchoolDays:
        """The school days that follow."""
        named = (*closures, *holidays_between(self.years))
        return SchoolDays(holidays, named, frozenset(self.years), frozenset(self.examples))


def term_dates(partnerships: Sequence[str], schools: Sequence[str] = ()) -> dict[str, TermDates]:
    """What those partnerships and schools have typed, by their id. One query."""
    found: dict[str, TermDates] = defaultdict(TermDates)
    rows = HalfTerm.objects.filter(Q(year__partnership__in=partnerships) | Q(year__school__in=schools)).order_by("number")
    facts = ("year__partnership_id", "year__school_id", "year__start", "year__is_example", "first_on", "last_on")
    for partnership, school, start, is_example, first, last in rows.values_list(*facts):
        dates = found[partnership or school]
        dates.years.setdefault(start, []).append((first, last))
        if is_example:
            dates.examples.add(start)
    return found


def closures_of(schools: Sequence[str]) -> dict[str, list[Named]]:
    """The closures of those schools by name, by the school's id. One query."""
    found: dict[str, list[Named]] = defaultdict(list)
    rows = Closure.objects.filter(school__in=schools).order_by("first_on").values_list("school_id", "kind", "first_on", "last_on")
    for school, kind, first, last in rows:
        found[school].append((ClosureKind(kind).label, first, last))
    return found


def school_days_of(partnership: Partnership, school: School | None = None) -> SchoolDays:
    """The school days of a partnership, or of one of its schools: three queries, four for a school."""
    nation = Nation(settings_of(partnership, CalendarSettings).nation)
    own = [school.pk] if school else []
    dates, closures = term_dates([partnership.pk], own), closures_of(own) if own else {}
    merged = dates[own[0]].over(dates[partnership.pk]) if own else dates[partnership.pk]
    return merged.days(bank_holidays()[nation], closures.get(own[0], ()) if own else ())


def days_of_schools(partnership: Partnership, schools: Sequence[str]) -> dict[str, SchoolDays]:
    """The school days of many of a partnership's schools by id, and the partnership's own under its id: four queries."""
    nation = Nation(settings_of(partnership, CalendarSettings).nation)
    holidays, dates, closures = bank_holidays()[nation], term_dates([partnership.pk], schools), closures_of(schools)
    base = dates[partnership.pk].days(holidays)
    found = {partnership.pk: base}
    for school in schools:
        varies = school in dates or school in closures
        merged = dates[school].over(dates[partnership.pk]) if varies else None
        found[school] = merged.days(holidays, closures.get(school, ())) if merged else base
    return found
