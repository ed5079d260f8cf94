"""Ids: twelve random characters that nobody confuses when reading them out."""

import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 12
PATTERN = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def new_key() -> str:
    """A new id of 60 random bits."""
    bits = secrets.randbits(5 * LENGTH)
    return "".join(ALPHABET[(bits >> shift) & 31] for shift in range(0, 5 * LENGTH, 5))


def is_key(text: str) -> bool:
    """Whether the text has the form of an id."""
    return PATTERN.fullmatch(text) is not None
