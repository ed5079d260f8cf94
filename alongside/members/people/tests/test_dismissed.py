"""What somebody sent to the office opens nothing once they may not send it any more (authority is asked when it is used)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations, roles, succession
from alongside.members.people.models import Invitation, Role
from alongside.members.people.queries.invitations import openness_of
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.roles import InvitationState
from alongside.members.people.tests.make import SYSTEM, person, role
from alongside.members.people.tests.proving import enter, with_app
from alongside.members.schools.models import School

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limits_used_up"), pytest.mark.on(2022, 3, 8)]
TODAY = date(2022, 3, 8)


@pytest.fixture
def kim(elm: Partnership) -> Role:
    """Another manager."""
    return role(Post.MANAGER, elm, person("Kim Second"))


def sent(mo: Role, elm: Partnership, post: Post = Post.MANAGER) -> tuple[Invitation, str]:
    facts = {"email": "home@evil.example", "name": "Me again", "post": post, "partnership": elm}
    row, token, _ = invitations.invite(**facts, by=standing_of(mo.person))
    return row, token


@pytest.mark.parametrize("post", [Post.MANAGER, Post.FINANCE])
def test_a_dismissed_manager_does_not_come_back_by_what_they_sent(mo: Role, kim: Role, elm: Partnership, post: Post) -> None:
    row, token = sent(mo, elm, post)
    browser, address = enter(kim.person), reverse("people:office_end_role", args=[elm.slug, mo.pk])
    with_app(browser)
    assert "Mo Manager invited Me again (home@evil.example) to the office" in browser.get(address).content.decode()
    assert browser.post(address, {"when": "now", "sure": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.state == InvitationState.CANCELLED and row.closed_at
    answer = Client().post(reverse("people:invitation", args=[token]), {"name": "Me again"})
    assert answer.status_code == 410 and Role.objects.count() == 2


@pytest.mark.parametrize("ends", ["by a day that came", "by a row that was written by hand", "by leaving"])
def test_it_is_asked_again_when_the_link_is_used(mo: Role, kim: Role, elm: Partnership, ends: str, time_is) -> None:
    row, token = sent(mo, elm)
    if ends == "by a day that came":
        roles.end_role(role=mo, until_on=TODAY + timedelta(days=3), by=standing_of(kim.person))
        assert openness_of(row), "until that day they run the partnership"
        time_is(TODAY + timedelta(days=4))
    elif ends == "by leaving":
        roles.end_role(role=mo, by=standing_of(mo.person))
    else:
        Role.objects.filter(pk=mo.pk).update(until_on=TODAY - timedelta(days=1))
    row.refresh_from_db()
    assert not openness_of(row)
    with pytest.raises(Conflict):
        invitations.accept_invitation(token=token, name="Me again", by=Standing())
    if row.state == InvitationState.OPEN:  # another manager sends it in their own name
        _, again, _ = invitations.renew_invitation(invitation=row, by=standing_of(kim.person))
        assert invitations.accept_invitation(token=again, name="Nia", by=Standing())


def test_who_follows_comes_after_the_last_day_and_not_after_a_dismissal(mo: Role, kim: Role, elm: Partnership, time_is) -> None:
    first = TODAY + timedelta(days=10)
    next_one = {"name": "Bo", "email": "bo@elm.example", "from_on": first}
    row = succession.invite_successor(role=mo, partnership=elm, **next_one, key=keys.new_key(), by=standing_of(mo.person))
    roles.end_role(role=mo, until_on=TODAY + timedelta(days=5), by=standing_of(mo.person))
    time_is(TODAY + timedelta(days=7))
    row.refresh_from_db()
    assert openness_of(row)
    Role.objects.filter(pk=mo.pk).update(until_on=None)
    mo.refresh_from_db()
    roles.end_role(role=mo, even_if_last=True, by=standing_of(kim.person))
    row.refresh_from_db()
    assert row.state == InvitationState.CANCELLED


def test_what_the_system_or_a_colleague_sent_stays_and_so_does_a_schools(
    mo: Role, kim: Role, ada: Role, elm: Partnership, oak: School
) -> None:
    to_office = {"post": Post.FINANCE, "partnership": elm}
    rows = [
        invitations.invite(email="a@elm.example", **to_office, by=SYSTEM)[0],
        invitations.invite(email="b@elm.example", **to_office, by=standing_of(kim.person))[0],
        invitations.invite(email="c@oak.example", post=Post.HEAD, school=oak, partnership=elm, by=standing_of(mo.person))[0],
    ]
    finance = role(Post.FINANCE, elm, mo.person)  # a manager who was the finance officer too
    own, _ = sent(mo, elm)
    roles.end_role(role=finance, by=standing_of(kim.person))
    assert openness_of(Invitation.objects.get(pk=own.pk))
    roles.end_role(role=mo, by=standing_of(kim.person))
    assert all(openness_of(Invitation.objects.get(pk=row.pk)) for row in rows)
    assert not openness_of(Invitation.objects.get(pk=own.pk))
