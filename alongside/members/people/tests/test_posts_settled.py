"""What somebody may do follows from what their post opens today, in the partnership that says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Power
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import invitations, roles
from alongside.members.people.models import Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import SYSTEM, admitted, holder, person, role
from alongside.members.posts import actions as posts
from alongside.members.posts.models import ListedPost
from alongside.members.posts.rules import Level, PostSettings
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school
from tests.shown import agree


def settle(partnership: Partnership, code: str, *opens: Power) -> None:
    version, post = mark_of(settings_of(partnership, PostSettings)), ListedPost.objects.get(pk=code)
    posts.settle_post(partnership=partnership, post=post, opens=opens, is_used=True, version=version, by=SYSTEM)


@pytest.fixture
def ash(db: None) -> Partnership:
    return new_partnership("Ash Valley")


@pytest.fixture
def own(elm: Partnership) -> ListedPost:
    said: dict[str, Any] = {"name": "Forest lead", "level": Level.SCHOOL, "opens": [Power.NOTE], "key": keys.new_key()}
    return posts.add_post(partnership=elm, **said, by=SYSTEM)


def test_what_is_settled_away_is_gone_with_the_next_request(oak: School, elm: Partnership) -> None:
    bursar, before = holder(Post.BUSINESS_MANAGER, oak)
    assert before.can(Power.DATES, school=oak.pk)
    settle(elm, Post.BUSINESS_MANAGER, Power.NOTE)
    now = standing_of(bursar)
    assert not now.can(Power.DATES, school=oak.pk) and now.can(Power.NOTE, school=oak.pk) and now.holds(school=oak.pk)


def test_what_one_partnership_settles_opens_nothing_in_another(oak: School, elm: Partnership, ash: Partnership) -> None:
    admitted(ash, oak)
    deputy, _ = holder("deputy", oak)
    settle(elm, "deputy", Power.ANSWER, Power.DATES)
    who = standing_of(deputy)
    assert who.counting_in(elm.pk).can(Power.ANSWER, school=oak.pk)
    assert not who.counting_in(ash.pk).can(Power.ANSWER, school=oak.pk) and who.counting_in(ash.pk).holds(school=oak.pk)
    assert who.by(Power.DATES).schools_through == {(elm.pk, oak.pk)} and not who.by(Power.DATES).schools_anywhere


def test_a_post_of_ones_own_list_counts_in_no_other_partnership(
    oak: School, elm: Partnership, ash: Partnership, own: ListedPost
) -> None:
    admitted(ash, oak)
    sam = person("Sam")
    roles.grant_role(person=sam, post=own.pk, school=oak, partnership=elm, by=SYSTEM)
    assert Role.objects.get(person=sam).through == elm
    assert standing_of(sam).counting_in(elm.pk).can(Power.NOTE, school=oak.pk) and not standing_of(sam).counting_in(ash.pk).roles
    for there in (ash, None):
        with pytest.raises(Refused):
            roles.grant_role(person=sam, post=own.pk, school=oak, partnership=there, by=SYSTEM)
        with pytest.raises(Refused):
            invitations.invite(email="a@b.example", post=own.pk, school=oak, partnership=there, by=SYSTEM)


@pytest.mark.parametrize("post", ["nonsense", "", "manager"])
def test_nobody_comes_to_a_post_that_the_school_has_not(oak: School, elm: Partnership, post: str) -> None:
    with pytest.raises(Refused):
        roles.grant_role(person=person("Sam"), post=post, school=oak, partnership=elm, by=SYSTEM)
    _, token, _ = invitations.invite(email="a@b.example", post=Post.HEAD, school=oak, partnership=elm, by=SYSTEM)
    if post:
        with pytest.raises(Refused):
            invitations.accept_invitation(token=token, post=post, name="Sam", by=SYSTEM)


def test_an_invitation_is_passed_on_by_what_posts_open_today(oak: School, elm: Partnership) -> None:
    to_deputy: dict[str, Any] = {"email": "b@oak.example", "name": "Bo", "post": "deputy", "by": SYSTEM}
    _, token, _ = invitations.invite(email="a@oak.example", post=Post.BUSINESS_MANAGER, school=oak, partnership=elm, by=SYSTEM)
    settle(elm, "deputy", Power.PEOPLE)
    with pytest.raises(Refused):
        invitations.pass_on(invitation_token=token, **to_deputy)
    settle(elm, "deputy")
    assert invitations.pass_on(invitation_token=token, **to_deputy).post == "deputy"


def test_who_ends_a_role_is_told_by_what_the_others_may_do(oak: School, elm: Partnership) -> None:
    head = role(Post.HEAD, oak)
    role("deputy", oak)
    with pytest.raises(Invalid, match="sign or answer"):
        roles.end_role(role=head, by=SYSTEM)
    settle(elm, "deputy", Power.ANSWER)
    with pytest.raises(Invalid, match="no head here"):
        roles.end_role(role=head, by=SYSTEM)
    role(Post.EXECUTIVE_HEAD, oak)
    assert roles.end_role(role=head, by=SYSTEM).ended_at


def test_the_last_manager_stays_whatever_was_settled(elm: Partnership) -> None:
    manager = role(Post.MANAGER, elm)
    role("office_admin", elm)
    settle(elm, "office_admin", Power.RUN, Power.MONEY)
    with pytest.raises(Refused, match="only manager"):
        roles.end_role(role=manager, even_if_last=True, by=SYSTEM)
    settle(elm, Post.MANAGER)
    assert standing_of(manager.person).can(Power.RUN, partnership=elm.pk)


def test_a_post_that_ended_a_second_ago_opens_nothing(oak: School, elm: Partnership) -> None:
    settle(elm, "deputy", Power.ANSWER)
    deputy = role("deputy", oak)
    role(Post.HEAD, oak)
    roles.end_role(role=deputy, even_if_last=True, by=SYSTEM)
    assert not standing_of(deputy.person).roles and not standing_of(deputy.person).memberships
    with pytest.raises(Conflict):
        roles.end_role(role=deputy, even_if_last=True, by=SYSTEM)
    ends = role("sendco", oak, until_on=clock.today())
    assert standing_of(ends.person).roles
    with clock.at(clock.now() + timedelta(days=1)):
        assert not standing_of(ends.person).roles


def test_before_a_post_opens_something_it_is_said_how_many_hold_it_and_what_they_may_do(
    oak: School, elm: Partnership, ash: Partnership
) -> None:
    manager, _ = holder(Post.MANAGER, elm)
    for place in (oak, oak):
        holder("deputy", place)
    holder("deputy", new_school("Not of the partnership", urn=900_519))
    client, address = Client(), reverse("posts:settle_post", args=[elm.slug, "deputy"])
    client.force_login(manager)
    said = {"opens": [Power.ANSWER.value], "is_used": "on", "version": mark_of(settings_of(elm, PostSettings))}
    looked = client.post(address, said).content.decode()
    assert "2 people in 1 school hold this post today." in looked and "Yes, save" in looked
    assert "From now on each of them: answers and signs for the school." in looked and "No longer" not in looked
    assert settings_of(elm, PostSettings) == PostSettings()
    assert agree(client, address, said).status_code == 302 and settings_of(elm, PostSettings).settled["deputy"] == {Power.ANSWER}
    version = mark_of(settings_of(elm, PostSettings))
    assert (
        "No longer any of them: answers and signs" in client.post(address, {"is_used": "on", "version": version}).content.decode()
    )
    unheld = reverse("posts:settle_post", args=[elm.slug, "premises"])
    assert client.post(unheld, {"opens": [Power.NOTE.value], "is_used": "on", "version": version}).status_code == 302
