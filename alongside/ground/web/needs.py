"""What `home` gathers from every app: rows of one shape, so that one UNION ALL joins them.

An app gives `needs(viewer=…, on=…)`, `dates(viewer=…, start=…, end=…)` in its queries, built with `as_needs` and
`as_dates`. `what` says which kind of row it is ('invoices.overdue'); the words and the
page for each stand in its room's `app.py`.
"""

from typing import Any, NamedTuple
from urllib.parse import quote

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    Field,
    IntegerField,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from alongside.ground.core.declaration import RowWords


class NeedRow(NamedTuple):
    """Something that waits for the viewer: `number` of them in a partnership, the first due on a day, or no day; of which school,
    where it is one row about a school."""

    what: str
    slug: str
    partnership: str
    key: str
    label: str
    number: int
    due_on: Any
    school: str = ""


class DateRow(NamedTuple):
    """Something with a date: whole days from `first_on` to `last_on`, or a time of day as well.

    `key` is stable for the life of the thing; a cancelled one stays, so that calendars learn of it. `place` is where people meet,
    `video` the link by which they join from elsewhere.
    """

    what: str
    slug: str
    partnership: str
    key: str
    label: str
    first_on: Any
    last_on: Any
    starts_at: Any
    ends_at: Any
    is_cancelled: bool
    changed_at: Any
    place: str = ""
    video: str = ""


TEXT, DAY, MOMENT = CharField(), DateField(), DateTimeField()
NEED_COLUMNS: dict[str, Field] = {
    "what": TEXT, "slug": TEXT, "partnership": TEXT, "key": TEXT, "label": TEXT, "number": IntegerField(), "due_on": DAY,
    "school": TEXT,
}  # fmt: skip
DATE_COLUMNS: dict[str, Field] = {
    "what": TEXT, "slug": TEXT, "partnership": TEXT, "key": TEXT, "label": TEXT, "first_on": DAY, "last_on": DAY,
    "starts_at": MOMENT, "ends_at": MOMENT, "is_cancelled": BooleanField(), "changed_at": MOMENT,
    "place": TEXT, "video": TEXT,
}  # fmt: skip


def as_needs(rows: QuerySet[Any], what: str, **columns: Any) -> QuerySet[Any]:
    """The rows as `NeedRow`s. A column is a field's name or an expression; slug and partnership come from `partnership`, the
    school of rows that are not counted together from `school`."""
    fields = {one.name for one in rows.model._meta.fields}
    of_one = "school" in fields and rows.query.group_by is None
    school: Any = Coalesce("school__current__name", Value("")) if of_one else Value("")
    return _shaped(rows, NEED_COLUMNS, {"what": Value(what), "number": Value(1), "due_on": None, "school": school, **columns})


def as_dates(rows: QuerySet[Any], what: str, **columns: Any) -> QuerySet[Any]:
    """The rows as `DateRow`s. A column is a field's name or an expression; without `last_on` it is the first day."""
    usual = {"starts_at": None, "ends_at": None, "is_cancelled": Value(False), "changed_at": None}
    given = {"what": Value(what), **usual, "place": Value(""), "video": Value(""), **columns}
    return _shaped(rows, DATE_COLUMNS, {"last_on": given["first_on"], **given})


def figure(rows: QuerySet[Any], what: Any = None, *, of: str = "partnership") -> Coalesce:
    """How many rows there are, or what they come to, as one value in another question; `of` names their partnership."""
    found = rows.order_by().values(of).annotate(figure=what or Count("pk")).values("figure")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def address_of(said: RowWords, slug: str, key: str, label: str = "") -> str:
    """Where a row of that kind leads, at what it counts; nothing where it leads nowhere."""
    query = said.query.format(label=quote(label)) if said.query else ""
    return f"{reverse(said.page, kwargs=said.keywords(slug, key))}{query}" if said.page else ""


def joined(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    """All parts in one query."""
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _shaped(rows: QuerySet[Any], shape: dict[str, Field], given: dict[str, Any]) -> QuerySet[Any]:
    given = {"slug": "partnership__slug", "partnership": "partnership__name", "key": "pk", "label": Value(""), **given}
    cells = []
    for name, kind in shape.items():
        value = given[name]
        cells.append(Cast(F(value) if isinstance(value, str) else Value(None) if value is None else value, kind))
    return rows.order_by().values_list(*cells)
