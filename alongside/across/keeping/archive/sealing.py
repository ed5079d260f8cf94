"""A stream sealed with a passphrase: scrypt makes the key, AES-256-GCM seals it piece by piece, in order, with a marked end."""

import io
import os
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"ALONGSIDE SEALED BACKUP 1\n"
PIECE = 1 << 20
TAG = 16
SHORTEST = 16


class Unusable(Exception):
    """A backup that cannot be brought back, or a key file that protects none; its words say why and what to do."""


def passphrase_in(path: Path) -> bytes:
    """The passphrase in a file, without the line's end. Raises Unusable for one that is too short to protect anything."""
    words = path.read_bytes().strip()
    if len(words) < SHORTEST:
        raise Unusable(f"The passphrase in {path} has {len(words)} characters: take at least {SHORTEST}.")
    return words


def is_sealed(path: Path) -> bool:
    """Whether a backup is sealed."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _key(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase))


class Spoilt(Unusable):
    """An archive that was changed, cut short or made by something else."""

    def __str__(self) -> str:
        return f"{super().__str__()} Copy it again from where it was written, or take an earlier backup."


class Sealing(io.RawIOBase):
    """Write plain bytes here; sealed ones go to the file. `close` seals the marked end."""

    def __init__(self, file: BinaryIO, passphrase: bytes) -> None:
        self.file, salt, self.prefix = file, os.urandom(16), os.urandom(7)
        self.key, self.count, self.waiting = _key(passphrase, salt), 0, bytearray()
        file.write(MAGIC + salt + self.prefix)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Take some bytes; whole pieces are sealed."""
        view = bytes(data)
        self.waiting += view
        while len(self.waiting) > PIECE:
            self._seal(bytes(self.waiting[:PIECE]), last=False)
            del self.waiting[:PIECE]
        return len(view)

    def _seal(self, piece: bytes, last: bool) -> None:
        self.file.write(self.key.encrypt(_nonce(self.prefix, self.count, last), piece, MAGIC))
        self.count += 1

    def close(self) -> None:
        """Seal what is left, as the end."""
        if not self.closed:
            self._seal(bytes(self.waiting), last=True)
        super().close()


def _nonce(prefix: bytes, count: int, last: bool) -> bytes:
    """Its own for each piece; the last one's is marked, so that a stream cut short does not open."""
    return prefix + count.to_bytes(4, "big") + bytes([last])


class Opening(io.RawIOBase):
    """Read plain bytes from a sealed file. Raises Unusable at the first piece that does not open."""

    def __init__(self, file: BinaryIO, passphrase: bytes) -> None:
        head = file.read(len(MAGIC) + 23)
        if len(head) < len(MAGIC) + 23:
            raise Spoilt("The backup is cut short.")
        self.file, self.prefix = file, head[-7:]
        self.key, self.count, self.plain = _key(passphrase, head[len(MAGIC) : -7]), 0, b""
        self.next = file.read(PIECE + TAG)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; with less at the end, and nothing after it."""
        while len(self.plain) < len(buffer) and self.next:
            piece, self.next = self.next, self.file.read(PIECE + TAG)
            try:
                self.plain += self.key.decrypt(_nonce(self.prefix, self.count, not self.next), piece, MAGIC)
            except InvalidTag:
                raise Unusable("The passphrase is not this backup’s, or the backup was changed or cut short.") from None
            self.count += 1
        given, self.plain = self.plain[: len(buffer)], self.plain[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)
