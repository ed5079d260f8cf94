"""What a file is: told by its content, and held against its name."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import puremagic

from alongside.ground.files.cleaning import office, pdfs, pictures, texts
from alongside.ground.files.cleaning.unsafe import Lost, Unsafe, refuse_known_bad
from alongside.ground.files.rules import TAKEN, Format, clean_name, format_named, name_problem

NEAR_START, PDF = 1_024, b"%PDF-"  # every reader looks so far for the start of a PDF
STARTS: list[tuple[bytes, Format]] = [
    (b"%PDF-1.", Format.PDF),
    (b"%PDF-2.", Format.PDF),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
]
OTHER_FILES = (b"MZ", b"\x7fELF", b"PK", b"RIFF", b"GIF8", b"\x89PNG", b"\xff\xd8")
OFFICE = {Format.DOCX, Format.XLSX, Format.PPTX, Format.ODT, Format.ODS}
TEXTS = {Format.CSV, Format.TXT, Format.ICS}
CLEANERS: dict[Format, Callable[[bytes, Lost], bytes]] = {
    Format.PDF: pdfs.clean,
    **{one: partial(pictures.clean, of=one) for one in (Format.PNG, Format.JPEG, Format.WEBP)},
    **{one: partial(office.clean, of=one) for one in OFFICE},
    **{one: partial(texts.clean, of=one) for one in TEXTS},
}


@dataclass(frozen=True)
class Cleaned:
    """A file as it may be kept, and what it lost."""

    name: str
    format: Format
    data: bytes
    lost: Lost


def cleaned(name: str, data: bytes) -> Cleaned:
    """The file as it may be kept. Raises Unsafe with what to do when it is not taken."""
    if problem := name_problem(name):
        raise Unsafe(problem)
    claimed = format_named(name)
    assert claimed is not None  # `name_problem` has seen to it
    refuse_known_bad(data)
    if claimed is Format.PDF:
        data = _from_its_start(data)
    found = recognised(data)
    if found is None and claimed not in TEXTS:
        raise Unsafe(f"This is {really(data)}, not a {claimed.label}, whatever its name says. Choose a {TAKEN}")
    if found is not None and found is not claimed:
        raise Unsafe(f"The name ends in .{name.rpartition('.')[2]}, but this is a {found.label}. Rename it to .{found.value}")
    lost = Lost()
    result = CLEANERS[claimed](data, lost)
    refuse_known_bad(result)
    return Cleaned(clean_name(name, claimed), claimed, result, lost)


def _from_its_start(data: bytes) -> bytes:
    """A PDF without what a server or a mail program left before it, unless that is a file of its own."""
    at = data.find(PDF, 0, NEAR_START)
    before = data[: max(at, 0)]
    return data if before.startswith(OTHER_FILES) or texts.is_lively(before.decode("latin-1")) else data[max(at, 0) :]


def recognised(data: bytes) -> Format | None:
    """The format that the content has, from its very first byte on; None for texts and for all that is not taken."""
    for start, found in STARTS:
        if data.startswith(start):
            return found
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.WEBP
    return office.recognised(data) if data.startswith(b"PK\x03\x04") else None


def really(data: bytes) -> str:
    """What a file seems to be, for the words of a refusal."""
    likely: list[puremagic.PureMagicWithConfidence] = []
    with suppress(puremagic.PureError, ValueError):
        likely = puremagic.magic_string(data[:100_000])
    named = next((one.name or one.extension.lstrip(".") for one in likely if one.name or one.extension), "")
    return f"a file of another kind ({named[:60].strip()})" if named else "a file of another kind"
