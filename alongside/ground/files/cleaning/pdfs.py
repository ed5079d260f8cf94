"""PDFs: written anew without scripts, actions, attachments and what they say about their maker."""

import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from alongside.ground.core.words import plural
from alongside.ground.files.cleaning.pictures import without_segments
from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, Lost, Unsafe, refuse_known_bad
from alongside.ground.files.cleaning.xml_parts import without
from alongside.ground.files.rules import kept_title, quoted

MOST_PAGES, MOST_OBJECTS, DEEPEST = 3_000, 400_000, 60
SILENT_LINKS = {"/URI", "/GoTo", "/Named", "/Thread"}  # what a click may still do: follow a link, turn a page
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/JS", "/JavaScript", "/OpenAction", "/AF", "/Collection", "/XFA")
OF_ROOT = ("/Perms", "/DSS", "/Legal", "/SpiderInfo", "/Extensions", "/Requirements", "/Threads")
ACTING = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE", "/GoToR", "/RichMediaExecute"}
CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
PROTECTED = "The PDF is protected by a password. Print it to a new PDF, or save it without protection, and choose that one"
DRAWS_ITSELF = (
    "The PDF is a form that only Adobe Reader can draw (XFA); anything else would keep an empty page. "
    "Open it there, print it to a PDF and choose that one"
)
PORTFOLIO = "The PDF is a portfolio, a cover with files inside. Take the files out and send the files themselves, one by one"
SIGNED = (
    "The PDF carries a digital signature{}. Cleaning breaks it: the page shows the same, but no longer proves who signed. "
    "Keep the signed original where you have it"
)
ATTACHED = "Files are attached inside the PDF and are left out: {}. Add them as papers of their own if they are wanted"
MARKED = (
    "{} marked for redaction, and it was never applied: what stands there stays in the PDF. Apply it where you marked it, save "
    "again and choose that one"
)
LAYERS = "Layers of the PDF that do not show stay in it: {}. Delete them where you made it"
UNSHOWN = "Notes or fields of the PDF that do not show stay in it: {}. Delete them where you made it"
NOT_SHOWN = 2 | 32  # among the flags of a note or field
MOVING = "A film or sound inside the PDF is left out"
ACTED = "What the PDF did by itself (scripts, buttons, forms that send) was taken out."
LAST = re.compile(rb"\d\s+\d+\s+obj\b")


