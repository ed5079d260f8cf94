"""What is kept of somebody who sat at meetings by name follows them to the account that they have now."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from alongside.deciding.bodies.models import Holder
from alongside.deciding.meetings.models import Assent, Attendee, Declared, Meeting
from alongside.deciding.meetings.permissions import may_follow_account
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require


@transaction.atomic
def follow_account(*, holder: Holder, before: str = "", by: Standing) -> int:
    """How they came, what they declared and what they are asked in writing is theirs by their account, where it was by name or by
    the account that they had `before`. Gives how many rows."""
    require(may_follow_account(by))
    was = [one for one in (holder.pk, before) if one]
    mine, told = {"partnership": holder.partnership_id, "member__in": was}, 0
    said = {"member": holder.person, "person": holder.person}
    tables: tuple[tuple[Any, str], ...] = ((Attendee, "meeting"), (Assent, "decision"), (Declared, "item"))
    for model, of in tables:
        twice = Exists(model.objects.filter(**{of: OuterRef(of)}, member=holder.person))
        told += model.objects.filter(~twice, **mine).update(**said)
    Meeting.objects.filter(partnership=holder.partnership_id, chair__in=was).update(chair=holder.person, version=F("version") + 1)
    if told:
        audit.record("meetings.follow_account", row=holder.pk, partnership=holder.partnership_id, facts={"rows": told}, by=by)
    return told
