"""The issue run: numbers without gaps, once a school a year."""

from dataclasses import asdict, replace

from django.conf import settings as installation
from django.db import transaction
from django.urls import reverse

from alongside.ground.audit import actions as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.money import pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import long_date, plural
from alongside.ground.web.later import later
from alongside.ground.web.rows import lock
from alongside.ground.work import actions as work
from alongside.members.notices import actions as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.fees.actions.dating import date_years
from alongside.money.fees.actions.opening import new_code
from alongside.money.fees.models import FeeYear, Invoice, InvoiceLine, IssueRun, OpeningCode, Series
from alongside.money.fees.permissions import may_charge, may_issue_invoices
from alongside.money.fees.queries import schools_due, supplier_of
from alongside.money.fees.queries.terms import Terms, terms_of
from alongside.money.fees.rules import (
    Facts,
    FeeSettings,
    Issuer,
    Line,
    Party,
    Ready,
    due_on,
    hash_of,
    missing_details,
    reference,
)

LONG_RUN = 20  # PDFs: a run of so many is shown as work in progress


@transaction.atomic
def issue_invoices(
    *,
    partnership: Partnership,
    key: str,
    number: int | None = None,
    expected: int | None = None,
    at_maximum: bool = False,
    by: Standing,
) -> IssueRun | None:
    """Issue the fee of a year (the latest) to every school that it is due from; gives the run, or nothing if none is due.

    `key` is made by the client: the same key again is the same run. `expected` is how many the preview showed;
    Conflict when it is another number by now, or when details are missing. A later year is issued when a decision on
    its reduction stands, or when whoever presses says that it goes out `at_maximum`.
    """
    require(may_issue_invoices(by, partnership.pk))
    if not keys.is_key(key):
        raise Conflict("This page was not loaded as we expected. Nothing was issued.")
    settings = settings_of(partnership, FeeSettings)
    missing = missing_details(settings)
    years = tuple(FeeYear.objects.select_related("partnership").filter(partnership=partnership).order_by("number"))
    year = next((one for one in reversed(years) if number in (None, one.number)), None)
    if missing or year is None:
        raise Conflict("Nothing was issued: the set-up of fees is not complete.")
    series = Series.objects.get(partnership=partnership)
    lock(series)  # one run at a time gives out numbers; it goes on, or is undone, together with its invoices
    done = IssueRun.objects.filter(pk=key).first()
    if done is not None:
        return _the_same(done, partnership)
    year.refresh_from_db(fields=["amount", "support_words", "payment_days"])
    terms = terms_of(partnership, year, years, settings, viewer=by)
    if year.number > 1 and terms.reduction is None and not at_maximum:
        raise Conflict(
            f"Nothing was issued: no decision on the reduction of the year {year.number} fee is written down. Enter the board's "
            "decision with its minute, or say that the invoices go out at the maximum."
        )
    ready, _ = schools_due(terms, clock.today())
    if expected is not None and expected != len(ready):
        raise Conflict(
            f"You saw {plural(expected, 'school')}; {plural(len(ready), 'school is', 'schools are')} due an invoice by now. "
            "Nothing was issued."
        )
    if not ready:
        return None
    return _issue(terms, series, ready, key, by)


def _the_same(run: IssueRun, partnership: Partnership) -> IssueRun:
    if run.partnership_id != partnership.pk:
        raise Conflict("This page was not loaded as we expected. Nothing was issued.")
    return run


