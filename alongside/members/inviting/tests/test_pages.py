"""The pages of choosing, inviting, ringing and reminding."""

import csv
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.membership.actions import answering, asking, office
from alongside.members.membership.models import Answer, Chase
from alongside.members.membership.queries import answers
from alongside.members.membership.rules.answers import SubjectTo
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Invitation, Role
from alongside.members.people.rules.roles import Purpose
from tests.shown import press, seen_on

pytestmark = pytest.mark.usefixtures("tuesday")


def test_the_chase_page_previews_and_sends(place: Partnership, client: Client) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        one, two = make.asked(place, 2)
        asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    address = f"/p/{place.slug}/membership/chase/"
    page = make.read(client.get(address))
    assert "Write to 1 school" in page and "has no e-mail address here" in page and two.name in page
    words = {
        "subject": "[school], shall we?",
        "body": "Please answer by [last day to sign], whatever it is.",
        "key": keys.new_key(),
    }
    assert f"{one.name}, shall we?" in make.read(client.post(address, {**words, "deed": "preview"}))
    page = make.read(client.post(address, {**words, "body": "One thing.\r\n\r\nAnother.", "deed": "preview"}))
    assert "One thing.</p>" in page and "<p>Another." in page.replace('<p class="govuk-body">', "<p>")
    assert Chase.objects.count() == 0
    for _ in range(2):
        client.post(address, {**words, "deed": "send", "seen": seen_on(page)})
    assert Chase.objects.get().count == 1


def test_reminders_go_to_those_whom_the_page_showed(place: Partnership, client: Client) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        one, two = make.asked(place, 2)
        for school in (one, two):
            asking.invite_schools(
                partnership=place, addresses={school.pk: f"{school.urn}@ash.example"}, seen=UNSEEN, by=make.SYSTEM
            )
    address = f"/p/{place.slug}/membership/chase/"
    words = {"subject": "Shall we?", "body": "Please answer by Friday, please.", "key": keys.new_key(), "deed": "send"}
    seen = seen_on(client.get(address))
    Answer.objects.filter(school=one).update(email="other@ash.example")
    refused = client.post(address, {**words, "seen": seen})
    assert refused.status_code == 409 and b"This changed meanwhile: who gets it. Nothing was sent." in refused.content
    assert not Chase.objects.exists() and press(client, address, words).status_code == 302


def test_letters_are_made_for_what_the_page_showed(place: Partnership, client: Client) -> None:
    one, address = make.asked(place, 1)[0], f"/p/{place.slug}/membership/letters/"
    seen = seen_on(client.get(address))
    first = make.read(press(client, address, {"school": [one.pk]}))
    again = client.post(address, {"school": [one.pk], "seen": seen})
    assert again.status_code == 409 and b"which letters were printed. No letter was made." in again.content
    assert str(one.urn) in first and Invitation.objects.filter(school=one, state="open").count() == 1


@pytest.mark.parametrize("meanwhile", ["the contact", "a signature", "the price"])
def test_invitations_go_out_as_they_were_looked_at(place: Partnership, client: Client, meanwhile: str) -> None:
    one, two = make.asked(place, 2)
    address = f"/p/{place.slug}/membership/invite/"
    said = {"lines": f"{one.urn}, a@ash.example\n{two.urn}, b@ash.example"}
    seen = seen_on(client.post(address, {**said, "deed": "look"}))
    if meanwhile == "a signature":
        make.signed(place, two)
    elif meanwhile == "the contact":
        Partnership.objects.filter(pk=place.pk).update(contact_email="evil@evil.example")
    else:
        make.newest(place).__class__.objects.filter(partnership=place).update(text_hash="0" * 64)
    refused = client.post(address, {**said, "deed": "send", "seen": seen})
    assert refused.status_code == 409 and b"Nothing was sent." in refused.content
    assert not Answer.objects.exclude(email="").exists()


