"""What a page showed before a button: its form carries the mark of it, so that a press agrees to nothing else."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from enum import Enum
from typing import Any

from alongside.ground.core.verdict import Conflict
from alongside.ground.core.words import listed

LENGTH = 16
LOST = "Something in the page was lost on its way."


class NoPage(Enum):
    """Says of a deed that nobody was shown a page before it: the worker does it, or a deed that was itself agreed to. Whoever
    calls a deed says so or hands on what was seen; no view says so."""

    UNSEEN = "no page was shown"


UNSEEN = NoPage.UNSEEN
WasSeen = str | NoPage


def mark(what: Any) -> str:
    """The same values, the same mark."""
    return hashlib.sha256(json.dumps(what, sort_keys=True, default=_plain).encode()).hexdigest()[:LENGTH]


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


@dataclass(frozen=True)
class OnPage:
    """All that a page showed before a press: in a few words, and its parts, each by the name by which people know it.

    As text (a hidden field called `seen`) it is a mark for each part, then the words.
    """

    words: str
    parts: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{'.'.join(map(mark, self.parts.values()))} {self.words}"

    def agree(self, seen: WasSeen, undone: str) -> None:
        """Go on when it is what was `seen`. Raises Conflict with what was seen, what is so now, and what is `undone`."""
        if seen is UNSEEN:
            return
        marks, _, was = seen.partition(" ")
        before = marks.split(".")
        if len(before) != len(self.parts):
            raise Conflict(f"{LOST} {undone}")
        changed = [name for (name, part), old in zip(self.parts.items(), before, strict=True) if mark(part) != old]
        if changed:
            now = "" if was == self.words else f"; by now it is {self.words}"
            raise Conflict(f"You saw {was}{now}. This changed meanwhile: {listed(changed)}. {undone}")
