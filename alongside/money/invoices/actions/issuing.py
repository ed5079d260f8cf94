"""One run of invoices: numbers without gaps, each school once."""

from dataclasses import asdict, replace

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import listed
from alongside.ground.web.later import later
from alongside.ground.web.rows import lock
from alongside.ground.work.actions import jobs as work
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.money.invoices.actions.sending import mail_invoices
from alongside.money.invoices.models.invoices import FeeYear, Invoice, InvoiceLine, IssueRun, Series
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.papers import supplier_of
from alongside.money.invoices.rules.invoices import Facts, Line, Party, due_on, hash_of, reference
from alongside.money.invoices.rules.issuing import Ready
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

LONG_RUN = 20  # PDFs: a run of so many is shown as work in progress


@transaction.atomic
def issue_run(
    *,
    year: FeeYear,
    settings: IssuerSettings,
    ready: list[Ready],
    key: str,
    link: tuple[str, str] = ("", ""),
    cut: int = 0,
    by: Standing,
) -> IssueRun:
    """Give each of those schools its invoice with the next number, in one run; mail them, and typeset them afterwards.

    Who is asked for what is decided above. `key` is the run's id; `link` (words, address) is where whoever issued many
    looks afterwards, `cut` what the record of the deed says was taken off each.
    """
    partnership = year.partnership
    require(may_issue_invoices(by, partnership.pk))
    _check_schools(partnership, ready)
    series = Series.objects.get(partnership=partnership)
    lock(series)
    if Invoice.objects.filter(fee_year=year, school__in=[one.school for one in ready]).exists():
        raise Conflict("One of these schools has this year's invoice already, so nothing was issued. Load the page again.")
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
    invoices = [_invoice(run, series, number, one, _facts(start, series, number, one)) for number, one in enumerate(ready, first)]
    Invoice.objects.bulk_create(invoices, batch_size=200)
    lines = [_line(invoice, one.line) for invoice, one in zip(invoices, ready, strict=True)]
    InvoiceLine.objects.bulk_create(lines, batch_size=500)
    audit.record(
        "fees.issue",
        row=run.pk,
        partnership=partnership.pk,
        facts={
            "count": run.count,
            "first": run.first,
            "last": run.last,
            "year": year.number,
            "cut": cut,
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
        mail_invoices(partnership, [one for one in invoices if one.payer_email], settings, by)
    if settings.issuer != Issuer.HOST:
        later("invoices.typeset_invoices", run.pk, *_to_follow(run, link, by))
    return run


def _to_follow(run: IssueRun, link: tuple[str, str], by: Standing) -> list[str]:
    """Work in progress for whoever issued so many that making their PDFs takes a while."""
    if run.count < LONG_RUN or not (by.person or by.on_behalf_of):
        return []
    job = work.start_job(
        what=f"PDFs of {run.count} invoices, year {run.fee_year.number}",
        total=run.count,
        link=link[1],
        link_text=link[0],
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


def _check_schools(partnership: Partnership, ready: list[Ready]) -> None:
    """Whoever is asked belongs, or did: a school that left may still owe."""
    theirs = set(
        Membership.objects.filter(partnership=partnership).exclude(kind=Belonging.ASKED).values_list("school_id", flat=True)
    )
    if strangers := [one.name for one in ready if one.school not in theirs]:
        raise Conflict(f"{listed(strangers)}: not of this partnership, so nothing was issued.")
