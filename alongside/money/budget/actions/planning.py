"""The budget: headings, what is planned for them, what is promised."""

from datetime import date
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.web.rows import save_if_unchanged
from alongside.members.membership.rules.dates import MembershipSettings, dates_of
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.money.budget.models import Commitment, Heading, Plan, Spending
from alongside.money.budget.permissions import may_keep_budget
from alongside.money.budget.queries import workings_of, years_with_sums
from alongside.money.budget.rules import Promise, beyond_words, supported_year
from alongside.money.invoices.models.invoices import FeeYear

Kept = TypeVar("Kept", Commitment, Spending)
NOT_EXPECTED = "This page was not loaded as we expected. Nothing was recorded."


@transaction.atomic
def add_heading(*, partnership: Partnership, name: str, year: FeeYear | None = None, planned: int = 0, by: Standing) -> Heading:
    """Add something that money is spent on, with what is planned for it. Raises Invalid when there is one of that name."""
    require(may_keep_budget(by, partnership.pk))
    name = " ".join(name.split())
    if not name:
        raise Invalid(name="Enter a name for the heading")
    if Heading.objects.filter(partnership=partnership, name__iexact=name).exists():
        raise Invalid(name=f"There is a heading “{name}” already")
    last = Heading.objects.filter(partnership=partnership).aggregate(last=Max("order"))["last"] or 0
    try:
        with transaction.atomic():
            heading = Heading.objects.create(partnership=partnership, name=name, order=last + 1)
    except IntegrityError:
        raise Invalid(name=f"There is a heading “{name}” already") from None
    if year is not None:
        plan_heading(heading=heading, year=year, amount=planned, version=0, by=by)
    note("fees.add_heading", heading, heading.pk, by)
    return heading


@transaction.atomic
def change_heading(
    *, heading: Heading, year: FeeYear, name: str, planned: int, is_ended: bool, version: int, plan_version: int, by: Standing
) -> None:
    """Call a heading otherwise, plan otherwise for a year, or end it: what was spent under it stays.

    Raises Stale when somebody else just did.
    """
    require(may_keep_budget(by, heading.partnership_id))
    name = " ".join(name.split())
    others = Heading.objects.filter(partnership=heading.partnership_id).exclude(pk=heading.pk)
    if not name or others.filter(name__iexact=name).exists():
        raise Invalid(name=f"There is a heading “{name}” already" if name else "Enter a name for the heading")
    heading.name, heading.ended_on = name, (heading.ended_on or clock.today()) if is_ended else None
    save_if_unchanged(heading, version, "name", "ended_on")
    plan_heading(heading=heading, year=year, amount=planned, version=plan_version, by=by)
    note("fees.change_heading", heading, heading.pk, by)


@transaction.atomic
def plan_heading(*, heading: Heading, year: FeeYear, amount: int, version: int, by: Standing) -> Plan:
    """Plan so many pence for a heading in a year. `version` is 0 where nothing was planned; raises Stale otherwise."""
    require(may_keep_budget(by, heading.partnership_id))
    check_same_partnership(heading, year)
    plan = Plan.objects.filter(heading=heading, fee_year=year).first()
    if plan is None:
        try:
            with transaction.atomic():
                plan = Plan.objects.create(heading=heading, fee_year=year, amount=amount)
        except IntegrityError:
            raise Conflict("Somebody else has just planned this heading. Open it again.") from None
    else:
        plan.amount = amount
        save_if_unchanged(plan, version, "amount")
    note("fees.plan", heading, plan.pk, by, year=year.number, amount=amount)
    return plan


@transaction.atomic
def promise_money(
    *,
    key: str,
    heading: Heading,
    year: FeeYear,
    to: str,
    words: str,
    amount: int,
    due_on: date,
    sure: bool = False,
    by: Standing,
) -> Commitment:
    """Write down what is promised to whom, once: the same client-made key again is the same promise.

    Raises Invalid for a day after the months that the year supports, and for more than the year's money leaves unless
    `sure` is said.
    """
    require(may_keep_budget(by, heading.partnership_id))
    check_same_partnership(heading, year)
    check_key(key)
    _check_promise(heading, year, to, words, amount, due_on)
    made = Commitment(
        pk=key,
        heading=heading,
        fee_year=year,
        to=to.strip(),
        words=words.strip(),
        amount=amount,
        due_on=due_on,
        made_at=clock.now(),
    )
    done = Commitment.objects.filter(pk=key).first()
    if done is None:
        _check_beyond(year, amount, 0, sure)
        done = insert_once(made)
    if (done.heading_id, done.fee_year_id, done.to) != (heading.pk, year.pk, made.to):
        raise Conflict("This promise was recorded already, in other words. Open the budget to see it.")
    if done is made:
        note("fees.promise", heading, made.pk, by, amount=amount)
    return done


