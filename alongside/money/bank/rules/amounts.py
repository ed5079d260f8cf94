"""How banks write an amount."""

import re

from alongside.ground.core.money import kept

NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)
NOTHING = "-\u2013\u2014\u2212£ "  # a dash, alone or with the pound's sign, is how spreadsheets write nothing


def read_amount(text: str) -> int:
    """An amount is read as banks write it: 1,500.00 or £1500, and -25, (25.00) or 25.00 DR for money out. Pence.

    Source: issue "Ground", bank matching. A dash for nothing is nothing. Raises ValueError when it is none.
    """
    if not text.strip(NOTHING):
        return 0
    bare = text.strip().upper().replace("£", "").replace("GBP", "").replace("\u2212", "-").strip()
    out = bare.startswith(("-", "(")) or bare.endswith(("-", "DR", "D"))
    if bare.startswith("(") != bare.endswith(")"):
        raise ValueError(f"{text!r} is not an amount")
    bare = (
        bare.strip("()")
        .removesuffix("CR")
        .removesuffix("DR")
        .removesuffix("OD")
        .removesuffix("D")
        .removesuffix("C")
        .strip()
        .strip("+-")
        .strip()
    )
    match = NUMBER.fullmatch(bare.replace(" ", ""))
    if not match:
        raise ValueError(f"{text[:40]!r} is not an amount")
    pence = kept(int(match[1].replace(",", "")) * 100 + int((match[2] or "0").ljust(2, "0")))
    return -pence if out else pence


def amount_if_any(text: str) -> int:
    """An amount, or nothing where there is none that can be read.

    Source: issue "Mend", bank statements: what a column holds is looked at before each line is refused or read.
    """
    try:
        return read_amount(text)
    except ValueError:
        return 0
