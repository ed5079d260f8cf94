"""A page that is for several schools speaks of all of them: heading, tick box, what it costs, what holds late."""

from datetime import date

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.members.membership.actions import asking
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def academies(place: Partnership) -> list[School]:
    return make.asked(place, 3, type="Academy converter")


@pytest.fixture
def officer(academies: list[School]) -> Standing:
    who = make.head(academies[0], Post.TRUST_OFFICER)
    for one in academies[1:]:
        who = make.person_also(who, Post.TRUST_OFFICER, school=one)
    return who


def test_who_signs_for_three_reads_the_plural_and_what_it_comes_to(
    place: Partnership, academies: list[School], officer: Standing
) -> None:
    address = f"/p/{place.slug}/membership/answer/{academies[0].urn}/?choice=sign"
    page = make.read(make.browser(officer).get(address))
    assert '<span class="al-caption">3 schools</span>' in page
    assert "sign it for the schools ticked" in page and "sign it for the school<" not in page
    assert "Each school: £1,500 a year for two years, £3,000 at most in all" in page
    assert "For the 3 schools ticked: £4,500 a year, £9,000 at most in all." in page
    again = make.browser(officer).post(address, {"schools": [one.pk for one in academies[:2]], "key": keys.new_key()})
    assert "<strong>For the 2 schools ticked: £3,000 a year, £6,000 at most in all.</strong>" in make.read(again)


@pytest.mark.parametrize(
    ("choice", "caption"), [("subject", "3 schools"), ("decline", "3 schools"), ("question", "Ash School 1")]
)
def test_every_other_form_names_whom_it_is_for(
    place: Partnership, academies: list[School], officer: Standing, choice: str, caption: str
) -> None:
    page = make.read(make.browser(officer).get(f"/p/{place.slug}/membership/answer/{academies[0].urn}/?choice={choice}"))
    assert f'<span class="al-caption">{caption}</span>' in page


def test_the_last_of_several_is_spoken_of_alone(place: Partnership, academies: list[School], officer: Standing) -> None:
    make.signed(place, *academies[1:], by=officer, authority="trust")
    page = make.read(make.browser(officer).get(f"/p/{place.slug}/membership/answer/{academies[0].urn}/?choice=sign"))
    assert '<span class="al-caption">Ash School 1</span>' in page and "ticked" not in page
    assert "I have read the agreement and sign it for the school" in page


def test_what_holds_late_speaks_of_the_schools(place: Partnership, academies: list[School], officer: Standing) -> None:
    with clock.at(clock.start_of(date(2022, 3, 19), 10)):
        page = make.read(make.browser(officer).get(f"/p/{place.slug}/membership/answer/{academies[0].urn}/?choice=sign"))
    assert "Your schools belong from today" in page


def test_what_it_costs_stands_on_every_page_that_an_invitation_opens(place: Partnership, academies: list[School]) -> None:
    said = "£1,500 a year for two years, £3,000 at most in all, until Saturday 31 August 2024"
    token = asking.invite_schools(partnership=place, addresses={academies[0].pk: "h@ash.example"}, seen=UNSEEN, by=make.SYSTEM)[
        academies[0].pk
    ]
    for query in ("", "?choice=question", "?choice=subject", "?choice=decline", "?choice=sign", "?choice=read"):
        page = make.read(make.browser().get(f"/p/{place.slug}/answer/{token}/{query}"))
        assert said in page.split("At a glance")[1], query
    with clock.at(clock.start_of(date(2023, 10, 2), 10)):
        own = make.read(make.browser(make.head(academies[0])).get(f"/p/{place.slug}/membership/answer/{academies[0].urn}/"))
    assert said not in own.split("At a glance")[1], "what is asked of who signs late is told where one signs"
