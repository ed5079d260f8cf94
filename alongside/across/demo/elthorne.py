"""The invented borough: its schools, its outline and its addresses. No register holds any of these names.

It lies in the open sea east of Kent, so that no search "near here" mixes it with real schools; its URNs
begin at 900001, its postcodes with a letter that no postcode begins with, its telephone numbers come from
the range that Ofcom keeps for drama, and its mail domain is one that can never exist. Its people are
put together from the first and last names of the story. The schools stand in `elthorne.csv`; what is said, written and
paid there in `elthorne.toml`.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alongside.across.demo.rules import Persona
from alongside.ground.core import words

NAME = "Elthorne Learning Partnership"
SLUG = "elthorne-learning-partnership"
BOROUGH = "Elthorne"
LA_CODE = "990"
DOMAIN = "elthorne.example"
FIRST_URN = 900_001
FIRST_TRUST = 900_001
OFFICE_EMAIL, MANAGER_EMAIL, FINANCE_EMAIL = (f"{post}@{DOMAIN}" for post in ("partnership", "manager", "finance"))
SOURCE = Path(__file__).with_name("elthorne.csv")
STORY: dict[str, Any] = tomllib.loads(SOURCE.with_suffix(".toml").read_text(encoding="utf-8"))
NUMBERS = frozenset({"urn", "easting", "northing", "pupils", "capacity", "low_age", "high_age"})

DOOR_SCHOOL = "Foxglove Bank Primary"  # the visitor may be its head: it stays silent until then
OWN_TRUST, OWN_ACADEMY = "Yeadmoor Learning Trust", "Windrush Quay Primary"  # the visitor may be the trust's officer
TRUST_SLUG = words.slug_of(OWN_TRUST)  # the trust runs its own year too, beside the borough's
ON_LOAN = 700  # of the borough's people, those whom no school names
INVOICED_SCHOOL = "Ickenden Primary"  # the visitor may be its business manager


@dataclass(frozen=True)
class InventedSchool:
    """One school of the borough, with what a register would say of it, in the words of an `Establishment`."""

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
    low_age: int
    high_age: int
    religion: str
    trust_name: str

    @property
    def email(self) -> str:
        """The head's address."""
        return f"head@{words.slug_of(self.name)}.{DOMAIN}"

    @property
    def head(self) -> str:
        """What its head is called."""
        return called(self.urn - FIRST_URN)

    @property
    def phone(self) -> str:
        """A number that rings nowhere."""
        return f"020 7946 {self.urn - FIRST_URN + 100:04}"


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
    return {name: FIRST_TRUST + place for place, name in enumerate(sorted({one.trust_name for one in schools()} - {""}))}


def named(name: str) -> InventedSchool:
    """The school of that name."""
    return next(one for one in schools() if one.name == name)


def trust_email(trust: str, post: str = "trust.officer") -> str:
    """The address of a trust's officer, or of who keeps its `accounts`, the invoices of all its academies."""
    return f"{post}@{words.slug_of(trust)}.{DOMAIN}"


EMAILS = {
    Persona.HEAD: named(DOOR_SCHOOL).email,
    Persona.MEMBER_HEAD: named(INVOICED_SCHOOL).email,
    Persona.BUSINESS_MANAGER: named(INVOICED_SCHOOL).email.replace("head@", "business.manager@"),
    Persona.SENDCO: named(INVOICED_SCHOOL).email.replace("head@", "sendco@"),
    Persona.MANAGER: MANAGER_EMAIL,
    Persona.CHAIR: f"chair@council.{DOMAIN}",
    Persona.CLERK: f"clerk@council.{DOMAIN}",
    Persona.FINANCE: FINANCE_EMAIL,
    Persona.TRUST_OFFICER: trust_email(OWN_TRUST),
    Persona.GOVERNANCE: trust_email(OWN_TRUST, "governance"),
}

OTHERS = [
    *(email for trust in trusts() for email in (trust_email(trust), trust_email(trust, "accounts"))),
    *(MANAGER_EMAIL, FINANCE_EMAIL, EMAILS[Persona.BUSINESS_MANAGER], EMAILS[Persona.GOVERNANCE]),
]


def called(number: int) -> str:
    """What the nth of the borough's people is called: no two have one name."""
    first, last = STORY["first_names"], STORY["last_names"]
    return f"{first[number % len(first)]} {last[number % len(last)]}"


def name_at(email: str) -> str:
    """What somebody of the borough who is no school's head is called, by their address."""
    return called(len(schools()) + OTHERS.index(email))


def colleague(number: int) -> str:
    """What the nth of those is called whom a school names beside its head: no two people of the borough have one name."""
    return called(len(schools()) + len(OTHERS) + number)


LENT = {Persona.CHAIR: 0, Persona.CLERK: 2}  # of those whom the council lends to the board, which
HEADS = {Persona.HEAD: DOOR_SCHOOL, Persona.MEMBER_HEAD: INVOICED_SCHOOL}
NAMED_BESIDE = ("dsl", "sendco")  # whom each school names beside its head


def lent(number: int) -> str:
    """What the nth of those is called whom the council lends to the board."""
    return called(ON_LOAN + number)


def _name_of(persona: Persona, email: str) -> str:
    if persona in LENT:
        return lent(LENT[persona])
    if persona is Persona.SENDCO:
        return colleague(schools().index(named(INVOICED_SCHOOL)) * len(NAMED_BESIDE) + NAMED_BESIDE.index("sendco"))
    return named(HEADS[persona]).head if persona in HEADS else name_at(email)


NAMES = {persona: _name_of(persona, email) for persona, email in EMAILS.items()}
