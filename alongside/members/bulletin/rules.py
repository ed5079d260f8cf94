"""For whom an item is, when the bulletin goes, and what it asks of a school."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import ClassVar, Self

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import in_a_sentence, listed, near_date, plural, short_date
from alongside.members.calendar.rules.days import goes_on
from alongside.members.partnerships.rules import Template

MOST_MINUTES, MOST_ANSWERED = 600, 2_000
NUMBERED = re.compile(r"^[ \t]*(?:request )?(\d{1,2})[ \t]*[:.)][ \t]*", re.IGNORECASE | re.MULTILINE)
LONGEST_AHEAD = timedelta(days=400)
STILL_ASKED = timedelta(weeks=4)
REMINDER = "bulletin/reminder.txt"


class Weekday(IntEnum):
    """The day of the week on which the bulletin goes."""

    MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


@dataclass(frozen=True)
class BulletinSettings:
    """Whether a partnership has a bulletin, and on which day it goes."""

    app: ClassVar[str] = "bulletin"
    is_on: bool = True
    weekday: int = Weekday.THURSDAY

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """The same for every template."""
        return cls()


class ItemState(Choice):
    """Where an item is."""

    PROPOSED = "proposed", "Waits for the office"
    APPROVED = "approved", "In the next bulletin", "green"
    SENT = "sent", "Sent", "green"
    DECLINED = "declined", "Not taken"
    WITHDRAWN = "withdrawn", "Taken back"


MOVES = {
    ItemState.PROPOSED: {
        ItemState.APPROVED: "the office takes it into the next bulletin",
        ItemState.DECLINED: "the office does not take it, and says why",
        ItemState.WITHDRAWN: "whoever sent it in, or the office, takes it back",
    },
    ItemState.APPROVED: {
        ItemState.SENT: "the bulletin goes",
        ItemState.WITHDRAWN: "the office takes it back",
    },
    ItemState.SENT: {ItemState.WITHDRAWN: "the office asks for it no longer"},
    ItemState.DECLINED: {ItemState.PROPOSED: "whoever sent it in changes it and sends it in again"},
}
CHANGED = (ItemState.PROPOSED, ItemState.APPROVED, ItemState.DECLINED)  # where an item is still put into other words


def is_still_theirs(state: ItemState) -> bool:
    """Until the office has taken an item it is its author's to change, also where the office has said why it does not.

    Source: R20; issue "The week".
    """
    return state in {ItemState.PROPOSED, ItemState.DECLINED}


def has_missed(by_on: date | None, today: date) -> bool:
    """A request is of no use any more once the day by which it is wanted has passed: it goes in no bulletin.

    Source: R20.
    """
    return by_on is not None and by_on < today


def waiting_words(next: int, waits: int) -> str:
    """How many items go with the next bulletin, and how many the office has still to look at, in words.

    Source: as `has_missed`.
    """
    if waits:
        return f"{plural(next, 'item')} to go, {waits} to look at"
    return f"{plural(next, 'item')} to go" if next else "Nothing sent in for the next one"


def asked_since(today: date) -> date:
    """A school is reminded of a request until four weeks after its day: what was wanted last year is not asked for any more.

    Source: as `has_missed`. Gives the first day of requests that are still asked for.
    """
    return today - STILL_ASKED


def is_still_asked(state: ItemState, by_on: date | None, today: date) -> bool:
    """Whether schools are reminded of what they were asked: it went, was not taken back, and its day is not long past.

    Source: as `asked_since`.
    """
    return state is ItemState.SENT and by_on is not None and by_on >= asked_since(today)


def how_it_stands(state: ItemState, by_on: date | None, today: date, goes: date | None) -> tuple[str, str]:
    """What stands beside an item, and its colour: one that was taken and missed its day, or will have when the next bulletin
    `goes`, is not said to be in it.

    Source: as `has_missed`.
    """
    if state is ItemState.APPROVED and has_missed(by_on, goes or today):
        return "Its day has passed" if has_missed(by_on, today) else "Its day comes before the bulletin", "amber"
    return state.label, state.tone


def written(some: Iterable[str]) -> str:
    """Posts or phases as one text in which each is found between commas; nothing for all of them.

    Source: R20, an item says for whom it is.
    """
    found = sorted(set(some))
    return f",{','.join(found)}," if found else ""


def is_for(item_posts: str, item_phases: str, item_schools: str, *, post: str, phase: str, school: str) -> bool:
    """A reader finds what is for their post, in a school of the phase and of the cluster; an item that names none is for all.

    Source: R20, each reader finds only their own.
    """
    of_school = not item_schools or f",{school}," in item_schools
    return (not item_posts or f",{post}," in item_posts) and (not item_phases or f",{phase}," in item_phases) and of_school


def schools_written(schools: Iterable[str]) -> str:
    """The schools of a cluster as one text in which each is found between commas: one without schools is for nobody, and not for
    all.

    Source: as `written`.
    """
    return written(schools) or ",,"


def for_whom_words(posts: Iterable[str], phases: Iterable[str], cluster: str = "") -> str:
    """For whom an item is, in words: the names of its posts, its schools and their cluster.

    Source: R20, an item says for whom it is.
    """
    who, where = listed([in_a_sentence(one) for one in posts]), listed([one.lower() for one in phases])
    schools = [f"in {where} schools" if where else "", f"of the cluster {cluster}" if cluster else ""]
    return " ".join(filter(None, [f"Each {who}" if who else "Everybody", *schools]))


def next_goes_on(today: date, weekday: int, is_open: Callable[[date], bool], gone: bool) -> date | None:
    """The day of the next bulletin, this week's where it has not gone yet; nothing within ten weeks of holidays.

    Source: as `goes_on`.
    """
    for week in range(10):
        day = goes_on(today + timedelta(weeks=week), weekday, is_open)
        if day and (day > today or (day == today and not gone)):
            return day
    return None


def request_problems(is_request: bool, by_on: date | None, minutes: int | None, today: date, goes: date | None) -> dict[str, str]:
    """A request says by when it is wanted and how many minutes it takes, so that heads can plan, and the burden can be counted.

    Its day does not come before the next bulletin `goes`, which asks for it. A day or minutes that were typed are never thrown
    away because it was not ticked that schools are asked.
    Source: R20; R16 (the burden of what is asked). By field; empty when it may stand.
    """
    if not is_request:
        untold = {"is_request": "Tick this if schools are asked to do something, or leave the day and the minutes empty"}
        return untold if by_on or minutes else {}
    problems = {}
    if by_on is None:
        problems["by_on"] = "Say by which day you need it"
    elif by_on <= today:
        problems["by_on"] = "Enter a coming day"
    elif goes and has_missed(by_on, goes):
        problems["by_on"] = f"The next bulletin goes on {near_date(goes, today)}: choose that day or a later one"
    elif by_on - today > LONGEST_AHEAD:
        problems["by_on"] = "Enter a day within a year"
    if not minutes:
        problems["minutes"] = "Say how many minutes it takes, like 10"
    return problems


def burden_words(minutes: int) -> str:
    """'2 hours 15 minutes'.

    Source: R16, requests count in minutes.
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(filter(None, [plural(hours, "hour") if hours else "", plural(rest, "minute") if rest or not hours else ""]))


