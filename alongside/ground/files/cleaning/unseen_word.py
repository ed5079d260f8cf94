"""What a Word document holds and does not show: hidden, white or tiny words, what its fields and variables say beside it."""

import re
from dataclasses import dataclass
from typing import Any

from alongside.ground.files.cleaning.unseen_parts import OFF, Unseen, child, is_pale, number, said
from alongside.ground.files.cleaning.xml_parts import local, steps

PLAIN_TABLES = {"", "TableGrid", "TableNormal"}
ASKING = {"IF", "SET", "ASK", "FILLIN", "COMPARE", "NEXTIF", "SKIPIF"}  # fields that say words which need not show
TOKENS = re.compile(r"[“\"]([^“”\"]*)[”\"]|(\S+)")
TINY = 4  # half points
LONGEST_CHAIN = 20


@dataclass(frozen=True)
class Look:
    """How words look, as far as one place says it: hidden, in which colour, on a ground of its own, how large."""

    vanishes: bool | None = None
    colour: str = ""
    is_shaded: bool = False
    size: str = ""

    def over(self, other: "Look") -> "Look":
        """This one, and where it says nothing the other."""
        vanishes = other.vanishes if self.vanishes is None else self.vanishes
        return Look(vanishes, self.colour or other.colour, self.is_shaded or other.is_shaded, self.size or other.size)

    @property
    def is_unseen(self) -> bool:
        """Whether nobody reads words that look so."""
        is_white = is_pale(self.colour) and not self.is_shaded
        return bool(self.vanishes) or is_white or bool(self.size and number(self.size) <= TINY)


def look_of(properties: Any, around: Any = None) -> Look:
    """How properties of words, and of the paragraph around them, let them look."""
    vanish, ground = child(properties, "vanish"), [child(properties, "shd"), child(around, "shd")]
    vanishes = None if vanish is None else said(vanish, "val").lower() not in OFF
    is_shaded = child(properties, "highlight") is not None or any(map(_is_ground, ground))
    return Look(vanishes, said(child(properties, "color"), "val"), is_shaded, said(child(properties, "sz"), "val"))


def _is_ground(shading: Any) -> bool:
    """Whether words stand on something else than paper."""
    fill = said(shading, "fill").lower()
    return shading is not None and (
        said(shading, "val") not in {"", "clear", "nil"} or not (fill in {"", "auto"} or is_pale(fill))
    )


class Styles:
    """A document's styles, with those that hold where none is named."""

    def __init__(self, part: bytes) -> None:
        self.told: dict[str, tuple[str, Look]] = {}
        self.default: dict[str, str] = {}
        self.all = Look()
        for event, one in steps(part):
            if event == "end" and local(one) == "style":
                self.told[said(one, "styleId")] = (
                    said(child(one, "basedOn"), "val"),
                    look_of(child(one, "rPr"), child(one, "pPr")),
                )
                if said(one, "default").lower() not in OFF | {""}:
                    self.default[said(one, "type")] = said(one, "styleId")
            elif event == "end" and local(one) == "rPrDefault":
                self.all = look_of(child(one, "rPr"))

    def of(self, kind: str, name: str) -> Look:
        """How a style lets words look, with all that it is based on; the one that holds by itself where none is named."""
        found, name = Look(), name or self.default.get(kind, "")
        for _ in range(LONGEST_CHAIN):
            if name not in self.told:
                break
            name, look = self.told[name]
            found = found.over(look)
        return found


@dataclass
class Order:
    """A field: what it is told to do, and what it shows."""

    order: str = ""
    shown: str = ""
    shows: bool = False


