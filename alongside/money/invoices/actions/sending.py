"""Writing to the payer of an invoice with a code that opens it, and opening it with that code, without an account."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings as installation
from django.db import transaction
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.money import pounds
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import long_date
from alongside.ground.documents.actions import Ended, new_codes, replace_codes, try_code
from alongside.ground.documents.rules import shown_code
from alongside.ground.web.models import require_unchanged
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.queries import settings_of
from alongside.money.invoices.actions.payments import record_about
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings


def write_about(
    invoice: Invoice, template: str, settings: IssuerSettings, by: Standing, *, to: str = "", code: str = "", **more: Any
) -> Notice:
    """Send a message about an invoice to its payer (or to somebody else) with a link that opens it."""
    code = code or new_codes([invoice])[invoice.pk]
    return notices.send(
        template=template,
        to=to or invoice.payer_email,
        words={
            "partnership": invoice.partnership.name,
            "number": invoice.reference,
            "school": invoice.school_name,
            "amount": pounds(invoice.total),
            "owed": pounds(invoice.owed),
            "due": long_date(invoice.due_on),
            "page": installation.ADDRESS + reverse("invoices:open_invoice"),
            "phone": settings.supplier_phone,
            "email": settings.supplier_email,
            "supplier": settings.supplier_name,
            **more,
        },
        partnership=invoice.partnership,
        school=invoice.school,
        secret={
            "link": installation.ADDRESS + reverse("invoices:follow_link", args=[invoice.reference, code]),
            "code": shown_code(code),
        },
        by=by,
    )


def mail_invoices(invoices: list[Invoice], settings: IssuerSettings, by: Standing) -> None:
    """Mail each invoice to its payer's accounts staff with its number and a code of this message."""
    codes = new_codes(invoices)
    Invoice.objects.filter(pk__in=list(codes)).update(sent_at=clock.now())
    for one in invoices:
        write_about(one, "invoices/issued.txt", settings, by, code=codes[one.pk], asks=one.total > 0)


@transaction.atomic
def send_invoice(*, invoice: Invoice, to: str, version: WasSeen, by: Standing) -> Invoice:
    """Send an issued invoice (again), with a new code; sent to another address than before, the earlier codes stop working.
    Raises Invalid without an address, Stale when it went elsewhere since the page was opened.
    """
    require(may_issue_invoices(by, invoice.partnership_id))
    if invoice.issuer != Issuer.PARTNERSHIP:
        raise Conflict("Only invoices that the partnership itself issues are sent from here.")
    if not to:
        raise Invalid(to="Enter the e-mail address that the invoice should go to")
    require_unchanged(invoice, version, {"payer_email": "Sent to"}, payer_email=to)
    if to.lower() != invoice.payer_email.lower():  # the earlier one may have gone to the wrong people
        replace_codes(invoice)
    Invoice.objects.filter(pk=invoice.pk).update(payer_email=to)
    invoice.payer_email = to
    mail_invoices([invoice], settings_of(invoice.partnership, IssuerSettings), by)
    record_about("invoices.send", invoice, by)
    return invoice


@dataclass(frozen=True)
class Opened:
    """Whether number and code belong together: the invoice with the proof for the session, or the reason why not, and
    whom to ask for a new link where the code was right once."""

    invoice: Invoice | None = None
    proof: str = ""
    why: str = ""
    ask: IssuerSettings | None = None


@transaction.atomic
def open_invoice(*, reference: str, code: str, by: Standing) -> Opened:
    """Try a code on an invoice; a number that does not exist is answered like a wrong code."""
    invoice = Invoice.objects.filter(reference=reference.strip().upper()).first()
    try:
        proof = try_code(invoice, code) if invoice else ""
    except Ended as ended:
        number = reference.strip().upper()
        if ended.replaced:
            why = f"Invoice {number} was sent again, to another address, so what this e-mail says opens it no more."
        else:
            why = f"This e-mail about invoice {number} is more than a year old, so it opens it no more."
        return Opened(why=why, ask=settings_of(invoice.partnership, IssuerSettings) if invoice else None)
    if not proof:
        return Opened(why="This number and this code do not belong together. Check both in our latest e-mail about the invoice.")
    return Opened(invoice, proof)
