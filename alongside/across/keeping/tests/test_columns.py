"""Every column of text says whose words it may hold."""

from collections.abc import Mapping

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from alongside.ground.core.declaration import Columns
from alongside.ground.web import declared
from alongside.ground.web.models import Row
from alongside.members.people.models import Person
from tests.figures import Figure

TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.GenericIPAddressField, models.FileField)


def telling_columns(model: type[models.Model]) -> list[str]:
    """The columns that can hold words, or point to a person."""
    found = []
    for column in model._meta.local_concrete_fields:
        is_text = isinstance(column, TEXT) and not column.choices and not column.primary_key
        if is_text or (column.is_relation and column.related_model is Person):
            found.append(column.attname)
    return found


def unclassified(tables: list[type[models.Model]], known: Mapping[str, Columns]) -> list[str]:
    """Which columns nobody has said anything of."""
    return [
        f"{model._meta.label}.{name}"
        for model in tables
        for name in telling_columns(model)
        if name not in (known[model._meta.label].named() if model._meta.label in known else set())
    ]


def tables() -> list[type[models.Model]]:
    return list(apps.get_models(include_auto_created=True))


def test_every_column_of_text_is_classified(figure: Figure) -> None:
    found = unclassified(tables(), declared.erasure())
    assert not found, "say in the room's app.py whose words these may hold: " + ", ".join(found)
    figure("promise 30", f"{sum(len(telling_columns(model)) for model in tables())} columns of text, all classified")


def test_what_is_classified_exists() -> None:
    strange = [
        f"{label}.{name}"
        for label, columns in declared.erasure().items()
        for name in columns.named()
        if name not in {one.attname for one in apps.get_model(label)._meta.local_concrete_fields}
    ]
    assert not strange
    assert not [label for label, columns in declared.erasure().items() if bool(columns.law) != bool(columns.why)]


@isolate_apps("tests")
def test_a_new_column_that_nobody_classified_is_caught() -> None:
    class Diary(Row):
        words = models.TextField()
        person = models.ForeignKey(Person, models.CASCADE)

        class Meta:
            app_label = "tests"

    assert unclassified([Diary], declared.erasure()) == ["tests.Diary.words", "tests.Diary.person_id"]
    without_one = {**declared.erasure(), "notices.Notice": Columns(plain="kind link")}
    assert "notices.Notice.body" in unclassified(tables(), without_one)
