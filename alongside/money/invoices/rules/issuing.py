"""Who gets an invoice in a run: decided above, written here."""

from dataclasses import dataclass

from alongside.money.invoices.rules.invoices import Line, Party


@dataclass(frozen=True)
class Ready:
    """A school that gets an invoice in this run."""

    school: str
    name: str
    urn: int
    payer: Party
    email: str
    purchase_order: str
    line: Line
    note: str = ""
    mark: str = ""

    @property
    def amount(self) -> int:
        """What it is asked for, with VAT."""
        return self.line.net + self.line.vat
