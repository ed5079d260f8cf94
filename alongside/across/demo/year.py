"""What happens in Elthorne from April 2022 to April 2023: the figures and the words. Pure, like the diary before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from alongside.members.contributions.rules import GiftKind

SEED = 2023
INVOICED_ON, CREDITED_ON, WAIVED_ON, STATEMENT_ON = date(2022, 4, 1), date(2022, 5, 12), date(2022, 6, 14), date(2022, 7, 4)
BUDGET_ON, BOARD_ON, OPENED_ON = date(2022, 9, 6), date(2023, 3, 20), date(2023, 3, 21)
FOI_ON, FOI_SCHOOL = date(2023, 3, 24), "Drayford High"
PAPERS = (
    (
        date(2022, 3, 21),
        "Agreement of the partnership",
        "agreement",
        "members",
        "Elthorne Learning Partnership\n\nEach school joins for two years, pays the annual fee by invoice, and gives what it "
        "can. Nobody is charged for anything else. The board decides; every school has one vote.\n",
    ),
    (
        date(2022, 4, 1),
        "Our bank, confirmed by our bank",
        "supplier_evidence",
        "members",
        "To whom it may concern\n\nElthorne Learning Partnership holds the account printed on its invoices. "
        "We never tell of a change of account by e-mail.\n",
    ),
)
SEPTEMBER_ON, CONFIRMED = date(2022, 9, 8), 60
REMINDERS_ON = (date(2022, 5, 9), date(2022, 5, 23), date(2022, 6, 6))
BANK_DAYS = tuple(date(2022, 4, 12) + timedelta(days=days) for days in range(0, 80, 7))
REDUCTION, BOARD, MINUTE = 1_530_000, "Partnership board", "PB 2023/03, item 6"
WAIVER_MINUTE = "PB 2022/06, item 9"
CREDIT, CREDIT_WORDS = 15_000, "The school joined the first meeting only in May: the board gives back a tenth."
WAIVER_WORDS = "A very small school with a deficit budget this year: the board waives half of the fee."

HEADINGS = (
    ("Subject leadership", 5_200_000),
    ("Inclusive classrooms", 4_400_000),
    ("Meetings and learning events", 950_000),
    ("The office", 1_600_000),
)
# (heading, to whom, what for, pence, due)
PROMISES = (
    ("Subject leadership", "Drayford High", "Lead school, first half", 2_400_000, date(2022, 12, 16)),
    ("Subject leadership", "Drayford High", "Lead school, second half", 2_400_000, date(2023, 7, 14)),
    ("Inclusive classrooms", "Riverbend Special School", "Lead school, first half", 2_000_000, date(2022, 12, 16)),
    ("Inclusive classrooms", "Riverbend Special School", "Lead school, second half", 1_800_000, date(2023, 7, 14)),
    ("The office", "Elthorne Council", "A colleague on loan, two days a week", 1_440_000, date(2023, 7, 21)),
)
# (day, heading, payee, what for, pence, settles the promise with these words)
SPENDING = (
    (date(2022, 9, 20), "Meetings and learning events", "Elthorne Teachers' Centre", "First meeting, 97 places", 148_500, ""),
    (date(2022, 12, 14), "Subject leadership", "Drayford High", "First half", 2_400_000, "Lead school, first half"),
    (date(2022, 12, 15), "Inclusive classrooms", "Riverbend Special School", "First half", 1_985_000, "Lead school, first half"),
    (date(2023, 1, 24), "Meetings and learning events", "Elthorne Teachers' Centre", "Winter meeting", 132_000, ""),
    (date(2023, 2, 7), "The office", "Post and printing", "Letters and packs", 38_240, ""),
    (date(2023, 3, 10), "Inclusive classrooms", "Dr Penrose (outside speaker)", "Day for all SENDCos", 125_000, ""),
)
SNOW_ON, INSET_ON = date(2022, 12, 12), (date(2022, 9, 1), date(2023, 1, 3))
INSET_SCHOOLS, SNOW_SCHOOLS, GIFTS = 24, 3, 40
WORDS = {
    GiftKind.VISIT: (
        "A day in Year 4 with our subject leader",
        "Looked at books in history together",
        "A walk through the nurture room",
    ),
    GiftKind.SUPPORT: (
        "Planning the curriculum for science",
        "Help with the provision map",
        "Beside a new subject leader",
    ),
    GiftKind.ADVICE: ("How we use pre-teaching", "What we learned from our last report", "Choosing a phonics scheme"),
    GiftKind.SESSION: ("Subject leaders' circle", "SENDCo clinic", "Reading across subjects"),
    GiftKind.HOSTING: ("Open morning", "Colleagues watched our intervention room"),
    GiftKind.RESOURCE: ("Our map of the geography curriculum", "The transition booklet"),
}
AMOUNTS = {
    GiftKind.VISIT: ("0.5", "1"),
    GiftKind.SUPPORT: ("0.5", "1", "2"),
    GiftKind.ADVICE: ("0.5", "1", "1.5"),
    GiftKind.SESSION: ("2", "3", "6"),
    GiftKind.HOSTING: ("2", "4"),
    GiftKind.RESOURCE: ("1",),
}


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
        kind = chance.choice(list(WORDS))
        amount, words = Decimal(chance.choice(AMOUNTS[kind])), chance.choice(WORDS[kind])
        if on.weekday() < 5 and not any(begins <= on <= ends for begins, ends in free):
            made += 1
            yield DemoGift(on, giver, receiver, kind, amount, words)


def pays_on(number: int) -> date:
    """On which day the school of that invoice pays, left to itself: ten days to ten weeks after the invoice."""
    return INVOICED_ON + timedelta(days=Random(SEED * 1000 + number).choice((12, 19, 19, 26, 26, 26, 33, 40, 54, 68)))
