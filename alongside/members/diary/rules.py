"""What goes out to a person's diary, and what an answer of their calendar program says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from alongside.ground.core.choice import Choice
from alongside.ground.core.clock import LONDON
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import HEADS
from alongside.ground.core.verdict import Conflict
from alongside.ground.core.words import clock_time, long_date
from alongside.members.calendar.rules.days import MORNING
from alongside.members.mail.rules.words import divided, without_name

AHEAD = timedelta(days=60)
MOST_A_DAY = 3
FROM_HOUR, UNTIL_HOUR = MORNING.hour, 19
MOST_COMMENT = 300
BY_PROGRAM = re.compile(r"\b(accepted|declined)\b[^\n]{0,60}\binvitation\b", re.IGNORECASE)
OURS = "@alongside.invalid"
SUBJECT = re.compile(r"(.+), \w+day \d")  # then the month


class DiaryWay(Choice):
    """How dates come to somebody's diary."""

    MAIL = "mail", "By mail: invitations to what I attend, and the days by which something is wanted"
    FEED = "feed", "Through my calendar link only"
    NONE = "none", "Not at all: no invitations, and my calendar link is empty"


class Attending(Choice):
    """What somebody answered to a date."""

    YES = "ACCEPTED", "accepted", "green"
    PERHAPS = "TENTATIVE", "said perhaps", "yellow"
    NO = "DECLINED", "declined", "red"


@dataclass(frozen=True)
class Known:
    """What is known of a date that was sent: how it was, and the number of its changes."""

    uid: str
    digest: str
    sequence: int
    first_on: date
    starts_at: datetime | None
    is_cancelled: bool


@dataclass(frozen=True)
class Outgoing:
    """One mail: a date that is new, has changed or moved, or (without a thing, or with one that is off) is to be taken out."""

    thing: Dated | None
    known: Known | None
    is_off: bool = False

    @property
    def sequence(self) -> int:
        """The number that it goes out with."""
        return self.known.sequence + 1 if self.known else 0


def way_of(chosen: str, posts: Iterable[str]) -> DiaryWay:
    """A head's dates come as invitations, everybody else's through their calendar link, until they say otherwise.

    Source: R3; docs/decisions 20.
    """
    return DiaryWay(chosen) if chosen else DiaryWay.MAIL if HEADS & set(posts) else DiaryWay.FEED


def is_time(now: datetime) -> bool:
    """Invitations go out from seven in the morning to seven in the evening, on weekdays.

    Source: R3; docs/decisions 20.
    """
    there = now.astimezone(LONDON)
    return FROM_HOUR <= there.hour < UNTIL_HOUR and there.weekday() < 5


def has_begun(one: Dated | Known, now: datetime) -> bool:
    """Nothing is sent of a date that has begun; a whole day begins when it is over, so that "by the end of today" still counts.

    Source: R3; docs/decisions 20.
    """
    return one.starts_at <= now if one.starts_at else one.first_on < now.astimezone(LONDON).date()


def outgoing(
    things: Iterable[Dated], known: Mapping[str, Known], now: datetime, *, room: int, known_until: date
) -> list[Outgoing]:
    """What goes out now: first what was sent and is off, or not the person's any more; then what changed; then what is new,
    soonest first, within two months and so many as there is still `room` for today.

    What is after `known_until` was not looked at, so nothing there is taken for gone. Source: RFC 5546 sections 3.2.2
    and 3.2.5; docs/decisions 20.
    """
    there = {one.uid: one for one in things if not has_begun(one, now)}
    off, changed, new = list[Outgoing](), list[Outgoing](), list[Outgoing]()
    for uid, before in known.items():
        thing = there.pop(uid, None)
        if thing is None or thing.is_cancelled:
            lost = thing is None and before.first_on > known_until
            if not (before.is_cancelled or lost or has_begun(before, now)):
                off.append(Outgoing(thing, before, is_off=True))
        elif before.is_cancelled or thing.digest != before.digest:
            changed.append(Outgoing(thing, before))
    last = now.astimezone(LONDON).date() + AHEAD
    for thing in sorted(there.values(), key=lambda one: (one.first_on, one.words)):
        if not thing.is_cancelled and thing.first_on <= last and len(new) < room:
            new.append(Outgoing(thing, None))
    return [*off, *changed, *new]


def when(first_on: date, last_on: date, starts_at: datetime | None, ends_at: datetime | None = None) -> str:
    """'Friday 18 March 2022, 4pm to 5:30pm', as an invitation says it.

    Source: R3.
    """
    until = f" to {long_date(last_on)}" if last_on != first_on else ""
    ends = f" to {clock_time(ends_at)}" if ends_at else ""
    return f"{long_date(first_on)}{until}{f', {clock_time(starts_at)}{ends}' if starts_at else ''}"


