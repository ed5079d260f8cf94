"""What is signed and who has signed are texts known by their hash: the roll is who had signed at a stated moment."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

HEADING = "URN\tSchool\tConstituency\tSigned at (UTC)\tText signed (SHA-256)\tLate"


class OnRoll(Protocol):
    """One school of the roll."""

    urn: int
    name: str
    constituency: str
    signed_at: datetime
    text_hash: str
    is_late: bool


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def roll_text(partnership: str, frozen_at: datetime, entries: Iterable[OnRoll]) -> str:
    """The roll is one text: its name, its moment, then a line a school in the order of URNs, tabs between, a newline
    after every line, UTF-8.

    Source: evidence H9; anybody can write it down again from the list and get the same hash.
    """
    lines = [f"Roll of {partnership}", f"Frozen at {_moment(frozen_at)}", HEADING]
    for one in sorted(entries, key=lambda entry: entry.urn):
        cells = [str(one.urn), " ".join(one.name.split()), one.constituency, _moment(one.signed_at), one.text_hash]
        lines.append("\t".join([*cells, "late" if one.is_late else ""]))
    return "".join(f"{line}\n" for line in lines)


def hash_of(text: str) -> str:
    """A text is known by its SHA-256 in hexadecimal.

    Source: R4, one text hash a school.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def short_hash(text_hash: str) -> str:
    """A hash is read out by its first twelve characters, in groups of four.

    Source: R4.
    """
    return " ".join(text_hash[start : start + 4] for start in (0, 4, 8))
