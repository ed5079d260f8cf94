"""What was found in an office file that does not show, and how its elements are read."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from alongside.ground.files.cleaning.xml_parts import local

OFF = {"0", "false", "off"}
PALE = 0xF0  # of each of red, green and blue: what is paler is not read on paper
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


def child(one: Any, tag: str) -> Any:
    """The first element of that name just inside, or nothing."""
    return next((inside for inside in one if local(inside) == tag), None) if one is not None else None


def said(one: Any, name: str) -> str:
    """An attribute by its local name."""
    told = one.attrib.items() if one is not None else ()
    return next((value for key, value in told if key.rpartition("}")[2] == name), "")


def count(told: str) -> int:
    """How many columns, or which."""
    return min(int(told[:6]), MOST_COLUMNS) if told.isascii() and told.isdecimal() else 1


def number(told: str) -> float:
    """A number, or a hundredth part: 12.5% is 12500."""
    try:
        return float(told.removesuffix("%")) * (1_000 if told.endswith("%") else 1)
    except ValueError:
        return 1


def is_pale(colour: str) -> bool:
    """Whether a colour ("FFFFFF", "#ffffff", "FFFFFFFF" with how much shows through) is white, or as good as."""
    told = colour.lstrip("#")[-6:]
    try:
        return len(told) == 6 and min(bytes.fromhex(told)) >= PALE
    except ValueError:
        return False
