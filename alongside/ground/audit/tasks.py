"""Sealing, again and again."""

from datetime import time, timedelta

from alongside.ground.audit.actions import sealing
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic

PERIODIC = (Periodic("seal", every=timedelta(minutes=1)), Periodic("seal_late", at=time(4)))


def seal() -> None:
    """Chain what was recorded in the last minute."""
    sealing.seal_events(by=Standing.system())


def seal_late() -> None:
    """Chain whatever was stored very late."""
    sealing.seal_events(everything=True, by=Standing.system())
