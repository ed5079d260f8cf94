"""Rows of membership for tests, made by the actions that people use."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict
from alongside.members.membership.actions import answering, asking, office, prospectus, signing
from alongside.members.membership.models import Answer, Prospectus, Question, Signature
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import mark_now
from alongside.members.partnerships.rules import Template
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import School
from alongside.members.schools.tests import make as schools_made
from tests import at_once as threads

SYSTEM = Standing.system()
STARTED, TODAY = date(2022, 2, 7), date(2022, 3, 8)
DATES = MembershipSettings(
    discussion_on=date(2022, 2, 24), sign_by=date(2022, 3, 18), board_first_meets_on=date(2022, 3, 21),
    roll_freezes_on=date(2022, 3, 21), support_from=date(2022, 9, 1),
)  # fmt: skip


def school(urn: int, name: str = "", **facts: Any) -> School:
    """A school of the register."""
    return schools_made.school(name or f"School {urn}", urn=urn, **({"phone": "01632 960000"} | facts))


def person(name: str, post: Post, **place: Any) -> Standing:
    """Who somebody with a post is."""
    made = Person.objects.create(name=name, email=f"{name.lower().replace(' ', '.')}@example.org")
    Role.objects.create(person=made, post=post, from_on=date(2020, 9, 1), **place)
    return standing_of(made)


def person_also(who: Standing, post: Post, **place: Any) -> Standing:
    """The same person with one more post."""
    Role.objects.create(person_id=who.person, post=post, from_on=date(2020, 9, 1), **place)
    return standing_of(Person.objects.get(pk=who.person))


def partnership(
    name: str = "Elthorne Learning Partnership", *, template: Template = Template.LEARNING, publish: bool = True
) -> Partnership:
    """A partnership with the dates of the prospectus of 2022, its prospectus published."""
    with clock.at(clock.start_of(STARTED, 9)):
        made = partnerships.start_partnership(
            name=name, template=template, area="Elthorne", contact_email="office@example.org", is_invented=True, by=SYSTEM
        )
        if template is Template.LEARNING:
            office.change_dates(partnership=made, settings=DATES, version=mark_now(made, MembershipSettings), by=SYSTEM)
            if publish:
                prospectus.start_draft(partnership=made, by=SYSTEM)
                prospectus.publish_prospectus(partnership=made, version=1, by=SYSTEM)
    return made


def asked(place: Partnership, count: int = 3, first_urn: int = 990_001, **facts: Any) -> list[School]:
    """Schools that are asked to join."""
    schools = [
        school(
            first_urn + number,
            f"{'Ash Beech Cedar Damson Elder Fir Gorse Hazel'.split()[number % 8]} School {number + 1}",
            **facts,
        )
        for number in range(count)
    ]
    asking.ask_schools(partnership=place, schools=schools, by=SYSTEM)
    return schools


def head(place: School, post: Post = Post.HEAD) -> Standing:
    """Who the head of a school is."""
    return person(f"Head of {place.name}", post, school=place)


def manager(place: Partnership, post: Post = Post.MANAGER) -> Standing:
    """Who the manager of a partnership is."""
    return person(f"Manager of {place.name}", post, partnership=place)


def signed(place: Partnership, *schools: School, by: Standing | None = None, **words: Any) -> list[Signature]:
    """Signatures of schools."""
    given = {
        "authority": SigningAuthority.GOVERNING_BODY,
        "authority_on": clock.today(),
        "name": "A. Head",
        "post": "Headteacher",
        "key": keys.new_key(),
    }
    return signing.sign(partnership=place, schools=list(schools), **(given | words), by=by or SYSTEM)


def question(place: Partnership, one: School, words: str = "Why?", *, by: Standing = SYSTEM) -> Question:
    """A question of a school."""
    return answering.ask_question(partnership=place, school=one, words=words, key=keys.new_key(), by=by)


def answer(place: Partnership, one: School) -> Answer:
    """How a school stands now."""
    return Answer.objects.get(partnership=place, school=one)


def state(place: Partnership, one: School) -> AnswerState:
    """The state in which a school stands now."""
    return answer(place, one).answer_state


def newest(place: Partnership) -> Prospectus:
    """The newest version."""
    return Prospectus.objects.filter(partnership=place).order_by("-number")[0]


def visitor(**roles: Any) -> Standing:
    """Somebody with a role and no row, for permissions."""
    return Standing("p" * 12, "Somebody", frozenset({usual(**roles)}) if roles else frozenset())


def browser(who: Standing | None = None) -> Client:
    client = Client()
    if who:
        client.force_login(Person.objects.get(pk=who.person), settings.AUTHENTICATION_BACKENDS[0])
    return client


def read(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    return threads.at_once(*deeds, at=clock.start_of(TODAY, 10))


def losers(outcomes: list[Any]) -> int:
    return sum(isinstance(one, Conflict) for one in outcomes)


@pytest.fixture
def tuesday() -> Iterator[None]:
    with clock.at(clock.start_of(TODAY, 10)):
        yield


@pytest.fixture
def place(db: None) -> Partnership:
    return partnership()


@pytest.fixture
def client(place: Partnership) -> Client:
    """The manager's browser."""
    signed_in = Client()
    signed_in.force_login(Person.objects.get(pk=manager(place).person))
    return signed_in


def kinds(place: Partnership) -> list[str]:
    """How each school belongs today, by URN."""
    return list(
        Membership.objects.filter(partnership=place, until_on=None)
        .order_by("school__current__urn")
        .values_list("kind", flat=True)
    )
