"""Builders of rows for tests."""

import itertools
from typing import Any

from alongside.core.standing import Standing
from alongside.schools import actions
from alongside.schools.models import School

_urns = itertools.count(900_001)


def school(name: str = "", **facts: Any) -> School:
    """An invented school; any field of an Establishment may be given."""
    urn = facts.pop("urn", None) or next(_urns)
    defaults = {
        "phase": "Primary", "type": "Community school", "la_code": "990", "la_name": "Elthorne", "town": "Elthorne",
        "postcode": "EL1 1AA", "easting": 507_000 + urn % 97 * 50, "northing": 180_000 + urn % 89 * 50, "pupils": 420,
    }
    row = {"urn": urn, "name": name or f"Example School {urn}", **defaults, **facts}
    return actions.add_invented_schools([row], by=Standing.system())[0]
