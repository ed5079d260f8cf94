"""All that happened to the schools’ money, and to one invoice, from the rows that never change: one query each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.money.invoices.models.corrections import Account, CreditLine, CreditNote, HeldMoney, LetOffDebt
from alongside.money.invoices.models.invoices import SETTLED, Invoice, InvoiceLine, Payment
from alongside.money.invoices.rules.invoices import FROM_HELD
from alongside.money.invoices.rules.reminders import Step
from alongside.money.invoices.rules.statements import Aged, Happened, Statement, What, aged_debt, by_month, statement_of

HAPPENED: dict[str, Field[Any, Any]] = {
    "what": CharField(), "on": DateField(), "at": DateTimeField(), "school": CharField(), "name": CharField(),
    "reference": CharField(), "words": TextField(), "amount": IntegerField(), "vat": IntegerField(), "other": CharField(),
}  # fmt: skip
STORY: dict[str, Field[Any, Any]] = {
    "kind": CharField(), "on": DateField(), "at": DateTimeField(), "key": CharField(), "reference": CharField(),
    "words": TextField(), "amount": IntegerField(), "freed": IntegerField(),
}  # fmt: skip


def _as_rows(shape: dict[str, Field[Any, Any]], rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    """Rows of a table in a shape that several share; what they do not have is nothing."""
    given = {name: columns.get(name, Value(0 if isinstance(kind, IntegerField) else "")) for name, kind in shape.items()}
    cells = [Cast(F(one) if isinstance(one, str) else one, shape[name]) for name, one in given.items()]
    return rows.order_by().values_list(*cells)


def _in_order(parts: list[QuerySet[Any]]) -> list[tuple[Any, ...]]:
    """Rows of one shape in the order in which things happened: one query."""
    return sorted(parts[0].union(*parts[1:], all=True), key=lambda row: (row[1], row[2]))


def _vat(lines: type[Any], of: str) -> Any:
    sums = lines.objects.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(all=Sum("vat")).values("all")
    return Coalesce(Subquery(sums, output_field=IntegerField()), 0)


def happened_in(partnership: Partnership, school: School | None = None, *, viewer: Standing) -> list[Happened]:
    """Everything, in the order in which it happened: one query. A school's list holds its own account only."""
    of_invoice = Q(invoice__partnership=partnership) & (Q(invoice__school=school) if school else Q())
    of_account = Q(account__partnership=partnership) & (Q(account__school=school) if school else Q())
    own = Q(partnership=partnership) & (Q(school=school) if school else Q())
    place = {"school": "invoice__school_id", "name": "invoice__school_name"}
    payments = Payment.objects.visible_to(viewer).filter(of_invoice)
    freed = Coalesce(F("used_as__invoice__school_id"), F("freed_payment__invoice__school_id"), Value(""))
    given_back = payments.filter(method=FROM_HELD, freed__isnull=False).exclude(freed__account__school=F("invoice__school"))
    parts = [
        _as_rows(
            HAPPENED, Invoice.objects.visible_to(viewer).filter(own), what=Value(What.INVOICE.value), on="issued_on",
            at="issued_at", school="school_id", name="school_name", reference="reference", words="claim__words",
            amount="total", vat=_vat(InvoiceLine, "invoice"),
        ),
        _as_rows(
            HAPPENED, CreditNote.objects.visible_to(viewer).filter(own), what=Value(What.CREDIT.value), on="issued_on",
            at="issued_at", school="school_id", name="school_name", reference="reference", words="reason", amount="total",
            vat=_vat(CreditLine, "credit_note"),
        ),
        _as_rows(
            HAPPENED, payments.exclude(method=FROM_HELD), what=Value(What.PAYMENT.value), on="paid_on", at="recorded_at", **place,
            reference="invoice__reference", words="reference", amount="amount",
        ),
        _as_rows(
            HAPPENED, payments.filter(method=FROM_HELD), what=Value(What.FROM_HELD.value), on="paid_on", at="recorded_at",
            **place, reference="invoice__reference", amount="amount", other="used__account__school_id",
        ),
        _as_rows(
            HAPPENED, LetOffDebt.objects.visible_to(viewer).filter(of_invoice), what="kind", on="on", at="recorded_at", **place,
            reference="invoice__reference", words="reason", amount="amount",
        ),
        _as_rows(
            HAPPENED, HeldMoney.objects.visible_to(viewer).filter(of_account), what="kind", on="on", at="recorded_at",
            school="account__school_id", name="account__school__current__name", reference="reference", words="reason",
            amount="amount", other=freed,
        ),
        _as_rows(
            HAPPENED, given_back, what=Value(What.GIVEN_BACK.value), on="freed__on", at="freed__recorded_at", **place,
            reference="invoice__reference", words="freed__reason", amount="amount", other="freed__account__school_id",
        ),
    ]  # fmt: skip
    return [
        Happened(What(what), on, at, place, name or "", ref, words, amount, vat, other or "")
        for what, on, at, place, name, ref, words, amount, vat, other in _in_order(parts)
    ]


