"""The invented borough: its schools, its outline and its addresses. No register holds any of these names.

It lies in the open sea east of Kent, so that no search "near here" mixes it with real schools; its URNs
begin at 900001, its postcodes with a letter that no postcode begins with, its telephone numbers come from
the range that Ofcom keeps for drama, and its mail domain is one that can never exist.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alongside.ground.core import words

NAME = "Elthorne Learning Partnership"
SLUG = "elthorne-learning-partnership"
BOROUGH = "Elthorne"
LA_CODE = "990"
DOMAIN = "elthorne.example"
FIRST_URN = 900_001
FIRST_TRUST = 900_001
OFFICE_EMAIL = f"partnership@{DOMAIN}"
SOURCE = Path(__file__).with_name("elthorne.csv")
OUTLINE = (
    (668980, 179750),
    (669680, 181500),
    (671360, 182625),
    (673460, 183000),
    (675280, 183375),
    (677240, 182875),
    (679060, 182250),
    (680740, 181000),
    (681580, 179250),
    (681440, 177250),
    (681860, 175625),
    (681020, 173875),
    (679480, 172500),
    (677520, 172000),
    (675700, 171250),
    (673880, 171625),
    (672340, 171375),
    (670800, 172375),
    (670380, 174125),
    (669260, 175250),
    (668560, 176875),
    (669260, 178250),
)
NUMBERS = frozenset({"urn", "easting", "northing", "pupils", "capacity", "from_age", "to_age"})
ACADEMIES = frozenset(
    {
        "Academy converter",
        "Academy sponsor led",
        "Free schools",
        "Academy special converter",
        "Free schools special",
        "Studio schools",
        "University technical college",
    }
)


@dataclass(frozen=True)
class InventedSchool:
    """One school of the borough, with what a register would say of it."""

    urn: int
    name: str
    phase: str
    type: str
    town: str
    street: str
    postcode: str
    easting: int
    northing: int
    pupils: int
    capacity: int
    from_age: int
    to_age: int
    faith: str
    trust: str

    @property
    def email(self) -> str:
        """The head's address."""
        return f"head@{words.slug_of(self.name)}.{DOMAIN}"

    @property
    def phone(self) -> str:
        """A number that rings nowhere."""
        return f"020 7946 {self.urn - FIRST_URN + 100:04}"

    @property
    def is_academy(self) -> bool:
        """Whether a trust answers for it rather than a governing body."""
        return self.type in ACADEMIES

    @property
    def size(self) -> int:
        """How large it is drawn on the map, 1 to 3."""
        return 3 if self.phase in {"Secondary", "All-through"} else 1


@cache
def schools() -> tuple[InventedSchool, ...]:
    """The 97 schools, in the order of their URNs."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return tuple(_school(row) for row in csv.DictReader(file))


def _school(row: dict[str, str]) -> InventedSchool:
    facts: dict[str, Any] = {name: int(text) if name in NUMBERS else text for name, text in row.items()}
    return InventedSchool(**facts)


def trusts() -> dict[str, int]:
    """The invented trusts and their numbers."""
    return {name: FIRST_TRUST + place for place, name in enumerate(sorted({one.trust for one in schools() if one.trust}))}


def named(name: str) -> InventedSchool:
    """The school of that name."""
    return next(one for one in schools() if one.name == name)


def plain(name: str) -> str:
    """A name without what differs between two spellings of it, to see that no register holds it."""
    return " ".join(word for word in words.slug_of(name).split("-") if word not in {"the", "school"})
