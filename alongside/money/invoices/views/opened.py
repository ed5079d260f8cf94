"""An invoice opened from the mail by its number and code, without an account."""

from collections.abc import Callable

from allauth.decorators import rate_limit
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.files.rules import Format
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.downloads import attachment
from alongside.money.invoices.actions import sending
from alongside.money.invoices.forms import OpenForm
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries import invoices
from alongside.money.invoices.queries.papers import evidence_at, evidence_by_code
from alongside.money.invoices.views.invoice import order_page, page_of, payer_page, pdf_of, query_page, restored

KEPT = "opened_invoices"


def _open(request: Asked, number: str, code: str) -> sending.Opened:
    opened = sending.open_invoice(reference=number, code=code, by=request.who)
    if opened.invoice:
        request.session[KEPT] = {**request.session.get(KEPT, {}), opened.invoice.reference: opened.proof}
    return opened


def opened_by_code(request: Asked, number: str) -> tuple[Invoice | None, str]:
    """The invoice that this browser has opened with its code, and the proof of it."""
    proof = request.session.get(KEPT, {}).get(number.upper(), "")
    return (invoices.opened_invoice(number, proof, viewer=request.who) if proof else None), proof


def to_open(number: str) -> HttpResponse:
    """To the page that asks for the number and its code."""
    return redirect(reverse("invoices:open_invoice", query={"number": number.upper()}))


@rate_limit(action="opening_code")
def open_invoice(request: Asked) -> HttpResponse:
    """Type an invoice's number and its code."""
    form = OpenForm(request.POST or None, initial={"number": request.GET.get("number", "")[:24]})
    if request.method == "POST" and form.is_valid():
        opened = _open(request, **form.cleaned_data)
        if opened.invoice:
            return redirect("invoices:opened_invoice", opened.invoice.reference)
        form.add_error("code", opened.why)
        return render(request, "invoices/open_invoice.html", {"form": form, "ask": opened.ask})
    return render(request, "invoices/open_invoice.html", {"form": form})


def follow_link(request: Asked, number: str, code: str) -> HttpResponse:
    """The link of the mail: the same as typing both; the code does not stay in the address."""
    opened = _open(request, number, code)
    if opened.invoice:
        return redirect("invoices:opened_invoice", opened.invoice.reference)
    why = opened.why if opened.ask else "This link does not open the invoice. Perhaps a part of it is missing."
    words = {"form": OpenForm(initial={"number": number}), "why": why, "ask": opened.ask}
    return render(request, "invoices/open_invoice.html", words)


def opened_invoice(request: Asked, number: str) -> HttpResponse:
    """An opened invoice: download it, add a purchase order, say who pays, query it, see the supplier's evidence."""
    one, _ = opened_by_code(request, number)
    if one is None:
        return to_open(number)
    number = one.reference
    more = {
        "credit_address": lambda credit: reverse("invoices:opened_credit_pdf", args=[number, credit]),
        "papers": evidence_by_code(one, viewer=request.who),
        "paper_address": lambda file: reverse("invoices:opened_paper", args=[number, file]),
    }
    return render(request, "invoices/opened_invoice.html", page_of(request, one, **more))


def opened_pdf(request: Asked, number: str) -> HttpResponse:
    """An opened invoice as a PDF."""
    one, _ = opened_by_code(request, number)
    return pdf_of(request, one) if one else to_open(number)


def opened_paper(request: Asked, number: str, file: str) -> HttpResponse:
    """A supplier form or bank letter of the partnership whose invoice was opened."""
    one, _ = opened_by_code(request, number)
    if one is None:
        return to_open(number)
    kept, data = found(evidence_at(one, file, viewer=request.who))
    return attachment(data, name=kept.name, media_type=Format(kept.format).media_type)


def _on_opened(request: Asked, number: str, page: Callable[[Asked, Invoice, str, str], HttpResponse]) -> HttpResponse:
    """A page about an invoice for whoever has opened it with its code, and leads back to it."""
    one, proof = opened_by_code(request, number)
    return page(request, one, reverse("invoices:opened_invoice", args=[one.reference]), proof) if one else to_open(number)


def opened_order(request: Asked, number: str) -> HttpResponse:
    """Add a purchase order to an opened invoice."""
    return _on_opened(request, number, order_page)


def opened_payer(request: Asked, number: str) -> HttpResponse:
    """Say who will pay an opened invoice."""
    return _on_opened(request, number, payer_page)


def opened_restore(request: Asked, number: str) -> HttpResponse:
    """Whoever an opened invoice was made out to pays it after all."""
    return _on_opened(request, number, restored)


def opened_query(request: Asked, number: str) -> HttpResponse:
    """Query an opened invoice."""
    return _on_opened(request, number, query_page)
