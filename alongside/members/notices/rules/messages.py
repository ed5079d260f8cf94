"""How a message stands, in words, and when it is tried again."""

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import moment

AGAIN_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
LEASE = timedelta(minutes=2)  # how long one process has a message in hand; longer than a mail server may take
SECRET_KEPT = timedelta(days=3)
DIGEST, WEEK = GATHERING = "notices.digest", "notices.week"  # the kinds of message that gather others
GONE = "@erased.invalid"
A_MOMENT = timedelta(minutes=5)
LEFT = "Whom it was written to had nothing to do with the partnership any more when it would have gone"
KILLED_TOO_OFTEN = 20  # a message with which so many processes have died is not tried by the next


def kind_of(template: str) -> str:
    """A message's kind is named by its template: "bulletin/reminder.txt" writes a "bulletin.reminder".

    Source: product default.
    """
    return template.removesuffix(".txt").replace("/", ".")


def address_removed(on: date) -> str:
    """A message went to somebody, so an address must stand there: once its words are gone, one that says since when.

    Source: promise 30; RFC 2606, section 2 (`.invalid` is nobody's).
    """
    return f"removed-{on:%Y-%m-%d}{GONE}"


def removed_on(to: str) -> date | None:
    """The day on which a message's words and address were removed; nothing where they are there.

    Source: promise 30.
    """
    found = re.fullmatch(rf"removed-([0-9-]{{10}}){re.escape(GONE)}", to)
    return date.fromisoformat(found[1]) if found else None


class NoticeState(Choice):
    """Where a message is."""

    WAITING = "waiting", "On its way"
    GATHERED = "gathered", "In the next digest"
    SENT = "sent", "Sent", "green"
    RETURNED = "returned", "Came back", "red"
    PROBLEM = "problem", "Not sent", "red"
    HELD_BACK = "held_back", "Held back"
    SHOWN = "shown", "Shown here", "green"


NEW = (NoticeState.SHOWN, NoticeState.RETURNED, NoticeState.PROBLEM)  # what reached its reader nowhere but on their own page


TO_SEND_AGAIN = (NoticeState.PROBLEM, NoticeState.RETURNED)


def when_in_words(written_at: datetime, came_at: datetime) -> str:
    """A message has one date wherever it stands, that of its writing; where it came later, both are told.

    Source: issue "Mend", a page says what is true a year later, and says it once.
    """
    if came_at - written_at < A_MOMENT:
        return moment(written_at)
    return f"Written {moment(written_at)}, came {moment(came_at)}"


def in_words(state: NoticeState, *, leaves: bool) -> tuple[str, str]:
    """Label and tone of a state; where no mail `leaves`, in a demonstration, a message that is taken is only written.

    Source: issue "Mend" ("on the way" and "nothing is sent" do not stand on one page).
    """
    stays = not leaves and state in {NoticeState.WAITING, NoticeState.SENT}
    return ("Written", "grey") if stays else (state.label, state.tone)


def may_go(tells_of: Collection[str], partnerships: Collection[str]) -> bool:
    """What waited goes only to somebody who has still to do with every partnership of which it tells: who has left hears no more,
    nor does the mail of another partnership carry it.

    Source: R2, access comes only from roles held today; docs/decisions 22.
    """
    return set(tells_of) <= set(partnerships)


def has_waited(written_at: datetime, due_at: datetime, now: datetime) -> bool:
    """What goes at once was asked for a moment ago, when it was written; what was written ahead or goes later is asked again.

    Source: as `may_go`.
    """
    return due_at > written_at or now - written_at > A_MOMENT


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


def greeted(body: str, to: str) -> str:
    """Whoever a message was written to is called by the name with which it greets, else by the address.

    Source: R4.
    """
    found = re.search(r"^Dear ([^,\n]{1,120}),$", body, re.MULTILINE)
    name = found[1] if found else ""
    return name if name and name not in ("colleague", "Headteacher") and not name.startswith("colleagues at ") else to
