"""What other people's books take, read from the invoices."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, QuerySet

from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Partnership
from alongside.money.books.rules.exports import SoldLine
from alongside.money.invoices.models.corrections import Account, CreditLine, CreditNote
from alongside.money.invoices.models.invoices import SETTLED, Invoice, InvoiceLine
from alongside.money.invoices.rules.invoices import VatCode


def lines_asking(partnership: Partnership, *, viewer: Standing) -> QuerySet[InvoiceLine]:
    """Lines of invoices whose VAT finance has not settled yet."""
    seen = Invoice.objects.visible_to(viewer).filter(partnership=partnership)
    return InvoiceLine.objects.filter(invoice__in=seen, vat_code=VatCode.ASK_FINANCE, later_vat_code="")


def vat_codes_used(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str, int]]:
    """(code on the invoice, what finance said later, lines) of all lines: one query."""
    seen = Invoice.objects.visible_to(viewer).filter(partnership=partnership)
    found = InvoiceLine.objects.filter(invoice__in=seen).order_by("vat_code", "later_vat_code")
    return [
        (VatCode(code).label, VatCode(later).label if later else "", many)
        for code, later, many in found.values("vat_code", "later_vat_code").annotate(many=Count("pk")).values_list(
            "vat_code", "later_vat_code", "many"
        )
    ]  # fmt: skip


def schedule_of(partnership: Partnership, *, viewer: Standing) -> list[tuple[object, ...]]:
    """Every charge as a line of the schedule, in the order of `rules.HEADINGS`; amounts as text in pounds."""
    found = Invoice.objects.visible_to(viewer).filter(partnership=partnership).annotate(paid_on=Max("payments__paid_on"))
    rows = found.order_by("series_id", "number").values_list(
        "reference",
        "school_urn",
        "school_name",
        "later_payer",
        "payer_name",
        "later_payer_address",
        "payer_address",
        "payer_email",
        "later_order",
        "purchase_order",
        "lines__words",
        "lines__vat_code",
        "total",
        "due_on",
        "host_number",
        "paid",
        "paid_on",
    )
    return [
        (
            ref,
            urn,
            school,
            later or payer,
            " / ".join((later_at or at).splitlines()),
            email,
            order or po,
            what,
            vat,
            f"{total // 100}.{total % 100:02d}",
            due.isoformat(),
            host,
            f"{paid // 100}.{paid % 100:02d}" if paid else "",
            paid_on.isoformat() if paid_on else "",
            "",
        )
        for ref, urn, school, later, payer, later_at, at, email, order, po, what, vat, total, due, host, paid, paid_on in rows
    ]


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
