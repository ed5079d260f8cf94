"""What every table of ours is built on: an id, a scope, who sees it, a version; and how a row is stored once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, reduce
from operator import or_
from typing import Any, Self, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, models, transaction

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN, WasSeen, mark
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.ground.core.words import short_date

Kept = TypeVar("Kept", bound="Row")
DEPTH = 3


class Scope(StrEnum):
    """Whose a row is. Every model says which; `visible_to(who)` follows from it."""

    PARTNERSHIP = "partnership"
    SCHOOL = "school"
    PERSONAL = "personal"
    REGISTER = "register"
    SYSTEM = "system"


OWNED = frozenset({Scope.PARTNERSHIP, Scope.SCHOOL})


@dataclass(frozen=True)
class Visible:
    """Who sees the rows of a table, each by the way from the table to whose they are; nobody but the system otherwise.

    `office`: the partnership, whose office sees them. `members`: the partnership, whose office and whose people of schools that
    belong do. `asked`: all of whose people do, of schools that belong and of schools that are only asked. `school`: the
    school, whose own people do, where their post counts in that partnership. `person`: whoever they are about. `through`:
    the row that they belong to, for whoever sees that.
    """

    office: str = ""
    members: str = ""
    asked: str = ""
    school: str = ""
    person: str = ""
    through: str = ""
    everyone: bool = False

    def __post_init__(self) -> None:
        if self.school and not (self.office or self.asked):
            raise TypeError("A school's people see a row in the partnerships where their post counts: say its partnership")

    def of(self, model: Any, who: Standing) -> models.Q:
        """The rows that somebody sees, as a filter."""
        found = [models.Q(**{f"{way}__in": who.offices}) for way in [self.office] if way]
        found += [models.Q(**{f"{way}__in": who.offices | who.homes}) for way in [self.members] if way]
        found += [models.Q(**{f"{way}__in": who.partnerships}) for way in [self.asked] if way]
        found += [of_own_schools(who, way, self.office or self.asked) for way in [self.school] if way]
        found += [models.Q(**{way: who.person or "-"}) for way in [self.person] if way]
        if self.through:
            beyond = model._meta.get_field(self.through).related_model
            found.append(models.Q(**{f"{self.through}__in": beyond._default_manager.visible_to(who)}))
        return reduce(or_, found, models.Q(pk__in=[]))


class Seen(models.QuerySet[Any]):
    """Rows that are shown to those whom their table's `visible` names."""

    def visible_to(self, who: Standing) -> Self:
        """Those that somebody may see."""
        model: Any = self.model
        return self if who.is_system or model.visible.everyone else self.filter(model.visible.of(model, who))


class KeyField(models.CharField):
    """An id from `core.keys`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", keys.LENGTH)
        options.setdefault("default", keys.new_key)
        options.setdefault("editable", False)
        super().__init__(**options)


class Row(models.Model):
    """A row with a random id."""

    id = KeyField(primary_key=True)

    class Meta:
        abstract = True


class Versioned(Row):
    """A row that people edit: it is saved only by whoever read its newest version."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Store a new row. Raises TypeError for one that stands already: `save_if_unchanged` saves it."""
        if not self._state.adding:
            raise TypeError(f"{self._meta.label} is edited by people: save it by save_if_unchanged")
        super().save(*args, **options)


def of_own_schools(who: Standing, school: str = "school", partnership: str = "partnership") -> models.Q:
    """Rows of the schools in which somebody holds a post, in the partnerships where that post counts: a post that one
    partnership's invitation gave opens nothing of another's."""
    found = models.Q(**{f"{school}__in": who.schools_anywhere})
    for home in sorted({home for home, _ in who.schools_through}):
        theirs = [one for given, one in who.schools_through if given == home]
        found |= models.Q(**{partnership: home, f"{school}__in": theirs})
    return found


class Stale(Exception):
    """Somebody else saved this meanwhile; `mine` and `theirs` map a field's label to its text."""

    def __init__(self, row: Row, mine: dict[str, str], theirs: dict[str, str]) -> None:
        super().__init__(f"{row._meta.verbose_name} changed meanwhile")
        self.row, self.mine, self.theirs = row, mine, theirs


def save_if_unchanged(row: Versioned, version: int, *fields: str) -> None:
    """Save those fields of the row if it is still at that version. Raises Stale with both texts otherwise."""
    values = {name: getattr(row, name) for name in fields}
    model = type(row)
    updated = model._default_manager.filter(pk=row.pk, version=version).update(**values, version=version + 1)
    if updated != 1:
        current = model._default_manager.get(pk=row.pk)
        label = {one.name: str(one.verbose_name).capitalize() for one in model._meta.fields if one.name in fields}
        raise Stale(
            row,
            mine={label[name]: in_words_of(row, name, values[name]) for name in fields},
            theirs={label[name]: in_words_of(row, name, getattr(current, name)) for name in fields},
        )
    row.version = version + 1


