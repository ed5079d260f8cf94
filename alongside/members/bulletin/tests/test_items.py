"""Whose an item is: sent in, taken or not, changed, shown to those for whom it is, and too late."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.bulletin import actions, queries
from alongside.members.bulletin.models import Bulletin, Item
from alongside.members.bulletin.rules import ItemState
from alongside.members.bulletin.tests import make
from alongside.members.bulletin.tests.make import THURSDAY, Place
from alongside.members.membership.tests.make import person, school
from alongside.members.notices.models import Notice
from alongside.members.partnerships import actions as partnerships
from alongside.members.people.actions.acting import let_act
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.acting import my_headships
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SYSTEM = Standing.system()


def test_what_a_school_sends_in_waits_and_what_the_office_does_goes(place: Place) -> None:
    theirs, ours = make.item(place.partnership, place.head), make.item(place.partnership, place.manager)
    assert (theirs.item_state, ours.item_state) == (ItemState.PROPOSED, ItemState.APPROVED)
    again = actions.propose_item(
        partnership=place.partnership, title=theirs.title, words=theirs.words, key=theirs.pk, by=place.head
    )
    assert again == theirs and Item.objects.count() == 2
    outsider = person("Zed", Post.HEAD, school=school(990_050))
    with pytest.raises(Refused):
        make.item(place.partnership, outsider)
    with pytest.raises(Invalid):
        make.request(place.partnership, place.head, minutes=None)


def test_what_was_not_sent_is_shown_to_the_office_and_to_whoever_sent_it_in_while_they_belong(place: Place) -> None:
    make.item(place.partnership, place.head)

    def shown() -> list[bool]:
        asked = (place.manager, place.head, place.bursar, place.other, Standing(person=place.head.person))
        return [Item.objects.visible_to(who).exists() for who in asked]

    assert shown() == [True, True, False, False, False]


def test_the_office_takes_an_item_or_says_why_not_and_the_author_hears(place: Place) -> None:
    one, other = make.item(place.partnership, place.head), make.item(place.partnership, place.head, title="Cake sale")
    with pytest.raises(Refused):
        actions.approve_item(item=one, by=place.head)
    assert actions.approve_item(item=one, by=place.manager).item_state is ItemState.APPROVED
    actions.decline_item(item=other, reason="It is for one school only.", by=place.manager)
    told = Notice.objects.get(kind="bulletin.declined")
    assert told.to == "ann@example.org" and "for one school only" in told.body
    with pytest.raises(Conflict):
        actions.decline_item(item=other, reason="Again", by=place.manager)


def test_who_has_left_is_not_told_that_their_item_was_not_taken(place: Place) -> None:
    one = make.item(place.partnership, place.head)
    Role.objects.filter(person=place.head.person).update(until_on=date(2022, 3, 6))
    assert actions.decline_item(item=one, reason="No", by=place.manager).told is None
    assert not Notice.objects.filter(kind="bulletin.declined").exists()


def test_what_was_not_taken_is_changed_and_sent_in_again_by_its_author(place: Place) -> None:
    one, said = make.item(place.partnership, place.head), {"title": "New", "words": "Other words"}
    actions.decline_item(item=one, reason="It is for one school only.", by=place.manager)
    with pytest.raises(Refused):
        actions.change_item(item=Item.objects.get(), version=1, by=place.other, **said)
    again = actions.change_item(item=Item.objects.get(), version=1, by=place.head, **said)
    assert (again.item_state, again.declined_because) == (ItemState.PROPOSED, "")
    assert actions.approve_item(item=again, by=place.manager).title == "New"
    with pytest.raises(Refused):
        actions.withdraw_item(item=again, by=place.head)


def test_who_acts_for_a_head_sends_in_for_them_and_it_is_the_heads_too(place: Place) -> None:
    deputy = person("Lee", "deputy", school=place.oak)
    (head,) = my_headships(viewer=place.head)
    let_act(role=head, own=Role.objects.get(person=deputy.person), key=keys.new_key(), by=place.head)
    lee = standing_of(Person.objects.get(pk=deputy.person))
    one = make.item(place.partnership, lee)
    assert (one.author_name, one.authors) == ("Lee for Ann", [lee.person, place.head.person])
    actions.change_item(item=one, version=1, title="New", words="Other words", by=place.head)
    assert queries.items_open(place.partnership, viewer=place.head) == [one] == queries.items_open(place.partnership, viewer=lee)
    Role.objects.filter(person=lee.person).update(until_on=date(2022, 3, 6))
    told = actions.decline_item(item=Item.objects.get(), reason="No", by=place.manager).told
    assert told and told.person == place.head.person
    assert make.item(place.partnership, place.head).authors == [place.head.person]


def test_an_item_is_shown_to_those_for_whom_it_is_its_author_and_the_office(place: Place) -> None:
    asked = school(990_003, "Ash")
    partnerships.ask_schools(partnership=place.partnership, schools=[asked], by=SYSTEM)
    zed, chair = person("Zed", Post.HEAD, school=asked), person("Cy", Post.GOVERNOR_CHAIR, school=place.oak)
    everybody = {"manager": place.manager, "ann": place.head, "bo": place.bursar, "eve": place.other, "cy": chair, "zed": zed}
    for title, facts, by in (
        ("all", {}, place.manager),
        ("heads", {"posts": ["head"]}, place.manager),
        ("secondary heads", {"posts": ["head"], "phases": ["Secondary"]}, place.manager),
        ("primary", {"phases": ["Primary"]}, place.manager),
        (
            "asked of bursars",
            {"posts": ["business_manager"], "is_request": True, "by_on": date(2022, 3, 31), "minutes": 5},
            place.manager,
        ),
        ("of Bo, to heads", {"posts": ["head"]}, place.bursar),
    ):
        one = make.item(place.partnership, by, title=title, **facts)
        if by is place.bursar:
            actions.approve_item(item=one, by=place.manager)
    gone = make.sent(place.partnership)
    every = {one.title for one in Item.objects.all()}
    seen = {name: {one.title for one in Item.objects.visible_to(who)} for name, who in everybody.items()}
    assert seen == {
        "manager": every,
        "ann": {"all", "heads", "primary", "asked of bursars", "of Bo, to heads"},  # she keeps the dates of Oak
        "bo": {"all", "primary", "asked of bursars", "of Bo, to heads"},
        "eve": {"all", "heads", "secondary heads", "asked of bursars", "of Bo, to heads"},
        "cy": {"all", "primary"},
        "zed": set(),
    }
    assert gone and {one.title for one in queries.items_for(gone, viewer=chair)} == {"all", "primary"}
    assert [Bulletin.objects.visible_to(who).exists() for who in everybody.values()] == [True] * 5 + [False]
    for who in everybody.values():
        client = enter(Client(), Person.objects.get(pk=who.person))
        for one in Item.objects.all():
            page = client.get(reverse("bulletin:item", args=[place.partnership.slug, one.pk]))
            assert page.status_code == (200 if one.title in seen[next(n for n, w in everybody.items() if w is who)] else 404)
        there = client.get(reverse("bulletin:bulletins", args=[place.partnership.slug])).status_code
        assert there == (403 if who is zed else 200)


def test_a_request_that_missed_its_day_goes_in_no_bulletin_and_waits_for_the_office(place: Place) -> None:
    late = make.request(place.partnership, place.manager)
    Item.objects.update(by_on=date(2022, 3, 9))  # as when the bulletin is moved to a later day of the week
    late.refresh_from_db()
    client = enter(Client(), Person.objects.get(pk=place.manager.person))
    page = reverse("bulletin:item", args=[place.partnership.slug, late.pk])

    def needed() -> bool:
        words = "An item for the bulletin missed its day: change it or take it back"
        return words in client.get(reverse("home:me"), follow=True).content.decode()

    assert not needed()
    assert "Its day comes before the bulletin" in client.get(page).content.decode()
    assert not queries.next_one(place.partnership, THURSDAY, viewer=place.manager).items
    assert queries.with_items_to_go(viewer=SYSTEM) == [place.partnership]
    with clock.at(clock.start_of(THURSDAY, 9)):
        assert queries.with_items_to_go(viewer=SYSTEM) == [] and make.sent(place.partnership) is None
        assert needed()
        said = client.get(page).content.decode()
        assert "Its day has passed" in said and "In the next bulletin" not in said and "Change the day, or take it back" in said
        listed = client.get(reverse("bulletin:bulletins", args=[place.partnership.slug])).content.decode()
        assert "Its day has passed" in listed
        actions.change_item(
            item=late, version=1, title=late.title, words=late.words, is_request=True, by_on=date(2022, 3, 31), minutes=10,
            by=place.manager,
        )  # fmt: skip
        assert not needed()
        assert queries.with_items_to_go(viewer=SYSTEM) == [place.partnership]


def test_no_request_is_sent_in_changed_or_taken_for_a_day_before_the_bulletin(place: Place) -> None:
    with pytest.raises(Invalid, match="goes on 10 March: choose that day or a later one"):
        make.request(place.partnership, place.head, by_on=date(2022, 3, 9))
    one = make.request(place.partnership, place.head, by_on=THURSDAY)
    said = {"title": "New", "words": "Other words", "is_request": True, "minutes": 5}
    with pytest.raises(Invalid, match="goes on 10 March"):
        actions.change_item(item=one, version=1, by=place.head, **said, by_on=date(2022, 3, 9))
    Item.objects.update(by_on=date(2022, 3, 9))
    with pytest.raises(Conflict, match="goes on 10 March 2022, after the day"):
        actions.approve_item(item=Item.objects.get(), by=place.manager)


def test_whoever_asks_by_a_weekend_is_told_so_first(place: Place) -> None:
    head = enter(Client(), Person.objects.get(pk=place.head.person))
    typed = {"title": "Census", "words": "Please look.", "is_request": "on", "minutes": "10", "key": keys.new_key()}
    address = reverse("bulletin:propose", args=[place.partnership.slug])

    def sent(day: str, **more: str) -> str:
        on = {"by_on_day": day, "by_on_month": "3", "by_on_year": "2022"}
        return head.post(address, {**typed, **on, **more}, follow=True).content.decode()

    early = sent("6")
    assert "Enter a coming day" in early and "schools are closed" not in early
    told = sent("20")
    assert "On Sunday 20 March 2022 schools are closed: the weekend." in told and not Item.objects.exists()
    assert "They are open on" in told
    looked = told.split('name="looked" value="')[1].split('"')[0]
    sent("20", looked=looked)
    one = Item.objects.get()
    assert one.by_on == date(2022, 3, 20)
    same = {"by_on_day": "20", "by_on_month": "3", "by_on_year": "2022", "version": "1", **typed, "title": "New"}
    head.post(reverse("bulletin:change", args=[place.partnership.slug, one.pk]), same)
    one.refresh_from_db()
    assert one.title == "New"  # the same day is not looked at again


def test_a_day_that_was_typed_without_the_tick_is_not_thrown_away(place: Place) -> None:
    for typed in ({"by_on": date(2022, 3, 31)}, {"minutes": 10}):
        with pytest.raises(Invalid, match="Tick this if schools are asked"):
            make.item(place.partnership, place.head, **typed)
    head = enter(Client(), Person.objects.get(pk=place.head.person))
    typed = {
        "title": "Census",
        "words": "Please look.",
        "minutes": "10",
        "by_on_day": "31",
        "by_on_month": "3",
        "by_on_year": "2022",
    }
    page = head.post(reverse("bulletin:propose", args=[place.partnership.slug]), {**typed, "key": keys.new_key()})
    said = page.content.decode()
    assert said.count("Tick this if schools are asked") == 2 and 'value="31"' in said and not Item.objects.exists()


def test_an_item_is_changed_by_its_author_until_the_office_took_it(place: Place) -> None:
    one = make.item(place.partnership, place.head)
    said = {"title": "New", "words": "Other words", "posts": ["head"]}
    actions.change_item(item=one, version=1, by=place.head, **said)
    with pytest.raises(Stale):
        actions.change_item(item=Item.objects.get(), version=1, by=place.manager, **{**said, "title": "Mine"})
    with pytest.raises(Invalid):
        actions.change_item(item=Item.objects.get(), version=2, by=place.head, **said, is_request=True)
    actions.approve_item(item=one, by=place.manager)
    with pytest.raises(Refused):
        actions.change_item(item=Item.objects.get(), version=2, by=place.head, **said)
    make.sent(place.partnership)
    with pytest.raises(Conflict):
        actions.change_item(item=Item.objects.get(), version=2, by=place.manager, **said)


def test_a_request_whose_day_has_come_is_not_taken_nor_sent(place: Place) -> None:
    late, soon = make.request(place.partnership, place.head), make.request(place.partnership, place.manager)
    Item.objects.update(by_on=date(2022, 3, 9))
    late.refresh_from_db()
    assert make.sent(place.partnership) is None
    with clock.at(clock.start_of(date(2022, 3, 9), 9)), pytest.raises(Conflict, match="has come"):
        actions.approve_item(item=late, by=place.manager)
    assert Item.objects.get(pk=soon.pk).item_state is ItemState.APPROVED
