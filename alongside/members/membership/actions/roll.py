"""Freezing the roll."""

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.web.rows import lock
from alongside.members.membership.models import Roll, RollEntry
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries.roll import standing_signatures
from alongside.members.membership.rules.roll import hash_of, roll_text
from alongside.members.partnerships.models import Partnership


@transaction.atomic
def freeze_roll(*, partnership: Partnership, by: Standing) -> Roll:
    """Write down who has signed at this moment, for good. Raises Conflict when the roll is frozen already.

    Signing holds the same lock: whoever comes first in the database's order is on the roll, whoever comes second is not.
    """
    require(may_run_signup(by, partnership.pk))
    lock(partnership)
    if Roll.objects.filter(partnership=partnership).exists():
        raise Conflict("The roll is frozen already. It is never frozen twice.")
    at = clock.now()
    lines = standing_signatures(partnership)
    text = roll_text(partnership.name, at, [entry for _, _, entry in lines])
    roll = Roll.objects.create(
        partnership=partnership, frozen_at=at, text_hash=hash_of(text), count=len(lines), name=partnership.name
    )
    RollEntry.objects.bulk_create(
        RollEntry(
            roll=roll,
            school_id=school,
            signature_id=signature,
            urn=entry.urn,
            name=entry.name,
            constituency=entry.constituency,
            signed_at=entry.signed_at,
            text_hash=entry.text_hash,
            is_late=entry.is_late,
        )
        for school, signature, entry in lines
    )
    audit.record(
        "membership.freeze_roll",
        row=roll.pk,
        partnership=partnership.pk,
        facts={"schools": len(lines), "text_hash": roll.text_hash},
        by=by,
    )
    return roll
