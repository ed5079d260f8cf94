"""Inviting many at once: all of a sheet, or nothing."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.rows import lock
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.actions.letters import send_link
from alongside.members.people.actions.offering import draft
from alongside.members.people.models import Invitation
from alongside.members.people.permissions import may_list_people
from alongside.members.people.queries.bulk import known_for
from alongside.members.people.rules.bulk import Reading, read_lines
from alongside.members.people.rules.roles import InvitationState, PeopleSettings, Purpose
from alongside.members.schools.models import School


@transaction.atomic
def invite_many(*, partnership: Partnership, rows: Sequence[Sequence[str]], dry_run: bool = False, by: Standing) -> Reading:
    """Invite everybody of a sheet and send them their links; a dry run only says what would happen.

    What is invited or there already is left as it is. Raises Invalid when one line is wrong: then nobody is invited.
    """
    require(may_list_people(by, partnership.pk))
    if not dry_run:
        lock(partnership)  # two who send the same sheet: the second finds everybody invited
    reading = read_lines(rows, known_for(partnership, viewer=by))
    if dry_run:
        return reading
    if reading.wrong:
        raise Invalid(file="Nobody was invited: put right what is listed below, then send the sheet again")
    schools = School.objects.select_related("current").in_bulk({line.school for line in reading.ready})
    days = settings_of(partnership, PeopleSettings).invitation_days
    place: dict[str, Any] = {"partnership": partnership, "purpose": Purpose.ROLE}
    made = [
        draft(by, email=line.email, name=line.name, post=line.post, school=schools[line.school], **place, days=days)
        for line in reading.ready
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
        send_link(template="people/invitation.txt", invitation=invitation, token=token, by=by)
    return reading
