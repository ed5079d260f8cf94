"""Work after the transaction."""

from alongside.core.standing import Standing
from alongside.notices import actions


def deliver(notice_id: str) -> None:
    """Send one message."""
    actions.deliver(notice_id=notice_id, by=Standing.system())
