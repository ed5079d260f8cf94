"""Whom a reminder may reach, and when."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alongside.ground.core.addresses import tidy_address, wrong_with_address
from alongside.ground.core.shown import OnPage
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.ground.core.words import near_date, plural, weekday_near
from alongside.ground.search.rules.writing import fold
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.dates import is_open
from alongside.members.membership.rules.outlook import rests_until
from alongside.members.posts.rules import CALLED


@dataclass(frozen=True)
class Reach:
    """What decides whether a school may be reminded; `told_on` is when it was invited, or its last question answered."""

    state: AnswerState
    has_address: bool
    reminders: int
    reminded_on: date | None = None
    subject_on: date | None = None
    has_open_question: bool = False
    told_on: date | None = None
    not_open: str = ""
    withdrew_on: date | None = None
    asked_on: date | None = None  # its last question that was answered, and when
    replied_on: date | None = None
    has_talked: bool = False  # the office has noted a talk


def may_remind_school(school: Reach, today: date, at_most: int, days: SchoolDays, apart: int) -> Verdict:
    """A reminder goes to a school that has not answered: two at most, none while its question is unanswered, none within
    three school days of another, of its invitation or of our answer to its question, none without an address, none to a
    school that is closed or has withdrawn its signature.

    Source: R4; whoever was written to yesterday is not late. A yes subject to a meeting counts as an answer until the
    meeting has been.
    """
    if school.state in (AnswerState.SIGNED, AnswerState.DECLINED):
        return no("has answered")
    if school.not_open:
        return no(f"{school.not_open[:1].lower()}{school.not_open[1:]}, says the register: take it off the list")
    if school.withdrew_on:
        return no(f"signed, then withdrew on {near_date(school.withdrew_on, today)}: better called")
    if school.state is AnswerState.QUESTION or school.has_open_question:
        return no("has a question waiting for your answer")
    if school.state is AnswerState.SUBJECT and school.subject_on and school.subject_on >= today:
        return no(f"yes, subject to a meeting on {near_date(school.subject_on, today)}")
    if not school.has_address:
        return no("has no e-mail address here: send a letter with a code")
    if school.reminders >= at_most:
        return no(f"has had {'both' if at_most == 2 else f'all {at_most}'} reminders: better called")
    if school.reminded_on and rests_until(school.reminded_on, today, days, apart):
        return no(f"was reminded on {near_date(school.reminded_on, today)}")
    if school.told_on and rests_until(school.told_on, today, days, apart):
        return no(f"heard from us on {near_date(school.told_on, today)}: give it time to answer")
    return YES


def may_remind_today(today: date, days: SchoolDays) -> Verdict:
    """Reminders go out on school days only; on any other day the next possible day is offered.

    Source: R4.
    """
    if days.is_open(today):
        return YES
    following = days.next(today)
    offer = f" The next school day is {weekday_near(following, today)}." if following else ""
    return no(f"Reminders go out on school days, and today is {_with_article(days.why_closed(today))}.{offer}")


def _with_article(closed: str) -> str:
    return closed if closed == "the weekend" else f"a holiday ({closed})"


SUBJECT_DEFAULT = "[partnership]: shall we count your school in?"
BODY_DEFAULT = """[how it stands]

The prospectus takes two minutes. You can sign, say yes subject to your governors or trust, ask us a question, or say not \
this time. Please answer by [last day to sign].

If you would rather talk, reply to this message with a good time and we will ring you."""
BODY_AFTERWARDS = """[how it stands]

Sign-up has closed. It is not too late: a school can still sign, and is marked as late. If it is not this time, one press \
tells us so.

