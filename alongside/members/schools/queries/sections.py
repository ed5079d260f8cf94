"""How the facts of a school are written on its page, section by section."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.ground.core.words import plural, short_date
from alongside.members.schools.models import Establishment

SOURCE = "Get Information about Schools, Department for Education"
INVENTED = "Invented for the demonstration: no register holds this school"


@dataclass(frozen=True)
class Fact:
    """One fact of a school: what it is, what the register says, where that leads, and the date of the extract."""

    label: str
    value: str
    href: str = ""
    of: date | None = None


@dataclass(frozen=True)
class Section:
    """Facts that belong together, and the date that most of them are of."""

    title: str
    facts: list[Fact]
    of: date | None
    is_invented: bool = False

    @property
    def note(self) -> str:
        """Where these facts are from."""
        if self.is_invented:
            return INVENTED
        return f"{SOURCE}, {short_date(self.of)}" if self.of else SOURCE


def _status(row: Establishment) -> str:
    if row.is_open:
        return row.status or "Open"
    words = row.status or "Closed"
    return f"{words}, {short_date(row.closed_on)}" if row.closed_on and words == "Closed" else words


def _pupils(row: Establishment) -> str:
    if row.pupils is None:
        return plural(row.capacity, "place") if row.capacity else ""
    return f"{row.pupils:,} ({plural(row.capacity, 'place')})" if row.capacity else f"{row.pupils:,}"


def _address(row: Establishment) -> str:
    return ", ".join(filter(None, (row.street, row.locality, row.address3, row.town, row.county, row.postcode)))


def _head(row: Establishment) -> str:
    name = " ".join(filter(None, (row.head_title, row.head_first_name, row.head_last_name)))
    return f"{name}, {row.head_post}" if name and row.head_post else name


def leads_to(label: str, row: Establishment) -> str:
    """Where a fact leads: a telephone number that can be called, a website."""
    if label == "Telephone":
        return f"tel:{row.phone.replace(' ', '')}"
    return row.website if label == "Website" else ""


Value = Callable[[Establishment], Any]
SECTIONS: tuple[tuple[str, tuple[tuple[str, str, Value], ...]], ...] = (
    (
        "The school",
        (
            ("URN", "", lambda row: str(row.urn)),
            ("Status", "status", _status),
            ("Phase", "phase", lambda row: "" if row.phase == "Not applicable" else row.phase),
            ("Type", "type", lambda row: row.type),
            (
                "Ages",
                "ages",
                lambda row: f"{row.low_age} to {row.high_age}" if row.low_age is not None and row.high_age is not None else "",
            ),
            ("Pupils", "pupils", _pupils),
            ("Girls and boys", "gender", lambda row: row.gender),
            ("Religious character", "religion", lambda row: "None" if row.religion == "Does not apply" else row.religion),
            ("Admissions", "admissions", lambda row: row.admissions),
            (
                "Nursery classes",
                "nursery",
                lambda row: {"Has Nursery Classes": "Yes", "No Nursery Classes": "No"}.get(row.nursery, row.nursery),
            ),
            (
                "Sixth form",
                "sixth_form",
                lambda row: {"Has a sixth form": "Yes", "Does not have a sixth form": "No"}.get(row.sixth_form, row.sixth_form),
            ),
            ("Special provision", "provision", lambda row: row.provision),
            ("Free school meals", "fsm", lambda row: "" if row.fsm_percent is None else f"{row.fsm_percent}% of pupils"),
        ),
    ),
    (
        "Who runs it",
        (
            ("Local authority", "authority", lambda row: f"{row.la_name} ({row.la_code})" if row.la_code else row.la_name),
            ("Trust", "trust", lambda row: row.trust_name),
            ("Federation", "federation", lambda row: row.federation_name),
        ),
    ),
    (
        "Place and contact",
        (
            ("Address", "address", _address),
            ("Telephone", "phone", lambda row: row.phone),
            ("Website", "website", lambda row: row.website.split("://")[-1].rstrip("/")),
            ("Head, as the register names them", "head", _head),
        ),
    ),
)