def test_on_a_sunday_the_chase_page_offers_monday(place: Partnership, client: Client) -> None:
    one = make.asked(place, 1)[0]
    asking.invite_schools(partnership=place, addresses={one.pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    with clock.at(clock.start_of(date(2022, 3, 13), 10)):
        assert "The next school day is Monday 14 March." in make.read(client.get(f"/p/{place.slug}/membership/chase/"))
        words = {"subject": "Shall we?", "body": "Please answer by Friday, please.", "key": keys.new_key(), "deed": "send"}
        assert client.post(f"/p/{place.slug}/membership/chase/", words).status_code == 403


def test_pasted_addresses_are_looked_at_first_and_bad_lines_named(
    place: Partnership, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one, two = make.asked(place, 2)
    good, twice = f"{one.urn}; Head@Ash.example; A. Khan", f"{one.urn}, c@d.example"
    lines = "\n".join(["URN,E-mail,Name", good, "x, y", f"{two.urn}, not-an-address", "999999, a@b.example", twice])
    address = f"/p/{place.slug}/membership/invite/"
    page = make.read(client.post(address, {"lines": lines, "deed": "look"}))
    assert "4 lines will not be sent" in page and "1 invitation ready" in page
    for words in ("Line 3", "Line 4", "Line 5", "Line 6"):
        assert words in page
    assert mail.outbox == [] and Answer.objects.exclude(email="").count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"lines": lines, "deed": "send", "seen": seen_on(page)})
    assert [message.to for message in mail.outbox] == [["head@ash.example"]]


def test_letters_are_printed_with_a_code_that_opens_the_schools_page(place: Partnership, client: Client) -> None:
    one = make.asked(place, 1)[0]
    page = make.read(press(client, f"/p/{place.slug}/membership/letters/", {"school": [one.pk]}))
    assert str(one.urn) in page and f"asks {one.name} to join" in page
    assert Invitation.objects.filter(school=one, email="", purpose=Purpose.MEMBERSHIP.value).count() == 1
    assert "letter printed" in make.read(client.get(f"/p/{place.slug}/membership/letters/"))


def test_schools_are_chosen_by_borough_and_left_out_again(place: Partnership, client: Client) -> None:
    schools = [make.school(990_300 + number, f"Willow {number}") for number in range(3)]
    Partnership.objects.filter(pk=place.pk).update(la_code="990")
    address = f"/p/{place.slug}/membership/schools/?la=990"
    assert "Ask all 3" in make.read(client.get(address))
    assert "3 schools are on your list of schools to invite" in make.read(client.post(address, {"deed": "all"}, follow=True))
    client.post(address, {"deed": "stop", "school": [schools[0].pk]})
    assert answers.standing_of_answers(place, viewer=make.SYSTEM).asked == 2


def test_the_phone_list_and_the_associates_open(place: Partnership, client: Client) -> None:
    one = make.asked(place, 1)[0]
    make.head(one)
    page = make.read(client.get(f"/p/{place.slug}/membership/phone-list/"))
    assert "01632 960000" in page and f"Head of {one.name}, headteacher" not in page, "asking a school opens no post of it"
    Role.objects.filter(school=one).update(through=place)
    assert f"Head of {one.name}, headteacher" in make.read(client.get(f"/p/{place.slug}/membership/phone-list/"))
    client.post(f"/p/{place.slug}/membership/associates/{one.urn}/add/")
    assert one.name in make.read(client.get(f"/p/{place.slug}/membership/associates/"))


@pytest.mark.parametrize(
    ("page", "remedies"),
    [
        ("chase", ["Enter a subject of one line", "Write at least a sentence"]),
        ("invite", ["Enter the e-mail address of at least one school"]),
    ],
)
def test_an_empty_box_says_in_a_sentence_what_to_enter(
    place: Partnership, client: Client, page: str, remedies: list[str]
) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        asking.invite_schools(
            partnership=place, addresses={make.asked(place, 1)[0].pk: "head@ash.example"}, seen=UNSEEN, by=make.SYSTEM
        )
    said = make.read(client.post(f"/p/{place.slug}/membership/{page}/", {"deed": "send"}))
    assert [one for one in remedies if one not in said] == []


def test_schools_are_invited_row_by_row_and_a_bad_address_is_named_in_its_row(
    place: Partnership, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one, two, three = make.asked(place, 3)
    address = f"/p/{place.slug}/membership/invite/"
    assert f'name="email-{three.urn}"' in make.read(client.get(address))
    typed = {f"email-{one.urn}": " Head@Ash.example", f"name-{one.urn}": "Ann Osei", f"email-{two.urn}": "head at elm"}
    page = make.read(client.post(address, {**typed, "lines": "", "deed": "look"}))
    assert "1 invitation ready" in page and "Ann Osei" in page and f"{two.name}: " in page and mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"lines": f"{one.urn}, head@ash.example, Ann Osei", "deed": "send", "seen": seen_on(page)})
    assert [message.to for message in mail.outbox] == [["head@ash.example"]] and "Ann Osei" in mail.outbox[0].body
    assert f'name="email-{one.urn}"' not in make.read(client.get(address)), "it is invited: written to again by its own link"
    assert 'value="head@ash.example"' in make.read(client.get(f"{address}?urn={one.urn}"))


def test_a_letter_begins_in_the_words_of_the_office(place: Partnership, client: Client) -> None:
    one = make.asked(place, 1)[0]
    said = {"school": [one.pk], "opening": "Dear neighbours,\n\n[school] is missed at [partnership]."}
    page = make.read(press(client, f"/p/{place.slug}/membership/letters/", said))
    assert "<p>Dear neighbours,</p>" in page and f"{one.name} is missed at {place.name}." in page


def test_those_to_ring_first_stand_on_top_of_the_phone_list(place: Partnership, client: Client) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        deciding, noted, silent, later, asking_us = make.asked(place, 5)
        addresses = {one.pk: f"head@{one.urn}.example" for one in (deciding, noted, silent, later, asking_us)}
        asking.invite_schools(partnership=place, addresses=addresses, seen=UNSEEN, by=make.SYSTEM)
        answering.say_subject(partnership=place, school=deciding, to=SubjectTo.GOVERNORS, on=date(2022, 3, 15), by=make.SYSTEM)
        make.question(place, asking_us)
        for one, day in ((noted, 8), (later, 20)):
            said = {"how": "phone", "words": "Rang", "next_on": date(2022, 3, day), "key": keys.new_key()}
            office.note_contact(partnership=place, school=one, **said, by=make.SYSTEM)
    rows = list(
        csv.DictReader(client.get(f"/p/{place.slug}/membership/phone-list/?as=csv").getvalue().decode("utf-8-sig").splitlines())
    )
    stood = [(row["School"], row["Next contact"]) for row in rows]
    assert stood == [
        (noted.name, "today"), (silent.name, "reminder"), (asking_us.name, "answer today"),
        (deciding.name, "after 15 March"), (later.name, "20 March"),
    ]  # fmt: skip
