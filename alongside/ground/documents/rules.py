"""Issued papers: their numbers, the hash of what they say, the code that opens one without an account.

Source: domain.md R5 (numbers without gaps; immutable once issued), reliability.md promise 11.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

LEAST_DIGITS, GROUP = 4, 4
CODE_LASTS = timedelta(days=400)
READ_AS = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v", "-": None, " ": None})


def reference(prefix: str, number: int) -> str:
    """A paper is known by its series and its number in it: ELP-0001."""
    return f"{prefix}-{number:0{LEAST_DIGITS}d}"


def numbers_missing(numbers: Iterable[int], last: int) -> list[int]:
    """Numbers run from one to the last without a gap; gives the ones that are missing."""
    return sorted(set(range(1, last + 1)) - set(numbers))


def hash_of_facts(facts: Any) -> str:
    """What a paper says (a dataclass, or a list, of plain values) is frozen: any later change of a figure or a word shows."""
    told = asdict(facts) if is_dataclass(facts) and not isinstance(facts, type) else facts
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def shown_code(code: str) -> str:
    """A code is read in groups of four: 7h3k-92mx-pq4t."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def is_good(made_at: datetime, replaced_at: datetime | None, now: datetime) -> bool:
    """A code opens its paper for 400 days, long enough for the year's audit, whatever is mailed about it later; earlier only
    when it was replaced.

    Source: product default.
    """
    return replaced_at is None and now - made_at < CODE_LASTS


def hash_of_code(typed: str) -> str:
    """Of a code only its hash is kept, the same however somebody groups it and whichever look-alike they read."""
    return hashlib.sha256(typed.strip().lower().translate(READ_AS)[:60].encode()).hexdigest()
