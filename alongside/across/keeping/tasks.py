"""Work that comes again."""

from datetime import time

from alongside.across.keeping.actions import retention
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic

PERIODIC = (Periodic("sweep", at=time(2, 30)),)


def sweep() -> None:
    """Take away whatever has been kept for its time."""
    retention.sweep(by=Standing.system())
