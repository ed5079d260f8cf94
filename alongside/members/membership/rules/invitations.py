"""The words of an invitation, and the lines of addresses to which it goes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.ground.core.addresses import tidy_address, wrong_with_address
from alongside.ground.core.words import listed
from alongside.ground.search.rules.writing import fold
from alongside.members.membership.rules.chase import fill

SUBJECT = "{partnership}: would {school} like to join?"
OPENING = "{partnership} asks {school} to join. The prospectus takes two minutes to read, and answering takes one."
SEPARATORS = re.compile(r"[,;\t]")
BEGINS = re.compile(r'\s*"?(\w+)"?\s*[,;\t]?\s*(.*)', re.DOTALL)


def opening_of(subject: str, opening: str, partnership: str, sign_by: date, schools: Sequence[str]) -> tuple[str, list[str]]:
    """An invitation begins with the office's words: its subject, and paragraphs that name the schools that it is for.

    Source: R4, editable words; who gets one mail for several schools is asked about each by name.
    """
    together = "your schools" if len(schools) > 1 else listed(list(schools))
    text = fill(opening, partnership, sign_by, listed(list(schools))).replace("\r\n", "\n")
    return fill(subject, partnership, sign_by, together), [one.strip() for one in text.split("\n\n") if one.strip()]


@dataclass(frozen=True)
class AddressLine:
    """One line of addresses as it was read, for a school; `remedy` says what to do where it will not be sent."""

    number: int
    words: str
    school: Any = None
    email: str = ""
    name: str = ""
    remedy: str = ""


def read_addresses(text: str, asked: Mapping[int, Any], closed: Mapping[int, str]) -> list[AddressLine]:
    """A line is read as it is meant: a URN, then an address and, if it stands there, the school's name and a person's, parted by
    commas, semicolons, tabs or spaces. A heading and empty lines are passed over.

    Source: R4, invitations. `asked` are the rows of schools by URN; of those that are `closed` is told what the register says.
    """
    found: list[AddressLine] = []
    seen: dict[int, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not (begins := BEGINS.match(line)) or (number == 1 and begins[1].lower() == "urn"):
            continue
        urn, (email, said) = begins[1], _address_and_words(begins[2])
        remedy = ""
        if not (urn.isascii() and urn.isdigit() and 5 <= len(urn) <= 7):
            remedy = "Begin the line with the school’s URN, six figures"
        elif wrong := wrong_with_address(email):
            remedy = wrong
        elif seen.setdefault(int(urn), number) != number:
            remedy = f"This school stands in line {seen[int(urn)]} already: keep one of the two"
        elif int(urn) in closed:
            remedy = f"{closed[int(urn)]} Take it off the list"
        elif int(urn) not in asked:
            remedy = "This school is not asked to join, or has answered already: choose it first"
        school = None if remedy else asked[int(urn)]
        found.append(AddressLine(number, line[:80], school, email, _person(said, school.name) if school else "", remedy))
    return found


def _address_and_words(rest: str) -> tuple[str, str]:
    """The address of a line, or several that are one too many, and what else stands there."""
    cells = [one.strip().strip('"').strip() for one in SEPARATORS.split(rest)]
    parts = [part for cell in cells for part in (cell.split() if "@" in cell else [cell]) if part]
    addresses, words = [one for one in parts if "@" in one], [one for one in parts if "@" not in one]
    return " ".join(map(tidy_address, addresses)), " ".join(words)


def _person(said: str, school: str) -> str:
    """Who is written to, where the name of the school stands before them or alone."""
    words, length = said.split(), len(school.replace(",", " ").split())
    return " ".join(words[length:] if fold(" ".join(words[:length])) == fold(school) else words)[:120]
