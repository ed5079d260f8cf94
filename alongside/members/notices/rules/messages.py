"""How a message stands, in words, and when it is tried again."""

from datetime import datetime, timedelta
from enum import StrEnum

AGAIN_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
LEASE = timedelta(minutes=2)  # how long one process has a message in hand; longer than a mail server may take
SECRET_KEPT = timedelta(days=3)
KILLED_TOO_OFTEN = 20  # a message with which so many processes have died is not tried by the next


class NoticeState(StrEnum):
    """Where a message is."""

    WAITING = "waiting"
    GATHERED = "gathered"
    SENT = "sent"
    RETURNED = "returned"
    PROBLEM = "problem"
    SHOWN = "shown"

    @property
    def label(self) -> str:
        """The state as the page shows it."""
        return {
            "waiting": "On its way",
            "gathered": "In the next digest",
            "sent": "Sent",
            "returned": "Came back",
            "problem": "Not sent",
            "shown": "Shown here",
        }[self.value]

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return {"waiting": "grey", "gathered": "grey", "sent": "green", "returned": "red", "problem": "red", "shown": "green"}[
            self.value
        ]


def next_try(tries: int) -> timedelta | None:
    """A message that the mail server did not take is tried again after 1, 5 and 30 minutes, 2 and 8 hours; then a person looks.

    Source: issue 3 (retried), reliability.md, promise 21. Gives how long to wait after so many tries, or None.
    """
    return AGAIN_AFTER[tries - 1] if 0 < tries <= len(AGAIN_AFTER) else None


def is_for_good(code: int) -> bool:
    """A mail server that answers with 500 or more will not take this message however often it is tried.

    Source: RFC 5321, 4.2.1 (replies that begin with 5 are permanent).
    """
    return 500 <= code < 600


def secret_kept_until(written_at: datetime) -> datetime:
    """A personal link is kept, sealed, until its mail is taken, and for three days at most; the office may try again until then.

    Source: reliability.md, section 6 (secrets at rest with a key outside the database), promise 21.
    """
    return written_at + SECRET_KEPT


NAMES = {
    "invoices.issued": "Invoice",
    "invoices.queried": "Query of an invoice",
    "membership.invitation": "Invitation to join",
    "membership.signed": "Thank you for signing",
    "notices.digest": "Digest",
    "people.invitation": "Invitation to a post",
}


def name_of_kind(kind: str) -> str:
    """A kind of message is called by what it is for: 'invoices.issued' is 'Invoice', 'people.passed_on' is 'Passed on'.

    Source: architecture.md, "Mail" (one template a notice).
    """
    if kind in NAMES:
        return NAMES[kind]
    words = kind.rpartition(".")[2].replace("_", " ").replace("/", " ")
    return words[:1].upper() + words[1:]
