"""What happened to a school's money, in one list: statements, aged debt, money by month. Pence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

TONES = ("green", "light", "amber", "purple", "red")  # of the buckets, from debt that is not due yet to the oldest
BUCKETS = ("Not due yet", "1 to 30 days", "31 to 60 days", "61 to 90 days", "Over 90 days")
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
MONTHS_SHOWN = 12


class What(StrEnum):
    """What happened."""

    INVOICE = "invoice"
    CREDIT = "credit"
    PAYMENT = "payment"
    FROM_HELD = "from held"
    WRITTEN_OFF = "written off"
    WAIVED = "waived"
    RECEIVED = "received"
    FREED = "freed"
    USED = "used"
    REFUNDED = "refunded"
    NEVER_CAME = "never came"
    RECOVERED = "recovered"
    GIVEN_BACK = "given back"


OWES_MORE = frozenset({What.INVOICE, What.REFUNDED, What.NEVER_CAME, What.USED, What.RECOVERED, What.GIVEN_BACK})
OWES_LESS = frozenset({What.CREDIT, What.PAYMENT, What.FROM_HELD, What.WRITTEN_OFF, What.WAIVED, What.RECEIVED})


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a school's money. `other` is the school on the other side, of money held and used, or taken
    off again."""

    what: What
    on: date
    at: datetime
    school: str
    name: str
    reference: str
    words: str
    amount: int
    vat: int = 0
    other: str = ""

    @property
    def effect(self) -> int:
        """What the school owes more by, or, when negative, less; money freed from its own invoice is still the school's."""
        if self.what in OWES_MORE:
            return self.amount
        return -self.amount if self.what in OWES_LESS or self.is_between else 0

    @property
    def is_between(self) -> bool:
        """Whether it moves money from one school to another."""
        return bool(self.other) and self.other != self.school

    @property
    def stays_inside(self) -> bool:
        """Whether it only moves a school's money from one of its pockets to the other."""
        return self.what in {What.FREED, What.USED, What.FROM_HELD} and not self.is_between


@dataclass(frozen=True)
class StatementLine:
    """One line of a statement: more owed or less, and the balance after it."""

    on: date
    words: str
    reference: str
    more: int
    less: int
    balance: int


@dataclass(frozen=True)
class Statement:
    """A school's account from a day to a day: what it owed before, what happened, what it owes then.

    A balance below nothing is money that is held for the school.
    """

    first_on: date
    last_on: date
    opening: int
    lines: Sequence[StatementLine]

    @property
    def closing(self) -> int:
        """The balance at the end."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def shown(self) -> list[StatementLine]:
        """Its lines, beginning with what was owed before where something was."""
        before = [StatementLine(self.first_on, "Owed before", "", 0, 0, self.opening)] if self.opening else []
        return [*before, *self.lines]


def words_of(one: Happened) -> str:
    """Every line of a statement says what happened in words that accounts staff use.

    Source: domain.md R5 (statements).
    """
    more = f": {one.words}" if one.words else ""
    return {
        What.INVOICE: f"Invoice{more}",
        What.CREDIT: f"Credit note{more}",
        What.PAYMENT: f"Payment, {one.words}" if one.words else "Payment",
        What.FROM_HELD: "Paid from money held for another school",
        What.WRITTEN_OFF: f"Written off{more}",
        What.WAIVED: f"Waived{more}",
        What.RECEIVED: f"Money in, held for the school{more}",
        What.FREED: "Taken off another school’s invoice, held again",
        What.GIVEN_BACK: "Money of another school, given back",
        What.RECOVERED: f"Came after all{more}",
        What.USED: "Money held, used for another school’s invoice",
        What.REFUNDED: f"Paid back to the school{more}",
        What.NEVER_CAME: f"Never came in{more}",
    }[one.what]


def statement_of(happened: Iterable[Happened], first_on: date, last_on: date) -> Statement:
    """A statement begins with what was owed before, adds each thing in the order of its day, and ends with the balance.

    Source: domain.md R5 (statements), promise 12. What only moves within a school's account is left out.
    """
    ordered = sorted((one for one in happened if one.on <= last_on and not one.stays_inside), key=lambda one: (one.on, one.at))
    opening = balance = sum(one.effect for one in ordered if one.on < first_on)
    lines = []
    for one in ordered:
        if one.on >= first_on:
            balance += one.effect
            more, less = max(one.effect, 0), max(-one.effect, 0)
            lines.append(StatementLine(one.on, words_of(one), one.reference, more, less, balance))
    return Statement(first_on, last_on, opening, lines)


def spans(on: date) -> tuple[tuple[date, date], ...]:
    """Debt is aged by the days since it was due: not yet, 1 to 30, 31 to 60, 61 to 90, over 90.

    Source: domain.md R5 (aged debt). Gives for each the due dates from and to, in the order of `BUCKETS`.
    """
    back = [on - timedelta(days=days) for days in (0, 1, 30, 31, 60, 61, 90, 91)]
    return (back[0], LAST_DAY), (back[2], back[1]), (back[4], back[3]), (back[6], back[5]), (FIRST_DAY, back[7])


def bucket_of(due: date, on: date) -> int:
    """In which of the buckets a debt due on a day stands.

    Source: domain.md R5 (aged debt).
    """
    return next(number for number, (first, last) in enumerate(spans(on)) if first <= due <= last)


@dataclass(frozen=True)
class Aged:
    """What one school owes, by age, and what is held for it."""

    school: str
    name: str
    urn: int
    owed: tuple[int, ...]
    held: int = 0

    @property
    def total(self) -> int:
        """All that it owes."""
        return sum(self.owed)

    @property
    def late(self) -> int:
        """What of it is past its day."""
        return sum(self.owed[1:])


def aged_debt(debts: Iterable[tuple[str, str, int, date, int]], held: dict[str, int], on: date) -> list[Aged]:
    """Each school's debts are added up by age; a school that owes nothing is left out. The oldest debt comes first.

    Source: domain.md R5 (aged debt). `debts` are (school, name, URN, due on, owed).
    """
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(BUCKETS))
    names: dict[str, tuple[str, int]] = {}
    for school, name, urn, due, owed in debts:
        if owed > 0:
            sums[school][bucket_of(due, on)] += owed
            names[school] = (name, urn)
    found = [Aged(school, *names[school], tuple(owed), held.get(school, 0)) for school, owed in sums.items()]
    return sorted(found, key=lambda one: ([-owed for owed in reversed(one.owed)], one.name))


def by_month(rows: Iterable[tuple[date, int, int]], until: date) -> list[tuple[date, int, int]]:
    """Money in and out is added up by calendar month, for the twelve months to today, empty months shown as nothing.

    Source: issue "Ground" (pictures). `rows` are (day, in, out); gives (first of the month, in, out).
    """
    months, first = [], until.replace(day=1)
    for _ in range(MONTHS_SHOWN):
        months.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    sums = {month: [0, 0] for month in reversed(months)}
    for day, came, went in rows:
        if (month := day.replace(day=1)) in sums:
            sums[month][0] += came
            sums[month][1] += went
    return [(month, came, went) for month, (came, went) in sums.items()]
