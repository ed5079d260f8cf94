"""Once the roll is frozen, membership is a list of members: who signed later stands apart, and nobody else is overdue."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.membership.actions import answering, asking, office, signing
from alongside.members.membership.rules.answers import AnswerState as S, SubjectTo
from alongside.members.membership.rules.outlook import Case, next_contact, stands_in_the_way
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

LATER, MARCH = date(2023, 4, 17), date(2022, 3, 11)
SILENT = Case(S.READING, opened=2, invited_on=date(2022, 2, 8), note="Call on Friday morning", next_on=MARCH)


@pytest.mark.parametrize(
    ("case", "then", "over"),
    [
        (SILENT, "since 11 March 2022", "–"),
        (replace(SILENT, next_on=None), "reminder", "–"),
        (replace(SILENT, next_on=None, reminders=2, phone="01632"), "call, 01632", "–"),
        (replace(SILENT, next_on=None, has_address=False), "letter with code", "–"),
        (replace(SILENT, next_on=None, withdrew_on=MARCH), "call", "–"),
        (replace(SILENT, next_on=date(2023, 4, 20)), "20 April", "20 April"),
        (replace(SILENT, next_on=LATER), "today", "today"),
        (Case(S.SUBJECT, subject_on=date(2022, 3, 16)), "ask how it went", "–"),
        (Case(S.SUBJECT, subject_on=date(2023, 5, 2)), "after 2 May", "after 2 May"),
        (Case(S.QUESTION), "answer today", "answer today"),
        (Case(S.DECLINED), "when they ask", "when they ask"),
    ],
)
def test_after_the_roll_no_contact_is_overdue(case: Case, then: str, over: str) -> None:
    assert (next_contact(case, LATER), next_contact(case, LATER, over=True)) == (then, over)


@pytest.mark.parametrize(
    ("next_on", "over", "told"),
    [(MARCH, False, True), (MARCH, True, False), (None, True, False), (LATER, True, True), (date(2023, 4, 20), True, True)],
)
def test_a_note_of_the_sign_up_goes_with_it(next_on: date | None, over: bool, told: bool) -> None:
    case = replace(SILENT, next_on=next_on)
    assert ("Call on Friday" in stands_in_the_way(case, date(2022, 3, 18), LATER, over=over)) is told


@pytest.fixture
def schools(place: Partnership, tuesday: None) -> list[School]:
    """Ash has signed before the roll, Beech after it; Cedar was to be called, Damson's trust was to decide, Elder said no."""
    made = ash, beech, cedar, damson, elder = make.asked(place, 5)
    asking.invite_schools(
        partnership=place, addresses={one.pk: f"h@{one.urn}.example" for one in made}, seen=UNSEEN, by=make.SYSTEM
    )
    make.signed(place, ash)
    said = {"how": "phone", "words": "Call on Friday morning", "next_on": MARCH, "key": keys.new_key()}
    office.note_contact(partnership=place, school=cedar, **said, by=make.SYSTEM)
    answering.say_subject(partnership=place, school=damson, to=SubjectTo.TRUST, on=date(2022, 3, 16), by=make.SYSTEM)
    answering.decline(partnership=place, school=elder, by=make.SYSTEM)
    with clock.at(clock.start_of(date(2022, 3, 21), 9)):
        signing.freeze_roll(partnership=place, seen=UNSEEN, by=make.SYSTEM)
    with clock.at(clock.start_of(date(2022, 9, 5), 9)):
        make.signed(place, beech)
    return made


@pytest.fixture
def next_april(schools: list[School]) -> Iterator[None]:
    with clock.at(clock.start_of(LATER, 10)):
        yield


def test_a_year_later_membership_shows_members_and_who_signed_later_apart(
    place: Partnership, client: Client, schools: list[School], next_april: None
) -> None:
    ash, beech, cedar, damson, elder = (one.name for one in schools)
    shown = {ash: "", beech: "late", cedar: "open", damson: "open", elder: "declined"}
    address = f"/p/{place.slug}/membership/"
    page = make.read(client.get(address))
    assert "The members of Elthorne Learning Partnership" in page and "What stands in" not in page
    assert "1 school on the roll of 21 March 2022, 1 signed later. 2 other schools may still join." in page
    for state in ("", "late", "open", "declined"):
        found = make.read(client.get(address, {"state": state})).split("<table")[1].split("</table>")[0]
        assert {name for name in shown if name in found} == {name for name, where in shown.items() if where == state}, state
        assert "since 11 March" not in found and "Call on Friday" not in found and "ask how it went" not in found
    assert 'class="govuk-button"' not in page.split("May still join")[-1].split("More about membership")[0], "no green button"


def test_the_curve_ends_with_the_roll(place: Partnership, client: Client, next_april: None) -> None:
    page = make.read(client.get(f"/p/{place.slug}/membership/"))
    assert "21 March" in page.split("Sign-up")[1] and "17 April" not in page.split("Sign-up")[1].split("May still join")[0]


def test_nor_are_its_page_and_the_phone_list_overdue(
    place: Partnership, client: Client, schools: list[School], next_april: None
) -> None:
    cedar = schools[2]
    one = make.read(client.get(f"/p/{place.slug}/membership/{cedar.urn}/")).split("What happened")[0]
    ring = make.read(client.get(f"/p/{place.slug}/membership/phone-list/"))
    for page in (one, ring):
        assert "11 March" not in page and "Call on Friday" not in page and "ask how it went" not in page


def test_no_date_of_the_sign_up_reads_as_last_month(place: Partnership, client: Client, next_april: None) -> None:
    """A short date out of its year: 18 March was last month in April 2023, and is not meant."""
    head = make.browser(make.head(make.school(990_050)))
    said = []
    for page in (client.get(f"/p/{place.slug}/membership/"), head.get(f"/p/{place.slug}/")):
        said.append(" ".join(re.sub(r"<[^>]*>", " ", make.read(page)).split()))
        short = re.findall(r"\b\d{1,2} (?:February|March) (?!2022)\S*", said[-1])
        assert not short, short
    assert "18 March 2022 was the last day to sign" in said[-1]
