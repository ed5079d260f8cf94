"""What comes again."""

from alongside.deciding.bodies.actions.people import remind_interests
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic
from alongside.members.calendar.rules.days import MORNING

PERIODIC = (Periodic("remind", at=MORNING, on_school_days=True),)


def remind() -> None:
    """Remind of the yearly word on interests."""
    remind_interests(by=Standing.system())
