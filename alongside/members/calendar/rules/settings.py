"""Whose bank holidays count, what a teaching week is, and by what the rhythm of meetings alternates."""

from dataclasses import dataclass
from typing import ClassVar, Self

from alongside.ground.core.choice import Choice
from alongside.members.partnerships.rules import Template


class Nation(Choice):
    """Whose bank holidays count, as GOV.UK divides them."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class Alternation(Choice):
    """By what a rhythm alternates: teaching weeks, or fortnights of the calendar."""

    TEACHING_WEEKS = "teaching-weeks", "Teaching weeks: holidays do not break the turn"
    FORTNIGHTS = "fortnights", "The calendar’s fortnights: holidays take their turn too"


@dataclass(frozen=True)
class CalendarSettings:
    """The calendar's settings of a partnership.

    A school teaches in a week when it is open on at least `teaching_days` of its weekdays; a week is a teaching week
    when at least `teaching_share` per cent of the schools teach in it.
    """

    app: ClassVar[str] = "calendar"
    nation: str = str(Nation.ENGLAND_AND_WALES)
    teaching_days: int = 3
    teaching_share: int = 50
    alternation: str = str(Alternation.TEACHING_WEEKS)

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """Both templates live in England until they say otherwise."""
        return cls()
