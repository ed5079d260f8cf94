"""What every table of ours is built on: an id, a scope, and a version where people edit."""

from enum import StrEnum
from typing import Any

from django.db import connection, models

from alongside.ground.core import keys
from alongside.ground.core.standing import Standing


class Scope(StrEnum):
    """Whose a row is. Every model says which; `visible_to(who)` follows from it."""

    PARTNERSHIP = "partnership"
    SCHOOL = "school"
    PERSONAL = "personal"
    REGISTER = "register"
    SYSTEM = "system"


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

    def __init__(self, row: Versioned, mine: dict[str, str], theirs: dict[str, str]) -> None:
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
            mine={label[name]: str(values[name]) for name in fields},
            theirs={label[name]: str(getattr(current, name)) for name in fields},
        )
    row.version = version + 1


def lock(row: models.Model) -> None:
    """Hold the row until the transaction ends (SQLite writes one at a time anyhow), and refresh it."""
    if connection.vendor == "postgresql":
        type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    row.refresh_from_db()
