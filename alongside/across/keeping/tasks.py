"""Work that comes again."""

from datetime import time

from alongside.across.keeping import actions
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic

PERIODIC = (Periodic("sweep", at=time(2, 30)),)


def sweep() -> None:
    """Take away whatever has been kept for its time."""
    actions.sweep(by=Standing.system())
