"""The words of an invitation, and the lines of addresses to which it goes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import listed, plural, weekday_date
from alongside.members.membership.rules.answers import TO_INVITE, AnswerState

SUBJECT = "[partnership]: would [school] like to join?"
OPENING = "[partnership] asks [school] to join. The prospectus takes two minutes to read, and answering takes one."


def opening_of(subject: str, opening: str, partnership: str, sign_by: date, schools: Sequence[str]) -> tuple[str, list[str]]:
    """An invitation begins with the office's words: its subject, and paragraphs that name the schools that it is for.

    Source: R4, editable words; who gets one mail for several schools is asked about each by name.
    """
    together = "your schools" if len(schools) > 1 else listed(list(schools))
    text = fill(opening, partnership, sign_by, listed(list(schools))).replace("\r\n", "\n")
    return fill(subject, partnership, sign_by, together), [one.strip() for one in text.split("\n\n") if one.strip()]


def shown_invitations(lines: Iterable[tuple[str, str, str]], subject: str, opening: str, more: Any) -> OnPage:
    """Invitations go out as they were looked at: (school, address, whom to greet) of each, and all words of the e-mail.

    Source: R4, look first; reliability.md (nobody agrees to what another changed since).
    """
    going = sorted(lines)
    parts = {"the schools and their addresses": going, "the words of the e-mail": (subject.split(), opening.split(), more)}
    return OnPage(plural(len(going), "invitation"), parts)


def fill(text: str, partnership: str, sign_by: date, school: str, so_far: str = "") -> str:
    """In the words of a message, [school], [partnership], [last day to sign] and, in a reminder, [how it stands] stand for what
    they name; anything else in brackets stays as it was typed.

    Source: R4, editable words.
    """
    named = {"school": school, "partnership": partnership, "last day to sign": weekday_date(sign_by)}
    text = text.replace("[how it stands]", so_far) if so_far else text
    for name, value in named.items():
        text = text.replace(f"[{name}]", value)
    return text


def wrong_with_words(subject: str, body: str) -> dict[str, str]:
    """A message to schools has a subject of one line and words of its own; the personal link is added by itself.

    Source: R4, editable words.
    """
    problems: dict[str, str] = {}
    if not subject.strip() or "\n" in subject.strip():
        problems["subject"] = "Enter a subject of one line"
    if len(body.strip()) < 20:
        problems["body"] = "Write at least a sentence"
    return problems


def chase_words(groups: dict[tuple[str, int, bool], int], at_most: int, resting: int = 0) -> tuple[int, list[str]]:
    """The chase card says how many are to be invited, how many have not replied, how many of those can still be reminded, and
    who is better called or written to.

    Source: look of the membership page. `groups` counts schools by (state, reminders had, has an address); gives how many
    can be written to and the sentences. Of those that could be reminded so many are `resting`: they were just written to.
    """
    to_invite = sum(count for (state, _, _), count in groups.items() if state == TO_INVITE)
    lines = [plural(to_invite, "school is to be invited.", "schools are to be invited.")] if to_invite else []
    silent = {AnswerState.NO_REPLY, AnswerState.READING}
    waiting = [(had if reached else None, count) for (state, had, reached), count in groups.items() if state in silent]
    if not waiting:
        return 0, lines or ["Every school that was asked has answered."]
    fresh = sum(count for had, count in waiting if had == 0 and at_most)
    once = sum(count for had, count in waiting if had and had < at_most)
    full = sum(count for had, count in waiting if had is not None and had >= at_most)
    unreached = sum(count for had, count in waiting if had is None)
    more = any(had > at_most for had, _ in waiting if had)  # it was lowered since
    most = ("two" if at_most == 2 else at_most) if at_most != 1 else "one or more" if more else "one"
    said = [
        (sum(count for _, count in waiting), "school has not replied.", "schools have not replied."),
        (fresh, "has had no reminder yet.", "have had no reminder yet."),
        (once, "has had one.", "have had one."),
        (full, f"has had {most} and is better called.", f"have had {most} and are better called.")
        if at_most
        else (full, "is better called: no reminder is sent.", "are better called: no reminder is sent."),
        (resting, "was written to in the last days: give it time.", "were written to in the last days: give them time."),
        (unreached, "has no e-mail address here: a letter reaches them.", "have no e-mail address here: a letter reaches them."),
    ]
    return max(fresh + once - resting, 0), lines + [plural(count, one, many) for count, one, many in said if count]
