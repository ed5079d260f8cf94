"""Writing to the payer of an invoice, with a new code to open it; the earlier code stops working."""

from typing import Any

from django.conf import settings as installation
from django.db import transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.money import pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import long_date
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.invoices.actions.opening import new_code
from alongside.money.invoices.models.invoices import Invoice, OpeningCode
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings


def write_about(invoice: Invoice, template: str, settings: IssuerSettings, by: Standing, *, to: str = "", **more: Any) -> Notice:
    """Send a message about an invoice to its payer (or to somebody else) with a link that opens it."""
    code = new_code()
    OpeningCode.objects.update_or_create(invoice=invoice, defaults={"code_hash": code.hashed})
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
            "link": installation.ADDRESS + reverse("invoices:follow_link", args=[invoice.reference, code.key]),
            "code": code.shown,
        },
        by=by,
    )


def mail_invoices(partnership: Partnership, invoices: list[Invoice], settings: IssuerSettings, by: Standing) -> None:
    """Mail each invoice to its payer's accounts staff with its number and a new code; the old code stops working."""
    codes = {one.pk: new_code() for one in invoices}
    OpeningCode.objects.bulk_create(
        [OpeningCode(invoice=one, code_hash=codes[one.pk].hashed) for one in invoices],
        update_conflicts=True,
        unique_fields=["invoice"],
        update_fields=["code_hash"],
        batch_size=500,
    )
    Invoice.objects.filter(pk__in=[one.pk for one in invoices]).update(sent_at=clock.now())
    for one in invoices:
        code = codes[one.pk]
        link = installation.ADDRESS + reverse("invoices:follow_link", args=[one.reference, code.key])
        page = installation.ADDRESS + reverse("invoices:open_invoice")
        words = {
            "partnership": partnership.name,
            "number": one.reference,
            "school": one.school_name,
            "amount": pounds(one.total),
            "due": long_date(one.due_on),
            "page": page,
            "phone": settings.supplier_phone,
            "supplier": settings.supplier_name,
            "asks": one.total > 0,
        }
        notices.send(
            template="invoices/issued.txt",
            to=one.payer_email,
            words=words,
            partnership=partnership,
            school=one.school,
            secret={"link": link, "code": code.shown},
            by=by,
        )


@transaction.atomic
def send_invoice(*, invoice: Invoice, to: str, by: Standing) -> Invoice:
    """Send an issued invoice (again), with a new code; the earlier code stops working. Raises Invalid without an address."""
    require(may_issue_invoices(by, invoice.partnership_id))
    if invoice.issuer != Issuer.PARTNERSHIP:
        raise Conflict("Only invoices that the partnership itself issues are sent from here.")
    if not to:
        raise Invalid(to="Enter the e-mail address that the invoice should go to")
    Invoice.objects.filter(pk=invoice.pk).update(payer_email=to)
    invoice.payer_email = to
    mail_invoices(invoice.partnership, [invoice], settings_of(invoice.partnership, IssuerSettings), by)
    audit.record("invoices.send", row=invoice.pk, partnership=invoice.partnership_id, school=invoice.school_id, by=by)
    return invoice
