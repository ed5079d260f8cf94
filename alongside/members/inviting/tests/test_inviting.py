"""The first mail to schools: whose words it has, who signs it, and how the lines of addresses are read."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Invalid
from alongside.members.inviting.rules import read_addresses, typed_addresses
from alongside.members.membership.actions import asking
from alongside.members.membership.rules.invitations import opening_of
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from tests.shown import seen_on

pytestmark = pytest.mark.usefixtures("tuesday")


class Row:
    """A school as its row of the list names it."""

    def __init__(self, urn: int, name: str) -> None:
        self.urn, self.name = urn, name


ASKED = {one.urn: one for one in (Row(139609, "Ash Park School"), Row(139610, "St Bride’s, Elm"))}
SIGNED = "Manager of Elthorne Learning Partnership, for the office of Elthorne Learning Partnership, office@example.org"


@pytest.mark.parametrize(
    ("line", "email", "name"),
    [
        ("139609, head@ash.example", "head@ash.example", ""),
        ("139609 head@ash.example", "head@ash.example", ""),
        ("  139609   Head@Ash.example  ", "head@ash.example", ""),
        ("139609\thead@ash.example\tAnn Osei", "head@ash.example", "Ann Osei"),
        ("139609 head@ash.example Ann Osei", "head@ash.example", "Ann Osei"),
        ("139609; Ash Park School; head@ash.example", "head@ash.example", ""),
        ("139609, Ash Park School, head@ash.example, Ann Osei", "head@ash.example", "Ann Osei"),
        ("139609, ash park school head@ash.example", "head@ash.example", ""),
        ("139609, Ann Osei, head@ash.example", "head@ash.example", "Ann Osei"),
        ("139610, St Brides Elm, <head@ash.example>.", "head@ash.example", ""),
        ('"139610","St Bride’s, Elm","head@ash.example","Ann Osei"', "head@ash.example", "Ann Osei"),
        ("139609,mailto:head@ash.example", "head@ash.example", ""),
        ("139609.0,head@ash.example", "head@ash.example", ""),  # as a spreadsheet writes a number
        ('"139609.00","head@ash.example","Ann Osei"', "head@ash.example", "Ann Osei"),
        ("URN: 139609, head@ash.example", "head@ash.example", ""),
        ("urn 139609 head@ash.example Ann Osei", "head@ash.example", "Ann Osei"),
        ("URN139609, head@ash.example", "head@ash.example", ""),
        ("139609, head@ash.example, 01895 123456", "head@ash.example", ""),
        ("139609, head@ash.example, Ann Osei, +44 (0)1895 123456 ext 12", "head@ash.example", "Ann Osei"),
        ("139609, Tel: 01895-123456, head@ash.example", "head@ash.example", ""),
        ("139609, head@ash.example, Head", "head@ash.example", ""),
        ("139609, head@ash.example, Ann Osei, School Business Manager", "head@ash.example", "Ann Osei"),
        ("139609\tChair of governors\thead@ash.example\tAnn Osei", "head@ash.example", "Ann Osei"),
        ("139609, head@ash.example, Ann Head", "head@ash.example", "Ann Head"),
        ('139609,head@ash.example,"Ada ""Addie"" Lee"', "head@ash.example", 'Ada "Addie" Lee'),
        ('139609,head@ash.example,"Lee ""Addie"""', "head@ash.example", 'Lee "Addie"'),
        ('139609,"","head@ash.example",""', "head@ash.example", ""),
    ],
)
def test_a_line_of_addresses_is_read_as_it_is_meant(line: str, email: str, name: str) -> None:
    (read,) = read_addresses(line, ASKED, {})
    assert (read.remedy, read.email, read.name) == ("", email, name)


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("139609, Ash Park School, ", "Enter an e-mail address"),
        ("139609", "Enter an e-mail address"),
        ("Ash Park School", "Begin the line with the school’s URN"),
        ("139609 a@ash.example b@ash.example", "two addresses"),
        ("139609, a@ash.example, b@ash.example", "two addresses"),
        ("1396, a@ash.example", "Begin the line with the school’s URN"),
        ("13960900, a@ash.example", "Begin the line with the school’s URN"),
        ("13960a, a@ash.example", "Begin the line with the school’s URN"),
        ("١٣٩٦٠٩, a@ash.example", "Begin the line with the school’s URN"),
        ("13960, a@ash.example", "is not asked to join"),
        ("1396090, a@ash.example", "is not asked to join"),
        ("head@ash.example, 139609", "Begin the line with the school’s URN"),
        ("Ash Park School, head@ash.example", "Begin the line with the school’s URN"),
        ("139609.5, head@ash.example", "Begin the line with the school’s URN"),
        ("URN: head@ash.example", "Begin the line with the school’s URN"),
        ("139611 head@ash.example", "is not asked to join"),
        ("139612 head@ash.example", "closed in 1995"),
    ],
)
def test_a_line_that_cannot_be_meant_says_what_to_do(line: str, remedy: str) -> None:
    (read,) = read_addresses(line, ASKED, {139612: "Elm closed in 1995."})
    assert remedy in read.remedy and read.school is None


