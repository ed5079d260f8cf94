"""What the pages say a year on: to who signs late, and to a member."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core import clock
from alongside.ground.core.shown import UNSEEN
from alongside.members.membership.actions import asking, signing
from alongside.members.membership.models import Roll, RollEntry
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import School

pytestmark = pytest.mark.django_db
YEAR_ON = clock.start_of(date(2023, 4, 17), 10)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Partnership:
    """Years that count from the last day to sign, a roll that was frozen, a member, and a school that is silent."""
    monkeypatch.setattr(make, "DATES", replace(make.DATES, counts_from="sign-up"))
    made = make.partnership()
    with clock.at(clock.start_of(make.TODAY, 10)):
        one, _ = make.asked(made, 2)
        make.signed(made, one)
    with clock.at(clock.start_of(date(2022, 3, 21), 8)):
        signing.freeze_roll(partnership=made, seen=UNSEEN, by=make.SYSTEM)
    return made


def of(place: Partnership, *, signed: bool) -> School:
    return School.objects.get(answers__partnership=place, answers__signature__isnull=not signed)


def test_above_the_text_stands_what_holds_for_who_signs_today(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one = of(place, signed=False)
    with clock.at(YEAR_ON):
        with django_capture_on_commit_callbacks(execute=True):
            token = asking.invite_schools(partnership=place, addresses={one.pk: "h@x.example"}, seen=UNSEEN, by=make.SYSTEM)[
                one.pk
            ]
        first = Client().get(f"/p/{place.slug}/answer/{token}/").content.decode()
        page = Client().get(f"/p/{place.slug}/answer/{token}/?choice=sign").content.decode()
    assert "The last day to sign was" in first and "as it was published" in first
    above = page.partition("The agreement</h2>")[0]
    assert "from today, Monday 17 April 2023, until Monday 18 March 2024" in above and "year 2 of 2" in above
    assert "£3,000" not in page and "ask the office before you sign" in above and "Board first meets" not in page
    assert "£3,000" not in mail.outbox[0].body and "a school may still sign late" in mail.outbox[0].body


def test_by_the_last_day_nothing_of_that_is_said(place: Partnership) -> None:
    one = of(place, signed=False)
    RollEntry.objects.all().delete()
    Roll.objects.all().delete()
    with clock.at(clock.start_of(date(2022, 3, 18), 23)):
        token = asking.invite_schools(partnership=place, addresses={one.pk: "h@x.example"}, seen=UNSEEN, by=make.SYSTEM)[one.pk]
        page = Client().get(f"/p/{place.slug}/answer/{token}/?choice=sign").content.decode()
    assert "signing today" not in page and "£3,000 at most" in page


@pytest.mark.parametrize("page", ["membership/answer/{urn}/", ""])
def test_what_happens_next_is_to_come(place: Partnership, page: str) -> None:
    member = of(place, signed=True)
    client = Client()
    client.force_login(Person.objects.get(pk=make.head(member).person))
    with clock.at(YEAR_ON):
        shown = client.get(f"/p/{place.slug}/{page.format(urn=member.urn)}").content.decode()
    ahead = shown.partition("Dates that have passed")[0]
    assert "mb-dates__past" not in ahead and "The board meets for the first time" not in ahead
    assert "support begins" not in shown and "Support from" not in shown
    with clock.at(clock.start_of(date(2022, 5, 1), 10)):
        shown = client.get(f"/p/{place.slug}/{page.format(urn=member.urn)}").content.decode()
    assert "Support for schools begins" in shown.partition("Dates that have passed")[0]
