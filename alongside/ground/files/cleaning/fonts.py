"""What the bytes of a PDF's text mean in their font, and how wide each letter is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array

ONE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[(.*?)\])", re.DOTALL)
MOST = 65_536


@dataclass
class Font:
    """One font: how many bytes a letter has, what each means, and how wide it is in thousandths."""

    size: int = 1
    meaning: dict[int, str] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    usual: float = 500.0

    @classmethod
    def read(cls, told: Any) -> "Font":
        """A font from its dictionary."""
        font = cls()
        if str(told.get("/Subtype")) == "/Type0":
            font.size, font.usual = 2, 1000.0
            inner = told.DescendantFonts[0]
            font.usual = float(inner.get("/DW", 1000))
            font.widths = _wide(inner.get("/W"))
        elif "/Widths" in told:
            first = int(told.get("/FirstChar", 0))
            font.widths = {first + number: float(width) for number, width in enumerate(told.Widths)}
        if "/ToUnicode" in told:
            font.meaning = _meanings(told.ToUnicode.read_bytes())
        return font

    def letters(self, data: bytes) -> Iterator[tuple[str, float, bool]]:
        """(text, width, whether it is a space) of each letter."""
        for start in range(0, len(data) - self.size + 1, self.size):
            code = int.from_bytes(data[start : start + self.size], "big")
            plain = chr(code) if self.size == 1 and not self.meaning else "\ufffd"
            yield self.meaning.get(code, plain), self.widths.get(code, self.usual), self.size == 1 and code == 32


def _wide(told: Any) -> dict[int, float]:
    """The widths of a font with two bytes a letter: 'from [a b c]' or 'from to width'."""
    found: dict[int, float] = {}
    rest = list(told) if told is not None else []
    while len(rest) > 1:
        if isinstance(rest[1], Array):
            found.update({int(rest[0]) + number: float(width) for number, width in enumerate(rest[1])})
            rest = rest[2:]
        elif len(rest) > 2:
            found.update(dict.fromkeys(range(int(rest[0]), min(int(rest[1]), int(rest[0]) + MOST) + 1), float(rest[2])))
            rest = rest[3:]
        else:
            break
    return found


def _meanings(table: bytes) -> dict[int, str]:
    """What each code means, from a font's own table."""
    found: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found.update({int(code, 16): _text(text) for code, text in ONE.findall(part)})
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text, several in RANGE.findall(part):
            low, high = int(first, 16), min(int(last, 16), int(first, 16) + MOST)
            if several:
                texts = [_text(one) for one in re.findall(rb"<([0-9A-Fa-f]*)>", several)]
                found.update(zip(range(low, high + 1), texts, strict=False))
            elif begin := _text(text):
                found.update({code: begin[:-1] + chr(ord(begin[-1]) + code - low) for code in range(low, high + 1)})
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "ignore") if len(digits) % 2 == 0 else ""
