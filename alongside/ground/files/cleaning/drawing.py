"""Pages of a PDF as they are drawn, step by step: which letters lie under, or stand in the colour of, what is painted.

Also those that are not drawn at all: outside the page's edge or of what they are cut to, on a layer that is off, without colour.
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
from itertools import islice, pairwise
from string import punctuation, whitespace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Page, Stream, String
from pypdfium2 import PdfDocument, PdfMatrix, PdfTextPage, raw

Point = tuple[float, float]
Colour = tuple[int, ...]
WHITE, LIKE_NONE = (255, 255, 255), (-255, -255, -255)
COVERING = {"/Square", "/Circle", "/Highlight", "/FreeText", "/Stamp", "/Polygon"}
PENS = {"/Ink": "/InkList", "/Line": "/L", "/PolyLine": "/Vertices"}  # a note drawn with a pen, and where its points stand
COLOURED_WHOLE = {"/Highlight", "/FreeText", "/Stamp"}
OPAQUE, CLEAR, DARK, LIGHT, ALIKE = 0.9, 0.1, 90, 230, 31
# points from which a line may cover, the part of a letter's height from which it does, and the height that nobody sees
THICK, HALF, TINY = 3.0, 0.45, 0.9
WHOLE_PAGE = 0.8  # a picture that covers this much is the page itself: a scan
MOST, MOST_PAGES, MOST_STEPS, DEEPEST, LAST = 60_000, 300, 2_000, 8, 10**9
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
    high: float = 0.0


@dataclass(frozen=True)
class Cover:
    """One opaque area, in what colour it was painted as which step."""

    box: Box
    colour: Colour
    step: int
    thick: float = LAST


class Drawing:
    """One page: `letters`, and `covers`, the first of which is the paper itself.

    Pictures of a size among `see_through` have a mask of their own, and cover nothing for certain.
    """

    def __init__(self, document: PdfDocument, shown: Page, number: int, see_through: set[tuple[int, int]], off: set[str]) -> None:
        page = document[number]
        self.whole, self.see_through = _box(shown, "/MediaBox") or Box(*page.get_mediabox()), see_through
        self.edge = _box(shown, "/CropBox") or self.whole
        self.covers, self.pictures, self.cut_to = [Cover(self.whole, WHITE, -1)], list[Box](), dict[int, Box]()
        self.steps: dict[int, int] = {}
        self.off: set[int] = set()
        step = -1
        for step, (thing, matrix, is_off) in enumerate(islice(_things(page, PdfMatrix(), 0, off), MOST)):
            self.steps[addressof(thing.contents)] = step
            self.off |= {step} if is_off else set()
            self.covers += [] if is_off else self._covers(thing, matrix, step)
            if clip := _clip(thing, matrix):
                self.cut_to[step] = clip
        text = page.get_textpage()
        self.is_whole = step + 1 < MOST and text.count_chars() <= MOST
        self.letters = list(self._letters(text))

    def _covers(self, thing: Any, matrix: PdfMatrix, step: int) -> Iterator[Cover]:
        kind = raw.FPDFPageObj_GetType(thing)
        colour, alpha = _colour(raw.FPDFPageObj_GetFillColor, thing)
        if kind == raw.FPDF_PAGEOBJ_PATH and alpha >= OPAQUE:
            how, stroked = c_int(), c_int()
            raw.FPDFPath_GetDrawMode(thing, byref(how), byref(stroked))
            areas = _areas(thing, _matrix(thing, matrix)) if how.value != raw.FPDF_FILLMODE_NONE else []
            yield from (Cover(Box.around(area), colour, step) for area in areas if len(area) > 2)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield from self._strokes(thing, _matrix(thing, matrix), step)
        elif kind == raw.FPDF_PAGEOBJ_SHADING and not raw.FPDFPageObj_HasTransparency(thing):
            yield Cover(_clip(thing, matrix) or self.whole, LIKE_NONE, step)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE and not raw.FPDFPageObj_HasTransparency(thing):
            wide, high = c_uint(), c_uint()
            raw.FPDFImageObj_GetImagePixelSize(thing, byref(wide), byref(high))
            box = Box.around(_matrix(thing, matrix).on_point(*corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1)))
            self.pictures.append(box)
            if box.size < WHOLE_PAGE * self.whole.size and (wide.value, high.value) not in self.see_through:
                yield Cover(box, LIKE_NONE, step)

    def _strokes(self, thing: Any, matrix: PdfMatrix, step: int) -> Iterator[Cover]:
        """What a thick line paints over."""
        how, stroked, width = c_int(), c_int(), c_float()
        raw.FPDFPath_GetDrawMode(thing, byref(how), byref(stroked))
        raw.FPDFPageObj_GetStrokeWidth(thing, byref(width))
        colour, alpha = _colour(raw.FPDFPageObj_GetStrokeColor, thing)
        thick = width.value * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        mixed = raw.FPDFPageObj_HasTransparency(thing) and max(colour) >= DARK  # a pen that marks lets what it marks through
        if stroked.value and alpha >= OPAQUE and thick >= THICK and not mixed:
            for line in _areas(thing, matrix):
                yield from _along(line, thick, colour, step)

    def _letters(self, text: PdfTextPage) -> Iterator[Letter]:
        for number in range(min(text.count_chars(), MOST)):
            thing = raw.FPDFText_GetTextObject(text, number)
            step = self.steps.get(addressof(thing.contents)) if thing else None
            if step is not None and not raw.FPDFText_IsGenerated(text, number):
                left, bottom, right, top = text.get_charbox(number, loose=True)
                colour, alpha = _colour(raw.FPDFText_GetFillColor, text, number)
                x, y = (left + right) / 2, (bottom + top) / 2
                bare = alpha < CLEAR or raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
                edges = (self.whole, self.edge, self.cut_to.get(step, self.whole))
                is_cut = not all(edge.holds(x, y) for edge in edges)
                unseen = step in self.off or is_cut or top - bottom < TINY or (bare and self._is_blank(x, y))
                letter = chr(raw.FPDFText_GetUnicode(text, number) or 0xFFFD)
                yield Letter(letter, x, y, colour, step, unseen, top - bottom)

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


def _along(line: list[Point], thick: float, colour: Colour, step: int) -> Iterator[Cover]:
    """The areas that a line of that thickness covers, one after the other."""
    half, points = thick / 2, [*line[:1], *line] if len(line) == 1 else line
    for (x, y), (to_x, to_y) in islice(pairwise(points), MOST_STEPS):
        far = max(abs(to_x - x), abs(to_y - y))
        slant = min(abs(to_x - x), abs(to_y - y))
        parts = 1 if slant < half else min(MOST_STEPS, int(far / half) + 1)  # a slanting one in pieces, each a small box
        spots = [(x + (to_x - x) * at / parts, y + (to_y - y) * at / parts) for at in range(parts + 1)]
        for one, other in pairwise(spots):
            box = Box.around([one, other])
            wide = Box(box.left - half, box.bottom - half, box.right + half, box.top + half)
            yield Cover(wide, colour, step, thick)


def _clip(thing: Any, matrix: PdfMatrix) -> Box | None:
    """The area to which a thing is cut, as far as boxes tell it; nothing where it is not."""
    clip = raw.FPDFPageObj_GetClipPath(thing)
    boxes = []
    for path in range(max(0, raw.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = []
        for number in range(min(MOST, max(0, raw.FPDFClipPath_CountPathSegments(clip, path)))):
            segment, x, y = raw.FPDFClipPath_GetPathSegment(clip, path, number), c_float(), c_float()
            raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            points.append(matrix.on_point(x.value, y.value))
        boxes += [Box.around(points)] if points else []
    if not boxes:
        return None
    left, bottom = max(one.left for one in boxes), max(one.bottom for one in boxes)
    return Box(left, bottom, min(one.right for one in boxes), min(one.top for one in boxes))


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
    return (one for one in followed(data, off) if isinstance(one, str))


def followed(data: bytes, off: Iterable[str] = ()) -> Iterator[str | int]:
    """The same, and after each page that was followed to its end its number: a page that cannot be stops no other."""
    with pikepdf.open(io.BytesIO(data)) as pdf, PdfDocument(data) as document:
        see_through = {(int(one.Width), int(one.Height)) for one in pdf.objects if isinstance(one, Stream) and "/SMask" in one}
        for number, page in enumerate(pdf.pages[:MOST_PAGES]):
            with suppress(Exception):  # whatever breaks there, the page is not among those that were looked through
                drawing = Drawing(document, page, number, see_through, set(off))
                notes, is_read = _notes(page.obj)
                yield from _pieces(drawing.letters, [*drawing.covers, *notes])
                if drawing.is_whole and is_read:
                    yield number + 1


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
    under = [one for one in covers if one.box.holds(letter.x, letter.y) and one.thick >= HALF * letter.high]
    last = max(under, key=lambda cover: cover.step, default=None)
    if last is None or last.step > letter.step:
        return last is not None
    return max(abs(a - b) for a, b in zip(last.colour, letter.colour, strict=True)) < ALIKE


def _notes(page: Any) -> tuple[list[Cover], bool]:
    """Boxes that were laid over the page as notes, and whether every note could be read."""
    found, is_read = list[Cover](), True
    for note in page.get("/Annots", Array()):
        try:
            found += _note(note) if isinstance(note, Dictionary) else ()
        except (ValueError, TypeError, AttributeError, KeyError):
            is_read = False
    return found, is_read


def _note(note: Any) -> Iterator[Cover]:
    """What one note covers; a transparent highlight hides nothing, a black one does, and so does what a pen draws over words.

    What is marked for redaction counts whatever it looks like: it was never applied.
    """
    kind = str(note.get("/Subtype", ""))
    if kind == "/Redact":
        marked = [float(one) for one in note.get("/QuadPoints") or note.get("/Rect") or ()]
        pieces = [marked[at : at + 8] for at in range(0, len(marked), 8)]
        yield from (Cover(Box.around(zip(one[::2], one[1::2], strict=False)), WHITE, LAST) for one in pieces if len(one) > 3)
    if kind not in COVERING | PENS.keys() or float(note.get("/CA", 1)) < OPAQUE:
        return
    inside = note.get("/IC") if kind not in PENS else None
    colour = _in_rgb([float(one) for one in inside or (note.get("/C") if kind in COLOURED_WHOLE | PENS.keys() else None) or ()])
    if not colour:
        return
    if kind in PENS and (max(colour) < DARK or min(colour) > LIGHT):
        width = float((note.get("/BS") or {}).get("/W", 0) or [*(note.get("/Border") or (0, 0, 1))][2])
        drawn = note.get(PENS[kind]) or ()
        for line in drawn if kind == "/Ink" else [drawn]:
            at = [float(one) for one in line]
            yield from _along(list(zip(at[::2], at[1::2], strict=False)), width, colour, LAST) if width >= THICK else ()
    elif kind not in PENS and (max(colour) < DARK or kind in {"/Square", "/Circle", "/Polygon", "/FreeText"}):
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
    for piece in followed(sys.stdin.buffer.read(), json.loads(sys.argv[1])):
        sys.stdout.write(json.dumps(piece) + "\n")
        sys.stdout.flush()