def in_words_of(row: models.Model, name: str, value: Any) -> str:
    """What a column holds as a person reads it: a choice by its label, a list by what stands in it, nothing as nothing."""
    column = next((one for one in row._meta.concrete_fields if name in {one.name, one.attname}), None)
    chosen: Any = dict(getattr(column, "flatchoices", ()))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {in_words_of(row, name, one)}" for key, one in value.items() if one not in ("", None, [], {}))
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(words for one in value if (words := in_words_of(row, name, one)))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date) and not isinstance(value, datetime):
        return short_date(value)
    return "" if value is None else str(chosen.get(value, value))


def marked(row: models.Model, *fields: str) -> str:
    """The mark of those columns as a page shows them, where a row keeps no version: the same values, the same mark."""
    return mark([getattr(row, name) for name in fields])


def require_unchanged(row: Row, version: WasSeen, words: Mapping[str, str], /, **mine: Any) -> None:
    """Hold the row until the transaction ends, and go on when those columns are as the page showed them (`version` is the mark
    of that; UNSEEN where no page was shown), or as `mine` already. Raises Stale with both texts otherwise, each under the
    `words` for its column."""
    lock(row)
    theirs = {name: getattr(row, name) for name in mine}
    if version in (UNSEEN, marked(row, *mine)) or theirs == mine:
        return
    raise Stale(
        row,
        mine={words[name]: in_words_of(row, name, value) for name, value in mine.items()},
        theirs={words[name]: in_words_of(row, name, value) for name, value in theirs.items()},
    )


def lock(row: models.Model) -> None:
    """Hold the row until the transaction ends (SQLite writes one at a time anyhow), and refresh it. Raises Conflict when somebody
    has taken it away meanwhile."""
    try:
        if connection.vendor == "postgresql":
            type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        row.refresh_from_db()
    except ObjectDoesNotExist:
        raise Conflict("Somebody has taken this away meanwhile. Go back to see what is there now.") from None


@cache
def path_to(model: type[models.Model], owner: str, depth: int = DEPTH) -> str:
    """The way from a table to the partnership (school, person) that it belongs to, as a filter names it; empty: none."""
    columns = model._meta.concrete_fields
    if any(column.name == owner for column in columns):
        return owner
    links = [column for column in columns if isinstance(column, models.ForeignKey)] if depth else []
    for link in sorted(links, key=lambda column: column.null):
        target: Any = link.related_model
        if target is not model and getattr(target, "scope", None) in OWNED and target._meta.label != "partnerships.Partnership":
            further = path_to(target, owner, depth - 1)
            if further:
                return f"{link.name}__{further}"
    return ""


def already(row: Kept, *, dated: str = "") -> Kept | None:
    """The row that the same press stored before, or None. Raises Conflict where it holds something else than this one.

    The id of `row` was made by the page. What the clock sets does not count: moments, and the column that the deed itself
    `dated` today (pressed again after midnight it is the same press). Nor does what changes while the row stands: a table
    names what never does (`FROZEN`), or what does (`LATER`).
    """
    if not keys.is_key(row.pk):
        raise Conflict("Something in the page was not as we expected. Load it again and repeat what you did.")
    model = type(row)
    first: Kept | None = model._base_manager.filter(pk=row.pk).first()
    told = [one.attname for one in model._meta.concrete_fields if not isinstance(one, models.DateTimeField)]
    later = (*getattr(model, "LATER", ()), dated)
    fixed = [name for name in told if name in getattr(model, "FROZEN", told) and name not in later]
    return first and says_the_same(first, **{name: getattr(row, name) for name in fixed})


def says_the_same(first: Kept, **said: Any) -> Kept:
    """What the same press stored before, where it says the same again. Raises Conflict where it says something else."""
    if any(getattr(first, name) != value for name, value in said.items()):
        raise Conflict("This page was sent before with something else in it, and that was recorded. Open the list to see it.")
    return first


def once(row: Kept, *, dated: str = "") -> Kept:
    """Store the row once, however often the page's button is pressed: gives the row that is stored, `row` itself when new.

    Raises Conflict as `already` does; what breaks another rule of the table (IntegrityError) is raised as it is.
    """
    if (first := already(row, dated=dated)) is not None:
        return first
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if (first := already(row, dated=dated)) is None:  # not the same press twice at once
            raise
        return first
    return row


@contextmanager
def unless_taken(**words: str) -> Iterator[None]:
    """Go on unless a row has already what the table keeps to one. Raises Invalid with what is said at the field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Invalid(**words) from None


def move(row: models.Model, to: StrEnum, **changes: Any) -> None:
    """Bring a row into another state, with what changes with it, in one conditional update.

    From where it may come is in the rules' own table, which the model names as `MOVES` ({from: {to: when}}). Raises
    Conflict with the state it is in by now, also when somebody else was quicker.
    """
    model: Any = type(row)
    before = [start.value for start, ends in model.MOVES.items() if to in ends]
    if not model._base_manager.filter(pk=row.pk, state__in=before).update(state=to.value, **changes):
        now = type(to)(model._base_manager.values_list("state", flat=True).get(pk=row.pk))
        raise Conflict(f"This is {getattr(now, 'label', now).lower()} already.")
    for name, value in {"state": to.value, **changes}.items():
        setattr(row, name, value)
