"""Inviting many at once: all of a sheet, or nothing."""

from collections.abc import Sequence

from django.db import transaction

from alongside.core.standing import Standing
from alongside.core.verdict import Invalid, require
from alongside.partnerships.models import Partnership
from alongside.people.actions.invitations import offer
from alongside.people.actions.letters import send_link
from alongside.people.permissions import may_list_people
from alongside.people.queries.bulk import known_for
from alongside.people.rules import Purpose
from alongside.people.rules.bulk import Reading, read_lines
from alongside.schools.models import School
from alongside.web.rows import lock


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
    for line in reading.ready:
        invitation, token, _ = offer(line.email, line.post, schools[line.school], partnership, Purpose.ROLE, line.name, by)
        send_link(template="people/invitation.txt", invitation=invitation, token=token, by=by)
    return reading
