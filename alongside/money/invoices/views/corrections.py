"""What corrects an invoice: a credit note, a write-off or waiver, a payment taken off again."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.documents import actions as documents
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.downloads import pdf_page
from alongside.ground.web.pages import Done, on_its_way, say_and_go
from alongside.ground.web.tables import listed
from alongside.members.authority.permissions import may_record_decision
from alongside.members.authority.rules import DecisionKind
from alongside.members.notices.queries.office import see_message
from alongside.money.invoices.actions import corrections, held
from alongside.money.invoices.forms import CreditForm, FreePaymentForm, LetOffForm
from alongside.money.invoices.models.corrections import CreditNote, HeldMoney, LetOffDebt
from alongside.money.invoices.models.invoices import Payment
from alongside.money.invoices.permissions import may_correct_invoice, may_record_payment
from alongside.money.invoices.queries.papers import decisions_for, last_credit, opened_credit_note
from alongside.money.invoices.rules.corrections import shown_credit
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.views.invoice import LINES, address_of, invoice_or_404, on_invoice
from alongside.money.invoices.views.opened import opened_by_code, to_open
from alongside.money.invoices.views.statements import was_held

CREDITS = (DecisionKind.CREDIT, DecisionKind.REDUCTION)
LET_OFF = (DecisionKind.WRITE_OFF, DecisionKind.WAIVER)


def credit_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Take something off an invoice by a credit note."""
    one = invoice_or_404(request, number)
    require(may_correct_invoice(request.who, one.partnership_id))
    decisions = decisions_for(one, CREDITS, request.POST.get("decision", ""), viewer=request.who)
    creditable, hosted = one.total - one.credited - one.written_off - one.waived, one.issuer == Issuer.HOST
    last = last_credit(one, viewer=request.who)
    first = {"reason": request.GET.get("reason", "")[:300], **({"amount": creditable} if "whole" in request.GET else {})}
    form = CreditForm(request.POST or None, decisions=decisions, hosted=hosted, initial=first)
    sent = request.method == "POST" and "change" not in request.POST
    draft = None
    if sent and form.is_valid():
        typed = {name: value for name, value in form.cleaned_data.items() if name not in {"key", "seen", "shown"}}
        try:
            if "issue" in request.POST:
                note = corrections.issue_credit_note(invoice=one, **form.cleaned_data, by=request.who)
                return say_and_go(request, note, partial(_credited, request), address_of(one))
            draft = corrections.draft_credit_note(invoice=one, **typed, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
    if "change" in request.POST:
        form = CreditForm(
            initial={**first, **{name: request.POST[name] for name in form.fields if name in request.POST}},
            decisions=decisions,
            hosted=hosted,
        )
    lead = f"By a {Issuer(one.issuer).correction}. At most {short_pounds(creditable)} can still be credited. "
    now_lead = "Nothing has gone out yet. Look at it, then press once." if draft else f"{lead}The invoice itself stays as it is."
    context = {
        "form": form, "draft": draft, "invoice": one, "title": f"Take something off {one.reference}", "lead": now_lead,
        "caption": f"{one.reference} · {one.school_name}", "back": (one.reference, address_of(one)), "button": "See it first",
        "last": last, "last_words": last.words(clock.now()) if last else "",
        "lines": listed(LINES, draft.lines) if draft else None,
        "shown": shown_credit(draft, form.cleaned_data["amount"], one.shown_payer) if draft else "",
    }  # fmt: skip
    return render(request, "invoices/credit_invoice.html", context)


def _credited(request: Asked, note: CreditNote) -> Done:
    """What was credited, with the message, the statement, and what to do where it was a mistake."""
    to, slug = note.invoice.payer_email if note.sent_at else "", note.partnership.slug
    words = f"{note} over {pounds(note.total)} is {'recorded' if note.issuer == Issuer.HOST else 'issued'}"
    statement = ("The school’s statement", reverse("invoices:statement", args=[slug, note.school.urn]))
    wrong = ("It was a mistake", reverse("invoices:wrong_credit", args=[slug, note.invoice.reference, note.reference]))
    written = see_message(to, partnership=note.partnership, viewer=request.who)
    return Done(f"{words}{to and f' and {on_its_way(to)}'}. The invoice itself is unchanged.", (*written, statement, wrong))


def wrong_credit(request: Asked, slug: str, number: str, credit: str) -> HttpResponse:
    """What to do where a credit note was a mistake: it stays, and the sum is asked for again."""
    one = invoice_or_404(request, number)
    require(may_correct_invoice(request.who, one.partnership_id))
    note = find(CreditNote.objects.select_related("invoice"), request, reference=credit, invoice=one)
    left = one.total - one.credited - one.written_off - one.waived
    reason = f"{note.reference} was a mistake. A new invoice takes the place of {one.reference}."
    return render(request, "invoices/wrong_credit.html", {"invoice": one, "note": note, "left": left, "reason": reason})


def let_off_debt(request: Asked, slug: str, number: str) -> HttpResponse:
    """Write off or waive what is owed, by a recorded decision."""
    one = invoice_or_404(request, number)
    require(may_correct_invoice(request.who, one.partnership_id))
    decisions = decisions_for(one, LET_OFF, request.POST.get("decision", ""), viewer=request.who)

    def done(row: LetOffDebt) -> str:
        return f"{pounds(row.amount)} of {row.invoice} is {row.kind}. It rests on this decision: {row.decision}."

    return on_invoice(
        request, one, partial(LetOffForm, decisions=decisions, initial={"amount": one.owed}), corrections.let_off_debt,
        title="Write off or waive", button="Record it", done=done, decisions=decisions,
        lead=f"{pounds(one.owed)} is owed. Nothing is written off or waived without somebody’s decision.",
        page="invoices/let_off_debt.html", may_decide=may_record_decision(request.who, one.partnership_id),
        record=reverse("authority:record_decision", args=[slug], query={"urn": one.school.urn, "next": request.path}),
    )  # fmt: skip


def free_payment(request: Asked, slug: str, number: str, key: str) -> HttpResponse:
    """Take a payment off its invoice; it is held for the school from then on."""
    one = invoice_or_404(request, number)
    require(may_record_payment(request.who, one.partnership_id))
    payment = find(Payment.objects.select_related("invoice__partnership"), request, pk=key, invoice=one)

    def done(row: HeldMoney) -> Done:
        return was_held(
            row,
            f"The payment of {pounds(row.amount)} on {row.reference} is undone, and the money held for {payment.came_from.name}.",
        )

    return on_invoice(
        request, one, FreePaymentForm, lambda invoice, **typed: held.free_payment(payment=payment, **typed),
        title=f"Undo the payment of {pounds(payment.amount)} on {one.reference}", button="Undo the payment", done=done,
        lead=f"Recorded for {short_date(payment.paid_on)}. It is held for {payment.came_from.name} afterwards: use it for "
        "another invoice, pay it back, or say that it never came.",
        next=reverse("invoices:statement", args=[slug, payment.came_from.urn]),
    )  # fmt: skip


def _pdf(request: Asked, note: CreditNote) -> HttpResponse:
    if note.issuer == Issuer.HOST:
        raise Http404
    return pdf_page(documents.pdf_of(paper=note, by=request.who), note.reference)


def credit_note_pdf(request: Asked, slug: str, number: str, credit: str) -> HttpResponse:
    """A credit note as a PDF."""
    one = invoice_or_404(request, number)
    return _pdf(request, find(CreditNote.objects.select_related("invoice"), request, reference=credit, invoice=one))


def opened_credit_pdf(request: Asked, number: str, credit: str) -> HttpResponse:
    """A credit note of an invoice that was opened from the mail."""
    one, _ = opened_by_code(request, number)
    return _pdf(request, found(opened_credit_note(one, credit, viewer=request.who))) if one else to_open(number)
