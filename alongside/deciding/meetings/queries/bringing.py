"""What a list of open actions is held against."""

from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings.models import ActionPoint
from alongside.deciding.meetings.queries.planning import roster
from alongside.deciding.meetings.rules.bringing import ActionsKnown
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.search.rules.writing import fold_all


def actions_known(body: Body, *, viewer: Standing) -> ActionsKnown:
    """Who sits on the body today, and its actions, whatever has become of them: six queries."""
    rows = list(ActionPoint.objects.visible_to(viewer).filter(body=body, school=None).values_list("words", "owner", "due_on"))
    words, owners = fold_all([row[0] for row in rows]), fold_all([row[1] for row in rows])
    there = frozenset((what, who, row[2]) for what, who, row in zip(words, owners, rows, strict=True))
    members = roster(body, clock.today(), viewer=viewer).members
    return ActionsKnown({one.key: one.name for one in members}, there)
