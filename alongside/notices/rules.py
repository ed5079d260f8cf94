"""How a message stands, in words."""

from datetime import datetime
from enum import StrEnum


class NoticeState(StrEnum):
    """Where a message is."""

    SENT = "sent"
    WAITING = "waiting"
    PROBLEM = "problem"

    @property
    def label(self) -> str:
        """The state as the page shows it."""
        return {"sent": "Sent", "waiting": "On its way", "problem": "Not sent"}[self.value]


def state_of(sent_at: datetime | None, problem: str) -> NoticeState:
    """A message counts as sent when the mail server has taken it, and never before.

    Source: reliability.md, promise 21 (none claimed sent when it was not).
    """
    if sent_at:
        return NoticeState.SENT
    return NoticeState.PROBLEM if problem else NoticeState.WAITING


NAMES = {
    "fees.issued": "Invoice",
    "fees.queried": "Query of an invoice",
    "membership.invitation": "Invitation to join",
    "membership.signed": "Thank you for signing",
    "people.invitation": "Invitation to a post",
}


def name_of_kind(kind: str) -> str:
    """A kind of message is called by what it is for: 'fees.issued' is 'Invoice', 'people.passed_on' is 'Passed on'.

    Source: architecture.md, "Mail" (one template a notice).
    """
    if kind in NAMES:
        return NAMES[kind]
    words = kind.rpartition(".")[2].replace("_", " ").replace("/", " ")
    return words[:1].upper() + words[1:]