def statement_for(
    partnership: Partnership, school: School, first_on: date | None = None, last_on: date | None = None, *, viewer: Standing
) -> Statement:
    """A school's statement from a day (the beginning) to a day (today): one query."""
    happened = happened_in(partnership, school, viewer=viewer)
    begins = first_on or (min((one.on for one in happened), default=clock.today()))
    return statement_of(happened, begins, last_on or clock.today())


def account_for(partnership: Partnership, school: School, *, viewer: Standing) -> Account | None:
    """The account of a school, where any money was ever held for it."""
    found = Account.objects.visible_to(viewer).select_related("partnership", "school__current")
    return found.filter(partnership=partnership, school=school).first()


def aged_debt_of(partnership: Partnership, *, viewer: Standing) -> list[Aged]:
    """What each school owes today, by age, and what is held for it: two queries."""
    seen = Invoice.objects.visible_to(viewer).filter(partnership=partnership, total__gt=SETTLED)
    debts = seen.annotate(left=F("total") - SETTLED).values_list("school_id", "school_name", "school_urn", "due_on", "left")
    held = Account.objects.visible_to(viewer).filter(partnership=partnership, held__gt=0).values_list("school_id", "held")
    return aged_debt(debts, dict(held), clock.today())


def money_by_month(partnership: Partnership, *, viewer: Standing) -> list[tuple[date, int, int]]:
    """(first of the month, in, out) of the last twelve months: one query."""
    came = Payment.objects.visible_to(viewer).filter(invoice__partnership=partnership).exclude(method=FROM_HELD)
    held = HeldMoney.objects.visible_to(viewer).filter(account__partnership=partnership)
    way = {name: Value(name, CharField()) for name in ("in", "out")}
    rows = came.order_by().values_list("paid_on", "amount", way["in"]).union(
        held.filter(kind=What.RECEIVED).order_by().values_list("on", "amount", way["in"]),
        held.filter(kind__in=(What.REFUNDED, What.NEVER_CAME)).order_by().values_list("on", "amount", way["out"]),
        all=True,
    )  # fmt: skip
    return by_month(((on, amount * (to == "in"), amount * (to == "out")) for on, amount, to in rows), clock.today())


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
        return {"payment": "Payment", "credit": "Credit note", "freed": "Undone"}.get(self.kind, self.kind.capitalize())


def story_of(invoice: Invoice, *, viewer: Standing) -> list[Happening]:
    """Payments, credit notes, what was let off, and reminders, in their order: one query. The viewer may see the invoice;
    what was said in a call stays with the office.
    """
    parts = [
        _as_rows(
            STORY, invoice.payments.all(), key="pk", kind=Value("payment"), on="paid_on", at="recorded_at",
            reference="reference", words="method", amount="amount", freed=Coalesce(F("freed__amount"), 0),
        ),
        _as_rows(
            STORY, invoice.credit_notes.all(), kind=Value("credit"), on="issued_on", at="issued_at", reference="reference",
            words="reason", amount="total", freed=Coalesce(F("freed__amount"), 0),
        ),
        _as_rows(
            STORY, invoice.let_off.all(), kind="kind", on="on", at="recorded_at", reference="decision__reference", words="reason",
            amount="amount",
        ),
        _as_rows(
            STORY, invoice.reminders.all(), kind=Value("step"), on="on", at="made_at", reference="step",
            words="words" if viewer.runs(invoice.partnership_id) else Value(""),
        ),
    ]  # fmt: skip
    return [
        Happening(kind, on, key, ref, words, amount, freed) for kind, on, _, key, ref, words, amount, freed in _in_order(parts)
    ]
