"""The bank's statement: read once, then looked at line by line. Nothing is booked that nobody has looked at."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.money import pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import move, once
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.schools.models import School
from alongside.money.bank.models import BankFile, BankLine, Booking
from alongside.money.bank.queries import looked_at
from alongside.money.bank.rules.reading import WHAT_IT_IS, BadLines, LineState, read_statement
from alongside.money.invoices.actions import held
from alongside.money.invoices.actions.payments import book
from alongside.money.invoices.models.corrections import HeldMoney
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.permissions import may_record_payment
from alongside.money.invoices.rules.corrections import Moved

SHOWN = 8  # so many lines that are left out are named; how many more there are is said


@transaction.atomic
def read_bank_file(*, partnership: Partnership, key: str, name: str, text: str, by: Standing) -> BankFile:
    """Add the lines of a statement that are not there yet. Raises BadLines with any bad line: then none is added."""
    require(may_record_payment(by, partnership.pk))
    entries, bad, left_out = read_statement(text, clock.today())
    if bad:
        raise BadLines(bad)
    days = {one.on for one in entries}
    there = set(BankLine.objects.filter(partnership=partnership, on__in=days).values_list("digest", flat=True))
    new = [one for one in entries if one.digest not in there]
    made = BankFile(pk=key, partnership=partnership, name=name[:120], read_at=clock.now())
    made.lines_in_it, made.lines_new = len(entries), len(new)
    said = [f"line {one.line} ({one.reference}): {one.why}" for one in left_out[:SHOWN]]
    made.left_out = "; ".join([*said, *([f"and {len(left_out) - SHOWN:,} more"] if len(left_out) > SHOWN else [])])
    if (file := once(made)) is not made:
        its = file.lines.values_list("digest", flat=True)
        if new or not {one.digest for one in entries}.issuperset(its):
            raise Conflict("Another statement was read with this page before. Open the page anew for this one.")
        return file
    lines = [BankLine(partnership=partnership, file=file, **vars(one)) for one in new]
    try:
        BankLine.objects.bulk_create(lines, batch_size=500)
    except IntegrityError:  # the same line came with another press just now
        raise Conflict("These lines are being read already, in another window. Open the list to see them.") from None
    facts = {"lines": file.lines_in_it, "new": file.lines_new}
    audit.record("bank.read_bank", row=file.pk, partnership=partnership.pk, facts=facts, by=by)
    return file


@transaction.atomic
def book_bank_line(
    *,
    line: BankLine,
    invoices: Sequence[Invoice],
    school: School | None = None,
    seen: Mapping[str, str] | None = None,
    by: Standing,
) -> BankLine:
    """Book money that came in: to each invoice what it owes, in order; what is over is held for the school.

    Without invoices all of it is held for `school`. `seen` is what the page said was to come for each invoice, by its id:
    raises Conflict where that is something else by now. Raises Conflict when somebody has looked at the line already or
    an invoice is settled by now, Invalid when there is nowhere for the money.
    """
    require(may_record_payment(by, line.partnership_id))
    if line.amount <= 0:
        raise Conflict("This line is money out. Set it against a refund, or say that it is not ours.")
    if any(one.partnership_id != line.partnership_id for one in invoices):
        raise Conflict("This invoice belongs to another partnership.")
    if school:
        require(belongs(line.partnership, school))
    elif not invoices:
        raise Invalid(invoices="Choose an invoice, or the school for which the money is held")
    _leave(line, LineState.BOOKED, by)
    left, in_order = line.amount, sorted(invoices, key=lambda one: (one.number, one.pk))  # for everybody who locks several
    for invoice in in_order:
        invoice.refresh_from_db(fields=["paid", "credited", "written_off", "waived"])
        if seen is not None and seen.get(invoice.pk) != str(invoice.payable):
            was = f"you saw {pounds(int(seen[invoice.pk]))} to come, " if seen.get(invoice.pk, "").isdecimal() else ""
            raise Conflict(f"{invoice.reference}: {was}by now it is {pounds(invoice.payable)}. Nothing was booked: look again.")
        part = min(left, invoice.payable)
        if part < 1:
            raise Conflict(f"{invoice.reference} is settled by now, or the money does not reach to it. Nothing was booked.")
        try:
            payment = book(
                Payment(
                    invoice=invoice, amount=part, paid_on=line.on, method="bank transfer", reference=line.words[:60],
                    recorded_at=clock.now(),
                ),
                by,
            )  # fmt: skip
        except Invalid:
            raise Conflict(f"Somebody recorded a payment of {invoice.reference} meanwhile. Nothing was booked.") from None
        Booking.objects.create(line=line, payment=payment)
        left -= part
    if left:
        place = school or in_order[0].school
        account = held.account_of(line.partnership_id, place.pk)
        moved = held.record_movement(account, Moved.RECEIVED, left, line.on, by, reference=line.words[:60])
        Booking.objects.create(line=line, held=moved)
    _record("bank.book_bank_line", line, by)
    return line


@transaction.atomic
def book_refund_line(*, line: BankLine, refund: HeldMoney, by: Standing) -> BankLine:
    """Set money that went out against the refund that was written down for it. Raises Conflict when they do not fit."""
    require(may_record_payment(by, line.partnership_id))
    fits = refund.kind == Moved.REFUNDED and refund.amount == -line.amount
    if not fits or refund.account.partnership_id != line.partnership_id:
        raise Conflict("This line and this refund do not fit together.")
    try:
        with transaction.atomic():
            _leave(line, LineState.BOOKED, by, refund=refund)
    except IntegrityError:
        raise Conflict("This refund belongs to another line of the bank already.") from None
    _record("bank.book_bank_line", line, by)
    return line


@transaction.atomic
def ignore_bank_line(*, line: BankLine, why: str, by: Standing) -> BankLine:
    """Say that a line is none of the fees' business, and why."""
    require(may_record_payment(by, line.partnership_id))
    if not why.strip():
        raise Invalid(why=WHAT_IT_IS)
    _leave(line, LineState.IGNORED, by, why_ignored=why.strip()[:120])
    _record("bank.ignore_bank_line", line, by)
    return line


@transaction.atomic
def reopen_bank_line(*, line: BankLine, by: Standing) -> BankLine:
    """Look again at a line that was left out."""
    require(may_record_payment(by, line.partnership_id))
    move(line, LineState.WAITING, why_ignored="", reviewed_at=None)
    _record("bank.reopen_bank_line", line, by)
    return line


def _leave(line: BankLine, to: LineState, by: Standing, **changes: Any) -> None:
    """Somebody has looked at a waiting line. Raises Conflict with who was quicker, and which line it was."""
    try:
        move(line, to, reviewed_at=clock.now(), **changes)
    except Conflict:
        line.refresh_from_db(fields=["state"])
        became = {LineState.BOOKED: "was booked already", LineState.IGNORED: "was put aside already"}
        who = looked_at([line.pk], viewer=by).get(line.pk, "")
        said = became.get(LineState(line.state), "waits again")
        raise Conflict(f"{line} {said}{f' {who}' if who else ''}. Nothing was done a second time.") from None


def _record(act: str, line: BankLine, by: Standing) -> None:
    audit.record(act, row=line.pk, partnership=line.partnership_id, facts={"amount": line.amount}, by=by)
