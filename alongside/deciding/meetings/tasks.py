"""What comes again, and what follows an approval or an account."""

from datetime import time

from alongside.deciding.bodies.models import Body, Holder
from alongside.deciding.meetings.actions import between, following, known, planning
from alongside.deciding.meetings.models import Decision, Meeting
from alongside.deciding.meetings.rules.kinds import AHEAD, DecisionState
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, one_by_one
from alongside.members.calendar.rules.days import MORNING

PERIODIC = (
    Periodic("send_actions", at=MORNING, on_school_days=False),
    Periodic("look_at_days", at=time(5), on_school_days=False),
    Periodic("settle_resolutions", at=time(6), on_school_days=False),
)


def send_actions() -> None:
    """In the morning what was agreed until yesterday goes to whose it is."""
    following.send_actions(by=Standing.system())


def look_at_days() -> None:
    """Each night the days of coming meetings are held against the calendar as it stands now."""
    bodies = Body.objects.filter(pk__in=Meeting.objects.filter(state__in=AHEAD, on__gt=clock.today()).values("body"))
    one_by_one(bodies.select_related("partnership"), lambda one: planning.look_at_days(body=one, by=Standing.system()))


def settle_resolutions() -> None:
    """In the morning what waits only for somebody who has left a body is settled."""
    asked = Decision.objects.filter(state=DecisionState.ASKED).select_related("body__partnership")
    one_by_one(asked, lambda one: between.settle_resolution(decision=one, by=Standing.system()))


def fix(meeting_id: str) -> None:
    """Approved minutes become a PDF that stays."""
    following.fix_minutes(meeting=Meeting.objects.select_related("body", "approved_by").get(pk=meeting_id), by=Standing.system())


def follow_account(holder_id: str, before: str = "") -> None:
    """Who sat at meetings by name, and has an account now, is the same person there."""
    known_now = Holder.objects.filter(pk=holder_id).exclude(person="")
    one_by_one(known_now, lambda holder: known.follow_account(holder=holder, before=before, by=Standing.system()))
