"""A person's own page, with or without a role today, and what is kept of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from alongside.across.home.queries.needs_and_dates import Need, needs_of
from alongside.ground.audit.models import Event
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of
from alongside.members.partnerships.queries import my_partnerships
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


@dataclass(frozen=True)
class MyPage:
    """A person's own page: what needs them in all their partnerships, or, without a role, what they did."""

    partnerships: list[tuple[str, str]]
    posts: list[str]
    needs: list[Need]
    roles: list[Past]


def my_page(*, viewer: Standing) -> MyPage:
    """A person's own page: what needs them and where their roles lead; without a role today, their own record only."""
    mine, posts = my_partnerships(viewer=viewer), sorted({role.post.label for role in viewer.roles})
    return MyPage(mine, posts, needs_of(viewer=viewer), []) if posts else MyPage(mine, posts, [], my_roles(viewer=viewer))


def my_roles(*, viewer: Standing) -> list[Past]:
    """Every role of the viewer's own, the lasting ones first."""
    person = person_of(viewer)
    if person is None:
        return []
    return [
        Past(post.label, school or office, since, until, held)
        for _, post, school, _, office, since, until, held in roles_of(person, viewer=viewer)
    ]


@dataclass(frozen=True)
class MyData:
    """What is kept of a person by name: who they are, their roles, and what they did (day, deed, how often), newest first."""

    person: Person
    roles: list[Past]
    deeds: list[tuple[date, str, int]]


def my_data(*, viewer: Standing, most: int = MOST_DEEDS) -> MyData | None:
    """What is kept of the viewer; None for a visitor."""
    person = person_of(viewer)
    if person is None:
        return None
    events = Event.objects.visible_to(viewer).filter(person=person.pk).order_by("-at", "-id")
    days = Counter((day_of(at), act_in_words(act)) for at, act in events.values_list("at", "act")[:most])
    deeds = [(day, words, count) for (day, words), count in days.items()]
    return MyData(person, my_roles(viewer=viewer), deeds)


def act_in_words(act: str) -> str:
    """'membership.add_holiday' as people read it: 'Add holiday'."""
    return act.split(".")[-1].replace("_", " ").capitalize()
