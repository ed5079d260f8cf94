"""One invoice: see it, pay it, query it, note what is to stand beside it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.verdict import require
from alongside.ground.core.words import short_date
from alongside.ground.documents import actions as documents
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.downloads import pdf_page
from alongside.ground.web.models import marked
from alongside.ground.web.pages import Done, form_page, on_its_way, press, seen_on
from alongside.ground.web.tables import Column, listed, pounds as amounts
from alongside.members.notices.queries.office import see_message
from alongside.members.partnerships.queries import school_of
from alongside.money.invoices.actions import payers as deeds, payments, sending
from alongside.money.invoices.forms import (
    AnswerQueryForm,
    HostNumberForm,
    OrderForm,
    PayerForm,
    PaymentForm,
    QueryForm,
    ReaddressForm,
    SendForm,
)
from alongside.money.invoices.models.invoices import Invoice, Payer, Payment, Query
from alongside.money.invoices.permissions import may_change_payer, may_issue_invoices, may_record_payment, may_see_invoice
from alongside.money.invoices.queries.invoices import asker, detail_of, open_query, payer_of
from alongside.money.invoices.queries.papers import evidence_of, noted_pdf
from alongside.money.invoices.rules.invoices import vat_told
from alongside.money.invoices.rules.settings import Issuer


def invoice_or_404(request: Asked, number: str) -> Invoice:
    """The invoice of that number in this partnership, for whoever may see it."""
    one = find(Invoice.objects.select_related("partnership", "school__current", "claim"), request, reference=number)
    require(may_see_invoice(request.who, one.partnership_id, one.school_id))
    return one


def address_of(one: Invoice) -> str:
    """The page of an invoice."""
    return reverse("invoices:invoice", args=[one.partnership.slug, one.reference])


def noted(one: Invoice, **columns: str) -> dict[str, str]:
    """What a form shows first of what stands beside an invoice, by its fields, with the mark of it."""
    shown = {name: getattr(one, column) for name, column in columns.items()}
    return shown | {"version": marked(one, *columns.values())}


def on_invoice(request: Asked, one: Invoice, form: Any, deed: Callable[..., Any], *, to: str = "", **more: Any) -> HttpResponse:
    """A form about one invoice, which leads back to its page: `to` is another one where it was opened with its code."""
    page = to or address_of(one)
    words = {"caption": f"{one.reference} · {one.school_name}", "back": (one.reference, page), "next": page, **more}
    return form_page(request, form, partial(deed, invoice=one), invoice=one, **words)


LINES = (
    Column("words", "What it is for"),
    Column("vat", "VAT", cell=lambda line: vat_told(line.vat_code)),
    amounts("net", "Amount"),
)
STORY = (
    Column("on", "Day", classes="fees-number"),
    Column("what", "What"),
    Column("number", "Reference"),
    Column("amount", "Amount", numeric=True),
)


def page_of(request: Asked, one: Invoice, **more: Any) -> dict[str, Any]:
    """What every page of an invoice shows."""
    detail = detail_of(one, viewer=request.who)
    tables = {"lines": listed(LINES, detail.lines), "story": listed(STORY, detail.story)}
    return {"invoice": one, "detail": detail, "word": Issuer(one.issuer).document, **tables, **more}


def pdf_of(request: Asked, one: Invoice) -> HttpResponse:
    """The invoice's PDF as it was issued, or a copy with what was noted later."""
    if one.issuer == Issuer.HOST:
        raise Http404
    noted = "notes" in request.GET and one.notes
    pdf = noted_pdf(one, viewer=request.who) if noted else documents.pdf_of(paper=one, by=request.who)
    return pdf_page(pdf, f"{one.reference}{'-with-notes' if noted else ''}")


def invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """One invoice with what was paid, asked and noted."""
    one = invoice_or_404(request, number)
    office, issues = bool(may_issue_invoices(request.who, one.partnership_id)), one.issuer != Issuer.HOST
    shown = page_of(
        request,
        one,
        office=office,
        papers=evidence_of(one, viewer=request.who),
        paper_address=lambda file: reverse("files:download", args=[file]),
        credit_address=(lambda credit: reverse("invoices:credit_note_pdf", args=[slug, number, credit])) if issues else None,
        off_address=(lambda key: reverse("invoices:free_payment", args=[slug, number, key])) if office else None,
        wrong_address=(lambda credit: reverse("invoices:wrong_credit", args=[slug, number, credit])) if office else None,
        order_form=OrderForm(initial=noted(one, order="later_order")),
        send_form=SendForm(initial=noted(one, to="payer_email")),
        host_form=HostNumberForm(initial=noted(one, host_number="host_number")),
    )
    waiting = next((query.pk for query in shown["detail"].queries if query.answered_at is None), "")
    return render(request, "invoices/invoice.html", shown | {"reply_form": AnswerQueryForm(initial={"query": waiting})})


