"""How a year, a month and a week of dated things are laid out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.dated import Dated
from alongside.ground.core.words import day_month

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


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


def on_day(things: Iterable[Dated], day: date) -> list[Dated]:
    """A thing that lasts several days stands on each of them.

    Source: R3; the first and the last day are part of it.
    """
    return [thing for thing in things if thing.first_on <= day <= thing.last_on]


def begun_in(things: Iterable[Dated], first: date, last: date, *, is_first: bool) -> list[Dated]:
    """In a list each thing stands once, in the period in which it begins; what began before the list stands at its head.

    Source: R3.
    """
    return [
        thing for thing in things if thing.first_on <= last and (first <= thing.first_on or (is_first and first <= thing.last_on))
    ]


@dataclass(frozen=True)
class Period:
    """One month or week of a list: its heading, and what stands in it."""

    first_on: date
    last_on: date
    heading: str
    things: Sequence[Dated]
    is_now: bool = False


def by_month(things: Sequence[Dated], months: Sequence[date], today: date) -> list[Period]:
    """Our year is laid out by month; the month that we are in is marked.

    Source: look of the first page.
    """
    return _laid_out(things, [(one, month_after(one) - DAY, f"{one:%B} {one.year}") for one in months], today)


def by_week(things: Sequence[Dated], mondays: Sequence[date], today: date) -> list[Period]:
    """A month's list goes by weeks that begin on Monday.

    Source: R3.
    """
    return _laid_out(things, [(one, one + WEEK - DAY, f"Week of {day_month(one)}") for one in mondays], today)


def _laid_out(things: Sequence[Dated], spans: Sequence[tuple[date, date, str]], today: date) -> list[Period]:
    return [
        Period(first, last, heading, begun_in(things, first, last, is_first=not place), first <= today <= last)
        for place, (first, last, heading) in enumerate(spans)
    ]
