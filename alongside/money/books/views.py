"""The money for other people's books, the host's schedule, and what finance says about VAT."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Text
from alongside.ground.core.money import pounds
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.downloads import attachment
from alongside.ground.web.pages import form_page
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, pounds as amounts, table
from alongside.members.partnerships.queries import settings_of
from alongside.money.books import actions, queries
from alongside.money.books.forms import ScheduleForm, VatForm
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.invoices import totals_of
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

EXPORTS: dict[str, tuple[Callable[..., str], dict[str, str]]] = {  # each with the codes it asks for, as they usually are
    "xero": (actions.export_xero, {"account": "200"}),
    "sage": (actions.export_sage, {"sales": "4000", "bank": "1200"}),
    "beancount": (actions.export_double_entry, {}),
}


def books(request: Asked, slug: str) -> HttpResponse:
    """Downloads for finance systems and checkers."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    issuer = settings_of(request.partnership, IssuerSettings).issuer
    asking = queries.lines_asking(request.partnership, viewer=request.who).count()
    usual = {name: code for _, codes in EXPORTS.values() for name, code in codes.items()}
    return render(request, "books/books.html", {"issuer": issuer, "asking": asking, "codes": usual})


def books_file(request: Asked, slug: str, form: str) -> HttpResponse:
    """One of the downloads."""
    export, usual = found(EXPORTS.get(form))
    codes = {name: _code(request.GET.get(name, "").strip()) or code for name, code in usual.items()}
    text, name = export(partnership=request.partnership, **codes, by=request.who), f"{slug}-{form}-{clock.today().isoformat()}"
    if form == "beancount":
        return attachment(text.encode(), name=f"{name}.beancount", media_type="text/plain; charset=utf-8")
    return attachment(text.encode("utf-8-sig"), name=f"{name}.csv", media_type="text/csv; charset=utf-8")


def _code(typed: str) -> str:
    return typed if typed.isascii() and typed.isalnum() and len(typed) <= 12 else ""


def _asking(slug: str) -> list[Column]:
    """The columns of the lines that ask finance."""

    def number(row: Any) -> Text:
        return Text(row.invoice__reference, reverse("invoices:invoice", args=[slug, row.invoice__reference]))

    return [
        Column("number", "Number", ("invoice__number",), cell=number, classes="fees-number"),
        Column("school", "School", ("invoice__school_name", "invoice__number"), cell=lambda row: row.invoice__school_name),
        Column("words", "Line"),
        amounts("net", "Amount", ("net", "invoice__number")),
    ]


ASKING = ("invoice__reference", "invoice__school_name", "words", "net")


def vat_csv(request: Asked, slug: str) -> HttpResponseBase:
    """The lines that ask finance, for a spreadsheet."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    rows = queries.lines_asking(request.partnership, viewer=request.who).order_by("invoice__number", "position")
    return list_sheet(request, f"{slug}-vat-to-ask", _asking(slug), rows.values_list(*ASKING, named=True))


def vat(request: Asked, slug: str) -> HttpResponse:
    """Lines whose VAT finance has not settled, and what it says about them."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    asking = queries.lines_asking(request.partnership, viewer=request.who)
    rows = table(request.GET, asking, _asking(slug), fields=ASKING, sort="number")
    out = f"{plural(rows.count, 'line')} went out with “ask finance”. When finance has decided, say so here once."
    return form_page(
        request, VatForm, partial(actions.settle_vat_code, partnership=request.partnership), title="VAT codes", caption="Fees",
        lead=out if rows.count else "No line is waiting for finance.", back=("Fees", reverse("fees:overview", args=[slug])),
        button="Note it beside all of them", page="books/vat.html", table=rows,
        done=lambda many: f"Noted beside {plural(many, 'line')}. What was issued is unchanged; exports carry the code.",
        next=reverse("books:vat", args=[slug]), used=queries.vat_codes_used(request.partnership, viewer=request.who),
        labels=dict(VatCode.choices()),
    )  # fmt: skip


def schedule(request: Asked, slug: str) -> HttpResponse:
    """Download the charges; take in the host's numbers and payments, the whole file or none of it."""
    require(may_issue_invoices(request.who, request.partnership.pk))
    settings = settings_of(request.partnership, IssuerSettings)
    host = f"{settings.host_name} invoices the schools. It takes the charges from this file, and sends the file back with"
    export = "Every invoice with its payer, amount and what has been paid, as a file that a finance system can read."
    is_host = settings.issuer == Issuer.HOST

    def told(taken: actions.ScheduleTaken) -> str:
        came = f"{plural(taken.numbers, 'number')} of the host’s and {plural(taken.payments, 'payment')}"
        return f"Taken in: {came}, {pounds(taken.pence)} in all."

    return form_page(
        request, ScheduleForm, lambda file, name, by: actions.import_schedule(partnership=request.partnership, text=file, by=by),
        title="The schedule, out and in" if is_host else "Export for the finance system", caption="Fees",
        lead=f"{host} its numbers and payments." if is_host else export,
        back=("Fees", reverse("fees:overview", args=[slug])), button="Take it in", done=told,
        next=reverse("books:schedule", args=[slug]), page="books/schedule.html", is_host=is_host,
        totals=totals_of(request.partnership, viewer=request.who),
    )  # fmt: skip


def schedule_csv(request: Asked, slug: str) -> HttpResponseBase:
    """Every charge for a spreadsheet, or for a finance system."""
    rows = actions.export_schedule(partnership=request.partnership, by=request.who)
    return list_sheet(request, f"{slug}-fees", queries.SCHEDULE, rows)
