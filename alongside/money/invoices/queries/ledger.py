"""All that happened to the schools' money, from the rows that never change: one query, however much there is."""

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
from alongside.money.invoices.rules.statements import Aged, Happened, Statement, What, aged_debt, by_month, statement_of

SHAPE: dict[str, Field[Any, Any]] = {
    "what": CharField(), "on": DateField(), "at": DateTimeField(), "school": CharField(), "name": CharField(),
    "reference": CharField(), "words": TextField(), "amount": IntegerField(), "vat": IntegerField(), "other": CharField(),
}  # fmt: skip


def _as_rows(rows: QuerySet[Any], **columns: Any) -> QuerySet[Any]:
    given = {"vat": Value(0), "other": Value(""), "words": Value(""), **columns}
    cells = [Cast(F(given[name]) if isinstance(given[name], str) else given[name], kind) for name, kind in SHAPE.items()]
    return rows.order_by().values_list(*cells)


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
    parts = [
        _as_rows(
            Invoice.objects.visible_to(viewer).filter(own), what=Value(What.INVOICE.value), on="issued_on", at="issued_at",
            school="school_id", name="school_name", reference="reference", amount="total", vat=_vat(InvoiceLine, "invoice"),
        ),
        _as_rows(
            CreditNote.objects.visible_to(viewer).filter(own), what=Value(What.CREDIT.value), on="issued_on", at="issued_at",
            school="school_id", name="school_name", reference="reference", words="reason", amount="total",
            vat=_vat(CreditLine, "credit_note"),
        ),
        _as_rows(
            payments.exclude(method=FROM_HELD), what=Value(What.PAYMENT.value), on="paid_on", at="recorded_at", **place,
            reference="invoice__reference", words="reference", amount="amount",
        ),
        _as_rows(
            payments.filter(method=FROM_HELD), what=Value(What.FROM_HELD.value), on="paid_on", at="recorded_at", **place,
            reference="invoice__reference", amount="amount", other="used__account__school_id",
        ),
        _as_rows(
            LetOffDebt.objects.visible_to(viewer).filter(of_invoice), what="kind", on="on", at="recorded_at", **place,
            reference="invoice__reference", words="reason", amount="amount",
        ),
        _as_rows(
            HeldMoney.objects.visible_to(viewer).filter(of_account), what="kind", on="on", at="recorded_at",
            school="account__school_id", name="account__school__current__name", reference="reference", words="reason",
            amount="amount", other=Coalesce(F("used_as__invoice__school_id"), Value("")),
        ),
    ]  # fmt: skip
    rows = parts[0].union(*parts[1:], all=True)
    found = [
        Happened(What(what), on, at, place, name or "", ref, words, amount, vat, other or "")
        for what, on, at, place, name, ref, words, amount, vat, other in rows
    ]
    return sorted(found, key=lambda one: (one.on, one.at))


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
