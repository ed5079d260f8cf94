"""Who sits on a body, as part of another question."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import DateField, Exists, OuterRef, Q, Value
from django.db.models.functions import Greatest

from alongside.deciding.bodies.models import Seat, Tenure
from alongside.deciding.bodies.rules.kinds import Duty
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.members.partnerships.models import Membership


def sits(who: Standing, *, body: str = "body", on: str = "", fully: bool = False) -> Any:
    """Whether somebody sits on the body of a row, by a seat or by their post: today, or where the row has a day (`on`) that is
    still to come, then, so that who begins at a meeting reads its papers before. `fully`: with a vote, or as chair or clerk; who
    only speaks there, such as the head of an associate school, does not.
    """
    today = clock.today()
    day: Any = Greatest(OuterRef(on), Value(today, output_field=DateField())) if on else today
    there = Q(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)
    held: Any = Tenure.objects.filter(there, seat__body=OuterRef(body), holder__person=who.person or "-", is_struck=False)
    counts = (Q(school=school) & (Q(partnership=through) if through else Q()) for school, through in who.leads)
    led = Membership.objects.current(today).filter(reduce(or_, counts, Q(pk__in=[])))
    by_post: Any = Seat.objects.filter(there, body=OuterRef(body)).filter(
        Exists(led.filter(partnership=OuterRef("partnership"), kind=OuterRef("sits_by")))
    )
    if fully:
        held = held.filter(Q(seat__votes=True) | ~Q(seat__duty=Duty.MEMBER))
        by_post = by_post.filter(votes=True)
    return Exists(held) | Exists(by_post)


def kept_by(who: Standing, body: str = "body", partnership: str = "partnership") -> Q:
    """What the office keeps, and the clerk and the chair of the body."""
    return Q(**{f"{partnership}__in": who.offices}) | Q(**{f"{body}__in": who.bodies(Power.CLERK, Power.CHAIR)})
