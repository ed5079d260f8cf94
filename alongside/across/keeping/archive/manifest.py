"""What has to be in a backup, and reading one with an eye on every part."""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from alongside.across.keeping.archive.sealing import PIECE, Opening, Unusable, is_sealed, passphrase_in

FORM = 1
NAME = "manifest.json"
CHECKSUM = ".sha256"


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
    """The manifest from its bytes. Raises Unusable."""
    try:
        told = json.loads(data)
        if told.get("form") != FORM:
            raise Unusable("This backup has a form that this release does not know.")
        return Manifest(**told)
    except (ValueError, TypeError, AttributeError):
        raise Unusable("The backup’s manifest cannot be read: it was changed.") from None


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
                content = archive.extractfile(member)
                yield member.name, content.read() if content else b""
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise Unusable(f"The backup cannot be read to its end: it was changed or cut short ({type(error).__name__}).") from None


def sha256_of(path: Path) -> str:
    """The hash of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verified(path: Path, key_file: Path | None) -> Manifest:
    """The manifest of a backup every part of which is there and is what was written. Raises Unusable otherwise."""
    beside = path.with_name(path.name + CHECKSUM)
    if beside.is_file() and beside.read_text(encoding="utf-8").split()[:1] != [sha256_of(path)]:
        raise Unusable("The backup is not the file that was written: its checksum differs.")
    found, manifest = dict[str, str](), None
    for name, content in parts_of(path, key_file):
        if manifest is not None or name in found:
            raise Unusable(f"The backup was changed: {name} does not belong there.")
        if name == NAME:
            manifest = read_manifest(content)
        else:
            found[name] = hashlib.sha256(content).hexdigest()
    if manifest is None:
        raise Unusable("The backup is cut short: its manifest is not there.")
    wrong = sorted(name for name in {*found, *manifest.parts} if found.get(name) != manifest.parts.get(name))
    if wrong:
        raise Unusable(f"The backup was changed: {len(wrong)} of its parts are missing or differ, the first is {wrong[0]}.")
    return manifest
