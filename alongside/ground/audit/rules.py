"""How deeds are chained, and where a chain is broken.

Source: reliability.md, promise 23 (the log cannot be quietly changed): SHA-256 over RFC 8785 JSON, each with the hash before.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

START = "0" * 64


@dataclass(frozen=True)
class Sealed:
    """One link: its place, the hash before it, its own, and the deed as it stands now (None when it is gone)."""

    position: int
    event: int
    before: str
    hash: str
    deed: Mapping[str, Any] | None


@dataclass(frozen=True)
class Break:
    """Where a chain is broken and how, in words for whoever looks after the installation."""

    position: int
    event: int
    words: str


def hash_of(position: int, before: str, deed: Mapping[str, Any]) -> str:
    """A deed's hash covers all that it says, its place in the chain, and the hash before it."""
    return sha256(rfc8785.dumps({"position": position, "before": before, "deed": dict(deed)})).hexdigest()


def can_be_sealed(facts: Mapping[str, Any]) -> bool:
    """Facts are plain JSON with numbers that every reader reads alike: nothing beyond 2 to the 53rd, no infinity."""
    try:
        rfc8785.dumps(dict(facts))
    except rfc8785.CanonicalizationError:
        return False
    return True


def first_break(links: Iterable[Sealed], head: str = "") -> tuple[int, str, Break | None]:
    """The chain holds when each link follows the one before, and each deed still says what was sealed.

    Gives how many links hold, the last hash, and the first break. `head` is a hash that was noted elsewhere, in a backup's
    list or on paper: it must still be in the chain, so that the end cannot be cut off nor all be sealed anew.
    """
    before, expected, met = START, 1, head in {"", START}
    for link in links:
        problem = _problem(link, before, expected)
        if problem:
            return expected - 1, before, Break(link.position, link.event, problem)
        before, expected = link.hash, expected + 1
        met = met or link.hash == head
    lost = Break(expected, 0, "The head that was noted is not in the chain: its end was cut off, or all was sealed anew.")
    return expected - 1, before, None if met else lost


def _problem(link: Sealed, before: str, expected: int) -> str:
    if link.position != expected:
        return f"Link {expected} is missing."
    if link.before != before:
        return "It does not follow the link before it."
    if link.deed is None:
        return "The deed is gone."
    if hash_of(link.position, link.before, link.deed) != link.hash:
        return "The deed was changed after it was sealed."
    return ""


def hash_of_reason(words: str, salt: str) -> str:
    """A reason's words can be erased: the chain holds only their hash with a salt that is erased with them."""
    return sha256(f"{salt}\n{words}".encode()).hexdigest()


def new_salt() -> str:
    """A salt that nobody can guess, so that the hash of an erased reason tells nothing."""
    return secrets.token_hex(16)
