"""The invoice and the credit note as PDFs: typeset once from frozen rows, kept, and checked whenever they are served."""

from django.db import transaction

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.documents.actions import keep
from alongside.ground.documents.queries import kept
from alongside.ground.documents.typesetting import typeset
from alongside.ground.work.actions import jobs as work
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Invoice, IssueRun
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.rules.corrections import hash_of_credit
from alongside.money.invoices.rules.invoices import hash_of
from alongside.money.invoices.rules.papers import paper
from alongside.money.invoices.rules.slips import credit_paper

KIND, CREDIT_KIND = "invoices.invoice", "invoices.credit_note"


class Tampered(Exception):
    """The rows of an issued invoice or credit note no longer say what was issued."""


@transaction.atomic
def invoice_pdf(*, invoice: Invoice, by: Standing) -> bytes:
    """The invoice's PDF, made now if it is not there yet. Raises Tampered when its rows are not what was issued."""
    facts = invoice.facts()
    if hash_of(facts) != invoice.facts_hash or facts.total != invoice.total:
        raise Tampered(f"{invoice.reference} no longer says what was issued")
    there = kept(KIND, invoice.pk)
    if there is not None:
        return there[0]
    pdf = typeset("invoices/invoice", paper(facts), dated=invoice.issued_on)
    keep(kind=KIND, row=invoice.pk, pdf=pdf, partnership=invoice.partnership_id, by=Standing.system(by.person or by.on_behalf_of))
    return pdf


@transaction.atomic
def credit_note_pdf(*, note: CreditNote, by: Standing) -> bytes:
    """The credit note's PDF, made now if it is not there yet. Raises Tampered when its rows are not what was issued."""
    facts = note.facts()
    if hash_of_credit(facts) != note.facts_hash or facts.total != note.total:
        raise Tampered(f"{note.reference} no longer says what was issued")
    there = kept(CREDIT_KIND, note.pk)
    if there is not None:
        return there[0]
    pdf = typeset("invoices/credit_note", credit_paper(facts), dated=note.issued_on)
    keep(
        kind=CREDIT_KIND, row=note.pk, pdf=pdf, partnership=note.partnership_id, by=Standing.system(by.person or by.on_behalf_of)
    )
    return pdf


def typeset_run(*, run_id: str, job: str = "", by: Standing) -> int:
    """Typeset every invoice of a run, each in its own transaction, so that a stop loses nothing; gives how many.

    `job` is the work in progress that whoever issued the run follows.
    """
    run = IssueRun.objects.get(pk=run_id)
    require(may_issue_invoices(by, run.partnership_id))
    invoices = Invoice.objects.visible_to(by).filter(run=run).order_by("number")
    for invoice in invoices.iterator(chunk_size=200):
        with transaction.atomic():
            invoice_pdf(invoice=invoice, by=by)
        if job:
            work.advance(job=job, by=by)
    if job:
        work.finish(job=job, by=by)
    return run.count
