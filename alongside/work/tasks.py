"""Work that comes again."""

from datetime import time

from alongside.core.standing import Standing
from alongside.web.later import Periodic
from alongside.work import actions

PERIODIC = (Periodic("tidy", at=time(3, 30)),)


def tidy() -> None:
    """Take away what is done and of no more use."""
    actions.tidy(by=Standing.system())
