"""Bringing open actions along from another list: all lines of a sheet, or none."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings.models import ActionPoint
from alongside.deciding.meetings.permissions import may_keep_meeting
from alongside.deciding.meetings.queries.bringing import actions_known
from alongside.deciding.meetings.queries.planning import roster
from alongside.deciding.meetings.rules.bringing import MEANINGS, look_at_actions, words_of_actions
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.columns import read_sheet
from alongside.ground.core.keys import key_from
from alongside.ground.core.shown import WasSeen, mark
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.models import lock

UNDONE = "No action was brought along"


class ActionsBrought(NamedTuple):
    """How many actions were written down, how many lines were passed over."""

    actions: int
    passed: int


@transaction.atomic
def bring_actions(
    *, body: Body, rows: Sequence[Sequence[str]], columns: Mapping[str, int], seen: WasSeen, key: str, by: Standing
) -> ActionsBrought:
    """Write down the open actions of a sheet, once: the same press of the same sheet is the same deed. They are of no meeting
    here: they come to each next one of the body, and go out tomorrow.

    Raises Invalid with the number of the line that cannot be, Conflict when it would be others than were `seen`: then none is.
    """
    require(may_keep_meeting(by, body.partnership_id, body.pk))
    lock(body)
    sheet, press = read_sheet(rows, MEANINGS, columns), key_from(key, mark([list(map(list, rows)), dict(columns)]))
    if sheet.unsure:
        raise Invalid(file=f"{UNDONE}: say which column holds {', '.join(one.title for one in sheet.unsure)}")
    before = [key_from(press, str(number)) for number, _ in sheet.lines]
    if first := ActionPoint.objects.filter(body=body, pk__in=before).count():
        return ActionsBrought(first, len(before) - first)
    looked = look_at_actions(sheet, actions_known(body, viewer=by))
    if looked.wrong:
        raise Invalid(file=f"{UNDONE}: put right what is listed below, then send the sheet again")
    if not looked.ready:
        return ActionsBrought(0, len(looked.needless))
    looked.on_page(words_of_actions(looked)).agree(seen, f"{UNDONE}.")
    people = {one.key: one.person for one in roster(body, clock.today(), viewer=by).members}
    for line in looked.ready:
        action = ActionPoint(
            pk=key_from(press, str(line.number)), partnership_id=body.partnership_id, body=body, words=line.words,
            person=people.get(line.member, ""), owner=line.owner, due_on=line.due_on, is_restricted=line.is_restricted,
        )  # fmt: skip
        audit.keep_once("meetings.agree_action", action, by=by)
    facts = {"actions": len(looked.ready), "passed": len(looked.needless)}
    audit.record("meetings.bring_actions", row=body.pk, partnership=body.partnership_id, facts=facts, by=by)
    return ActionsBrought(len(looked.ready), len(looked.needless))
