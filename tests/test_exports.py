"""All data of a partnership, a school or a person, taken out: complete, exact, and nobody else's."""

import csv
import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import models
from django.test import Client
from icalendar import Calendar

from alongside.across.home.packing import Pipe, for_people
from alongside.across.home.queries import exports
from alongside.ground.audit.models import Event
from alongside.ground.web.models import Scope
from alongside.members.membership.actions import asking as membership
from alongside.members.membership.models import Question
from alongside.members.people.queries.roles import standing_of
from tests.audiences import Relation
from tests.figures import Figure
from tests.signing_in import enter
from tests.test_canaries import secrets_from
from tests.world import World

pytestmark = pytest.mark.django_db


def taken_out(who: Any, address: str) -> ZipFile:
    answer = enter(Client(), who).post(address)
    assert answer.status_code == 200 and answer.streaming, (answer.status_code, answer.headers)
    return ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def texts(archive: ZipFile) -> str:
    return "\n".join(
        archive.read(name).decode("utf-8-sig").replace("\r\n ", "") for name in archive.namelist() if not name.endswith(".pdf")
    )


def rows(archive: ZipFile, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(f"exact/{table}.jsonl").decode().splitlines()]


def partnership_zip(world: World) -> ZipFile:
    return taken_out(world.person(Relation.MANAGER), f"/p/{world.partnership.slug}/export/")


def school_zip(world: World, relation: Relation = Relation.HEAD) -> ZipFile:
    return taken_out(world.person(relation), f"/schools/{world.school.urn}/export/")


@pytest.fixture(scope="module")
def kept() -> dict[str, ZipFile]:
    """What was taken out of the world as every test meets it, by whose it is: once for all tests that only read it."""
    return {}


@pytest.fixture
def alders(world: World, kept: dict[str, ZipFile]) -> ZipFile:
    """All data of Alder."""
    key = world.partnership.pk
    return kept.get(key) or kept.setdefault(key, partnership_zip(world))


@pytest.fixture
def schools(world: World, kept: dict[str, ZipFile]) -> ZipFile:
    """All data of a school of Alder's, for its head."""
    key = world.school.pk
    return kept.get(key) or kept.setdefault(key, school_zip(world))


def test_a_partnership_takes_out_every_row_of_its_own(world, alders, figure: Figure):
    archive = alders
    taken = exports.of_partnership(world.partnership, viewer=standing_of(world.person(Relation.MANAGER)))
    tables, count = exports.tables_of(taken, viewer=taken.viewer), 0
    for table in tables:
        there = rows(archive, table.file)
        assert len(there) == table.rows.count(), table.label
        read = list(csv.reader(io.StringIO(archive.read(f"tables/{table.file}.csv").decode("utf-8-sig"))))
        assert read[0] == [column.heading for column in table.columns] and len(read) == len(there) + 1
        count += len(there)
    assert {row["urn"] for row in rows(archive, "membership-rollentry")} == set()
    assert {row["school_urn"] for row in rows(archive, "membership-answer")} == {one.urn for one in world.alder.schools}
    assert rows(archive, "partnerships-partnership")[0]["name"] == world.partnership.name
    assert {row["partnership_id"] for row in rows(archive, "invoices-invoice")} == {world.partnership.pk}
    figure("export", f"a partnership's ZIP: {len(tables)} tables, {count} rows, each row in CSV and in JSON Lines")


def complete(world: World, table: exports.ExportTable) -> tuple[int, int]:
    """How many of Alder's rows a table has in the export, and how many there are with its id beside them."""
    model: Any = table.rows.model
    direct = [field.name for field in model._meta.concrete_fields if field.name == "partnership"]
    every = model._default_manager.filter(partnership=world.partnership.pk).count() if direct else table.rows.count()
    return table.rows.count(), every


# the office sees these only in part: a rule of their own `visible_to` says so
IN_PART = {"people.Role"}


def test_nothing_of_the_partnership_is_missing(world):
    taken = exports.of_partnership(world.partnership, viewer=standing_of(world.person(Relation.MANAGER)))
    missing = {
        table.label: counts
        for table in exports.tables_of(taken, viewer=taken.viewer)
        if table.label not in IN_PART and (counts := complete(world, table))[0] != counts[1]
    }
    assert not missing


