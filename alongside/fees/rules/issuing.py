"""Who gets an invoice in a run, and who does not and why."""

from collections import Counter
from dataclasses import dataclass, field

from alongside.core.words import plural
from alongside.fees.rules.invoices import Line, Party


@dataclass(frozen=True)
class Ready:
    """A school that gets an invoice in this run."""

    school: str
    name: str
    urn: int
    payer: Party
    email: str
    purchase_order: str


@dataclass(frozen=True)
class NotDue:
    """A school that gets none in this run, and why."""

    name: str
    urn: int
    why: str


@dataclass(frozen=True)
class Preview:
    """What a run would do today: nothing has happened yet."""

    ready: list[Ready]
    not_due: list[NotDue]
    missing: list[str]
    line: Line
    first: str
    last: str
    document: str = "invoice"
    notes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What the run would ask for in all."""
        return len(self.ready) * (self.line.net + self.line.vat)

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why schools get none, each reason with how many; what they have already counts as one reason."""
        counts = Counter("Has one already" if one.why.endswith("already") else one.why for one in self.not_due)
        return [(why, plural(count, "school")) for why, count in counts.most_common()]

    @property
    def not_due_rows(self) -> list[tuple[str, str]]:
        """School and reason, for a table."""
        return [(one.name, one.why) for one in self.not_due]

    @property
    def without_email(self) -> int:
        """How many would have to be printed and posted."""
        return sum(1 for one in self.ready if not one.email)


def why_no_invoice(*, kind: str, ended: bool, signed: bool, invoiced_as: str) -> str:
    """A fee is due from each signed member, once a fee year; nobody else is asked for one. Empty when it is due.

    Source: domain.md R5, evidence H3 ("signing is not paying") and H4 (a second run creates none).
    """
    if invoiced_as:
        return f"Has {invoiced_as} already"
    if ended:
        return "Has left"
    if kind == "associate":
        return "Associate: no fee"
    if kind != "member" or not signed:
        return "Has not signed"
    return ""
