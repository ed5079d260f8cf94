"""What happens in Elthorne from April 2022 to April 2023: the days and the figures. Pure, like the diary before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from alongside.across.demo.elthorne import STORY
from alongside.members.contributions.rules import GiftKind

SEED = 2023
INVOICED_ON, CREDITED_ON, WAIVED_ON, STATEMENT_ON = date(2022, 4, 1), date(2022, 5, 12), date(2022, 6, 20), date(2022, 7, 4)
BUDGET_ON, BOARD_ON, OPENED_ON = date(2022, 9, 6), date(2023, 3, 13), date(2023, 3, 21)
FOI_ON, FOI_SCHOOL = date(2023, 3, 24), "Drayford High"
ASKED_ON, SEPTEMBER_ON, CONFIRMED, NEW_COLLEAGUES = date(2022, 9, 1), date(2022, 9, 8), 60, 3
LAST_ON = date(2023, 4, 17)  # the second year begins, the last day that a visitor may move to
BANK_DAYS = tuple(date(2022, 4, 12) + timedelta(days=days) for days in range(0, 80, 7))
REDUCTION, BOARD, MINUTE = 1_530_000, "Partnership board", "PB 2023/03, item 6"
WAIVER_MINUTE = "PB 2022/06, item 9"
CREDIT, CREDIT_WORDS = 15_000, "The school joined the first meeting only in May: the board gives back a tenth."
WAIVER_WORDS = "A very small school with a deficit budget this year: the board waives half of the fee."
SNOW_ON, INSET_ON = date(2022, 12, 12), (date(2022, 9, 1), date(2023, 1, 3))
INSET_SCHOOLS, SNOW_SCHOOLS, GIFTS = 24, 3, 40


@dataclass(frozen=True)
class DemoGift:
    """What one school gave another: places in the list of schools, and the rest."""

    on: date
    giver: int
    receiver: int
    kind: GiftKind
    amount: Decimal
    words: str


def gifts(schools: int, first: date, last: date, free: Sequence[tuple[date, date]]) -> Iterator[DemoGift]:
    """Forty pieces of work between schools, on weekdays outside the holidays, the same for the same seed."""
    chance, days = Random(SEED), (last - first).days
    made = 0
    while made < GIFTS and schools > 1:
        on = first + timedelta(days=chance.randint(0, days))
        giver, receiver = chance.sample(range(schools), 2)
        kind, known = chance.choice(list(STORY["gifts"].items()))
        amount, words = Decimal(chance.choice(known["amounts"])), chance.choice(known["words"])
        if on.weekday() < 5 and not any(begins <= on <= ends for begins, ends in free):
            made += 1
            yield DemoGift(on, giver, receiver, GiftKind(kind), amount, words)


def mornings(since: date = INVOICED_ON) -> Iterator[date]:
    """The weekdays between the first invoices (or an earlier day) and the second year: what goes out by itself goes on each, as
    if nobody had moved the day past it."""
    days = (since + timedelta(days=number) for number in range((LAST_ON - since).days + 1))
    return (day for day in days if day.weekday() < 5)


def pays_on(number: int) -> date:
    """On which day the school of that invoice pays, left to itself: ten days to ten weeks after the invoice."""
    return INVOICED_ON + timedelta(days=Random(SEED * 1000 + number).choice((12, 19, 19, 26, 26, 26, 33, 40, 54, 68)))
