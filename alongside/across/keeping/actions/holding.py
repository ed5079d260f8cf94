"""Holding a person, a school or a partnership, so that nothing of theirs is erased."""

from django.db import IntegrityError, transaction

from alongside.across.keeping.models import HeldThing, Hold
from alongside.across.keeping.permissions import may_hold
from alongside.across.keeping.rules.periods import reason_problem
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require


@transaction.atomic
def hold(*, what: HeldThing, row: str, reason: str, by: Standing) -> Hold:
    """Hold something from now on. Raises Conflict when it is held already."""
    require(may_hold(by))
    if problem := reason_problem(reason):
        raise Invalid(reason=problem)
    try:
        with transaction.atomic():
            made = Hold.objects.create(
                what=what, row=row, reason=reason.strip()[:300], since_at=clock.now(), by=by.person or by.on_behalf_of or ""
            )
    except IntegrityError:
        raise Conflict("This is held already.") from None
    audit.record("keeping.hold", row=row, facts={"what": str(what)}, by=by)
    return made


@transaction.atomic
def lift_hold(*, what: HeldThing, row: str, by: Standing) -> None:
    """Lift a hold. Raises Conflict when there is none."""
    require(may_hold(by))
    if not Hold.objects.filter(what=what, row=row, lifted_at=None).update(lifted_at=clock.now()):
        raise Conflict("This is not held.")
    audit.record("keeping.lift_hold", row=row, facts={"what": str(what)}, by=by)
