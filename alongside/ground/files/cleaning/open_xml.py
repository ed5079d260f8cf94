"""Word, Excel and PowerPoint: no macros, no objects of other programs, nothing fetched from elsewhere, no author."""

import re
from xml.sax.saxutils import quoteattr

from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, WITHOUT_OBJECTS, Unsafe
from alongside.ground.files.cleaning.xml_parts import elements, texts_in
from alongside.ground.files.rules import Format

MAIN = {
    b"wordprocessingml.document.main+xml": Format.DOCX,
    b"spreadsheetml.sheet.main+xml": Format.XLSX,
    b"presentationml.presentation.main+xml": Format.PPTX,
}
MACROS = re.compile(r"vbaproject|vbadata|macrosheets?/|activex|customui|\.bas$|\.vb[sea]?$", re.IGNORECASE)
MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|macrosheet|ms-office\.activex", re.IGNORECASE)
ENDINGS = frozenset(
    "xml rels vml png jpg jpeg jfif gif bmp tif tiff emf wmf wdp svg webp odttf fntdata bin xlsx docx pptx mp4 m4v mov wav mp3 "
    "m4a wmv json glb".split()
)
ORDERS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|RD|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
OBJECTS = {"oleobject", "control", "activexcontrolbinary", "vbaproject"}
FETCHING = {"frame", "subdocument", "externallink", "externallinkpath", "mailmergesource", "mailmergeheadersource"}
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\", re.IGNORECASE)
CLICKED = re.compile(r"https?://|mailto:|tel:|#", re.IGNORECASE)
OUTSIDE = ' TargetMode="External"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ATTACHED = re.compile(rb"<w:attachedTemplate\b[^>]*/>")
WITHOUT_MACROS = "The document holds macros, small programs. Save it without them (as .docx, .xlsx or .pptx) and choose that one"
WITHOUT_LINKS = (
    "The document fetches parts from other files or the web. In Word: File, Info, Edit links to files, Break link; "
    "in Excel: Data, Edit links, Break link. Then save it again"
)
CORE = f'<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>'
PROPERTIES = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/{}-properties"/>'
ABOUT = {  # what a document tells of itself, emptied
    "docprops/core.xml": f"{HEAD}{CORE}".encode(),
    "docprops/app.xml": f"{HEAD}{PROPERTIES.format('extended')}".encode(),
    "docprops/custom.xml": f"{HEAD}{PROPERTIES.format('custom')}".encode(),
}


def format_of(contents: bytes) -> Format | None:
    """Which program's document it is; a document that says it has macros is none of those that are taken."""
    if MACRO_TYPES.search(contents):
        raise Unsafe(WITHOUT_MACROS)
    found = {of for name, of in MAIN.items() if name in contents}
    return found.pop() if len(found) == 1 else None


def clean(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts without what tells of author and machine. Raises Unsafe."""
    if "_rels/.rels" not in parts:
        raise Unsafe(LOOKS_DAMAGED)
    kept = {}
    for name, part in parts.items():
        _refuse(name, part)
        low = name.lower()
        bare = ATTACHED.sub(b"", part) if low == "word/settings.xml" else part
        kept[name] = _relations(part) if low.endswith(".rels") else ABOUT.get(low, bare)
    return kept


def _refuse(name: str, part: bytes) -> None:
    low = name.lower()
    if MACROS.search(low):
        raise Unsafe(WITHOUT_MACROS)
    if low.startswith("xl/externallinks/") or low in {"xl/connections.xml", "xl/querytables"} or "/querytables/" in low:
        raise Unsafe(WITHOUT_LINKS)
    end = low.rpartition(".")[2]
    if end not in ENDINGS or (end == "bin" and "printersettings" not in low):
        raise Unsafe(WITHOUT_OBJECTS)
    if end == "xml" and low.startswith("word/") and ORDERS.search(_fields(part)):
        raise Unsafe(WITHOUT_LINKS)


def _fields(part: bytes) -> str:
    """The orders of Word's fields, also those that are cut into pieces."""
    simple = [words["instr"] for name, words in elements(part) if name == "fldSimple" and "instr" in words]
    pieces = texts_in(part, "instrText")
    return "\n".join([*simple, "".join(pieces), " ".join(pieces)])


def _relations(part: bytes) -> bytes:
    """The relations written anew: links that a reader clicks stay; the template a document was made from is left out."""
    kept = []
    for name, words in elements(part):
        if name != "Relationship":
            continue
        last = words.get("Type", "").rpartition("/")[2].lower()
        target, outside = words.get("Target", "").strip(), words.get("TargetMode", "").lower() == "external"
        if last in OBJECTS:
            raise Unsafe(WITHOUT_OBJECTS)
        if last == "attachedtemplate":
            continue
        if last in FETCHING or (outside and last != "hyperlink") or (not outside and ELSEWHERE.match(target)):
            raise Unsafe(WITHOUT_LINKS)
        if outside and not CLICKED.match(target):  # a place on somebody's machine: the words stay, the link leads nowhere
            target = "#"
        facts = {"Id": words.get("Id", ""), "Type": words.get("Type", ""), "Target": target}
        told = "".join(f" {key}={quoteattr(value)}" for key, value in facts.items())
        kept.append(f"<Relationship{told}{OUTSIDE if outside else ''}/>")
    return f"{HEAD}<Relationships xmlns={quoteattr(PACKAGE + 'relationships')}>{''.join(kept)}</Relationships>".encode()
