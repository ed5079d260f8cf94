"""An invoice opened from the mail by its number and code, without an account."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.files.rules import Format
from alongside.ground.web.asked import Asked
from alongside.ground.web.downloads import attachment
from alongside.money.invoices.actions import opening, payers
from alongside.money.invoices.forms.invoices import OpenForm, OrderForm, QueryForm, ReaddressForm
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries import invoices
from alongside.money.invoices.queries.invoices import asker
from alongside.money.invoices.queries.papers import evidence_at, evidence_by_code
from alongside.money.invoices.views.invoice import page_of, pdf_of

KEPT = "opened_invoices"


def _open(request: Asked, number: str, code: str, *, typed: bool) -> opening.Opened:
    opened = opening.open_invoice(reference=number, code=code, typed=typed, by=request.who)
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


def open_invoice(request: Asked) -> HttpResponse:
    """Type an invoice's number and its code."""
    form = OpenForm(request.POST or None, initial={"number": request.GET.get("number", "")[:24]})
    if request.method == "POST" and form.is_valid():
        opened = _open(request, **form.cleaned_data, typed=True)
        if opened.invoice:
            return redirect("invoices:opened_invoice", opened.invoice.reference)
        form.add_error("code", opened.why)
    return render(request, "invoices/open_invoice.html", {"form": form})


def follow_link(request: Asked, number: str, code: str) -> HttpResponse:
    """The link of the mail: the same as typing both; the code does not stay in the address."""
    opened = _open(request, number, code, typed=False)
    return redirect("invoices:opened_invoice", opened.invoice.reference) if opened.invoice else to_open(number)


def opened_invoice(request: Asked, number: str) -> HttpResponse:
    """An opened invoice: download it, add a purchase order, say who pays, query it, see the supplier's evidence."""
    found, _ = opened_by_code(request, number)
    if found is None:
        return to_open(number)
    number = found.reference
    more = {
        "credit_address": lambda credit: reverse("invoices:opened_credit_pdf", args=[number, credit]),
        "papers": evidence_by_code(found, viewer=request.who),
        "paper_address": lambda file: reverse("invoices:opened_paper", args=[number, file]),
    }
    return render(request, "invoices/opened_invoice.html", page_of(request, found, **more))


def opened_pdf(request: Asked, number: str) -> HttpResponse:
    """An opened invoice as a PDF."""
    found, _ = opened_by_code(request, number)
    return pdf_of(request, found) if found else to_open(number)


def opened_paper(request: Asked, number: str, file: str) -> HttpResponse:
    """A supplier form or bank letter of the partnership whose invoice was opened."""
    found, _ = opened_by_code(request, number)
    if found is None:
        return to_open(number)
    paper = evidence_at(found, file, viewer=request.who)
    if paper is None:
        raise Http404
    kept, data = paper
    return attachment(data, name=kept.name, media_type=Format(kept.format).media_type)


def _change(request: Asked, number: str, kind: Any, template: str, act: Any, done: str, **first: str) -> HttpResponse:
    found, proof = opened_by_code(request, number)
    if found is None:
        return to_open(number)
    form = kind(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        act(invoice=found, **form.cleaned_data, proof=proof, by=request.who)
        messages.success(request, done)
        return redirect("invoices:opened_invoice", found.reference)
    return render(request, template, {"form": form, "invoice": found, "opened": True})


def opened_order(request: Asked, number: str) -> HttpResponse:
    """Add a purchase order to an opened invoice."""
    words = "Your purchase order is noted beside the invoice. You can download a copy that shows it."
    return _change(request, number, OrderForm, "invoices/add_purchase_order.html", payers.add_purchase_order, words)


def opened_payer(request: Asked, number: str) -> HttpResponse:
    """Say who will pay an opened invoice."""
    return _change(
        request, number, ReaddressForm, "invoices/readdress_invoice.html", payers.readdress_invoice, "Thank you, it is noted."
    )


def opened_query(request: Asked, number: str) -> HttpResponse:
    """Query an opened invoice."""
    words = "Thank you. The office has been told, and no reminder goes out until it has answered."
    template, first = "invoices/query_invoice.html", asker(viewer=request.who)
    return _change(request, number, QueryForm, template, payers.query_invoice, words, **first)
