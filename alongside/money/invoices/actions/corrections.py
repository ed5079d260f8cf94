"""Credit notes, write-offs and waivers. An issued invoice itself stays as it is."""

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.shown import UNSEEN, WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.documents.actions import take_numbers, typeset_later
from alongside.ground.documents.rules import reference
from alongside.ground.web.models import already, lock, once, says_the_same
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind, Minute, why_not_under
from alongside.members.partnerships.queries import settings_of
from alongside.money.invoices.actions.held import account_of, record_movement
from alongside.money.invoices.actions.payments import record_about
from alongside.money.invoices.actions.sending import write_about
from alongside.money.invoices.models.corrections import CreditLine, CreditNote, LetOffDebt
from alongside.money.invoices.models.invoices import Invoice, Series
from alongside.money.invoices.permissions import may_correct_invoice
from alongside.money.invoices.queries.papers import last_credit
from alongside.money.invoices.rules.corrections import (
    CREDIT_LETTER,
    RECOVERED,
    CreditDraft,
    CreditFacts,
    LetOff,
    LineLeft,
    Moved,
    credit_lines,
    credit_problem,
    freed_by,
    shown_credit,
)
from alongside.money.invoices.rules.invoices import Line, Party, Supplier
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings

CHANGED = "This page was not loaded as we expected. Nothing was recorded."


@transaction.atomic
def issue_credit_note(
    *,
    invoice: Invoice,
    key: str,
    amount: int,
    reason: str,
    decision: Authority | None = None,
    host_number: str = "",
    seen: WasSeen,
    shown: WasSeen,
    by: Standing,
) -> CreditNote:
    """Take so many pence off an invoice by a credit note with the next number, once: the same key is the same note.

    `seen` is the latest credit note of the invoice that whoever presses was shown, by its id ("" for none): where there is a
    later one, it is refused with what was credited meanwhile. `shown` is the draft that was looked at.
    What was paid beyond the rest is freed and held for the school. A host's credit needs the host's number, and
    nothing is typeset or sent; a trust's is a reversing journal. Raises Invalid with what to do.
    """
    require(may_correct_invoice(by, invoice.partnership_id))
    if not keys.is_key(key):
        raise Conflict(CHANGED)
    series = Series.objects.get(pk=invoice.series_id)
    lock(series)  # one deed at a time gives out a number, and it is undone together with its credit note
    done = CreditNote.objects.filter(pk=key).first()
    if done is not None:
        said = {"reason": reason.strip(), "decision": decision, "host_number": host_number.strip()}
        return says_the_same(done, invoice_id=invoice.pk, total=amount, **said)
    lock(invoice)
    if seen is not UNSEEN and (last := last_credit(invoice, viewer=by)) and last.key != seen:
        raise Invalid(again=f"{last.words(clock.now())}. Nothing more was credited. Look at it, and say so if you mean another")
    draft = draft_credit_note(
        invoice=invoice, amount=amount, reason=reason, decision=decision, host_number=host_number, by=by
    )  # what it would be is checked as it was shown
    shown_credit(draft, amount, invoice.shown_payer).agree(shown, "Nothing was credited.")
    settled = invoice.credited + invoice.written_off + invoice.waived
    note = _issue(invoice, series, key, amount, reason, decision, host_number)
    freed = freed_by(invoice.total, settled + invoice.paid, invoice.paid, amount)
    Invoice.objects.filter(pk=invoice.pk).update(credited=F("credited") + amount, paid=F("paid") - freed)
    invoice.refresh_from_db(fields=["credited", "paid"])
    if freed:
        account = account_of(invoice.partnership_id, invoice.school_id)
        record_movement(account, Moved.FREED, freed, note.issued_on, by, credit_note=note, reference=note.reference)
    audit.record(
        "invoices.credit",
        row=note.pk,
        partnership=note.partnership_id,
        school=note.school_id,
        facts={"number": note.reference, "invoice": invoice.reference, "amount": amount, "hash": note.facts_hash},
        by=by,
    )
    if invoice.issuer == Issuer.PARTNERSHIP:
        _send(note, invoice, freed, by)
    if invoice.issuer != Issuer.HOST:
        typeset_later(note)
    return note


@transaction.atomic
def draft_credit_note(
    *, invoice: Invoice, amount: int, reason: str, decision: Authority | None = None, host_number: str = "", by: Standing
) -> CreditDraft:
    """What a credit note would take off, and what would be left: nothing is issued. Raises Invalid with what to do."""
    require(may_correct_invoice(by, invoice.partnership_id))
    settled = invoice.credited + invoice.written_off + invoice.waived
    problems = credit_problem(amount, invoice.total - settled, reason)
    if invoice.issuer == Issuer.HOST and not host_number.strip():
        problems["host_number"] = "Enter the host's number of its credit note: the host issues it, not the partnership"
    if problems:
        raise Invalid(**problems)
    if decision is not None:
        _check_decision(invoice, decision, (DecisionKind.CREDIT, DecisionKind.REDUCTION), amount)
    freed = freed_by(invoice.total, settled + invoice.paid, invoice.paid, amount)
    lines = [Line(one.words, net, one.vat_code, vat) for one, net, vat in credit_lines(_lines_left(invoice), amount)]
    return CreditDraft(tuple(lines), invoice.owed + freed - amount, freed)


