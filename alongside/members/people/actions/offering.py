"""How an invitation is written down, whoever decided it."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.web.rows import already, once
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people import tokens
from alongside.members.people.models import Invitation
from alongside.members.people.rules.roles import InvitationState, PeopleSettings, Purpose
from alongside.members.schools.models import School


def draft(
    by: Standing, *, email: str, name: str, days: int, key: str = "", from_on: date | None = None, **facts: Any
) -> tuple[Invitation, str, str]:
    """An invitation that is not written down yet, with its token and its code; `facts` are its other columns."""
    now, token, code = clock.now(), tokens.new_token(), tokens.new_code()
    invitation = Invitation(
        id=key or keys.new_key(),
        email=email.strip().lower(),
        name=name.strip(),
        token_hash=tokens.hash_of_token(token),
        made_at=now,
        expires_at=max(now + timedelta(days=days), clock.end_of(from_on + timedelta(days=30)) if from_on else now),
        from_on=from_on,
        invited_by_id=by.person or by.on_behalf_of,
        **facts,
    )
    invitation.code_hash = tokens.hash_of_code(invitation.pk, code)
    return invitation, token, code


def offer(
    by: Standing, *, post: Post, school: School | None, partnership: Partnership | None, purpose: Purpose, **facts: Any
) -> tuple[Invitation, str, str]:
    """Write down a new invitation in place of any open one of the same kind; without a token when its `key` was pressed before.

    `facts` are what `draft` takes besides.
    """
    days = settings_of(partnership, PeopleSettings).invitation_days if partnership else PeopleSettings().invitation_days
    kind: dict[str, Any] = {"post": post, "school": school, "partnership": partnership, "purpose": purpose}
    invitation, token, code = draft(by, days=days, **kind, **facts)
    if (first := already(invitation)) is not None:
        return first, "", ""
    same = Invitation.objects.filter(**kind, email=invitation.email, state=InvitationState.OPEN).exclude(pk=invitation.pk)
    same.update(state=InvitationState.REPLACED, closed_at=invitation.made_at)
    try:
        stored = once(invitation)
    except IntegrityError:
        raise Conflict("Somebody else has just sent the same invitation.") from None
    if stored is not invitation:
        return stored, "", ""
    write_down("people.invite", invitation, {"post": post.value, "purpose": purpose.value}, by)
    return invitation, token, code


def write_down(act: str, invitation: Invitation, facts: dict[str, str], by: Standing) -> None:
    """The audit's line of a deed on an invitation."""
    audit.record(
        act, row=invitation.pk, partnership=invitation.partnership_id or "", school=invitation.school_id or "", facts=facts, by=by
    )
