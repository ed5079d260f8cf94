"""Work after the transaction, and what comes again."""

from datetime import timedelta

from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic
from alongside.members.notices.actions import delivering, gathering

PERIODIC = (
    Periodic("deliver_waiting", every=timedelta(minutes=1)),
    Periodic("send_digests", every=timedelta(minutes=5)),  # what waits names its own morning; none is missed after a rest
    Periodic("forget_secrets", every=timedelta(hours=1)),
)


def deliver(notice_id: str) -> None:
    """Send one message."""
    delivering.deliver(notice_id=notice_id, by=Standing.system())


def deliver_waiting() -> None:
    """Try again what is due."""
    delivering.deliver_waiting(by=Standing.system())


def send_digests() -> None:
    """Send the digests that are due."""
    gathering.send_digests(by=Standing.system())


def forget_secrets() -> None:
    """Erase personal links whose mails did not go."""
    delivering.forget_secrets(by=Standing.system())
