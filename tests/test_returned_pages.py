"""Where a school's addresses stand, an office reads that mail to one came back, when, and what to do about it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock
from alongside.members.membership.models import Answer
from alongside.members.notices.models import Returned
from alongside.members.notices.tests.make import returned
from tests.audiences import Relation
from tests.signing_in import enter
from tests.world import World

pytestmark = pytest.mark.django_db
CAME = date(2022, 3, 3)


def came_back(world: World, address: str) -> None:
    returned(world.partnership, to=address)
    Returned.objects.update(at=clock.start_of(CAME, 9))


def words(world: World, relation: Relation, page: str, *place: object) -> str:
    person = world.person(relation)
    answer = enter(Client(), person).get(reverse(page, args=[world.partnership.slug, *place]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_reads_it_beside_every_address(world: World) -> None:
    school = world.asked
    answer = Answer.objects.get(partnership=world.partnership, school=school)
    answer.email = answer.email or "head@brook.example"
    answer.save()
    pages = (("inviting:phone_list",), ("membership:school", school.urn))
    assert not any("Mail came back" in words(world, Relation.MANAGER, *page) for page in pages)
    came_back(world, answer.email)
    for page in pages:
        said = words(world, Relation.MANAGER, *page)
        assert "Mail came back 3 March" in said and "There is no such address" in said and "right address" in said, page


def test_the_page_of_a_schools_people_says_it_to_the_office_alone(world: World) -> None:
    head = world.person(Relation.HEAD)
    assert head and head.email
    came_back(world, head.email)
    assert "Mail came back 3 March" in words(world, Relation.MANAGER, "people:school", world.school.urn)
    assert "Mail came back" not in words(world, Relation.HEAD, "people:school", world.school.urn)