def _issue(terms: Terms, series: Series, ready: list[Ready], key: str, by: Standing) -> IssueRun:
    partnership, year, settings = terms.partnership, terms.year, terms.settings
    today, first = clock.today(), series.last + 1
    Series.objects.filter(pk=series.pk).update(last=series.last + len(ready))
    run = IssueRun.objects.create(
        pk=key,
        fee_year=year,
        partnership=partnership,
        issued_on=today,
        count=len(ready),
        first=first,
        last=first + len(ready) - 1,
    )
    start = Facts(
        "", settings.issuer, today, due_on(today, year.payment_days), supplier_of(settings), Party(""), Party(""), "", ()
    )
    for one in ready:  # a member is charged its yearly fee and nothing else, here as everywhere
        require(may_charge(one.line.net, is_member=True, is_annual_fee=one.line.net <= year.amount))
    invoices = [_invoice(run, series, number, one, _facts(start, series, number, one)) for number, one in enumerate(ready, first)]
    Invoice.objects.bulk_create(invoices, batch_size=200)
    lines = [_line(invoice, one.line) for invoice, one in zip(invoices, ready, strict=True)]
    InvoiceLine.objects.bulk_create(lines, batch_size=500)
    date_years(partnership, by)
    audit.record(
        "fees.issue",
        row=run.pk,
        partnership=partnership.pk,
        facts={
            "count": run.count,
            "first": run.first,
            "last": run.last,
            "year": year.number,
            "cut": terms.reduction.each if terms.reduction else 0,
        },
        by=by,
    )
    audit.record_many(
        "fees.invoice",
        [
            {"row": one.pk, "school": one.school_id, "facts": {"number": one.reference, "hash": one.facts_hash}}
            for one in invoices
        ],
        partnership=partnership.pk,
        by=by,
    )
    if settings.issuer == Issuer.PARTNERSHIP:
        _post(partnership, [one for one in invoices if one.payer_email], settings, by)
    if settings.issuer != Issuer.HOST:
        later("fees.typeset_invoices", run.pk, *_to_follow(run, by))
    return run


def _to_follow(run: IssueRun, by: Standing) -> list[str]:
    """Work in progress for whoever issued so many that making their PDFs takes a while."""
    if run.count < LONG_RUN or not (by.person or by.on_behalf_of):
        return []
    job = work.start_job(
        what=f"PDFs of {run.count} invoices, year {run.fee_year.number}",
        total=run.count,
        link=reverse("fees:overview", args=[run.partnership.slug]),
        link_text="Who owes what",
        partnership=run.partnership_id,
        by=by,
    )
    return [job.pk]


def _facts(start: Facts, series: Series, number: int, one: Ready) -> Facts:
    return replace(
        start,
        reference=reference(series.prefix, number),
        payer=one.payer,
        school=Party(one.name, f"URN {one.urn}"),
        purchase_order=one.purchase_order,
        lines=(one.line,),
    )


def _invoice(run: IssueRun, series: Series, number: int, one: Ready, facts: Facts) -> Invoice:
    return Invoice(
        partnership_id=run.partnership_id,
        fee_year_id=run.fee_year_id,
        run=run,
        school_id=one.school,
        series=series,
        number=number,
        reference=facts.reference,
        issuer=facts.issuer,
        issued_on=facts.issued_on,
        due_on=facts.due_on,
        supplier=asdict(facts.supplier),
        payer_name=one.payer.name,
        payer_address=one.payer.more,
        school_name=one.name,
        school_urn=one.urn,
        purchase_order=one.purchase_order,
        total=facts.total,
        facts_hash=hash_of(facts),
        issued_at=clock.now(),
        payer_email=one.email,
    )


def _line(invoice: Invoice, line: Line) -> InvoiceLine:
    return InvoiceLine(invoice=invoice, position=1, words=line.words, net=line.net, vat_code=line.vat_code, vat=line.vat)


def _post(partnership: Partnership, invoices: list[Invoice], settings: FeeSettings, by: Standing) -> None:
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
        link = installation.ADDRESS + reverse("fees:follow_link", args=[one.reference, code.key])
        page = installation.ADDRESS + reverse("fees:open_invoice")
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
            template="fees/issued.txt",
            to=one.payer_email,
            words=words,
            partnership=partnership,
            school=one.school,
            secret={"link": link, "code": code.shown},
            by=by,
        )


@transaction.atomic
def send_invoice(*, invoice: Invoice, to: str, by: Standing) -> None:
    """Send an issued invoice (again), with a new code; the earlier code stops working. Raises Invalid without an address."""
    require(may_issue_invoices(by, invoice.partnership_id))
    if invoice.issuer != Issuer.PARTNERSHIP:
        raise Conflict("Only invoices that the partnership itself issues are sent from here.")
    if not to:
        raise Invalid(to="Enter the e-mail address that the invoice should go to")
    Invoice.objects.filter(pk=invoice.pk).update(payer_email=to)
    invoice.payer_email = to
    _post(invoice.partnership, [invoice], settings_of(invoice.partnership, FeeSettings), by)
    audit.record("fees.send", row=invoice.pk, partnership=invoice.partnership_id, school=invoice.school_id, by=by)
