"""All data of a partnership, of a school or of a person, table by table, chosen by what every table says of itself.

A row is in an export when it belongs to it by its own columns *and* is visible to whoever takes it out, as what they are
in that partnership or school alone. What a table's name or columns say is secret stays here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from alongside.across.home.rules.feeds import FeedLine, remembering
from alongside.ground.audit.models import Event, Reason
from alongside.ground.core import clock
from alongside.ground.core.declaration import Withheld
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of, short_date
from alongside.ground.files.models import StoredFile
from alongside.ground.files.queries import Damaged, content_of
from alongside.ground.web import declared
from alongside.ground.web.models import OWNED, Scope, path_to
from alongside.members.diary.queries import own_dates
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.people.models import Person, Role
from alongside.members.schools.models import School

SECRET = re.compile(r"secret|session_mark|stored_as|token|password|salt|code_hash|proof|private_key|_key$|cipher|sealed")
HARMLESS = {"key"}


@dataclass(frozen=True)
class TakenOut:
    """What an export is of: a partnership, a school or the viewer, with its name and who the viewer is there."""

    kind: str
    key: str
    name: str
    viewer: Standing


@dataclass(frozen=True)
class ExportColumn:
    """One column: its heading, where it is read, and what it means."""

    heading: str
    path: str
    words: str


@dataclass(frozen=True)
class ExportTable:
    """One table of an export."""

    label: str
    words: str
    columns: list[ExportColumn]
    rows: QuerySet[Any]

    @property
    def file(self) -> str:
        """Its file's name without ending: 'membership-answer'."""
        return self.label.lower().replace(".", "-")

    def cells(self) -> Iterator[tuple[Any, ...]]:
        """Its rows as tuples, in the order of their ids, a few thousand at a time."""
        paths = [column.path for column in self.columns]
        return iter(self.rows.order_by("pk").values_list(*paths).iterator(chunk_size=2_000))


def of_partnership(partnership: Partnership, *, viewer: Standing) -> TakenOut:
    """An export of a partnership, seen as its office."""
    office = viewer.within(partnership.pk)
    held = frozenset(role for role in office.roles if role.partnership == partnership.pk)
    return TakenOut("partnership", partnership.pk, partnership.name, replace(office, roles=held, memberships=frozenset()))


def of_school(school: School, *, viewer: Standing) -> TakenOut:
    """An export of a school, seen as its own people."""
    roles = frozenset(role for role in viewer.roles if role.school == school.pk)
    ties = frozenset(pair for pair in viewer.memberships if pair[1] == school.pk)
    return TakenOut("school", school.pk, school.name, replace(viewer, roles=roles, memberships=ties))


def of_person(*, viewer: Standing) -> TakenOut:
    """An export of what is kept of the viewer."""
    return TakenOut("person", viewer.person or "-", viewer.name, viewer)


def tables_of(taken: TakenOut, *, viewer: Standing) -> list[ExportTable]:
    """Every table that has a place in the export, in the order of the apps."""
    found = []
    for model in ours():
        rows = rows_of(model, taken)
        if rows is not None:
            withheld = _room_of(model).from_schools.get(model._meta.label, frozenset()) if taken.kind == "school" else frozenset()
            found.append(ExportTable(model._meta.label, words_of(model), columns_of(model, withheld), rows))
    return found