def clean(data: bytes, lost: Lost) -> bytes:
    """The PDF written anew; small damage, which every reader repairs, is repaired. Raises Unsafe."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if pdf.get_warnings() and not _is_whole(pdf, data):
                raise Unsafe(LOOKS_DAMAGED)
            if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
                raise Unsafe("The PDF has too many parts. Split it")
            if not len(pdf.pages):
                raise Unsafe(LOOKS_DAMAGED)
            _refuse_shells(pdf)
            _tell(pdf, lost)
            _clean(pdf, lost)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, fix_metadata_version=False, encryption=False)
            return out.getvalue()
    except pikepdf.PasswordError:
        raise Unsafe(PROTECTED) from None
    except Unsafe:
        raise
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        RuntimeError,
        KeyError,
        AttributeError,
        RecursionError,
        MemoryError,
    ) as error:
        raise Unsafe(PROTECTED if "encrypt" in str(error).lower() else LOOKS_DAMAGED) from None


def _is_whole(pdf: Pdf, data: bytes) -> bool:
    """Whether a damaged PDF has all its pages and contents: it does not break off within a thing, and every page can be read."""
    begun = [match.start() for match in LAST.finditer(data, max(0, data.rfind(b"endobj")))]
    pages = _dictionary(pdf.Root.get(Name.Pages))
    counted = pages is not None and pages.get(Name.Count) == len(pdf.pages)
    pdf.check_pdf_syntax()  # what it repairs, such as lengths, it tells once
    return not begun and counted and not pdf.check_pdf_syntax()


def _refuse_shells(pdf: Pdf) -> None:
    """A PDF whose pages are only a cover: what it is really stands where cleaning would take it away."""
    if "/Collection" in pdf.Root:
        raise Unsafe(PORTFOLIO)
    form = _dictionary(pdf.Root.get(Name.AcroForm))
    if form is None or "/XFA" not in form:
        return
    parts = [one for one in [form.XFA, *_members(form.XFA)] if isinstance(one, Stream)]
    drawn = any(re.search(rb"<dynamicRender>\s*required", one.read_bytes()) for one in parts)
    if pdf.Root.get("/NeedsRendering") or drawn or not _members(form.get("/Fields")):
        raise Unsafe(DRAWS_ITSELF)


def _tell(pdf: Pdf, lost: Lost) -> None:
    """What the uploader has to know before it is kept: signatures that break, files and films that are left out."""
    things = [one for thing in pdf.objects for one in _dictionaries(thing, 0)]
    signatures = [one for one in things if "/ByteRange" in one and "/Contents" in one]
    if signatures:
        names = ", ".join(dict.fromkeys(str(one.Name) for one in signatures if "/Name" in one))
        lost.asked.append(SIGNED.format(f" ({names[:120]})" if names else ""))
    files = [str(one.get("/UF", one.get("/F", "a file without a name"))) for one in things if "/EF" in one]
    if files:
        lost.asked.append(ATTACHED.format(", ".join(f"“{name[:60]}”" for name in list(dict.fromkeys(files))[:5])))
    if any(str(one.get("/Subtype", "")) in CARRIERS - {"/FileAttachment"} for one in things):
        lost.asked.append(MOVING)
    if marked := sum(str(one.get("/Subtype", "")) == "/Redact" and "/Rect" in one for one in things):
        lost.asked.append(MARKED.format(f"{plural(marked, 'place')} {'is' if marked == 1 else 'are'}"))
    if layers := off_layers(pdf):
        lost.asked.append(LAYERS.format(quoted(layers, 5)))
    unshown = [one for one in things if "/Rect" in one and isinstance(one.get("/F"), int) and int(one.F) & NOT_SHOWN]
    if words := [said for one in unshown if (said := _text(one.get("/Contents")) or _text(one.get("/V")))]:
        lost.asked.append(UNSHOWN.format(quoted(words, 5)))


def off_layers(pdf: Pdf) -> list[str]:
    """The names of the layers that are not shown when the PDF is opened."""
    layers = _dictionary(pdf.Root.get("/OCProperties")) or {}
    opened = _dictionary(layers.get("/D")) or {}
    off, on = ({one.objgen for one in _members(opened.get(key)) if isinstance(one, Dictionary)} for key in ("/OFF", "/ON"))
    found = []
    for one in (one for one in _members(layers.get("/OCGs")) if isinstance(one, Dictionary)):
        usage = _dictionary((_dictionary(one.get("/Usage")) or {}).get("/View")) or {}
        shut = opened.get("/BaseState") == Name.OFF and one.objgen not in on
        if shut or one.objgen in off or usage.get("/ViewState") == Name.OFF:
            found.append(_text(one.get("/Name")) or "a layer without a name")
    return found


def _text(thing: Any) -> str:
    return " ".join(str(thing).replace("\0", "").split()) if isinstance(thing, String) else ""


def _title(pdf: Pdf) -> str:
    """What the PDF says it is called, in its older or its newer place."""
    info, newer = _dictionary(pdf.trailer.get("/Info")) or {}, pdf.Root.get("/Metadata")
    found = _text(info.get("/Title"))
    if not found and isinstance(newer, Stream):
        with suppress(Unsafe):
            found = " ".join(without(newer.read_bytes(), "dc/elements", frozenset({"title"})).words[:1])
    return kept_title(found)


def _clean(pdf: Pdf, lost: Lost) -> None:
    title = _title(pdf)
    _leave_out(pdf.Root, *OF_ROOT)
    if names := _dictionary(pdf.Root.get(Name.Names)):
        _leave_out(names, "/EmbeddedFiles", "/JavaScript", "/Renditions")
    _leave_out(pdf.trailer, "/Info")
    for page in pdf.pages:
        _take_off_carriers(page.obj)
    for thing in pdf.objects:
        for one in _dictionaries(thing, 0):
            if _silence(one) and ACTED not in lost.said:
                lost.said.append(ACTED)
        if isinstance(thing, Stream):
            _look_inside(thing)
    if title:
        pdf.docinfo["/Title"] = title
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            told["dc:title"] = title


def _dictionary(thing: Any) -> Any:
    return thing if isinstance(thing, Dictionary) else None


def _dictionaries(thing: Any, depth: int) -> Iterator[Any]:
    """Every dictionary that stands inside a thing itself; what it points to has its own turn."""
    if depth > DEEPEST:
        raise Unsafe(LOOKS_DAMAGED)
    if isinstance(thing, Dictionary | Stream):
        yield thing
        inside = [thing.get(key) for key in list(thing.keys())]
    else:
        inside = _members(thing)
    for one in inside:
        if isinstance(one, Dictionary | Array) and not one.is_indirect:
            yield from _dictionaries(one, depth + 1)


def _members(thing: Any) -> list[Any]:
    return list(thing) if isinstance(thing, Array) else []


def _silence(one: Any) -> bool:
    """Take out of one dictionary whatever acts by itself or tells of its maker; whether it acted."""
    opening = _dictionary(one.get("/OpenAction"))
    acted = any(name in one for name in ("/JS", "/JavaScript", "/AA"))
    acted = acted or (opening is not None and str(opening.get("/S", "")) not in SILENT_LINKS)
    _leave_out(one, *TELLING)
    if "/ByteRange" in (_dictionary(one.get("/V")) or ()):  # a signature that no longer fits would only alarm its readers
        _leave_out(one, "/V")
    for name in ("/A", "/PA", "/Next"):
        actions = [_dictionary(step) for step in [one.get(name), *_members(one.get(name))] if name in one]
        if any(step is not None and "/S" in step and str(step.get("/S")) not in SILENT_LINKS for step in actions):
            _leave_out(one, name)
            acted = True
    if "/S" in one and str(one.get("/S")) in ACTING:
        _leave_out(one, *one.keys())
        acted = True
    if "/URI" in one and "/S" in one and not str(one.get("/URI")).lower().startswith(("http://", "https://", "mailto:", "tel:")):
        _leave_out(one, "/URI")
    if "/Rect" in one and str(one.get("/Subtype", "/Widget")) != "/Widget":  # a note stays, who wrote it and when goes
        _leave_out(one, "/T", "/M", "/NM", "/CreationDate")
    _leave_out(one, "/EF", "/SigFlags")
    return acted


def _take_off_carriers(page: Any) -> None:
    """No film, sound or attached file stays on a page, nor what is no note at all."""
    if "/Annots" in page:
        marks = _members(page.Annots)
        kept = [one for one in marks if isinstance(one, Dictionary) and str(one.get("/Subtype", "")) not in CARRIERS]
        if len(kept) < len(marks) or not isinstance(page.Annots, Array):
            page.Annots = Array(kept)


def _look_inside(stream: Stream) -> None:
    if str(stream.get("/Type", "")) == "/EmbeddedFile":
        stream.write(b"")
    elif str(stream.get("/Filter", "")) == "/DCTDecode":
        told = stream.read_raw_bytes()
        bare = without_segments(told)
        if bare != told:
            settings: Any = stream.get("/DecodeParms")
            stream.write(bare, filter=Name.DCTDecode, decode_parms=settings)
    else:
        refuse_known_bad(stream.read_raw_bytes())


def _leave_out(one: Any, *names: str) -> None:
    for name in names:
        if name in one:
            del one[name]
