"""What is held."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from alongside.across.keeping.models import HeldThing, Hold
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of, short_date
from alongside.members.people.models import Person, Role


@dataclass(frozen=True)
class OnHold:
    """The ids of what is held; a person is held with the school or partnership in which they have, or had, a post."""

    people: frozenset[str]
    schools: frozenset[str]
    partnerships: frozenset[str]
    addresses: frozenset[str]


def held(*, viewer: Standing) -> OnHold:
    """What is held today."""
    rows: dict[str, set[str]] = {one.value: set() for one in HeldThing}
    for what, row in Hold.objects.visible_to(viewer).filter(lifted_at=None).values_list("what", "row"):
        rows[what].add(row)
    people, schools, partnerships = (frozenset(rows[one.value]) for one in HeldThing)
    there = Q(school__in=schools) | Q(partnership__in=partnerships) | Q(through__in=partnerships)
    with_posts = set(Role.objects.visible_to(viewer).filter(there).values_list("person_id", flat=True))
    everybody = people | with_posts
    addresses = Person.objects.visible_to(viewer).filter(pk__in=everybody, email__isnull=False).values_list("email", flat=True)
    return OnHold(frozenset(everybody), schools, partnerships, frozenset(str(one) for one in addresses))


def held_since(person: str, *, viewer: Standing) -> str:
    """The day since which a person is held, alone or with a school or partnership of theirs; nothing when they are not."""
    places = Role.objects.visible_to(viewer).filter(person=person)
    ids = {person, *(one for row in places.values_list("school_id", "partnership_id", "through_id") for one in row if one)}
    first = Hold.objects.visible_to(viewer).filter(lifted_at=None, row__in=ids).order_by("since_at").first()
    return short_date(day_of(first.since_at)) if first else ""


def holds(*, viewer: Standing) -> list[tuple[str, str, str, datetime]]:
    """(what, id, reason, since) of what is held, the oldest first."""
    found = Hold.objects.visible_to(viewer).filter(lifted_at=None).order_by("since_at")
    return list(found.values_list("what", "row", "reason", "since_at"))