def ours() -> list[type[models.Model]]:
    """Every table of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("alongside.") and not model._meta.proxy]


def _room_of(model: type[models.Model]) -> Withheld:
    return declared.rooms()[model._meta.app_config.name].withheld


def is_withheld(model: type[models.Model]) -> bool:
    """Whether the table stays out of every export, as its room says."""
    return model._meta.label in _room_of(model).tables


def rows_of(model: type[models.Model], taken: TakenOut) -> QuerySet[Any] | None:
    """The export's rows of a table; None where the table has no place in it."""
    scope = getattr(model, "scope", None)
    if is_withheld(model) or scope not in OWNED | {Scope.PERSONAL}:
        return None
    rows: Any = model._default_manager.all()
    seen = rows.visible_to(taken.viewer)
    if model is Person:
        return seen.filter(_people(taken))
    if model is Reason:
        return seen.filter(event__in=Event.objects.filter(**{taken.kind: taken.key}).values("pk"))
    if taken.kind == "person":
        return seen.filter(person=taken.key) if path_to(model, "person", 0) else None
    if scope is Scope.PERSONAL:
        return None
    if model is Partnership:
        return seen.filter(pk=taken.key) if taken.kind == "partnership" else None
    if model is Role and taken.kind == "partnership":
        return seen.filter(_roles(taken.key))
    path = path_to(model, taken.kind)
    return seen.filter(**{path: taken.key}) if path else None


def _roles(partnership: str) -> Q:
    """The posts in a partnership's office, and those in its schools that it may know."""
    schools = Membership.objects.current(clock.today()).filter(partnership=partnership).values("school")
    return Q(partnership=partnership) | Q(through=partnership) | Q(school__in=schools, through=None)


def _people(taken: TakenOut) -> Q:
    if taken.kind == "person":
        return Q(pk=taken.key)
    roles = Role.objects.visible_to(taken.viewer)
    mine = roles.filter(_roles(taken.key)) if taken.kind == "partnership" else roles.filter(school=taken.key)
    return Q(pk__in=mine.values("person"))


def is_secret(field: Any) -> bool:
    """Whether a column stays here: bytes, and whatever its name says opens something."""
    return isinstance(field, models.BinaryField) or (field.name not in HARMLESS and SECRET.search(field.name) is not None)


def columns_of(model: type[models.Model], withheld: frozenset[str]) -> list[ExportColumn]:
    """The columns of a table that are taken out, with names beside the ids of schools and people."""
    found = []
    names = {"last_login", "password"} if model is Person else set()
    for field in model._meta.concrete_fields:
        if is_secret(field) or field.name in withheld | names:
            continue
        words = str(field.help_text or field.verbose_name).capitalize()
        found.append(ExportColumn(field.attname, field.attname, words))
        if field.related_model is School:
            found.append(ExportColumn(f"{field.name}_urn", f"{field.name}__current__urn", "Its URN today"))
            found.append(ExportColumn(f"{field.name}_name", f"{field.name}__current__name", "Its name today"))
        elif field.related_model is Person:
            found.append(ExportColumn(f"{field.name}_name", f"{field.name}__name", "The person's name today"))
    return found


def words_of(model: type[models.Model]) -> str:
    """What a table holds, as its own code says."""
    return " ".join((model.__doc__ or "").split())


def export_stands(*, partnership: Partnership, viewer: Standing) -> str:
    """When all data of the partnership was last taken out, or that it never was."""
    events = Event.objects.visible_to(viewer).filter(row=partnership.pk, act="home.export").order_by("-at")
    at = events.values_list("at", flat=True).first()
    return f"Last taken out on {short_date(day_of(at))}" if at else "Not taken out yet"


def calendar_of(taken: TakenOut, *, viewer: Standing) -> list[FeedLine]:
    """The dates of the export, from four years back to two ahead, as calendar programs read them."""
    today, at = clock.today(), clock.now()
    found = own_dates(today - timedelta(days=4 * 365), today + timedelta(days=2 * 365), viewer=viewer, most=5_000)
    return [FeedLine(remembering(one, at), one) for one in found.rows]


def files_of(taken: TakenOut, *, viewer: Standing) -> Iterator[tuple[str, bytes]]:
    """The files that were uploaded, each under its id and name; where one is damaged, a line that says so."""
    rows = rows_of(StoredFile, taken)
    for file in rows.order_by("pk") if rows is not None else []:
        try:
            yield f"files/{file.pk}-{file.name}", content_of(file)
        except Damaged:
            yield f"files/{file.pk}-damaged.txt", f"{file.name} could not be read.\n".encode()
