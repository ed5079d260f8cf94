"""Word, Excel and PowerPoint: no macros, no objects of other programs, nothing fetched from elsewhere, no author."""

import re
from collections import Counter
from posixpath import dirname, join, normpath
from xml.sax.saxutils import quoteattr, unescape

from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, WITHOUT_OBJECTS, Lost, Unsafe
from alongside.ground.files.cleaning.unseen import in_open_xml
from alongside.ground.files.cleaning.xml_parts import TITLE, Element, elements, orders_of_fields, titled, without
from alongside.ground.files.rules import Format, changes_problem

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
ORDERS = re.compile(  # of a field, by its first word; a button without a macro only marks a place to type
    r"\s*(?:\?|(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|RD|DATABASE)\b|MACROBUTTON\b(?!\s+nomacro\b))", re.IGNORECASE
)
OBJECTS = {"oleobject", "control", "activexcontrolbinary", "vbaproject"}
FETCHING = {"frame", "subdocument", "externallink", "externallinkpath", "mailmergesource", "mailmergeheadersource"}
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\\\", re.IGNORECASE)
CLICKED = re.compile(r"https?://|mailto:|tel:|#", re.IGNORECASE)
GOING = frozenset(  # relations to what is not kept: comments, who wrote them, shared workbooks' history, a picture of page 1
    "comments commentsextended commentsids commentsextensible people threadedcomment person commentauthors authors "
    "revisionheaders revisionlog usernames thumbnail customproperty".split()
)
OPENED = frozenset({"ins", "moveTo"})
TRACKED = OPENED | {"del", "moveFrom"}
CHANGED = frozenset(
    "del moveFrom delText delInstrText moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd rPrChange pPrChange "
    "sectPrChange tblPrChange tblPrExChange tcPrChange trPrChange tblGridChange numberingChange cellIns cellDel cellMerge "
    "customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart "
    "customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd commentRangeStart commentRangeEnd "
    "commentReference".split()
)
OF_MAKER = frozenset({"absPath", "fileSharing"})  # a workbook's folder on its maker's machine, and the account that shared it
SHEETS = ("xl/worksheets/", "xl/chartsheets/")
ADDED = re.compile(r"xl/(?:\w+/)*customproperty\d*\.bin$")
ADDED_SAID = "What an add-in kept for itself in the workbook was left out."
SHAREPOINT = b"office/2006/metadata"  # in whose parts a library keeps who made, changed and approved a document
NOTES = re.compile(rb"ObjectType\s*=\s*[\"'](\w+)")
OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*?PartName\s*=\s*[\"']/([^\"']*)[\"'][^>]*/>")
OUTSIDE = ' TargetMode="External"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BOUND = re.compile(  # what Word fills anew from properties that are emptied: the words that are shown stay instead
    rb"<(?:\w+:)?dataBinding\b[^>]*(?:(?:core|extended|custom)-?properties|office/2006/metadata"
    rb"|6C3C8BC8-F283-45AE-878A-BAB7291924A1|6668398D-A668-4E3E-A5EB-62B293D839F1)[^>]*/>",
    re.IGNORECASE,
)
PROPERTY = re.compile(
    rb"<(?:\w+:)?property\b[^>]*?\bname\s*=\s*(?:\"([^\"]*)\"|'([^']*)')[^>]*(?<!/)>.*?</(?:\w+:)?property\s*>", re.DOTALL
)
DOCPROPERTY = re.compile(r'\s*DOCPROPERTY\s+(?:"([^"]+)"|(\S+))', re.IGNORECASE)
ATTACHED = re.compile(rb"<w:attachedTemplate\b[^>]*/>")
WITHOUT_MACROS = "The document holds macros, small programs. Save it without them (as .docx, .xlsx or .pptx) and choose that one"
WITHOUT_LINKS = (
    "The document fetches parts from other files or the web. In Word: File, Info, Edit links to files, Break link; "
    "in Excel: Data, Edit links, Break link. Then save it again"
)
CORE = f'<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties">{TITLE.decode()}</cp:coreProperties>'
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


def clean(parts: dict[str, bytes], lost: Lost) -> dict[str, bytes]:
    """The parts without what tells of author and machine, tracked changes accepted, comments left out. Raises Unsafe."""
    if "_rels/.rels" not in parts:
        raise Unsafe(LOOKS_DAMAGED)
    going, deleted, tracked = _going(parts), list[str](), False
    cut_off = {"legacyDrawing"} if any(name.endswith(".vml") for name in going) else set[str]()
    cut_off |= {"customProperties"} if any(map(ADDED.match, going)) else set()
    kept = {}
    for name, part in parts.items():
        low = name.lower()
        if not (low in going and ADDED.match(low)):
            _refuse(name, part)
        elif ADDED_SAID not in lost.said:
            lost.said.append(ADDED_SAID)
        if low in going:
            tracked = tracked or low.startswith("xl/revisions/")
            continue
        bare = ATTACHED.sub(b"", part) if low == "word/settings.xml" else part
        if low.startswith("word/") and low.endswith(".xml"):
            cut = without(BOUND.sub(b"", bare), "wordprocessingml", CHANGED, OPENED)
            bare, deleted, tracked = cut.part, deleted + cut.words, tracked or bool(cut.names & TRACKED)
        elif low == "xl/workbook.xml" or (cut_off and low.startswith(SHEETS) and low.endswith(".xml")):
            bare = without(bare, "spreadsheetml", OF_MAKER | cut_off).part
        elif low == "[content_types].xml":
            bare = OVERRIDE.sub(lambda one: b"" if one[1].decode("utf-8", "replace").lower() in going else one[0], bare)
        elif low == "docprops/custom.xml" and (shown := _shown_properties(parts)):
            bare = PROPERTY.sub(
                lambda one: one[0] if unescape((one[1] or one[2] or b"").decode()).lower() in shown else b"", part
            )
        elif low in ABOUT:
            bare = titled(ABOUT[low], part)
        kept[name] = _relations(name, part, going) if low.endswith(".rels") else bare
    tags = Counter(tag for name in parts if name.lower() in going for tag, _ in _elements_of(name, parts[name]))
    comments = tags["threadedComment"] or tags["comment"] + tags["cm"]  # a thread stands in both forms
    if problem := changes_problem(tracked, deleted, comments):
        lost.asked.append(problem)
    if problem := in_open_xml(kept):
        lost.asked.append(problem)
    return kept


