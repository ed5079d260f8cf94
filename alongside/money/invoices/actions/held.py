"""Money of a school that is held: it came in for no invoice or was freed from one; it is used, or paid back.

Rows are always taken in one order (series, invoice, account), so that no two deeds wait for each other.
"""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.money import MOST, short_pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import once
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs, settings_of
from alongside.members.schools.models import School
from alongside.money.invoices.actions.payments import ask_once_more, book
from alongside.money.invoices.models.corrections import Account, HeldMoney
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.permissions import may_record_payment
from alongside.money.invoices.rules.corrections import Moved
from alongside.money.invoices.rules.invoices import FROM_HELD
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings


@transaction.atomic
def hold_money(
    *,
    partnership: Partnership,
    school: School,
    key: str,
    amount: int,
    received_on: date,
    reference: str = "",
    reason: str = "",
    again: bool = False,
    by: Standing,
) -> HeldMoney:
    """Write down money of a school that came in for no invoice, once. It is held until it is used or paid back.

    Raises Invalid for what is recorded already, unless it came `again`.
    """
    require(may_record_payment(by, partnership.pk))
    require(belongs(partnership, school))
    _check(amount, received_on, "received_on")
    account, said = account_of(partnership.pk, school.pk), {"reference": reference, "reason": reason}
    if not again:
        _ask_once_more(account, Moved.RECEIVED, key, amount, received_on, reference)
    return record_movement(account, Moved.RECEIVED, amount, received_on, by, key=key, **said)


@transaction.atomic
def use_held_money(*, account: Account, invoice: Invoice, key: str, amount: int, by: Standing) -> Payment:
    """Set money that is held against an invoice of the same partnership, once; the same key again is the same payment.

    Raises Invalid for more than is held or owed, Conflict when the key was used for something else.
    """
    require(may_record_payment(by, account.partnership_id))
    if invoice.partnership_id != account.partnership_id:
        raise Conflict("This invoice belongs to another partnership.")
    today = clock.today()
    _check(amount, today, "amount")
    payment = book(Payment(pk=key, invoice=invoice, amount=amount, paid_on=today, method=FROM_HELD), by)
    record_movement(account, Moved.USED, amount, None, by, key=key, used_as=payment, reference=invoice.reference)
    return payment


@transaction.atomic
def refund_money(
    *,
    account: Account,
    key: str,
    amount: int,
    paid_on: date,
    reference: str,
    reason: str = "",
    again: bool = False,
    by: Standing,
) -> HeldMoney:
    """Write down that money held was paid back to the school. Raises Invalid for more than is held, without a reference, or
    for what is recorded already unless it was paid `again`.

    Where a host issues, the host pays it back, and the reference is the host's.
    """
    require(may_record_payment(by, account.partnership_id))
    _check(amount, paid_on, "paid_on")
    if not reference.strip():
        hosted = settings_of(account.partnership, IssuerSettings).issuer == Issuer.HOST
        raise Invalid(reference="Enter the host's number of the refund" if hosted else "Enter the reference of the payment out")
    if not again:
        _ask_once_more(account, Moved.REFUNDED, key, amount, paid_on, reference)
    return record_movement(account, Moved.REFUNDED, amount, paid_on, by, key=key, reference=reference, reason=reason)


def _ask_once_more(account: Account, kind: Moved, key: str, amount: int, on: date, reference: str) -> None:
    same = HeldMoney.objects.filter(account=account.pk, kind=kind, amount=amount, on=on, reference=reference.strip())
    ask_once_more(account, HeldMoney(pk=key), same)


@transaction.atomic
def note_never_came(*, account: Account, key: str, amount: int, reason: str, by: Standing) -> HeldMoney:
    """Take out of what is held money that never came: a cheque that bounced, a payment written down by mistake."""
    require(may_record_payment(by, account.partnership_id))
    _check(amount, clock.today(), "amount")
    if not reason.strip():
        raise Invalid(reason="Enter what happened, like: the cheque came back")
    return record_movement(account, Moved.NEVER_CAME, amount, None, by, key=key, reason=reason)


@transaction.atomic
def free_payment(*, payment: Payment, reason: str, by: Standing) -> HeldMoney:
    """Take a payment off its invoice: it is held from now on for the school whose money it was, also where it was used for
    another's invoice. Raises Conflict when it was taken off already."""
    invoice = payment.invoice
    require(may_record_payment(by, invoice.partnership_id))
    if not reason.strip():
        raise Invalid(reason="Enter why, like: it was for another school")
    if HeldMoney.objects.filter(freed_payment=payment).exists():
        raise Conflict("This payment has been undone already.")
    if not Invoice.objects.filter(pk=invoice.pk, paid__gte=payment.amount).update(paid=F("paid") - payment.amount):
        raise Conflict("A credit note has freed a part of this payment already: what is left stays with the invoice.")
    account, said = account_of(invoice.partnership_id, payment.came_from.pk), {"reference": invoice.reference, "reason": reason}
    try:
        return record_movement(account, Moved.FREED, payment.amount, None, by, freed_payment=payment, **said)
    except IntegrityError:
        raise Conflict("This payment has been undone already.") from None


def account_of(partnership: str, school: str) -> Account:
    """The account of a school in a partnership, begun when it is first needed."""
    account, _ = Account.objects.get_or_create(partnership_id=partnership, school_id=school)
    return account


def record_movement(
    account: Account, kind: Moved, amount: int, on: date | None, by: Standing, *, key: str = "", **more: Any
) -> HeldMoney:
    """Store one movement, of today where no day is given, and count it on the account, once, both or neither."""
    words = {name: value.strip() if isinstance(value, str) else value for name, value in more.items()}
    moved = HeldMoney(account=account, kind=kind, amount=amount, on=on or clock.today(), recorded_at=clock.now(), **words)
    moved.pk = key or moved.pk
    if (first := once(moved, dated="" if on else "on")) is not moved:
        return first
    there = Account.objects.filter(pk=account.pk)
    if kind.is_in:
        if not there.filter(held__lte=MOST - amount).update(held=F("held") + amount):
            raise Invalid(amount=f"More than {short_pounds(MOST)} cannot be held for one school")
    elif not there.filter(held__gte=amount).update(held=F("held") - amount):
        account.refresh_from_db(fields=["held"])
        raise Invalid(amount=f"Only {short_pounds(account.held)} is held for this school")
    audit.record(
        f"invoices.{kind.replace(' ', '_')}",
        row=account.pk,
        partnership=account.partnership_id,
        school=account.school_id,
        facts={"movement": moved.pk, "amount": amount},
        by=by,
    )
    return moved


def _check(amount: int, on: date, field: str) -> None:
    if amount < 1:
        raise Invalid(amount="Enter an amount")
    if on > clock.today():
        raise Invalid(**{field: "Enter today or an earlier day"})