def leaks(world: World, archive: ZipFile, relation: Relation) -> list[str]:
    text = texts(archive)
    return [whose for words, whose in secrets_from(world, relation).items() if words.split(" ")[-1] in text]


def test_no_export_holds_words_of_anybody_else(world, alders, schools, figure: Figure):
    exported = {
        Relation.MANAGER: alders,
        Relation.HEAD: schools,
        Relation.TRUST_OFFICER: school_zip(world, Relation.TRUST_OFFICER),
        **{
            relation: taken_out(world.person(relation), "/me/data/")
            for relation in (Relation.HEAD_OF_MEMBER, Relation.FINANCE, Relation.ENDED, Relation.WITHOUT_ROLE)
        },
    }
    found = {relation: leaks(world, archive, relation) for relation, archive in exported.items()}
    assert not any(found.values()), found
    for archive in exported.values():
        assert "Birch" not in texts(archive)
    searched = sum(len(secrets_from(world, relation)) for relation in exported)
    caught = leaks(world, exported[Relation.MANAGER], Relation.HEAD)
    assert caught, "the office's ZIP read as if it were a head's was not caught"
    figure("promise 2", f"{len(exported)} exports searched for {searched} words of others, 0 hits; planted: {len(caught)} caught")


def test_a_school_of_two_partnerships_takes_out_what_is_its_own_in_both_and_nothing_of_theirs(world):
    membership.ask_schools(partnership=world.birch.partnership, schools=[world.school], by=world.birch.standing("manager"))
    archive = school_zip(world)
    assert {row["partnership_id"] for row in rows(archive, "partnerships-membership")} == {
        world.partnership.pk, world.birch.partnership.pk,
    }  # fmt: skip
    assert {row["school_urn"] for row in rows(archive, "invoices-invoice")} == {world.school.urn}
    assert world.birch.member.name not in texts(archive)
    office = partnership_zip(world)
    assert "Birch" not in texts(office)


def test_a_school_has_its_invoices_as_papers_and_its_dates(world, schools):
    archive = schools
    number = world.things["invoice"].reference
    papers = [name for name in archive.namelist() if name.startswith("invoices/")]
    assert papers == [f"invoices/{number}.pdf"] and archive.read(papers[0]).startswith(b"%PDF")
    calendar = Calendar.from_ical(archive.read("calendar.ics"))
    assert calendar.walk("VEVENT")


def test_uploaded_files_are_in_it_as_they_were_kept(alders):
    files = [name for name in alders.namelist() if name.startswith("files/")]
    named = sorted(name.split("-")[1] for name in files)
    assert named == ["Alder file zephyr34alder.txt", "agreement.txt", "bank.txt", "paper.txt"]


def test_the_offices_own_note_stays_with_the_office(world, alders):
    heads = taken_out(world.alder.people["asked head"], f"/schools/{world.asked.urn}/export/")
    assert "note" not in rows(heads, "membership-answer")[0] and "note" in rows(alders, "membership-answer")[0]


def test_a_person_takes_out_who_they_are_and_what_they_did(world):
    archive = taken_out(world.alder.people["asked head"], "/me/data/")
    (me,) = rows(archive, "people-person")
    assert me["name"] == world.alder.people["asked head"].name and "password" not in me
    assert len(rows(archive, "membership-question")) == 2
    assert {row["person_id"] for row in rows(archive, "people-role")} == {me["id"]}
    leaver = taken_out(world.alder.people["asked ended"], "/me/data/")
    assert len(rows(leaver, "people-role")) == 1 and not rows(leaver, "membership-question")


def test_taking_out_is_written_down(world):
    partnership_zip(world)
    (event,) = Event.objects.filter(act="home.export")
    assert (event.partnership, event.facts, event.person) == (
        world.partnership.pk, {"of": "partnership"}, world.person(Relation.MANAGER).pk,
    )  # fmt: skip


