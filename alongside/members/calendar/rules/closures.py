"""Days on which one school is closed though others teach, and times that the partnership keeps free."""

from collections.abc import Container, Iterable
from datetime import date

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.choice import Choice
from alongside.ground.core.words import short_date
from alongside.members.calendar.rules.days import DAY, Named, days_between

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
    if all(day.weekday() >= 5 for day in days_between(first_on, last_on)):
        return {"first_on": "Enter a weekday: this is a weekend"}
    for name, first, last in others:
        if first <= last_on and first_on <= last:
            return {"first_on": f"There is “{name}” on {short_date(max(first, first_on))} already: take that out first"}
    return {}


def suggested_blackouts(year: AcademicYear, bank_holidays: Container[date]) -> tuple[Named, ...]:
    """Each year the partnership keeps SATs week, the GCSE season and transition days free; the dates are suggestions.

    Source: R3, blackout windows; key stage 2 tests are taken on four days from the second Monday of May that is no bank
    holiday (2023 9, 2024 13, 2025 12, 2026 11 May), GCSEs from the week before to the contingency day late in June,
    transition in the first full week of July.
    """

    def first(weekday: int, month: int, day: int) -> date:
        from_on = date(year.start + 1, month, day)
        return from_on + DAY * ((weekday - from_on.weekday()) % 7)

    may, contingency, july = first(0, 5, 8), first(2, 6, 24), first(0, 7, 1)
    sats, days = ([day for day in days_between(monday, monday + DAY * 4) if day not in bank_holidays] for monday in (may, july))
    return (
        Named("SATs week", sats[0], sats[:4][-1]),
        Named("GCSE and A level season", may - DAY * 4, contingency),
        Named("Transition days", days[0], days[-1]),
    )


def blackout_problem(new: Named, others: Iterable[Named]) -> dict[str, str]:
    """A blackout window has a name, ends no earlier than it begins and lasts at most sixteen weeks; windows may overlap.

    Source: R3. The same window is not kept twice. Gives what to do, by field; nothing when all is well.
    """
    if new.last_on < new.first_on:
        return {"last_on": "Enter a last day that is not before the first day"}
    if (new.last_on - new.first_on).days >= LONGEST_BLACKOUT:
        return {"last_on": "Enter a window of at most sixteen weeks: check the year"}
    if not new.name:
        return {"name": "Enter a name, like SATs week"}
    if any(new._replace(name=new.name.casefold()) == one._replace(name=one.name.casefold()) for one in others):
        return {"name": f"“{new.name}” is kept free on these days already"}
    return {}
