"""How people come, what they hold, and when a link or a code still opens something."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, Self

from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.choice import Choice
from alongside.ground.core.standing import HEADS, Post, Power
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.ground.core.words import in_a_sentence, listed, plural, short_date
from alongside.members.partnerships.rules import Template
from alongside.members.posts.rules import Level, PostHere

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
TRIES_IN_A_DAY = 10  # finds one code of 31 letters in eight places in sixty days less than once in a billion
HANDS_AN_INVITATION_GOES_THROUGH = 3
PASSED_ON_AT_MOST = 5  # by one link, mistyped addresses that were taken back too: a link is no way to write to the world
CODE_OPENS_FOR = timedelta(hours=1)
SEPTEMBER_CHECK_MONTHS = (9, 10, 11)
SEPTEMBER_CHECK_LATE_UNTIL = 3  # March
UNANSWERED_AFTER = timedelta(days=14)
ENDS_SOON = timedelta(days=60)
GIVEN_BACK_FOR = timedelta(weeks=4)


@dataclass(frozen=True)
class PeopleSettings:
    """What a partnership may choose about its people."""

    app: ClassVar[str] = "people"
    invitation_days: int = 60

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """The same for every template."""
        return cls()


class Purpose(StrEnum):
    """What an invitation asks for: to take up a post, or to answer for a school whether it joins."""

    ROLE = "role"
    MEMBERSHIP = "membership"


class InvitationState(Choice):
    """Where an invitation is; only an open one can be taken up, once."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Taken up"
    PASSED_ON = "passed_on", "Passed on"
    CANCELLED = "cancelled", "Withdrawn"
    REPLACED = "replaced", "Replaced by a newer one"


MOVES = {
    InvitationState.OPEN: {
        InvitationState.ACCEPTED: "somebody takes it up, before it expires",
        InvitationState.PASSED_ON: "it is sent on to a colleague, before it expires",
        InvitationState.CANCELLED: "whoever could have sent it withdraws it, or names another successor",
        InvitationState.REPLACED: "it is sent again, or to the same address for the same post",
    },
    InvitationState.PASSED_ON: {
        InvitationState.OPEN: "whoever passed it on takes that back, before the colleague has used their link",
        InvitationState.CANCELLED: "whoever passed it on before takes that back",
    },
}

CLOSED_BECAUSE = {
    InvitationState.ACCEPTED: "This invitation has been used already. If it was you, sign in with the same e-mail address.",
    InvitationState.PASSED_ON: "This invitation was passed on to a colleague, who has a link of their own.",
    InvitationState.CANCELLED: "This invitation was withdrawn.",
    InvitationState.REPLACED: "This invitation was replaced by a newer one: look for a later e-mail.",
}


def openness(
    state: str, expires_at: datetime, now: datetime, may_still_send: bool = True, is_asked: bool = True, partnership: str = ""
) -> Verdict:
    """An invitation can be taken up once, until it expires, unless it was passed on, withdrawn or replaced; to a school while it
    is asked or belongs, to an office while who sent it may still send it.

    Source: reliability.md, promise 20; decision 8 (what counts is how it stands today).
    """
    if not is_asked and state not in {InvitationState.ACCEPTED, InvitationState.PASSED_ON}:
        return no(f"{partnership} does not ask this school to join at present, so the link opens nothing. Its office says why.")
    if state == InvitationState.OPEN and not may_still_send:
        return no("Whoever sent this invitation does not run the partnership any more. Ask its office for a new one.")
    if state != InvitationState.OPEN:
        return no(CLOSED_BECAUSE[InvitationState(state)])
    return YES if now < expires_at else no("This invitation has expired. Ask whoever sent it for a new one.")


def can_go_to(post: PostHere | None, other: PostHere | None) -> Verdict:
    """An invitation is passed on within the school, and never to a post that may answer for it or look after its people where
    the one invited may not.

    Source: R2; reliability.md section 2 (an invitation forwarded).
    """
    if post is None or other is None or Level.OFFICE in {post.level, other.level}:
        return no("Only an invitation to a school can be passed on, to somebody in the same school.")
    if (other.opens - post.opens) & {Power.ANSWER, Power.PEOPLE}:
        return no(f"An invitation for a {post.said} cannot be passed on to a {other.said}.")
    return YES


