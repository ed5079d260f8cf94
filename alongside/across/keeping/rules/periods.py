"""What is kept how long.

When somebody's last post ends, what they could see and do through it ends with the day, the dates leave their calendar link,
and they are left their own record: who they were here, what they did, and the way to take it with them. What they did stays
under their name until they are erased, which the list below does by itself. Nothing goes that is held.

Source: evidence.md, Retention (IRMS Schools Toolkit 2019 p.66: finance six years after the year's end, minutes and
instruments for the life of the school) and UK GDPR article 5.1e (no longer than needed) for what has no statutory time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from alongside.deciding.elections.rules.published import KEPT_DAYS


class Subject(StrEnum):
    """What may be kept for a time only."""

    SESSIONS = "sessions"
    SIGN_INS = "sign_ins"
    INVITATIONS = "invitations"
    MESSAGES = "messages"
    MAIL = "mail"
    WHOLE_MAIL = "whole_mail"
    MAIL_FILES = "mail_files"
    QUERIES = "queries"
    CONTACTS = "contacts"
    APPLICATIONS = "applications"
    FEEDS = "feeds"
    DIARY = "diary"
    LEAVERS = "leavers"
    FILES = "files"
    FINANCE_FILES = "finance_files"
    STRAYS = "strays"
    BALLOTS = "ballots"


@dataclass(frozen=True)
class KeptFor:
    """So many days after `after`, what is kept of a subject goes; the rule holds from a day on.

    `empties` are the columns that are emptied; where there are none the rows go.
    """

    PRINTED: ClassVar = {"what": "what goes", "days": "days", "after": "after", "source": "because"}
    subject: Subject
    what: str
    days: int
    after: str
    source: str
    empties: str = ""
    from_on: date = date(2022, 1, 1)

    def before(self, today: date) -> date:
        """What ended before this day goes."""
        return today - timedelta(days=self.days)


CAME_IN = "sender name handed_on_by subject words quoted whole became why not_kept"
MESSAGE, ASKED = "to subject body calendar link sealed problem", "name email"
HOUSE = "a house rule: no longer than needed (UK GDPR 5.1e)"
BOX = "reliability.md section 4: result, hashes and count stay, the list of ballots goes"
PERIODS = (
    KeptFor(Subject.SESSIONS, "Sessions of browsers", 0, "they expired", HOUSE),
    KeptFor(Subject.SIGN_INS, "The list of browsers in which somebody was signed in", 90, "the session ended", HOUSE),
    KeptFor(Subject.INVITATIONS, "Invitations that nobody took up", 180, "they expired or were closed", HOUSE),
    KeptFor(Subject.MESSAGES, "Words and address of messages", 400, "they were sent", HOUSE, MESSAGE),
    KeptFor(Subject.WHOLE_MAIL, "Mail as it came, with its files, once somebody has seen to it", 30, "it came", HOUSE, "whole"),
    KeptFor(Subject.MAIL, "Words and sender of mail that came in", 400, "it came", HOUSE, CAME_IN),
    KeptFor(Subject.QUERIES, "Name and address of who asked about an invoice", 400, "the query was answered", HOUSE, ASKED),
    KeptFor(Subject.CONTACTS, "Whom the office spoke to, and the note of it", 730, "the talk", HOUSE, "spoke_to words"),
    KeptFor(
        Subject.APPLICATIONS, "What applicants for a seat sent, how it was scored, what was written to them", 0,
        "the day that their competition said: six months after the decision, unless the partnership has settled another time",
        "evidence section 4 (election papers six months), Equality Act 2010 s.123, UK GDPR 5.1e",
    ),
    KeptFor(Subject.FEEDS, "Private calendar links that were ended", 30, "they were ended", HOUSE),
    KeptFor(Subject.DIARY, "Dates that were sent to somebody’s diary, and what they answered", 400, "the date", HOUSE),
    KeptFor(Subject.BALLOTS, "Lists of the ballots of an election", KEPT_DAYS, "they were published", BOX, "text"),
    KeptFor(Subject.STRAYS, "Bytes in the store to which no file belongs", 2, "they were written", HOUSE),
    KeptFor(Subject.MAIL_FILES, "Files that came by mail, once somebody has seen to it", 30, "it came", HOUSE),
    KeptFor(Subject.LEAVERS, "Name, address and number of somebody without any post", 365, "their last post ended", HOUSE),
    KeptFor(Subject.FILES, "The content of files that were taken out", 30, "they were taken out", HOUSE),
    KeptFor(
        Subject.FINANCE_FILES, "The content of supplier and VAT evidence that was taken out", 2_557, "they were taken out",
        "finance six years after the year's end, here seven whole years (IRMS Schools Toolkit 2019 p.66)",
    ),
)  # fmt: skip


def in_force(on: date, periods: Iterable[KeptFor] = PERIODS) -> dict[Subject, KeptFor]:
    """Of each subject the period that began last, on or before the day, holds."""
    found: dict[Subject, KeptFor] = {}
    for period in sorted(periods, key=lambda one: one.from_on):
        if period.from_on <= on:
            found[period.subject] = period
    return found


def reason_problem(reason: str) -> str:
    """A hold says in words why, so that whoever lifts it knows what it was for."""
    return "" if len(reason.strip()) >= 5 else "Say in a few words why this has to be kept"
