"""Opening a later year, agreeing its reduction, and the credit notes where it was agreed after invoicing."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import keys
from alongside.ground.core.money import short_pounds
from alongside.ground.core.shown import UNSEEN, WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import lock
from alongside.members.authority.actions import record_decision
from alongside.members.authority.permissions import may_record_decision
from alongside.members.authority.rules import DecisionKind
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.money.budget.actions.years import open_fee_year
from alongside.money.budget.models import FeeYear
from alongside.money.fees.actions.issuing import date_years
from alongside.money.fees.models import Reduction
from alongside.money.fees.queries.terms import Terms, both_settings
from alongside.money.fees.queries.year_two import LaterYear, later_year, to_be_credited
from alongside.money.fees.rules.evaluation import Anchor
from alongside.money.fees.rules.liability import shown_decision
from alongside.money.fees.rules.reduction import JoinerCut, JoinerFee, shown_in_credits
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.actions.corrections import issue_credit_note
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Series
from alongside.money.invoices.permissions import may_issue_invoices
from alongside.money.invoices.rules.settings import Issuer

JOINING = ("joiner_cut", "joiner_fee", "year_two_on", "evaluation_from")


def key_of(*parts: str) -> str:
    """An id that is the same whenever it is made of the same parts: what is done for them is done once."""
    return hashlib.sha256("/".join(parts).encode()).digest()[: keys.LENGTH].translate(keys.LETTERS).decode()


@transaction.atomic
def open_next_year(*, partnership: Partnership, number: int = 2, by: Standing) -> FeeYear:
    """Open a later fee year at the maximum that the schools signed; open already, it stays as it is.

    Raises Conflict before the year before it has been asked for, or beyond the years that the schools signed for.
    """
    require(may_issue_invoices(by, partnership.pk))
    later = later_year(partnership, number, viewer=by)
    if later.year is not None:
        return later.year
    if later.why_closed:
        raise Conflict(later.why_closed)
    year = open_fee_year(
        partnership=partnership,
        number=number,
        amount=later.settings.year_two_max,
        support_words=later.words,
        payment_days=later.settings.payment_days,
        by=by,
    )
    date_years(partnership=partnership, by=by)
    return year


@transaction.atomic
def settle_joiners(
    *,
    partnership: Partnership,
    joiner_cut: str,
    joiner_fee: str,
    year_two_on: date | None,
    evaluation_from: str,
    version: str,
    by: Standing,
) -> FeeSettings:
    """Settle how schools that join later are asked, when the second invoices go out, and from when the evaluation counts.

    Raises Stale with both texts when somebody else changed it since the page was opened, Invalid for an unknown answer.
    """
    require(may_issue_invoices(by, partnership.pk))
    said: dict[str, Any] = {"joiner_cut": joiner_cut, "joiner_fee": joiner_fee, "evaluation_from": evaluation_from}
    for name, answers in zip(said, (JoinerCut, JoinerFee, Anchor), strict=True):
        if said[name] not in set(answers):
            raise Invalid(**{name: "Choose one of the answers"})
    settings, _ = both_settings(partnership, viewer=by)
    new = replace(settings, **said, year_two_on=year_two_on)
    partnerships.change_settings(
        partnership=partnership, settings=new, names=JOINING, version=version, may=may_issue_invoices, by=by
    )
    date_years(partnership=partnership, by=by)
    return new


@transaction.atomic
def agree_reduction(
    *,
    partnership: Partnership,
    number: int = 2,
    amount: int | None = None,
    each: int | None = None,
    body: str,
    decided_on: date | None,
    reference: str,
    words: str = "",
    seen: WasSeen,
    key: str,
    by: Standing,
) -> Reduction:
    """Write down by how much the board cuts a year's fee: so many pence in all, or for each school.

    A later decision takes the place of the one before. Raises Invalid without the minute it rests on, and where
    invoices have gone out already with a greater cut, Conflict when something else holds until now than was `seen`.
    """
    require(may_record_decision(by, partnership.pk))
    later, terms = _open(partnership, number, by)
    if done := Reduction.objects.filter(decision=key, partnership=partnership).select_related("decision").first():
        return _the_same(done, number, amount, each, (body.strip(), decided_on, reference.strip(), words.strip()))
    working = later.available, later.proposal.members, later.proposal.each
    shown_decision(terms.decision, *working).agree(seen, "Nothing was written down.")
    if amount is None and each is None:
        raise Invalid(amount="Enter what the board gives back. Enter 0 if it has decided that nothing is given back")
    if each is not None and each > terms.year.amount:
        raise Invalid(amount=f"The fee is {short_pounds(terms.year.amount)}: no more than that can be taken off")
    pool = amount if amount is not None else later.pool_for(each or 0)
    shared, before = later.shared(pool), later.reduction
    if before is not None and later.asked and shared.each < before.each:
        raise Invalid(
            amount=f"Invoices have gone out with {short_pounds(before.each)} taken off. A later decision can only give more back"
        )
    decision = record_decision(
        partnership=partnership,
        kind=DecisionKind.REDUCTION,
        body=body,
        decided_on=decided_on,
        reference=reference,
        amount=pool,
        each=shared.each,
        words=words,
        supersedes=before.decision if before else None,
        key=key or keys.new_key(),
        by=by,
    )
    made = Reduction.objects.create(
        partnership=partnership,
        decision=decision,
        fee_year=terms.year,
        pool=pool,
        members=shared.members,
        each=shared.each,
        given=shared.given,
        available=later.available,
    )
    audit.record(
        "fees.reduction",
        row=made.pk,
        partnership=partnership.pk,
        facts={"year": number, "pool": pool, "each": made.each, "reserve": made.reserve, "members": made.members},
        by=by,
    )
    return made


def _the_same(
    done: Reduction, number: int, amount: int | None, each: int | None, said: tuple[str, date | None, str, str]
) -> Reduction:
    """What this form has recorded already, where it says the same again. Raises Conflict where it says something else."""
    figures = (amount is None or amount == done.pool) and (each is None or each == done.each)
    made = done.decision
    if figures and done.fee_year.number == number and said == (made.body, made.decided_on, made.reference, made.words):
        return done
    raise Conflict(
        f"This form was used already: it recorded {short_pounds(done.pool)} in all, {short_pounds(done.each)} for each school "
        f"({done.decision}). That stands, and nothing else was recorded. For another decision open the form anew."
    )


def _open(partnership: Partnership, number: int, by: Standing) -> tuple[LaterYear, Terms]:
    series = Series.objects.filter(partnership=partnership).first()
    if series is not None:
        lock(series)  # no run, and no other decision, while this one is written down
    later = later_year(partnership, number, viewer=by)
    if later.terms is None:
        raise Conflict(f"Year {number} has not been opened yet.")
    return later, later.terms


@transaction.atomic
def credit_reduction(*, partnership: Partnership, number: int = 2, seen: WasSeen, by: Standing) -> list[CreditNote]:
    """Give every issued invoice of the year what the board took off after it went out, as a credit note; again: nothing.

    All of them or none. Raises Conflict when it is something else than what was `seen`, or for a host's charges.
    """
    require(may_issue_invoices(by, partnership.pk))
    later, terms = _open(partnership, number, by)
    rows = to_be_credited(later, viewer=by)
    if rows:
        shown_in_credits([one.said for one in rows], terms.decision).agree(seen, "Nothing was credited.")
    if rows and later.settings.issuer == Issuer.HOST:
        raise Conflict("The host issues its own credit notes. Enter each with the host’s number, on the page of the charge.")
    decision = terms.reduction.decision if terms.reduction else None
    if decision is None:
        return []
    return [
        issue_credit_note(
            invoice=one.invoice,
            key=key_of("reduction", decision.pk, one.invoice.pk),
            amount=one.amount,
            reason=f"The fee of year {number} was lowered after this invoice had gone out: {decision}."[:300],
            decision=decision,
            seen=UNSEEN,
            shown=UNSEEN,
            by=by,
        )
        for one in rows
    ]
