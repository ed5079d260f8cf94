"""What an office file holds and does not show: hidden words, rows, columns, sheets, slides, notes, what was cut off pictures."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from alongside.ground.files.cleaning.unseen_parts import MOST_COLUMNS, OFF, Unseen, child, count, is_pale, number, said
from alongside.ground.files.cleaning.unseen_sheets import NARROW, hidden_formats, in_sheet
from alongside.ground.files.cleaning.unseen_word import Styles, in_glossary, in_settings, in_word
from alongside.ground.files.cleaning.xml_parts import local, steps
from alongside.ground.files.rules import unseen_problem

LEAST_CUT = 5_000  # of an edge, in thousandths of a hundredth: less of a picture is no more than tidied
SHAPES = {"cNvPr", "docPr"}
DRAWN = {"sp", "pic", "graphicFrame", "cxnSp"}
CUT = re.compile(rb"srcRect|hidden")
SLIDE = (9_144_000, 6_858_000)  # where a presentation does not say how large its slides are


def in_open_xml(parts: dict[str, bytes]) -> str:
    """What a Word, Excel or PowerPoint file holds unseen, in words; empty where nothing."""
    found = Unseen()
    low = {name.lower(): part for name, part in parts.items() if name.lower().endswith(".xml")}
    styles, formats = Styles(low.get("word/styles.xml", b"")), hidden_formats(low.get("xl/styles.xml", b""))
    slide = _slide_size(low.get("ppt/presentation.xml", b""))
    for name, part in low.items():
        folder = name.rpartition("/")[0]
        if name == "word/settings.xml":
            in_settings(part, found)
        elif folder == "word" and name != "word/styles.xml":
            in_word(part, styles, found)
        elif name == "word/glossary/document.xml":
            in_glossary(part, found)
        elif name == "xl/workbook.xml":
            sheets = (one for event, one in steps(part) if event == "end" and local(one) == "sheet")
            found.sheets += [said(one, "name") for one in sheets if said(one, "state").lower().endswith("hidden")]
        elif folder == "xl/worksheets" and (formats or NARROW.search(part)):
            in_sheet(part, formats, found)
        elif folder == "xl/pivotcache" and "records" in name:
            found.counted["table behind a pivot table"] += 1
        elif folder in {"ppt/slides", "ppt/notesslides"}:
            _in_slide(part, slide, found)
        if folder in {"word", "ppt/slides", "xl/drawings"} and CUT.search(part):
            _in_pictures(part, folder != "xl/drawings", found)
    return unseen_problem(found.sheets, found.counted, found.words)


def _slide_size(part: bytes) -> tuple[float, float]:
    sizes = [one for event, one in steps(part) if event == "end" and local(one) == "sldSz"]
    return (number(said(sizes[0], "cx")), number(said(sizes[0], "cy"))) if sizes else SLIDE


def _is_beside(shape: Any, slide: tuple[float, float]) -> bool:
    """Whether a thing lies beside the slide, or over its edge: not a bit of it is shown."""
    properties = next((inside for inside in shape if local(inside) in {"spPr", "grpSpPr", "xfrm"}), None)
    placed = properties if properties is None or local(properties) == "xfrm" else child(properties, "xfrm")
    at, size = child(placed, "off"), child(placed, "ext")
    if at is None or size is None:
        return False
    ends = [(number(said(at, one)), number(said(size, f"c{one}"))) for one in "xy"]
    return any(begin + long <= 0 or begin >= whole for (begin, long), whole in zip(ends, slide, strict=True))


def _in_slide(part: bytes, slide: tuple[float, float], found: Unseen) -> None:
    noted, groups = False, 0
    for event, one in steps(part):
        tag = local(one)
        groups += (tag == "grpSp") * (1 if event == "start" else -1)
        if event == "end" and not noted and not groups and tag in DRAWN | {"grpSp"} and _is_beside(one, slide):
            found.heard(" ".join(word.text or "" for word in one.iter() if local(word) == "t"))
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
            found.counted["picture of which a part was cut off"] += any(number(cut) >= LEAST_CUT for cut in one.attrib.values())
        elif event == "start" and with_shapes and local(one) in SHAPES:
            found.counted["hidden object"] += one.get("hidden", "0").lower() not in OFF


def in_open_document(parts: dict[str, bytes]) -> str:
    """What a LibreOffice file holds unseen, in words; empty where nothing."""
    found = Unseen()
    styles, sheets, shaded, pale = (
        set[str](),
        set[str](),
        set[str](),
        set[str](),
    )  # that hide words, a sheet; with a ground; white
    named, framed = "", 0
    for event, one in chain.from_iterable(steps(parts.get(name, b"")) for name in ("styles.xml", "content.xml")):
        tag = local(one)
        framed += (tag in {"table", "text-box", "frame"}) * (1 if event == "start" else -1)
        if tag == "style":
            named = said(one, "name")
        elif tag == "paragraph-properties" and _has_ground(one):
            shaded.add(named)
        elif tag == "text-properties" and (said(one, "display") == "none" or _is_white(one, named in shaded)):
            styles.add(named) if said(one, "display") == "none" else pale.add(named)
        elif tag == "table-properties" and said(one, "display") == "false":
            sheets.add(named)
        elif event == "end" and tag == "table":
            found.sheets += [said(one, "name")] if said(one, "style-name") in sheets else []
            _in_table(one, found)
            one.clear()
        elif event == "end" and tag in {"span", "p", "h", "section"}:
            unseen = styles if framed else styles | pale
            if said(one, "style-name") in unseen or said(one, "display") in {"none", "condition"}:
                found.heard("".join(islice(one.itertext(), 100)))
                one.clear()
        elif event == "end" and tag in {"hidden-text", "hidden-paragraph"}:
            found.heard(said(one, "string-value") or "…")
    return unseen_problem(found.sheets, found.counted, found.words)


def _has_ground(properties: Any) -> bool:
    told = said(properties, "background-color")
    return bool(told) and told != "transparent" and not is_pale(told)


def _is_white(properties: Any, is_shaded: bool) -> bool:
    return is_pale(said(properties, "color")) and not is_shaded and not _has_ground(properties)


def _in_table(table: Any, found: Unseen) -> None:
    narrow, columns = set[int](), set[int]()
    at = 0
    for one in table.iter():
        if local(one) == "table-column":
            wide = count(said(one, "number-columns-repeated"))
            narrow |= set(range(at, min(at + wide, MOST_COLUMNS))) if said(one, "visibility") in {"collapse", "filter"} else set()
            at += wide
        elif local(one) == "table-row":
            filled = set(_filled(one))
            columns |= narrow & filled
            found.counted["hidden row"] += bool(filled) and said(one, "visibility") in {"collapse", "filter"}
    found.counted["hidden column"] += len(columns)


def _filled(row: Any) -> Iterator[int]:
    at = 0
    for cell in row:
        wide = count(said(cell, "number-columns-repeated"))
        yield from (
            range(at, min(at + wide, MOST_COLUMNS)) if next((True for word in cell.itertext() if word.strip()), False) else ()
        )
        at += wide
