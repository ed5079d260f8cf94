"""What is asked of somebody who begins on a body, of what interests, skills and training tell, and who has many hats."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from alongside.deciding.bodies.rules.kinds import BodyKind, Duty, is_in_gias
from alongside.ground.core.choice import Choice
from alongside.ground.core.periods import months_later
from alongside.ground.core.words import day_of

ASKED_AHEAD = timedelta(days=28)
CHECKED_ANEW_AFTER = 3  # months away
FEWEST = 5  # answers below which nothing of a skills audit is shown
GOOD = 3  # the level from which somebody brings a skill


class CheckKind(Choice):
    """What is seen to when somebody begins or ends; a day is kept, and no document or number."""

    IDENTITY = "identity", "Identity and right to be appointed"
    DBS = "dbs", "DBS check"
    SECTION_128 = "section_128", "Section 128 check"
    CODE = "code", "Code of conduct agreed"
    INTERESTS = "interests", "Interests stated, or nothing to declare"
    INDUCTION = "induction", "Induction"
    GIAS_START = "gias_start", "Start entered in GIAS"
    GIAS_END = "gias_end", "End entered in GIAS"


GIAS = (CheckKind.GIAS_START, CheckKind.GIAS_END)
DUE = {
    CheckKind.IDENTITY: 0, CheckKind.DBS: 21, CheckKind.SECTION_128: 0, CheckKind.CODE: 28, CheckKind.INTERESTS: 28,
    CheckKind.INDUCTION: 90, CheckKind.GIAS_START: 14, CheckKind.GIAS_END: 14,
}  # fmt: skip


class EntryKind(Choice):
    """What is kept about somebody on bodies."""

    INTEREST = "interest", "Interest"
    TRAINING = "training", "Training"
    WORD = "word", "Their word that these are all"


class SkillLevel(Choice):
    """How well somebody knows something."""

    NONE = "1", "Not yet"
    SOME = "2", "Some"
    GOOD = "3", "Well"
    LEADS = "4", "Could lead on it"


def checks_of(
    kind: BodyKind, duty: Duty, from_on: date, until_on: date | None, *, is_new: bool, is_beside: bool
) -> dict[CheckKind, date]:
    """Whoever becomes a governor, a local governor, a member or a trustee is checked, agrees the code, states interests, is
    inducted, and entered in GIAS within 14 days of the start and of the end; on other bodies the code, the interests and the
    induction are enough, and on a working group nothing is asked.

    `is_new`: as the rule of that name has it; `is_beside`: they chair, act or keep it beside their own seat. Interests are stated
    for each term, and the yearly word goes on. Source: R12; evidence M18, section 4 (interests with nothing to declare); DBS
    within 21 days by SI 2016/204; section 128 of the Education and Skills Act 2008; GIAS within 14 days by the Academy Trust
    Handbook. The other days: product default.
    """
    in_gias = is_in_gias(kind)
    asked = [CheckKind.CODE, CheckKind.INTERESTS, CheckKind.INDUCTION] if kind is not BodyKind.WORKING_GROUP else []
    asked = [CheckKind.IDENTITY, CheckKind.DBS, CheckKind.SECTION_128, *asked] if in_gias else asked
    asked = [one for one in asked if (is_new or one is CheckKind.INTERESTS) and not is_beside]
    found = {one: from_on + timedelta(days=DUE[one]) for one in asked}
    if in_gias and duty is not Duty.CLERK:
        found[CheckKind.GIAS_START] = from_on + timedelta(days=DUE[CheckKind.GIAS_START])
        if until_on:
            found[CheckKind.GIAS_END] = until_on + timedelta(days=DUE[CheckKind.GIAS_END])
    return found


def is_new(from_on: date, earlier: Iterable[date | None]) -> bool:
    """Somebody who begins is checked unless they held a place there until less than three months before: after such a break the
    checks are made anew.

    `earlier` are the last days of their places on the body that began before (None: it lasts). Source: DfE, Keeping children safe
    in education, part three (a break in service of three months or more); SI 2016/204 for governors.
    """
    return not any(until is None or months_later(until, CHECKED_ANEW_AFTER) > from_on for until in earlier)


def is_added_since(from_on: date, entered_at: datetime | None, word_on: date, word_at: datetime | None) -> bool:
    """A word that these are all vouches for what stood there when it was given, and not for what was entered later, whenever that
    began.

    `word_at` is nothing for a word whose day alone is known: it holds to the end of that day, and so it is with what was entered
    before its moment was kept. Source: evidence, section 4 (interests, each year's word); statutory guidance on registers of
    interests kept up to date.
    """
    if entered_at and word_at:
        return entered_at > word_at
    return (day_of(entered_at) if entered_at else from_on) > word_on


def published_since(on: date) -> date:
    """Of whoever served on the body at any time in the last twelve months it is published when they did, and their interests;
    what ended in these months stands there with its last day.

    Source: DfE, What maintained schools must publish online (each governor who served in the last twelve months); Academy Trust
    Handbook, registers of interests, for members, trustees and local governors.
    """
    return months_later(on, -12)


def skills_held(skills: Sequence[str], answers: Iterable[Mapping[str, str]]) -> list[tuple[str, int]]:
    """A body sees how many of its people bring each skill, the fewest first, and of nobody what they said; with fewer than five
    answers nothing is shown.

    Source: R12; evidence M18 (suppressed below five). Gives (skill, how many know it well).
    """
    given = list(answers)
    if len(given) < FEWEST:
        return []
    held = Counter(skill for one in given for skill in skills if int(one.get(skill, SkillLevel.NONE)) >= GOOD)
    return sorted(((skill, held[skill]) for skill in skills), key=lambda one: one[1])


class Hat(NamedTuple):
    """Something that somebody is: in words, and whether somebody can stand in."""

    words: str
    has_deputy: bool


class Load(NamedTuple):
    """Somebody with many hats: how many, and those for which nobody stands in."""

    name: str
    hats: int
    alone: tuple[str, ...]


def many_hats(people: Mapping[str, tuple[str, Sequence[Hat]]], most: int) -> list[Load]:
    """Whoever holds so many posts and seats that others should take some over is listed, with those for which nobody stands in.

    Source: evidence S11 (a person with six roles and no deputy is listed). `people` are (name, hats) by the id of each.
    """
    found = [Load(name, len(hats), tuple(one.words for one in hats if not one.has_deputy)) for name, hats in people.values()]
    return sorted((one for one in found if one.hats >= most), key=lambda one: (-len(one.alone), -one.hats, one.name))
