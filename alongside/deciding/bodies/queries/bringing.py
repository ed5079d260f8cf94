"""What a list of a body's people is held against."""

from typing import Any

from alongside.deciding.bodies.models import Body, HolderEntry, Seat, Tenure
from alongside.deciding.bodies.rules.bringing import BodyKnown, TimeKnown
from alongside.deciding.bodies.rules.columns import SeatKnown
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.people.models import Person


def body_known(body: Body, *, viewer: Standing) -> BodyKnown:
    """The seats of a body in order, everybody who ever held one, and what these have stated: four queries."""
    seats = Seat.objects.visible_to(viewer).filter(body=body).order_by("position", "pk")
    rows: Any = Tenure.objects.visible_to(viewer).filter(seat__body=body, is_struck=False).select_related("holder")
    held = list(rows.order_by("from_on", "pk"))
    people = {one.holder.person for one in held if one.holder.person}
    emails = dict(Person.objects.filter(pk__in=people).values_list("pk", "email"))
    stated = HolderEntry.objects.visible_to(viewer).filter(holder__in={one.holder_id for one in held}, until_on=None)
    return BodyKnown(
        [
            SeatKnown(
                one.pk, one.title, one.span, one.term_years, one.is_place, bool(one.sits_by), one.others, one.other_why
            )
            for one in seats
        ],
        [
            TimeKnown(
                one.seat_id, one.holder_id, one.holder.name, emails.get(one.holder.person) or "", one.span, one.is_acting,
                bool(one.holder.person),
            )
            for one in held
        ],
        frozenset(stated.values_list("holder", "kind", "words")),
        clock.today(),
    )  # fmt: skip
