"""Whatever an archive was made to hold: it is answered in a sentence with the remedy, and nothing that stood is changed."""

import argparse
import gzip
import hashlib
import io
import json
import random
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from alongside.across.keeping import commands, log
from alongside.across.keeping.actions import backing_up
from alongside.across.keeping.archive.manifest import NAME, parts_of
from alongside.across.keeping.tests import make
from alongside.across.keeping.tests.conftest import Place
from alongside.ground.files.models import StoredFile
from alongside.members.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERSHIP = "tables/partnerships.Membership/00001.jsonl.gz"
FILES = "tables/files.StoredFile/00001.jsonl.gz"
SESSIONS = "tables/sessions.Session/00001.jsonl.gz"
PEOPLE, CODES = "tables/people.Person/00001.jsonl.gz", "tables/calendar.BankHoliday/00001.jsonl.gz"


class Craft:
    """An archive in the making: the parts of a true one by name, its manifest, and members that are no plain parts."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = dict(parts)
        self.told: Any = json.loads(self.parts.pop(NAME))
        self.members: list[tuple[tarfile.TarInfo, bytes]] = []
        self.raw: bytes | None = None

    @property
    def a_file(self) -> str:
        return next(iter(self.told["files"]))

    def put(self, name: str, data: bytes) -> None:
        """A part that the manifest names, whatever it is."""
        self.parts[name] = data
        self.told["parts"][name] = hashlib.sha256(data).hexdigest()

    def rows(self, change: Callable[[list[Any]], Any], part: str = PEOPLE) -> None:
        """A table's first row changed, with the manifest telling of it."""
        first, *rest = gzip.decompress(self.parts[part]).splitlines()
        lines = [json.dumps(change(json.loads(first))).encode(), *rest]
        self.put(part, gzip.compress(b"\n".join(lines) + b"\n"))

    def member(self, name: str, kind: bytes = tarfile.REGTYPE, data: bytes = b"", **facts: Any) -> None:
        """A member beside the parts; the manifest names it, as what is empty."""
        info = tarfile.TarInfo(name)
        info.type, info.size = kind, len(data)
        for fact, value in facts.items():
            setattr(info, fact, value)
        self.told["parts"].setdefault(name, hashlib.sha256(data).hexdigest())
        self.members.append((info, data))

    def write(self, target: Path) -> Path:
        with tarfile.open(target, "w", format=tarfile.PAX_FORMAT, encoding="utf-8", errors="surrogateescape") as archive:
            for name, data in self.parts.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            for info, data in self.members:
                archive.addfile(info, io.BytesIO(data))
            if self.told is not None:
                told = self.told if isinstance(self.told, bytes) else json.dumps(self.told).encode()
                info = tarfile.TarInfo(NAME)
                info.size = len(told)
                archive.addfile(info, io.BytesIO(told))
        if self.raw is not None:
            target.write_bytes(self.raw)
        return target


def altered(column: str, to: Any, part: str = PEOPLE) -> Callable[[Craft], None]:
    """The first row with something else in one column."""

    def change(craft: Craft) -> None:
        at = craft.told["tables"][part.split("/")[1]]["columns"].index(column)
        craft.rows(lambda row: [*row[:at], to, *row[at + 1 :]], part)

    return change


def huge(craft: Craft) -> None:
    """A member that claims a terabyte and brings nothing."""
    info = tarfile.TarInfo("files/aa/huge")
    info.size = 1 << 40
    craft.raw = info.tobuf(tarfile.GNU_FORMAT) + bytes(1024)


def bomb(craft: Craft) -> None:
    """Seventy megabytes of one row, in some kilobytes."""
    craft.put(PEOPLE, gzip.compress(b'["' + b"x" * (70 << 20)))


def tell(name: str, value: Any) -> Callable[[Craft], None]:
    return lambda craft: craft.told.update({name: value})


