"""Bringing a backup back: all of it or nothing, and never somebody who was erased since."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction

from alongside.across.keeping import log
from alongside.across.keeping.actions.backing_up import applied_migrations
from alongside.across.keeping.actions.erasing import erase_again
from alongside.across.keeping.archive import tables
from alongside.across.keeping.archive.manifest import Manifest, parts_of, said, verified
from alongside.across.keeping.archive.sealing import Spoilt, Unusable
from alongside.across.keeping.permissions import may_hold
from alongside.across.keeping.rules.erasure import Because
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.files.models import StoredFile
from alongside.ground.files.queries import Damaged, content_of
from alongside.ground.search import actions as search

OURS = "alongside."
LONGEST = 64 << 20  # bytes of one row
UNFIT = (  # what reading and storing rows of somebody else's making may end in
    ValueError, TypeError, ArithmeticError, RecursionError, EOFError, gzip.BadGzipFile, zlib.error,
    ValidationError, IntegrityError, DataError,
)  # fmt: skip


@dataclass
class Restored:
    """What came back."""

    manifest: Manifest
    rows: int = 0
    files: int = 0
    erased_again: int = 0


def restore(*, path: Path, key_file: Path | None = None, replace: bool = False, by: Standing) -> Restored:
    """Bring a backup back. Raises Unusable, having changed nothing, when anything stands against it."""
    require(may_hold(by))
    manifest = verified(path, key_file)
    _refuse_other_release(manifest)
    if not replace and not _is_empty():
        raise Unusable("There is something in this database. To throw it away and put the backup in its place, say --replace.")
    erased = dict.fromkeys([*log.read(path.parent), *log.read(settings.VAR), *log.known()])
    report, written = Restored(manifest), dict[str, bytes | None]()
    try:
        with transaction.atomic():
            with _fitting("The tables"), quiet_triggers():
                _empty()
                _fill(path, key_file, manifest, report, written)
            _prove(manifest, by)
            report.erased_again = _erase_again(list(erased), by)
            audit.record(
                "keeping.restore", facts={"made_at": manifest.made_at, "rows": report.rows, "files": report.files}, by=by
            )
    except BaseException:
        for name, before in written.items():
            storages["files"].delete(name)
            if before is not None:
                storages["files"].save(name, ContentFile(before))
        raise
    log.write(erased)
    return report


def _refuse_other_release(manifest: Manifest) -> None:
    ours, theirs = set(applied_migrations()), set(manifest.migrations)
    if ours != theirs:
        lacking = sorted(theirs - ours) or sorted(ours - theirs)
        raise Unusable(
            f"This backup was made by another release ({said(manifest.version)}; they differ in {said(lacking[0])}). "
            "Install that release, restore there, and then upgrade."
        )
    known = {model._meta.label: tables.names_of(model) for model in tables.tables()}
    for label in sorted({*known, *manifest.tables}):
        if known.get(label) != manifest.tables.get(label, {}).get("columns"):
            raise Spoilt(f"The table {said(label)} of this backup is not one that this release has, or it lacks it.")


@contextmanager
def _fitting(what: str) -> Iterator[None]:
    try:
        yield
    except UNFIT as problem:
        raise Spoilt(f"{what} in this backup cannot be put back ({type(problem).__name__}).") from problem


def _is_empty() -> bool:
    """Whether nobody has used this database yet."""
    ours = [model for model in tables.tables() if model.__module__.startswith(OURS)]
    seeded = {"work", "audit", "calendar", "posts"}
    return not any(model._base_manager.exists() for model in ours if model._meta.app_label not in seeded)


@contextmanager
def quiet_triggers() -> Iterator[None]:
    """The triggers that keep rows from being changed rest while whole tables are put back, within the transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = [connection.ops.quote_name(model._meta.db_table) for model in tables.emptied()]
            for name in names:
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in names:
                cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = list(cursor.fetchall())
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _, text in triggers:
            cursor.execute(text)
        connection.check_constraints()


def _empty() -> None:
    names = [connection.ops.quote_name(model._meta.db_table) for model in tables.emptied()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for name in names:
            cursor.execute(f"DELETE FROM {name}")


def _fill(path: Path, key_file: Path | None, manifest: Manifest, report: Restored, written: dict[str, bytes | None]) -> None:
    for part, content in parts_of(path, key_file):
        if part.startswith("tables/"):
            label = part.split("/")[1]
            with _fitting(f"The rows of {label}"):
                report.rows += _put_rows(label, content, manifest.tables[label]["rows"])
        elif part.startswith("files/"):
            report.files += 1
            _put_file(part.removeprefix("files/"), content, written)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables.tables()):
            cursor.execute(statement)
    search.rebuild(by=Standing.system())


def _put_rows(label: str, packed: bytes, most: int) -> int:
    """Put the rows of one part back; a row that never ends, and more than `most`, are not unpacked any further."""
    model = apps.get_model(label)
    quote = connection.ops.quote_name
    names = [quote(str(column.column)) for column in tables.columns_of(model)]
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
    values: list[list[Any]] = []
    with gzip.open(io.BytesIO(packed)) as lines:
        while line := lines.readline(LONGEST):
            if len(values) == min(most, tables.LOT) or not line.endswith(b"\n"):
                raise ValueError("more than was told")
            values.append(tables.values_of(model, line))
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
    return len(values)


def _put_file(name: str, data: bytes, written: dict[str, bytes | None]) -> None:
    """A stored file under its own name; one of that name that is there already gives way."""
    store, before = storages["files"], None
    if store.exists(name):
        with store.open(name) as there:
            before = there.read()
        if before == data:
            return
    written[name] = before
    store.delete(name)
    if store.save(name, ContentFile(data)) != name:
        raise Unusable(f"The store did not take the file {name}. See who may write there, and that the disk is not full.")


def _prove(manifest: Manifest, by: Standing) -> None:
    """What stands in the database and in the store is what was backed up, row by row and byte by byte."""
    for model in tables.tables():
        told, found = manifest.tables[model._meta.label], tables.digest_of(model)
        if (found.count, str(found)) != (told["rows"], told["digest"]):
            raise Spoilt(f"The table {model._meta.label} did not come back as it was.")
    if {*manifest.files, *manifest.missing} != set(StoredFile.objects.visible_to(by).values_list("stored_as", flat=True)):
        raise Spoilt("The files of this backup are not those that its tables name.")
    for file in StoredFile.objects.visible_to(by).exclude(stored_as__in=manifest.missing).iterator():
        try:
            content_of(file)
        except Damaged:
            raise Spoilt(f"The file {said(file.stored_as)} did not come back as it was.") from None


def _erase_again(erased: list[log.LogLine], by: Standing) -> int:
    """Whoever was erased after the backup was made is erased from what it brought back."""
    done = set(log.known())
    return sum(
        erase_again(person=one.person, address=one.address, because=Because(one.because), by=by) is not None
        for one in erased
        if one not in done
    )
