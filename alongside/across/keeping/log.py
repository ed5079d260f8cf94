"""The list of erasures outside of the database: what a restored backup must forget again.

One line an erasure, by id and keyed hash, in ALONGSIDE_VAR and beside every backup. It names nobody.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from alongside.across.keeping.models import Erasure
from alongside.across.keeping.rules.erasure import Because

NAME = "erasures.jsonl"


@dataclass(frozen=True)
class LogLine:
    """One erasure."""

    person: str
    address: str
    because: str


def write(lines: Iterable[LogLine], folder: Path | None = None) -> None:
    """Add what is not in a folder's list yet."""
    place = (folder or settings.VAR) / NAME
    new = [one for one in dict.fromkeys(lines) if one not in set(read(place.parent))]
    if new:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(vars(one)) + "\n" for one in new)


def read(folder: Path) -> list[LogLine]:
    """The erasures in a folder's list. Raises ValueError for a list that was damaged."""
    place = folder / NAME
    if not place.is_file():
        return []
    try:
        told = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [LogLine(str(one["person"]), str(one["address"]), str(Because(one["because"]))) for one in told]
    except (ValueError, KeyError, TypeError):
        raise ValueError(
            f"{place} is damaged: an erasure may be missing from it. Put the list beside another backup in its place."
        ) from None


def known() -> list[LogLine]:
    """The erasures that the database knows."""
    return [LogLine(*one) for one in Erasure.objects.order_by("at").values_list("person", "address", "because")]
