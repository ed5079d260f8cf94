"""Letters that came through a wrong encoding."""

import re

# Letters in UTF-8 that were read as windows-1252 or ISO-8859-1: "ZoÃ«". Each sign stands for one byte of them.
BYTES = {
    bytes([code]).decode(encoding, errors="replace"): code for encoding in ("latin-1", "cp1252") for code in range(0x80, 0x100)
}
REST = re.escape("".join(sign for sign, code in BYTES.items() if code < 0xC0 and sign != "\ufffd"))
TWICE = re.compile(f"[\xc2-\xc5][{REST}]|\xc8[\x98-\x9b˜™š›]|\xe2[\x80€\x82‚\x84„][{REST}]|\xe1[º»][{REST}]|\xef[»¿][{REST}]")


def read_once(text: str) -> str:
    """Text whose UTF-8 was read as another encoding, once or twice too often, as it was meant."""
    return TWICE.sub(_read_once, TWICE.sub(_read_once, text))


def _read_once(found: re.Match[str]) -> str:
    try:
        return bytes(BYTES[sign] for sign in found[0]).decode()
    except UnicodeDecodeError:
        return found[0]
