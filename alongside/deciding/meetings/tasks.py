"""What comes again, and what follows an approval."""

from datetime import time

from alongside.deciding.meetings.actions import between, following
from alongside.deciding.meetings.models import Decision, Meeting
from alongside.deciding.meetings.rules.kinds import DecisionState
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, one_by_one

PERIODIC = (
    Periodic("send_actions", at=time(7), on_school_days=False),
    Periodic("settle_resolutions", at=time(6), on_school_days=False),
)


def send_actions() -> None:
    """In the morning what was agreed until yesterday goes to whose it is."""
    following.send_actions(by=Standing.system())


def settle_resolutions() -> None:
    """In the morning what waits only for somebody who has left a body is settled."""
    asked = Decision.objects.filter(state=DecisionState.ASKED).select_related("body__partnership")
    one_by_one(asked, lambda one: between.settle_resolution(decision=one, by=Standing.system()))


def fix(meeting_id: str) -> None:
    """Approved minutes become a PDF that stays."""
    following.fix_minutes(meeting=Meeting.objects.select_related("body", "approved_by").get(pk=meeting_id), by=Standing.system())
