"""Work that comes again."""

from datetime import time

from alongside.core.standing import Standing
from alongside.keeping import actions
from alongside.web.later import Periodic

PERIODIC = (Periodic("sweep", at=time(2, 30)),)


def sweep() -> None:
    """Take away whatever has been kept for its time."""
    actions.sweep(by=Standing.system())
