"""The furnished world of the product's tests, and a small place for tests that need less."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from alongside.across.keeping.tests import make
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.ground.files import actions as files
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests import make as partnerships
from alongside.members.people.models import Person, Role
from alongside.members.schools.models import School
from alongside.members.schools.tests import make as schools
from tests import databases, world as worlds


@dataclass
class Place:
    """One partnership with its manager, a member school and another."""

    partnership: Partnership
    manager: Person
    school: School
    asked: School


@pytest.fixture
def place(db: None) -> Iterator[Place]:
    """Elm Valley on 8 March 2022."""
    with clock.at(clock.start_of(worlds.TODAY, 12)):
        yield found()


@pytest.fixture
def installation(own_folder: Path) -> Iterator[Place]:
    """A small installation with two papers, stored for good."""
    with clock.at(clock.start_of(worlds.TODAY, 12)):
        place = found()
        for words in ("We work together.", "And share what we know."):
            files.keep_file(
                key=keys.new_key(),
                name="paper.txt",
                data=words.encode(),
                kind="agreement",
                title=words,
                partnership=place.partnership.pk,
                by=make.SYSTEM,
            )
        yield place


def found() -> Place:
    """A partnership with its manager and two schools."""
    partnership = partnerships.partnership()
    one, other = (schools.school(f"Elm {kind} School", urn=991_000 + n) for n, kind in enumerate(("Vale", "Wood")))
    partnerships.member(partnership, one)
    manager = Person.objects.create(name="Pat Manager", email="pat@elm.example")
    Role.objects.create(person=manager, post=Post.MANAGER, partnership=partnership, from_on=worlds.TODAY)
    return Place(partnership, manager, one, other)


@pytest.fixture
def world(world: worlds.World, own_folder: Path) -> worlds.World:
    """Alder and Birch, with their files in this test's own store."""
    shutil.copytree(databases.files(), own_folder / "var" / "files", dirs_exist_ok=True)
    return world


@pytest.fixture(autouse=True)
def own_folder(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Path:
    """A store and a list of erasures of the test's own: what other tests leave there is not this one's."""
    if request.node.get_closest_marker("django_db") or {"db", "transactional_db", "world"} & set(request.fixturenames):
        request.getfixturevalue("django_db_setup")  # what builds the world keeps its files where every other test looks for them
    settings.VAR = tmp_path / "var"
    options = {"location": str(settings.VAR / "files"), "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "files": store}
    return tmp_path
