"""What a person held and did."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from alongside.ground.audit.models import Event
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of
from alongside.ground.web import declared
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import person_of, roles_of

MOST_DEEDS = 2_000


@dataclass(frozen=True)
class Past:
    """A role that a person held, holds or will hold: post, place, from, until, held today."""

    post: str
    place: str
    from_on: date
    until_on: date | None
    is_held: bool


def my_roles(*, viewer: Standing) -> list[Past]:
    """Every role of the viewer's own, the lasting ones first."""
    person = person_of(viewer)
    if person is None:
        return []
    return [
        Past(title, school or office, since, until, held)
        for _, title, school, _, office, since, until, held in roles_of(person, viewer=viewer)
    ]


def my_data(*, viewer: Standing) -> tuple[Person | None, list[Past], list[tuple[date, str, int]]]:
    """Who the viewer is, their roles, and what they did (day, deed, how often), newest first."""
    events = Event.objects.visible_to(viewer).filter(person=viewer.person or "-").order_by("-at", "-id")
    days = Counter((day_of(at), act_in_words(act)) for at, act in events.values_list("at", "act")[:MOST_DEEDS])
    return person_of(viewer), my_roles(viewer=viewer), [(day, words, count) for (day, words), count in days.items()]


def act_in_words(act: str) -> str:
    """A deed as its room calls it; one that no room does any more is told by the name that it had: 'Add holiday'."""
    return declared.acts().get(act) or act.split(".")[-1].replace("_", " ").capitalize()
