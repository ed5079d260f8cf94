"""Somebody who acts for a head: what it opens, what stays closed, and how it ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import ACTING, OPENS, Held, Post, Power, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.core.words import short_date
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import acting as actions, roles
from alongside.members.people.models import ActsFor, Role
from alongside.members.people.permissions import may_end_acting, may_let_act
from alongside.members.people.queries import acting as queries
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.acting import acting_for
from alongside.members.people.tests.make import BEGAN, SYSTEM, admitted, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school
from tests.signing_in import enter

DEPUTY = "deputy"


@pytest.fixture
def sam(oak: School) -> Role:
    """Oak's deputy, whose post opens nothing by itself."""
    return role(DEPUTY, oak, person("Sam Okafor", email="sam@oak.example"))


def named(head: Role, colleague: Role) -> ActsFor:
    return actions.let_act(role=head, own=colleague, key=keys.new_key(), by=standing_of(head.person))


def entered(who: Role) -> Client:
    client = Client()
    client.force_login(who.person)
    return client


@pytest.mark.parametrize("power", list(Power))
def test_of_a_heads_post_only_dates_days_and_notes_are_opened(power: Power) -> None:
    made = acting_for(usual(Post.HEAD, school="oak"), "ada", "Ada Osei")
    assert (power in made.opens) is (power in {Power.DATES, Power.DAYS, Power.NOTE})
    assert (made.title, made.acts_for, made.post) == ("Acting for Ada Osei", "ada", Post.HEAD)


def test_a_head_whose_post_opens_less_lends_no_more() -> None:
    assert acting_for(Held(Post.HEAD, "oak", opens=frozenset({Power.DATES, Power.ANSWER})), "ada", "Ada").opens == {Power.DATES}


HEAD, KEEPER = Standing("ada", roles=frozenset({usual(Post.HEAD, school="oak")})), usual(Post.SCHOOL_ADMIN, school="oak")


@pytest.mark.parametrize(("who", "may"), [(HEAD, True), (Standing("bo"), False), (Standing(), False), (SYSTEM, False)])
def test_who_lets_somebody_act(who: Standing, may: bool) -> None:
    assert bool(may_let_act(who, "ada")) is may


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (HEAD, True),
        (Standing("sam"), True),
        (Standing("kit", roles=frozenset({KEEPER})), True),
        (Standing("kit", roles=frozenset({usual(Post.SCHOOL_ADMIN, school="elm")})), False),
        (Standing("kit", roles=frozenset({usual(Post.BUSINESS_MANAGER, school="oak")})), False),
        (Standing(), False),
        (SYSTEM, True),
    ],
)
def test_who_ends_it(who: Standing, may: bool) -> None:
    assert bool(may_end_acting(who, "ada", "sam", "oak")) is may


@pytest.mark.slow
def test_a_head_names_a_colleague_and_both_see_it(ada: Role, sam: Role, elm: Partnership) -> None:
    page = entered(ada).get(reverse("people:acting")).content.decode()
    assert "Sam Okafor, deputy headteacher" in page
    value = f"{ada.pk}.{sam.pk}"
    answer = entered(ada).post(reverse("people:acting"), {"colleague": value, "key": keys.new_key()}, follow=True)
    assert "Sam Okafor acts for you from now on" in answer.content.decode()
    assert Notice.objects.get(kind="people.acting").to == "sam@oak.example"
    theirs = entered(sam).get(reverse("people:acting")).content.decode()
    assert "You act for Ada Osei" in theirs and "What you may do for them" in theirs and "“Sam Okafor for Ada Osei”" in theirs
    assert "acts for you" not in theirs.split("<main")[1] and "What they may do" not in theirs
    assert "Acts for Ada Osei" in entered(ada).get(reverse("people:school", args=[elm.slug, 900_501])).content.decode()


def test_whoever_acts_keeps_the_dates_and_signs_nothing(ada: Role, sam: Role, oak: School) -> None:
    before = standing_of(sam.person)
    assert not any(before.can(power, school=oak.pk) for power in Power)
    named(ada, sam)
    who = standing_of(sam.person)
    assert {power for power in Power if who.can(power, school=oak.pk)} == ACTING
    assert OPENS[Post.HEAD] - ACTING == {Power.ANSWER, Power.PEOPLE}
    assert who.acted_for == {ada.person_id} and who.named_in(oak.pk) == "Sam Okafor for Ada Osei"
    assert who.named_in(None) == "Sam Okafor"


@pytest.mark.parametrize("what_ends", ["the head's post", "their own post", "it"])
def test_it_ends(ada: Role, sam: Role, oak: School, what_ends: str) -> None:
    made = named(ada, sam)
    if what_ends == "it":
        actions.end_acting(acting=made, by=standing_of(ada.person))
    else:
        roles.end_role(role=ada if what_ends == "the head's post" else sam, even_if_last=True, by=SYSTEM)
    who = standing_of(sam.person)
    assert not who.acted_for and not who.can(Power.DATES, school=oak.pk)
    assert queries.my_acting(viewer=who) == queries.my_acting(viewer=standing_of(ada.person)) == ([], [])


def test_a_head_who_comes_later_lends_nothing_before_their_first_day(oak: School, sam: Role) -> None:
    coming = role(Post.HEAD, oak, person("Cy Coming"), from_on=clock.today() + timedelta(days=3))
    ActsFor.objects.create(role=coming, own=sam, person=sam.person, began_at=clock.now())
    assert not standing_of(sam.person).acted_for


