"""An invoice: its lines, series and state; what a school is asked for in a run. Money is integer pence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.ground.core.choice import Choice
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import listed, long_date, slug_of
from alongside.members.calendar.rules.bank_holidays import WorkingDays

METHODS = ("bank transfer", "card", "cheque", "journal", "other")
FROM_HELD = "money held"


class VatCode(Choice):
    """How VAT applies to a line: decided by the supplier's finance office, line by line."""

    ASK_FINANCE = "ask finance", "Ask finance"
    OUTSIDE = "outside the scope", "Outside the scope"
    EXEMPT = "exempt", "Exempt"
    ZERO = "zero-rated", "Zero-rated"
    STANDARD = "standard 20%", "Standard 20%"


def vat_told(code: str) -> str:
    """Who gets an invoice reads what is charged; what the office has still to ask stands in its own books only.

    Source: evidence.md section 4, "VAT on membership fees"; issue "Mend" (VAT words fit for a school's eye).
    """
    return "None charged, to be confirmed" if code == VatCode.ASK_FINANCE else VatCode(code).label


class State(Choice):
    """How an invoice stands on a day."""

    NOTHING = "nothing to pay", "Nothing to pay"
    PAID = "paid", "Paid", "green"
    CREDITED = "credited", "Credited", "green"
    WRITTEN_OFF = "written off", "Written off", "red"
    WAIVED = "waived", "Waived", "blue"
    QUERIED = "queried", "Queried", "purple"
    OVERDUE = "overdue", "Overdue", "amber"
    PART_PAID = "part paid", "Part paid", "blue"
    OWED = "owed", "Owed"


@dataclass(frozen=True)
class Line:
    """One line: what it is for, its net amount, its VAT code and the VAT on it."""

    words: str
    net: int
    vat_code: str
    vat: int


@dataclass(frozen=True)
class Party:
    """Who pays, or which school it is for: a name, and further lines."""

    name: str
    more: str = ""


@dataclass(frozen=True)
class Supplier:
    """Who issues, as it stood on the day of issue."""

    name: str
    address: str
    vat_number: str
    email: str
    phone: str
    bank_words: str


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """Everything that an issued paper about money says, whichever it is; frozen with a hash."""

    reference: str
    issuer: str
    issued_on: date
    supplier: Supplier
    payer: Party
    school: Party
    purchase_order: str
    lines: tuple[Line, ...]

    @property
    def net(self) -> int:
        """The sum of the lines before VAT."""
        return sum(line.net for line in self.lines)

    @property
    def vat(self) -> int:
        """The VAT on all lines."""
        return sum(line.vat for line in self.lines)

    @property
    def total(self) -> int:
        """The sum of the lines with their VAT."""
        return self.net + self.vat


@dataclass(frozen=True, kw_only=True)
class Facts(PaperFacts):
    """Everything that an invoice says."""

    due_on: date


def shown_payer(name: str, address: str, email: str) -> OnPage:
    """Whoever agrees to a payer, or goes back from one, means the one whom the page named.

    Source: reliability.md (nobody agrees to what another changed since).
    """
    words = ", ".join(filter(None, [name, *map(str.strip, address.splitlines()), email]))
    return OnPage(words, {"who pays": name, "their address": address, "where it is sent": email})


def vat_on(net: int, code: str) -> int:
    """VAT is a fifth of the amount on a standard-rated line, rounded to the nearest penny, and nothing on any other.

    Source: evidence.md section 4, "VAT on membership fees": never assumed, a code for each line.
    """
    return (net + 2) // 5 if code == VatCode.STANDARD else 0


def due_on(issued_on: date, days: int, working: WorkingDays) -> date:
    """An invoice is due so many days after its date; where that is no working day, on the next one: no bank moves money before.

    Source: domain.md R5; the number of days is a setting, by default thirty.
    """
    return working.on_or_after(issued_on + timedelta(days=days))


def why_due_later(issued_on: date, days: int, working: WorkingDays) -> str:
    """Why invoices of a day are due later than so many days after it. Empty where they are not.

    Source: domain.md R5.
    """
    ends, due = issued_on + timedelta(days=days), due_on(issued_on, days, working)
    if due == ends:
        return ""
    why = list(dict.fromkeys(working.why_not(ends + timedelta(days=n)) for n in range((due - ends).days)))
    between = f"{listed(why)} {'comes' if len(why) == 1 else 'come'} between"
    return f"The {days} days end on {long_date(ends)}. Due is the next working day, {long_date(due)}: {between}."


def series_for(name: str, taken: Iterable[str]) -> str:
    """A partnership's series is its initials, made different from everybody else's: ELP, ELP2, ELP3.

    Source: domain.md R5; one installation serves many partnerships and a number names one invoice.
    """
    initials = "".join(word[:1] for word in slug_of(name).upper().split("-") if word not in {"OF", "THE", "AND"})
    stem, used = (re.sub(r"[^A-Z]", "", initials)[:4] or "INV"), set(taken)
    return next(one for one in (stem, *(f"{stem}{n}" for n in range(2, 100_000))) if one not in used)


def state_of(
    total: int, paid: int, due: date, queried: bool, on: date, credited: int = 0, written_off: int = 0, waived: int = 0
) -> State:
    """Settled when nothing is left: paid, or, where nothing was paid, written off, waived or credited; otherwise queried,
    overdue after its due date, part paid, or owed.

    Source: domain.md R5 ("query this" stops reminders, so it comes before overdue); evidence H7.
    """
    if total == 0:
        return State.NOTHING
    if paid + credited + written_off + waived >= total:
        if paid:
            return State.PAID
        if written_off:
            return State.WRITTEN_OFF
        return State.WAIVED if waived else State.CREDITED
    if queried:
        return State.QUERIED
    if on > due:
        return State.OVERDUE
    return State.PART_PAID if paid else State.OWED


@dataclass(frozen=True)
class Ready:
    """What a school is asked for in this run: who pays, for what, by when; `note` and `mark` say what is unusual about it,
    `trust` to which trust it belongs."""

    school: str
    name: str
    urn: int
    payer: Party
    email: str
    purchase_order: str
    lines: tuple[Line, ...]
    due_on: date
    note: str = ""
    mark: str = ""
    trust: str = ""

    @property
    def net(self) -> int:
        """What it is asked for, without VAT."""
        return sum(line.net for line in self.lines)

    @property
    def amount(self) -> int:
        """What it is asked for, with VAT."""
        return self.net + sum(line.vat for line in self.lines)
