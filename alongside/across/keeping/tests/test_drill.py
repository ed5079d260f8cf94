"""Promise 24: a backup is a restore. The drill: back up while others write, lose everything, bring it back, compare."""

import gzip
import hashlib
import json
import shutil
import threading
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from alongside.across.keeping import commands, log
from alongside.across.keeping.actions import backing_up, erasing, restoring
from alongside.across.keeping.archive import tables
from alongside.across.keeping.archive.manifest import parts_of
from alongside.across.keeping.models import Erasure
from alongside.across.keeping.rules.erasure import LEFT, Because
from alongside.across.keeping.tests import make
from alongside.across.keeping.tests.conftest import Place
from alongside.across.keeping.tests.drilling import refused
from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.files import actions as files
from alongside.ground.files.models import StoredFile
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from tests import world as worlds
from tests.figures import Figure
from tests.signing_in import enter

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = {"audit.Event"}  # the restore itself is a deed
WRITERS = 3


class Writers:
    """Threads that write pairs of rows, each pair in one transaction, and files; `done` counts what was committed."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership, self.done, self.stop = partnership, Counter[int](), threading.Event()
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(WRITERS)]

    def write(self, number: int) -> None:
        """Until told to stop."""
        while not self.stop.is_set():
            pair = f"pair {number} {self.done[number]}"
            try:
                with transaction.atomic():
                    for half in ("first", "second"):
                        Notice.objects.create(
                            kind=half, to="a@elm.example", subject=pair, body=half, partnership=self.partnership,
                            written_at=clock.now(), sent_at=clock.now(), state="sent",
                        )  # fmt: skip
                        time.sleep(0.002)
                if self.done[number] % 5 == 0:
                    files.keep_file(
                        key=keys.new_key(),
                        name="a.txt",
                        data=pair.encode(),
                        kind="other",
                        partnership=self.partnership.pk,
                        by=make.SYSTEM,
                    )
            except OperationalError:
                continue
            self.done[number] += 1
            time.sleep(0.002)
        connection.close()

    def __enter__(self) -> "Writers":
        for thread in self.threads:
            thread.start()
        while sum(self.done.values()) < WRITERS * 2:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


def lose_everything() -> None:
    """Every row and every byte."""
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.VAR / "files", ignore_errors=True)


def halves() -> Counter[str]:
    """How many halves of each pair there are."""
    return Counter(Notice.objects.filter(subject__startswith="pair").values_list("subject", flat=True))


def torn(path: Path) -> set[str]:
    """Files in a backup whose deed is not in its log: tables that were not read at one moment."""
    names = [column.attname for column in tables.columns_of(Event)]
    deeds = [dict(zip(names, json.loads(line), strict=True)) for line in lines(path, "audit.Event")]
    first = [column.attname for column in tables.columns_of(StoredFile)].index("id")
    return {json.loads(line)[first] for line in lines(path, "files.StoredFile")} - {deed["row"] for deed in deeds}


def lines(path: Path, label: str) -> list[bytes]:
    """A table's lines in a backup."""
    return [line for name, data in parts_of(path, None) if f"/{label}/" in name for line in gzip.decompress(data).splitlines()]


def test_what_was_backed_up_while_others_wrote_comes_back_whole(installation: Place, own_folder: Path, figure: Figure) -> None:
    make.plant(make.somebody(installation.school))
    with Writers(installation.partnership) as writers:
        before, began = sum(writers.done.values()), time.monotonic()
        path, manifest = backing_up.back_up(path=own_folder, by=make.SYSTEM)
        backup_took, meanwhile = time.monotonic() - began, sum(writers.done.values()) - before
        while sum(writers.done.values()) < before + meanwhile + WRITERS:
            time.sleep(0.01)
    total = sum(halves().values())
    lose_everything()
    assert not Person.objects.exists()
    began = time.monotonic()
    done = restoring.restore(path=path, by=make.SYSTEM)
    took = time.monotonic() - began
    differing = [
        model._meta.label
        for model in tables.tables()
        if model._meta.label not in AFTER and str(tables.digest_of(model)) != manifest.tables[model._meta.label]["digest"]
    ]
    wrong_files = [
        name
        for name, sha256 in manifest.files.items()
        if hashlib.sha256((settings.VAR / "files" / name).read_bytes()).hexdigest() != sha256
    ]
    pairs = halves()
    figure(
        "promise 24",
        f"{connection.vendor}: {done.rows:,} rows and {done.files} files backed up in {backup_took:.1f} s while {meanwhile} "
        f"transactions were written, restored in {took:.1f} s: {len(differing)} tables and {len(wrong_files)} files differ",
    )
    assert not differing and not wrong_files and len(manifest.files) >= 3
    assert set(pairs.values()) == {2}, "the backup holds half a transaction"
    assert sum(pairs.values()) < total, "nothing was written after the snapshot: the drill proves little"
    client = enter(Client(), installation.manager)
    assert client.get(reverse("files:papers", args=[installation.partnership.slug])).status_code == 200
    paper = StoredFile.objects.get(sha256=hashlib.sha256(b"We work together.").hexdigest())
    assert client.get(reverse("files:download", args=[paper.pk])).content == b"We work together."
    Partnership.objects.create(slug="new", name="New", template="learning", started_on=worlds.TODAY)  # and work goes on


