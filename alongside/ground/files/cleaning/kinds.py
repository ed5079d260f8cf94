"""What a file is: told by its content, and held against its name."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import puremagic

from alongside.ground.files.cleaning import office, pdfs, pictures, texts
from alongside.ground.files.cleaning.unsafe import Unsafe, refuse_known_bad
from alongside.ground.files.rules import TAKEN, Format, clean_name, format_named, name_problem

STARTS: list[tuple[bytes, Format]] = [
    (b"%PDF-1.", Format.PDF),
    (b"%PDF-2.", Format.PDF),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
]
OFFICE = {Format.DOCX, Format.XLSX, Format.PPTX, Format.ODT, Format.ODS}
TEXTS = {Format.CSV, Format.TXT, Format.ICS}
CLEANERS: dict[Format, Callable[[bytes], bytes]] = {
    Format.PDF: pdfs.clean,
    **{one: partial(pictures.clean, of=one) for one in (Format.PNG, Format.JPEG, Format.WEBP)},
    **{one: partial(office.clean, of=one) for one in OFFICE},
    **{one: partial(texts.clean, of=one) for one in TEXTS},
}


@dataclass(frozen=True)
class Cleaned:
    """A file as it may be kept."""

    name: str
    format: Format
    data: bytes


def cleaned(name: str, data: bytes) -> Cleaned:
    """The file as it may be kept. Raises Unsafe with what to do when it is not taken."""
    if problem := name_problem(name):
        raise Unsafe(problem)
    claimed = format_named(name)
    assert claimed is not None  # `name_problem` has seen to it
    refuse_known_bad(data)
    found = recognised(data)
    if found is None and claimed not in TEXTS:
        raise Unsafe(f"This is {really(data)}, not a {claimed.label}, whatever its name says. Choose a {TAKEN}")
    if found is not None and found is not claimed:
        raise Unsafe(f"The name ends in .{name.rpartition('.')[2]}, but this is a {found.label}. Rename it to .{found.value}")
    result = CLEANERS[claimed](data)
    refuse_known_bad(result)
    return Cleaned(clean_name(name, claimed), claimed, result)


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
