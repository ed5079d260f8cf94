"""A successor takes the post by saying yes: no invitation that nobody answers leaves a school without a head."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Power, Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.web.needs import NeedRow
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import invitations, roles, succession
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.queries import needs, roles as roles_queries
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.roles import InvitationState
from alongside.members.people.tests.make import SYSTEM, admitted, role
from alongside.members.schools.models import School

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 6, 1)]
TODAY, SEPTEMBER = date(2022, 6, 1), date(2022, 9, 1)
FIRST_OF_SEPTEMBER = {"from_on_day": "1", "from_on_month": "9", "from_on_year": "2022"}


def entered(who: Person) -> Client:
    client = Client()
    client.force_login(who)
    return client


class Following:
    """Invites whoever comes next, and keeps the link that went to them."""

    def __init__(self, elm: Partnership, mailoutbox: list, on_commit: Any) -> None:
        self.elm, self.mail, self.on_commit = elm, mailoutbox, on_commit

    def invite(self, held: Role, by: Standing = SYSTEM, **facts: Any) -> tuple[Invitation, str]:
        words = {"name": "Bo Next", "email": "bo@oak.example", "from_on": SEPTEMBER, "key": keys.new_key(), **facts}
        with self.on_commit(execute=True):
            made = succession.invite_successor(role=held, partnership=self.elm, **words, by=by)
        return made, str(self.mail[-1].body.split("/i/")[1].split("/")[0])


@pytest.fixture
def following(elm: Partnership, mailoutbox: list, django_capture_on_commit_callbacks: Any) -> Following:
    return Following(elm, mailoutbox, django_capture_on_commit_callbacks)


def accept(token: str, name: str = "Bo Next") -> Person:
    return invitations.accept_invitation(token=token, name=name, by=Standing())


def days_without_a_head(oak: School, first: date = TODAY, last: date = date(2023, 8, 31)) -> list[date]:
    turns = {first, last}  # between the days on which somebody begins or leaves nothing changes
    for begins, ends in Role.objects.filter(school=oak, post=Post.HEAD).values_list("from_on", "until_on"):
        turns |= {begins - timedelta(days=1), begins} | ({ends, ends + timedelta(days=1)} if ends else set())
    days = sorted(day for day in turns if first <= day <= last)
    return [day for day in days if not Role.objects.held(day).filter(school=oak, post=Post.HEAD).exists()]


def ends(held: Role) -> date | None:
    held.refresh_from_db()
    return held.until_on


def test_nobody_leaves_by_an_invitation_and_the_page_shows_both(ada: Role, elm: Partnership, following: Following) -> None:
    client = entered(ada.person)
    page = client.post(
        reverse("people:invite_successor", args=[elm.slug, ada.pk]),
        {"key": keys.new_key(), "name": "Bo <b>Next", "email": "bo@oak.example", **FIRST_OF_SEPTEMBER},
        follow=True,
    ).content.decode()
    assert "Bo &lt;b&gt;Next" in page and "Bo <b>Next" not in page, "only the product's own words may hold a link"
    assert ends(ada) is None and "Ada Osei stays in the post until the answer is yes" in page
    assert "from 1 September 2022" in page and "until 31 August" not in page
    assert not days_without_a_head(ada.school)


def test_the_successor_begins_the_day_after_the_one_before(ada: Role, following: Following) -> None:
    _, token = following.invite(ada, by=standing_of(ada.person))
    assert "from 1 September 2022" in following.mail[-1].body
    bo = accept(token)
    assert ends(ada) == date(2022, 8, 31)
    for moment, who in ((clock.start_of(date(2022, 8, 31), 23), ada.person), (clock.start_of(SEPTEMBER, 0, 1), bo)):
        with clock.at(moment):
            assert [one for one in (ada.person, bo) if standing_of(one).roles] == [who]


@pytest.mark.parametrize("ada_leaves", [None, date(2022, 12, 31)])
@pytest.mark.parametrize("how", ["withdrawn", "expired", "replaced", "never answered"])
def test_an_invitation_that_comes_to_nothing_changes_nothing(
    ada: Role, oak: School, following: Following, ada_leaves: date | None, how: str
) -> None:
    Role.objects.filter(pk=ada.pk).update(until_on=ada_leaves)
    made, token = following.invite(ada)
    match how:
        case "withdrawn":
            invitations.cancel_invitation(invitation=made, by=SYSTEM)
        case "expired":
            Invitation.objects.update(expires_at=clock.now())
        case "replaced":
            following.invite(ada, email="cy@oak.example", name="Cy", from_on=date(2022, 10, 1))
    assert ends(ada) == ada_leaves
    assert not days_without_a_head(oak, last=ada_leaves or date(2023, 8, 31))
    if how != "never answered":
        with pytest.raises(Conflict):
            accept(token)
        assert ends(ada) == ada_leaves


def test_who_says_yes_late_begins_that_day_and_the_one_before_stays_till_then(
    ada: Role, oak: School, following: Following
) -> None:
    _, token = following.invite(ada)
    with clock.at(clock.start_of(date(2022, 9, 5), 12)):
        assert standing_of(ada.person).can(Power.ANSWER)
        bo = accept(token)
        assert standing_of(bo).can(Power.ANSWER) and not standing_of(ada.person).roles
    assert ends(ada) == date(2022, 9, 4) and not days_without_a_head(oak)


def test_a_successor_counts_where_the_post_counted_on_whichever_page_they_were_invited(
    ada: Role, oak: School, following: Following
) -> None:
    """A head with a post through each of two partnerships sees both on the pages of either."""
    fir = new_partnership("Fir Downs")
    admitted(fir, oak)
    Role.objects.filter(pk=ada.pk).update(through=following.elm)
    of_fir = Role.objects.create(person=ada.person, post=Post.HEAD, school=oak, through=fir, from_on=ada.from_on)
    _, token = following.invite(of_fir, by=standing_of(ada.person))
    bo = accept(token)
    with clock.at(clock.start_of(SEPTEMBER, 12)):
        assert {one.through for one in standing_of(bo).roles} == {fir.pk}
        assert {one.through for one in standing_of(ada.person).roles} == {following.elm.pk}


def test_whoever_the_school_names_follows_in_every_partnership_and_an_office_cannot(
    ada: Role, mo: Role, oak: School, following: Following
) -> None:
    """Ada is head everywhere; Elm's office names people for Elm only, so it may not put Fir's head out."""
    fir = new_partnership("Fir Downs")
    admitted(fir, oak)
    with pytest.raises(Conflict, match="another partnership as well"):
        following.invite(ada, by=standing_of(mo.person))
    _, token = following.invite(ada, by=standing_of(ada.person))
    bo = accept(token)
    with clock.at(clock.start_of(SEPTEMBER, 12)):
        assert [one.through for one in standing_of(bo).roles] == [None] and not standing_of(ada.person).roles


def test_an_office_names_who_follows_where_the_school_has_no_other_partnership(ada: Role, mo: Role, following: Following) -> None:
    _, token = following.invite(ada, by=standing_of(mo.person))
    bo = accept(token)
    with clock.at(clock.start_of(SEPTEMBER, 12)):
        assert [one.through for one in standing_of(bo).roles] == [following.elm.pk]


def test_another_successor_on_a_later_day_leaves_no_gap(ada: Role, oak: School, following: Following) -> None:
    first, _ = following.invite(ada)
    _, token = following.invite(ada, email="cy@oak.example", name="Cy", from_on=date(2022, 10, 1))
    first.refresh_from_db()
    assert first.state == InvitationState.CANCELLED and Invitation.objects.filter(state=InvitationState.OPEN).count() == 1
    accept(token, "Cy")
    assert ends(ada) == date(2022, 9, 30) and not days_without_a_head(oak)


@pytest.mark.parametrize("ada_leaves", [None, date(2022, 12, 31)])
def test_a_successor_who_will_not_come_after_all_gives_the_post_back(
    ada: Role, oak: School, following: Following, ada_leaves: date | None
) -> None:
    role(Post.SCHOOL_ADMIN, oak)
    Role.objects.filter(pk=ada.pk).update(until_on=ada_leaves)
    _, token = following.invite(ada)
    bo = accept(token)
    assert ends(ada) == date(2022, 8, 31)
    coming = bo.roles.get()
    if ada_leaves is None:
        assert roles_queries.falls_open(coming, viewer=SYSTEM) == (False, []), "Ada goes on, so nothing falls open"
    roles.end_role(role=coming, even_if_last=True, by=SYSTEM)
    assert ends(ada) == ada_leaves and not days_without_a_head(oak, last=ada_leaves or date(2023, 8, 31))


def test_who_has_begun_and_leaves_gives_nothing_back(ada: Role, oak: School, following: Following) -> None:
    _, token = following.invite(ada)
    bo = accept(token)
    with clock.at(clock.start_of(date(2022, 9, 5), 12)):
        roles.end_role(role=bo.roles.get(), even_if_last=True, by=SYSTEM)
        assert ends(ada) == date(2022, 8, 31) and not Role.objects.held(clock.today()).exists()


def test_the_only_manager_goes_when_the_next_has_said_yes(mo: Role, following: Following) -> None:
    _, token = following.invite(mo, email="nia@elm.example")
    assert ends(mo) is None
    accept(token, "Nia")
    assert ends(mo) == date(2022, 8, 31)


def test_an_invitation_passed_on_to_another_post_or_back_to_oneself_ends_no_head(
    ada: Role, oak: School, following: Following, django_capture_on_commit_callbacks: Any
) -> None:
    for address, post in (("bursar@oak.example", Post.BUSINESS_MANAGER), ("head@oak.example", Post.HEAD)):
        _, token = following.invite(ada)
        with django_capture_on_commit_callbacks(execute=True):
            invitations.pass_on(invitation_token=token, email=address, name="X", post=post, by=Standing())
        accept(str(following.mail[-1].body.split("/i/")[1].split("/")[0]))
        assert ends(ada) is None and not days_without_a_head(oak)


def test_whoever_invites_hears_of_the_days_between(ada: Role, elm: Partnership, oak: School) -> None:
    roles.end_role(role=ada, until_on=date(2022, 7, 20), even_if_last=True, by=SYSTEM)
    page = (
        entered(ada.person)
        .post(
            reverse("people:invite_successor", args=[elm.slug, ada.pk]),
            {"key": keys.new_key(), "name": "Bo Next", "email": "bo@oak.example", **FIRST_OF_SEPTEMBER},
            follow=True,
        )
        .content.decode()
    )
    assert "From 21 July 2022 until 31 August 2022 nobody would be headteacher" in page
    assert "From 21 July 2022 Oak School has no head here" in page


def test_a_school_without_a_head_is_said_to_be_without_one(ada: Role, mo: Role, elm: Partnership, oak: School) -> None:
    keeper = role(Post.SCHOOL_ADMIN, oak).person
    page = reverse("people:school", args=[elm.slug, 900_501])

    def headless(who: Person) -> list[tuple[str, str]]:
        found = [NeedRow(*row) for part in needs.needs(viewer=standing_of(who), on=TODAY) for row in part]
        return [(row.key, row.label) for row in found if row.what == "people.without_head"]

    assert b"has no head here" not in entered(keeper).get(page).content and headless(keeper) == headless(mo.person) == []
    end = reverse("people:end_role", args=[elm.slug, ada.pk])
    warned = entered(ada.person).get(end).content.decode()
    assert "Oak School would have no head here. Invite the successor instead" in warned
    assert "There is a problem" in entered(ada.person).post(end, {"when": "now"}).content.decode()
    roles.end_role(role=ada, even_if_last=True, by=SYSTEM)
    assert "Oak School has no head here today. Invite the head who comes next" in entered(keeper).get(page).content.decode()
    assert headless(keeper) == headless(mo.person) == [("900501", "Oak School")]


def test_a_head_who_was_taken_away_before_they_began_is_none(ada: Role, elm: Partnership, oak: School) -> None:
    coming = role(Post.HEAD, oak, from_on=SEPTEMBER)
    roles.end_role(role=ada, until_on=date(2022, 8, 31), by=SYSTEM)
    roles.end_role(role=coming, even_if_last=True, by=SYSTEM)
    page = entered(ada.person).get(reverse("people:school", args=[elm.slug, 900_501])).content.decode()
    assert "From 1 September 2022 Oak School has no head here" in page
