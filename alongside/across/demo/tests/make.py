"""Builders for tests of the demonstration."""

from itertools import count

from django.http import QueryDict

from alongside.across.demo.actions import borough
from alongside.across.demo.queries import own_schools
from alongside.across.demo.queries.own_schools import SchoolsFound
from alongside.ground.core import keys
from alongside.ground.core.standing import VISITOR, Standing
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


def england() -> None:
    """A few schools in three places."""
    for name in ("Ash Primary School", "Birch High School", "Cedar Primary School"):
        real_school(name)
    real_school("Grand College", type="Other independent school")
    real_school("Ash Primary School", la_code="822", la_name="Bedford", town="Bedford")
    real_school("St Mary's Primary School", la_code="823", la_name="Central Bedfordshire", town="Dunstable")
    real_school("St Mary's Primary School", town="Hayes")
    trust = real_trust("THE RIVER LEARNING TRUST")
    for name in ("Reed Academy", "Rush Academy"):
        real_school(name, type="Academy converter", la_code="355", la_name="Salford", trust_uid=trust.uid, trust_name=trust.name)


def ask(**words: str) -> SchoolsFound:
    """What those words lead to."""
    asked = QueryDict(mutable=True)
    asked.update(words)
    return own_schools.found_schools(asked, viewer=VISITOR)
