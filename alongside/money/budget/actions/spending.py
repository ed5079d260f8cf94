"""Money spent. Nothing is deleted: a mistake is taken back by a second row."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Sum

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import already, lock, move, once
from alongside.money.budget.actions.planning import check_same_partnership, hold_open, note
from alongside.money.budget.models import Commitment, FeeYear, Heading, Spending
from alongside.money.budget.permissions import may_keep_budget
from alongside.money.budget.rules import MISSING, Promise


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
    if amount < 1:
        raise Invalid(amount=MISSING["spent"])
    if spent_on > clock.today():
        raise Invalid(spent_on=f"{MISSING['spent_on']}: today or earlier. What is to come is a promise")
    if not payee.strip():
        raise Invalid(payee=MISSING["payee"])
    said = {"payee": payee.strip(), "words": words.strip(), "reference": reference.strip()}
    made = Spending(pk=key, heading=heading, fee_year=year, commitment=commitment, spent_on=spent_on, amount=amount, **said)
    made.recorded_at = clock.now()
    if commitment is not None:
        lock(commitment)  # of the same press twice at once the second waits here, and then finds what the first has stored
    if (first := already(made)) is not None:
        return first
    if commitment is not None:
        hold_open(commitment)
        if (commitment.heading_id, commitment.fee_year_id) != (heading.pk, year.pk):
            raise Invalid(commitment="This promise stands under another heading or in another year: choose that one")
    spending = once(made)
    if spending is made:
        if commitment is not None and (is_last or _spent_of(commitment) >= commitment.amount):
            move(commitment, Promise.SPENT)
        note("budget.spend", heading, made.pk, by, amount=amount)
    return spending


@transaction.atomic
def take_back_spending(*, spending: Spending, key: str, why: str, by: Standing) -> Spending:
    """Correct a spending by a second row that takes it back; both stay. A promise that it kept is open again.

    Raises Conflict when it was taken back already.
    """
    require(may_keep_budget(by, spending.heading.partnership_id))
    if not why.strip():
        raise Invalid(why=MISSING["wrong"])
    if spending.reverses_id:
        raise Conflict("This row takes another one back. Record the spending again as it was.")
    same = {name: getattr(spending, name) for name in ("heading", "fee_year", "commitment", "payee", "reference")}
    made = Spending(pk=key, reverses=spending, amount=-spending.amount, words=why.strip(), **same)
    made.spent_on, made.recorded_at = clock.today(), clock.now()
    try:
        back = once(made, dated="spent_on")
    except IntegrityError:
        raise Conflict("This was taken back already.") from None
    if back is made:
        if (commitment := spending.commitment) is not None:
            lock(commitment)
            if commitment.state == Promise.SPENT:
                move(commitment, Promise.OPEN)
        note("budget.take_back", spending.heading, made.pk, by, amount=made.amount)
    return back


def _spent_of(commitment: Commitment) -> int:
    return Spending.objects.filter(commitment=commitment).aggregate(sum=Sum("amount"))["sum"] or 0
