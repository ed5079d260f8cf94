"""Who gets an invoice in a run: decided above, written here."""

from dataclasses import dataclass
from datetime import date

from alongside.money.invoices.rules.invoices import Line, Party


@dataclass(frozen=True)
class Ready:
    """What a school is asked for in this run: who pays, for what, by when; `note` and `mark` say what is unusual about it."""

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

    @property
    def net(self) -> int:
        """What it is asked for, without VAT."""
        return sum(line.net for line in self.lines)

    @property
    def amount(self) -> int:
        """What it is asked for, with VAT."""
        return self.net + sum(line.vat for line in self.lines)
