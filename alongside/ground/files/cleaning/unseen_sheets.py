"""What an Excel workbook holds and does not show: rows, columns, cells in white on white or with a format that shows nothing."""

import re
from typing import Any

from alongside.ground.files.cleaning.unseen_parts import OFF, Unseen, child, count, is_pale, number, said
from alongside.ground.files.cleaning.xml_parts import local, steps

NARROW = re.compile(rb"hidden|(?:ht|width)\s*=\s*[\"'][0-2.]|zeroHeight|defaultColWidth", re.IGNORECASE)
WHITES = {"1", "9"}  # among the colours that a workbook numbers
LOW, THIN = 3, 0.7  # points of a row, and letters of a column, below which nobody reads
WHITE_CELL, BLANK_CELL = "cell with white words", "cell with a format that shows nothing"


def hidden_formats(part: bytes) -> dict[int, str]:
    """The formats of cells by their number, as `s` names them, that hide what they are given to, and how."""
    blank: dict[str, bool] = {}  # whether it hides words as well as numbers
    pale, bare, found = list[bool](), list[bool](), dict[int, str]()
    for event, one in steps(part):
        tag = local(one)
        if event == "start":
            continue
        if tag == "numFmt":
            sections = [piece.strip().replace('""', "") for piece in said(one, "formatCode").split(";")]
            if len(sections) > 2 and not any(sections):
                blank[said(one, "numFmtId")] = len(sections) > 3
        elif tag == "fonts":
            pale = [_is_white(child(font, "color")) for font in one if local(font) == "font"]
        elif tag == "fills":
            bare = [_is_bare(child(fill, "patternFill")) for fill in one if local(fill) == "fill"]
        elif tag == "cellXfs":
            for at, form in enumerate(inside for inside in one if local(inside) == "xf"):
                font, fill = count(said(form, "fontId") or "0"), count(said(form, "fillId") or "0")
                if (code := said(form, "numFmtId")) in blank:
                    found[at] = BLANK_CELL if blank[code] else "number"
                elif font < len(pale) and pale[font] and (fill >= len(bare) or bare[fill]):
                    found[at] = WHITE_CELL
    return found


def _is_white(colour: Any) -> bool:
    of_theme = said(colour, "theme") == "0" and not said(colour, "tint")
    return is_pale(said(colour, "rgb")) or said(colour, "indexed") in WHITES or of_theme


def _is_bare(pattern: Any) -> bool:
    """Whether a cell is filled with nothing, or with white; another kind of filling has no pattern."""
    if pattern is None:
        return False
    kind = said(pattern, "patternType")
    return kind in {"", "none", "gray125"} or (kind == "solid" and _is_white(child(pattern, "fgColor")))


def in_sheet(part: bytes, formats: dict[int, str], found: Unseen) -> None:
    """What one sheet holds unseen."""
    narrow, wide, columns = set[int](), set[int](), set[int]()
    at, all_rows, all_columns = 0, False, False
    for event, one in steps(part):
        tag = local(one)
        if event == "start":
            continue
        if tag == "sheetFormatPr":
            all_rows = one.get("zeroHeight", "0").lower() not in OFF
            all_columns = number(one.get("defaultColWidth", "9")) < THIN
        elif tag == "col":
            begin, at = max(at + 1, count(one.get("min", ""))), max(at, count(one.get("max", "")))
            here = set(range(begin, at + 1))
            hides = _is_on(one, number(one.get("width", "9")) < THIN)
            narrow, wide = (narrow | here, wide) if hides else (narrow, wide | here)
        elif tag == "row":
            filled = [cell for cell in one if any(local(inside) in {"v", "is"} for inside in cell)]
            low = number(one.get("ht", "0" if all_rows and "hidden" not in one.attrib else "15")) < LOW
            found.counted["hidden row"] += bool(filled) and _is_on(one, low)
            numbers = {_column(cell.get("r", "")) for cell in filled} if narrow or all_columns else set()
            columns |= {which for which in numbers if which in narrow or (all_columns and which not in wide)}
            for how in (_hides(cell, formats) for cell in filled if formats):
                found.counted[how] += bool(how)
            one.clear()
    found.counted["hidden column"] += len(columns)


def _hides(cell: Any, formats: dict[int, str]) -> str:
    """How a cell's format hides what it holds: one that hides numbers shows words."""
    how = formats.get(count(cell.get("s", "0")), "")
    is_number = cell.get("t", "n") == "n"
    return (BLANK_CELL if is_number else "") if how == "number" else how


def _is_on(one: Any, small: bool) -> bool:
    """Whether a row or column is hidden, or as good as."""
    return one.get("hidden", "0").lower() not in OFF or small


def _column(cell: str) -> int:
    """The number of a cell's column: of "AB7", 28."""
    which = 0
    for letter in cell.rstrip("0123456789").upper()[:3]:
        which = which * 26 + ord(letter) - 64
    return which