CRAFTED: dict[str, Callable[[Craft], Any]] = {
    "an empty file": lambda craft: setattr(craft, "raw", b""),
    "a picture": lambda craft: setattr(craft, "raw", b"\x89PNG\r\n\x1a\n" + bytes(2_000)),
    "a tar in gzip": lambda craft: setattr(craft, "raw", gzip.compress(bytes(20_480))),
    "a tar of nothing": lambda craft: setattr(craft, "raw", bytes(10_240)),
    "a table's gzip cut short": lambda craft: craft.put(PEOPLE, craft.parts[PEOPLE][:-12]),
    "a table that is no gzip": lambda craft: craft.put(PEOPLE, b"plain words"),
    "a table with a flipped byte in gzip": lambda craft: craft.put(PEOPLE, craft.parts[PEOPLE][:30] + b"\xff" * 20),
    "a manifest of other JSON": lambda craft: setattr(craft, "told", [1]),
    "a manifest without its fields": lambda craft: craft.told.pop("tables"),
    "a manifest with a field of its own": tell("more", 1),
    "a manifest nested without end": lambda craft: setattr(craft, "told", b"[" * 100_000),
    "a manifest that is no UTF-8": lambda craft: setattr(craft, "told", b'{"form": "\xff"}'),
    "tables as a list": tell("tables", [["people.Person"]]),
    "a table's facts as text": lambda craft: craft.told["tables"].update({"people.Person": "rows"}),
    "migrations as numbers": tell("migrations", [1, 2]),
    "migrations as a table": tell("migrations", {"a": []}),
    "a day that is none": tell("made_at", "yesterday"),
    "a form of later": tell("form", 2),
    "another release": lambda craft: craft.told["migrations"].append("people.0099_later"),
    "a terminal's orders in its version": lambda craft: craft.told.update(version="\x1b[2J", migrations=["x.\x1b[2J"]),
    "a file that is named and not there": lambda craft: craft.parts.pop(f"files/{craft.a_file}"),
    "a file that is told and no part": lambda craft: craft.told["files"].update({"aa/none": "0" * 64}),
    "a part that is not named": lambda craft: craft.parts.update({"files/aa/extra": b"x"}),
    "a file that no row knows": lambda craft: (
        craft.put("files/aa/extra", b"x"), craft.told["files"].update({"aa/extra": "0" * 64}),
    ),
    "a table that the manifest does not name": lambda craft: craft.put(SESSIONS, craft.parts[PEOPLE]),
    "rows of a table that the manifest keeps to itself": lambda craft: craft.told["tables"].pop("people.Person"),
    "a table that is not ours": lambda craft: (
        craft.told["tables"].update({"auth.Other": {"rows": 0, "digest": "0", "columns": []}}),
        craft.put("tables/auth.Other/00001.jsonl.gz", gzip.compress(b"")),
    ),
    "sessions": lambda craft: (
        craft.told["tables"].update({"sessions.Session": {"rows": 0, "digest": "0", "columns": []}}),
        craft.put(SESSIONS, gzip.compress(b"")),
    ),
    "a part of no kind": lambda craft: craft.put("notes.txt", b"x"),
    "a path that leads up": lambda craft: craft.put("files/../../up", b"x"),
    "a path that leads up and is told": lambda craft: (
        craft.told["files"].update({"../../up": "0" * 64}), craft.put("files/../../up", b"x"),
    ),
    "an absolute path": lambda craft: craft.member("/etc/alongside-was-here", data=b"x"),
    "a table's path that leads up": lambda craft: craft.put("tables/../people.Person/00001.jsonl.gz", craft.parts[PEOPLE]),
    "a symbolic link": lambda craft: craft.member("files/aa/link", tarfile.SYMTYPE, linkname="/etc/passwd"),
    "a hard link": lambda craft: craft.member("files/aa/link", tarfile.LNKTYPE, linkname=NAME),
    "a folder": lambda craft: craft.member("files/aa", tarfile.DIRTYPE),
    "a device": lambda craft: craft.member("files/aa/null", tarfile.CHRTYPE, devmajor=1, devminor=3),
    "a pipe": lambda craft: craft.member("files/aa/pipe", tarfile.FIFOTYPE),
    "a file with holes": lambda craft: craft.member(
        "files/aa/holes", data=b"", pax_headers={"GNU.sparse.map": "0,0", "GNU.sparse.size": str(1 << 40)}
    ),
    "a name that is no UTF-8": lambda craft: craft.member("files/aa/\udcff\udcfe", data=b"x"),
    "a name with a terminal's orders": lambda craft: craft.member("files/\x1b[2J", data=b"x"),
    "a member twice": lambda craft: craft.member(PEOPLE, data=craft.parts[PEOPLE]),
    "a claim of a terabyte": huge,
    "a row of 70 megabytes": bomb,
    "more rows than told": lambda craft: craft.put(PEOPLE, gzip.compress(gzip.decompress(craft.parts[PEOPLE]) * 2)),
    "a row of other columns": lambda craft: craft.rows(lambda row: [*row, "more"]),
    "a row that is no row": lambda craft: craft.rows(lambda _: {"name": "Pat"}),
    "a row nested without end": lambda craft: craft.put(PEOPLE, gzip.compress(b"[" * 100_000 + b"\n")),
    "a row without a name": altered("name", None),
    "a row with a list for a name": altered("name", ["Pat"]),
    "a row with a NUL": altered("name", "Pat\x00"),
    "a row with a name beyond its column": altered("name", "Pat" * 1_000),
    "a row altered, with the manifest telling of the part": altered("name", "Someone Else"),
    "a row twice": lambda craft: craft.put(CODES, gzip.compress(gzip.decompress(craft.parts[CODES]).splitlines(True)[0] * 2)),
    "a number beyond any column": altered("size", 1 << 80, FILES),
    "a number of a million digits": altered("size", "9" * 5_000, FILES),
    "a day that is no day": altered("day", "31 February", CODES),
    "a row that points nowhere": altered("partnership_id", "0123456789ab", MEMBERSHIP),
}  # fmt: skip


