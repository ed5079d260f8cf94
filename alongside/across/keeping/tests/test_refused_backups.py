"""A backup that was changed, is sealed or of another release is refused in words and changes nothing."""

import gzip
import io
import json
import random
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import storages

from alongside.across.keeping.actions import backing_up, restoring
from alongside.across.keeping.archive.manifest import NAME, parts_of
from alongside.across.keeping.archive.sealing import Unusable
from alongside.across.keeping.tests import make
from alongside.across.keeping.tests.conftest import Place
from alongside.across.keeping.tests.drilling import refused
from alongside.ground.files.models import StoredFile
from alongside.members.people.models import Person
from tests.figures import Figure

pytestmark = pytest.mark.django_db(transaction=True)


def packed_again(path: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same archive with some parts changed, or (None) left out."""
    with tarfile.open(target, "w") as archive:
        for name, data in parts_of(path, None):
            if (new := change(name, data)) is not None:
                member = tarfile.TarInfo(name)
                member.size = len(new)
                archive.addfile(member, io.BytesIO(new))
    return target


def test_a_backup_that_was_changed_is_refused_and_changes_nothing(installation: Place, own_folder: Path, figure: Figure) -> None:
    path, manifest = backing_up.back_up(path=own_folder / "kept.backup", by=make.SYSTEM)
    whole, before, chance = path.read_bytes(), make.dump(), random.Random(24)
    taken, tries = [], 40
    for _ in range(tries):
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        if not refused(path):
            taken.append(f"byte {at}")
    for cut in (0, 10, len(whole) // 2, len(whole) - 12_000):
        path.write_bytes(whole[:cut])
        if not refused(path):
            taken.append(f"cut at {cut}")
    path.write_bytes(whole)
    (path.parent / f"{path.name}.sha256").unlink()  # now without the checksum beside it
    a_file, a_table = f"files/{next(iter(manifest.files))}", next(name for name in manifest.parts if "people.Person" in name)
    changes: dict[str, Callable[[str, bytes], bytes | None]] = {
        "a file is missing": lambda name, data: None if name == a_file else data,
        "a file is altered": lambda name, data: b"x" + data[1:] if name == a_file else data,
        "a table is missing": lambda name, data: None if name == a_table else data,
        "a row is altered": lambda name, data: (
            gzip.compress(gzip.decompress(data).replace(b"pat@", b"bat@")) if name == a_table else data
        ),
        "the manifest is missing": lambda name, data: None if name == NAME else data,
        "the manifest is nonsense": lambda name, data: b"[1]" if name == NAME else data,
    }
    for what, change in changes.items():
        if not refused(packed_again(path, own_folder / "changed.backup", change)):
            taken.append(what)
    figure("promise 24", f"{tries} flipped bytes, 4 cuts and {len(changes)} changed parts: {len(taken)} accepted")
    assert not taken
    assert make.dump() == before, "a refused backup changed something"


def test_a_sealed_backup_opens_with_its_passphrase_alone(installation: Place, own_folder: Path) -> None:
    key, other = own_folder / "key", own_folder / "other"
    key.write_text("correct horse battery staple\n")
    other.write_text("another passphrase altogether")
    path, _ = backing_up.back_up(path=own_folder / "sealed.backup", key_file=key, by=make.SYSTEM)
    whole = path.read_bytes()
    assert b"Elm Vale" not in whole and b"tables/" not in whole and path.stat().st_mode & 0o077 == 0
    assert "--key-file" in refused(path) and "not this backup’s" in refused(path, key_file=other)
    (path.parent / f"{path.name}.sha256").unlink()
    for broken in (whole[:-1], whole[: len(whole) // 2], whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:]):
        path.write_bytes(broken)
        assert refused(path, key_file=key)
    path.write_bytes(whole)
    assert not refused(path, key_file=key) and Person.objects.filter(email="pat@elm.example").exists()


def test_what_is_there_is_not_thrown_away_unasked(installation: Place, own_folder: Path) -> None:
    path, _ = backing_up.back_up(path=own_folder, by=make.SYSTEM)
    with pytest.raises(Unusable, match="--replace"):
        restoring.restore(path=path, by=make.SYSTEM)


def test_a_backup_of_another_release_is_refused_in_words(installation: Place, own_folder: Path) -> None:
    path, _ = backing_up.back_up(path=own_folder / "a.backup", by=make.SYSTEM)

    def newer(name: str, data: bytes) -> bytes:
        return data.replace(b'"people.0001_initial"', b'"people.0099_later"') if name == NAME else data

    assert "another release" in refused(packed_again(path, own_folder / "b.backup", newer))


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    installation: Place, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = backing_up.back_up(path=own_folder / "a.backup", by=make.SYSTEM)
    kept = StoredFile.objects.first()
    Person.objects.create(name="After the backup", email="after@elm.example")
    storages["files"].delete(kept.stored_as)
    before, stored = make.dump(), sorted(str(one) for one in (settings.VAR / "files").rglob("*"))
    monkeypatch.setattr("alongside.ground.search.actions.rebuild", lambda **_: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        restoring.restore(path=path, replace=True, by=make.SYSTEM)
    assert make.dump() == before
    assert sorted(str(one) for one in (settings.VAR / "files").rglob("*")) == stored


def test_a_backup_that_tells_other_than_it_holds_is_refused_for_what_is_wrong(installation: Place, own_folder: Path) -> None:
    path, _ = backing_up.back_up(path=own_folder / "a.backup", by=make.SYSTEM)
    before = make.dump()
    changes: dict[str, Callable[[Any, Any], object]] = {
        "The table people.Person of this backup is not one": lambda told, table: table["columns"].pop(),
        "The rows of people.Person in this backup cannot be put back": lambda told, table: table.update(rows=0),
        "The table people.Person did not come back": lambda told, table: table.update(digest="0"),
        "The files of this backup are not those": lambda told, table: told["missing"].append("another"),
    }
    for words, change in changes.items():

        def changed(name: str, data: bytes, change: Callable[[Any, Any], object] = change) -> bytes:
            if name != NAME:
                return data
            told = json.loads(data)
            change(told, told["tables"]["people.Person"])
            return json.dumps(told).encode()

        assert words in refused(packed_again(path, own_folder / "b.backup", changed))
    assert make.dump() == before
