"""How a year, a month and a week of dated things are laid out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.words import day_month

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
TONES = {
    "calendar": "rest",
    "membership": "green",
    "invoices": "amber",
    "fees": "amber",
    "people": "blue",
    "contributions": "purple",
}


class OnDays(Protocol):
    """Whatever stands on days, the first and the last included."""

    @property
    def first_on(self) -> date:
        """Its first day."""

    @property
    def last_on(self) -> date:
        """Its last day."""


Thing = TypeVar("Thing", bound=OnDays)


def tone_of(what: str) -> str:
    """A dated thing has the colour of the part of the work that it belongs to: days, joining, money, people.

    Source: look of the first page; the colour says nothing that the words do not.
    """
    return TONES.get(what.split(".")[0], "blue")


def month_read(text: str, today: date) -> date:
    """A month in an address reads 2022-03; anything else is the month we are in.

    Source: architecture.md, nonsense in an address is the default.
    """
    year, _, month = text.partition("-")
    if len(text) == 7 and (year + month).isascii() and (year + month).isdigit() and 1900 <= int(year) <= 2199:
        return date(int(year), int(month), 1) if 1 <= int(month) <= 12 else today.replace(day=1)
    return today.replace(day=1)


def month_after(month: date, count: int = 1) -> date:
    """The months of a calendar follow each other, forwards or backwards.

    Source: R3.
    """
    at = month.year * 12 + month.month - 1 + count
    return date(at // 12, at % 12 + 1, 1)


def weeks_of(month: date) -> list[date]:
    """A month is shown in whole weeks from Monday to Sunday; gives their Mondays.

    Source: R3.
    """
    monday = month - DAY * month.weekday()
    last = month_after(month) - DAY
    return [monday + WEEK * number for number in range((last - monday).days // 7 + 1)]


def months_of(year: AcademicYear) -> list[date]:
    """A school's year runs from September to August.

    Source: R3.
    """
    return [month_after(year.first_on, number) for number in range(12)]


def on_day(things: Iterable[Thing], day: date) -> list[Thing]:
    """A thing that lasts several days stands on each of them.

    Source: R3; the first and the last day are part of it.
    """
    return [thing for thing in things if thing.first_on <= day <= thing.last_on]


def begun_in(things: Iterable[Thing], first: date, last: date, *, is_first: bool) -> list[Thing]:
    """In a list each thing stands once, in the period in which it begins; what began before the list stands at its head.

    Source: R3.
    """
    return [
        thing
        for thing in things
        if first <= thing.first_on <= last or (is_first and thing.first_on < first and thing.last_on >= first)
    ]


@dataclass(frozen=True)
class Period:
    """One month or week of a list: its heading, and what stands in it."""

    first_on: date
    last_on: date
    heading: str
    things: Sequence[OnDays]
    is_now: bool = False


def by_month(things: Sequence[Thing], months: Sequence[date], today: date) -> list[Period]:
    """Our year is laid out by month; the month that we are in is marked.

    Source: look of the first page.
    """
    found = []
    for month in months:
        last = month_after(month) - DAY
        rows = begun_in(things, month, last, is_first=month == months[0])
        found.append(Period(month, last, f"{month:%B} {month.year}", rows, month <= today <= last))
    return found


def by_week(things: Sequence[Thing], mondays: Sequence[date], today: date) -> list[Period]:
    """A month's list goes by weeks that begin on Monday.

    Source: R3.
    """
    found = []
    for monday in mondays:
        sunday = monday + WEEK - DAY
        rows = begun_in(things, monday, sunday, is_first=monday == mondays[0])
        found.append(Period(monday, sunday, f"Week of {day_month(monday)}", rows, monday <= today <= sunday))
    return found


def school_term(day: date) -> str:
    """The school's year has three terms; until a partnership has typed in its own days they begin with September, January
    and after Easter.

    Source: R3; a name for the reader, nothing is counted by it.
    """
    if day.month >= 9:
        return "Autumn term"
    return "Spring term" if day.month <= 3 else "Summer term"
