"""For whom an item is, when the bulletin goes, and what it asks of a school."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import ClassVar, Self

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import in_a_sentence, listed, plural, short_date
from alongside.members.calendar.rules.days import goes_on
from alongside.members.partnerships.rules import Template

MOST_MINUTES = 600
LONGEST_AHEAD = timedelta(days=400)
STILL_ASKED = timedelta(weeks=4)


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


def asked_since(today: date) -> date:
    """A school is reminded of a request until four weeks after its day: what was wanted last year is not asked for any more.

    Source: as `has_missed`. Gives the first day of requests that are still asked for.
    """
    return today - STILL_ASKED


def how_it_stands(state: ItemState, by_on: date | None, today: date) -> tuple[str, str]:
    """What stands beside an item, and its colour: one that was taken and missed its day is not said to be in the next bulletin.

    Source: as `has_missed`.
    """
    if state is ItemState.APPROVED and has_missed(by_on, today):
        return "Its day has passed", "amber"
    return state.label, state.tone


def written(some: Iterable[str]) -> str:
    """Posts or phases as one text in which each is found between commas; nothing for all of them.

    Source: R20, an item says for whom it is.
    """
    found = sorted(set(some))
    return f",{','.join(found)}," if found else ""


def is_for(item_posts: str, item_phases: str, post: str, phase: str) -> bool:
    """A reader finds what is for their post, in a school of the phase; an item that names none is for all.

    Source: R20, each reader finds only their own.
    """
    return (not item_posts or f",{post}," in item_posts) and (not item_phases or f",{phase}," in item_phases)


def for_whom_words(posts: Iterable[str], phases: Iterable[str]) -> str:
    """For whom an item is, in words: the names of its posts and its schools.

    Source: R20, an item says for whom it is.
    """
    who, where = listed([in_a_sentence(one) for one in posts]), listed([one.lower() for one in phases])
    if not who:
        return f"Everybody in {where} schools" if where else "Everybody"
    return f"Each {who}" + (f" in {where} schools" if where else "")


def next_goes_on(today: date, weekday: int, is_open: Callable[[date], bool], gone: bool) -> date | None:
    """The day of the next bulletin, this week's where it has not gone yet; nothing within ten weeks of holidays.

    Source: as `goes_on`.
    """
    for week in range(10):
        day = goes_on(today + timedelta(weeks=week), weekday, is_open)
        if day and (day > today or (day == today and not gone)):
            return day
    return None


def request_problems(is_request: bool, by_on: date | None, minutes: int | None, today: date) -> dict[str, str]:
    """A request says by when it is wanted and how many minutes it takes, so that heads can plan, and the burden can be counted.

    A day or minutes that were typed are never thrown away because it was not ticked that schools are asked.
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
