"""One invoice: see it, pay it, query it, note what is to stand beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.money.invoices.actions import papers, payers, payments, sending
from alongside.money.invoices.forms.invoices import HostNumberForm, OrderForm, PaymentForm, QueryForm, ReaddressForm, SendForm
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.permissions import may_issue_invoices, may_record_payment, may_see_invoice
from alongside.money.invoices.queries.invoices import asker, detail_of, invoice_at
from alongside.money.invoices.queries.papers import evidence_of, noted_pdf
from alongside.money.invoices.rules.settings import Issuer


def invoice_or_404(request: Asked, number: str) -> Invoice:
    """The invoice of that number in this partnership, for whoever may see it."""
    found = invoice_at(number, viewer=request.who)
    if found is None or found.partnership_id != request.partnership.pk:
        raise Http404
    require(may_see_invoice(request.who, found.partnership_id, found.school_id))
    return found


def page_of(request: Asked, found: Invoice, **more: Any) -> dict[str, Any]:
    """What every page of an invoice shows."""
    detail = detail_of(found, viewer=request.who)
    return {
        "invoice": found,
        "detail": detail,
        "tone": detail.state.tone,
        "notes": found.notes,
        "word": Issuer(found.issuer).document,
        "issuer": found.issuer,
        **more,
    }


def pdf_of(request: Asked, found: Invoice) -> HttpResponse:
    """The invoice's PDF as it was issued, or a copy with what was noted later."""
    if found.issuer == Issuer.HOST:
        raise Http404
    noted = "notes" in request.GET and found.notes
    pdf = noted_pdf(found, viewer=request.who) if noted else papers.invoice_pdf(invoice=found, by=request.who)
    name = f"{found.reference}{'-with-notes' if noted else ''}.pdf"
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """One invoice with what was paid, asked and noted."""
    found = invoice_or_404(request, number)
    office, issues = bool(may_issue_invoices(request.who, found.partnership_id)), found.issuer != Issuer.HOST
    return render(
        request,
        "invoices/invoice.html",
        page_of(
            request,
            found,
            office=office,
            papers=evidence_of(found, viewer=request.who),
            paper_address=lambda file: reverse("files:download", args=[file]),
            credit_address=(lambda credit: reverse("invoices:credit_note_pdf", args=[slug, number, credit])) if issues else None,
            off_address=(lambda key: reverse("invoices:free_payment", args=[slug, number, key])) if office else None,
            order_form=OrderForm(initial={"order": found.later_order}),
            send_form=SendForm(initial={"to": found.payer_email}),
            host_form=HostNumberForm(initial={"host_number": found.host_number}),
        ),
    )


def invoice_pdf(request: Asked, slug: str, number: str) -> HttpResponse:
    """The invoice as a PDF."""
    return pdf_of(request, invoice_or_404(request, number))


def record_payment(request: Asked, slug: str, number: str) -> HttpResponse:
    """Write down money that came in."""
    found = invoice_or_404(request, number)
    require(may_record_payment(request.who, found.partnership_id))
    first = {"key": keys.new_key(), "amount": found.owed, "paid_on": clock.today()}
    form = PaymentForm(request.POST or None, initial=first | ({"method": "journal"} if found.issuer == Issuer.TRUST else {}))
    if request.method == "POST" and form.is_valid():
        try:
            payments.record_payment(invoice=found, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Recorded.")
            return redirect("invoices:invoice", slug, number)
    return render(request, "invoices/record_payment.html", {"form": form, "invoice": found})


def query_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Query an invoice; reminders stop."""
    found = invoice_or_404(request, number)
    form = QueryForm(request.POST or None, initial=asker(viewer=request.who))
    if request.method == "POST" and form.is_valid():
        payers.query_invoice(invoice=found, **form.cleaned_data, by=request.who)
        messages.success(request, "Thank you. The office has been told, and no reminder goes out until it has answered.")
        return redirect("invoices:invoice", slug, number)
    return render(request, "invoices/query_invoice.html", {"form": form, "invoice": found})


@require_POST
def answer_query(request: Asked, slug: str, number: str) -> HttpResponse:
    """The office has answered what was queried."""
    payers.answer_query(invoice=invoice_or_404(request, number), by=request.who)
    messages.success(request, "Marked as answered.")
    return redirect("invoices:invoice", slug, number)


@require_POST
def send_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Send an invoice again, with a new code."""
    found, form = invoice_or_404(request, number), SendForm(request.POST)
    require(may_issue_invoices(request.who, found.partnership_id))
    if form.is_valid():
        sending.send_invoice(invoice=found, to=form.cleaned_data["to"], by=request.who)
        messages.success(request, f"Sent to {form.cleaned_data['to']}. The code in the earlier e-mail no longer opens it.")
    else:
        messages.warning(request, "Nothing was sent: that does not look like an e-mail address.")
    return redirect("invoices:invoice", slug, number)


@require_POST
def host_number(request: Asked, slug: str, number: str) -> HttpResponse:
    """Write down the host's own number for a charge."""
    found, form = invoice_or_404(request, number), HostNumberForm(request.POST)
    require(may_issue_invoices(request.who, found.partnership_id))
    if form.is_valid():
        payers.record_host_number(invoice=found, number=form.cleaned_data["host_number"], by=request.who)
        messages.success(request, "Recorded.")
    else:
        messages.warning(request, "Nothing was saved: enter the host’s number, at most 40 characters.")
    return redirect("invoices:invoice", slug, number)


@require_POST
def add_purchase_order(request: Asked, slug: str, number: str) -> HttpResponse:
    """Note a purchase order beside an invoice."""
    found, form = invoice_or_404(request, number), OrderForm(request.POST)
    if form.is_valid():
        payers.add_purchase_order(invoice=found, **form.cleaned_data, by=request.who)
        messages.success(request, "Noted beside the invoice. You can download a copy that shows it.")
    else:
        messages.warning(request, "Nothing was saved: enter a purchase order of at most 60 characters.")
    return redirect("invoices:invoice", slug, number)


def readdress_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Say who will pay an invoice."""
    found = invoice_or_404(request, number)
    form = ReaddressForm(request.POST or None, initial={"name": found.later_payer, "address": found.later_payer_address})
    if request.method == "POST" and form.is_valid():
        payers.readdress_invoice(invoice=found, **form.cleaned_data, by=request.who)
        messages.success(request, "Noted. Later invoices go to them too.")
        return redirect("invoices:invoice", slug, number)
    return render(request, "invoices/readdress_invoice.html", {"form": form, "invoice": found})
