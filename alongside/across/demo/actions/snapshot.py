"""Keeping Elthorne as it was built, and putting it back. The one place that writes other apps' rows by itself.

Rebuilding through the actions takes seconds; a visitor who starts again waits for none. What hangs on the partnership of
Elthorne or on its people is kept once, as text, and from there put back, in one transaction. Which rows hang on it follows
from the foreign keys, so that a new table needs no line here; rows that point by plain id stand in `BY_PLAIN_ID`. Schools
themselves never change in the story and stay.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from alongside.across.demo import elthorne
from alongside.across.demo.models import Kept
from alongside.across.demo.permissions import may_use_demonstration
from alongside.ground.audit.actions import sealing as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.work.actions import queue as work
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person, Role
from alongside.members.schools.models import School

Model = type[models.Model]
STAYS = {"schools", "search", "demo", "sessions", "contenttypes", "auth", "messages"}
BY_PLAIN_ID = {
    "audit.event": {"partnership": "partnerships.partnership", "school": "schools.school", "person": "people.person"},
    "documents.document": {"row": "invoices.invoice meetings.meeting"},
    "files.storedfile": {"partnership": "partnerships.partnership", "school": "schools.school", "person": "people.person"},
    "audit.reason": {"event": "audit.event"},
    "notices.notice": {"person": "people.person"},
    "notices.preference": {"person": "people.person"},
    "work.job": {"person": "people.person"},
}
CHUNK = 900


@transaction.atomic
def keep_elthorne(*, by: Standing) -> None:
    """Write down everything that hangs on Elthorne as it stands now."""
    require(may_use_demonstration(by))
    Kept.objects.all().delete()
    found = _rows()
    for place, model in enumerate(_models()):
        fields = model._meta.local_concrete_fields
        rows = [
            [_told(field, row) for field in fields]
            for some in _chunks(found[model])
            for row in model._base_manager.filter(pk__in=some)
        ]
        Kept.objects.create(place=place, table=model._meta.label_lower, rows=json.dumps(rows))


@transaction.atomic
def restore_elthorne(*, by: Standing) -> None:
    """Take away everything that hangs on Elthorne, and put back what was kept."""
    clear_elthorne(by=by)
    for table, text in Kept.objects.order_by("place").values_list("table", "rows"):
        model = apps.get_model(table)
        fields = model._meta.local_concrete_fields
        model._base_manager.bulk_create(
            [
                model(**{field.attname: field.to_python(told) for field, told in zip(fields, row, strict=True)})
                for row in json.loads(text)
            ],
            batch_size=CHUNK,
        )


@transaction.atomic
def clear_elthorne(*, by: Standing) -> None:
    """Take away everything that hangs on Elthorne."""
    require(may_use_demonstration(by))
    found = _rows()
    for model in reversed(_models()):
        for some in _chunks(found[model]):
            rows = model._base_manager.filter(pk__in=some)
            rows._raw_delete(rows.db)
    audit.start_chain_again(by=by)
    work.start_periods_again(by=by)


def _told(field: models.Field, row: models.Model) -> Any:
    return None if field.value_from_object(row) is None else field.value_to_string(row)


def _models() -> list[Model]:
    """Every table that may hold something of Elthorne, each after those that it points to."""
    waiting = [model for model in apps.get_models() if model._meta.app_label not in STAYS and model._meta.managed]
    ordered: list[Model] = []
    while waiting:
        free = [model for model in waiting if not (_targets(model) & set(waiting)) - {model}]
        ordered += free or waiting
        waiting = [model for model in waiting if model not in ordered]
    return ordered


def _targets(model: Model) -> set[Model]:
    related = (field.related_model for field in model._meta.local_concrete_fields if field.is_relation)
    return {one for one in related if isinstance(one, type)}


def _rows() -> dict[Model, list[Any]]:
    """The keys of everything that hangs on Elthorne, by table."""
    schools = list(
        School.objects.filter(current__is_invented=True, current__la_code=elthorne.LA_CODE).values_list("pk", flat=True)
    )
    partnerships = list(Partnership.objects.filter(slug__in=[elthorne.SLUG, elthorne.TRUST_SLUG]).values_list("pk", flat=True))
    found: dict[Model, list[Any]] = {School: schools, Partnership: partnerships, Person: _people(schools, partnerships)}
    for model in _models():
        if model not in found:
            found[model] = sorted({key for name, keys in _links(model, found) for key in _pointing(model, name, keys)}, key=str)
    return found


def _people(schools: list[str], partnerships: list[str]) -> list[object]:
    """Those who hold, or held, a role in Elthorne and nowhere else, or have an address of its domain."""
    here = Q(school__in=schools) | Q(partnership__in=partnerships)
    inside, outside = (set(Role.objects.filter(which).values_list("person", flat=True)) for which in (here, ~here))
    addressed = set(Person.objects.filter(email__endswith=elthorne.DOMAIN).values_list("pk", flat=True))
    return sorted((inside - outside) | addressed)


def _links(model: Model, found: dict[Model, list[Any]]) -> Iterator[tuple[str, list[Any]]]:
    for field in model._meta.local_concrete_fields:
        if field.is_relation and field.related_model in found:
            yield field.attname, found[field.related_model]
    for name, labels in BY_PLAIN_ID.get(model._meta.label_lower, {}).items():
        for label in labels.split():
            yield name, found.get(apps.get_model(label), [])


def _pointing(model: Model, name: str, keys: list[object]) -> Iterator[object]:
    for some in _chunks(keys):
        yield from model._base_manager.filter(**{f"{name}__in": some}).values_list("pk", flat=True)


def _chunks(keys: Iterable[object]) -> Iterator[list[object]]:
    whole = list(keys)
    for start in range(0, len(whole), CHUNK):
        yield whole[start : start + CHUNK]
