"""The days of a partnership, and of each of its schools."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import BooleanField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.web.needs import TEXT
from alongside.members.calendar.models import BankHoliday, Closure, HalfTerm
from alongside.members.calendar.rules.bank_holidays import UK, ByNation, WorkingDays, read_published, untold, working_days_of
from alongside.members.calendar.rules.clocks.reckoning import Calendars
from alongside.members.calendar.rules.days import Named, SchoolDays, Span
from alongside.members.calendar.rules.settings import CalendarSettings, Nation
from alongside.members.calendar.rules.years import holidays_between
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.schools.models import School

THE_LIST = "bank days"  # as a row of the log: nothing but the list of bank holidays


@cache
def _file() -> str:
    return str((settings.REGISTER_DATA / "bank-holidays.json").read_text(encoding="utf-8"))


@cache
def published() -> dict[Nation, dict[date, str]]:
    """The bank holidays of the file that comes with the code."""
    return read_published(_file())


@cache
def published_on() -> date:
    """The day as of which that file tells them."""
    return date.fromisoformat(json.loads(_file())["list_of"])


def list_of() -> date:
    """The day of the list of bank holidays that was taken in last: what came with the code, or a later one. One query."""
    last = Event.objects.filter(row=THE_LIST).order_by("-pk").values_list("facts", flat=True).first()
    return max(date.fromisoformat(last["list_of"]), published_on()) if last else published_on()


def told() -> QuerySet[BankHoliday]:
    """The bank holidays that are known today, among those taken in."""
    return BankHoliday.objects.exclude(day__in=untold(clock.today()))


def bank_holidays() -> ByNation:
    """The bank holidays of all nations that are known today. One query."""
    return by_nation(told())


def by_nation(rows: QuerySet[BankHoliday]) -> dict[Nation, dict[date, str]]:
    """Those bank holidays, by nation and day. One query."""
    found: dict[Nation, dict[date, str]] = {nation: {} for nation in Nation}
    for nation, day, title in rows.order_by("day").values_list("nation", "day", "title"):
        found[Nation(nation)][day] = title
    return found


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


@dataclass
class Typed:
    """What partnerships and schools have typed, by their id: term dates, and closures; with the bank holidays of all nations."""

    holidays: dict[Nation, dict[date, str]] = field(default_factory=lambda: {nation: {} for nation in Nation})
    terms: dict[str, TermDates] = field(default_factory=lambda: defaultdict(TermDates))
    closures: dict[str, list[Closure]] = field(default_factory=lambda: defaultdict(list))

    def days(self, nation: Nation, partnership: str, school: str | None = None) -> SchoolDays:
        """The school days of a partnership, or of one of its schools."""
        if not school:
            return self.terms[partnership].days(self.holidays[nation])
        closures = [one.named for one in self.closures[school]]
        return self.terms[school].over(self.terms[partnership]).days(self.holidays[nation], closures)

    @cached_property
    def working(self) -> dict[Nation | None, WorkingDays]:
        """The working days of each nation, and those of the whole kingdom, under none."""
        return {None: working_days_of(self.holidays, *UK)} | {one: working_days_of(self.holidays, one) for one in Nation}

    def calendars(self, nation: Nation, partnership: str, school: str | None) -> Calendars:
        """What clocks of the school (or of the partnership's office) count by."""
        return Calendars(self.days(nation, partnership, school), self.working[None], self.working[nation])

    def varies(self, school: str) -> bool:
        """Whether the school has days of its own."""
        return school in self.terms or school in self.closures


class TypedRow(NamedTuple):
    """Days of any kind, as one query finds them all. `of` is whose they are: a partnership, a school or a nation."""

    kind: int
    key: str
    of: str
    start: int
    is_example: bool
    said: str
    first_on: date
    last_on: date


HALF_TERM, CLOSURE, BANK = (Value(kind, IntegerField()) for kind in range(3))
NO_YEAR = (Value(0, IntegerField()), Value(False, BooleanField()))


def typed_by(partnerships: Sequence[str], schools: Sequence[str] = ()) -> Typed:
    """What those partnerships and schools have typed, and the bank holidays: one query."""
    halves = HalfTerm.objects.filter(Q(year__partnership__in=partnerships) | Q(year__school__in=schools))
    owner = Coalesce("year__partnership_id", "year__school_id", output_field=TEXT)
    year, days = ("year__start", "year__is_example"), ("first_on", "last_on")
    rows: Any = halves.order_by().values_list(HALF_TERM, "pk", owner, *year, Value("", TEXT), *days)
    bank = told().order_by()
    parts: list[Any] = [bank.values_list(BANK, "pk", Cast("nation", TEXT), *NO_YEAR, Cast("title", TEXT), "day", "day")]
    if schools:
        own = Closure.objects.filter(school__in=schools).order_by()
        parts.append(own.values_list(CLOSURE, "pk", Cast("school_id", TEXT), *NO_YEAR, Cast("kind", TEXT), *days))
    found = Typed()
    for row in sorted((TypedRow(*one) for one in rows.union(*parts, all=True)), key=lambda row: row.first_on):
        if row.kind == BANK.value:
            found.holidays[Nation(row.of)][row.first_on] = row.said
        elif row.kind == CLOSURE.value:
            closure = Closure(pk=row.key, school_id=row.of, kind=row.said, first_on=row.first_on, last_on=row.last_on)
            found.closures[row.of].append(closure)
        else:
            found.terms[row.of].years.setdefault(row.start, []).append((row.first_on, row.last_on))
            if row.is_example:
                found.terms[row.of].examples.add(row.start)
    return found


def nation_of(partnership: Partnership) -> Nation:
    """The nation whose bank holidays a partnership lives by."""
    return Nation(settings_of(partnership, CalendarSettings).nation)


def school_days_of(partnership: Partnership, school: School | None = None, *, nation: Nation | None = None) -> SchoolDays:
    """The school days of a partnership, or of one of its schools: two queries, or one for who knows its nation."""
    own = school.pk if school else None
    return typed_by([partnership.pk], [own] if own else []).days(nation or nation_of(partnership), partnership.pk, own)


def days_of_schools(partnership: Partnership, schools: Sequence[str]) -> dict[str, SchoolDays]:
    """The school days of many of a partnership's schools by id, and the partnership's own under its id: two queries."""
    nation, typed = nation_of(partnership), typed_by([partnership.pk], schools)
    base = typed.days(nation, partnership.pk)
    vary = {school: typed.days(nation, partnership.pk, school) for school in schools if typed.varies(school)}
    return {partnership.pk: base, **dict.fromkeys(schools, base), **vary}
