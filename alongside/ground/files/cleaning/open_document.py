"""OpenDocument (LibreOffice): no macros, no objects of other programs, nothing fetched from elsewhere, no author."""

import re

from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, WITHOUT_OBJECTS, Lost, Unsafe
from alongside.ground.files.cleaning.unseen import in_open_document
from alongside.ground.files.cleaning.xml_parts import TITLE, elements, titled, without
from alongside.ground.files.rules import Format, changes_problem

ENDINGS = frozenset("xml rdf png jpg jpeg gif bmp svm svg emf wmf webp ttf otf".split())
MACROS = re.compile(r"^(?:basic|scripts|configurations2/.*(?:macro|script))", re.IGNORECASE)
SCRIPTED = {"event-listener", "script"}
CLICKED = {"a"}  # a reader follows these by a click; all other links are fetched when the document opens
ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|/|\.\./)", re.IGNORECASE)
MARKED = re.compile(rb"(<(?:text|draw):a\b[^>]*?xlink:href\s*=\s*[\"'])\s*(?!https?://|mailto:|tel:|#)[^\"']*", re.IGNORECASE)
CHANGED = frozenset({"annotation", "annotation-end", "tracked-changes", "change", "change-start", "change-end"})
META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'office:version="1.3"><office:meta>' + TITLE + b"</office:meta></office:document-meta>"
)
WITHOUT_MACROS = "The document holds macros, small programs. Save it without them and choose that one"
WITHOUT_LINKS = (
    "The document fetches parts from other files or the web. In LibreOffice: Edit, Links, Break link. Then save it again"
)


def format_of(kind: bytes) -> Format | None:
    """Which kind of OpenDocument it says it is."""
    return next((of for of in (Format.ODT, Format.ODS) if of.media_type.encode() == kind.strip()), None)


def clean(parts: dict[str, bytes], lost: Lost) -> dict[str, bytes]:
    """The parts without what tells of author and machine, tracked changes accepted, comments left out. Raises Unsafe."""
    if "content.xml" not in parts or "META-INF/manifest.xml" not in parts:
        raise Unsafe(LOOKS_DAMAGED)
    if b"encryption-data" in parts["META-INF/manifest.xml"]:
        raise Unsafe("The document is protected by a password. Save it without one and choose that")
    kept, tracked, comments = {}, False, 0
    for name, part in parts.items():
        _refuse(name, part)
        if name.startswith("Thumbnails/"):
            continue
        about = name.lower() == "meta.xml" or name.lower().endswith("/meta.xml")
        kept[name] = titled(META, part) if about else MARKED.sub(rb"\1#", part) if name.endswith(".xml") else part
        if part and name.endswith(("content.xml", "styles.xml")):
            cut = without(kept[name], "opendocument", CHANGED)
            comments += sum(tag == "annotation" for tag, _ in elements(kept[name]))
            kept[name], tracked = cut.part, tracked or "tracked-changes" in cut.names
    if problem := changes_problem(tracked, [], comments):
        lost.asked.append(problem)
    if problem := in_open_document(kept):
        lost.asked.append(problem)
    kept["META-INF/manifest.xml"] = re.sub(rb"<manifest:file-entry\b[^>]*Thumbnails/[^>]*/>", b"", kept["META-INF/manifest.xml"])
    return kept


def _refuse(name: str, part: bytes) -> None:
    if MACROS.search(name):
        raise Unsafe(WITHOUT_MACROS)
    end = name.lower().rpartition(".")[2] if "." in name.rpartition("/")[2] else ""
    known = end in ENDINGS or name in {"mimetype", "layout-cache"} or name.startswith("Configurations2/")
    if not known and not (name.startswith("ObjectReplacements/") and part[:2] != b"MZ"):
        raise Unsafe(WITHOUT_OBJECTS)
    for tag, words in elements(part) if part and end in {"xml", "rdf"} else ():
        if tag in SCRIPTED or "macro-name" in words or words.get("href", "").lower().startswith("vnd.sun.star.script"):
            raise Unsafe(WITHOUT_MACROS)
        if tag not in CLICKED and ELSEWHERE.match(words.get("href", "")):
            raise Unsafe(WITHOUT_LINKS)