def test_a_heading_and_empty_lines_are_passed_over() -> None:
    assert [one.number for one in read_addresses("URN, School, E-mail\n\n , \n139609 a@ash.example", ASKED, {})] == [4]


def test_a_heading_stands_in_the_first_line_only() -> None:
    later = read_addresses("139609 a@ash.example\nURN, School, E-mail", ASKED, {})
    assert [bool(one.remedy) for one in later] == [False, True]


def test_what_is_typed_in_a_row_counts_unless_a_pasted_line_names_the_school() -> None:
    typed = {"email-139609": " Head@Ash.example ", "name-139609": "Ann Osei", "email-139610": "", "name-139610": "Bea"}
    (read,) = typed_addresses(typed, ASKED, besides=[])
    assert (read.school, read.email, read.name) == (ASKED[139609], "head@ash.example", "Ann Osei")
    assert typed_addresses(typed, ASKED, besides=read_addresses("139609 a@ash.example\nx", ASKED, {})) == []


def test_the_words_name_the_schools_that_a_mail_is_for() -> None:
    words = ("[partnership]: [school]?", "We ask [school] by [last day to sign].\r\n\r\n[other] stays.")
    assert opening_of(*words, "Elm", make.TODAY, ["A", "B"]) == (
        "Elm: your schools?", ["We ask A and B by Tuesday 8 March.", "[other] stays."]
    )  # fmt: skip
    assert opening_of(*words, "Elm", make.TODAY, ["A"])[0] == "Elm: A?"


def test_look_first_shows_the_very_mail_and_sends_nothing(
    place: Partnership, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one, address = make.asked(place, 1)[0], f"/p/{place.slug}/membership/invite/"
    shown = client.get(address).content.decode()
    assert f"{one.urn}, {one.name}, " in shown and "How the e-mail begins" in shown
    said = {
        "lines": f"{one.urn} head@ash.example", "subject": "[school] and us", "opening": "Dear neighbours,\n\njoin at [school]."
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address, {**said, "deed": "look"}).content.decode()
    assert not mail.outbox and "(the school’s own link)" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**said, "deed": "send", "seen": seen_on(page)})
    (sent,) = mail.outbox
    assert sent.subject == f"{one.name} and us" and f"Dear neighbours,\n\njoin at {one.name}." in sent.body
    assert SIGNED in sent.body and sent.subject in page
    plain = " ".join(page.split())
    paragraphs = [" ".join(one.split()) for one in sent.body.split("\n\n") if "http" not in one]
    assert len(paragraphs) > 5 and [one for one in paragraphs if one not in plain] == []


def test_without_an_address_of_the_office_its_sender_is_the_contact(
    place: Partnership, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    Partnership.objects.update(contact_email="")
    one, address = make.asked(place, 1)[0], f"/p/{place.slug}/membership/invite/"
    said = {"lines": f"{one.urn} head@ash.example", "deed": "send"}
    seen = seen_on(client.post(address, {**said, "deed": "look"}))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**said, "seen": seen})
    assert "Write to manager.of.elthorne.learning.partnership@example.org" in mail.outbox[0].body
    assert "asks Ash School 1 to join" in mail.outbox[0].body
    Person.objects.update(email=None)
    assert "Enter the partnership’s contact address" in client.post(address, {**said, "deed": "look"}).content.decode()


@pytest.mark.parametrize(
    ("subject", "opening", "field"), [("", "We ask you all to join.", "subject"), ("Join", "Join.", "opening")]
)
def test_words_that_will_not_do_send_nothing(place: Partnership, subject: str, opening: str, field: str) -> None:
    one = make.asked(place, 1)[0]
    with pytest.raises(Invalid) as refused:
        asking.invite_schools(
            partnership=place, addresses={one.pk: "a@b.example"}, subject=subject, opening=opening, seen=UNSEEN, by=make.SYSTEM
        )
    assert set(refused.value.problems) == {field} and make.answer(place, one).invited_at is None