@transaction.atomic
def change_promise(
    *,
    commitment: Commitment,
    heading: Heading,
    to: str,
    words: str,
    amount: int,
    due_on: date,
    version: int,
    sure: bool = False,
    by: Standing,
) -> None:
    """Correct an open promise. Raises Stale when somebody else just did, Conflict when it is spent or released.

    Raises Invalid where it is raised beyond what the year's money leaves, unless `sure` is said.
    """
    require(may_keep_budget(by, commitment.heading.partnership_id))
    check_same_partnership(heading, commitment.fee_year)
    check_open(commitment)
    _check_promise(heading, commitment.fee_year, to, words, amount, due_on)
    if amount > commitment.amount:
        _check_beyond(commitment.fee_year, amount, commitment.amount, sure)
    commitment.heading, commitment.to, commitment.words = heading, to.strip(), words.strip()
    commitment.amount, commitment.due_on = amount, due_on
    save_if_unchanged(commitment, version, "heading", "to", "words", "amount", "due_on")
    note("fees.change_promise", heading, commitment.pk, by, amount=amount)


@transaction.atomic
def release_promise(*, commitment: Commitment, why: str, version: int, by: Standing) -> None:
    """What is left of a promise is no longer needed, and why: the money is free again."""
    require(may_keep_budget(by, commitment.heading.partnership_id))
    check_open(commitment)
    if not why.strip():
        raise Invalid(why="Enter why it is no longer needed")
    commitment.state, commitment.why_released = Promise.RELEASED.value, why.strip()
    save_if_unchanged(commitment, version, "state", "why_released")
    note("fees.release_promise", commitment.heading, commitment.pk, by)


def insert_once(made: Kept) -> Kept:
    """Store the row; where the same press arrived twice at once, the one that was quicker."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return type(made).objects.get(pk=made.pk)
    return made


def check_key(key: str) -> None:
    """The id that the page made is an id."""
    if not keys.is_key(key):
        raise Conflict(NOT_EXPECTED)


def check_open(commitment: Commitment) -> None:
    """A promise that is spent or released stays as it is."""
    if commitment.state != Promise.OPEN:
        raise Conflict(f"This promise is {Promise(commitment.state).label.lower()} already.")


def check_same_partnership(heading: Heading, year: FeeYear) -> None:
    """A heading and a year of one partnership."""
    if heading.partnership_id != year.partnership_id:
        raise Conflict(NOT_EXPECTED)


def _check_promise(heading: Heading, year: FeeYear, to: str, words: str, amount: int, due_on: date) -> None:
    problems = {}
    if not to.strip():
        problems["to"] = "Enter to whom it is promised"
    if not words.strip():
        problems["words"] = "Enter what it is for"
    if amount < 1:
        problems["amount"] = "Enter how much is promised"
    if heading.ended_on is not None:
        problems["heading"] = f"“{heading.name}” has ended: choose another heading"
    of = year.partnership
    support = dates_of(settings_of(of, MembershipSettings), of.started_on).support_from
    last = supported_year(support, year.number)[1]
    if due_on > last:
        problems["due_on"] = (
            f"Year {year.number} supports schools until {short_date(last)}: write a later promise into the next year"
        )
    if problems:
        raise Invalid(**problems)


def _check_beyond(year: FeeYear, amount: int, already: int, sure: bool) -> None:
    sums = years_with_sums(year.partnership, viewer=Standing.system())
    working = workings_of(sums)[year.number]
    is_known = working.carried_in > 0 or any(one.asked for one in sums if one.year.pk == year.pk)
    if not sure and (words := beyond_words(amount, working.carried_over + already, is_known)):
        raise Invalid(sure=words)


def note(act: str, heading: Heading, row: str, by: Standing, **facts: object) -> None:
    """Write the deed down."""
    audit.record(act, row=row, partnership=heading.partnership_id, facts=facts, by=by)