def read_code(typed: str, alphabet: str = CODE_ALPHABET) -> str:
    """A code as it was meant: spaces, dashes, small or wide letters and what is not seen do not matter.

    Source: reliability.md, promise 20; 0, O, 1, I and L are in no code that we send, so nobody mistakes them.
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter in alphabet)


def show_code(code: str) -> str:
    """A code as the letter prints it, in two halves: 'K7PM-2XQD'.

    Source: issue 2 (a letter with a short code).
    """
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


@dataclass(frozen=True)
class Holding:
    """One post that somebody holds in a school or an office with what it opens there, as far as it matters when one ends.
    `lasts` is False when its end is set."""

    person: str
    post: str
    opens: frozenset[Power]
    lasts: bool = True
    from_on: date = date.min


def warnings_before_ending(
    ending: Holding, others: Iterable[Holding], place: str, gone_from: date = date.max, follower: str = ""
) -> list[str]:
    """Before a role ends, whoever ends it is told what nobody could do any more, and that a school would have no head.

    `gone_from` is the first day without the role; `follower` is who is invited to the post in the same deed. Source: R2 ("before
    a role ends the system lists what falls open").
    """
    staying = [other for other in others if other.lasts]
    until, warnings = f"Until {follower} has said yes " if follower else "", []
    if Power.ANSWER in ending.opens:
        signers = [other.from_on for other in staying if Power.ANSWER in other.opens]
        if not signers:
            first = "" if follower else " Invite the successor first."
            nobody = f"{until}nobody" if follower else "Nobody"
            warnings.append(f"{nobody} else could sign or answer for {place}, or invite a colleague.{first}")
        elif min(signers) > gone_from:
            warnings.append(
                f"Until {short_date(min(signers))} nobody else could sign or answer for {place}, or invite a colleague."
            )
        elif ending.post in HEADS:
            heads = [other.from_on for other in staying if other.post in HEADS]
            if not heads:
                instead = "" if follower else " Invite the successor instead: this role then ends when they begin."
                warnings.append(f"{until}{place} would have no head here.{instead}")
            elif min(heads) > gone_from:
                warnings.append(f"{place} would have no head here until {short_date(min(heads))}.")
    if ending.post == Post.BUSINESS_MANAGER and not any(other.post == Post.BUSINESS_MANAGER for other in staying):
        warnings.append(f"{until}{place} would have no business manager here: invoices go to the head.")
    return warnings


@dataclass(frozen=True)
class Around:
    """What else hangs on a person whose role ends: invitations they sent that wait (to the office: whom), other roles (with the
    first day of one that is to come)."""

    name: str
    invitations: int = 0
    roles: tuple[tuple[str, str, date | None], ...] = ()
    successor: tuple[str, date | None] | None = None  # invited, not yet here
    to_office: tuple[str, ...] = ()


def what_stays(around: Around) -> list[str]:
    """Beside what falls open, whoever ends a role is told what does not end with it.

    Source: R2 (bids, visits and actions follow with the rooms that hold them).
    """
    found = []
    if around.successor:
        name, first = around.successor
        when = f" from {short_date(first)}" if first else ""
        found.append(f"{name} is invited to follow{when} and has not yet said yes.")
    if around.to_office:
        whom = listed(list(around.to_office))
        found.append(f"{around.name} invited {whom} to the office. That ends with the role: invite again whoever is to come.")
    if around.invitations:
        waiting = plural(around.invitations, "invitation")
        found.append(f"{waiting} that {around.name} sent {'waits' if around.invitations == 1 else 'wait'} for an answer, and "
                     f"{'stays' if around.invitations == 1 else 'stay'} good.")  # fmt: skip
    for post, place, first in around.roles:
        said = in_a_sentence(post)
        what = f"{said} of {place} from {short_date(first)}" if first else f"also {said} of {place}"
        found.append(f"{around.name} is {what}: that role stays.")
    return found


def can_follow_from(first: date, today: date, role_began: date) -> Verdict:
    """A successor begins on a coming day; the one before leaves the day before, once the successor has said yes.

    Source: R2 ("successors may be dated ahead").
    """
    if first <= today:
        return no("Choose a coming day; to change today, end this role and invite the next person")
    if first <= role_began:
        return no("The successor cannot begin before the one who goes")
    return YES if first <= today + timedelta(days=730) else no("Choose a day within two years")


@dataclass(frozen=True)
class Follower:
    """Who has a post now that somebody has left, and from when."""

    name: str
    email: str
    from_on: date


def can_take_over_from(first: date, left_on: date, today: date) -> Verdict:
    """Whoever has the post of somebody who has left begins after that one's last day, and within two years.

    Source: R2 (the September check; "successors may be dated ahead").
    """
    if first <= left_on:
        return no(f"Enter a day after {short_date(left_on)}, the last day of the one before")
    return YES if first <= today + timedelta(days=730) else no("Enter a day within two years")


def ending_words(name: str, said: str, left_on: date | None, follower: Follower | None, today: date) -> str:
    """Before a school confirms its people, it reads whose post ends when, and who is invited to it.

    Source: R2 (the September check; "before a role ends the system lists what falls open").
    """
    last_on = left_on or today
    ends = f"ends now, with {short_date(last_on)} as the last day" if last_on < today else f"ends after {short_date(last_on)}"
    words = f"The post of {name}, {said}, {ends}."
    if follower is None:
        return f"{words} Nobody is invited to it yet."
    begins = f"from {short_date(follower.from_on)}, " if follower.from_on > today else ""
    return f"{words} {follower.name} ({follower.email}) is invited and has it {begins}when they say yes."


def may_be_given_back(ended_on: date, today: date) -> Verdict:
    """A post that was ended by mistake is given back within four weeks; later, whoever is to hold it is invited.

    Source: R2 (what somebody may do follows from the posts held today, and people come by invitation).
    """
    if today - ended_on <= GIVEN_BACK_FOR:
        return YES
    return no("This post ended more than four weeks ago. Invite whoever is to hold it.")


def days_without(last_on: date | None, first: date) -> tuple[date, date] | None:
    """Whoever invites a successor is told the days on which nobody would hold the post.

    Source: R2 ("before a role ends the system lists what falls open").
    """
    if last_on is None or first <= last_on + timedelta(days=1):
        return None
    return last_on + timedelta(days=1), first - timedelta(days=1)


def without_head_from(heads: Sequence[tuple[date, date | None]], had_one: bool, today: date) -> date | None:
    """The first day, from today on, on which a school that has a head here, or had one, would have none.

    `heads` are the (first, last) days of those who are head or will be. Source: R2 ("what falls open").
    """
    day = today
    while heads or had_one:
        last_days = [last or date.max for first, last in heads if first <= day <= (last or date.max)]
        if not last_days:
            return day
        if date.max in last_days:
            return None
        day = max(last_days) + timedelta(days=1)
    return None


def is_september_check_asked(on: date) -> bool:
    """From 1 September until the end of November each school is asked whether its people are the same this year.

    Source: R2 ("a three-minute September check per school").
    """
    return on.month in SEPTEMBER_CHECK_MONTHS


def may_confirm_people_on(on: date) -> Verdict:
    """The September check opens on 1 September; late answers are taken until the end of March, then the next one is near.

    Source: R2 ("a three-minute September check per school").
    """
    if on.month >= min(SEPTEMBER_CHECK_MONTHS) or on.month <= SEPTEMBER_CHECK_LATE_UNTIL:
        return YES
    return no(
        f"The September check opens on 1 September {on.year}. Somebody leaving before then? End their role on the page of "
        "your people, with their last day."
    )


def left_by_september(on: date) -> date:
    """Whoever is not there any more in September has left, as a rule, with the last day of the year before.

    Source: R2 (the September check); R3, the academic year ends on 31 August.
    """
    return academic_year_of(on).first_on - timedelta(days=1)


def is_last_manager(ending: Holding, others: Iterable[Holding]) -> bool:
    """A partnership always has a manager: the last one stays until the next has come.

    Source: R2 (sole admin).
    """
    return Power.RUN in ending.opens and not any(Power.RUN in other.opens and other.lasts for other in others)
