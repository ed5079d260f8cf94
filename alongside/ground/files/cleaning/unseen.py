"""What an office file holds and does not show: hidden words, rows, columns, sheets, slides, notes, what was cut off pictures."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from alongside.ground.files.cleaning.xml_parts import local, steps
from alongside.ground.files.rules import unseen_problem

OFF = {"0", "false", "off"}
LEAST_CUT = 5_000  # of an edge, in thousandths of a hundredth: less of a picture is no more than tidied
SHAPES = {"cNvPr", "docPr"}
VANISHING, NARROW, CUT = map(re.compile, (rb"vanish|hidden", rb"hidden|(?:ht|width)\s*=\s*[\"'][0.]", rb"srcRect|hidden"))
MOST_COLUMNS = 16_384


@dataclass
class Unseen:
    """What was found in all parts."""

    sheets: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    words: list[str] = field(default_factory=list)

    def heard(self, words: str) -> None:
        """Words that are not shown; a run that goes on is one."""
        if words.strip():
            self.words.append(" ".join(words.split()))


def in_open_xml(parts: dict[str, bytes]) -> str:
    """What a Word, Excel or PowerPoint file holds unseen, in words; empty where nothing."""
    found = Unseen()
    low = {name.lower(): part for name, part in parts.items() if name.lower().endswith(".xml")}
    styles = _hidden_styles(low.get("word/styles.xml", b""))
    for name, part in low.items():
        folder = name.rpartition("/")[0]
        if folder == "word" and name not in {"word/styles.xml", "word/settings.xml"} and (styles or VANISHING.search(part)):
            _in_word(part, styles, found)
        elif name == "xl/workbook.xml":
            sheets = (one for event, one in steps(part) if event == "end" and local(one) == "sheet")
            found.sheets += [_said(one, "name") for one in sheets if _said(one, "state").lower().endswith("hidden")]
        elif folder == "xl/worksheets" and NARROW.search(part):
            _in_sheet(part, found)
        elif folder == "xl/pivotcache" and "records" in name:
            found.counted["table behind a pivot table"] += 1
        elif folder in {"ppt/slides", "ppt/notesslides"}:
            _in_slide(part, found)
        if folder in {"word", "ppt/slides", "xl/drawings"} and CUT.search(part):
            _in_pictures(part, folder != "xl/drawings", found)
    return unseen_problem(found.sheets, found.counted, found.words)


def _hidden_styles(part: bytes) -> set[str]:
    """The styles of a Word document that hide what they are given to, also those that are based on such a one."""
    told: dict[str, tuple[str, bool | None]] = {}
    for event, one in steps(part):
        if event == "end" and local(one) == "style":
            told[_said(one, "styleId")] = _said(_child(one, "basedOn"), "val"), _vanishes(_child(one, "rPr"))
    hidden = {name for name, (_, vanishes) in told.items() if vanishes}
    while more := {name for name, (base, vanishes) in told.items() if vanishes is None and base in hidden} - hidden:
        hidden |= more
    return hidden


def _in_word(part: bytes, styles: set[str], found: Unseen) -> None:
    paragraphs: list[Any] = []
    run = ""
    for event, one in steps(part):
        tag = local(one)
        if tag == "p" and event == "start":
            paragraphs.append(one)
        elif event == "end" and tag == "r":
            own = _child(one, "rPr")
            of_paragraph = _child(paragraphs[-1] if paragraphs else None, "pPr")
            named = [_said(_child(of_paragraph, "pStyle"), "val"), _said(_child(own, "rStyle"), "val")]
            vanishes = _vanishes(own)
            if any(name in styles for name in named) if vanishes is None else vanishes:
                run += "".join(word.text or "" for word in one if local(word) == "t")
                found.counted["hidden picture"] += sum(local(inside) in {"drawing", "pict"} for inside in one)
            elif any(local(word) == "t" and word.text for word in one):
                found.heard(run)
                run = ""
        elif event == "end" and tag == "hidden":
            found.counted["hidden row"] += 1
        elif event == "end" and tag == "p" and paragraphs:
            found.heard(run)
            run = ""
            paragraphs.pop().clear()


def _in_sheet(part: bytes, found: Unseen) -> None:
    narrow: set[int] = set()
    columns: set[int] = set()
    at = 0
    for event, one in steps(part):
        tag = local(one)
        if event == "start":
            continue
        if tag == "col":
            begin, at = max(at + 1, _count(one.get("min", ""))), max(at, _count(one.get("max", "")))
            narrow |= set(range(begin, at + 1)) if _is_on(one, "hidden", "width") else set()
        elif tag == "row":
            filled = (
                [cell for cell in one if any(local(inside) in {"v", "is"} for inside in cell)] if narrow or one.attrib else []
            )
            found.counted["hidden row"] += bool(filled) and _is_on(one, "hidden", "ht")
            columns |= {number for cell in filled if (number := _column(cell.get("r", ""))) in narrow} if narrow else set()
            one.clear()
    found.counted["hidden column"] += len(columns)


def _in_slide(part: bytes, found: Unseen) -> None:
    noted = False
    for event, one in steps(part):
        tag = local(one)
        if event == "start" and tag == "sld":
            found.counted["hidden slide"] += one.get("show", "1").lower() in OFF
        elif event == "start" and tag == "notes":
            noted = True
        elif event == "end" and tag == "fld":
            one.clear()  # the number of the slide
        elif event == "end" and tag == "txBody" and noted:
            said = any(local(word) == "t" and (word.text or "").strip() for word in one.iter())
            found.counted["slide with notes"] += said
            noted = not said


def _in_pictures(part: bytes, with_shapes: bool, found: Unseen) -> None:
    for event, one in steps(part):
        if event == "start" and local(one) == "srcRect":
            found.counted["picture of which a part was cut off"] += any(_number(cut) >= LEAST_CUT for cut in one.attrib.values())
        elif event == "start" and with_shapes and local(one) in SHAPES:
            found.counted["hidden object"] += one.get("hidden", "0").lower() not in OFF


def in_open_document(parts: dict[str, bytes]) -> str:
    """What a LibreOffice file holds unseen, in words; empty where nothing."""
    found = Unseen()
    styles, sheets = set[str](), set[str]()  # those that hide words, and those that hide a sheet
    named = ""
    for event, one in chain.from_iterable(steps(parts.get(name, b"")) for name in ("styles.xml", "content.xml")):
        tag = local(one)
        if tag == "style":
            named = _said(one, "name")
        elif tag == "text-properties" and _said(one, "display") == "none":
            styles.add(named)
        elif tag == "table-properties" and _said(one, "display") == "false":
            sheets.add(named)
        elif event == "end" and tag == "table":
            found.sheets += [_said(one, "name")] if _said(one, "style-name") in sheets else []
            _in_table(one, found)
            one.clear()
        elif event == "end" and tag in {"span", "p", "h", "section"}:
            if _said(one, "style-name") in styles or _said(one, "display") == "none":
                found.heard("".join(islice(one.itertext(), 100)))
                one.clear()
        elif event == "end" and tag in {"hidden-text", "hidden-paragraph"}:
            found.heard(_said(one, "string-value") or "…")
    return unseen_problem(found.sheets, found.counted, found.words)


def _in_table(table: Any, found: Unseen) -> None:
    narrow, columns = set[int](), set[int]()
    at = 0
    for one in table.iter():
        if local(one) == "table-column":
            wide = _count(_said(one, "number-columns-repeated"))
            narrow |= (
                set(range(at, min(at + wide, MOST_COLUMNS))) if _said(one, "visibility") in {"collapse", "filter"} else set()
            )
            at += wide
        elif local(one) == "table-row":
            filled = set(_filled(one))
            columns |= narrow & filled
            found.counted["hidden row"] += bool(filled) and _said(one, "visibility") in {"collapse", "filter"}
    found.counted["hidden column"] += len(columns)


def _filled(row: Any) -> Iterator[int]:
    at = 0
    for cell in row:
        wide = _count(_said(cell, "number-columns-repeated"))
        yield from (
            range(at, min(at + wide, MOST_COLUMNS)) if next((True for word in cell.itertext() if word.strip()), False) else ()
        )
        at += wide


def _child(one: Any, tag: str) -> Any:
    return next((inside for inside in one if local(inside) == tag), None) if one is not None else None


def _said(one: Any, name: str) -> str:
    """An attribute by its local name."""
    told = one.attrib.items() if one is not None else ()
    return next((value for key, value in told if key.rpartition("}")[2] == name), "")


def _vanishes(properties: Any) -> bool | None:
    """Whether properties of words hide them; None where they say nothing of it."""
    vanish = _child(properties, "vanish")
    return None if vanish is None else _said(vanish, "val").lower() not in OFF


def _is_on(one: Any, hidden: str, size: str) -> bool:
    """Whether a row or column is hidden, or as good as."""
    return one.get(hidden, "0").lower() not in OFF or _number(one.get(size, "1")) < 0.5


def _count(told: str) -> int:
    """How many columns, or which."""
    return min(int(told[:6]), MOST_COLUMNS) if told.isascii() and told.isdecimal() else 1


def _number(told: str) -> float:
    """A number, or a hundredth part: 12.5% is 12500."""
    try:
        return float(told.removesuffix("%")) * (1_000 if told.endswith("%") else 1)
    except ValueError:
        return 1


def _column(cell: str) -> int:
    """The number of a cell's column: of "AB7", 28."""
    number = 0
    for letter in cell.rstrip("0123456789").upper()[:3]:
        number = number * 26 + ord(letter) - 64
    return number
