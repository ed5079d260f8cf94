"""Pages of a PDF as they are drawn, step by step: which letters lie under, or stand in the colour of, what is painted.

Also those that are not drawn at all: outside the page's edge, on a layer that is off, without colour.
Run as a program of its own, which knows nothing of the rest: `hidden` gives it the PDF and reads what it prints.
"""

import io
import json
import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from ctypes import addressof, byref, c_float, c_int, c_ubyte, c_uint, c_ulong
from dataclasses import dataclass
from itertools import islice
from string import punctuation, whitespace
from typing import Any

import pikepdf
from pikepdf import Array, Page, Stream, String
from pypdfium2 import PdfDocument, PdfMatrix, PdfTextPage, raw

Point = tuple[float, float]
Colour = tuple[int, ...]
WHITE, LIKE_NONE = (255, 255, 255), (-255, -255, -255)
COVERING = {"/Square", "/Highlight", "/FreeText", "/Stamp", "/Polygon"}
COLOURED_WHOLE = {"/Highlight", "/FreeText", "/Stamp"}
OPAQUE, CLEAR, DARK, ALIKE = 0.9, 0.1, 90, 31
WHOLE_PAGE = 0.8  # a picture that covers this much is the page itself: a scan
MOST, MOST_PAGES, DEEPEST, LAST = 60_000, 300, 8, 10**9
NO_WORDS = punctuation + whitespace  # the bracket of a line that runs over the page's edge says nothing
MEMORY = 2 << 30


