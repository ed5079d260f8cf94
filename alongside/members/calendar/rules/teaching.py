"""Teaching weeks, and the rhythm of meetings that alternates over them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.words import listed, long_date, weekday_date
from alongside.members.calendar.rules.days import DAY, SchoolDays
from alongside.members.calendar.rules.settings import Alternation

WEEK = DAY * 7
WEEKDAYS = 5


def monday_of(day: date) -> date:
    """A week begins on its Monday, so no week is split by the turn of the year.

    Source: T9; ISO week numbers jump in 53-week years, Mondays do not.
    """
    return day - DAY * day.weekday()


def is_teaching_week(
    monday: date, schools: Sequence[SchoolDays], days: int, share: int, first: date = date.min, last: date = date.max
) -> bool:
    """A week is a teaching week when at least half of the schools teach in it; a school teaches that is open most of the week.

    Source: domain.md, teaching week (at least half of the body's schools are open: a setting); T9. By default a school
    teaches in a week with three open weekdays (`days`), and `share` per cent of the schools is half. Only days
    from `first` to `last` count. A body without schools has no teaching weeks.
    """
    week = [day for ahead in range(WEEKDAYS) if first <= (day := monday + DAY * ahead) <= last]
    teaching = sum(sum(school.is_open(day) for day in week) >= days for school in schools)
    return bool(schools) and teaching * 100 >= share * len(schools)


def teaching_weeks(first: date, last: date, schools: Sequence[SchoolDays], days: int = 3, share: int = 50) -> list[date]:
    """The teaching weeks from one day to another are given by their Mondays; days outside do not make a week.

    Source: domain.md, teaching week.
    """
    mondays = (monday_of(first) + WEEK * number for number in range((last - monday_of(first)).days // 7 + 1))
    return [monday for monday in mondays if is_teaching_week(monday, schools, days, share, first, last)]


@dataclass(frozen=True)
class Slot:
    """One place in a rhythm: what kind of meeting, on which weekday (0 is Monday)."""

    kind: str
    weekday: int


HEADBOARD = (Slot("strategy", 0), Slot("business", 2))


@dataclass(frozen=True)
class Occasion:
    """One meeting of a rhythm. When its day cannot be kept, `clash` says why and `alternatives` offers two days."""

    kind: str
    day: date
    clash: str = ""
    alternatives: tuple[date, ...] = ()


def is_open_for_most(day: date, schools: Sequence[SchoolDays], share: int = 50) -> bool:
    """A day is open for a body when at least half of its schools are open.

    Source: domain.md, teaching week, for one day.
    """
    return bool(schools) and sum(school.is_open(day) for school in schools) * 100 >= share * len(schools)


def occasions(
    weeks: Sequence[date],
    schools: Sequence[SchoolDays],
    *,
    first: date,
    alternation: Alternation = Alternation.TEACHING_WEEKS,
    share: int = 50,
    rhythm: Sequence[Slot] = HEADBOARD,
) -> list[Occasion]:
    """A rhythm takes its slots in turn: strategy on one week's Monday, business on the next week's Wednesday, and so on.

    Source: T9; R11 (alternating over teaching weeks; calendar fortnights are a setting; a date on a bank holiday offers
    two alternatives). Weeks without teaching have no meeting: over teaching weeks they do not break the turn, by the
    calendar's fortnights, counted from the `first` day, they take theirs. A meeting is never dropped.
    """
    found = []
    for number, monday in enumerate(weeks):
        passed = number if alternation is Alternation.TEACHING_WEEKS else (monday - monday_of(first)).days // 7
        slot = rhythm[passed % len(rhythm)]
        found.append(_occasion(slot, monday + DAY * slot.weekday, schools, share))
    return found


def _occasion(slot: Slot, day: date, schools: Sequence[SchoolDays], share: int) -> Occasion:
    if is_open_for_most(day, schools, share):
        return Occasion(slot.kind, day)
    why = next((why for school in schools if (why := school.why_closed(day))), "")
    return Occasion(slot.kind, day, why, two_alternatives(day, lambda one: is_open_for_most(one, schools, share)))


def two_alternatives(day: date, is_open: Callable[[date], bool]) -> tuple[date, ...]:
    """For a day that cannot be kept two others are offered: the nearest open days of its week, else the nearest of all.

    Source: R11, a date on a bank holiday offers two alternatives. Of two equally near the later comes first; nothing
    farther than two weeks is offered.
    """
    near: Iterable[date] = (day + DAY * ahead * sign for ahead in range(1, 15) for sign in (1, -1))
    open_days = [one for one in near if is_open(one)]
    ordered = sorted(open_days, key=lambda one: monday_of(one) != monday_of(day))
    return tuple(sorted(ordered[:2]))


def closed_words(day: date, days: SchoolDays) -> list[str]:
    """Whoever asks something of schools by a weekend, a bank holiday or a day in holidays is told so, with the days near it on
    which schools are open; it is not forbidden.

    Source: R11 and R20, as `two_alternatives`. Nothing for a day on which schools are open.
    """
    return [] if days.is_open(day) else told_closed(day, days.why_closed(day), two_alternatives(day, days.is_open))


def told_closed(day: date, why: str, near: Iterable[date]) -> list[str]:
    """Why schools are closed on a day, and on which days near it they are open, in sentences.

    Source: as `closed_words`.
    """
    offered = listed([weekday_date(one) for one in near])
    return [f"On {long_date(day)} schools are closed: {why}.", *([f"They are open on {offered}."] if offered else [])]
