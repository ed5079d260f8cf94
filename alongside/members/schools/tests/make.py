"""Builders of rows and of files for tests."""

import csv
import gzip
import hashlib
import io
import itertools
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from alongside.ground.core.standing import Standing
from alongside.ground.search.models import Entry
from alongside.members.schools.actions import importing, invented
from alongside.members.schools.models import Change, Establishment, Extract, Group, GroupLink, School, Succession
from alongside.members.schools.register.report import Report

SYSTEM = Standing.system()
ROOT = Path(__file__).resolve().parents[4]
_urns = itertools.count(900_001)


def school(name: str = "", **facts: Any) -> School:
    """An invented school; any field of an Establishment may be given."""
    return schools({"name": name, **facts})[0]


def schools(*rows: dict[str, Any]) -> list[School]:
    """Several at once, as `school` makes one."""
    return invented.add_invented_schools([_row(**one) for one in rows], by=SYSTEM)


def _row(name: str = "", **facts: Any) -> dict[str, Any]:
    urn = facts.pop("urn", None) or next(_urns)
    defaults = {
        "phase": "Primary",
        "type": "Community school",
        "la_code": "990",
        "la_name": "Elthorne",
        "town": "Elthorne",
        "postcode": "EL1 1AA",
        "easting": 507_000 + urn % 97 * 50,
        "northing": 180_000 + urn % 89 * 50,
        "pupils": 420,
    }
    return {"urn": urn, "name": name or f"Example School {urn}", **defaults, **facts}


class Upload(io.BytesIO):
    """A file in memory with a name, as an upload is."""

    def __init__(self, content: bytes, name: str = "edubasealldata20240101.csv") -> None:
        super().__init__(content)
        self.name = name


def extract(
    *rows: Sequence[object] | dict[str, object],
    heads: Sequence[str] = (),
    name: str = "edubasealldata20240101.csv",
    encoding: str = "utf-8",
    packed: bool = False,
) -> Upload:
    """A file of the register: rows as dicts by heading, or as lists under `heads`."""
    heads = heads or list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([row.get(head, "") for head in heads] if isinstance(row, dict) else row for row in rows)
    content = text.getvalue().encode(encoding)
    return Upload(gzip.compress(content) if packed else content, name)


def line(urn: object, name: str = "Alder School", **more: object) -> dict[str, object]:
    """A row of establishments with the headings of the register."""
    row = {
        "URN": urn,
        "EstablishmentName": name,
        "LA (code)": "990",
        "LA (name)": "Alderbury",
        "EstablishmentStatus (name)": "Open",
        "PhaseOfEducation (name)": "Primary",
        "TypeOfEstablishment (name)": "Community school",
        "Town": "Alder",
        "Postcode": "ZZ1 1AA",
        "Easting": "507000",
        "Northing": "180000",
        "NumberOfPupils": "210",
    }
    return {**row, **more}


def imported(*rows: Any, on: date | None = None, dry_run: bool = False, **file: Any) -> Report:
    """What came of importing such a file."""
    return importing.import_schools(extract(*rows, **file), as_of=on, dry_run=dry_run, by=SYSTEM)


def row_hash() -> str:
    """A hash of every row of the register and of its index."""
    digest = hashlib.sha256()
    for model in (Establishment, School, Change, Group, GroupLink, Succession, Extract, Entry):
        for row in model._base_manager.order_by("pk").values_list():
            digest.update(repr(row).encode())
    return digest.hexdigest()
