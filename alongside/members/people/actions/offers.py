"""How an invitation is written down and its link sent, whoever decided it: one, or all of a sheet."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import day_of, short_date
from alongside.ground.web.models import already, lock, once
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people import tokens
from alongside.members.people.models import Invitation
from alongside.members.people.permissions import may_list_people
from alongside.members.people.queries.invitations import known_for
from alongside.members.people.rules.bulk import Reading, read_lines
from alongside.members.people.rules.roles import InvitationState, PeopleSettings, Purpose
from alongside.members.schools.models import School

Offered = tuple[Invitation, str, str]  # the invitation, the token of its link, the code of its letter


def days_open(partnership: Partnership | None) -> int:
    """For how many days an invitation can be taken up."""
    return (settings_of(partnership, PeopleSettings) if partnership else PeopleSettings()).invitation_days


def draft(by: Standing, *, email: str, name: str, days: int, key: str = "", from_on: date | None = None, **facts: Any) -> Offered:
    """An invitation that is not written down yet; `facts` are its other columns."""
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
    by: Standing, *, post: str, school: School | None, partnership: Partnership | None, purpose: Purpose, **facts: Any
) -> Offered:
    """Write down a new invitation in place of any open one of the same kind; without a token when its `key` was pressed before.

    `facts` are what `draft` takes besides.
    """
    kind: dict[str, Any] = {"post": post, "school": school, "partnership": partnership, "purpose": purpose}
    invitation, token, code = draft(by, days=days_open(partnership), **kind, **facts)
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
    write_down("people.invite", invitation, by, post=post, purpose=purpose.value)
    return invitation, token, code


def write_down(act: str, invitation: Invitation, by: Standing, **facts: str) -> None:
    """The audit's line of a deed on an invitation."""
    where = {"partnership": invitation.partnership_id or "", "school": invitation.school_id or ""}
    audit.record(act, row=invitation.pk, **where, facts=facts, by=by)


def words_of(invitation: Invitation, by: Standing) -> dict[str, str]:
    """What the mail of an invitation says, but its link."""
    return {
        "name": invitation.name,
        "post": invitation.post_name,
        "place": invitation.place,
        "partnership": str(invitation.partnership or invitation.place),
        "inviter": by.name,
        "begins": short_date(invitation.from_on) if invitation.from_on else "",
        "until": short_date(day_of(invitation.expires_at)),
    }


@transaction.atomic
def send_link(
    *,
    invitation: Invitation,
    token: str,
    template: str = "people/invitation.txt",
    words: dict[str, Any] | None = None,
    by: Standing,
) -> None:
    """Send the link of an invitation to its address; the copy that is kept shows dots in its place."""
    secret = {"link": settings.ADDRESS + reverse("people:invitation", args=[token])}
    place: dict[str, Any] = {"partnership": invitation.partnership, "school": invitation.school}
    notices.send(
        template=template, to=invitation.email, words={**words_of(invitation, by), **(words or {})}, secret=secret, **place, by=by
    )


@transaction.atomic
def invite_many(*, partnership: Partnership, rows: Sequence[Sequence[str]], seen: WasSeen, by: Standing) -> Reading:
    """Invite everybody of a sheet and send them their links.

    What is invited or there already is left as it is. Raises Invalid when one line is wrong, Conflict when it would be
    others than were `seen`: then nobody is invited.
    """
    require(may_list_people(by, partnership.pk))
    lock(partnership)  # two who send the same sheet: the second finds everybody invited
    reading = read_lines(rows, known_for(partnership, viewer=by))
    if reading.wrong:
        raise Invalid(file="Nobody was invited: put right what is listed below, then send the sheet again")
    if reading.ready:
        reading.shown.agree(seen, "Nobody was invited.")
    schools = School.objects.select_related("current").in_bulk({line.school for line in reading.ready})
    kind: dict[str, Any] = {"partnership": partnership, "purpose": Purpose.ROLE, "days": days_open(partnership)}
    made = [
        draft(by, email=line.email, name=line.name, post=line.post, school=schools[line.school], **kind) for line in reading.ready
    ]
    expired = Invitation.objects.filter(partnership=partnership, state=InvitationState.OPEN, expires_at__lte=clock.now())
    expired.filter(school__in=schools).update(state=InvitationState.REPLACED, closed_at=clock.now())
    try:
        with transaction.atomic():
            Invitation.objects.bulk_create((invitation for invitation, _, _ in made), batch_size=100)
    except IntegrityError:
        raise Conflict("A colleague has just invited some of the same people. Send the sheet again.") from None
    facts = [{"row": one.pk, "school": one.school_id, "facts": {"post": one.post, "purpose": one.purpose}} for one, _, _ in made]
    audit.record_many("people.invite", facts, partnership=partnership.pk, by=by)
    for invitation, token, _ in made:
        send_link(invitation=invitation, token=token, by=by)
    return reading
