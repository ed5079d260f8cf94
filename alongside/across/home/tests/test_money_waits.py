"""What waits about fees, and what stands on the cards of money: among it the schools that can be asked now."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.across.home.queries.needs_and_dates import needs_of
from alongside.across.home.queries.ways import door_page
from alongside.ground.core import clock, keys
from alongside.ground.core.declaration import Door
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.members.membership.models import Roll
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import mark_now, settings_of
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.money.budget.actions.years import open_fee_year
from alongside.money.budget.models import FeeYear
from alongside.money.fees.actions import issuing, year_two
from alongside.money.fees.queries.due import count_due
from alongside.money.fees.tests import make
from alongside.money.invoices.tests.make import as_office, room, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
MARCH, APRIL = clock.start_of(date(2023, 3, 20), 12), clock.start_of(date(2023, 4, 3), 12)


def opened(count: int) -> Partnership:
    """A partnership that has asked for its first year and opened the second in March 2023."""
    of = make.issued(count)[0].partnership
    with clock.at(MARCH):
        year_two.open_next_year(partnership=of, by=make.SYSTEM)
    return of


def issue(of: Partnership) -> None:
    """Year 2 goes out at its maximum."""
    issuing.issue_invoices(partnership=of, key=keys.new_key(), number=2, at_maximum=True, seen=UNSEEN, by=make.SYSTEM)


def asked_for(of: Partnership, post: Post = Post.MANAGER) -> list[str]:
    """What the page "Needs you" says to somebody of the office about schools that can be asked for a fee."""
    who = Person.objects.create(name="Office", email=f"{keys.new_key()}@elthorne.example")
    who.roles.create(post=post, partnership=of, from_on=date(2021, 9, 1))
    return [need.words for need in needs_of(of, viewer=replace(standing_of(who), is_proven=True)) if "can be asked" in need.words]


def card(of: Partnership) -> str:
    """What stands on the card of the fees."""
    return next(one.stands for one in door_page(Door.OFFICE, of, viewer=make.office(of)) if one.label == "Fees")


def freeze(of: Partnership) -> None:
    """The roll is frozen."""
    Roll.objects.create(partnership=of, frozen_at=clock.now(), text_hash="0" * 64, count=3, name=of.name)


@pytest.mark.parametrize("post", [Post.MANAGER, Post.FINANCE])
def test_once_the_roll_stands_the_office_is_told_whom_it_can_ask_until_they_are_asked(post: Post) -> None:
    of = make.ready(3)
    assert asked_for(of, post) == [] and card(of) == "3 schools can be asked for the year 1 fee"
    freeze(of)
    assert asked_for(of, post) == ["3 schools can be asked for the year 1 fee now"]
    assert "Ask 3 schools for the fee" in words_of(as_office(of), room(of) + "issue/")
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
    assert asked_for(of, post) == [] and card(of) == "0 of 3 invoices paid"


def test_a_later_year_is_asked_for_from_the_day_of_its_run() -> None:
    of = opened(3)
    FeeYear.objects.filter(partnership=of, number=1).update(next_on=date(2023, 4, 3))
    with clock.at(MARCH):
        assert asked_for(of) == [] and card(of).startswith("3 schools can be asked for the year 2 fee; ")
    with clock.at(APRIL):
        assert asked_for(of) == ["3 schools can be asked for the year 2 fee now"]
        issue(of)
        assert asked_for(of) == [] and card(of) == "0 of 6 invoices paid"


def test_the_run_opens_on_the_first_year_for_which_a_school_waits() -> None:
    of = opened(2)
    with clock.at(MARCH):
        issue(of)
        make.sign(of, make.school(900_701, "Never asked"), from_on=date(2022, 6, 1))
        assert count_due(of, viewer=make.office(of)) == {1: 1, 2: 1}
        assert "Fees, year 1" in words_of(as_office(of), room(of) + "issue/")


def test_a_term_that_the_partnership_has_made_longer_is_owed_also_by_who_left() -> None:
    of = opened(1)
    settings = replace(settings_of(of, MembershipSettings), term_years=3)
    mark = mark_now(of, MembershipSettings)
    Membership.objects.update(until_on=date(2023, 1, 31))
    with clock.at(APRIL):
        open_fee_year(partnership=of, number=3, amount=150_000, by=make.SYSTEM)
        assert 3 not in count_due(of, viewer=make.office(of))
        partnerships.change_settings(partnership=of, settings=settings, version=mark, may=may_run_partnership, by=make.SYSTEM)
        assert count_due(of, viewer=make.office(of))[3] == 1


def test_the_card_says_where_fees_are_not_set_up() -> None:
    assert card(make.partnership()) == "Not set up yet"


def test_every_card_of_money_says_what_stands_in_it_as_its_page_does() -> None:
    of = opened(3)
    viewer = make.office(of)
    with clock.at(APRIL):
        cards = {one.label: one.stands for one in door_page(Door.OFFICE, of, viewer=viewer)}
        client = as_office(of)
        assert cards["Aged debt"] == "3 schools owe £4,500" and "£4,500.00" in words_of(
            client, room(of, "invoices") + "aged-debt/"
        )
        assert cards["Reminders"] == "3 invoices are past the due date"
        assert "3 steps are due today" in words_of(client, room(of, "invoices") + "reminders/")
        assert cards["Bank"] == "No line waits"
        assert cards["Budget"] == "Year 1: nothing promised or spent" and "Year 1" in words_of(client, room(of, "budget"))
        assert cards["For your books"] == "3 invoices; 3 lines ask finance about VAT"
        assert "3 lines went out with “ask finance”" in words_of(client, room(of, "books") + "vat/")
