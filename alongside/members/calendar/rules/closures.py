"""Days on which one school is closed though others teach, and times that the partnership keeps free."""

from collections.abc import Iterable
from datetime import date

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.choice import Choice
from alongside.ground.core.words import short_date
from alongside.members.calendar.rules.days import DAY, Named

LONGEST_CLOSURE, LONGEST_BLACKOUT = 12 * 7, 16 * 7


class ClosureKind(Choice):
    """Why a school has no pupils on a day."""

    INSET = "inset", "INSET day"
    WEATHER = "weather", "Closed: snow, ice or heat"
    BUILDING = "building", "Closed: flood, heating or the building"
    POLLING = "polling", "Closed: polling station"
    OTHER = "other", "Closed for another reason"


def closure_problem(kind: ClosureKind, first_on: date, last_on: date, others: Iterable[Named]) -> dict[str, str]:
    """A closure ends no earlier than it begins, is on a weekday, lasts at most twelve weeks and meets no other.

    Source: R3. An INSET day is one day. Gives what to do, by field; nothing when all is well.
    """
    if last_on < first_on:
        return {"last_on": "Enter a last day that is not before the first day"}
    if kind is ClosureKind.INSET and last_on != first_on:
        return {"last_on": "Add INSET days one by one, or leave the last day empty"}
    if (last_on - first_on).days >= LONGEST_CLOSURE:
        return {"last_on": "Enter a closure of at most twelve weeks: check the year"}
    if all((first_on + DAY * ahead).weekday() >= 5 for ahead in range((last_on - first_on).days + 1)):
        return {"first_on": "Enter a weekday: this is a weekend"}
    for name, first, last in others:
        if first <= last_on and first_on <= last:
            return {"first_on": f"There is “{name}” on {short_date(max(first, first_on))} already: take that out first"}
    return {}


def suggested_blackouts(year: AcademicYear) -> tuple[Named, ...]:
    """Each year the partnership keeps SATs week, the GCSE season and transition days free; the dates are suggestions.

    Source: R3, blackout windows; key stage 2 tests are taken from the second Monday of May (2024 13, 2025 12, 2026 11
    May), GCSEs from the week before to the contingency day late in June, transition in the first full week of July.
    """
    then = year.start + 1
    second = date(then, 5, 8) + DAY * ((0 - date(then, 5, 8).weekday()) % 7)
    july = date(then, 7, 1) + DAY * ((0 - date(then, 7, 1).weekday()) % 7)
    june = date(then, 6, 24) + DAY * ((2 - date(then, 6, 24).weekday()) % 7)
    return (
        ("SATs week", second, second + DAY * 3),
        ("GCSE and A level season", second - DAY * 4, june),
        ("Transition days", july, july + DAY * 4),
    )


def blackout_problem(name: str, first_on: date, last_on: date, others: Iterable[Named]) -> dict[str, str]:
    """A blackout window has a name, ends no earlier than it begins and lasts at most sixteen weeks; windows may overlap.

    Source: R3. The same window is not kept twice. Gives what to do, by field; nothing when all is well.
    """
    if last_on < first_on:
        return {"last_on": "Enter a last day that is not before the first day"}
    if (last_on - first_on).days >= LONGEST_BLACKOUT:
        return {"last_on": "Enter a window of at most sixteen weeks: check the year"}
    if not name.strip():
        return {"name": "Enter a name, like SATs week"}
    if any(name.strip().casefold() == other.casefold() and (first, last) == (first_on, last_on) for other, first, last in others):
        return {"name": f"“{name.strip()}” is kept free on these days already"}
    return {}
