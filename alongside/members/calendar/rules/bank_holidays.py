"""Bank holidays of each nation as GOV.UK publishes them, and the working days that they leave."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from dateutil.easter import easter

from alongside.ground.core.words import listed, short_date
from alongside.members.calendar.rules.days import DAY, Named
from alongside.members.calendar.rules.settings import Nation

ByNation = Mapping[Nation, Mapping[date, str]]
UK = tuple(Nation)
LONGEST_NAME = 80
SUBSTITUTE = "Substitute day"
OLD_AFTER = 180  # days: GOV.UK adds a year at a time, and holidays are proclaimed at a few months' notice

TOLD_ON = {  # one more holiday than usual: the day on which it was announced
    date(2011, 4, 29): date(2010, 11, 23),  # the royal wedding
    date(2012, 6, 5): date(2010, 1, 5),  # the Diamond Jubilee
    date(2022, 6, 3): date(2020, 11, 12),  # the Platinum Jubilee
    date(2022, 9, 19): date(2022, 9, 10),  # the State Funeral
    date(2023, 5, 8): date(2022, 11, 6),  # the Coronation
    date(2026, 6, 15): date(2026, 2, 4),  # the World Cup, in Scotland
}
IN_SCOTLAND = date(2026, 6, 15)
MOVED = {(2012, 6): date(2012, 6, 4), (2020, 5): date(2020, 5, 8), (2022, 6): date(2022, 6, 2)}  # for a jubilee, for VE Day


class NotBankHolidays(ValueError):
    """A file that is not GOV.UK's list of bank holidays; its text says why."""


def read_published(text: str) -> dict[Nation, dict[date, str]]:
    """The published file names the bank holidays of all three nations; anything else is refused whole. A day given for one
    that fell on a weekend is called a substitute day.

    Source: R3; gov.uk/bank-holidays.json, whose notes say "Substitute day". Raises NotBankHolidays.
    """
    try:
        published = json.loads(text)
    except (ValueError, RecursionError):
        raise NotBankHolidays("This is not the file from gov.uk/bank-holidays.json: it is no JSON.") from None
    if not isinstance(published, dict):
        raise NotBankHolidays("This is not the file from gov.uk/bank-holidays.json: it names no nations.")
    return {nation: _events(nation, published.get(nation.value)) for nation in Nation}


def _events(nation: Nation, division: Any) -> dict[date, str]:
    events = division.get("events") if isinstance(division, dict) else None
    if not isinstance(events, list) or not events:
        raise NotBankHolidays(f"The file names no bank holidays of {nation.label}.")
    found: dict[date, str] = {}
    for number, event in enumerate(events, 1):
        try:
            day, title = date.fromisoformat(event["date"]), str(event["title"]).strip()
            if title and event.get("notes") == SUBSTITUTE:
                title = f"{title} ({SUBSTITUTE.lower()})"
            if not title or len(title) > LONGEST_NAME or not title.isprintable() or not 1971 <= day.year <= 2199:
                raise ValueError(event)
        except (KeyError, TypeError, ValueError):
            raise NotBankHolidays(f"Bank holiday {number} of {nation.label} has no readable date and title.") from None
        if day in found:
            raise NotBankHolidays(f"{nation.label} has two bank holidays on {day.isoformat()}.")
        found[day] = title
    return found


