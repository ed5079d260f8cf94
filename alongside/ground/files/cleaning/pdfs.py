"""PDFs: written anew without scripts, actions, attachments and what they say about their maker."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from alongside.ground.files.cleaning.pictures import without_segments
from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, Unsafe, refuse_known_bad

MOST_PAGES, MOST_OBJECTS, DEEPEST = 3_000, 400_000, 60
SILENT_LINKS = {"/URI", "/GoTo", "/Named", "/Thread"}  # what a click may still do: follow a link, turn a page
TELLING = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/JS", "/JavaScript", "/OpenAction", "/AF", "/Collection", "/XFA")
OF_ROOT = ("/Perms", "/DSS", "/Legal", "/SpiderInfo", "/Extensions", "/Requirements", "/Threads")
ACTING = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE", "/GoToR", "/RichMediaExecute"}
CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
PROTECTED = "The PDF is protected by a password. Print it to a new PDF, or save it without protection, and choose that one"


def clean(data: bytes) -> bytes:
    """The PDF written anew. Raises Unsafe."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Unsafe(PROTECTED)
            if len(pdf.objects) > MOST_OBJECTS or len(pdf.pages) > MOST_PAGES:
                raise Unsafe("The PDF has too many parts. Split it")
            if not len(pdf.pages):
                raise Unsafe(LOOKS_DAMAGED)
            _clean(pdf)
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True, fix_metadata_version=False)
            return out.getvalue()
    except pikepdf.PasswordError:
        raise Unsafe(PROTECTED) from None
    except Unsafe:
        raise
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError, RecursionError, MemoryError):
        raise Unsafe(LOOKS_DAMAGED) from None


def _clean(pdf: Pdf) -> None:
    _leave_out(pdf.Root, *OF_ROOT)
    if names := _dictionary(pdf.Root.get(Name.Names)):
        _leave_out(names, "/EmbeddedFiles", "/JavaScript", "/Renditions")
    _leave_out(pdf.trailer, "/Info")
    for page in pdf.pages:
        _take_off_carriers(page.obj)
    for thing in pdf.objects:
        for one in _dictionaries(thing, 0):
            _silence(one)
        if isinstance(thing, Stream):
            _look_inside(thing)


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


def _silence(one: Any) -> None:
    """Take out of one dictionary whatever acts by itself or tells of its maker."""
    _leave_out(one, *TELLING)
    for name in ("/A", "/PA", "/Next"):
        actions = [_dictionary(step) for step in [one.get(name), *_members(one.get(name))] if name in one]
        if any(step is not None and "/S" in step and str(step.get("/S")) not in SILENT_LINKS for step in actions):
            _leave_out(one, name)
    if "/S" in one and str(one.get("/S")) in ACTING:
        _leave_out(one, *one.keys())
    if "/URI" in one and "/S" in one and not str(one.get("/URI")).lower().startswith(("http://", "https://", "mailto:", "tel:")):
        _leave_out(one, "/URI")
    _leave_out(one, "/EF")


def _take_off_carriers(page: Any) -> None:
    """No film, sound or attached file stays on a page."""
    if "/Annots" in page:
        marks = list(page.Annots)
        kept = [one for one in marks if str(one.get("/Subtype", "")) not in CARRIERS]
        if len(kept) < len(marks):
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
