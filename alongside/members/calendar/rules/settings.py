"""Whose bank holidays count, what a teaching week is, and by what the rhythm of meetings alternates."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from alongside.members.partnerships.rules import Template


class Nation(StrEnum):
    """Whose bank holidays count, as GOV.UK divides them."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        """The nation's name on pages."""
        return {"england-and-wales": "England and Wales", "scotland": "Scotland", "northern-ireland": "Northern Ireland"}[
            self.value
        ]


class Alternation(StrEnum):
    """By what a rhythm alternates: teaching weeks, or fortnights of the calendar."""

    TEACHING_WEEKS = "teaching-weeks"
    FORTNIGHTS = "fortnights"


@dataclass(frozen=True)
class CalendarSettings:
    """The calendar's settings of a partnership.

    A school teaches in a week when it is open on at least `teaching_days` of its weekdays; a week is a teaching week
    when at least `teaching_share` per cent of the schools teach in it.
    """

    app: ClassVar[str] = "calendar"
    nation: str = Nation.ENGLAND_AND_WALES.value
    teaching_days: int = 3
    teaching_share: int = 50
    alternation: str = Alternation.TEACHING_WEEKS.value

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """Both templates live in England until they say otherwise."""
        return cls()
