"""Work that comes again."""

from datetime import time

from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic
from alongside.ground.work.actions import queue

PERIODIC = (Periodic("tidy", at=time(3, 30)),)


def tidy() -> None:
    """Take away what is done and of no more use."""
    queue.tidy(by=Standing.system())