def invoice_pdf(request: Asked, slug: str, number: str) -> HttpResponse:
    """The invoice as a PDF."""
    return pdf_of(request, invoice_or_404(request, number))


def record_payment(request: Asked, slug: str, number: str) -> HttpResponse:
    """Write down money that came in."""
    one = invoice_or_404(request, number)
    require(may_record_payment(request.who, one.partnership_id))
    first = {"amount": one.payable, "paid_on": clock.today(), **({"method": "journal"} if one.issuer == Issuer.TRUST else {})}

    lost = f" {pounds(one.written_off)} was written off: what comes of it is recorded as a recovery." if one.written_off else ""

    def done(row: Payment) -> Done:
        off = reverse("invoices:free_payment", args=[slug, row.invoice.reference, row.pk])
        words = f"{pounds(row.amount)}, paid by {row.method} on {short_date(row.paid_on)}, is recorded for {row.invoice}."
        return Done(words, (("Undo it", off),))

    return on_invoice(
        request, one, partial(PaymentForm, initial=first), payments.record_payment, title="Record a payment",
        lead=f"{pounds(one.owed)} of {pounds(one.total)} is owed. A part payment is fine.{lost}", button="Record it", done=done,
    )  # fmt: skip


def _no_query(one: Invoice) -> str:
    """Why an invoice cannot be queried now; nothing where it can."""
    if one.paid >= one.total:
        return "This invoice is paid in full. Write to the partnership’s office about it."
    return "This invoice is being queried already. The office answers that query first." if one.queried else ""


def query_page(request: Asked, one: Invoice, to: str = "", proof: str = "") -> HttpResponse:
    """Query an invoice; reminders stop."""

    def done(row: Query) -> str:
        return f"Thank you. The office has been told about {row.invoice}, and no reminder goes out until it has answered."

    return on_invoice(
        request, one, partial(QueryForm, initial=asker(viewer=request.who)), partial(deeds.query_invoice, proof=proof),
        to=to, barred=_no_query(one), title="Query this",
        lead="The office is told at once. No reminder goes out until it has answered.",
        button="Send the query", done=done,
    )  # fmt: skip


def order_page(request: Asked, one: Invoice, to: str = "", proof: str = "") -> HttpResponse:
    """Note a purchase order beside an invoice."""
    hosted = one.issuer == Issuer.HOST
    then = "It goes into the schedule for the host." if hosted else "You can download a copy that shows it."

    def done(row: Invoice) -> str:
        return f"Purchase order {row.later_order} is noted beside {row}. {then}"

    return on_invoice(
        request, one, partial(OrderForm, initial=noted(one, order="later_order")),
        partial(deeds.add_purchase_order, proof=proof), to=to, done=done,
        title="Change the purchase order" if one.later_order else "Add a purchase order",
        lead=f"It is noted beside the invoice. {then}",
    )  # fmt: skip


def payer_page(request: Asked, one: Invoice, to: str = "", proof: str = "") -> HttpResponse:
    """Say who will pay an invoice."""
    first = noted(one, name="later_payer", address="later_payer_address") | {"version": marked(one, *deeds.PAYS)}
    theirs = bool(may_change_payer(request.who, one.partnership_id, one.school_id))
    stays = (
        "Something has been paid on this invoice already, so its payer stays. Ask the partnership’s office." if one.paid else ""
    )
    later = (("Who pays later invoices", reverse("invoices:payers", args=[one.partnership.slug, one.school.urn])),)
    then = "Later invoices go to them too" if theirs else "Later ones go to them when the school or the office has agreed"

    def done(row: Invoice) -> Done:
        return Done(f"It is noted that {row.later_payer} will pay {row}. {then}.", later if theirs and not to else ())

    return on_invoice(
        request, one, partial(ReaddressForm, initial=first), partial(deeds.readdress_invoice, proof=proof), to=to, barred=stays,
        title="Somebody else will pay it", done=done,
        lead=f"The invoice keeps the words it was issued with. Who pays is noted beside it. {then}.",
    )  # fmt: skip


def restored(request: Asked, one: Invoice, to: str = "", proof: str = "") -> HttpResponse:
    """Whoever an invoice was made out to pays it after all."""

    def done(row: Invoice) -> str:
        return f"{row.payer_name} pays {row} after all{f': it goes to {row.payer_email}' if row.payer_email else ''}."

    return press(
        request,
        partial(deeds.restore_payer, invoice=one, seen=seen_on(request), proof=proof),
        done=done,
        next=to or address_of(one),
    )


