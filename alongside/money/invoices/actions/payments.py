"""Money that came in for an invoice."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.money import short_pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.models import once
from alongside.money.invoices.models.invoices import SETTLED, Invoice, Payment
from alongside.money.invoices.permissions import may_record_payment
from alongside.money.invoices.rules.invoices import FROM_HELD, METHODS


@transaction.atomic
def record_payment(
    *, invoice: Invoice, key: str, amount: int, paid_on: date, method: str = "bank transfer", reference: str = "", by: Standing
) -> Payment:
    """Write down a payment of so many pence, once: the same client-made key again is the same payment.

    Raises Invalid for more than is owed or a day to come, Conflict when the key was used for something else.
    """
    require(may_record_payment(by, invoice.partnership_id))
    if amount < 1:
        raise Invalid(amount="Enter what was paid")
    if paid_on > clock.today():
        raise Invalid(paid_on="Enter the day on which the money came in: today or earlier")
    if method not in METHODS:
        raise Invalid(method="Choose how it was paid")
    made = Payment(pk=key, invoice=invoice, amount=amount, paid_on=paid_on, method=method, reference=reference.strip())
    return book(made, by)


def book(payment: Payment, by: Standing) -> Payment:
    """Store a payment and count it on its invoice, once, both or neither. Raises Invalid when it is more than is owed."""
    invoice, payment.recorded_at = payment.invoice, clock.now()
    if (first := once(payment, dated="paid_on" if payment.method == FROM_HELD else "")) is not payment:
        return first
    enough = Invoice.objects.filter(pk=invoice.pk, total__gte=SETTLED + payment.amount)
    if not enough.update(paid=F("paid") + payment.amount):
        invoice.refresh_from_db(fields=["paid", "credited", "written_off", "waived"])
        raise Invalid(amount=_too_much(invoice.owed))
    record_about("invoices.payment", invoice, by, payment=payment.pk, amount=payment.amount)
    return payment


def record_about(act: str, invoice: Invoice, by: Standing, **facts: Any) -> None:
    """Record what was done about an invoice."""
    audit.record(act, row=invoice.pk, partnership=invoice.partnership_id, school=invoice.school_id, facts=facts, by=by)


def _too_much(owed: int) -> str:
    if owed == 0:
        return "Nothing is owed on this any more. Money that came in twice is held for the school: write it down on its statement"
    return f"Only {short_pounds(owed)} is owed. Record that much, and write the rest down as money held on the school's statement"