def test_a_cell_that_begins_like_a_formula_is_harmless_in_the_sheet_and_exact_beside_it(world):
    words = '=HYPERLINK("http://elsewhere.example")'
    question = Question.objects.filter(partnership=world.partnership).first()
    Question.objects.filter(pk=question.pk).update(words=words)
    archive = partnership_zip(world)
    sheet = csv.DictReader(io.StringIO(archive.read("tables/membership-question.csv").decode("utf-8-sig")))
    assert f"'{words}" in [row["words"] for row in sheet]
    assert words in [row["words"] for row in rows(archive, "membership-question")]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1", "'=1"), ("+44", "'+44"), ("-x", "'-x"), ("@a", "'@a"), ("\tx", "'\tx"), (-5, -5), ("plain", "plain"), (None, ""),
        ({"a": "ü"}, '{"a": "ü"}'),
    ],
)  # fmt: skip
def test_cells_for_people(cell, shown):
    assert for_people(cell) == shown


def owned() -> list[type[models.Model]]:
    return [model for model in exports.ours() if getattr(model, "scope", None) in {Scope.PARTNERSHIP, Scope.SCHOOL}]


def without_a_place(tables: list[type[models.Model]]) -> list[str]:
    """Which tables are neither in an export nor left out with a reason."""
    return [
        model._meta.label
        for model in tables
        if not exports.is_withheld(model)
        and model._meta.label not in {"partnerships.Partnership", "people.Role", "audit.Reason"}  # of rules of their own
        and not exports.path_to(model, "partnership")
        and not exports.path_to(model, "school")
    ]


def test_every_table_of_a_partnership_or_a_school_is_in_an_export_or_left_out_with_a_reason(figure: Figure):
    assert not without_a_place(owned())
    in_school = [model._meta.label for model in owned() if exports.path_to(model, "school")]
    figure(
        "export",
        f"{len(owned())} tables, {len(in_school)} of them also by school, {sum(map(exports.is_withheld, owned()))} left out",
    )


def test_a_table_that_belongs_to_nobody_is_caught():
    class Lost(models.Model):
        scope = Scope.PARTNERSHIP

        class Meta:
            app_label = "home"
            managed = False

    try:
        assert without_a_place([Lost]) == ["home.Lost"]
    finally:
        from django.apps import apps

        del apps.all_models["home"]["lost"]
        apps.clear_cache()


# columns whose names sound like a secret and are none
SOUND_SECRET = {
    "key",
    "text_hash",
    "facts_hash",
    "box_hash",
    "row_hash",
    "sha256",
    "hash",
    "state_hash",
    "vat_code",
    "later_vat_code",
    "la_code",
}


def test_no_column_that_opens_something_is_taken_out():
    suspicious = ("hash", "token", "secret", "password", "salt", "proof", "code", "cipher")
    found = {
        f"{model._meta.label}.{column.path}"
        for model in [*owned()]
        for column in exports.columns_of(model, set())
        if any(word in column.path for word in suspicious) and "__" not in column.path
    }
    known = {name for name in found if name.split(".")[-1] in SOUND_SECRET}
    assert not found - known, found - known
    withheld = {
        f"{model._meta.label}.{field.name}"
        for model in owned()
        for field in model._meta.concrete_fields
        if exports.is_secret(field)
    }
    assert {"people.Invitation.token_hash", "people.Invitation.code_hash"} <= withheld


def test_the_zip_is_handed_on_while_it_is_written():
    pipe = Pipe()
    with ZipFile(pipe, "w") as archive:
        archive.writestr("a.txt", "a" * 10)
        first = pipe.take()
        archive.writestr("b.txt", "b" * 10)
    whole = first + pipe.take()
    assert first and ZipFile(io.BytesIO(whole)).namelist() == ["a.txt", "b.txt"]


@pytest.mark.parametrize("relation", [Relation.FINANCE, Relation.HEAD, Relation.MANAGER_ELSEWHERE, Relation.WITHOUT_ROLE])
def test_only_the_manager_takes_out_a_partnership(world, relation):
    for method in ("get", "post"):
        answer = getattr(enter(Client(), world.person(relation)), method)(f"/p/{world.partnership.slug}/export/")
        assert answer.status_code in {403, 404}
    assert not Event.objects.filter(act="home.export").exists()