def asked_words(by_on: date, minutes: int, today: date) -> str:
    """What stands beside a request: its day, and its minutes.

    Source: R20.
    """
    late = ", which has passed" if by_on < today else ""
    return f"By {short_date(by_on)}{late}; about {burden_words(minutes)}"


def taking_back_words(was_sent: bool, answered: int, open: int) -> str:
    """Whoever takes an item back sees first what that ends: what schools have answered stays, and who has not is asked no longer.

    Source: R20; evidence of newcomers (a press by mistake that nothing undid).
    """
    if not was_sent:
        return "It goes in no bulletin. Nobody is told."
    if not (answered or open):
        return "It has gone: its readers have it in their mail, and see that it is taken back."
    told = [f"{plural(answered, 'school has', 'schools have')} answered; what they said stays."] if answered else []
    told += [f"{plural(open, 'school is', 'schools are')} no longer asked."] if open else []
    return " ".join([*told, "This cannot be undone."])


def answers_within(words: str, numbers: Collection[int]) -> dict[int, str]:
    """What a mail answers to the requests of those numbers in a bulletin: all of it where there is one; where there are more, to
    each what stands behind its number at the beginning of a line ("2: three pupils"), and nothing to whose number is not there.

    Source: R20; issue "The week".
    """
    if len(numbers) == 1:
        return dict.fromkeys(numbers, words.strip())
    marks = [one for one in NUMBERED.finditer(words) if int(one[1]) in numbers]
    ends = [*(one.start() for one in marks[1:]), len(words)]
    found = {int(one[1]): words[one.end() : end].strip() for one, end in zip(marks, ends, strict=False)}
    return {number: said for number, said in found.items() if said}
