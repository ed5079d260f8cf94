"""An installation with something of everything, and somebody whose words stand in every column that may hold some."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from alongside.across.keeping.archive import tables
from alongside.deciding.bodies.models import Body, Seat
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Score, Tie, Vacancy
from alongside.ground.core import clock
from alongside.ground.core.declaration import Columns
from alongside.ground.core.standing import Post, Standing
from alongside.ground.web import declared
from alongside.members.mail.models import Mail
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person, Role
from alongside.members.schools.models import School

SYSTEM = Standing.system()
NAME, ADDRESS, NUMBER = "Zephyrine Canaria-Quill", "zephyrine.canaria@quill-canary.example", "01632 960 777"
CANARIES = ("zephyrine", "canaria", "quill-canary", "960 777", "own words of zq")


def somebody(school: School, until_on: date | None = None) -> Person:
    """The person to be erased, with a post in a school."""
    person = Person.objects.create(name=NAME, email=ADDRESS, phone=NUMBER)
    Role.objects.create(person=person, post=Post.HEAD, school=school, from_on=date(2021, 9, 1), until_on=until_on)
    return person


def applied(partnership: Partnership, *, erase_on: date, is_written_to: bool = True) -> Application:
    """Somebody has applied for a seat, was scored, written to, and has answered by mail; it goes on a day."""
    now, days = clock.now(), ("opens_on", "closes_on", "shortlist_on", "interviews_on", "in_place_by")
    body = Body.objects.create(partnership=partnership, kind="committee", name="Board", started_on=erase_on)
    home = {"partnership": partnership}
    seat = Seat.objects.create(**home, body=body, title="Chair", filling="competition", from_on=erase_on)
    vacancy = Vacancy.objects.create(
        **home, seat=seat, title="Chair", advert="A chair", criteria=[["Chairs", True, 4]], contact="clerk@example.org",
        months_kept=6, state="decided", published_on=erase_on, erase_on=erase_on, reason=f"{NAME} chairs best",
        **dict.fromkeys(days, erase_on),
    )  # fmt: skip
    said = {"answers": ["own words of zq"], "referees": NAME, "interests": "own words of zq", "feedback": "own words of zq"}
    made = Application.objects.create(**home, vacancy=vacancy, email=ADDRESS, name=NAME, phone=NUMBER, state="sent", **said)
    member = PanelMember.objects.create(**home, vacancy=vacancy, person="p" * 12, name="Ann")
    whose = {**home, "application": made, "member": member}
    Score.objects.create(**whose, round="paper", marks=[[4, "own words of zq"]], at=now)
    Tie.objects.create(**whose, is_tied=True, words=f"{NAME} is my sister")
    slot = {"starts_at": now, "place": "Civic centre", "application": made}
    InterviewSlot.objects.create(**home, vacancy=vacancy, **slot)
    told = {"to": ADDRESS, "subject": NAME, "body": "own words of zq", "link": made.page, "written_at": now}
    if not is_written_to:
        return made
    letter = Notice.objects.create(kind="recruitment.letter", sent_at=now, state="sent", **told)
    mail = {"sender": ADDRESS, "name": NAME, "words": "own words of zq", "whole": "own words of zq"}
    Mail.objects.create(answers=letter, mark="applied", came_at=now, state="waiting", **mail)
    return made


FULL_OF_ITSELF = {"people.Person", "people.Role", "search.Entry", "search.Word"}  # made by their own actions


def plant(person: Person) -> dict[str, str]:
    """Put the person's words into every column that may hold some, in one row of each table, made where there is none.

    Gives what was planted, by 'table.column'; columns that the database itself does not let change are left out.
    """
    planted: dict[str, str] = {}
    for label, columns in declared.erasure().items():
        model = apps.get_model(label)
        if label in FULL_OF_ITSELF or not (columns.words or columns.own or columns.row_of):
            continue
        row = model._base_manager.order_by("pk").last() or _any_row(model)
        if row is None:
            continue
        for pointer in columns.row_of.split() + list(columns.own):
            _set(model, row.pk, pointer, _pointing_value(model, pointer, person), planted, label)
        for name, words in _words_for(model, columns):
            _set(model, row.pk, name, words, planted, label)
    return planted


def _any_row(model: type[models.Model]) -> models.Model | None:
    """A row of a table that has none, with whatever its columns take."""
    values: dict[str, Any] = {}
    for column in model._meta.local_concrete_fields:
        if column.null or column.has_default() or (column.primary_key and column.name == "id"):
            continue
        if column.is_relation:
            other = column.related_model._base_manager.order_by("pk").first()
            values[column.name] = other or _any_row(column.related_model)
        elif column.choices:
            values[column.name] = column.choices[0][0]
        elif isinstance(column, models.DateField):
            values[column.name] = clock.now() if isinstance(column, models.DateTimeField) else clock.today()
        elif isinstance(column, models.IntegerField):
            values[column.name] = 1
        elif isinstance(column, models.JSONField):
            values[column.name] = {}
        elif isinstance(column, models.CharField | models.TextField):
            values[column.name] = "x"
    try:
        with transaction.atomic():
            return model._base_manager.create(**values)
    except (IntegrityError, ValueError):
        return None


def _words_for(model: type[models.Model], columns: Columns) -> Iterator[tuple[str, Any]]:
    own = {name for names in columns.own.values() for name in names.split()}
    for name in sorted(own | set(columns.words.split())):
        column = model._meta.get_field(name)
        if name in columns.own:
            continue
        if isinstance(column, models.JSONField):
            yield name, {"a": [f"Ask {NAME} at {ADDRESS}"]}
        elif isinstance(column, models.EmailField):
            yield name, ADDRESS
        else:
            most = getattr(column, "max_length", None) or 500
            alone = "own words of zq " if name in own and name != "name" else ""
            yield name, f"{alone}Ask {NAME.upper()} or {NAME}, {ADDRESS}, {NUMBER}."[:most] if most > 100 else NAME[:most]


def _pointing_value(model: type[models.Model], pointer: str, person: Person) -> str:
    return ADDRESS if isinstance(model._meta.get_field(pointer), models.EmailField) else person.pk


def _set(model: type[models.Model], pk: Any, name: str, value: Any, planted: dict[str, str], label: str) -> None:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{name: value})
    except IntegrityError:
        return
    planted[f"{label}.{name}"] = str(value)


def dump() -> dict[str, list[bytes]]:
    """Every row of every table as a line, by table."""
    return {model._meta.label: list(tables.lines_of(model)) for model in tables.emptied()}


def found_in(lines: dict[str, list[bytes]], but_for: frozenset[str] = frozenset()) -> list[str]:
    """Where a canary still sings: the table and the line's beginning."""
    return [
        f"{label}: {line[:160]!r}"
        for label, some in lines.items()
        if label not in but_for
        for line in some
        for canary in CANARIES
        if canary in line.decode().lower()
    ]


def raw() -> str:
    """What lies in the database's own file, deleted pages and all (SQLite)."""
    if connection.vendor != "sqlite":
        return ""
    from pathlib import Path

    name = str(connection.settings_dict["NAME"])
    files = [Path(name + end) for end in ("", "-wal") if Path(name + end).exists()]
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in files).lower()


def at(day: date) -> datetime:
    """Noon of a day."""
    return clock.start_of(day, 12)