def why_off(*, is_there: bool, chosen: str, way: DiaryWay, gone: str) -> str:
    """Why a date is taken out of somebody's diary although it was not called off: they have left its partnership, asked for no
    invitations, or hold no post any more that has them; or what its room says (`gone`).

    Source: docs/decisions 20.
    """
    if not is_there:
        return "you hold no post or seat there any longer"
    if way is not DiaryWay.MAIL:
        return "you asked for no invitations by mail" if chosen else "invitations go to heads, and you hold no such post today"
    return gone


def named_in(subject: str) -> str:
    """What a date is called, as the mail named it that first brought it: its subject ends with when it is.

    Source: as `when`.
    """
    return named[1] if (named := SUBJECT.match(subject)) else ""


@dataclass(frozen=True)
class DateReply:
    """The answer of a calendar program to an invitation of ours."""

    uid: str
    says: Attending
    guest: str
    sequence: int
    at: datetime
    comment: str


def read_reply(text: str, now: datetime) -> DateReply:
    """What a calendar's answer says. Raises Conflict, in words for the office, for what is none: another time proposed, the date
    handed on to somebody else, an invitation of somebody else's.

    A clock that runs ahead does not outdo what is answered later. Source: RFC 5546 section 3.2.3 (REPLY), 3.2.7 (COUNTER),
    2.1.5 (which of two is the newer); what Outlook, Google and Apple send.
    """
    from icalendar import Calendar  # only where mail comes in, with its library

    try:
        calendar = Calendar.from_ical(text)
        events = calendar.walk("VEVENT")
        method = str(calendar.get("method", "")).upper()
        first = events[0] if events else {}
        guests = _several(first.get("attendee"))
        uid, stamp = str(first.get("uid", "")).strip(), first.get("dtstamp")
        sequence = int(first.get("sequence") or 0)
        moment = stamp.dt if stamp and isinstance(stamp.dt, datetime) else now
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        raise Conflict("The answer of a calendar program cannot be read.") from None
    if method == "COUNTER":
        raise Conflict("Another time is proposed for the date. The date stands as it is: answer whoever wrote.")
    if method != "REPLY":
        raise Conflict("It carries an invitation of somebody else's, and no answer to ours.")
    if not uid.endswith(OURS):
        raise Conflict("It answers a date that is not ours.")
    if len(guests) != 1:
        raise Conflict("It does not say for whom it answers.")
    said = str(guests[0].params.get("PARTSTAT", "")).upper()
    if said == "DELEGATED" or guests[0].params.get("DELEGATED-FROM"):
        raise Conflict("The date is handed on to somebody else. Who comes instead is for people to say: answer whoever wrote.")
    if said not in set(Attending):
        raise Conflict("It says neither yes, perhaps nor no.")
    guest = str(guests[0]).strip().lower().removeprefix("mailto:")
    return DateReply(
        uid.removesuffix(OURS), Attending(said), guest, max(sequence, 0), min(moment, now), _comment(first, guests[0])
    )


def _several(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]


def _comment(event: Any, guest: Any) -> str:
    """What somebody wrote beside their answer: Outlook and Apple in a line of its own, Google beside the guest."""
    said = [str(one) for one in _several(event.get("comment"))] or [str(guest.params.get("X-RESPONSE-COMMENT", ""))]
    return "\n".join(said).replace("\0", "")


def comment_of(comment: str, words: str, name: str) -> str:
    """What somebody wrote beside their answer, in the calendar's line for it or in the mail around it: without what a calendar
    program writes there by itself, what is quoted, and what stands under the name.

    Source: R3; docs/decisions 20.
    """
    said, _ = divided(comment if comment.strip() else "" if BY_PROGRAM.search(words) else words)
    return " ".join(without_name(said, name).split())[:MOST_COMMENT]


def counts(sequence: int, at: datetime, *, before: tuple[int, datetime] | None) -> bool:
    """Of two answers the one to the later state of the date holds, of two to the same state the one that was given later.

    Source: RFC 5546 section 2.1.5.
    """
    return before is None or (sequence, at) >= before


def stands(answer: str, answered_for: int, moved_at: int) -> Attending | None:
    """An answer holds until the date moves: what was answered before that is kept, and not taken for the new day.

    Source: RFC 5546 section 3.2.2.1 (rescheduling asks anew).
    """
    return Attending(answer) if answer and answered_for >= moved_at else None