If you would rather talk, reply to this message with a good time and we will ring you."""


def how_it_stands(school: Reach, today: date) -> str:
    """A reminder says what we last heard of the school: its yes subject to a meeting that has been, its question and our answer;
    that we have not heard from it only where that is so.

    Source: R4.
    """
    if school.state is AnswerState.SUBJECT and school.subject_on:
        return (
            f"Your school said yes to [partnership], subject to a meeting on {near_date(school.subject_on, today)}. "
            "May we ask what was decided?"
        )
    if school.asked_on and school.replied_on:
        return (
            f"Your school asked us a question about [partnership] on {near_date(school.asked_on, today)}, and we answered it on "
            f"{near_date(school.replied_on, today)}. Does that help your school to decide?"
        )
    if school.state is AnswerState.SUBJECT or school.has_talked:
        return "We asked your school to join [partnership], and do not know yet what it has decided."
    return (
        "We asked your school to join [partnership] and have not heard from you yet. That is no surprise: "
        "you have a school to run."
    )


def words_for(today: date, sign_by: date, frozen_on: date | None = None) -> tuple[str, str]:
    """A reminder names the last day to sign while sign-up is open; afterwards it says that signing late is possible.

    Source: R4, editable words; late signing possible, marked. Gives subject and body.
    """
    return SUBJECT_DEFAULT, BODY_DEFAULT if is_open(today, sign_by, frozen_on) else BODY_AFTERWARDS


SEPARATORS = re.compile(r"[,;\t]")


BEGINS = re.compile(
    r'[\s"\']*(?:URN[\s:.#"]*(?=\d))?(\w+(?:\.(?!0+\b)\w+)?)(?:\.0+\b)?"?\s*[,;\t]?\s*(.*)', re.DOTALL | re.IGNORECASE
)
DOUBLED = re.compile(r'(?<=[^,;\t\s])""|(?<=[^,;\t])""(?=[^,;\t\s])')  # a quotation mark within quotation marks
PHONE = re.compile(r"(?:(?:tel|telephone|phone|mobile|mob)\b[.: ]*)?\+?[\d ()/-]{7,}(?:\s*(?:ext|x)\.? ?\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class AddressLine:
    """One line of addresses as it was read, for a school; `remedy` says what to do where it will not be sent."""

    number: int
    words: str
    school: Any = None
    email: str = ""
    name: str = ""
    remedy: str = ""


def read_addresses(text: str, asked: Mapping[int, Any], closed: Mapping[int, str]) -> list[AddressLine]:
    """A line is read as it is meant: a URN, then an address and, if it stands there, the school's name and a person's, parted by
    commas, semicolons, tabs or spaces. A post and a telephone number are nobody's name. A heading, which holds no figures and no
    address, and empty lines are passed over.

    Source: R4, invitations. `asked` are the rows of schools by URN; of those that are `closed` is told what the register says.
    """
    found: list[AddressLine] = []
    seen: dict[int, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not (begins := BEGINS.match(line)) or (number == 1 and begins[1].lower() == "urn" and not re.search(r"[\d@]", line)):
            continue
        urn, (email, said) = begins[1], _address_and_words(begins[2])
        remedy = ""
        if not (urn.isascii() and urn.isdigit() and 5 <= len(urn) <= 7):
            remedy = "Begin the line with the school’s URN, six figures"
        elif wrong := wrong_with_address(email):
            remedy = wrong
        elif seen.setdefault(int(urn), number) != number:
            remedy = f"This school stands in line {seen[int(urn)]} already: keep one of the two"
        elif int(urn) in closed:
            remedy = f"{closed[int(urn)]} Take it off the list"
        elif int(urn) not in asked:
            remedy = "This school is not asked to join, or has answered already: choose it first"
        school = None if remedy else asked[int(urn)]
        found.append(AddressLine(number, line[:80], school, email, _person(said, school.name) if school else "", remedy))
    return found


def typed_addresses(typed: Mapping[str, str], asked: Mapping[int, Any], *, besides: Sequence[AddressLine]) -> list[AddressLine]:
    """What was typed in the rows of the schools, `email-URN` and `name-URN`, is read as lines are; where a pasted line names the
    same school, the line counts.

    Source: R4, invitations: one row a school, pasting from a sheet as the other way.
    """
    pasted = {one.school.urn for one in besides if one.school}
    found = []
    for urn, school in asked.items():
        email, name = (typed.get(f"{what}-{urn}", "").strip() for what in ("email", "name"))
        if email and urn not in pasted:
            found.append(
                AddressLine(0, school.name, school, tidy_address(email), name[:120], wrong_with_address(tidy_address(email)))
            )
    return found


def _address_and_words(rest: str) -> tuple[str, str]:
    """The address of a line, or several that are one too many, and what else stands there."""
    cells = [one.strip().strip('"').strip() for one in SEPARATORS.split(DOUBLED.sub("\0", rest))]
    cells = ["" if PHONE.fullmatch(one) or one.lower() in CALLED else one.replace("\0", '"') for one in cells]
    parts = [part for cell in cells for part in (cell.split() if "@" in cell else [cell]) if part]
    addresses, words = [one for one in parts if "@" in one], [one for one in parts if "@" not in one]
    return " ".join(map(tidy_address, addresses)), " ".join(words)


def _person(said: str, school: str) -> str:
    """Who is written to, where the name of the school stands before them or alone."""
    words, length = said.split(), len(school.replace(",", " ").split())
    return " ".join(words[length:] if fold(" ".join(words[:length])) == fold(school) else words)[:120]


def shown_letters(due: Sequence[tuple[str, int, datetime | None]]) -> OnPage:
    """Letters are made for the schools that the page showed: a new one ends the code of the one that was printed then.

    Source: R4, letters with a code; reliability.md (nobody agrees to what another changed since).
    """
    parts = {"the schools": [urn for _, urn, _ in due], "which letters were printed": due}
    return OnPage(f"{plural(len(due), 'school')} without an address", parts)


def shown_reminder(going: Sequence[tuple[str, str]], sign_by: date, *office: str) -> OnPage:
    """A reminder goes to the schools that its page showed, with the day that it names.

    Source: R4, two reminders at most; reliability.md (nobody agrees to what another changed since).
    """
    parts = {"who gets it": sorted(going), "the last day to sign": sign_by, "the partnership, and whom to ask": office}
    return OnPage(f"{plural(len(going), 'school')} to remind", parts)
