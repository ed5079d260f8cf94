"""Calendars for tests: the published bank holidays, and three real schools' printed term dates."""

from datetime import date
from functools import cache

from alongside.members.calendar.queries.days import published
from alongside.members.calendar.rules.bank_holidays import UK, working_days_of
from alongside.members.calendar.rules.clocks.laws import PublicBody
from alongside.members.calendar.rules.clocks.reckoning import Calendars
from alongside.members.calendar.rules.days import Named, SchoolDays, Span
from alongside.members.calendar.rules.settings import Nation
from alongside.members.calendar.rules.years import holidays_between

ENGLAND = Nation.ENGLAND_AND_WALES
NATIONS = {"E": ENGLAND, "S": Nation.SCOTLAND, "I": Nation.NORTHERN_IRELAND}


def spans(*texts: str) -> list[Span]:
    """Half-terms from '2024-09-03 2024-10-25'."""
    found = []
    for text in texts:
        first, last = text.split()
        found.append((date.fromisoformat(first), date.fromisoformat(last)))
    return found


# H: a west London borough 2024/25, as a college that follows it prints them. W: a school in the Chilterns, 2025–27.
# C: a school in the next borough, 2025/26. Facts as printed, misprints of the sources left aside.
YEARS: dict[str, dict[int, list[Span]]] = {
    "H": {
        2024: spans(
            "2024-09-03 2024-10-25", "2024-11-04 2024-12-19", "2025-01-06 2025-02-14",
            "2025-02-24 2025-04-03", "2025-04-22 2025-05-23", "2025-06-02 2025-07-17",
        )
    },
    "W": {
        2025: spans(
            "2025-09-04 2025-10-24", "2025-11-03 2025-12-19", "2026-01-06 2026-02-13",
            "2026-02-23 2026-03-27", "2026-04-13 2026-05-22", "2026-06-01 2026-07-22",
        ),
        2026: spans(
            "2026-09-03 2026-10-23", "2026-11-02 2026-12-18", "2027-01-05 2027-02-12",
            "2027-02-22 2027-03-25", "2027-04-12 2027-05-28", "2027-06-07 2027-07-21",
        ),
    },
    "C": {
        2025: spans(
            "2025-09-02 2025-10-24", "2025-11-03 2025-12-12", "2026-01-05 2026-02-13",
            "2026-02-23 2026-03-27", "2026-04-13 2026-05-22", "2026-06-01 2026-07-23",
        )
    },
}  # fmt: skip
OFF = {
    "H": [],
    "W": ["2025-10-23", "2025-10-24", "2026-06-01", "2026-10-22", "2026-10-23"],
    "C": ["2025-11-03", "2026-02-23", "2026-05-07"],
}
BODIES = {"H": PublicBody.MAINTAINED, "W": PublicBody.ACADEMY, "C": PublicBody.MAINTAINED, "": PublicBody.OFFICE}


def closures(school: str) -> list[Named]:
    """The school's INSET days and closures within its half-terms."""
    days = map(date.fromisoformat, OFF[school])
    return [("INSET day", day, day) for day in days]


@cache
def school_days(school: str, nation: Nation = ENGLAND) -> SchoolDays:
    """The days of H, W or C; '' for an office without dates of its own."""
    holidays = published()[nation]
    if not school:
        return SchoolDays(holidays)
    return SchoolDays(holidays, (*closures(school), *holidays_between(YEARS[school])), frozenset(YEARS[school]))


@cache
def calendars(school: str, nation: Nation = ENGLAND) -> Calendars:
    """What clocks count by."""
    return Calendars(school_days(school, nation), working_days_of(published(), *UK), working_days_of(published(), nation))
