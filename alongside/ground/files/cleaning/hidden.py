"""Text that can still be copied out of a PDF from under a box: a redaction that only looks like one.

Follows each page's drawing in its order: where letters stand, and which opaque areas are painted over them later, or
lay under them in their own colour. Not seen: letters inside a picture, and boxes of odd shapes.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array

from alongside.ground.files.cleaning.drawing import Box, Cover, Letter, Page, State, around, draw

COVERING = {"/Square", "/Redact", "/Highlight", "/FreeText", "/Stamp", "/Polygon"}
COLOURED_WHOLE = {"/Highlight", "/FreeText", "/Stamp", "/Redact"}
WHITE, OPAQUE, DARK = (1.0,), 0.9, 0.35
MOST_PAGES = 300


def hidden_text(data: bytes) -> list[str]:
    """The pieces of text that lie under boxes, page by page; nothing for a PDF that cannot be followed."""
    found: list[str] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for one in pdf.pages[:MOST_PAGES]:
                left, bottom, right, top = (float(edge) for edge in list(one.mediabox)[:4])
                page = Page(Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top)))
                page.covers.append(Cover(page.whole, WHITE, -1))  # the paper itself
                draw(page, one.obj, one.obj.get("/Resources"), State(), 0)
                _annotations(page, one.obj)
                found += _pieces(page)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError):
        return found
    return found


def _pieces(page: Page) -> Iterator[str]:
    """The hidden letters, in runs."""
    run = ""
    for letter in page.letters:
        if _is_hidden(letter, page.covers):
            run += letter.text
        elif run.strip() and letter.text.strip():
            yield " ".join(run.split())
            run = ""
    if run.strip():
        yield " ".join(run.split())


def _is_hidden(letter: Letter, covers: list[Cover]) -> bool:
    """Under what was painted later, or on what was painted before in the letter's own colour."""
    under = [cover for cover in covers if cover.box.holds(letter.x, letter.y)]
    if any(cover.step > letter.step for cover in under):
        return True
    last = max(under, key=lambda cover: cover.step, default=None)
    return last is not None and _alike(last.colour, letter.colour)


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(in_rgb(one), in_rgb(other), strict=True)) < 0.12


def in_rgb(colour: tuple[float, ...]) -> tuple[float, float, float]:
    """A colour as red, green and blue; a pattern is like none."""
    if len(colour) == 1:
        return (colour[0],) * 3
    if len(colour) == 4:
        cyan, magenta, yellow, black = colour
        return (1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black)
    return (colour[0], colour[1], colour[2]) if len(colour) == 3 else (-1.0, -1.0, -1.0)


def _annotations(page: Page, obj: Any) -> None:
    """Boxes that were laid over the page as notes; a transparent highlight hides nothing, a black one does."""
    for note in obj.get("/Annots", Array()):
        kind = str(note.get("/Subtype", ""))
        if kind not in COVERING or float(note.get("/CA", 1)) < OPAQUE:
            continue
        inside = note.get("/IC") or (note.get("/C") if kind in COLOURED_WHOLE else None)
        colour = tuple(float(one) for one in inside) if inside is not None else ()
        is_dark = bool(colour) and max(in_rgb(colour)) < DARK
        if is_dark or (colour and kind in {"/Square", "/Polygon", "/FreeText"}):
            left, bottom, right, top = (float(one) for one in note.Rect)
            page.step += 1
            page.covers.append(Cover(around([(left, bottom), (right, top)]), colour, page.step))