def _elements_of(name: str, part: bytes) -> list[Element]:
    return elements(part) if name.lower().endswith(".xml") else []


def _shown_properties(parts: dict[str, bytes]) -> set[str]:
    """The names of the properties whose values Word shows on a page, and would show as an error without them."""
    words = (part for name, part in parts.items() if name.lower().startswith("word/") and name.lower().endswith(".xml"))
    found = [DOCPROPERTY.match(order) for part in words for order in orders_of_fields(part)]
    return {(one[1] or one[2]).lower() for one in found if one}


def _going(parts: dict[str, bytes]) -> set[str]:
    """The parts that are not kept, by their small names."""
    going: set[str] = set()
    for name, part in parts.items():
        if name.lower().endswith(".rels"):
            told = [(words.get("Type", "").rpartition("/")[2].lower(), _led_to(name, words)) for _, words in elements(part)]
            going |= {where for kind, where in told if kind in GOING}
            if any(kind == "comments" for kind, _ in told):
                going |= {where for kind, where in told if kind == "vmldrawing" and _only_notes(parts, where)}
    going |= {name.lower() for name, part in parts.items() if name.lower().startswith("customxml/") and SHAREPOINT in part}
    return going | {name for name in map(str.lower, parts) if name.endswith(".rels") and _source_of(name) in going}


def _only_notes(parts: dict[str, bytes], where: str) -> bool:
    """Whether a drawing holds nothing but the yellow boxes of comments."""
    part = next((part for name, part in parts.items() if name.lower() == where), b"")
    return set(NOTES.findall(part)) == {b"Note"}


def _source_of(rels: str) -> str:
    """The part whose relations stand in a part: those of "word/_rels/document.xml.rels" are of "word/document.xml"."""
    return (
        rels.replace("_rels/", "", 1).removesuffix(".rels")
        if rels.startswith("_rels/")
        else rels.replace("/_rels/", "/").removesuffix(".rels")
    )


def _led_to(rels: str, words: dict[str, str]) -> str:
    """The part that a relation leads to, by its small name."""
    target = words.get("Target", "").replace("\\", "/")
    return normpath(target.lstrip("/") if target.startswith("/") else join(dirname(_source_of(rels)), target)).lower()


def _refuse(name: str, part: bytes) -> None:
    low = name.lower()
    if MACROS.search(low):
        raise Unsafe(WITHOUT_MACROS)
    if low.startswith("xl/externallinks/") or low in {"xl/connections.xml", "xl/querytables"} or "/querytables/" in low:
        raise Unsafe(WITHOUT_LINKS)
    end = low.rpartition(".")[2]
    if end not in ENDINGS or (end == "bin" and "printersettings" not in low):
        raise Unsafe(WITHOUT_OBJECTS)
    if end == "xml" and low.startswith("word/") and any(map(ORDERS.match, orders_of_fields(part))):
        raise Unsafe(WITHOUT_LINKS)


def _relations(rels: str, part: bytes, going: set[str]) -> bytes:
    """The relations written anew: links that a reader clicks stay; the template a document was made from is left out."""
    kept = []
    for name, words in elements(part):
        if name != "Relationship":
            continue
        last = words.get("Type", "").rpartition("/")[2].lower()
        target, outside = words.get("Target", "").strip(), words.get("TargetMode", "").lower() == "external"
        if last in OBJECTS:
            raise Unsafe(WITHOUT_OBJECTS)
        if last == "attachedtemplate" or (not outside and _led_to(rels, words) in going):
            continue
        if last in FETCHING or (outside and last != "hyperlink") or (not outside and ELSEWHERE.match(target)):
            raise Unsafe(WITHOUT_LINKS)
        if outside and not CLICKED.match(target):  # a place on somebody's machine: the words stay, the link leads nowhere
            target = "#"
        target = target if outside else target.replace("\\", "/")
        facts = {"Id": words.get("Id", ""), "Type": words.get("Type", ""), "Target": target}
        told = "".join(f" {key}={quoteattr(value)}" for key, value in facts.items())
        kept.append(f"<Relationship{told}{OUTSIDE if outside else ''}/>")
    return f"{HEAD}<Relationships xmlns={quoteattr(PACKAGE + 'relationships')}>{''.join(kept)}</Relationships>".encode()
