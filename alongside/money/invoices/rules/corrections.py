"""What corrects an invoice after issue: credit notes, write-offs and waivers, money held. Pence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.ground.core.choice import Choice
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import moment
from alongside.members.authority.rules import Minute
from alongside.money.invoices.rules.invoices import Line, PaperFacts

CREDIT_LETTER = "C"


class LetOff(Choice):
    """Why something is no longer asked for: it will not come any more, or it was decided not to ask."""

    WRITTEN_OFF = "written off", "Written off"
    WAIVED = "waived", "Waived"


RECOVERED = "recovered"  # what takes a writing-off back, beside the two: the money came after all


class Moved(Choice):
    """How money held moves: in (received, freed) and out (used, refunded, never came)."""

    RECEIVED = "received", "Came in, for no invoice yet"
    FREED = "freed", "Freed from an invoice"
    USED = "used", "Used for an invoice"
    REFUNDED = "refunded", "Paid back"
    NEVER_CAME = "never came", "Never came in"

    @property
    def is_in(self) -> bool:
        """Whether it adds to what is held."""
        return self in {Moved.RECEIVED, Moved.FREED}


@dataclass(frozen=True, kw_only=True)
class CreditFacts(PaperFacts):
    """Everything that a credit note says."""

    invoice: str
    invoice_on: date
    reason: str
    authority: Minute | None
    host_number: str


@dataclass(frozen=True)
class CreditDraft:
    """What a credit note would say, and what it would leave: still owed, and freed of what was paid (pence)."""

    lines: tuple[Line, ...]
    owed: int
    freed: int

    @property
    def vat(self) -> int:
        """The VAT that it takes off."""
        return sum(one.vat for one in self.lines)


@dataclass(frozen=True)
class LastCredit:
    """The latest credit note of an invoice: its id, number, sum, when it was issued and by whom."""

    key: str
    reference: str
    total: int
    at: datetime
    name: str

    def words(self, now: datetime) -> str:
        """That it was issued, in a sentence without its full stop."""
        minutes = int((now - self.at).total_seconds() // 60)
        ago = "a minute ago" if minutes < 2 else f"{minutes} minutes ago" if minutes < 60 else f"on {moment(self.at)}"
        return f"{pounds(self.total)} was credited {ago}{f' by {self.name}' if self.name else ''} ({self.reference})"


@dataclass(frozen=True)
class LineLeft:
    """What of one line of an invoice has not been credited yet."""

    key: str
    words: str
    vat_code: str
    net: int
    vat: int

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.net + self.vat


def shown_credit(draft: CreditDraft, amount: int, payer: OnPage) -> OnPage:
    """A credit note is issued as it was looked at: what it takes off, what is left and freed by it, to whom it goes.

    Source: domain.md R5; reliability.md (nobody agrees to what another changed since).
    """
    parts = {"what it takes off": draft.lines, "what is left to pay": draft.owed, "what is freed": draft.freed}
    words = f"{pounds(amount)} credited, {pounds(draft.owed)} left to pay then, {pounds(draft.freed)} freed"
    return OnPage(words, {**parts, "to whom it goes": payer.parts})


def credit_lines(left: Sequence[LineLeft], amount: int) -> list[tuple[LineLeft, int, int]]:
    """A credit is shared over the lines in proportion to what is left of each, to the penny; VAT goes with its line.

    Source: domain.md R5 (corrections are credit notes), promise 12. Gives (line, net, vat); the last credit of a line
    takes exactly what is left of it.
    """
    whole = sum(one.gross for one in left)
    if not 1 <= amount <= whole:
        raise ValueError("A credit is at least a penny and at most what is left of the invoice")
    parts = [amount * one.gross // whole for one in left]
    over = sorted(range(len(left)), key=lambda n: (-(amount * left[n].gross % whole), n))
    for n in over[: amount - sum(parts)]:
        parts[n] += 1
    shared = []
    for one, part in zip(left, parts, strict=True):
        if part:
            vat = (2 * part * one.vat + one.gross) // (2 * one.gross)  # rounded, it never passes what is left of either
            shared.append((one, part - vat, vat))
    return shared


def freed_by(total: int, settled: int, paid: int, credit: int) -> int:
    """When a credit makes more than the invoice settled, that much of what was paid is freed and held for the school.

    Source: domain.md R6 (agreed after invoicing, it is a credit note). Never more than was paid.
    """
    return min(paid, max(0, settled + credit - total))


def credit_problem(amount: int, creditable: int, reason: str) -> dict[str, str]:
    """A credit note is at least a penny, at most what has not been credited, written off or waived, and has a reason.

    Source: domain.md R5; evidence H7. Gives what to do, by field.
    """
    problems = {}
    if amount < 1:
        problems["amount"] = "Enter how much is credited"
    elif amount > creditable:
        problems["amount"] = (
            f"At most {short_pounds(creditable)} can still be credited" if creditable else "Nothing of it is left to credit"
        )
    if not reason.strip():
        problems["reason"] = "Enter the reason: it stands on the credit note"
    return problems
