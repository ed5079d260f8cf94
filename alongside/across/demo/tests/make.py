"""Builders for tests of the demonstration."""

from itertools import count

from alongside.across.demo.actions import borough
from alongside.ground.core import keys
from alongside.ground.core.standing import Standing
from alongside.members.schools.actions import indexing
from alongside.members.schools.models import Establishment, Group, School

_urns = count(100_001)


def real_school(name: str, **facts: object) -> School:
    """A school as the national register would have brought it: not invented, and found by its name."""
    key, urn = keys.new_key(), next(_urns)
    given = {
        "phase": "Primary",
        "type": "Community school",
        "la_code": "312",
        "la_name": "Hillingdon",
        "town": "Uxbridge",
        "status": "Open",
    }
    School.objects.bulk_create([School(id=key, current_id=urn)])
    Establishment.objects.create(urn=urn, name=name, school_id=key, **{**given, **facts})
    indexing.index_schools([key], by=Standing.system())
    return School.objects.get(pk=key)


def real_trust(name: str, uid: int = 2_001) -> Group:
    """A trust as the national register would have brought it."""
    trust = Group.objects.create(uid=uid, name=name, kind="Multi-academy trust", status="Open")
    indexing.index_trusts([uid], by=Standing.system())
    return trust


def elthorne() -> None:
    """The invented borough on 8 March 2022, for tests/databases.py."""
    borough.build_elthorne(built_from="tests", by=Standing.system())
