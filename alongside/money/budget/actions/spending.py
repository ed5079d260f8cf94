"""Money spent. Nothing is deleted: a mistake is taken back by a second row."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Sum

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.rows import lock
from alongside.money.budget.actions.planning import check_key, check_open, check_same_partnership, insert_once, note
from alongside.money.budget.models import Commitment, Heading, Spending
from alongside.money.budget.permissions import may_keep_budget
from alongside.money.budget.rules import Promise
from alongside.money.invoices.models.invoices import FeeYear


@transaction.atomic
def record_spending(
    *,
    key: str,
    heading: Heading,
    year: FeeYear,
    spent_on: date,
    payee: str,
    amount: int,
    words: str = "",
    reference: str = "",
    commitment: Commitment | None = None,
    is_last: bool = False,
    by: Standing,
) -> Spending:
    """Write down money spent, once: the same client-made key again is the same spending.

    With a `commitment` it keeps a promise: in full when `is_last`, or when nothing of it is left.
    """
    require(may_keep_budget(by, heading.partnership_id))
    check_same_partnership(heading, year)
    check_key(key)
    if amount < 1:
        raise Invalid(amount="Enter what was spent")
    if spent_on > clock.today():
        raise Invalid(spent_on="Enter the day on which it was spent: today or earlier. What is to come is a promise")
    if not payee.strip():
        raise Invalid(payee="Enter who was paid")
    done = Spending.objects.filter(pk=key).first()
    if done is not None:
        return _the_same(done, heading, amount, spent_on)
    if commitment is not None:
        lock(commitment)
        check_open(commitment)
        if (commitment.heading_id, commitment.fee_year_id) != (heading.pk, year.pk):
            raise Invalid(commitment="This promise stands under another heading or in another year: choose that one")
    made = Spending(
        pk=key,
        heading=heading,
        fee_year=year,
        commitment=commitment,
        spent_on=spent_on,
        payee=payee.strip(),
        words=words.strip(),
        amount=amount,
        reference=reference.strip(),
        recorded_at=clock.now(),
    )
    done = insert_once(made)
    if done is not made:
        return _the_same(done, heading, amount, spent_on)
    if commitment is not None:
        _settle(commitment, is_last)
    note("fees.spend", heading, made.pk, by, amount=amount)
    return made


@transaction.atomic
def take_back_spending(*, spending: Spending, key: str, why: str, by: Standing) -> Spending:
    """Correct a spending by a second row that takes it back; both stay. A promise that it kept is open again.

    Raises Conflict when it was taken back already.
    """
    require(may_keep_budget(by, spending.heading.partnership_id))
    check_key(key)
    if not why.strip():
        raise Invalid(why="Enter what was wrong")
    if spending.reverses_id:
        raise Conflict("This row takes another one back. Record the spending again as it was.")
    back = Spending.objects.filter(reverses=spending).first()
    if back is not None and back.pk == key:
        return back
    if back is not None:
        raise Conflict("This was taken back already.")
    made = Spending(
        pk=key,
        heading=spending.heading,
        fee_year=spending.fee_year,
        commitment=spending.commitment,
        reverses=spending,
        spent_on=clock.today(),
        payee=spending.payee,
        words=why.strip(),
        amount=-spending.amount,
        reference=spending.reference,
        recorded_at=clock.now(),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Conflict("This was taken back already.") from None
    if spending.commitment is not None:
        _open_again(spending.commitment)
    note("fees.take_back", spending.heading, made.pk, by, amount=made.amount)
    return made


def _the_same(done: Spending, heading: Heading, amount: int, spent_on: date) -> Spending:
    if (done.heading_id, done.amount, done.spent_on) != (heading.pk, amount, spent_on):
        raise Conflict("This spending was recorded already, with another amount or day. Open the budget to see it.")
    return done


def _settle(commitment: Commitment, is_last: bool) -> None:
    spent = Spending.objects.filter(commitment=commitment).aggregate(sum=Sum("amount"))["sum"] or 0
    if is_last or spent >= commitment.amount:
        Commitment.objects.filter(pk=commitment.pk, state=Promise.OPEN).update(state=Promise.SPENT.value)


def _open_again(commitment: Commitment) -> None:
    Commitment.objects.filter(pk=commitment.pk, state=Promise.SPENT).update(state=Promise.OPEN.value)