@cache
def usual_bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England follow from the calendar, also for years of which no list is published yet; those that were
    proclaimed beside them stand among them.

    Source: Banking and Financial Dealings Act 1971 s.1, sch.1; New Year's Day and the first Monday in May by proclamation. One
    that falls on a weekend is given on the next weekday. Moved for one year: May Day 2020, spring 2012 and 2022.
    """
    may, june, september = date(year, 5, 1), date(year, 6, 1), date(year, 9, 1)
    found = {
        easter(year) - DAY * 2,
        easter(year) + DAY,
        MOVED.get((year, 5), may + DAY * (-may.weekday() % 7)),
        MOVED.get((year, 6), june - DAY * (june.weekday() or 7)),
        september - DAY * (september.weekday() or 7),
        *(day for day in TOLD_ON if day.year == year and day != IN_SCOTLAND),
    }
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        found.add(next(one for one in (day + DAY * n for n in range(4)) if one.weekday() < 5 and one not in found))
    return frozenset(found)


def untold(today: date) -> list[date]:
    """A holiday beside the usual ones is known from the day on which it was announced, and to no page or clock before.

    Source: Banking and Financial Dealings Act 1971 s.1(3): Royal Proclamations of 10 September 2022 (State Funeral of 19
    September) and 4 February 2026; announcements on gov.uk, among them of 6 November 2022 (Coronation). It matters where
    the clock stands in the past, as in the demonstration; elsewhere a list tells nothing before its own day.
    """
    return [day for day, told_on in TOLD_ON.items() if told_on > today]


@dataclass(frozen=True, order=True)
class HolidayChange:
    """One bank holiday that came, went or is called otherwise: `before` and `after` are its names, empty for none."""

    day: date
    nation: Nation
    before: str
    after: str

    @property
    def words(self) -> str:
        """What happened to it."""
        if not self.before:
            return f"new: {self.after}"
        return f"gone: {self.before}" if not self.after else f"renamed: {self.before} is now {self.after}"


def changes_between(before: ByNation, after: ByNation) -> list[HolidayChange]:
    """A new list is compared day by day with the one there is, for the time that the new list covers: from its first day to
    the end of its last year.

    Source: R3, a nation's change listing; GOV.UK drops past years from its file, which takes no holiday away.
    """
    found = []
    for nation in Nation:
        old, new = before.get(nation, {}), after.get(nation, {})
        since, until = min(new, default=date.max), max(new, default=date.min).year
        for day in sorted({*old, *new}):
            if since <= day and day.year <= until and old.get(day, "") != new.get(day, ""):
                found.append(HolidayChange(day, nation, old.get(day, ""), new.get(day, "")))
    return sorted(found)


def why_older(before: ByNation, after: ByNation) -> str:
    """A list that ends earlier than the one there is, or that only takes days of a year away, is older: it is asked about.

    Source: R3; GOV.UK adds a year at a time and moves holidays (4 to 8 May 2020), but has not taken one away. Empty else.
    """
    (_, known), (_, until) = known_years(before, *UK), known_years(after, *UK)
    if until < known:
        return f"it ends with {until}, and the bank holidays until {known} are known"
    changes = changes_between(before, after)
    lost = Counter((one.nation, one.day.year) for one in changes if not one.after)
    lost.subtract((one.nation, one.day.year) for one in changes if not one.before)
    gone = [one for one in changes if not one.after and lost[one.nation, one.day.year] > 0]
    named = [f"{one.before} on {short_date(one.day)} ({one.nation.label})" for one in gone]
    return f"it lacks {listed(named[:3] + [f'{len(named) - 3} more'] * (len(named) > 3))}" if named else ""


class Touched(NamedTuple):
    """Something that lies on the day of a bank holiday."""

    day: date
    what: str


def dated_on(days: Iterable[date], dated: Iterable[Named]) -> list[Touched]:
    """A bank holiday proclaimed late touches everything that is dated on its day: what begins, ends or lies on it.

    Source: R3, "also proclaimed late: everything touched is listed".
    """
    rows = list(dated)
    return sorted(Touched(day, one.name) for day in set(days) for one in rows if one.first_on <= day <= one.last_on)


@dataclass(frozen=True)
class WorkingDays:
    """Working days: no weekend, no Christmas Day, no Good Friday, no bank holiday of the nations counted."""

    holidays: Mapping[date, str]
    known_since: date
    known_until: date

    def why_not(self, day: date) -> str:
        """Why the day is no working day; empty when it is one."""
        if day.weekday() >= 5:
            return "the weekend"
        if day in self.holidays:
            return self.holidays[day]
        if (day.month, day.day) == (12, 25):
            return "Christmas Day"
        return "Good Friday" if day == easter(day.year) - DAY * 2 else ""

    def is_working(self, day: date) -> bool:
        """Whether it is a working day."""
        return not self.why_not(day)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the next."""
        while self.why_not(day):
            day += DAY
        return day

    def back(self, day: date, count: int) -> date:
        """The working day that lies so many working days before the day."""
        while count:
            day -= DAY
            count -= self.is_working(day)
        return day


def working_days_of(holidays: ByNation, *nations: Nation) -> WorkingDays:
    """A working day is a weekday that is not Christmas Day, Good Friday or a bank holiday of the nations that count.

    Source: FOIA 2000 s.10(6), where any part of the United Kingdom counts; elsewhere the nation's own.
    """
    found: dict[date, str] = {}
    for day in sorted({day for nation in nations for day in holidays.get(nation, {})}):
        where = [nation for nation in nations if day in holidays.get(nation, {})]
        name = holidays[where[0]][day]
        found[day] = name if len(where) == len(nations) else f"{name} in {' and '.join(nation.label for nation in where)}"
    since, until = known_years(holidays, *nations)
    return WorkingDays(found, date(since, 1, 1), date(until, 12, 31))


def known_years(holidays: ByNation, *nations: Nation) -> tuple[int, int]:
    """Bank holidays are known from the first to the last year for which those of every nation that counts are listed.

    Source: R3, dates that are not known are marked. Nothing is known where there is no list.
    """
    listed = [holidays[nation] for nation in nations if holidays.get(nation)]
    return max((min(one).year for one in listed), default=1971), min((max(one).year for one in listed), default=1970)


def list_words(list_of: date, since: int, until: int) -> str:
    """A list of bank holidays says of which day it is, and for which years it holds.

    Source: R3, dates that are not known are marked.
    """
    return f"As published by {short_date(list_of)}, for the years {since} to {until}."


def why_old(list_of: date, today: date) -> str:
    """A list older than half a year may lack a day that was proclaimed since, and whoever runs the installation is told.

    Source: Banking and Financial Dealings Act 1971 s.1(3) (days by proclamation): 15 June 2026 in Scotland was
    proclaimed four months before. Empty while it is fresh.
    """
    if (today - list_of).days <= OLD_AFTER:
        return ""
    return (
        f"The list of bank holidays is of {short_date(list_of)}: days proclaimed since are not counted. Take in the list of "
        "today: `alongside import-bank-holidays FILE` (gov.uk/bank-holidays.json)."
    )
