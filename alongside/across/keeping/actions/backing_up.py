"""Making a backup while people go on working."""

import gzip
import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import alongside
from alongside.across.keeping import log
from alongside.across.keeping.archive import tables
from alongside.across.keeping.archive.manifest import CHECKSUM, NAME, Manifest, sha256_of
from alongside.across.keeping.archive.sealing import Sealing, Unusable, passphrase_in
from alongside.across.keeping.permissions import may_hold
from alongside.ground.audit.actions import recording as audit
from alongside.ground.audit.queries import chain
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.files.models import StoredFile
from alongside.ground.files.queries import Damaged, content_of


def back_up(*, path: Path, key_file: Path | None = None, by: Standing) -> tuple[Path, Manifest]:
    """Write a backup to a file called *.backup, or into a folder, made where there is none, under the day and hour; gives
    where, and what is in it. Raises Unusable where a file stands in the folder's place.

    Rows are read in one snapshot, so they agree with each other whatever is written meanwhile. The file appears under
    its name only when it is whole.
    """
    require(may_hold(by))
    is_file = path.suffix == ".backup" and not path.is_dir()
    target = path if is_file else path / f"alongside-{clock.now():%Y%m%d-%H%M%S}.backup"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise Unusable(f"{target.parent} is a file, not a folder: name a folder, or a file that ends in .backup") from None
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with ExitStack() as stack:
            file = stack.enter_context(os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"))
            out: Any = stack.enter_context(Sealing(file, passphrase_in(key_file))) if key_file else file
            with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as archive, snapshot():
                manifest = _fill(archive, by)
            if key_file:
                out.close()
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    target.with_name(target.name + CHECKSUM).write_text(f"{sha256_of(target)}  {target.name}\n", encoding="utf-8")
    log.write(log.known(), target.parent)
    with transaction.atomic():
        audit.record("keeping.back_up", facts={"tables": len(manifest.tables), "files": len(manifest.files)}, by=by)
    return target, manifest


@contextmanager
def snapshot() -> Iterator[None]:
    """One unchanging view of the database; nobody who writes waits for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # a reader; Django's own transactions would lock writers out
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def applied_migrations() -> list[str]:
    """Which migrations the database has been through."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _fill(archive: tarfile.TarFile, by: Standing) -> Manifest:
    done, head = applied_migrations(), list(chain.head(viewer=by))
    manifest = Manifest(clock.now().isoformat(), alongside.__version__, connection.vendor, done, head)
    for model in tables.tables():
        _add_table(archive, manifest, model)
    for file in StoredFile.objects.visible_to(by).order_by("pk").only("stored_as", "sha256"):
        try:
            name = f"files/{file.stored_as}"
            manifest.parts[name] = _add(archive, name, content_of(file))
            manifest.files[file.stored_as] = file.sha256
        except Damaged:  # told, and not passed off as sound
            manifest.missing.append(file.stored_as)
    _add(archive, NAME, manifest.as_bytes())
    return manifest


def _add_table(archive: tarfile.TarFile, manifest: Manifest, model: tables.Model) -> None:
    label, digest, number = model._meta.label, tables.Digest(), 0
    lines = tables.lines_of(model)
    while lot := list(islice(lines, tables.LOT)):
        for line in lot:
            digest.add(line)
        number += 1
        part = f"tables/{label}/{number:05d}.jsonl.gz"
        manifest.parts[part] = _add(archive, part, gzip.compress(b"\n".join(lot) + b"\n", 5, mtime=0))
    manifest.tables[label] = {"rows": digest.count, "digest": str(digest), "columns": tables.names_of(model)}


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> str:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    archive.addfile(member, io.BytesIO(data))
    return hashlib.sha256(data).hexdigest()
