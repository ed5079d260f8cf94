"""Whom a reminder may reach, and when."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.ground.core.verdict import YES, Verdict, no
from alongside.ground.core.words import day_month, plural, weekday_date
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.membership.rules.answers import TO_INVITE, AnswerState
from alongside.members.membership.rules.dates import is_open


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
        return no(f"signed, then withdrew on {day_month(school.withdrew_on)}: better called")
    if school.state is AnswerState.QUESTION or school.has_open_question:
        return no("has a question waiting for your answer")
    if school.state is AnswerState.SUBJECT and school.subject_on and school.subject_on >= today:
        return no(f"yes, subject to a meeting on {day_month(school.subject_on)}")
    if not school.has_address:
        return no("has no e-mail address here: send a letter with a code")
    if school.reminders >= at_most:
        return no(f"has had {'both' if at_most == 2 else f'all {at_most}'} reminders: better called")
    if school.reminded_on and days.count(school.reminded_on + timedelta(days=1), today) < apart:
        return no(f"was reminded on {day_month(school.reminded_on)}")
    if school.told_on and days.count(school.told_on + timedelta(days=1), today) < apart:
        return no(f"heard from us on {day_month(school.told_on)}: give it time to answer")
    return YES


def may_remind_today(today: date, days: SchoolDays) -> Verdict:
    """Reminders go out on school days only; on any other day the next possible day is offered.

    Source: R4.
    """
    if days.is_open(today):
        return YES
    following = days.next(today)
    offer = f" The next school day is {weekday_date(following)}." if following else ""
    return no(f"Reminders go out on school days, and today is {_with_article(days.why_closed(today))}.{offer}")


def _with_article(closed: str) -> str:
    return closed if closed == "the weekend" or not closed else f"a holiday ({closed})"


def chase_problems(subject: str, body: str) -> dict[str, str]:
    """A reminder has a subject of one line and words of its own; the personal link is added by itself.

    Source: R4, editable words.
    """
    problems: dict[str, str] = {}
    if not subject.strip() or "\n" in subject.strip():
        problems["subject"] = "Enter a subject of one line"
    if len(body.strip()) < 20:
        problems["body"] = "Write at least a sentence"
    return problems


SUBJECT_DEFAULT = "{partnership}: shall we count your school in?"
BODY_DEFAULT = """We asked your school to join {partnership} and have not heard from you yet. That is no surprise: you have a \
school to run.

The prospectus takes two minutes. You can sign, say yes subject to your governors or trust, ask us a question, or say not \
this time. Please answer by {sign_by}.

If you would rather talk, reply to this message with a good time and we will ring you."""
BODY_AFTERWARDS = """We asked your school to join {partnership}. Sign-up has closed, and we have not heard from you.

It is not too late: a school can still sign, and is marked as late. If it is not this time, one press tells us so.

If you would rather talk, reply to this message with a good time and we will ring you."""


def words_for(today: date, sign_by: date, frozen_on: date | None = None) -> tuple[str, str]:
    """A reminder names the last day to sign while sign-up is open; afterwards it says that signing late is possible.

    Source: R4, editable words; late signing possible, marked. Gives subject and body.
    """
    return SUBJECT_DEFAULT, BODY_DEFAULT if is_open(today, sign_by, frozen_on) else BODY_AFTERWARDS


def fill(text: str, partnership: str, sign_by: date, school: str) -> str:
    """In the words of a message, {school}, {partnership} and {sign_by} stand for what they name; anything else in braces
    stays as it was typed.

    Source: R4, editable words.
    """
    for name, value in {"school": school, "partnership": partnership, "sign_by": weekday_date(sign_by)}.items():
        text = text.replace("{" + name + "}", value)
    return text


def chase_words(groups: dict[tuple[str, int, bool], int], at_most: int) -> tuple[int, list[str]]:
    """The chase card says how many are to be invited, how many have not replied, how many of those can still be reminded, and
    who is better called or written to.

    Source: look of the membership page. `groups` counts schools by (state, reminders had, has an address); gives how many
    can be written to and the sentences.
    """
    to_invite = sum(count for (state, _, _), count in groups.items() if state == TO_INVITE)
    lines = [plural(to_invite, "school is to be invited.", "schools are to be invited.")] if to_invite else []
    silent = {AnswerState.NO_REPLY, AnswerState.READING}
    waiting = [(had if reached else None, count) for (state, had, reached), count in groups.items() if state in silent and count]
    if not waiting:
        return 0, lines or ["Every school that was asked has answered."]
    fresh = sum(count for had, count in waiting if had == 0)
    once = sum(count for had, count in waiting if had and had < at_most)
    full = sum(count for had, count in waiting if had is not None and had >= at_most)
    unreached = sum(count for had, count in waiting if had is None)
    most = "two" if at_most == 2 else at_most
    said = [
        (sum(count for _, count in waiting), "school has not replied.", "schools have not replied."),
        (fresh, "has had no reminder yet.", "have had no reminder yet."),
        (once, "has had one.", "have had one."),
        (full, f"has had {most} and is better called.", f"have had {most} and are better called."),
        (unreached, "has no e-mail address here: a letter reaches them.", "have no e-mail address here: a letter reaches them."),
    ]
    return fresh + once, lines + [plural(count, one, many) for count, one, many in said if count]
