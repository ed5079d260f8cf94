"""What becomes of the fee of a school that closed, merged or left: it stays due, is waived, or is taken over."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN, WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import lock, says_the_same
from alongside.members.authority.actions import record_decision
from alongside.members.authority.models import Authority
from alongside.members.authority.permissions import may_record_decision
from alongside.members.authority.rules import DecisionKind
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.schools.models import School
from alongside.money.fees.actions.year_two import key_of
from alongside.money.fees.models import Settled
from alongside.money.fees.queries.liability import settled_as
from alongside.money.fees.rules.liability import Outcome, shown_decision
from alongside.money.invoices.actions.corrections import let_off_debt
from alongside.money.invoices.actions.payers import readdress_invoice
from alongside.money.invoices.models.invoices import Invoice

KINDS = {
    Outcome.DUE: DecisionKind.STAYS,
    Outcome.WAIVED: DecisionKind.WAIVER,
    Outcome.TRANSFERRED: DecisionKind.TRANSFER,
}


@transaction.atomic
def settle_liability(
    *,
    partnership: Partnership,
    school: School,
    year: int,
    outcome: str,
    body: str,
    decided_on: date | None,
    reference: str,
    words: str = "",
    to_school: School | None = None,
    payer_name: str = "",
    payer_address: str = "",
    payer_email: str = "",
    seen: WasSeen,
    key: str,
    by: Standing,
) -> Settled:
    """Write down what a decision made of one school's fee for one year; a later decision takes its place.

    Waived, what is still owed on an invoice is let off (for what is paid of it the page asks for a credit note); taken over,
    what is left of an invoice is readdressed. Raises Invalid without the decision that it rests on, and without somebody
    who takes it over, Conflict when something else holds until now than was `seen`.
    """
    require(may_record_decision(by, partnership.pk))
    payer_name = payer_name.strip() or (to_school.name if to_school else "")
    lock(partnership)
    member = Membership.objects.filter(partnership=partnership, school=school, kind=Belonging.MEMBER)
    if not member.exists():
        raise Conflict("This school has not been a member, so it owes nothing.")
    if outcome not in {one.value for one in Outcome}:
        raise Invalid(outcome="Choose what was decided")
    if outcome == Outcome.TRANSFERRED and not payer_name:
        raise Invalid(payer_name="Enter who takes the fee over")
    if to_school is not None and to_school.pk == school.pk:
        raise Invalid(to_urn="This is the school whose fee it is: enter the one that takes it over")
    said = {"payer_name": payer_name, "payer_address": payer_address.strip(), "payer_email": payer_email.strip()}
    to = {"to_school": to_school, **said} if outcome == Outcome.TRANSFERRED else {}
    done = Settled.objects.select_related("decision").filter(decision=key).first()
    if done is not None:
        minute = {"body": body.strip(), "decided_on": decided_on, "reference": reference.strip(), "words": words.strip()}
        says_the_same(done.decision, **minute)
        return says_the_same(done, partnership=partnership, school=school, year=year, outcome=outcome, **to)
    before = settled_as(partnership, school, year, viewer=by)
    shown_decision(str(before.decision) if before else "").agree(seen, "Nothing was written down.")
    asked = Invoice.objects.filter(partnership=partnership, school=school, claim__fee_year__number=year)
    invoice = asked.order_by("-number").first()  # an earlier one was credited in full
    if before and before.outcome == Outcome.WAIVED and outcome != Outcome.WAIVED and invoice and invoice.waived:
        raise Conflict(f"{invoice.reference} has been waived already: what a school was let off is not asked for again.")
    decision = record_decision(
        partnership=partnership,
        kind=KINDS[Outcome(outcome)],
        body=body,
        decided_on=decided_on,
        reference=reference,
        words=words,
        school=school,
        supersedes=before.decision if before else None,
        key=key or keys.new_key(),
        by=by,
    )
    if before is not None:
        Settled.objects.filter(Q(pk=before.pk), replaced_at=None).update(replaced_at=clock.now())
    made = Settled.objects.create(
        partnership=partnership,
        school=school,
        year=year,
        outcome=str(Outcome(outcome)),
        decision=decision,
        settled_at=clock.now(),
        **to,
    )
    if invoice is not None and invoice.owed:
        _carry_out(made, invoice, decision, by)
    audit.record(
        "fees.settle_liability",
        row=made.pk,
        partnership=partnership.pk,
        school=school.pk,
        facts={"year": year, "outcome": made.outcome, "decision": decision.pk},
        by=by,
    )
    return made


def _carry_out(made: Settled, invoice: Invoice, decision: Authority, by: Standing) -> None:
    """What the decision means for an invoice that has gone out."""
    if made.outcome == Outcome.WAIVED:
        let_off_debt(
            invoice=invoice,
            key=key_of("waiver", decision.pk, invoice.pk),
            kind=Outcome.WAIVED,
            amount=invoice.owed,
            reason=f"Waived: {decision}.",
            decision=decision,
            by=by,
        )
    if made.outcome == Outcome.TRANSFERRED:
        to = {"name": made.payer_name, "address": made.payer_address, "email": made.payer_email}
        readdress_invoice(invoice=invoice, **to, rest=True, version=UNSEEN, by=by)
