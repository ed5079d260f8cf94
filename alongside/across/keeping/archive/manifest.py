"""What has to be in a backup, and reading one with an eye on every part."""

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from alongside.across.keeping.archive.sealing import PIECE, Opening, Spoilt, Unusable, is_sealed, passphrase_in

FORM = 1
NAME = "manifest.json"
CHECKSUM = ".sha256"
PART = re.compile(r"tables/(?P<table>\w+\.\w+)/\d{5,}\.jsonl\.gz|files/(?P<file>[\w-]+(?:/[\w-]+)*)", re.ASCII)
MOST = 1 << 30  # bytes of one part: far above any that is written


@dataclass
class Manifest:
    """What a backup holds."""

    made_at: str
    version: str
    database: str
    migrations: list[str]
    chain: list[Any]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)  # by label: rows, digest, columns
    parts: dict[str, str] = field(default_factory=dict)  # by name in the archive: SHA-256
    files: dict[str, str] = field(default_factory=dict)  # by name in the store: SHA-256
    missing: list[str] = field(default_factory=list)  # files that were not there when the backup was made
    form: int = FORM

    def as_bytes(self) -> bytes:
        """As it stands in the archive."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()


def read_manifest(data: bytes) -> Manifest:
    """The manifest from its bytes, every field of its own kind and every part of a known name. Raises Unusable."""
    try:
        told = json.loads(data)
        form = told["form"]
        manifest = Manifest(**told)
        datetime.fromisoformat(manifest.made_at)
        _demand(
            all(isinstance(one, str) for one in (manifest.version, manifest.database, *manifest.migrations, *manifest.missing))
        )
        _demand(all(isinstance(one, list) for one in (manifest.migrations, manifest.missing)))
        _demand(all({"rows": int, "digest": str, "columns": list} == _kinds(table) for table in manifest.tables.values()))
        _demand({str} >= {type(one) for one in (*manifest.parts.values(), *manifest.files.values())})
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise Spoilt("The backup’s manifest cannot be read.") from None
    if form != FORM:
        raise Unusable(
            "This backup has a form that this release does not know. Install the release that wrote it, restore there."
        )
    named = {name: PART.fullmatch(name) for name in manifest.parts}
    for name, match in named.items():
        if not match or not (match["table"] in manifest.tables or match["file"] in manifest.files):
            raise Spoilt(f"The backup’s manifest names a part that is no table and no file of it: {said(name)}.")
    if lost := [name for name in manifest.files if f"files/{name}" not in named]:
        raise Spoilt(f"The backup’s manifest names a file that is no part of it: {said(lost[0])}.")
    return manifest


def _demand(holds: bool) -> None:
    if not holds:
        raise ValueError


def _kinds(table: dict[str, Any]) -> dict[str, type]:
    return {name: type(value) for name, value in table.items()}


def said(name: str) -> str:
    """A name out of an archive, fit for a terminal."""
    return ascii(name)[1:-1][:120]


@contextmanager
def opened(path: Path, key_file: Path | None) -> Iterator[IO[bytes]]:
    """The plain bytes of a backup. Raises Unusable when it is sealed and there is no key."""
    sealed = is_sealed(path)
    if sealed and key_file is None:
        raise Unusable("This backup is sealed: name the file with its passphrase by --key-file.")
    with path.open("rb") as file:
        yield io.BufferedReader(Opening(file, passphrase_in(key_file or path)), PIECE) if sealed else file


def parts_of(path: Path, key_file: Path | None) -> Iterator[tuple[str, bytes]]:
    """Every part of a backup in its order. Raises Unusable for what is no backup, or was cut short."""
    try:
        with opened(path, key_file) as plain, tarfile.open(fileobj=plain, mode="r|") as archive:
            for member in archive:
                if not member.isreg() or member.issparse() or member.size > MOST:
                    raise Spoilt(
                        f"The backup holds what no backup holds: {said(member.name)} is no file, or larger than any of ours."
                    )
                content = archive.extractfile(member)
                yield member.name, content.read() if content else b""
    except (tarfile.TarError, EOFError, ValueError, ArithmeticError, LookupError) as error:
        raise Spoilt(
            f"The backup cannot be read to its end ({type(error).__name__}): it is no backup, or was cut short."
        ) from None


def sha256_of(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verified(path: Path, key_file: Path | None) -> Manifest:
    """The manifest of a backup every part of which is there and is what was written. Raises Unusable otherwise."""
    beside = path.with_name(path.name + CHECKSUM)
    if beside.is_file() and beside.read_bytes().split()[:1] != [sha256_of(path).encode()]:
        raise Spoilt("The backup is not the file that was written: its checksum differs.")
    found, manifest = dict[str, str](), None
    for name, content in parts_of(path, key_file):
        if manifest is not None or name in found:
            raise Spoilt(f"The backup was changed: {said(name)} does not belong there.")
        if name == NAME:
            manifest = read_manifest(content)
        else:
            found[name] = hashlib.sha256(content).hexdigest()
    if manifest is None:
        raise Spoilt("The backup is cut short: its manifest is not there.")
    wrong = sorted(name for name in {*found, *manifest.parts} if found.get(name) != manifest.parts.get(name))
    if wrong:
        raise Spoilt(f"The backup was changed: parts missing, added or altered: {len(wrong)}, the first is {said(wrong[0])}.")
    return manifest
