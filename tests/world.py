"""Two partnerships that must not know of each other, with everything in them, built by the actions that people use.

Alder (a learning partnership) is the one in question; Birch is another. Both are furnished alike, so that whatever
Alder's people can see by right has a twin at Birch that they must never see.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import School
from alongside.members.schools.tests import make as schools
from tests import growing, happenings
from tests.audiences import Relation
from tests.rooms import of_rooms

TODAY = happenings.TODAY
SYSTEM = Standing.system()
POSTS = {
    Relation.HEAD: Post.HEAD,
    Relation.SCHOOL_ADMIN: Post.SCHOOL_ADMIN,
    Relation.BUSINESS_MANAGER: Post.BUSINESS_MANAGER,
    Relation.GOVERNOR_CHAIR: Post.GOVERNOR_CHAIR,
    Relation.TRUST_OFFICER: Post.TRUST_OFFICER,
}
PLACES = ("member", "second", "asked", "second_asked")


@dataclass
class House:
    """One partnership with its schools and its office; `secrets` are words and the keys of the people who may read them."""

    name: str
    partnership: Partnership
    member: School
    second: School
    asked: School
    second_asked: School
    people: dict[str, Person] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    secrets: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def schools(self) -> list[School]:
        """All four."""
        return [self.member, self.second, self.asked, self.second_asked]

    def standing(self, key: str) -> Standing:
        """Who one of the people is today."""
        return standing_of(self.people[key])


@dataclass
class World:
    """Alder, Birch, and somebody without any role."""

    alder: House
    birch: House
    nobody: Person

    @property
    def partnership(self) -> Partnership:
        """The partnership in question."""
        return self.alder.partnership

    @property
    def school(self) -> School:
        """The member school in question."""
        return self.alder.member

    @property
    def asked(self) -> School:
        """The asked school in question."""
        return self.alder.asked

    @property
    def things(self) -> dict[str, Any]:
        """What Alder holds: `invoice`, `second_invoice`, `question`, `invitation`, `draft`, `tokens` by school."""
        return self.alder.things

    def place_of(self, relation: Relation, school: str = "member") -> tuple[House | None, str]:
        """In which house, and under which key, the person stands who stands so to the school in question."""
        other = {"member": "asked", "asked": "second_asked"}[school]
        elsewhere = {
            Relation.HEAD_ELSEWHERE: "member head", Relation.MANAGER_ELSEWHERE: "manager", Relation.FINANCE_ELSEWHERE: "finance",
        }  # fmt: skip
        here = {
            Relation.HEAD_OF_MEMBER: "second head", Relation.HEAD_OF_ASKED: f"{other} head", Relation.MANAGER: "manager",
            Relation.FINANCE: "finance", Relation.ENDED: f"{school} ended", Relation.COMING: f"{school} coming",
            **{one: f"{school} {post}" for one, post in POSTS.items()},
        }  # fmt: skip
        if relation in elsewhere:
            return self.birch, elsewhere[relation]
        return (self.alder, here[relation]) if relation in here else (None, "")

    def person(self, relation: Relation, school: str = "member") -> Person | None:
        """Who stands so to the school in question; nobody for a visitor."""
        house, key = self.place_of(relation, school)
        if house:
            return house.people[key]
        return None if relation is Relation.VISITOR else self.nobody

    def seen_from_birch(self) -> "World":
        """The same world with Birch as the partnership in question."""
        return World(self.birch, self.alder, self.nobody)


def build() -> World:
    """The two partnerships, furnished."""
    world = World(found("Alder", 990_100), found("Birch", 990_200), person("Somebody"))
    for house in (world.alder, world.birch):
        happenings.furnish(house)
        for _, room in of_rooms("happenings"):
            room.happen(house)
    return world


def build_on_its_day() -> World:
    """The two partnerships, furnished on 8 March 2022."""
    with clock.at(clock.start_of(TODAY, 12)):
        return build()


def grow(world: World, more: int) -> None:
    """Give Alder so many more schools, each with its head, and more of everything else."""
    places = [
        schools.school(f"Further School {number}", urn=990_300 + number, la_name="Aldershire", la_code="100")
        for number in range(more)
    ]
    for number, place in enumerate(places):
        person(f"Further head {number}", Post.HEAD, school=place)
    growing.grow(world.alder, places)
    for _, room in of_rooms("happenings"):
        if hasattr(room, "more"):
            room.more(world.alder, places)


def found(name: str, urn: int) -> House:
    """A partnership with four schools that it will ask, their people and its office."""
    places = [
        schools.school(f"{name} {kind} School", urn=urn + number, la_name=f"{name}shire", la_code=str(urn)[3:6])
        for number, kind in enumerate(["Vale", "Hill", "Brook", "Wood"])
    ]
    with clock.at(clock.start_of(happenings.STARTED, 9)):
        partnership = partnerships.start_partnership(
            name=f"{name} Learning Partnership", template=Template.LEARNING, area=f"{name}shire", is_invented=True,
            contact_email=f"office@{name.lower()}.example", by=SYSTEM,
        )  # fmt: skip
    house = House(name, partnership, *places)
    for post in (Post.MANAGER, Post.FINANCE):
        house.people[post.value] = person(f"{name} {post.label}", post, partnership=partnership)
    for key, place in zip(PLACES, places, strict=True):
        for post in POSTS.values():
            house.people[f"{key} {post}"] = person(f"{place.name} {post.label}", post, school=place)
        today = clock.today()
        house.people[f"{key} ended"] = person(
            f"{place.name} former head", Post.HEAD, school=place, until_on=today - timedelta(days=1)
        )
        house.people[f"{key} coming"] = person(
            f"{place.name} next head", Post.HEAD, school=place, from_on=today + timedelta(days=1)
        )
    return house


def person(
    name: str, post: Post | None = None, *, from_on: date | None = None, until_on: date | None = None, **place: Any
) -> Person:
    """Somebody with an address, and with a post where one is given."""
    address = name.lower().replace(" ", ".").replace(",", "")
    made = Person.objects.create(name=name, email=f"{address}@{len(name)}.example")
    if post:
        Role.objects.create(person=made, post=post, from_on=from_on or date(2021, 9, 1), until_on=until_on, **place)
    return made
