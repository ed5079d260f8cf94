"""Which characters our typeface can draw: a tagged PDF may hold no others.

PDF/UA and PDF/A refuse a character without a glyph, so one emoji in a school's name would stop its
invoice. What cannot be drawn is shown as an empty box; what is invisible (and could reorder an account
number on paper) is dropped.
"""

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

UNKNOWN = "□"


@lru_cache(maxsize=4)
def drawable(font: Path) -> frozenset[int]:
    """The code points that a TrueType font has a glyph for, read from its `cmap`."""
    data = font.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        struct.unpack_from(">I", data, 12 + 16 * n + 8)[0] for n in range(tables) if data[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    points: set[int] = set()
    for n in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">I", data, start + 4 + 8 * n + 4)[0]
        form = struct.unpack_from(">H", data, at)[0]
        if form == 4:
            points |= _segments(data, at)
        elif form == 12:
            for group in range(struct.unpack_from(">I", data, at + 12)[0]):
                first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * group)
                points.update(range(first, last + 1))
    return frozenset(points)


def _segments(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    return {point for first, last in zip(starts, ends, strict=True) if first != 0xFFFF for point in range(first, last + 1)}


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
        one if one == "\n" or ord(one) in known else UNKNOWN
        for one in composed
        if one == "\n" or unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"}
    )