@dataclass(frozen=True)
class Box:
    """An area on the page."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> "Box":
        """The area around points."""
        across, up = zip(*points, strict=True)
        return cls(min(across), min(up), max(across), max(up))

    @property
    def size(self) -> float:
        """How large it is."""
        return (self.right - self.left) * (self.top - self.bottom)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True)
class Letter:
    """One letter, where its middle is, and in what colour it was drawn as which step; or whether it was not."""

    text: str
    x: float
    y: float
    colour: Colour
    step: int
    unseen: bool


@dataclass(frozen=True)
class Cover:
    """One opaque area, in what colour it was painted as which step."""

    box: Box
    colour: Colour
    step: int


class Drawing:
    """One page: `letters`, and `covers`, the first of which is the paper itself.

    Pictures of a size among `see_through` have a mask of their own, and cover nothing for certain.
    """

    def __init__(self, document: PdfDocument, shown: Page, number: int, see_through: set[tuple[int, int]], off: set[str]) -> None:
        page = document[number]
        self.whole, self.see_through = _box(shown, "/MediaBox") or Box(*page.get_mediabox()), see_through
        self.edge = _box(shown, "/CropBox") or self.whole
        self.covers, self.pictures = [Cover(self.whole, WHITE, -1)], list[Box]()
        self.steps: dict[int, int] = {}
        self.off: set[int] = set()
        for step, (thing, matrix, is_off) in enumerate(islice(_things(page, PdfMatrix(), 0, off), MOST)):
            self.steps[addressof(thing.contents)] = step
            self.off |= {step} if is_off else set()
            self.covers += [] if is_off else self._covers(thing, matrix, step)
        self.letters = list(self._letters(page.get_textpage()))

    def _covers(self, thing: Any, matrix: PdfMatrix, step: int) -> Iterator[Cover]:
        kind = raw.FPDFPageObj_GetType(thing)
        colour, alpha = _colour(raw.FPDFPageObj_GetFillColor, thing)
        if kind == raw.FPDF_PAGEOBJ_PATH and alpha >= OPAQUE:
            how, stroked = c_int(), c_int()
            raw.FPDFPath_GetDrawMode(thing, byref(how), byref(stroked))
            areas = _areas(thing, _matrix(thing, matrix)) if how.value != raw.FPDF_FILLMODE_NONE else []
            yield from (Cover(Box.around(area), colour, step) for area in areas if len(area) > 2)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and not raw.FPDFPageObj_HasTransparency(thing):
            wide, high = c_uint(), c_uint()
            raw.FPDFImageObj_GetImagePixelSize(thing, byref(wide), byref(high))
            box = Box.around(_matrix(thing, matrix).on_point(*corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1)))
            self.pictures.append(box)
            if box.size < WHOLE_PAGE * self.whole.size and (wide.value, high.value) not in self.see_through:
                yield Cover(box, LIKE_NONE, step)

    def _letters(self, text: PdfTextPage) -> Iterator[Letter]:
        for number in range(min(text.count_chars(), MOST)):
            thing = raw.FPDFText_GetTextObject(text, number)
            step = self.steps.get(addressof(thing.contents)) if thing else None
            if step is not None and not raw.FPDFText_IsGenerated(text, number):
                left, bottom, right, top = text.get_charbox(number, loose=True)
                colour, alpha = _colour(raw.FPDFText_GetFillColor, text, number)
                x, y = (left + right) / 2, (bottom + top) / 2
                bare = alpha < CLEAR or raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
                unseen = (
                    step in self.off or not (self.whole.holds(x, y) and self.edge.holds(x, y)) or (bare and self._is_blank(x, y))
                )
                yield Letter(chr(raw.FPDFText_GetUnicode(text, number) or 0xFFFD), x, y, colour, step, unseen)

    def _is_blank(self, x: float, y: float) -> bool:
        """Whether nothing is painted there: what stands without colour over a scan, or over its own outline, is what is seen."""
        return not any(box.holds(x, y) for box in [*self.pictures, *(cover.box for cover in self.covers[1:])])


def _things(
    parent: Any, matrix: PdfMatrix, depth: int, off: set[str], is_off: bool = False
) -> Iterator[tuple[Any, PdfMatrix, bool]]:
    """What is drawn, in order, with drawings within drawings; how each is placed, and whether its layer is off."""
    of = "FPDFFormObj" if depth else "FPDFPage"
    count, get = getattr(raw, f"{of}_CountObjects"), getattr(raw, f"{of}_GetObject")
    for number in range(count(parent)):
        thing = get(parent, number)
        if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM:
            yield thing, matrix, is_off or bool(off & _layers(thing))
        elif depth < DEEPEST:
            yield from _things(thing, _matrix(thing, matrix), depth + 1, off, is_off or bool(off & _layers(thing)))


def _layers(thing: Any) -> set[str]:
    """The names of what a thing is marked as part of."""
    found, said, length = set[str](), (c_ubyte * 400)(), c_ulong()
    for number in range(max(0, raw.FPDFPageObj_CountMarks(thing))):
        mark = raw.FPDFPageObj_GetMark(thing, number)
        if raw.FPDFPageObjMark_GetParamBlobValue(mark, b"Name", said, len(said), byref(length)) and length.value <= len(said):
            found.add(" ".join(str(String(bytes(said[: length.value]))).split()))
    return found


def _box(page: Page, name: str) -> Box | None:
    """A page's edge, which the pages above it may tell for it."""
    told: Any = page.obj
    for _ in range(DEEPEST):
        if name in told or "/Parent" not in told:
            break
        told = told.Parent
    edges = [float(one) for one in told.get(name) or ()]
    return Box.around([(edges[0], edges[1]), (edges[2], edges[3])]) if len(edges) == 4 else None


def _areas(path: Any, matrix: PdfMatrix) -> list[list[Point]]:
    """The areas of a path, each of which begins with a move."""
    areas: list[list[Point]] = [[]]
    for number in range(min(MOST, raw.FPDFPath_CountSegments(path))):
        segment, x, y = raw.FPDFPath_GetPathSegment(path, number), c_float(), c_float()
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            areas.append([])
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        areas[-1].append(matrix.on_point(x.value, y.value))
    return areas


