"""Which days schools are open: a day is counted here and nowhere else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Self

from alongside.partnerships.rules import Template

Span = tuple[date, date]
DAY = timedelta(days=1)
LOOK_AHEAD = 400


class Nation(StrEnum):
    """Whose bank holidays count, as GOV.UK divides them."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        """The nation's name on pages."""
        return {"england-and-wales": "England and Wales", "scotland": "Scotland", "northern-ireland": "Northern Ireland"}[
            self.value
        ]


@dataclass(frozen=True)
class CalendarSettings:
    """The calendar's settings of a partnership."""

    app: ClassVar[str] = "calendar"
    nation: str = Nation.ENGLAND_AND_WALES.value

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """Both templates live in England until they say otherwise."""
        return cls()


def is_school_day(day: date, bank_holidays: frozenset[date], holidays: Iterable[Span]) -> bool:
    """A school day is a weekday that is neither a bank holiday nor in a school holiday.

    Source: R3; the first and the last day of a holiday are part of it.
    """
    return day.weekday() < 5 and day not in bank_holidays and not any(first <= day <= last for first, last in holidays)


def next_school_day(after: date, bank_holidays: frozenset[date], holidays: Iterable[Span]) -> date | None:
    """The next school day is the first one later than the day given; none when there is none within 400 days.

    Source: R3.
    """
    spans = tuple(holidays)
    days = (after + DAY * ahead for ahead in range(1, LOOK_AHEAD + 1))
    return next((day for day in days if is_school_day(day, bank_holidays, spans)), None)


def school_days_between(first: date, last: date, bank_holidays: frozenset[date], holidays: Iterable[Span]) -> int:
    """School days are counted from the first day to the last, both included; none when the last is earlier.

    Source: R3.
    """
    spans = tuple(holidays)
    return sum(is_school_day(first + DAY * ahead, bank_holidays, spans) for ahead in range((last - first).days + 1))


def why_closed(day: date, bank_holidays: dict[date, str], holidays: Iterable[tuple[str, date, date]]) -> str:
    """A day on which schools are closed says why: the weekend, the bank holiday's name or the holiday's.

    Source: R3; every clock shows its working.
    """
    if day.weekday() >= 5:
        return "the weekend"
    if day in bank_holidays:
        return bank_holidays[day]
    return next((name for name, first, last in holidays if first <= day <= last), "")


@dataclass(frozen=True)
class SchoolDays:
    """The school days of one partnership: its bank holidays by name and its own holidays."""

    bank_holidays: dict[date, str]
    holidays: tuple[tuple[str, date, date], ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """First and last day of each holiday."""
        return tuple((first, last) for _, first, last in self.holidays)

    def is_open(self, day: date) -> bool:
        """Whether schools are open on the day."""
        return is_school_day(day, frozenset(self.bank_holidays), self.spans)

    def next(self, day: date) -> date | None:
        """The first school day later than the day."""
        return next_school_day(day, frozenset(self.bank_holidays), self.spans)

    def on_or_after(self, day: date) -> date | None:
        """The day itself when schools are open, otherwise the next school day."""
        return day if self.is_open(day) else self.next(day)

    def count(self, first: date, last: date) -> int:
        """School days from the first to the last day, both included."""
        return school_days_between(first, last, frozenset(self.bank_holidays), self.spans)

    def why_closed(self, day: date) -> str:
        """Why schools are closed on the day; empty when they are open."""
        return why_closed(day, self.bank_holidays, self.holidays)


def holiday_problem(name: str, first_on: date, last_on: date, others: Iterable[tuple[str, date, date]]) -> dict[str, str]:
    """A holiday has a name, ends no earlier than it begins, lasts at most twelve weeks and overlaps no other.

    Source: R3. Gives what to do, by field; nothing when all is well.
    """
    if last_on < first_on:
        return {"last_on": "Enter a last day that is not before the first day"}
    if (last_on - first_on).days > 12 * 7:
        return {"last_on": "Enter a holiday of at most twelve weeks: check the year"}
    for other, first, last in others:
        if first <= last_on and first_on <= last:
            return {"first_on": f"These days overlap with “{other}”: change one of the two"}
    return {} if name.strip() else {"name": "Enter a name, like Easter holiday"}
