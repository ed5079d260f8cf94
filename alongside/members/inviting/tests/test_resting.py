"""A school that was just invited, answered, reminded or passed on rests, and all five places say so by one rule."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.members.inviting import actions
from alongside.members.membership.actions import answering, asking
from alongside.members.membership.queries import needs
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def ash(place: Partnership) -> School:
    with clock.at(clock.start_of(date(2022, 2, 24), 9)):
        one = make.asked(place, 1)[0]
        asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    return one


def nothing(place: Partnership, ash: School) -> None:
    pass


def invited(place: Partnership, ash: School) -> None:
    asking.invite_schools(partnership=place, addresses={ash.pk: "new@ash.example"}, seen=UNSEEN, by=make.SYSTEM)


def answered(place: Partnership, ash: School) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        question = make.question(place, ash)
    answering.answer_question(question=question, reply="Because.", by=make.SYSTEM)


def passed_on(place: Partnership, ash: School) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        token = asking.invite_schools(partnership=place, addresses={ash.pk: "new@ash.example"}, seen=UNSEEN, by=make.SYSTEM)[
            ash.pk
        ]
    make.browser().post(
        f"/p/{place.slug}/answer/{token}/pass-on/", {"name": "Bo", "email": "b@ash.example", "post": "head", "deed": "send"}
    )


def reminded(place: Partnership, ash: School) -> None:
    actions.chase(
        partnership=place,
        subject="Shall we?",
        body="Please answer by then, whatever it is.",
        key=keys.new_key(),
        seen=UNSEEN,
        by=make.SYSTEM,
    )


def silent(place: Partnership, on: date) -> int:
    office = make.person(f"Office of {on}", Post.MANAGER, partnership=place)
    running = needs.signups(viewer=office, on=on)
    open_now, ripe = needs.open_and_ripe(running, viewer=office, on=on)
    cut = needs.told_by(open_now, running, on=on)
    found = needs.needs(viewer=office, on=on, open_now=open_now, ripe=ripe, written_by=cut)
    return sum(row[0] == "membership.no_reply" for part in found for row in part)


@pytest.mark.parametrize(
    ("told", "rests"), [(nothing, False), (invited, True), (answered, True), (passed_on, True), (reminded, True)]
)
def test_one_rule_holds_in_all_five_places(
    place: Partnership, ash: School, client: Client, told: Callable[[Partnership, School], None], rests: bool
) -> None:
    told(place, ash)
    at = f"/p/{place.slug}/membership"
    overview, one, ring, chase = (make.read(client.get(f"{at}/{page}")) for page in ("", f"{ash.urn}/", "phone-list/", "chase/"))
    assert ("from 11 March" in overview) is ("from 11 March" in one) is ("from 11 March" in ring) is rests
    assert ("Write to those who may be reminded" in overview) is not rests
    assert ("was written to in the last days: give it time" in overview) is rests
    assert ("1 school was written to in the last days" in chase and "may go from Friday 11 March" in chase) is rests
    assert silent(place, make.TODAY) == int(not rests)
    with clock.at(clock.start_of(date(2022, 3, 11), 10)):
        assert silent(place, date(2022, 3, 11)) == 1, "then it is chased again"
        assert "Write to those who may be reminded" in make.read(client.get(f"{at}/"))


def test_a_resting_school_is_rung_last(place: Partnership, client: Client, ash: School) -> None:
    asking.ask_schools(partnership=place, schools=[beech := make.school(990_077, "Aaa Beech School")], by=make.SYSTEM)
    asking.invite_schools(partnership=place, addresses={beech.pk: "new@beech.example"}, seen=UNSEEN, by=make.SYSTEM)
    page = make.read(client.get(f"/p/{place.slug}/membership/phone-list/"))
    assert page.index(ash.name) < page.index(beech.name)


def test_where_every_school_has_answered_the_page_says_that(place: Partnership, client: Client, ash: School) -> None:
    make.signed(place, ash)
    assert "Every school that was asked has answered." in make.read(client.get(f"/p/{place.slug}/membership/chase/"))
