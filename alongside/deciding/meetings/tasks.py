"""What comes again, and what follows an approval."""

from datetime import time

from alongside.deciding.meetings.actions import following
from alongside.deciding.meetings.models import Meeting
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic

PERIODIC = (Periodic("send_actions", at=time(7), on_school_days=False),)


def send_actions() -> None:
    """In the morning what was agreed until yesterday goes to whose it is."""
    following.send_actions(by=Standing.system())


def fix(meeting_id: str) -> None:
    """Approved minutes become a PDF that stays."""
    following.fix_minutes(meeting=Meeting.objects.select_related("body", "approved_by").get(pk=meeting_id), by=Standing.system())
