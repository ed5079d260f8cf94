"""The XML inside office files, read by a parser and not by its looks."""

import re
from typing import Any
from xml.parsers import expat

from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, Unsafe

DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
SIXTEEN = (b"\xff\xfe", b"\xfe\xff")
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


def texts_in(part: bytes, name: str) -> list[str]:
    """The text of every element of that local name."""
    found: list[str] = []
    inside = False

    def start(tag: str, _: Any) -> None:
        nonlocal inside
        inside = _local(tag) == name
        found.extend([""] * inside)

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    def text(words: str) -> None:
        if inside:
            found[-1] += words

    _read(part, StartElementHandler=start, EndElementHandler=end, CharacterDataHandler=text)
    return found


def _read(part: bytes, **handlers: Any) -> None:
    """Have a parser read it all and tell the handlers."""
    parser = expat.ParserCreate(namespace_separator=" ")
    for name, handler in {"StartDoctypeDeclHandler": _refuse_doctype, "EntityDeclHandler": _refuse_doctype, **handlers}.items():
        setattr(parser, name, handler)
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise Unsafe(LOOKS_DAMAGED) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2].rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise Unsafe("The document declares texts of its own making, which an office program never does. Save it again")
