"""Which days schools are open: a day is counted here and nowhere else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from alongside.ground.core.clock import LONDON
from alongside.ground.core.words import in_words

Span = tuple[date, date]
DAY = timedelta(days=1)
LOOK_AHEAD = 400
MORNING = time(7)  # when what goes out by itself goes, and what every page and guide says
MORNING_IN_WORDS = in_words(MORNING.hour).lower()


class Named(NamedTuple):
    """Days in a row that have a name, both ends included."""

    name: str
    first_on: date
    last_on: date


def days_between(first: date, last: date) -> Iterable[date]:
    """Every day from the first to the last, both included.

    Source: R3, a period includes both its ends.
    """
    return (first + DAY * ahead for ahead in range((last - first).days + 1))


def goes_on(week_of: date, weekday: int, is_open: Callable[[date], bool]) -> date | None:
    """What goes out each week goes on its day (Monday is 0); where schools are closed then, on the next day of the week that is
    open; in a week of holidays not at all.

    Source: R20; R3, school days.
    """
    monday = week_of - timedelta(days=week_of.weekday())
    return next((day for at in range(weekday, 5) if is_open(day := monday + timedelta(days=at))), None)


def has_morning_come(now: datetime) -> bool:
    """What goes out on its day goes from seven in the morning on, London time: nobody's telephone rings at midnight.

    Source: issue 3 (together at seven on school days); R20.
    """
    return now.astimezone(LONDON).time() >= MORNING


@dataclass(frozen=True)
class SchoolDays:
    """The school days of a partnership or of one school: bank holidays, holidays and closures, each by name.

    `typed` are the academic years (by the year they begin in) whose term dates are known, `examples` those of them that
    nobody has confirmed. Where a year is not typed, every weekday that is no bank holiday counts as a school day.
    """

    bank_holidays: Mapping[date, str]
    holidays: tuple[Named, ...] = ()
    typed: frozenset[int] = frozenset()
    examples: frozenset[int] = frozenset()

    @cached_property
    def closed(self) -> dict[date, str]:
        """Each day on which schools are closed, and why: a bank holiday's name, a holiday's, or the closure's."""
        found: dict[date, str] = {}
        for name, first, last in self.holidays:
            for day in days_between(first, last):
                found.setdefault(day, name)
        return found | dict(self.bank_holidays)

    def is_open(self, day: date) -> bool:
        """Whether schools are open on the day."""
        return day.weekday() < 5 and day not in self.closed

    def next(self, day: date) -> date | None:
        """The first school day later than the day; none when there is none within 400 days."""
        return next((one for one in days_between(day + DAY, day + DAY * LOOK_AHEAD) if self.is_open(one)), None)

    def before(self, day: date) -> date | None:
        """The last school day earlier than the day; none when there is none within 400 days."""
        return next((one for ahead in range(1, LOOK_AHEAD) if self.is_open(one := day - DAY * ahead)), None)

    def on_or_after(self, day: date) -> date | None:
        """The day itself when schools are open, otherwise the next school day."""
        return day if self.is_open(day) else self.next(day)

    def count(self, first: date, last: date) -> int:
        """School days from the first to the last day, both included."""
        return sum(self.is_open(day) for day in days_between(first, last))

    def why_closed(self, day: date) -> str:
        """Why schools are closed on the day; empty when they are open."""
        return "the weekend" if day.weekday() >= 5 else self.closed.get(day, "")