def test_nobody_is_named_who_holds_no_post_in_the_school(ada: Role, sam: Role) -> None:
    elsewhere = role(DEPUTY, new_school("Fir School", urn=900_503), person("Una Unknown"))
    gone = role(DEPUTY, sam.school, person("Gus Gone"), until_on=clock.today() - timedelta(days=1))
    for own in (elsewhere, gone, ada):
        with pytest.raises(Invalid):
            named(ada, own)
    page = entered(ada).post(reverse("people:acting"), {"colleague": f"{ada.pk}.{gone.pk}", "key": keys.new_key()})
    assert "There is a problem" in page.content.decode() and not ActsFor.objects.exists()


def test_whoever_acts_hands_it_on_to_nobody(ada: Role, sam: Role, oak: School) -> None:
    named(ada, sam)
    kit = role(Post.BUSINESS_MANAGER, oak, person("Kit"))
    for theirs in (ada, sam):
        with pytest.raises((Refused, Invalid)):
            actions.let_act(role=theirs, own=kit, key=keys.new_key(), by=standing_of(sam.person))


def test_named_twice_is_named_once(ada: Role, sam: Role) -> None:
    said = {"colleague": f"{ada.pk}.{sam.pk}", "key": keys.new_key()}
    assert [entered(ada).post(reverse("people:acting"), said).status_code for _ in range(2)] == [302, 302]
    assert Notice.objects.filter(kind="people.acting").count() == ActsFor.objects.count() == 1
    with pytest.raises(Invalid):
        named(ada, sam)


def test_the_same_press_after_it_ended_says_that_it_has(ada: Role, sam: Role) -> None:
    key, by = keys.new_key(), standing_of(ada.person)
    actions.end_acting(acting=actions.let_act(role=ada, own=sam, key=key, by=by), by=by)
    with pytest.raises(Conflict):
        actions.let_act(role=ada, own=sam, key=key, by=by)


def test_what_ended_with_a_post_does_not_come_back_with_another(ada: Role, sam: Role, oak: School) -> None:
    named(ada, sam)
    roles.end_role(role=sam, even_if_last=True, by=SYSTEM)
    role("clerk", oak, sam.person)
    assert not standing_of(sam.person).acted_for
    assert named(ada, Role.objects.get(person=sam.person, post="clerk")).person_id == sam.person_id


def test_acting_opens_no_partnership_in_which_ones_own_post_does_not_count(ada: Role, elm: Partnership, oak: School) -> None:
    birch = new_partnership("Birch")
    admitted(birch, oak)
    vic = Role.objects.create(person=person("Vic"), post=DEPUTY, school=oak, through=birch, from_on=BEGAN)
    named(ada, vic)
    who = standing_of(vic.person)
    assert who.acted_for and who.partnerships == {birch.pk} and not who.can(Power.DATES, partnership=elm.pk)


def test_a_head_of_many_schools_costs_no_more(ada: Role, sam: Role, django_assert_max_num_queries: Any) -> None:
    for number in range(6):
        place = new_school(f"Further {number}", urn=900_600 + number)
        role(Post.EXECUTIVE_HEAD, place, ada.person)
        role(DEPUTY, place)
    by = standing_of(ada.person)
    with django_assert_max_num_queries(4):
        assert len(queries.who_could_act(queries.my_headships(viewer=by), viewer=by)) == 7


def test_ended_twice_says_so_and_ends_once(ada: Role, sam: Role) -> None:
    made = named(ada, sam)
    actions.end_acting(acting=made, by=standing_of(sam.person))
    assert not Notice.objects.filter(kind="people.acting_ended").exists(), "whoever ends it themselves is not told"
    with pytest.raises(Conflict):
        actions.end_acting(acting=made, by=standing_of(ada.person))


def test_a_deed_in_the_school_says_for_whom_it_was_done(ada: Role, sam: Role, elm: Partnership, oak: School) -> None:
    named(ada, sam)
    from alongside.ground.audit.actions import recording

    for school, by in ((oak.pk, sam), ("", sam), (oak.pk, ada)):
        recording.record("people.change_details", school=school, by=standing_of(by.person))
    told = Event.objects.filter(act="people.change_details").order_by("pk").values_list("facts", flat=True)
    assert [facts.get("acts_for") for facts in told] == [ada.person_id, None, None]


def test_the_own_page_says_for_whom_one_acts_and_until_when(ada: Role, sam: Role, oak: School) -> None:
    assert queries.i_act_for(viewer=standing_of(sam.person)) == []
    named(ada, sam)
    last = clock.today() + timedelta(days=100)
    Role.objects.filter(pk=ada.pk).update(until_on=last)
    page = enter(Client(), sam.person).get("/me/", follow=True).content.decode()
    assert "You act for <strong>Ada Osei</strong>" in page and f"Until {short_date(last)}." in page and "you sign nothing" in page
    Role.objects.filter(pk=ada.pk).update(until_on=None)
    assert "Until either of you ends it." in enter(Client(), sam.person).get("/me/", follow=True).content.decode()
    assert "You act for" not in enter(Client(), ada.person).get("/me/", follow=True).content.decode()
