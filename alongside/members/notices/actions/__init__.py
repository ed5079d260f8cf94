"""Deeds of what is sent: write, deliver, gather, choose, read, and take in what comes back."""

from alongside.members.notices.actions.delivering import (
    deliver as deliver,
    deliver_waiting as deliver_waiting,
    forget_secrets as forget_secrets,
    try_again as try_again,
)
from alongside.members.notices.actions.digests import send_digests as send_digests
from alongside.members.notices.actions.reading import (
    choose_digests as choose_digests,
    read_everything as read_everything,
    read_notice as read_notice,
)
from alongside.members.notices.actions.returning import clear_address as clear_address, take_return as take_return
from alongside.members.notices.actions.sending import send as send
