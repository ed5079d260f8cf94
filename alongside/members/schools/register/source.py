"""Opening a file of the register: plain, gzipped or zipped, UTF-8, UTF-16 or windows-1252."""

import codecs
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, BinaryIO, cast

from alongside.ground.core.letters import TWICE, read_once

BLOCK = 1 << 20
DAMAGE = (EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError)
# DfE's own services read windows-1252 as ISO-8859-1, so that these arrive as invisible control characters.
REPAIRS = {
    **{code: bytes([code]).decode("cp1252", errors="replace") for code in range(0x80, 0xA0)},
    **dict.fromkeys(range(0x20), None),
    0x7F: None,
    0xA0: " ",
    0x2007: " ",
    0x202F: " ",
    0x200B: None,
    0xFEFF: None,
    0x09: "\t",
    0x0A: "\n",
    0x0D: "\r",
}
ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u2007\u200b\u202f\ufeff\ud800-\udfff]")
WORD = re.compile(r"[^\s\",;]*[^\x00-\x7f][^\s\",;]*")
NO_MONTH_NEXT = re.compile(rb"([-/.])(?:1[3-9]|2\d|3[01])\1\d{4}")  # soon looked for
MONTH_FIRST = re.compile(rb"(?<![\d/.-])(?:0?[1-9]|1[0-2])([-/.])(?:1[3-9]|2\d|3[01])\1\d{4}(?!\d)")
DAY_FIRST = re.compile(rb"(?<![\d/.-])(?:1[3-9]|2\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1\d{4}(?!\d)")
MISTYPED = 20  # of so many days that can only have their day first, one that can only have its month first is a slip
DAY_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])?(?!\d)")


class NotARegisterFile(Exception):
    """The file is refused whole; the words say why and what to do."""


@dataclass(frozen=True)
class Source:
    """A file that can be read from the start as often as needed; `with` closes it if it was opened here."""

    name: str
    raw: BinaryIO
    is_ours: bool = False
    doubts: list[tuple[int, str]] = field(default_factory=list)  # of the letters of which lines, once they were read

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_ours:
            self.raw.close()

    @classmethod
    def of(cls, file: "str | Path | BinaryIO") -> "Source":
        """The file at a path, or an open binary file (an upload). Raises NotARegisterFile when it cannot be opened."""
        if isinstance(file, str | Path):
            try:
                return cls(Path(file).name, Path(file).open("rb"), is_ours=True)
            except OSError as error:
                raise NotARegisterFile(f"{file} cannot be opened: {error.strerror or error}.") from None
        return cls(Path(str(getattr(file, "name", "") or "")).name, file)

    def open(self) -> IO[bytes]:
        """Its content from the start, unpacked."""
        self.raw.seek(0)
        start = self.raw.read(4)
        self.raw.seek(0)
        if start[:2] == b"\x1f\x8b":
            return cast(IO[bytes], gzip.GzipFile(fileobj=self.raw))
        if start == b"PK\x03\x04":
            return self._zipped()
        return self.raw

    def _zipped(self) -> IO[bytes]:
        try:
            archive = zipfile.ZipFile(self.raw)
            names = [one for one in archive.namelist() if one.lower().endswith((".csv", ".txt"))]
            if len(names) != 1:
                raise NotARegisterFile(f"{self.name} holds {len(names)} CSV files. Unpack it and import them one by one.")
            return archive.open(names[0])
        except DAMAGE:
            raise NotARegisterFile(f"{self.name} is a damaged zip file. Download it again.") from None

    def encoding(self) -> str:
        """How its text is written: what its first bytes say, else UTF-8 if all of it is, else one byte a letter (latin-1)."""
        try:
            return _encoding(self.open())
        except DAMAGE:
            raise NotARegisterFile(f"{self.name} is damaged or cut off. Download it again; nothing was imported.") from None

    def has_months_first(self) -> bool:
        """Whether some of its days can only have their month first (08/31/2025), and more than by a slip: then 09/01/2020 is
        in doubt too."""
        try:
            if not any(map(NO_MONTH_NEXT.search, self._blocks())):
                return False
            counts = [(len(MONTH_FIRST.findall(block)), len(DAY_FIRST.findall(block))) for block in self._blocks()]
        except DAMAGE:
            raise NotARegisterFile(f"{self.name} is damaged or cut off. Download it again; nothing was imported.") from None
        return MISTYPED * sum(months for months, _ in counts) > sum(days for _, days in counts)

    def _blocks(self) -> Iterator[bytes]:
        content = self.open()
        while block := content.read(BLOCK):
            yield block.replace(b"\0", b"")  # in UTF-16 each figure has such a byte beside it

    def lines(self) -> Iterator[str]:
        """Its lines with damage from wrong encodings repaired. Raises NotARegisterFile when it is cut off.

        In a file of one byte a letter, what windows-1252 has instead of control characters is put there like other damage.
        Lines whose letters are of another encoding than most are `doubts` after that.
        """
        encoding, twice, once = self.encoding(), list[tuple[int, str]](), list[tuple[int, str]]()
        text = io.TextIOWrapper(cast(BinaryIO, _Kept(self.open())), encoding=encoding, errors="replace", newline="")
        try:
            for number, line in enumerate(_bounded(text), 1):
                if line.isascii():
                    yield ODD.sub(_repaired, line) if ODD.search(line) else line
                    continue
                mended = ODD.sub(_repaired, read_once(line))  # some come thrice
                first = WORD.search(mended)
                if TWICE.search(line):
                    twice.append((number, first[0] if first else ""))
                elif encoding == "latin-1":
                    once.append((number, first[0] if first else ""))
                yield mended
            rarer = twice if not once or len(twice) < len(once) else once if len(once) < len(twice) else twice + once
            self.doubts[:] = sorted(rarer) if twice else []
        except DAMAGE:
            raise NotARegisterFile(f"{self.name} is damaged or cut off. Download it again; nothing was imported.") from None

    def named_date(self) -> date | None:
        """The date in the file's name: 20231116, 2024-05-30, or 202402 for the first of a month."""
        return date_in(self.name)


class _Kept(io.BufferedIOBase):
    """Reads on behalf of a text wrapper without closing what it reads."""

    def __init__(self, inner: IO[bytes]) -> None:
        self.inner = inner

    def readable(self) -> bool:
        """Yes."""
        return True

    def read1(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self.inner.read(size if size > 0 else BLOCK)


def date_in(name: str) -> date | None:
    """The last date that a file's name holds."""
    found = None
    for year, month, day in DAY_IN_NAME.findall(name):
        try:
            found = date(int(year), int(month), int(day or 1))
        except ValueError:
            continue
    return found


def _repaired(odd: re.Match[str]) -> str:
    return REPAIRS.get(ord(odd[0]), "\ufffd") or ""


def _bounded(text: IO[str]) -> Iterator[str]:
    while line := text.readline(BLOCK):
        if len(line) == BLOCK:
            raise NotARegisterFile(
                "A line of this file is longer than a million characters: it is not a CSV file of the register."
            )
        yield line


def _encoding(content: IO[bytes]) -> str:
    block = content.read(BLOCK)
    if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block:
            decoder.decode(block)
            block = content.read(BLOCK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"
