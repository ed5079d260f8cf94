"""Asking schools for money: one claim, runs of numbers without gaps, each school once."""

from dataclasses import asdict

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import listed, plural
from alongside.ground.web.later import later
from alongside.ground.web.rows import lock
from alongside.ground.work.actions import jobs as work
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.money.invoices.actions.sending import mail_invoices
from alongside.money.invoices.models.invoices import Claim, Invoice, InvoiceLine, IssueRun, Series
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.queries.papers import supplier_of
from alongside.money.invoices.rules.invoices import Facts, Party, hash_of, reference
from alongside.money.invoices.rules.issuing import Ready
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings, missing_details

LONG_RUN = 20  # PDFs: a run of so many is shown as work in progress


@transaction.atomic
def open_claim(*, partnership: Partnership, kind: str, row: str, words: str, by: Standing) -> Claim:
    """Say what schools are asked for, before any of them is: `kind` is the room that asks, `row` the id of its row.

    Opened already, it stays as it is.
    """
    require(may_issue_invoices(by, partnership.pk))
    claim, is_new = Claim.objects.get_or_create(
        kind=kind, row=row, defaults={"partnership": partnership, "words": words, "asked_at": clock.now()}
    )
    if claim.partnership_id != partnership.pk:
        raise Conflict("This is asked for by another partnership.")
    if is_new:
        audit.record("invoices.open_claim", row=claim.pk, partnership=partnership.pk, facts={"kind": kind, "of": row}, by=by)
    return claim


def run_before(key: str, partnership: Partnership) -> IssueRun | None:
    """The run that the same press made before, if any; no other run gives out numbers until the transaction ends.

    Raises Conflict for a key that the page did not make, or made for something else.
    """
    if not keys.is_key(key):
        raise Conflict("This page was not loaded as we expected. Nothing was issued.")
    lock(Series.objects.get(partnership=partnership))
    done = IssueRun.objects.filter(pk=key).first()
    if done is not None and done.partnership_id != partnership.pk:
        raise Conflict("This page was not loaded as we expected. Nothing was issued.")
    return done


@transaction.atomic
def issue_run(*, claim: Claim, ready: list[Ready], key: str, link: tuple[str, str] = ("", ""), by: Standing) -> IssueRun:
    """Give each of those schools its invoice with the next number, in one run; mail them, and typeset them afterwards.

    Who is asked for what is decided above. `key` is the run's id, made by the client: the same key again is the same
    run. `link` (words, address) is where whoever issued many looks afterwards.
    """
    partnership = claim.partnership
    require(may_issue_invoices(by, partnership.pk))
    _check_schools(partnership, ready)
    settings = settings_of(partnership, IssuerSettings)
    if missing := missing_details(settings):
        raise Conflict(f"Nothing was issued: the set-up does not say {listed(missing)}.")
    if (done := run_before(key, partnership)) is not None:
        if done.claim_id != claim.pk:
            raise Conflict("This page was sent before for something else, and that was issued. Open the list to see it.")
        return done
    if Invoice.objects.filter(claim=claim, school__in=[one.school for one in ready]).exists():
        raise Conflict(f"One of these schools has its invoice already ({claim}), so nothing was issued. Load the page again.")
    series = Series.objects.get(partnership=partnership)
    first, last = series.last + 1, series.last + len(ready)
    Series.objects.filter(pk=series.pk).update(last=last)
    run = IssueRun.objects.create(
        pk=key, claim=claim, partnership=partnership, issued_on=clock.today(), count=len(ready), first=first, last=last
    )
    invoices = [_invoice(run, series, number, one, settings) for number, one in enumerate(ready, first)]
    Invoice.objects.bulk_create(invoices, batch_size=200)
    lines = [
        InvoiceLine(invoice=invoice, position=position, **asdict(line))
        for invoice, one in zip(invoices, ready, strict=True)
        for position, line in enumerate(one.lines, 1)
    ]
    InvoiceLine.objects.bulk_create(lines, batch_size=500)
    facts = {"claim": claim.pk, "count": run.count, "first": first, "last": last}
    audit.record("invoices.issue", row=run.pk, partnership=partnership.pk, facts=facts, by=by)
    audit.record_many(
        "invoices.invoice",
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
        what=f"PDFs of {plural(run.count, 'invoice')}: {run.claim}",
        total=run.count,
        link=link[1],
        link_text=link[0],
        partnership=run.partnership_id,
        by=by,
    )
    return [job.pk]


def _invoice(run: IssueRun, series: Series, number: int, one: Ready, settings: IssuerSettings) -> Invoice:
    facts = Facts(
        reference(series.prefix, number),
        settings.issuer,
        run.issued_on,
        one.due_on,
        supplier_of(settings),
        one.payer,
        Party(one.name, f"URN {one.urn}"),
        one.purchase_order,
        one.lines,
    )
    return Invoice(
        partnership_id=run.partnership_id,
        claim_id=run.claim_id,
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


def _check_schools(partnership: Partnership, ready: list[Ready]) -> None:
    """Whoever is asked belongs, or did: a school that left may still owe."""
    theirs = set(
        Membership.objects.filter(partnership=partnership).exclude(kind=Belonging.ASKED).values_list("school_id", flat=True)
    )
    if strangers := [one.name for one in ready if one.school not in theirs]:
        raise Conflict(f"{listed(strangers)}: not of this partnership, so nothing was issued.")
