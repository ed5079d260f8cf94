"""Pages across apps, as different people see them."""

from collections.abc import Iterator

import pytest

from alongside.core import clock
from alongside.core.standing import Post, Standing
from alongside.membership.actions import add_members
from alongside.partnerships.rules import Template
from alongside.partnerships.tests.make import partnership
from tests.audiences import Relation
from tests.world import TODAY, World, build, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    with clock.at(clock.start_of(TODAY, 12)):
        yield build()


def test_an_office_sees_what_needs_it(client, world):
    client.force_login(world.person(Relation.MANAGER))
    page = client.get(f"/p/{world.partnership.slug}/overview/").content.decode()
    assert "Needs you" in page and "Membership" in page


def test_a_head_sees_their_schools_answer_and_no_office_page(client, world):
    client.force_login(world.person(Relation.HEAD))
    page = client.get(f"/p/{world.partnership.slug}/overview/").content.decode()
    assert world.school.name in page and "Needs you" not in page
    assert world.alder.second.name not in page


def test_whoever_has_one_partnership_goes_straight_to_it(client, world):
    client.force_login(world.person(Relation.MANAGER))
    assert client.get("/me/").headers["Location"] == f"/p/{world.partnership.slug}/overview/"


def test_whoever_has_two_partnerships_chooses(client, world):
    both = person("Two offices", Post.MANAGER, partnership=world.partnership)
    both.roles.create(post=Post.MANAGER, partnership=world.birch.partnership, from_on="2021-09-01")
    client.force_login(both)
    page = client.get("/me/").content.decode()
    assert world.partnership.name in page and world.birch.partnership.name in page


def test_whoever_holds_no_role_is_told_so_kindly(client, world):
    client.force_login(world.nobody)
    assert "You hold no role today" in client.get("/me/").content.decode()


def test_a_schools_page_shows_partnerships_only_to_those_who_may_know(client, world):
    address = f"/schools/{world.school.urn}/"
    assert world.partnership.name not in client.get(address).content.decode()
    client.force_login(world.person(Relation.HEAD_ELSEWHERE))
    assert world.partnership.name not in client.get(address).content.decode()
    client.force_login(world.person(Relation.HEAD))
    assert world.partnership.name in client.get(address).content.decode()


@pytest.mark.parametrize("urn", [0, 999999999999999, 123456])
def test_a_urn_that_nobody_has_is_not_found(client, urn):
    assert client.get(f"/schools/{urn}/").status_code == 404


def test_a_trust_begins_with_its_academies_and_without_dates_of_a_sign_up(client, world):
    trust = partnership(name="River Trust", template=Template.TRUST)
    with clock.at(clock.start_of(TODAY, 12)):
        add_members(partnership=trust, schools=[world.school], by=Standing.system())
    client.force_login(person("River office", Post.MANAGER, partnership=trust))
    page = client.get(f"/p/{trust.slug}/overview/").content.decode()
    assert "1 school on the list" in page and "The schools that belong" in page
    assert "What comes when" not in page and "Discussion of the proposals" not in page
