"""The money leaves for other people's books; what hosts and finance say about it comes in."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.bank.rules.reading import BadLines
from alongside.money.books.queries import books_of, known_charges, lines_asking, schedule_of, sold_lines
from alongside.money.books.rules.exports import SAGE_HEADINGS, WHO_SAID_SO, XERO_HEADINGS, double_entry, sage_rows, xero_rows
from alongside.money.books.rules.schedule import HostEntry, read_schedule
from alongside.money.invoices.actions.payments import record_payment
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.ledger import happened_in
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.settings import IssuerSettings


@transaction.atomic
def export_xero(*, partnership: Partnership, account: str = "200", by: Standing) -> str:
    """Every line sold or credited, as Xero's sales invoice import takes it."""
    require(may_issue_invoices(by, partnership.pk))
    rows = xero_rows(sold_lines(partnership, viewer=by), account)
    _record("books.export", partnership, by, form="xero", rows=len(rows))
    return _csv(XERO_HEADINGS, rows)


@transaction.atomic
def export_sage(*, partnership: Partnership, sales: str = "4000", bank: str = "1200", by: Standing) -> str:
    """Every line sold or credited and all money in and out, as Sage 50's audit trail import takes it."""
    require(may_issue_invoices(by, partnership.pk))
    books = books_of(partnership, viewer=by)
    rows = sage_rows(sold_lines(partnership, viewer=by), happened_in(partnership, viewer=by), books.urns, sales, bank)
    _record("books.export", partnership, by, form="sage", rows=len(rows))
    return _csv(SAGE_HEADINGS, rows)


@transaction.atomic
def export_double_entry(*, partnership: Partnership, by: Standing) -> str:
    """Every movement with its two sides, and what each account comes to, for an independent checker (Beancount)."""
    require(may_issue_invoices(by, partnership.pk))
    settings, books = settings_of(partnership, IssuerSettings), books_of(partnership, viewer=by)
    happened = happened_in(partnership, viewer=by)
    _record("books.export", partnership, by, form="double entry", rows=len(happened))
    return double_entry(partnership.name, happened, settings.issuer, books.owed, books.held, clock.today())


@transaction.atomic
def settle_vat_code(*, partnership: Partnership, code: str, words: str, by: Standing) -> int:
    """Note what finance says about the VAT of every line that still asks; gives how many. What was issued stays as it is.

    Raises Invalid for the standard rate: no VAT was charged on these lines, so they would have to be credited and
    issued anew.
    """
    require(may_issue_invoices(by, partnership.pk))
    if code not in {VatCode.OUTSIDE, VatCode.EXEMPT, VatCode.ZERO}:
        raise Invalid(
            code="These lines were issued without VAT. If VAT is due on them, ask finance whether the fee includes it: "
            "a credit note takes back what was wrong"
        )
    if not words.strip():
        raise Invalid(words=WHO_SAID_SO)
    asking = lines_asking(partnership, viewer=by)
    settled = asking.update(later_vat_code=code, later_vat_at=clock.now(), later_vat_words=words.strip())
    _record("books.settle_vat", partnership, by, code=str(code), lines=settled)
    return settled


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()  # each cell has been through the one escaper already, with days as Xero and Sage write them
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()


def _record(act: str, partnership: Partnership, by: Standing, **facts: object) -> None:
    audit.record(act, row=partnership.pk, partnership=partnership.pk, facts=facts, by=by)


@dataclass(frozen=True)
class ScheduleTaken:
    """What came of a host's file: how many numbers and payments were recorded, and how many pence."""

    numbers: int
    payments: int
    pence: int


@transaction.atomic
def export_schedule(*, partnership: Partnership, by: Standing) -> list[Any]:
    """Every charge for a finance system, as the rows of the schedule."""
    require(may_issue_invoices(by, partnership.pk))
    rows = schedule_of(partnership, viewer=by)
    _record("books.export", partnership, by, form="schedule", rows=len(rows))
    return rows


@transaction.atomic
def import_schedule(*, partnership: Partnership, text: str, by: Standing) -> ScheduleTaken:
    """Take in the host's numbers and payments: the whole file. Raises BadLines with any wrong line: then nothing is taken."""
    require(may_issue_invoices(by, partnership.pk))
    charges = {one.reference: one for one in Invoice.objects.filter(partnership=partnership)}
    known = known_charges(partnership, viewer=by)
    entries, bad = read_schedule(text, known, clock.today())
    if bad:
        raise BadLines(bad)
    try:
        with transaction.atomic():
            for entry in entries:
                _take(charges[entry.reference], entry, by)
    except Invalid as problem:  # a payment was recorded by hand while the file was being read
        raise Conflict(f"Somebody recorded a payment meanwhile, so nothing of this file was taken. {problem}") from None
    paid = [entry.paid for entry in entries if entry.paid]
    _record("books.import", partnership, by, rows=len(entries), payments=len(paid))
    numbers = sum(1 for entry in entries if entry.host_number and entry.host_number != known[entry.reference].host_number)
    return ScheduleTaken(numbers, len(paid), sum(paid))


def _take(charge: Invoice, entry: HostEntry, by: Standing) -> None:
    if entry.host_number and entry.host_number != charge.host_number:
        Invoice.objects.filter(pk=charge.pk).update(host_number=entry.host_number)
    if entry.paid and entry.paid_on:
        key, reference = keys.new_key(), entry.payment_reference or entry.host_number
        record_payment(
            invoice=charge,
            key=key,
            amount=entry.paid,
            paid_on=entry.paid_on,
            method="other",
            reference=reference,
            again=True,
            by=by,  # the file tells what came in altogether
        )
