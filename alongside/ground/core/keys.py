"""Ids: twelve random characters that nobody confuses when reading them out."""

import hashlib
import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LENGTH = 12
LETTERS = bytes(ord(ALPHABET[byte & 31]) for byte in range(256))
PATTERN = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def new_key() -> str:
    """A new id of 60 random bits."""
    bits = secrets.randbits(5 * LENGTH)
    return "".join(ALPHABET[(bits >> shift) & 31] for shift in range(0, 5 * LENGTH, 5))


def key_from(*parts: str) -> str:
    """The id that the same parts always give: of each of the many rows that one press makes."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return digest[:LENGTH].translate(LETTERS).decode()


def is_key(text: str) -> bool:
    """Whether the text has the form of an id."""
    return PATTERN.fullmatch(text) is not None


def new_keys(count: int) -> list[str]:
    """So many new ids at once: for imports of many rows."""
    text = secrets.token_bytes(LENGTH * count).translate(LETTERS).decode()
    return [text[at : at + LENGTH] for at in range(0, LENGTH * count, LENGTH)]
