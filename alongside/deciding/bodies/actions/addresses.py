"""Giving somebody who is on a body by name the address with which they sign in."""

from django.db import transaction

from alongside.deciding.bodies.actions.tenures import tell_of_seat
from alongside.deciding.bodies.models import Holder, Tenure
from alongside.deciding.bodies.permissions import may_give_address
from alongside.deciding.bodies.queries.people import bodies_of_holder, why_address_is_kept
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.later import later
from alongside.ground.web.models import lock
from alongside.members.people.actions.roles import create_person
from alongside.members.people.models import Person

OTHERS = (
    "Somebody with this address sits, or sat, on a board here already. If it is the same person, put them on the seat with "
    "“Replace”, and choose them from the list"
)


@transaction.atomic
def give_address(*, holder: Holder, email: str, by: Standing) -> Holder:
    """Let somebody who is here by name sign in with an address, or correct one that nobody has used: they hear of their seats.

    The account that was there before stays as it is, so that nobody is given what somebody else holds by that address. Raises
    Conflict for an address that somebody has used, Invalid for that of somebody else who sits here.
    """
    require(may_give_address(by, holder.partnership_id, bodies_of_holder(holder, viewer=by)))
    lock(holder)
    holder.refresh_from_db(fields=["person"])
    if why := why_address_is_kept(holder, viewer=by):
        raise Conflict(why)
    system, before = Standing.system(on_behalf_of=by.person), holder.person
    person = Person.objects.whose_address(email) or create_person(name=holder.name, email=email, by=system).pk
    if person == before:
        return holder
    if Holder.objects.filter(partnership=holder.partnership_id, person=person).exists():
        raise Invalid(email=OTHERS)
    holder.person = person
    holder.save(update_fields=["person"])
    audit.record("bodies.give_address", row=holder.pk, partnership=holder.partnership_id, facts={"person": person}, by=by)
    theirs = Tenure.objects.lasting(clock.today()).filter(holder=holder).select_related("seat__body__partnership", "holder")
    for tenure in theirs.order_by("from_on", "pk"):
        tell_of_seat(tenure, by)
    later("meetings.follow_account", holder.pk, *filter(None, [before]))
    return holder
