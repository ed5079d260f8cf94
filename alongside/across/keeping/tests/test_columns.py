"""Every column of text says whose words it may hold."""

from collections.abc import Mapping
from importlib import import_module

from django import forms
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from alongside.ground.core.declaration import Columns
from alongside.ground.core.keys import LENGTH
from alongside.ground.web import declared
from alongside.ground.web.models import Row
from alongside.members.people.models import Person
from tests.figures import Figure
from tests.reading import modules

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


def pointing_nowhere(known: Mapping[str, Columns]) -> list[str]:
    """Columns that are said to point to a person and hold neither an address nor an id."""
    found = []
    for label, columns in known.items():
        for name in {*columns.own, *columns.row_of.split()}:
            column = apps.get_model(label)._meta.get_field(name)
            if not (column.is_relation or isinstance(column, models.EmailField) or column.max_length == LENGTH):
                found.append(f"{label}.{name}")
    return found


def test_what_points_to_a_person_is_an_address_or_an_id() -> None:
    """As the sender of a mail was neither, nothing of theirs went with them."""
    assert not pointing_nowhere(declared.erasure())
    careless = {**declared.erasure(), "mail.Mail": Columns(own={"subject": "words"})}
    assert pointing_nowhere(careless) == ["mail.Mail.subject"]


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


NOBODYS = {  # columns called like a box in which people type, that hold nobody's words all the same, and why
    "invoices.Claim.words": "our own words for what is asked",
    "invoices.CreditNote.host_number": "the number in another's books",
    "invoices.CreditNote.reference": "our own number",
    "invoices.Invoice.host_number": "the number in another's books",
    "invoices.Invoice.reference": "our own number",
    "membership.Answer.post": "the name of a post",
    "membership.RollEntry.name": "the school's name in the register",
    "partnerships.Partnership.area": "the name of an area",
    "partnerships.Partnership.name": "the name of a body",
}


def boxes(room: str) -> set[str]:
    """The boxes of a room's forms in which people type what they like."""
    found = set()
    for module in [one for one in modules() if one.room == room and one.layer == "forms"]:
        for form in vars(import_module(module.name)).values():
            if isinstance(form, type) and issubclass(form, forms.BaseForm) and form.__module__ == module.name:
                found |= {
                    name for name, box in form.base_fields.items() if type(box) is forms.CharField and not box.widget.is_hidden
                }
    return found


def typed_and_nobodys(known: Mapping[str, Columns]) -> set[str]:
    """The columns of nobody's words that are called like a box of their room's forms."""
    typed = {room.rpartition(".")[2]: boxes(room) for room in declared.rooms()}
    return {
        f"{table}.{name}"
        for table, columns in known.items()
        for name in set(columns.plain.split()) & typed.get(table.partition(".")[0], set())
    }


def test_what_people_type_is_not_called_nobodys() -> None:
    assert typed_and_nobodys(declared.erasure()) == set(NOBODYS)


def test_a_note_that_is_called_nobodys_is_caught() -> None:
    careless = {**declared.erasure(), "contributions.Contribution": Columns(plain="between source source_row words")}
    assert "contributions.Contribution.words" in typed_and_nobodys(careless)