@pytest.fixture
def true_parts(installation: Place, own_folder: Path) -> Iterator[dict[str, bytes]]:
    """The parts of a backup of this installation, in which somebody has written since."""
    path, _ = backing_up.back_up(path=own_folder / "true.backup", by=make.SYSTEM)
    parts = dict(parts_of(path, None))
    Person.objects.create(name="After the backup", email="after@elm.example")
    kept = StoredFile.objects.first()
    storages["files"].delete(kept.stored_as)
    storages["files"].save(kept.stored_as, ContentFile(b"altered since"))
    yield parts


def restored(path: Path) -> int:
    return commands.restore(argparse.Namespace(path=path, key_file=None, replace=True))


@pytest.mark.slow
def test_a_crafted_archive_is_answered_in_words_and_changes_nothing(
    true_parts: dict[str, bytes], own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def standing() -> tuple[Any, ...]:
        files = [(str(one), one.read_bytes()) for one in sorted(settings.VAR.rglob("*")) if one.is_file()]
        return make.dump(), files, sorted(one.name for one in own_folder.iterdir())

    (own_folder / "crafted.backup").touch()
    before, wrong = standing(), []
    for what, change in CRAFTED.items():
        change(craft := Craft(true_parts))
        code = restored(craft.write(own_folder / "crafted.backup"))
        said = capsys.readouterr().err
        remedy = any(words in said for words in ("Copy it again", "Install that release", "Install the release"))
        if code == 0 or not remedy or not said.endswith("Nothing was changed.\n") or not said.rstrip("\n").isprintable():
            wrong.append((what, code, said))
        if standing() != before:
            wrong.append((what, "changed something"))
    assert not wrong
    assert restored(Craft(true_parts).write(own_folder / "crafted.backup")) == 0, "a true one is refused too"


@pytest.mark.slow
def test_a_true_archive_with_any_few_bytes_changed_is_answered_in_words(true_parts: dict[str, bytes], own_folder: Path) -> None:
    path = Craft(true_parts).write(own_folder / "crafted.backup")
    whole, chance, before = bytearray(path.read_bytes()), random.Random(7), make.dump()
    headers = [at for at in range(0, len(whole), 512) if whole[at + 257 : at + 262] == b"ustar"]
    for _ in range(25):  # where tar says what follows: names, sizes, kinds, sums
        altered = bytearray(whole)
        at = chance.choice(headers)
        for _ in range(3):
            altered[at + chance.randrange(512)] = chance.randrange(256)
        fields = altered[at : at + 148] + b" " * 8 + altered[at + 156 : at + 512]
        altered[at + 148 : at + 156] = b"%06o\0 " % sum(fields)  # with a header's sum that fits
        path.write_bytes(altered)
        if altered != whole and restored(path) == 0:  # what tar does not look at may be anything
            assert make.dump() != before
            Person.objects.create(name="After the backup", email="after@elm.example")
            before = make.dump()
        else:
            assert make.dump() == before


def test_a_folder_or_nothing_is_said_to_be_so(own_folder: Path, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    for path, words in ((own_folder, "a folder: name the file in it"), (own_folder / "nowhere", "not a file")):
        assert restored(path) == 2 and words in capsys.readouterr().err


@pytest.mark.parametrize("line", ["{", "[]", '{"person": "a"}', '{"person": "a", "address": "b", "because": "nonsense"}', "\xff"])
def test_a_damaged_list_of_erasures_stops_a_restore(
    true_parts: dict[str, bytes], own_folder: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    path, before = Craft(true_parts).write(own_folder / "crafted.backup"), make.dump()
    (own_folder / log.NAME).write_bytes(line.encode("latin-1"))
    assert restored(path) == 2 and "Put the list beside another backup in its place." in capsys.readouterr().err
    assert make.dump() == before
