"""The XML inside office files, read by a parser and not by its looks."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from defusedxml.ElementTree import iterparse

from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, Unsafe
from alongside.ground.files.rules import kept_title

DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
SIXTEEN = (b"\xff\xfe", b"\xfe\xff")
TITLE, DUBLIN = b"<!-- title -->", "dc/elements"  # where the title comes, and whose word it is
Element = tuple[str, dict[str, str]]


def sound(part: bytes) -> bytes:
    """The XML in UTF-8: whole, and without entities of its own, which could fetch or multiply texts. Raises Unsafe."""
    if part.startswith(SIXTEEN):
        try:
            part = DECLARATION.sub('<?xml version="1.0" encoding="UTF-8"?>', part.decode("utf-16")).encode()
        except UnicodeDecodeError:
            raise Unsafe(LOOKS_DAMAGED) from None
    declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", part[:200])
    if b"\x00" in part[:200] or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}):
        raise Unsafe(LOOKS_DAMAGED)
    _read(part)
    return part


def elements(part: bytes) -> list[Element]:
    """Every element with its attributes, by their local names."""
    found: list[Element] = []

    def start(name: str, words: dict[str, str]) -> None:
        found.append((_local(name), {_local(key): value for key, value in words.items()}))

    _read(part, StartElementHandler=start)
    return found


def steps(part: bytes) -> Iterator[tuple[str, Any]]:
    """Each element as it begins and as it ends, of a part that is `sound`."""
    if part:
        yield from iterparse(io.BytesIO(part), ("start", "end"))


def local(element: Any) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def titled(about: bytes, part: bytes) -> bytes:
    """What a document tells of itself, emptied but for the title that the part tells."""
    title = kept_title(" ".join(without(part, DUBLIN, frozenset({"title"})).words[:1])) if part else ""
    kept = f'<dc:title xmlns:dc="http://purl.org/{DUBLIN}/1.1/">{escape(title)}</dc:title>' if title else ""
    return about.replace(TITLE, kept.encode())


TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")


@dataclass
class Cut:
    """A part without some elements: what is left, the words that went, and the names of what was cut."""

    part: bytes
    words: list[str]
    names: set[str]


def without(part: bytes, of: str, dropped: frozenset[str], opened: frozenset[str] = frozenset()) -> Cut:
    """The part without some elements, and with what stands in some others in their place.

    They are those whose namespace holds the word `of`. All else stays as it is, byte for byte.
    """
    names: set[str] = set()
    cuts: list[tuple[int, int]] = []
    words: list[str] = []
    inside: list[tuple[int, int]] = []  # the tags of a dropped element and of each that is open within it
    open_tags: list[bool] = []  # whether each opened element is no more than its tag

    def start(name: str, _: Any) -> None:
        local, at = _local(name) if of in name.rpartition(" ")[0] else "", parser.CurrentByteIndex
        if local in dropped or local in opened:
            names.add(local)
        if inside or local in dropped:
            words.extend([""] * (not inside))
            inside.append((at, _end_of_tag(part, at)))
        elif local in opened:
            cuts.append((at, _end_of_tag(part, at)))
            open_tags.append(_is_empty(part, cuts[-1][1]))

    def end(name: str) -> None:
        if inside:
            begin, stop = inside.pop()
            if not inside:
                cuts.append((begin, stop if _is_empty(part, stop) else _end_of_tag(part, parser.CurrentByteIndex)))
        elif of in name.rpartition(" ")[0] and _local(name) in opened and not open_tags.pop():
            cuts.append((parser.CurrentByteIndex, _end_of_tag(part, parser.CurrentByteIndex)))

    def text(said: str) -> None:
        if inside:
            words[-1] += said

    parser = _parser(StartElementHandler=start, EndElementHandler=end, CharacterDataHandler=text)
    _parse(parser, part)
    out, done = bytearray(), 0
    for begin, stop in sorted(set(cuts)):
        out += part[done : max(done, begin)]
        done = max(done, stop)
    return Cut(bytes(out + part[done:]), [word for one in words if (word := " ".join(one.split()))], names)


def _is_empty(part: bytes, stop: int) -> bool:
    """Whether the tag that ends there is a whole element; of such a one the parser tells no place of its end."""
    return part[stop - 2 : stop] == b"/>"


def _end_of_tag(part: bytes, at: int) -> int:
    found = TAG.match(part, at)
    assert found is not None  # the parser has read it
    return found.end()


def orders_of_fields(part: bytes) -> list[str]:
    """What each of Word's fields orders, also in pieces, and fields within fields; "?" where a field gives it its name."""
    found: list[str] = []
    fields: list[list[str]] = [[]]  # those that are open, each as the pieces of its order; the first is what stands in none
    told: list[bool] = [False]  # whether the order of each is over
    inside = False

    def start(tag: str, words: dict[str, str]) -> None:
        nonlocal inside
        name, said = _local(tag), {_local(key): value for key, value in words.items()}
        inside = name == "instrText"
        kind = said.get("fldCharType", "") if name == "fldChar" else ""
        if name == "fldSimple":
            found.append(said.get("instr", ""))
        elif kind == "begin":
            if len(fields) > 1 and not told[-1] and not "".join(fields[-1]).strip():
                fields[-1].append("?")
            fields.append([])
            told.append(False)
        elif kind == "separate":
            told[-1] = True
        elif kind == "end" and len(fields) > 1:
            found.append("".join(fields.pop()))
            told.pop()

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    def text(words: str) -> None:
        if inside:
            fields[-1].append(words)

    _parse(_parser(StartElementHandler=start, EndElementHandler=end, CharacterDataHandler=text), part)
    return [*found, *("".join(pieces) for pieces in fields)]


def _read(part: bytes, **handlers: Any) -> None:
    """Have a parser read it all and tell the handlers."""
    _parse(_parser(**handlers), part)


def _parser(**handlers: Any) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    for name, handler in {"StartDoctypeDeclHandler": _refuse_doctype, "EntityDeclHandler": _refuse_doctype, **handlers}.items():
        setattr(parser, name, handler)
    return parser


def _parse(parser: expat.XMLParserType, part: bytes) -> None:
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Unsafe(LOOKS_DAMAGED) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2].rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise Unsafe("The document declares texts of its own making, which an office program never does. Save it again")
