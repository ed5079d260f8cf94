"""What other people's books take, read from the invoices."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, Value, When

from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web.needs import figure
from alongside.ground.web.tables import Column, pounds
from alongside.members.partnerships.models import Partnership
from alongside.money.books.rules.exports import SoldLine
from alongside.money.books.rules.schedule import KnownCharge
from alongside.money.invoices.models.corrections import Account, CreditLine, CreditNote, HeldMoney
from alongside.money.invoices.models.invoices import SETTLED, Invoice, InvoiceLine, Payment
from alongside.money.invoices.rules.corrections import Moved
from alongside.money.invoices.rules.invoices import VatCode

SCHEDULE = (  # a finance system reads these headings, and `rules.schedule` reads them back
    Column("reference", "reference"),
    Column("school_urn", "urn"),
    Column("school_name", "school"),
    Column("payer", "payer"),
    Column("address", "payer_address", cell=lambda row: " / ".join(row.address.splitlines())),
    Column("payer_email", "payer_email"),
    Column("order", "purchase_order"),
    Column("lines__words", "what_for"),
    Column("lines__vat_code", "vat_code"),
    pounds("total", "amount"),
    Column("due_on", "due_on"),
    Column("host_number", "host_number"),
    pounds("paid", "paid_so_far", sparse=True),
    Column("paid_on", "paid_on"),
    Column("payment_reference", "payment_reference"),
)


def _settled(later: str, first: str) -> Case:
    """What was said after the issue, where anything was."""
    return Case(When(**{later: ""}, then=F(first)), default=F(later))


def _lines(partnership: Partnership, viewer: Standing) -> QuerySet[InvoiceLine]:
    return InvoiceLine.objects.filter(invoice__in=Invoice.objects.visible_to(viewer).filter(partnership=partnership))


def lines_asking(partnership: Partnership, *, viewer: Standing) -> QuerySet[InvoiceLine]:
    """Lines of invoices whose VAT finance has not settled yet."""
    return _lines(partnership, viewer).filter(vat_code=VatCode.ASK_FINANCE, later_vat_code="")


def books_stand(*, partnership: Partnership, viewer: Standing) -> Figures:
    """How many lines ask finance about VAT, and how many invoices are in the files."""

    def words(count: int, asking: int) -> str:
        if not count:
            return "No invoice yet"
        vat = f"{plural(asking, 'line asks', 'lines ask')} finance about VAT" if asking else "no line asks finance about VAT"
        return f"{plural(count, 'invoice')}; {vat}"

    asked = Invoice.objects.visible_to(viewer).filter(partnership=partnership)
    asking = figure(lines_asking(partnership, viewer=viewer), of="invoice__partnership")
    return Figures({"count": figure(asked), "asking": asking}, words)


def vat_codes_used(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """The `vat_code` of all lines as they were issued, `later_vat_code` as finance settled it, how `many`: one query."""
    counted = _lines(partnership, viewer).values("vat_code", "later_vat_code").annotate(many=Count("pk"))
    return list(counted.order_by("vat_code", "later_vat_code").values_list("vat_code", "later_vat_code", "many", named=True))


def schedule_of(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """Every charge as a row of the schedule, with what its columns ask for."""
    found = Invoice.objects.visible_to(viewer).filter(partnership=partnership).annotate(
        payer=_settled("later_payer", "payer_name"), address=_settled("later_payer_address", "payer_address"),
        order=_settled("later_order", "purchase_order"),
        paid_on=Max("payments__paid_on", filter=Q(payments__freed=None, paid__gt=0)), payment_reference=Value(""),
    )  # fmt: skip
    return list(found.order_by("series_id", "number").values_list(*(one.key for one in SCHEDULE), named=True))


def known_charges(partnership: Partnership, *, viewer: Standing) -> dict[str, KnownCharge]:
    """Every charge by its reference, with what has come in for it altogether: each payment, also where it was credited or
    taken off since, and the money held under its reference. Three queries."""
    payments = Payment.objects.visible_to(viewer).filter(invoice__partnership=partnership)
    held = HeldMoney.objects.visible_to(viewer).filter(account__partnership=partnership, kind=Moved.RECEIVED)
    came: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for name, on, amount in (
        *payments.values_list("invoice__reference", "paid_on", "amount"), *held.values_list("reference", "on", "amount")
    ):  # fmt: skip
        came[name.upper()].append((on, amount))
    return {
        one.reference: KnownCharge(
            one.total, one.paid, one.host_number, sum(amount for _, amount in came[one.reference]),
            max((on for on, _ in came[one.reference]), default=None), one.payable,
        )
        for one in Invoice.objects.visible_to(viewer).filter(partnership=partnership)
    }  # fmt: skip


@dataclass(frozen=True)
class Books:
    """What the invoices and accounts themselves say: what each school owes, what is held for it, and the URN under which it was
    first asked."""

    owed: dict[str, int]
    held: dict[str, int]
    urns: dict[str, int]


def books_of(partnership: Partnership, *, viewer: Standing) -> Books:
    """The counters of the invoices and accounts, not the movements: two queries."""
    rows = Invoice.objects.visible_to(viewer).filter(partnership=partnership).order_by("issued_on", "number")
    owed: dict[str, int] = {}
    urns: dict[str, int] = {}
    for school, urn, left in rows.annotate(left=F("total") - SETTLED).values_list("school_id", "school_urn", "left"):
        owed[school] = owed.get(school, 0) + left
        urns.setdefault(school, urn)
    accounts = Account.objects.visible_to(viewer).filter(partnership=partnership)
    held = {}
    for school, urn, kept in accounts.values_list("school_id", "school__current__urn", "held"):
        held[school] = kept
        urns.setdefault(school, urn)
    return Books(owed, held, urns)


def sold_lines(partnership: Partnership, *, viewer: Standing) -> list[SoldLine]:
    """Every line of every invoice and credit note, as finance systems take them in: two queries."""
    sold = _lines(partnership, viewer).order_by("invoice__number", "position").values(
        "words", "net", "vat", number=F("invoice__reference"), on=F("invoice__issued_on"), due_on=F("invoice__due_on"),
        payer=_settled("invoice__later_payer", "invoice__payer_name"), email=F("invoice__payer_email"),
        address=_settled("invoice__later_payer_address", "invoice__payer_address"), urn=F("invoice__school_urn"),
        school=F("invoice__school_id"), school_name=F("invoice__school_name"),
        order=_settled("invoice__later_order", "invoice__purchase_order"), code=_settled("later_vat_code", "vat_code"),
    )  # fmt: skip
    noted = CreditNote.objects.visible_to(viewer).filter(partnership=partnership)
    credited = CreditLine.objects.filter(credit_note__in=noted).order_by("credit_note__number", "line__position").values(
        "net", "vat", words=F("line__words"), number=F("credit_note__reference"), on=F("credit_note__issued_on"),
        due_on=F("credit_note__issued_on"), payer=F("credit_note__payer_name"), address=F("credit_note__payer_address"),
        email=F("credit_note__invoice__payer_email"), order=F("credit_note__purchase_order"), urn=F("credit_note__school_urn"),
        school=F("credit_note__school_id"), school_name=F("credit_note__school_name"),
        code=_settled("line__later_vat_code", "vat_code"), about=F("credit_note__invoice__reference"),
    )  # fmt: skip
    return [*(SoldLine(False, **row) for row in sold), *(SoldLine(True, **row) for row in credited)]
