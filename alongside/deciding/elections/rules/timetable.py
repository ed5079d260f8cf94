"""When people stand and vote."""

from datetime import date, timedelta

from alongside.ground.core.periods import months_later, years_later
from alongside.ground.core.words import short_date
from alongside.members.calendar.rules.days import DAY, SchoolDays

LEAST = 5  # school days of a ballot
FOR_SCRUTINEERS = 3  # school days between the end of nominations and the ballot
UNDER = 6  # months of a term: a seat may stay vacant


def nominations_problem(until: date, today: date) -> str:
    """Nominations stay open for at least one more day, and not for a year.

    Source: product default.
    """
    return "" if today < until < years_later(today, 1) else "Enter a day after today, within a year"


def ballot_problem(opens_on: date, closes_on: date, not_before: date, days: SchoolDays) -> dict[str, str]:
    """A ballot lasts at least five school days, both ends included, and never across a holiday.

    Source: R9.
    """
    if opens_on < not_before:
        return {"opens_on": f"The ballot opens on {short_date(not_before)} at the earliest"}
    if closes_on < opens_on:
        return {"closes_on": "The last day cannot be before the first"}
    for name, first, last in days.holidays:
        if opens_on <= last and first <= closes_on:
            return {"closes_on": f"The ballot would lie in or across a holiday ({name}): choose other days"}
    if (count := days.count(opens_on, closes_on)) < LEAST:
        return {"closes_on": f"A ballot lasts at least {LEAST} school days: this one has {count}"}
    return {}


def suggested_ballot(after: date, days: SchoolDays) -> tuple[date, date]:
    """The first five school days in a row of school weeks, some days after nominations have closed.

    Source: R9; product default (three school days to find scrutineers).
    """
    first = after
    for _ in range(FOR_SCRUTINEERS):
        first = days.next(first) or first + DAY
    for _ in range(400):
        last = first
        while days.count(first, last) < LEAST and last < first + timedelta(days=21):
            last += DAY
        if not ballot_problem(first, last, first, days):
            break
        first = days.next(first) or first + DAY
    return first, last


def vacancy_words(ends_on: date | None, today: date) -> str:
    """A vacancy in term brings a by-election; with less than six months of the term left the seat may stay vacant.

    Source: R9.
    """
    if ends_on is None or ends_on < today:
        return ""
    if ends_on < months_later(today, UNDER):
        return f"The term ends on {short_date(ends_on)}, in less than six months: the seat may stay vacant until then."
    return f"Whoever is elected serves the rest of the term, until {short_date(ends_on)}."
