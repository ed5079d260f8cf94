"""What has happened to one invoice since it was issued."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, F, Field, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from alongside.ground.core.standing import Standing
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.reminders import Step

SHAPE: dict[str, Field[Any, Any]] = {
    "kind": CharField(), "on": DateField(), "at": DateTimeField(), "key": CharField(), "reference": CharField(),
    "words": TextField(), "amount": IntegerField(), "freed": IntegerField(),
}  # fmt: skip


@dataclass(frozen=True)
class Happening:
    """One thing that happened to an invoice; `freed` is what of the school's money it set free (pence)."""

    kind: str
    on: date
    key: str
    reference: str
    words: str
    amount: int
    freed: int

    @property
    def is_credit(self) -> bool:
        """Whether it is a credit note."""
        return self.kind == "credit"

    @property
    def number(self) -> str:
        """The reference that it has beside its name."""
        return "" if self.kind in {"step", "credit"} else self.reference

    @property
    def is_payment(self) -> bool:
        """Whether money came in for it."""
        return self.kind == "payment"

    @property
    def undone(self) -> bool:
        """Whether it is a payment that was taken off the invoice again."""
        return self.is_payment and self.freed > 0

    @property
    def what(self) -> str:
        """In a word or two."""
        if self.kind == "step":
            return Step(self.reference).label
        return {"payment": "Payment", "credit": "Credit note", "freed": "Taken off again"}.get(self.kind, self.kind.capitalize())


def _as_rows(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    given = {"key": "pk", "freed": Value(0), **columns}
    cells = [Cast(F(given[name]) if isinstance(given[name], str) else given[name], kind) for name, kind in SHAPE.items()]
    return rows.order_by().values_list(*cells)


def story_of(invoice: Invoice, *, viewer: Standing) -> list[Happening]:
    """Payments, credit notes, what was let off, and reminders, in their order: one query. The viewer may see the invoice;
    what was said in a call stays with the office.
    """
    parts = [
        _as_rows(
            invoice.payments.all(), kind=Value("payment"), on="paid_on", at="recorded_at", reference="reference", words="method",
            amount="amount", freed=Coalesce(F("freed__amount"), 0),
        ),
        _as_rows(
            invoice.credit_notes.all(), kind=Value("credit"), on="issued_on", at="issued_at", reference="reference",
            words="reason", amount="total", freed=Coalesce(F("freed__amount"), 0),
        ),
        _as_rows(
            invoice.let_off.all(), kind="kind", on="on", at="recorded_at", reference="authority_reference", words="reason",
            amount="amount",
        ),
        _as_rows(
            invoice.reminders.all(), kind=Value("step"), on="on", at="made_at", reference="step",
            words="words" if viewer.runs(invoice.partnership_id) else Value(""), amount=Value(0),
        ),
    ]  # fmt: skip
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[1], row[2]))
    return [Happening(kind, on, key, ref, words, amount, freed) for kind, on, _, key, ref, words, amount, freed in rows]
