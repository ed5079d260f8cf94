"""Money that came in for an invoice."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, QuerySet

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.money import short_pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import moment, short_date
from alongside.ground.web.models import Row, once
from alongside.money.invoices.models.corrections import LetOffDebt
from alongside.money.invoices.models.invoices import SETTLED, Invoice, Payment
from alongside.money.invoices.permissions import may_record_payment
from alongside.money.invoices.rules.corrections import RECOVERED, LetOff
from alongside.money.invoices.rules.invoices import FROM_HELD, METHODS


@transaction.atomic
def record_payment(
    *,
    invoice: Invoice,
    key: str,
    amount: int,
    paid_on: date,
    method: str = "bank transfer",
    reference: str = "",
    again: bool = False,
    by: Standing,
) -> Payment:
    """Write down a payment of so many pence, once: the same client-made key again is the same payment.

    Raises Invalid for more than is owed, a day to come, or what is recorded already unless it came `again`; Conflict when
    the key was used for something else.
    """
    require(may_record_payment(by, invoice.partnership_id))
    if amount < 1:
        raise Invalid(amount="Enter what was paid")
    if paid_on > clock.today():
        raise Invalid(paid_on="Enter the day on which the money came in: today or earlier")
    if method not in METHODS:
        raise Invalid(method="Choose how it was paid")
    made = Payment(pk=key, invoice=invoice, amount=amount, paid_on=paid_on, method=method, reference=reference.strip())
    if not again:
        same = {"amount": amount, "paid_on": paid_on, "reference": made.reference, "freed": None}
        ask_once_more(invoice, made, invoice.payments.filter(**same))
    return book(made, by)


def ask_once_more(owner: models.Model, row: Row, same: QuerySet[Any]) -> None:
    """Refuse a row where the same is recorded already, from another window or by somebody else. The owner is held meanwhile,
    so that of two at once the second sees the first; the same press again is no other row."""
    list(type(owner)._base_manager.select_for_update().filter(pk=owner.pk))
    first = same.order_by("-recorded_at").first()
    if first and not type(row)._base_manager.filter(pk=row.pk).exists():
        words = f"The same amount, day and reference is recorded here already, since {moment(first.recorded_at)}"
        raise Invalid(again=f"{words}. Only if as much came a second time, tick the box and record it again")


def book(payment: Payment, by: Standing) -> Payment:
    """Store a payment and count it on its invoice, once, both or neither. What comes after it was written off takes so much
    of the writing-off back. Raises Invalid when it is more than is owed and was written off."""
    invoice, payment.recorded_at = payment.invoice, clock.now()
    if (first := once(payment, dated="paid_on" if payment.method == FROM_HELD else "")) is not payment:
        return first
    paid = {"paid": F("paid") + payment.amount}
    there = Invoice.objects.filter(pk=invoice.pk)
    if not there.filter(total__gte=SETTLED + payment.amount).update(**paid):
        invoice.refresh_from_db(fields=["paid", "credited", "written_off", "waived"])
        came = payment.amount - invoice.owed
        enough = there.filter(written_off__gte=came, total__gte=SETTLED + payment.amount - came)
        if not enough.update(written_off=F("written_off") - came, **paid):
            raise Invalid(amount=_too_much(invoice.payable))
        _note_recovery(payment, came)
    record_about("invoices.payment", invoice, by, payment=payment.pk, amount=payment.amount)
    return payment


def _note_recovery(payment: Payment, amount: int) -> None:
    lost = LetOffDebt.objects.filter(invoice=payment.invoice, kind=LetOff.WRITTEN_OFF).order_by("-recorded_at").first()
    if lost is None:
        raise Conflict("What was written off has no decision: nothing was recorded.")
    said = {"on": payment.paid_on, "recorded_at": payment.recorded_at, "reason": f"Written off on {short_date(lost.on)}"}
    LetOffDebt.objects.create(invoice=payment.invoice, kind=RECOVERED, amount=amount, decision=lost.decision, **said)


def record_about(act: str, invoice: Invoice, by: Standing, **facts: Any) -> None:
    """Record what was done about an invoice."""
    audit.record(act, row=invoice.pk, partnership=invoice.partnership_id, school=invoice.school_id, facts=facts, by=by)


def _too_much(owed: int) -> str:
    if owed == 0:
        return "Nothing is owed on this any more. Money that came in twice is held for the school: write it down on its statement"
    return f"Only {short_pounds(owed)} is owed. Record that much, and write the rest down as money held on the school's statement"
