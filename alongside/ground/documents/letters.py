"""Which characters our typeface can draw: a tagged PDF may hold no others.

PDF/UA and PDF/A refuse a character without a glyph, so one emoji in a school's name would stop its invoice. What cannot
be drawn is drawn as the letters that it is another form of, else as an empty box; what is invisible (and could reorder an
account number on paper) is dropped.
"""

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

UNKNOWN = "□"


@lru_cache(maxsize=4)
def drawable(font: Path) -> frozenset[int]:
    """The code points that a TrueType font has a glyph for, read from the table of its `cmap` that holds all (format 12)."""
    data = font.read_bytes()
    tables = (data[at : at + 16] for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16))
    start = next(struct.unpack_from(">I", one, 8)[0] for one in tables if one.startswith(b"cmap"))
    parts = (struct.unpack_from(">I", data, start + 8 + 8 * n)[0] for n in range(struct.unpack_from(">H", data, start + 2)[0]))
    at = next(start + one for one in parts if struct.unpack_from(">H", data, start + one)[0] == 12)
    groups = (struct.unpack_from(">II", data, at + 16 + 12 * n) for n in range(struct.unpack_from(">I", data, at + 12)[0]))
    return frozenset(point for first, last in groups for point in range(first, last + 1))


def plain(value: Any, font: Path) -> Any:
    """The same data with every text as the typeface can draw it; the keys of dictionaries are ours and stay."""
    if isinstance(value, dict):
        return {key: plain(one, font) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, font) for one in value]
    return _text(value, drawable(font)) if isinstance(value, str) else value


def _text(text: str, known: frozenset[int]) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        one if one == "\n" or ord(one) in known else _in_other_letters(one, known)
        for one in composed
        if one == "\n" or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
    )


def _in_other_letters(one: str, known: frozenset[int]) -> str:
    """What a character stands for where it is only another form of others: "ﬁ" is "fi"."""
    plain = unicodedata.normalize("NFKC", one)
    return plain if all(ord(letter) in known for letter in plain) else UNKNOWN
