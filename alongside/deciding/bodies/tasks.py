"""What comes again."""

from datetime import time

from alongside.deciding.bodies.actions.people import remind_interests
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic

PERIODIC = (Periodic("remind", at=time(7, 30), on_school_days=True),)


def remind() -> None:
    """Remind of the yearly word on interests."""
    remind_interests(by=Standing.system())
