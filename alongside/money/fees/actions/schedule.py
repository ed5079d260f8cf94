"""The schedule that a host takes into its own books, and what the host sends back."""

import csv
import io
from dataclasses import dataclass, field

from django.db import transaction

from alongside.ground.audit import actions as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.members.partnerships.models import Partnership
from alongside.money.fees.actions.payments import record_payment
from alongside.money.fees.models import Invoice
from alongside.money.fees.permissions import may_issue_invoices
from alongside.money.fees.queries import schedule_of
from alongside.money.fees.rules import HEADINGS, BadLine, Entry, Issuer, Known, read_schedule, safe_cell


@dataclass(frozen=True)
class Taken:
    """What came of a host's file: how many numbers and payments were recorded, or what is wrong (then nothing was)."""

    numbers: int = 0
    payments: int = 0
    pence: int = 0
    bad: list[BadLine] = field(default_factory=list)


@transaction.atomic
def export_schedule(*, partnership: Partnership, by: Standing) -> str:
    """Every charge as CSV for a finance system; cells that a spreadsheet would run as a formula are made text."""
    require(may_issue_invoices(by, partnership.pk))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    rows = schedule_of(partnership, viewer=by)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    audit.record("fees.export", row=partnership.pk, partnership=partnership.pk, facts={"rows": len(rows)}, by=by)
    return out.getvalue()


@transaction.atomic
def import_schedule(*, partnership: Partnership, text: str, by: Standing) -> Taken:
    """Take in the host's numbers and payments: the whole file, or, with any wrong line, none of it."""
    require(may_issue_invoices(by, partnership.pk))
    charges = {one.reference: one for one in Invoice.objects.filter(partnership=partnership)}
    known = {ref: Known(one.total, one.paid, one.host_number) for ref, one in charges.items()}
    entries, bad = read_schedule(text, known, clock.today())
    if bad:
        return Taken(bad=bad)
    try:
        with transaction.atomic():
            for entry in entries:
                _take(charges[entry.reference], entry, by)
    except Invalid as problem:  # a payment was recorded by hand while the file was being read
        raise Conflict(f"Somebody recorded a payment meanwhile, so nothing of this file was taken. {problem}") from None
    paid = [entry.paid for entry in entries if entry.paid]
    audit.record(
        "fees.import", row=partnership.pk, partnership=partnership.pk, facts={"rows": len(entries), "payments": len(paid)}, by=by
    )
    numbers = sum(1 for entry in entries if entry.host_number and entry.host_number != known[entry.reference].host_number)
    return Taken(numbers, len(paid), sum(paid))


def _take(charge: Invoice, entry: Entry, by: Standing) -> None:
    if entry.host_number and entry.host_number != charge.host_number:
        Invoice.objects.filter(pk=charge.pk).update(host_number=entry.host_number)
    if entry.paid and entry.paid_on:
        record_payment(
            invoice=charge,
            key=keys.new_key(),
            amount=entry.paid,
            paid_on=entry.paid_on,
            method="other",
            reference=entry.payment_reference or entry.host_number,
            by=by,
        )


@transaction.atomic
def record_host_number(*, invoice: Invoice, number: str, by: Standing) -> None:
    """Write down the number under which the host has invoiced a charge."""
    require(may_issue_invoices(by, invoice.partnership_id))
    if invoice.issuer != Issuer.HOST:
        raise Conflict("Only a charge that a host invoices has a number of the host's.")
    if not number.strip() or len(number.strip()) > 40:
        raise Invalid(host_number="Enter the host's number, at most 40 characters")
    Invoice.objects.filter(pk=invoice.pk).update(host_number=number.strip())
    audit.record("fees.host_number", row=invoice.pk, partnership=invoice.partnership_id, school=invoice.school_id, by=by)
