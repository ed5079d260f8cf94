"""What may wait for a digest, and when the digest goes.

Source: issue 3, "per-person choice of at once or a digest on school days".
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from alongside.ground.core.choice import Choice
from alongside.ground.core.clock import LONDON, start_of

DIGEST_AT = time(7)
LOOK_AHEAD = 120  # days; longer than any holiday


class Category(Choice):
    """What messages that may wait are about: each person chooses for each."""

    MEMBERSHIP = "membership", "Questions and answers on joining"
    MONEY = "money", "Queries of invoices"
    WORK = "work", "Work between schools"

    @property
    def hint(self) -> str:
        """What is in it."""
        return {
            "membership": "The answer to a question that you asked; in an office, what a school asks or withdraws.",
            "work": "What another school or the office noted that your school gave or received.",
            "money": "In an office, a query of an invoice. An invoice itself always comes at once.",
        }[self]


def digest_at(now: datetime, is_open: Callable[[date], bool]) -> datetime:
    """The digest goes at seven in the morning, London time, of the next school day; today's when it is not yet seven.

    Where no school day is known within four months, the next weekday counts.
    """
    today = now.astimezone(LONDON).date()
    days = [today + timedelta(days=ahead) for ahead in range(LOOK_AHEAD)]
    morning = (start_of(day, DIGEST_AT.hour) for day in days if is_open(day))
    weekday = (start_of(day, DIGEST_AT.hour) for day in days if day.weekday() < 5)
    return next((at for at in morning if at > now), None) or next(at for at in weekday if at > now)