def _matrix(thing: Any, outer: PdfMatrix) -> PdfMatrix:
    """How a thing is placed on the page."""
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, byref(found))
    return PdfMatrix.from_raw(found).multiply(outer)


def _colour(ask: Callable[..., Any], *of: Any) -> tuple[Colour, float]:
    """Red, green and blue, and how little it lets through; a pattern is like none."""
    parts = [c_uint() for _ in range(4)]
    known = ask(*of, *map(byref, parts))
    *colour, alpha = (part.value for part in parts)
    return (tuple(colour), alpha / 255) if known else (LIKE_NONE, 1.0)


def read(data: bytes, off: Iterable[str] = ()) -> Iterator[str]:
    """The pieces of text that lie under boxes or are not drawn, page by page; `off` are the layers that are."""
    with pikepdf.open(io.BytesIO(data)) as pdf, PdfDocument(data) as document:
        see_through = {(int(one.Width), int(one.Height)) for one in pdf.objects if isinstance(one, Stream) and "/SMask" in one}
        for number, page in enumerate(pdf.pages[:MOST_PAGES]):
            drawing = Drawing(document, page, number, see_through, set(off))
            yield from _pieces(drawing.letters, [*drawing.covers, *_notes(page.obj)])


def _pieces(letters: list[Letter], covers: list[Cover]) -> Iterator[str]:
    """The hidden letters, in runs."""
    run = ""
    for letter in letters:
        if _is_hidden(letter, covers):
            run += letter.text
        elif run.strip() and letter.text.strip():
            if run.strip(NO_WORDS):
                yield " ".join(run.split())
            run = ""
    if run.strip(NO_WORDS):
        yield " ".join(run.split())


def _is_hidden(letter: Letter, covers: list[Cover]) -> bool:
    """Not drawn, under what was painted later, or on what was painted before in the letter's own colour."""
    if letter.unseen:
        return True
    under = [cover for cover in covers if cover.box.holds(letter.x, letter.y)]
    last = max(under, key=lambda cover: cover.step, default=None)
    if last is None or last.step > letter.step:
        return last is not None
    return max(abs(a - b) for a, b in zip(last.colour, letter.colour, strict=True)) < ALIKE


def _notes(page: Any) -> Iterator[Cover]:
    """Boxes that were laid over the page as notes; a transparent highlight hides nothing, a black one does.

    What is marked for redaction counts whatever it looks like: it was never applied.
    """
    for note in page.get("/Annots", Array()):
        kind = str(note.get("/Subtype", ""))
        if kind == "/Redact":
            marked = [float(one) for one in note.get("/QuadPoints") or note.get("/Rect") or ()]
            pieces = [marked[at : at + 8] for at in range(0, len(marked), 8)]
            yield from (Cover(Box.around(zip(one[::2], one[1::2], strict=False)), WHITE, LAST) for one in pieces if len(one) > 3)
            continue
        if kind not in COVERING or float(note.get("/CA", 1)) < OPAQUE:
            continue
        inside = note.get("/IC") or (note.get("/C") if kind in COLOURED_WHOLE else None)
        colour = _in_rgb([float(one) for one in inside or ()])
        if colour and (max(colour) < DARK or kind in {"/Square", "/Polygon", "/FreeText"}):
            left, bottom, right, top = (float(one) for one in note.Rect)
            yield Cover(Box.around([(left, bottom), (right, top)]), colour, LAST)


def _in_rgb(told: list[float]) -> Colour:
    """A note's colour as red, green and blue; none for one that is not painted."""
    if len(told) == 4:
        told = [(1 - one) * (1 - told[3]) for one in told[:3]]
    return tuple(round(255 * one) for one in (told * 3 if len(told) == 1 else told))


if __name__ == "__main__":
    with suppress(ValueError, OSError):  # where a system sets no such bound, the time is one
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for piece in read(sys.stdin.buffer.read(), json.loads(sys.argv[1])):
        sys.stdout.write(json.dumps(piece) + "\n")
        sys.stdout.flush()