def in_word(part: bytes, styles: Styles, found: Unseen) -> None:
    """What one part holds unseen: the document, a header, a footer, notes."""
    within: dict[str, list[Any]] = {"p": [], "tc": [], "tbl": [], "txbxContent": []}
    fields: list[Order] = []
    run, ground = "", False
    for event, one in steps(part):
        tag = local(one)
        if event == "start":
            if tag in within:
                within[tag].append(one)
            continue
        if tag == "background":
            ground = not is_pale(said(one, "color"))
        elif tag == "r":
            if _look(one, within, styles, ground).is_unseen:
                run += "".join(word.text or "" for word in one if local(word) == "t")
                found.counted["hidden picture"] += sum(local(inside) in {"drawing", "pict"} for inside in one)
            elif any(local(word) == "t" and word.text for word in one):
                found.heard(run)
                run = ""
        elif tag == "hidden":
            found.counted["hidden row"] += 1
        elif tag in {"fldChar", "instrText", "t", "fldSimple"}:
            _follow(one, tag, fields, found)
        if tag == "p":
            found.heard(run)
            run = ""
        if within.get(tag):
            ended = within[tag].pop()
            if tag == "p":
                ended.clear()


def _look(run: Any, within: dict[str, list[Any]], styles: Styles, ground: bool) -> Look:
    """How the words of a run look: as it says itself, then its style, its paragraph's, its table's, then the document's own."""
    own, around, cell, table = (
        child(run, "rPr"),
        *(child(within[tag][-1] if within[tag] else None, f"{tag}Pr") for tag in ("p", "tc", "tbl")),
    )
    named = said(child(table, "tblStyle"), "val")
    is_shaded = ground or bool(within["txbxContent"]) or named not in PLAIN_TABLES or _is_ground(child(cell, "shd"))
    look = look_of(own, around).over(styles.of("character", said(child(own, "rStyle"), "val")))
    look = look.over(styles.of("paragraph", said(child(around, "pStyle"), "val")))
    look = look.over(styles.of("table", named) if within["tbl"] else Look())
    return look.over(styles.all).over(Look(is_shaded=is_shaded))


def _follow(one: Any, tag: str, fields: list[Order], found: Unseen) -> None:
    """Read a field as it goes on; what it says and does not show is told at its end."""
    kind = said(one, "fldCharType") if tag == "fldChar" else ""
    if tag == "fldSimple":
        _judge(Order(said(one, "instr"), "".join(one.itertext())), found)
    elif kind == "begin":
        fields.append(Order())
    elif fields and kind == "separate":
        fields[-1].shows = True
    elif fields and kind == "end":
        ended = fields.pop()
        _judge(ended, found)
        _add(fields, ended.shown)
    elif fields and tag == "instrText" and not fields[-1].shows:
        fields[-1].order += one.text or ""
    elif fields and tag == "t":
        _add(fields, one.text or "")


def _add(fields: list[Order], words: str) -> None:
    """What is shown within a field, or what another field adds to its order."""
    if fields and fields[-1].shows:
        fields[-1].shown += words
    elif fields:
        fields[-1].order += f'"{words}"'


def _judge(field: Order, found: Unseen) -> None:
    kind, _, rest = field.order.strip().partition(" ")
    if kind.upper() not in ASKING:
        return
    tokens = [(quoted or bare, bool(quoted)) for quoted, bare in TOKENS.findall(rest)]
    last = tokens[-2:] if kind.upper() == "IF" else tokens[1:] if kind.upper() in {"SET", "ASK"} else []
    for words in dict.fromkeys(words for words, is_quoted in tokens if is_quoted or (words, is_quoted) in last):
        if words.strip() and not words.startswith("\\") and words not in field.shown:
            found.heard(words)


def in_settings(part: bytes, found: Unseen) -> None:
    """The variables that macros and add-ins leave in a document."""
    for event, one in steps(part):
        if event == "end" and local(one) == "docVar":
            found.heard(said(one, "val"))


def in_glossary(part: bytes, found: Unseen) -> None:
    """The building blocks that a document carries along; what stands in an empty box of a form is none."""
    for event, one in steps(part):
        tag = local(one)
        if event == "end" and tag == "docPart":
            if any(local(inside) == "type" and said(inside, "val") == "bbPlcHdr" for inside in one.iter()):
                one.clear()
        elif event == "end" and tag == "glossaryDocument":
            for paragraph in (inside for inside in one.iter() if local(inside) == "p"):
                found.heard("".join(word.text or "" for word in paragraph.iter() if local(word) == "t"))
