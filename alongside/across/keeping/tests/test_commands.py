"""The commands of keeping as whoever runs a server types them."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from alongside.across.keeping import commands
from alongside.across.keeping.tests import make
from alongside.across.keeping.tests.conftest import Place, found
from alongside.ground.core.standing import Post
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests import make as partnerships
from alongside.members.people.models import Person, Role
from tests import databases, world as worlds
from tests.environment import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def run(command: str, **words: object) -> int:
    """Run one, as `alongside` does."""
    usual = {"key_file": None, "replace": False, "dry_run": False, "because": "asked", "reason": "", "lift": False, "which": ""}
    return int(getattr(commands, command)(argparse.Namespace(**{**usual, **words})))


@pytest.fixture
def installation(own_folder: Path) -> Place:
    return found()


@pytest.mark.parametrize("name", ["backups", "srv/new/backups", "of 2026.11", "nightly.backups", "there", "kept.backup/"])
def test_a_folder_that_is_not_there_is_made_and_each_night_has_its_own_archive(
    installation: Place, own_folder: Path, name: str, time_is: Callable[[date], None]
) -> None:
    folder = own_folder / name
    if name in {"there", "kept.backup/"}:
        folder.mkdir()
    for night in (1, 2):
        time_is(date(2026, 11, night))
        assert run("backup", path=folder) == 0
    assert sorted(one.name for one in folder.glob("*.backup")) == [f"alongside-2026110{night}-120000.backup" for night in (1, 2)]


@pytest.mark.parametrize("name", ["old", "old/deeper"])
def test_a_file_in_the_place_of_the_folder_is_left_as_it_is(
    installation: Place, own_folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_folder / "old").write_text("yesterday's")
    assert run("backup", path=own_folder / name) == 2
    assert "is a file, not a folder" in capsys.readouterr().err and (own_folder / "old").read_text() == "yesterday's"


def test_from_backup_to_restore(installation: Place, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = own_folder / "key"
    key.write_text("short")
    assert run("backup", path=own_folder, key_file=key) == 2 and "at least 16" in capsys.readouterr().err
    key.write_text("long enough to protect")
    assert run("backup", path=own_folder, key_file=key) == 0
    told = capsys.readouterr().out
    (path,) = own_folder.glob("*.backup")
    assert str(path) in told and "SHA-256" in told and not list(own_folder.glob(".*unfinished"))
    assert run("restore", path=path, replace=True) == 2 and "--key-file" in capsys.readouterr().err
    assert run("restore", path=path, key_file=key) == 2 and "--replace" in capsys.readouterr().err
    assert run("restore", path=own_folder / "nowhere") == 2 and "is not a file" in capsys.readouterr().err
    Person.objects.create(name="Later", email="later@elm.example")
    assert run("restore", path=path, key_file=key, replace=True) == 0
    assert "are back" in capsys.readouterr().out and not Person.objects.filter(name="Later").exists()


def test_what_is_no_backup_is_refused(installation: Place, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, data in enumerate((b"", b"nonsense", bytes(10_240), b"ALONGSIDE SEALED BACKUP 1\n")):
        path = own_folder / f"{number}"
        path.write_bytes(data)
        key = own_folder / "key"
        key.write_text("long enough to protect")
        assert run("restore", path=path, key_file=key, replace=True) == 2
        assert "Nothing was changed." in capsys.readouterr().err


def test_holding_and_erasing(installation: Place, capsys: pytest.CaptureFixture[str]) -> None:
    person = make.somebody(installation.school)
    Role.objects.create(person=person, post=Post.GOVERNOR_CHAIR, school=installation.school, from_on=worlds.TODAY)
    assert run("hold", what="person", which=make.ADDRESS) == 2 and "why" in capsys.readouterr().err
    assert run("hold", what="school", which="991000", reason="A dispute") == 0
    assert run("hold", what="school", which="991000", reason="A dispute") == 2 and "already" in capsys.readouterr().err
    assert run("hold", what="school", which="x", reason="A dispute") == 2
    assert run("hold", what="person", which=make.ADDRESS, reason="A claim") == 0
    of = installation.partnership
    assert run("hold", what="partnership", which=of.slug, reason="An audit") == 0
    assert run("hold", what="list") == 0
    listed = capsys.readouterr().out
    for named in ("school 991000 (", f"person {make.ADDRESS} ({person.name}) since", f"partnership {of.slug} ({of.name}) since"):
        assert named in listed, listed
    for what, which in (("person", make.ADDRESS), ("partnership", of.slug)):  # lifted by what the list says
        assert run("hold", what=what, which=which, lift=True) == 0
    assert run("erase_person", address=make.ADDRESS) == 2 and "held since" in capsys.readouterr().err
    assert run("hold", what="school", which="991000", lift=True) == 0
    assert run("erase_person", address=make.ADDRESS, dry_run=True) == 0 and "Nothing was changed" in capsys.readouterr().out
    assert Person.objects.filter(email=make.ADDRESS).exists()
    assert run("erase_person", address=make.ADDRESS) == 0 and "people.Person.name" in capsys.readouterr().out
    assert run("erase_person", address=make.ADDRESS) == 0 and "Nothing here" in capsys.readouterr().out
    assert run("erase_person", address="pat@elm.example") == 2 and "only manager" in capsys.readouterr().err
    assert run("erase_person", address="nonsense") == 2


def test_retention_tells_and_does(installation: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("retention", dry_run=True) == 0 and "Nothing was changed" in capsys.readouterr().out
    assert run("retention") == 0 and "Sessions of browsers" in capsys.readouterr().out


@pytest.mark.slow
def test_an_installation_moves_from_sqlite_to_whatever_this_runs_on(own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL", "DJANGO_"))}
    surroundings = {**kept, "ALONGSIDE_MODE": "test", "ALONGSIDE_VAR": str(own_folder / "old")}
    databases.empty_copy(own_folder / "old" / "alongside.sqlite3")
    for words in ("migrate", "new-partnership Oak --template learning --manager jo@oak.example", f"backup {own_folder}"):
        command = [sys.executable, "-W", "ignore", "-m", "alongside", *words.split()]
        subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, check=True)
    (path,) = own_folder.glob("*.backup")
    assert run("restore", path=path, replace=True) == 0, capsys.readouterr().err
    assert Partnership.objects.get().name == "Oak"
    assert partnerships.partnership("Elm").pk  # and new rows get numbers that are free