def _check_decision(invoice: Invoice, decision: Authority | None, kinds: tuple[DecisionKind, ...], amount: int) -> None:
    """Raises Invalid where a decision is missing, or is about something else, somebody else or less than this."""
    if decision is None:
        raise Invalid(decision="Choose the decision on which it rests. Without one nothing is written off or waived")
    if decision.partnership_id != invoice.partnership_id:
        raise Conflict("This decision belongs to another partnership.")
    lock(decision)  # so that two deeds at once do not both use what is left of it
    used = sum(
        rows.aggregate(one=Coalesce(Sum(column), 0))["one"]
        for rows, column in ((decision.let_off.exclude(kind=RECOVERED), "amount"), (decision.credit_notes, "total"))
    )
    why = why_not_under(
        DecisionKind(decision.kind),
        kinds,
        is_replaced=Authority.objects.filter(supersedes=decision).exists(),
        is_of_other_school=decision.school_id not in (None, invoice.school_id),
        left=None if decision.amount is None or decision.kind == DecisionKind.REDUCTION else decision.amount - used,
        amount=amount,
    )
    if why:
        raise Invalid(decision=why)


def _issue(
    invoice: Invoice, series: Series, key: str, amount: int, reason: str, decision: Authority | None, host_number: str
) -> CreditNote:
    (number,) = take_numbers(series, "last_credit")
    shared = credit_lines(_lines_left(invoice), amount)
    facts = CreditFacts(
        reference=reference(f"{series.prefix}-{CREDIT_LETTER}", number),
        issuer=invoice.issuer,
        issued_on=clock.today(),
        invoice=invoice.reference,
        invoice_on=invoice.issued_on,
        supplier=Supplier(**invoice.supplier),
        payer=Party(invoice.later_payer or invoice.payer_name, invoice.later_payer_address or invoice.payer_address),
        school=Party(invoice.school_name, f"URN {invoice.school_urn}"),
        purchase_order=invoice.later_order or invoice.purchase_order,
        reason=reason.strip(),
        authority=Minute(decision.body, decision.decided_on, decision.reference) if decision else None,
        host_number=host_number.strip(),
        lines=tuple(Line(one.words, net, one.vat_code, vat) for one, net, vat in shared),
    )
    note = CreditNote.saying(
        facts, pk=key, partnership_id=invoice.partnership_id, invoice=invoice, school_id=invoice.school_id, series=series,
        number=number, school_urn=invoice.school_urn, reason=facts.reason, decision=decision, host_number=facts.host_number,
    )  # fmt: skip
    note.save(force_insert=True)
    CreditLine.objects.bulk_create(
        [CreditLine(credit_note=note, line_id=one.key, net=net, vat_code=one.vat_code, vat=vat) for one, net, vat in shared]
    )
    return note


def _lines_left(invoice: Invoice) -> list[LineLeft]:
    found = invoice.lines.order_by("position").annotate(net_off=Sum("credits__net"), vat_off=Sum("credits__vat"))
    rows = found.values_list("pk", "words", "vat_code", "net", "vat", "net_off", "vat_off")
    left = [
        LineLeft(key, words, code, net - (net_off or 0), vat - (vat_off or 0))
        for key, words, code, net, vat, net_off, vat_off in rows
    ]
    return [one for one in left if one.gross]


def _send(note: CreditNote, invoice: Invoice, freed: int, by: Standing) -> None:
    if not invoice.payer_email:
        return
    note.sent_at = clock.now()
    note.save(update_fields=["sent_at"])
    write_about(
        invoice,
        "invoices/credited.txt",
        settings_of(invoice.partnership, IssuerSettings),
        by,
        credit=note.reference,
        credited=pounds(note.total),
        reason=note.reason,
        freed=short_pounds(freed) if freed else "",
    )


@transaction.atomic
def let_off_debt(
    *,
    invoice: Invoice,
    key: str,
    kind: str,
    amount: int,
    reason: str,
    decision: Authority | None = None,
    by: Standing,
) -> LetOffDebt:
    """Write off or waive so many pence of what is owed on an invoice, once, by somebody's decision.

    Raises Invalid without its authority, without a reason, or for more than is owed; Conflict when other things were sent
    with this key.
    """
    require(may_correct_invoice(by, invoice.partnership_id))
    row = LetOffDebt(pk=key, invoice=invoice, kind=kind, amount=amount, reason=reason.strip(), decision=decision)
    row.on, row.recorded_at = clock.today(), clock.now()
    lock(invoice)  # of the same press twice at once the second waits here, and then finds what the first has stored
    if (first := already(row, dated="on")) is not None:
        return first
    if problems := _let_off_problems(invoice, kind, amount, reason):
        raise Invalid(**problems)
    asked = DecisionKind.WAIVER if kind == LetOff.WAIVED else DecisionKind.WRITE_OFF
    _check_decision(invoice, decision, (asked,), amount)
    once(row, dated="on")
    counted = "written_off" if row.kind == LetOff.WRITTEN_OFF else "waived"
    Invoice.objects.filter(pk=invoice.pk).update(**{counted: F(counted) + amount})
    invoice.refresh_from_db(fields=[counted])
    record_about("invoices.let_off", invoice, by, kind=row.kind, amount=amount, authority=str(decision))
    return row


def _let_off_problems(invoice: Invoice, kind: str, amount: int, reason: str) -> dict[str, str]:
    problems = {}
    if kind not in {one.value for one in LetOff}:
        problems["kind"] = "Choose whether it is written off or waived"
    if amount < 1:
        problems["amount"] = "Enter how much"
    elif amount > invoice.owed:
        problems["amount"] = f"Only {short_pounds(invoice.owed)} is owed"
    if not reason.strip():
        problems["reason"] = "Enter the reason"
    return problems
