"""On which days a body meets."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.deciding.meetings.rules.kinds import HowOften
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.calendar.rules.settings import Alternation
from alongside.members.calendar.rules.teaching import Occasion, Slot, is_open_for_most, occasions, told_closed, two_alternatives

LAST = 5


@dataclass(frozen=True)
class SchoolYear:
    """What a rhythm runs over: the teaching weeks from one day to another, and the days of the body's schools."""

    first: date
    last: date
    weeks: Sequence[date]
    schools: Sequence[SchoolDays]
    alternation: Alternation
    share: int


def days_of(rhythm: HowOften, slots: Sequence[Slot], over: SchoolYear, *, nth: int, typed: Sequence[date]) -> list[Occasion]:
    """A body meets every teaching week, or in turn for one thing and the next, or on the so-manieth weekday of each month in
    which schools teach, or on the days that its clerk enters. A day on which schools are closed is kept, with the reason and two
    others.

    Source: R11 (series with a rhythm; a date on a bank holiday offers two alternatives), T9.
    """
    if rhythm in {HowOften.ALTERNATING, HowOften.WEEKLY}:
        weeks, first = over.weeks, over.first
        if weeks and weeks[0] + timedelta(days=slots[0].weekday) < first:  # it begins with its first kind
            weeks, first = weeks[1:], next(iter(weeks[1:]), first)
        found = occasions(weeks, over.schools, first=first, alternation=over.alternation, share=over.share, rhythm=slots)
        return [one for one in found if over.first <= one.day <= over.last]
    if rhythm is HowOften.MONTHLY:
        typed = [
            nth_weekday(year, month, slots[0].weekday, nth)
            for year, month in months_between(over.first, over.last)
            if any((week.year, week.month) == (year, month) for week in over.weeks)
        ]
    return [on_day(slots[0].kind, day, over) for day in sorted({*typed}) if over.first <= day <= over.last]


def on_day(kind: str, day: date, over: SchoolYear) -> Occasion:
    """One meeting on a day, with what stands in its way.

    Source: R11.
    """

    def is_open(one: date) -> bool:
        return is_open_for_most(one, over.schools, over.share)

    if is_open(day):
        return Occasion(kind, day)
    why = next((why for school in over.schools if (why := school.why_closed(day))), "")
    return Occasion(kind, day, why, two_alternatives(day, is_open))


def look_first(found: Occasion) -> list[str]:
    """Whoever plans a meeting on a weekend, a bank holiday or in holidays is told so, by name and with the days near it on which
    schools are open, and asked to look again; it is not forbidden.

    Source: R11 (a date on a bank holiday offers two alternatives). Nothing for a day on which schools are open.
    """
    return told_closed(found.day, found.clash, found.alternatives) if found.clash else []


def in_turn(slots: Sequence[Slot], last_kind: str) -> list[Slot]:
    """A rhythm goes on with what comes after the last meeting's kind, so that a new year does not begin with the same again.

    Source: T9 (strictly alternate).
    """
    at = next((number for number, one in enumerate(slots, 1) if one.kind == last_kind), 0) % len(slots)
    return [*slots[at:], *slots[:at]]


def months_between(first: date, last: date) -> list[tuple[int, int]]:
    """Every month from one day's to another's.

    Source: R11, a monthly rhythm.
    """
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(number // 12, number % 12 + 1) for number in months]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The second Tuesday of a month, or its last (a fifth is the last).

    Source: R11, a monthly rhythm.
    """
    if nth < LAST:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)
