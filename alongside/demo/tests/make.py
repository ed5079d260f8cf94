"""Builders for tests of the demonstration."""

from alongside.core import keys
from alongside.schools.models import Establishment, School


def real_school(name: str, urn: int = 100_999, **facts: object) -> School:
    """A school as the national register would have brought it: not invented."""
    key = keys.new_key()
    given = {"phase": "Primary", "type": "Community school", "la_code": "312", "la_name": "Hillingdon", "status": "Open", **facts}
    School.objects.bulk_create([School(id=key, current_id=urn)])
    Establishment.objects.create(urn=urn, name=name, school_id=key, **given)
    return School.objects.get(pk=key)