@pytest.mark.slow
@pytest.mark.both
def test_a_snapshot_that_is_none_is_caught(
    installation: Place, own_folder: Path, monkeypatch: pytest.MonkeyPatch, figure: Figure
) -> None:
    """The planted fault: tables are read one after the other, while others write in between."""
    found = dict.fromkeys(("a snapshot", "none"), 0)
    with Writers(installation.partnership):
        for number in range(12):
            path, _ = backing_up.back_up(path=own_folder / f"{number}.backup", by=make.SYSTEM)
            found["a snapshot"] += len(torn(path))
        monkeypatch.setattr("alongside.across.keeping.actions.backing_up.snapshot", nullcontext)
        for number in range(200):
            path, _ = backing_up.back_up(path=own_folder / f"planted {number}.backup", by=make.SYSTEM)
            found["none"] += len(torn(path))
            if found["none"]:
                break
    figure("promise 24", f"{connection.vendor}: rows torn apart with a snapshot {found['a snapshot']}, without {found['none']}")
    assert found["a snapshot"] == 0 < found["none"]


def test_who_was_erased_after_the_backup_stays_erased_when_it_is_restored(
    installation: Place, own_folder: Path, figure: Figure
) -> None:
    person = make.somebody(installation.school)
    Notice.objects.create(
        kind="x", to="only.an.address@canaria.example", subject="Hello", body="own words of zq",
        partnership=installation.partnership, written_at=clock.now(), sent_at=clock.now(), state="sent",
    )  # fmt: skip
    path, _ = backing_up.back_up(path=own_folder / "old.backup", by=make.SYSTEM)
    erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    erasing.erase_address(address="only.an.address@canaria.example", because=Because.ASKED, by=make.SYSTEM)
    lose_everything()
    done = restoring.restore(path=path, by=make.SYSTEM)
    left = make.found_in(make.dump())
    figure("promise 30", f"an older backup restored: {done.erased_again} erased again, {len(left)} hits left")
    assert done.erased_again == 2 and not left
    assert Person.objects.get(pk=person.pk).name == LEFT and Erasure.objects.filter(person=person.pk).exists()

    lose_everything()
    (settings.VAR / log.NAME).unlink()  # the planted fault: the list is lost, and with it what it knew
    restoring.restore(path=path, by=make.SYSTEM)
    assert make.found_in(make.dump()), "without the list nobody could know"


def test_the_list_beside_the_backups_is_enough(installation: Place, own_folder: Path) -> None:
    person = make.somebody(installation.school)
    folder = own_folder / "backups"
    folder.mkdir()
    older, _ = backing_up.back_up(path=folder / "monday.backup", by=make.SYSTEM)
    erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    backing_up.back_up(path=folder / "tuesday.backup", by=make.SYSTEM)
    lose_everything()
    shutil.rmtree(settings.VAR)
    assert restoring.restore(path=older, by=make.SYSTEM).erased_again == 1 and not make.found_in(make.dump())


def test_a_file_that_is_gone_is_told_and_the_rest_is_kept(installation: Place, own_folder: Path) -> None:
    lost = StoredFile.objects.order_by("pk").first()
    storages["files"].delete(lost.stored_as)
    path, manifest = backing_up.back_up(path=own_folder / "a.backup", by=make.SYSTEM)
    assert manifest.missing == [lost.stored_as] and len(manifest.files) == 1
    assert not refused(path)


def test_nothing_of_an_erased_person_lies_in_the_databases_own_file(installation: Place, figure: Figure) -> None:
    """Deleted rows stay in a database's pages until those are written anew."""
    person = make.somebody(installation.school)
    make.plant(person)
    before = sum(make.raw().count(canary) for canary in make.CANARIES)
    erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)
    unswept = sum(make.raw().count(canary) for canary in make.CANARIES)
    commands.vacuum()
    left = sum(make.raw().count(canary) for canary in make.CANARIES)
    if connection.vendor == "sqlite":
        figure(
            "promise 30",
            f"in the database's file {before} hits before, {unswept} before its pages are written anew, {left} after",
        )
        assert before and unswept
    assert not left
