"""A second, naive reading of the statutes: one day after the other, with nothing of ours but the published file.

Slow and plain on purpose. It knows weekends from the count of days, the month's length from a table, and London's time
from the rule for the last Sundays of March and October.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

ONE = timedelta(days=1)
RAW = json.loads((settings.REGISTER_DATA / "bank-holidays.json").read_text(encoding="utf-8"))
BANK = {nation: {event["date"] for event in of["events"]} for nation, of in RAW.items() if nation != "list_of"}
EVERYWHERE = set().union(*BANK.values())
SATURDAY_ONCE = date(2000, 1, 1)
LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


@dataclass
class Case:
    """One request: days as text or dates, the school's sessions, waits as (kind, asked, answered)."""

    law: str
    received: date
    nation: str = "england-and-wales"
    by_school_days: bool = False
    sessions: set[date] = field(default_factory=set)
    waits: list[tuple[str, date, date]] = field(default_factory=list)
    extended: bool = False


def is_weekend(day: date) -> bool:
    return (day - SATURDAY_ONCE).days % 7 in {0, 1}


def is_working(day: date, bank: set[str]) -> bool:
    return not is_weekend(day) and day.isoformat() not in bank and day.isoformat()[5:] != "12-25"


def next_working(day: date, bank: set[str]) -> date:
    while not is_working(day, bank):
        day += ONE
    return day


def is_between(day: date, first: date, last: date) -> bool:
    return not (day < first or last < day)


def due(case: Case) -> date:
    """The date by which the request is answered."""
    if case.law == "subject-access":
        return of_access(case)
    if case.law == "complaint":
        return next_working(thirty_days_on(case.received), BANK[case.nation])
    start = case.received
    for kind, _, answered in case.waits:
        if kind == "clarification" and answered > start:
            start = answered
    if case.law == "record":
        return walk(case, start, 15, lambda day: day in case.sessions)
    wanted = 40 if case.extended else 20
    plain = walk(case, start, wanted, lambda day: is_working(day, EVERYWHERE))
    if case.law == "eir" or not case.by_school_days:
        return plain
    by_session = walk(case, start, 20, lambda day: is_working(day, EVERYWHERE) and day in case.sessions)
    sixty = walk(case, start, 60, lambda day: is_working(day, EVERYWHERE))
    return by_session if by_session < sixty else sixty


def walk(case: Case, start: date, wanted: int, counts: Callable[[date], bool]) -> date:
    day, found = start, 0
    while found < wanted:
        day += ONE
        if (day - start).days > 3000:
            return date.max
        waiting = False
        for kind, asked, answered in case.waits:
            if kind == "fee" and is_between(day, asked, answered):
                waiting = True
        if counts(day) and not waiting:
            found += 1
    return day


def thirty_days_on(day: date) -> date:
    for _ in range(30):
        day += ONE
    return day


def of_access(case: Case) -> date:
    start = case.received
    for kind, _, answered in case.waits:
        if kind in {"identity", "fee"} and answered > start:
            start = answered
    year, month = start.year, start.month
    for _ in range(3 if case.extended else 1):
        month += 1
        if month > 12:
            year, month = year + 1, 1
    length = LENGTHS[month - 1]
    if month == 2 and year % 4 == 0:
        length += 1
    end = date(year, month, start.day if start.day <= length else length)
    left, day = 0, start
    while day < end:
        day += ONE
        left += 1
    day = start
    while left:
        day += ONE
        waited = False
        for kind, asked, answered in case.waits:
            if kind == "clarification" and is_between(day, asked, answered):
                waited = True
        if not waited:
            left -= 1
    return next_working(day, BANK[case.nation])


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while (day - SATURDAY_ONCE).days % 7 != 1:
        day -= ONE
    return day


def hours_ahead(moment: datetime) -> int:
    """By how many hours London's clocks are ahead of UTC: one from the last Sunday of March, 01:00, to that of October."""
    begins = datetime.combine(last_sunday(moment.year, 3), datetime.min.time(), UTC) + timedelta(hours=1)
    ends = datetime.combine(last_sunday(moment.year, 10), datetime.min.time(), UTC) + timedelta(hours=1)
    return 1 if begins <= moment < ends else 0


def london_day(moment: datetime) -> date:
    """The day in London of a moment in UTC."""
    return (moment + timedelta(hours=hours_ahead(moment))).date()


def end_of_day(day: date) -> datetime:
    """The moment in UTC at which the day is over in London."""
    midnight = datetime.combine(day + ONE, datetime.min.time(), UTC)
    return midnight - timedelta(hours=hours_ahead(midnight - timedelta(hours=1)))
