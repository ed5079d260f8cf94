"""The money leaves for other people's books; what finance says about VAT comes in."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.db import transaction

from alongside.ground.audit import actions as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.fees.models import InvoiceLine
from alongside.money.fees.permissions import may_issue_invoices
from alongside.money.fees.queries.ledger import books_of, happened_in, sold_lines
from alongside.money.fees.rules import SAGE_HEADINGS, XERO_HEADINGS, FeeSettings, VatCode, double_entry, sage_rows, xero_rows


@transaction.atomic
def export_xero(*, partnership: Partnership, account: str = "200", by: Standing) -> str:
    """Every line sold or credited, as Xero's sales invoice import takes it."""
    require(may_issue_invoices(by, partnership.pk))
    rows = xero_rows(sold_lines(partnership, viewer=by), account)
    _record(partnership, "xero", len(rows), by)
    return _csv(XERO_HEADINGS, rows)


@transaction.atomic
def export_sage(*, partnership: Partnership, sales: str = "4000", bank: str = "1200", by: Standing) -> str:
    """Every line sold or credited and all money in and out, as Sage 50's audit trail import takes it."""
    require(may_issue_invoices(by, partnership.pk))
    books = books_of(partnership, viewer=by)
    rows = sage_rows(sold_lines(partnership, viewer=by), happened_in(partnership, viewer=by), books.urns, sales, bank)
    _record(partnership, "sage", len(rows), by)
    return _csv(SAGE_HEADINGS, rows)


@transaction.atomic
def export_double_entry(*, partnership: Partnership, by: Standing) -> str:
    """Every movement with its two sides, and what each account comes to, for an independent checker (Beancount)."""
    require(may_issue_invoices(by, partnership.pk))
    settings, books = settings_of(partnership, FeeSettings), books_of(partnership, viewer=by)
    happened = happened_in(partnership, viewer=by)
    _record(partnership, "double entry", len(happened), by)
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
        raise Invalid(words="Enter who said so, and when")
    asking = InvoiceLine.objects.filter(invoice__partnership=partnership, vat_code=VatCode.ASK_FINANCE, later_vat_code="")
    settled = asking.update(later_vat_code=code, later_vat_at=clock.now(), later_vat_words=words.strip())
    audit.record(
        "fees.settle_vat", row=partnership.pk, partnership=partnership.pk, facts={"code": str(code), "lines": settled}, by=by
    )
    return settled


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()


def _record(partnership: Partnership, form: str, rows: int, by: Standing) -> None:
    audit.record("fees.export", row=partnership.pk, partnership=partnership.pk, facts={"form": form, "rows": rows}, by=by)
