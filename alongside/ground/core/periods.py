"""Months and years later: one rule in the whole product."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The day of the same number so many months on, or the last of the month where there is no such number."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_later(day: date, years: int) -> date:
    """The same day so many years on; after 29 February a common year goes on with 1 March, so that no day of it is lost."""
    found = months_later(day, 12 * years)
    return found if found.day == day.day else date(found.year, 3, 1)
