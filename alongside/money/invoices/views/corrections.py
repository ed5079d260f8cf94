"""What corrects an invoice: a credit note, a write-off or waiver, a payment taken off again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core import keys
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.members.authority.queries import decision_at
from alongside.members.authority.rules import DecisionKind
from alongside.money.invoices.actions import corrections, held, papers
from alongside.money.invoices.forms.corrections import CreditForm, FreePaymentForm, LetOffForm
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.permissions import may_correct_invoice, may_record_payment
from alongside.money.invoices.queries.corrections import credit_note_at, decisions_for, opened_credit_note, payment_at
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.views.invoice import invoice_or_404
from alongside.money.invoices.views.opened import opened_by_code, to_open

CREDITS = (DecisionKind.CREDIT, DecisionKind.REDUCTION)
LET_OFF = (DecisionKind.WRITE_OFF, DecisionKind.WAIVER)


def credit_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Take something off an invoice by a credit note."""
    found = invoice_or_404(request, number)
    require(may_correct_invoice(request.who, found.partnership_id))
    decisions = decisions_for(found, CREDITS, request.POST.get("decision", ""), viewer=request.who)
    creditable = found.total - found.credited - found.written_off - found.waived
    form = CreditForm(request.POST or None, decisions=decisions, initial={"key": keys.new_key()})
    if found.issuer != Issuer.HOST:
        del form.fields["host_number"]
    else:
        form.fields["host_number"].required = True
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = {**form.cleaned_data}
        decision = decision_at(typed.pop("decision"), request.partnership, viewer=request.who)
        try:
            note = corrections.issue_credit_note(invoice=found, **typed, decision=decision, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"{note.reference} is issued. The invoice itself is unchanged.")
            return redirect("invoices:invoice", slug, number)
    return render(
        request,
        "invoices/credit_invoice.html",
        {"form": form, "invoice": found, "creditable": creditable, "word": Issuer(found.issuer).correction},
    )


def let_off_debt(request: Asked, slug: str, number: str) -> HttpResponse:
    """Write off or waive what is owed, by a recorded decision."""
    found = invoice_or_404(request, number)
    require(may_correct_invoice(request.who, found.partnership_id))
    decisions = decisions_for(found, LET_OFF, request.POST.get("decision", ""), viewer=request.who)
    form = LetOffForm(request.POST or None, decisions=decisions, initial={"key": keys.new_key(), "amount": found.owed})
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = {**form.cleaned_data}
        decision = decision_at(typed.pop("decision"), request.partnership, viewer=request.who)
        try:
            corrections.let_off_debt(invoice=found, **typed, decision=decision, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Recorded, with the decision on which it rests.")
            return redirect("invoices:invoice", slug, number)
    return render(request, "invoices/let_off_debt.html", {"form": form, "invoice": found, "decisions": decisions})


def free_payment(request: Asked, slug: str, number: str, key: str) -> HttpResponse:
    """Take a payment off its invoice; it is held for the school from then on."""
    found = invoice_or_404(request, number)
    require(may_record_payment(request.who, found.partnership_id))
    payment = payment_at(key, found, viewer=request.who)
    if payment is None:
        raise Http404
    form = FreePaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held.free_payment(payment=payment, **form.cleaned_data, by=request.who)
        messages.success(
            request, "Taken off. It is held for the school: use it for another invoice, pay it back, or say that it never came."
        )
        return redirect("invoices:statement", slug, found.school.urn)
    return render(request, "invoices/free_payment.html", {"form": form, "invoice": found, "payment": payment})


def _pdf(request: Asked, note: CreditNote | None) -> HttpResponse:
    if note is None or note.issuer == Issuer.HOST:
        raise Http404
    pdf = papers.credit_note_pdf(note=note, by=request.who)
    name = f'inline; filename="{note.reference}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def credit_note_pdf(request: Asked, slug: str, number: str, credit: str) -> HttpResponse:
    """A credit note as a PDF."""
    found = invoice_or_404(request, number)
    note = credit_note_at(credit, viewer=request.who)
    return _pdf(request, note if note and note.invoice_id == found.pk else None)


def opened_credit_pdf(request: Asked, number: str, credit: str) -> HttpResponse:
    """A credit note of an invoice that was opened from the mail."""
    found, _ = opened_by_code(request, number)
    if found is None:
        return to_open(number)
    return _pdf(request, opened_credit_note(found, credit, viewer=request.who))
