"""Money is a whole number of pence."""

import re

MOST = 2_147_483_647  # the pence that a column holds
AMOUNT = re.compile(r"£?\s*(-?)\s*([1-9]\d{0,2}(?:(?:, ?|\s)\d{3})+|\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


def pounds(pence: int) -> str:
    """Pence as people read them: 150000 is '£1,500.00', -5 is '-£0.05'."""
    sign = "-" if pence < 0 else ""
    whole, odd = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{odd:02d}"


def short_pounds(pence: int) -> str:
    """Pence for a sentence: '£1,500' when there are no odd pence."""
    return pounds(pence).removesuffix(".00")


def parse_pounds(text: str) -> int:
    """The pence that a person typed ('1,500', '£12.3'); thousands are parted in threes or not at all, so that no mistyped
    decimal comma is taken for them. Raises ValueError with the remedy."""
    match = AMOUNT.fullmatch(text.strip())
    if not match:
        raise ValueError("Enter an amount in pounds, like 1500 or 1,500.00")
    pence = int(re.sub(r"\D", "", match[2])) * 100 + int((match[3] or "").ljust(2, "0"))
    return -pence if match[1] else pence


def kept(pence: int) -> int:
    """The amount, where it can be kept. Raises ValueError with the remedy for more than a column holds."""
    if abs(pence) > MOST:
        raise ValueError(f"Enter an amount of at most {pounds(MOST)}")
    return pence
