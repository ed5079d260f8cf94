"""What a partnership is, and how its settings change over time."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Protocol, Self, TypeVar, runtime_checkable

from alongside.ground.core.choice import Choice
from alongside.ground.core.shown import mark
from alongside.ground.core.words import short_date, slug_of


class Template(Choice):
    """What a partnership starts from; every default belongs to one."""

    LEARNING = "learning", "Learning partnership"
    TRUST = "trust", "Trust"


class Belonging(StrEnum):
    """How a school stands to a partnership: asked to join, a member, or an associate."""

    ASKED = "asked"
    MEMBER = "member"
    ASSOCIATE = "associate"


def slug_for(name: str) -> str:
    """A partnership's pages have an address made of its name when it was started; two of one address cannot be.

    Source: architecture, `/p/<slug>/`; the width of the column.
    """
    return slug_of(name)[:60].strip("-")


@runtime_checkable
class Settings(Protocol):
    """One app's settings of a partnership: a frozen dataclass that names its app."""

    app: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """The defaults of the template."""


Chosen = TypeVar("Chosen", bound=Settings)


def in_force(defaults: Chosen, changes: Iterable[tuple[date, dict[str, Any]]], on: date) -> Chosen:
    """A partnership lives by the settings that were in force on the day.

    Source: domain.md, "Numbers are the defaults of a setting"; later changes overlay earlier ones.
    """
    known = {one.name for one in fields(defaults)}
    settings = defaults
    for from_on, values in sorted(changes, key=lambda change: change[0]):
        if from_on <= on:
            settings = replace(settings, **{name: read(value) for name, value in values.items() if name in known})
    return settings


def read(value: Any) -> Any:
    """A stored value as the settings hold it: {'date': '2022-03-18'} is a date, a list is a tuple.

    Source: architecture, settings of a partnership.
    """
    if isinstance(value, dict) and set(value) == {"date"}:
        return date.fromisoformat(value["date"])
    return tuple(read(one) for one in value) if isinstance(value, list) else value


def said(value: Any) -> str:
    """A setting's value as people read it: a day, yes or no, or its first words.

    Source: architecture, settings of a partnership.
    """
    shown = read(value)
    if isinstance(shown, date):
        return short_date(shown)
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    if isinstance(shown, tuple):
        shown = ", ".join(map(str, shown))
    words = " ".join(str(shown).split()) or "nothing"
    return words if len(words) <= 60 else f"{words[:59].rsplit(' ', 1)[0]}…"


def write(value: Any) -> Any:
    """A setting's value as it is stored.

    Source: architecture, settings of a partnership; the opposite of `read`.
    """
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return [write(one) for one in value] if isinstance(value, tuple) else value


def mark_of(settings: Settings, names: Iterable[str] = ()) -> str:
    """What a page of settings carries, so that nobody overwrites what another has just saved: the same values, the same mark.

    Source: reliability.md (a stale save is refused with both texts); `names` are the settings that the page shows.
    """
    return mark({name: write(getattr(settings, name)) for name in (names or [one.name for one in fields(settings)])})


def changed(old: Settings, new: Settings) -> dict[str, Any]:
    """Only what a partnership changed is written down, with the day from which it holds.

    Source: architecture, settings of a partnership, dated rows.
    """
    return {one.name: write(getattr(new, one.name)) for one in fields(new) if getattr(new, one.name) != getattr(old, one.name)}
