"""Word, Excel, PowerPoint and OpenDocument files: packages of XML, opened, looked through and packed anew."""

import io
import re
import zipfile
import zlib

from alongside.ground.files.cleaning import open_document, open_xml
from alongside.ground.files.cleaning.pictures import without_chunks, without_segments
from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, WITHOUT_OBJECTS, Lost, Unsafe, refuse_known_bad
from alongside.ground.files.cleaning.xml_parts import sound
from alongside.ground.files.rules import Format

MOST_PARTS, LARGEST_PART, LARGEST_WHOLE, MOST_TIMES = 4_000, 100_000_000, 200_000_000, 250
SMALL = 2_000_000  # below this a part may be packed as tightly as it likes
BOMB = "Unpacked, the file would be too large to open. Remove pictures or empty rows and columns, and save it again"
PACKED_ODDLY = "The file is packed in an unusual way. Open it where you made it, save it again and choose the new one"
BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, OSError, EOFError)
LIVELY_DRAWING = re.compile(rb"<\s*script|\bon\w+\s*=|javascript:|<\s*foreignobject", re.IGNORECASE)
Parts = dict[str, bytes]


def recognised(data: bytes) -> Format | None:
    """Which office format a package has, by its own table of contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            if "mimetype" in names and package.getinfo("mimetype").file_size < 100:
                return open_document.format_of(package.read("mimetype"))
            if "[Content_Types].xml" in names and package.getinfo("[Content_Types].xml").file_size < 1_000_000:
                return open_xml.format_of(package.read("[Content_Types].xml"))
    except BROKEN:
        pass
    return None


def clean(data: bytes, lost: Lost, of: Format, depth: int = 0) -> bytes:
    """The document packed anew. Raises Unsafe."""
    try:
        parts = unpacked(data)
    except BROKEN:
        raise Unsafe(LOOKS_DAMAGED) from None
    for name, part in parts.items():
        refuse_known_bad(part)
        if part and name.lower().endswith((".xml", ".rels", ".rdf", ".svg")):  # LibreOffice leaves empty ones behind
            parts[name] = sound(part)
    kept = (open_document if of in {Format.ODT, Format.ODS} else open_xml).clean(parts, lost)
    for name, part in kept.items():
        if part.startswith((b"MZ", b"\x7fELF")) or (name.lower().endswith(".svg") and LIVELY_DRAWING.search(part)):
            raise Unsafe(WITHOUT_OBJECTS)
        if part.startswith(b"PK\x03\x04"):  # a table behind a chart is a workbook of its own; nothing lies deeper
            inner = recognised(part)
            if inner is None or depth:
                raise Unsafe("The document carries another archive inside. Save it without embedded files")
            kept[name] = clean(part, lost, inner, depth + 1)
        else:
            kept[name] = without_segments(without_chunks(part))
    return packed(kept)


def unpacked(data: bytes) -> Parts:
    """The parts by name, each opened with an eye on how large it becomes. Raises Unsafe, and what zipfile raises."""
    parts: Parts = {}
    whole = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = package.infolist()
        if len(infos) > MOST_PARTS:
            raise Unsafe(BOMB)
        seen: set[str] = set()
        for info in infos:
            name = info.orig_filename.replace("\\", "/")  # some programs of Windows part folders so, and every reader takes it
            if _odd(info, name) or name.lower() in seen:
                raise Unsafe(PACKED_ODDLY)
            seen.add(name.lower())
            if name.endswith("/"):
                continue
            with package.open(info) as stream:
                part = stream.read(LARGEST_PART + 1)
            whole += len(part)
            swollen = len(part) > SMALL and len(part) > MOST_TIMES * max(1, info.compress_size)
            if len(part) > LARGEST_PART or whole > LARGEST_WHOLE or swollen:
                raise Unsafe(BOMB)
            parts[name] = part
    return parts


def _odd(info: zipfile.ZipInfo, name: str) -> bool:
    outside = name.startswith("/") or ".." in name.split("/") or "\x00" in name or ":" in name
    locked = info.flag_bits & 0x1
    return outside or bool(locked) or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def packed(parts: Parts) -> bytes:
    """The parts in a fresh package, whose entries tell of no machine and no hour."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in sorted(parts.items(), key=lambda one: (one[0] not in {"mimetype", "[Content_Types].xml"}, one[0])):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system = 0
            package.writestr(entry, part)
    return out.getvalue()
