"""A country of partnerships for the benchmarks: the real register, and so many partnerships and people on top of it.

Thrown away with its database. Run inside a set-up Django.
"""

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from typing import Any

PARTNERSHIPS, PEOPLE, READERS, LARGE, SMALL = 2_500, 150_000, 16, 60, 10
STARTED = date(2022, 1, 24)


def populate() -> list[tuple[str, str]]:
    """Fill the database; gives (person's id, partnership's slug) of the managers of the sixteen large partnerships."""
    import os

    from django.core.management import call_command

    from alongside.schools import commands

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        commands.load_register(nowhere)
    places = _partnerships()
    _members(places)
    people = _people()
    return _managers(places, people)


def _partnerships() -> list[Any]:
    from alongside.partnerships.models import Partnership
    from alongside.partnerships.rules import Template

    return Partnership.objects.bulk_create(
        [
            Partnership(
                slug=f"partnership-{number}",
                name=f"Partnership {number}",
                template=list(Template)[number % 2],
                area="Everywhere",
                contact_email=f"office@partnership-{number}.example",
                started_on=STARTED,
            )
            for number in range(PARTNERSHIPS)
        ],
        batch_size=2_000,
    )


def _members(places: list[Any]) -> None:
    """Sixty schools for each of the first sixteen, ten for each other; all have been asked, and half belong."""
    from alongside.core import clock
    from alongside.membership.models import Answer
    from alongside.membership.rules import AnswerState
    from alongside.partnerships.models import Membership
    from alongside.partnerships.rules import Kind
    from alongside.schools.models import School

    schools = School.objects.filter(current__is_open=True, current__is_invented=False).order_by("pk").values_list("pk", flat=True)
    endless = cycle(schools)
    memberships, answers, now = [], [], clock.now()
    for number, place in enumerate(places):
        for turn, school in enumerate(islice(endless, LARGE if number < READERS else SMALL)):
            signed = turn % 2 == 0
            kind = Kind.MEMBER if signed else Kind.ASKED
            memberships.append(Membership(partnership=place, school_id=school, kind=kind, from_on=STARTED))
            state = AnswerState.READING if signed else AnswerState.NO_REPLY
            answers.append(Answer(partnership=place, school_id=school, state=state, asked_on=STARTED, changed_at=now))
    Membership.objects.bulk_create(memberships, batch_size=2_000)
    Answer.objects.bulk_create(answers, batch_size=2_000)


def _people() -> list[Any]:
    """People with one post each, spread over all open schools."""
    from alongside.core.standing import SCHOOL_POSTS
    from alongside.people.models import Person, Role
    from alongside.schools.models import School

    schools = list(School.objects.filter(current__is_open=True).order_by("pk").values_list("pk", flat=True))
    people = Person.objects.bulk_create(
        [Person(name=f"Person {number}", email=f"person{number}@schools.example") for number in range(PEOPLE)], batch_size=5_000
    )
    posts = cycle(sorted(SCHOOL_POSTS))

    def roles() -> Iterator[Role]:
        for number, (person, post) in enumerate(zip(people, posts, strict=False)):
            yield Role(person=person, post=post, school_id=schools[number % len(schools)], from_on=STARTED)

    Role.objects.bulk_create(roles(), batch_size=5_000)
    return people


def _managers(places: list[Any], people: list[Any]) -> list[tuple[str, str]]:
    from alongside.core.standing import Post
    from alongside.people.models import Role

    managers = list(zip(people, places, strict=False))
    Role.objects.bulk_create(
        [Role(person=person, post=Post.MANAGER, partnership=place, from_on=STARTED) for person, place in managers],
        batch_size=2_000,
    )
    return [(person.pk, place.slug) for person, place in managers[:READERS]]