def restore_payer(request: Asked, slug: str, number: str) -> HttpResponse:
    """Whoever an invoice was made out to pays it after all."""
    return restored(request, invoice_or_404(request, number))


def agree_payer(request: Asked, slug: str, number: str) -> HttpResponse:
    """Say whether whoever pays this invoice pays later ones too."""
    one = invoice_or_404(request, number)

    def done(row: Invoice) -> Done:
        who = row.later_payer if request.POST.get("agreed") == "yes" else "as before"
        later = ("Who pays later invoices", reverse("invoices:payers", args=[slug, row.school.urn]))
        return Done(f"Later invoices for {row.school_name}: {who}.", (later,))

    deed = partial(deeds.agree_payer, invoice=one, agreed=request.POST.get("agreed") == "yes", seen=seen_on(request))
    return press(request, deed, done=done, next=address_of(one))


def query_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Query an invoice; reminders stop."""
    return query_page(request, invoice_or_404(request, number))


def add_purchase_order(request: Asked, slug: str, number: str) -> HttpResponse:
    """Note a purchase order beside an invoice: what the box on its page sends, and where it is put right."""
    return order_page(request, invoice_or_404(request, number))


def readdress_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Say who will pay an invoice."""
    return payer_page(request, invoice_or_404(request, number))


def answer_query(request: Asked, slug: str, number: str) -> HttpResponse:
    """Answer what was queried, in words that are sent and kept."""
    one = invoice_or_404(request, number)
    require(may_issue_invoices(request.who, one.partnership_id))
    waiting = open_query(one, viewer=request.who)

    def done(row: Query) -> Done:
        to = f" and {on_its_way(row.email)}" if row.email else ""
        again = ("It is not settled: note a query", reverse("invoices:query_invoice", args=[slug, number]))
        written = see_message(row.email, partnership=one.partnership, viewer=request.who)
        return Done(f"Answered{to}: what {row.name} asked about {row.invoice}. Reminders go on.", (*written, again))

    return on_invoice(
        request, one, partial(AnswerQueryForm, initial={"query": waiting.pk if waiting else ""}), deeds.answer_query,
        title="Answer the query", lead=waiting.words if waiting else "Nothing is queried: it has been answered.",
        button="Send the answer", done=done,
    )  # fmt: skip


def send_invoice(request: Asked, slug: str, number: str) -> HttpResponse:
    """Send an invoice again, with a new code."""
    one = invoice_or_404(request, number)
    require(may_issue_invoices(request.who, one.partnership_id))
    before = one.payer_email

    def done(row: Invoice) -> Done:
        earlier = "opens it too" if before.lower() == row.payer_email.lower() else "no longer opens it" if before else ""
        words = f"{row} is {on_its_way(row.payer_email)}.{f' The link in an earlier e-mail {earlier}.' if earlier else ''}"
        return Done(words, see_message(row.payer_email, partnership=row.partnership, viewer=request.who))

    return on_invoice(
        request, one, partial(SendForm, initial=noted(one, to="payer_email")), sending.send_invoice, title="Send it by e-mail",
        lead=f"{short_pounds(one.owed)} is owed. Sent to another address, it ends the link in earlier e-mails.",
        button="Send", done=done,
    )  # fmt: skip


def host_number(request: Asked, slug: str, number: str) -> HttpResponse:
    """Write down the host's own number for a charge."""
    one = invoice_or_404(request, number)
    require(may_issue_invoices(request.who, one.partnership_id))
    return on_invoice(
        request, one, partial(HostNumberForm, initial=noted(one, host_number="host_number")), deeds.record_host_number,
        title="The host’s number", done=lambda row: f"{row.host_number} is recorded as the host’s number of {row}.",
    )  # fmt: skip


def payers(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Who pays for a school from now on, and under which purchase order."""
    partnership, fees = request.partnership, reverse("fees:overview", args=[slug])
    school = found(school_of(partnership, urn, viewer=request.who))
    require(may_change_payer(request.who, partnership.pk, school.pk))

    def done(row: Payer) -> Done:
        order = f", under purchase order {row.purchase_order}" if row.purchase_order else ""
        words = f"Later invoices for {row.school} go to {row.name or 'the school itself'}{order}."
        return Done(words, (("Change it again", request.path),))

    return form_page(
        request, partial(PayerForm, row=payer_of(partnership, school, viewer=request.who)),
        partial(deeds.change_payer, partnership=partnership, school=school),
        title=f"Who pays for {school.name}", caption="Fees", back=("Fees", fees), done=done, next=fees,
        lead="For later invoices. What has been issued stays as it is.",
    )  # fmt: skip
