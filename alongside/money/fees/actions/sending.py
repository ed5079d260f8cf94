"""Writing to the payer of an invoice, with a new code to open it; the earlier code stops working."""

from typing import Any

from django.conf import settings as installation
from django.urls import reverse

from alongside.ground.core.money import pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import long_date
from alongside.members.notices import actions as notices
from alongside.money.fees.actions.opening import new_code
from alongside.money.fees.models import Invoice, OpeningCode
from alongside.money.fees.rules import FeeSettings


def write_about(invoice: Invoice, template: str, settings: FeeSettings, by: Standing, *, to: str = "", **more: Any) -> None:
    """Send a message about an invoice to its payer (or to somebody else) with a link that opens it."""
    code = new_code()
    OpeningCode.objects.update_or_create(invoice=invoice, defaults={"code_hash": code.hashed})
    notices.send(
        template=template,
        to=to or invoice.payer_email,
        words={
            "partnership": invoice.partnership.name,
            "number": invoice.reference,
            "school": invoice.school_name,
            "amount": pounds(invoice.total),
            "owed": pounds(invoice.owed),
            "due": long_date(invoice.due_on),
            "page": installation.ADDRESS + reverse("fees:open_invoice"),
            "phone": settings.supplier_phone,
            "email": settings.supplier_email,
            "supplier": settings.supplier_name,
            **more,
        },
        partnership=invoice.partnership,
        school=invoice.school,
        secret={
            "link": installation.ADDRESS + reverse("fees:follow_link", args=[invoice.reference, code.key]),
            "code": code.shown,
        },
        by=by,
    )
