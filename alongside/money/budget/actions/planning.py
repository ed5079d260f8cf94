"""The budget: headings, what is planned for them, what is promised."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.web.models import already, lock, move, once, save_if_unchanged, unless_taken
from alongside.members.membership.rules.dates import term_year
from alongside.members.partnerships.models import Partnership
from alongside.money.budget.models import Commitment, FeeYear, Heading, Plan
from alongside.money.budget.permissions import may_keep_budget
from alongside.money.budget.queries import fee_dates, workings_of, years_with_sums
from alongside.money.budget.rules import MISSING, Promise, beyond_words


@transaction.atomic
def add_heading(*, partnership: Partnership, name: str, year: FeeYear, planned: int, key: str, by: Standing) -> Heading:
    """Add something that money is spent on, once for each `key`, with what is planned for it.

    Raises Invalid when there is one of that name.
    """
    require(may_keep_budget(by, partnership.pk))
    last = Heading.objects.filter(partnership=partnership).aggregate(last=Max("order"))["last"] or 0
    made = Heading(pk=key, partnership=partnership, order=last + 1)
    made.name = _free_name(made, name)
    with unless_taken(name=f"There is a heading “{made.name}” already"):
        heading = once(made)
    if heading is made:
        _plan(heading, year, planned, 0, by)
        note("budget.add_heading", heading, heading.pk, by)
    return heading


@transaction.atomic
def change_heading(
    *, heading: Heading, year: FeeYear, name: str, planned: int, is_ended: bool, version: int, plan_version: int, by: Standing
) -> Heading:
    """Call a heading otherwise, plan otherwise for a year, or end it: what was spent under it stays.

    Raises Stale when somebody else just did.
    """
    require(may_keep_budget(by, heading.partnership_id))
    heading.name = _free_name(heading, name)
    heading.ended_on = (heading.ended_on or clock.today()) if is_ended else None
    save_if_unchanged(heading, version, "name", "ended_on")
    _plan(heading, year, planned, plan_version, by)
    note("budget.change_heading", heading, heading.pk, by)
    return heading


def _plan(heading: Heading, year: FeeYear, amount: int, version: int, by: Standing) -> None:
    """Plan so many pence for a heading in a year. `version` is 0 where nothing was planned; raises Stale otherwise."""
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
    note("budget.plan", heading, plan.pk, by, year=year.number, amount=amount)


@transaction.atomic
def promise_money(
    *, key: str, heading: Heading, year: FeeYear, to: str, words: str, amount: int, due_on: date, sure: bool = False, by: Standing
) -> Commitment:
    """Write down what is promised to whom, once: the same client-made key again is the same promise.

    Raises Invalid for a day after the months that the year supports, and for more than the year's money leaves unless
    `sure` is said.
    """
    require(may_keep_budget(by, heading.partnership_id))
    check_same_partnership(heading, year)
    said = {"heading": heading, "to": to.strip(), "words": words.strip(), "amount": amount, "due_on": due_on}
    made = Commitment(pk=key, fee_year=year, made_at=clock.now(), **said)
    if (first := already(made)) is not None:
        return first
    _check_promise(made, 0, sure)
    promise = once(made)
    if promise is made:
        note("budget.promise", heading, made.pk, by, amount=amount)
    return promise


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
) -> Commitment:
    """Correct an open promise. Raises Stale when somebody else just did, Conflict when it is spent or released.

    Raises Invalid where it is raised beyond what the year's money leaves, unless `sure` is said.
    """
    require(may_keep_budget(by, commitment.heading.partnership_id))
    check_same_partnership(heading, commitment.fee_year)
    hold_open(commitment)
    said = {"heading": heading, "to": to.strip(), "words": words.strip(), "amount": amount, "due_on": due_on}
    _check_promise(Commitment(fee_year=commitment.fee_year, **said), commitment.amount, sure)
    for name, value in said.items():
        setattr(commitment, name, value)
    save_if_unchanged(commitment, version, *said)
    note("budget.change_promise", heading, commitment.pk, by, amount=amount)
    return commitment


@transaction.atomic
def release_promise(*, commitment: Commitment, why: str, by: Standing) -> Commitment:
    """What is left of a promise is no longer needed, and why: the money is free again."""
    require(may_keep_budget(by, commitment.heading.partnership_id))
    if not why.strip():
        raise Invalid(why=MISSING["released"])
    move(commitment, Promise.RELEASED, why_released=why.strip())
    note("budget.release_promise", commitment.heading, commitment.pk, by)
    return commitment


def hold_open(commitment: Commitment) -> None:
    """Hold a promise until the deed is done. Raises Conflict where it is spent or released: it stays as it is."""
    lock(commitment)
    if commitment.state != Promise.OPEN:
        raise Conflict(f"This promise is {Promise(commitment.state).label.lower()} already.")


def check_same_partnership(heading: Heading, year: FeeYear) -> None:
    """A heading and a year of one partnership."""
    if heading.partnership_id != year.partnership_id:
        raise Conflict("This page was not loaded as we expected. Nothing was recorded.")


def _free_name(heading: Heading, name: str) -> str:
    """The name in one line. Raises Invalid where there is none, or where another heading of the partnership has it."""
    name = " ".join(name.split())
    same = Heading.objects.filter(partnership=heading.partnership_id, name__iexact=name).exclude(pk=heading.pk)
    if not name or same.exists():
        raise Invalid(name=f"There is a heading “{name}” already" if name else MISSING["name"])
    return name


def _check_promise(promise: Commitment, before: int, sure: bool) -> None:
    """Raises Invalid with all that is wrong with a promise as it would stand; then for more than was promised `before` and
    than the year's money leaves, unless `sure` is said."""
    heading, year, partnership = promise.heading, promise.fee_year, promise.fee_year.partnership
    problems = {name: MISSING[name] for name in ("to", "words") if not getattr(promise, name)}
    if promise.amount < 1:
        problems["amount"] = MISSING["promised"]
    if heading.ended_on is not None:
        problems["heading"] = f"“{heading.name}” has ended: choose another heading"
    last = term_year(fee_dates(partnership), year.number)[1]
    if promise.due_on > last:
        until = f"Year {year.number} supports schools until {short_date(last)}"
        problems["due_on"] = f"{until}: write a later promise into the next year"
    if problems:
        raise Invalid(**problems)
    if promise.amount > before and not sure:
        sums = years_with_sums(partnership, viewer=Standing.system())
        working = workings_of(sums)[year.number]
        is_known = working.carried_in > 0 or any(one.asked for one in sums if one.year.pk == year.pk)
        if words := beyond_words(promise.amount, working.carried_over + before, is_known):
            raise Invalid(sure=words)


def note(act: str, heading: Heading, row: str, by: Standing, **facts: object) -> None:
    """Write the deed down."""
    audit.record(act, row=row, partnership=heading.partnership_id, facts=facts, by=by)
