"""Asking schools for money: a claim, runs of numbers without gaps, each school once; the letters before the numbers."""

import re
from dataclasses import asdict

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import listed, plural
from alongside.ground.documents.actions import pdf_of, take_numbers
from alongside.ground.documents.rules import reference
from alongside.ground.web.later import later, one_by_one
from alongside.ground.web.models import lock, says_the_same, unless_taken
from alongside.ground.work.actions import jobs as work
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.money.invoices.actions.sending import mail_invoices
from alongside.money.invoices.models.invoices import STANDS, Claim, Invoice, InvoiceLine, IssueRun, Series
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.rules.invoices import Facts, Party, Ready
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
        return says_the_same(done, claim_id=claim.pk)
    if Invoice.objects.filter(STANDS, claim=claim, school__in=[one.school for one in ready]).exists():
        raise Conflict(f"One of these schools has its invoice already ({claim}), so nothing was issued. Load the page again.")
    series = Series.objects.get(partnership=partnership)
    numbers = take_numbers(series, count=len(ready))
    said = {"issued_on": clock.today(), "count": len(ready), "first": numbers.start, "last": numbers.stop - 1}
    run = IssueRun.objects.create(pk=key, claim=claim, partnership=partnership, **said)
    invoices = [_invoice(run, series, number, one, settings) for number, one in zip(numbers, ready, strict=True)]
    Invoice.objects.bulk_create(invoices, batch_size=200)
    lines = [
        InvoiceLine(invoice=invoice, position=position, **asdict(line))
        for invoice, one in zip(invoices, ready, strict=True)
        for position, line in enumerate(one.lines, 1)
    ]
    InvoiceLine.objects.bulk_create(lines, batch_size=500)
    facts = {"claim": claim.pk, "count": run.count, "first": run.first, "last": run.last}
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
        mail_invoices([one for one in invoices if one.payer_email], settings, by)
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
        reference=reference(series.prefix, number),
        issuer=settings.issuer,
        issued_on=run.issued_on,
        due_on=one.due_on,
        supplier=settings.supplier,
        payer=one.payer,
        school=Party(one.name, f"URN {one.urn}"),
        purchase_order=one.purchase_order,
        lines=one.lines,
    )
    return Invoice.saying(
        facts, partnership=run.partnership, claim=run.claim, run=run, school_id=one.school, series=series, number=number,
        school_urn=one.urn, due_on=one.due_on, payer_email=one.email,
    )  # fmt: skip


def _check_schools(partnership: Partnership, ready: list[Ready]) -> None:
    """Whoever is asked belongs, or did: a school that left may still owe."""
    theirs = set(
        Membership.objects.filter(partnership=partnership).exclude(kind=Belonging.ASKED).values_list("school_id", flat=True)
    )
    if strangers := [one.name for one in ready if one.school not in theirs]:
        raise Conflict(f"{listed(strangers)}: not of this partnership, so nothing was issued.")


def typeset_run(*, run_id: str, job: str = "", by: Standing) -> int:
    """Typeset every invoice of a run, each in its own transaction, so that a stop loses nothing; gives how many.

    `job` is the work in progress that whoever issued the run follows.
    """
    run = IssueRun.objects.get(pk=run_id)
    require(may_issue_invoices(by, run.partnership_id))

    def typeset(invoice: Invoice) -> None:
        with transaction.atomic():
            pdf_of(paper=invoice, by=by)
        if job:
            work.advance(job=job, by=by)

    one_by_one(Invoice.objects.visible_to(by).filter(run=run).order_by("number").iterator(chunk_size=200), typeset)
    if job:
        work.finish(job=job, by=by)
    return run.count


def choose_series(partnership: Partnership, prefix: str, issued: bool) -> None:
    """Choose the letters before the numbers; they stay once an invoice has gone out. Raises Invalid with what to do."""
    prefix = prefix.strip().upper()
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", prefix):
        raise Invalid(series="Enter two to eight letters or figures, beginning with a letter, like ELP")
    there = Series.objects.filter(partnership=partnership).first()
    if there is not None and there.prefix == prefix:
        return
    if there is not None and issued:
        raise Invalid(
            series=f"Invoices have gone out as {there.prefix}: the series stays, so that its numbers run on without a gap"
        )
    with unless_taken(series=f"Another partnership here numbers its invoices {prefix}: choose other letters"):
        if there is None:
            Series.objects.create(partnership=partnership, prefix=prefix)
        else:
            Series.objects.filter(pk=there.pk, last=0).update(prefix=prefix)
