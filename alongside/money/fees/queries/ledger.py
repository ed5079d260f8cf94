"""All that happened to the schools' money, from the rows that never change: one query, however much there is."""

from collections.abc import Iterable
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
from alongside.money.fees.models import Account, CreditLine, CreditNote, HeldMoney, Invoice, InvoiceLine, LetOffDebt, Payment
from alongside.money.fees.models.invoices import SETTLED
from alongside.money.fees.rules import (
    FROM_HELD,
    Aged,
    Happened,
    SoldLine,
    Statement,
    What,
    aged_debt,
    by_month,
    statement_of,
)

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


@dataclass(frozen=True)
class Books:
    """What the invoices and accounts themselves say: what each school owes, and what is held for it."""

    owed: dict[str, int]
    held: dict[str, int]
    urns: dict[str, int]


def books_of(partnership: Partnership, *, viewer: Standing) -> Books:
    """The counters of the invoices and accounts, not the movements: two queries."""
    rows = Invoice.objects.visible_to(viewer).filter(partnership=partnership).order_by("issued_on", "number")
    owed: dict[str, int] = {}
    urns: dict[str, int] = {}
    for school, urn, left in rows.annotate(left=F("total") - SETTLED).values_list("school_id", "school_urn", "left"):
        owed[school], urns[school] = owed.get(school, 0) + left, urn
    held = Account.objects.visible_to(viewer).filter(partnership=partnership).values_list("school_id", "held")
    return Books(owed, dict(held), urns)


def sold_lines(partnership: Partnership, *, viewer: Standing) -> list[SoldLine]:
    """Every line of every invoice and credit note, as finance systems take them in: two queries."""
    seen = Invoice.objects.visible_to(viewer).filter(partnership=partnership)
    sold = InvoiceLine.objects.filter(invoice__in=seen).order_by("invoice__number", "position").values_list(
        "invoice__reference", "invoice__issued_on", "invoice__due_on", "invoice__later_payer", "invoice__payer_name",
        "invoice__later_payer_address", "invoice__payer_address", "invoice__payer_email", "invoice__later_order",
        "invoice__purchase_order", "invoice__school_urn", "words", "net", "later_vat_code", "vat_code", "vat",
    )  # fmt: skip
    noted = CreditNote.objects.visible_to(viewer).filter(partnership=partnership)
    credited = CreditLine.objects.filter(credit_note__in=noted).order_by("credit_note__number", "line__position").values_list(
        "credit_note__reference", "credit_note__issued_on", "credit_note__issued_on", "credit_note__payer_name",
        "credit_note__payer_name", "credit_note__payer_address", "credit_note__payer_address",
        "credit_note__invoice__payer_email", "credit_note__purchase_order", "credit_note__purchase_order",
        "credit_note__school_urn", "line__words", "net", "line__later_vat_code", "vat_code", "vat",
        "credit_note__invoice__reference",
    )  # fmt: skip
    return [*_sold(sold, is_credit=False), *_sold(credited, is_credit=True)]


def _sold(rows: Iterable[Any], *, is_credit: bool) -> list[SoldLine]:
    return [
        SoldLine(is_credit, number, on, due, later or payer, later_at or at, email, later_order or order, urn, words, net,
                 later_code or code, vat, *about)
        for number, on, due, later, payer, later_at, at, email, later_order, order, urn, words, net, later_code, code, vat, *about
        in rows
    ]  # fmt: skip
