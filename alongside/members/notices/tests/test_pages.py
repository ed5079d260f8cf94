from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Post, Standing
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.office import needs
from alongside.members.notices.rules.messages import address_removed
from alongside.members.notices.tests.make import notice, unsent
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.schools.tests.make import school as new_school

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


@pytest.fixture
def elm() -> Partnership:
    return new_partnership("Elm Valley")


@pytest.fixture
def office(elm: Partnership) -> Client:
    somebody = get_user_model().objects.create(name="Fi Nance", email="fi@elm.example")
    somebody.roles.create(post=Post.FINANCE, partnership=elm, from_on=date(2021, 9, 1))
    client = Client()
    client.force_login(somebody)
    return client


def test_the_office_finds_what_was_sent(elm: Partnership, office: Client) -> None:
    address = reverse("notices:list", args=[elm.slug])
    assert b"Nothing here" in office.get(address).content
    notice(elm)
    unsent(elm, kind="membership.chase", to="other@ash.example", subject="Ten days left")
    notice(new_partnership("Other"), subject="Not ours")
    everything = office.get(address).content.decode()
    assert "You are invited" in everything and "Ten days left" in everything and "Not ours" not in everything
    for query, there, not_there in [
        ("?kind=membership.chase", "Ten days left", "You are invited"),
        ("?state=problem", "Ten days left", "You are invited"),
        ("?state=sent", "You are invited", "Ten days left"),
        ("?state=waiting", "Nothing here", "You are invited"),
        ("?q=ASH", "Ten days left", "You are invited"),
        ("?sort=to&page=-1&kind=&state=nonsense", "Ten days left", "Not ours"),
    ]:
        found = office.get(address + query).content.decode()
        assert there in found and not_there not in found, query


def test_the_office_sees_that_the_weeks_mail_went_and_not_what_stands_in_it(elm: Partnership, office: Client) -> None:
    other = new_partnership("Other")
    week = {"kind": "notices.week", "subject": "Your week: 3 things need you", "body": "Score the applications"}
    ours = notice(None, to="ann@oak.example", gathers_of=[other.pk, elm.pk], **week)
    notice(None, to="eve@other.example", gathers_of=[other.pk], **week)
    address = reverse("notices:list", args=[elm.slug])
    page = office.get(f"{address}?kind=notices.week").content.decode().replace("<wbr>", "")
    assert "ann@oak.example" in page and "The week’s mail" in page and "eve@other.example" not in page
    assert "3 things need you" not in page and "1 message" in page
    assert office.get(reverse("notices:show", args=[elm.slug, ours.pk])).status_code == 404


def test_a_message_is_shown_as_it_was_sent(elm: Partnership, office: Client) -> None:
    sent = notice(elm, body="Dear <head>,\n\nYour link: ••••••••", is_personal=True)
    words = office.get(reverse("notices:show", args=[elm.slug, sent.pk])).content.decode()
    assert "Dear &lt;head&gt;" in words and "Tuesday 8 March 2022, 9:30am" in words and "goes to the addressee only" in words
    other = notice(new_partnership("Other"))
    assert office.get(reverse("notices:show", args=[elm.slug, other.pk])).status_code == 404
    assert office.get(reverse("notices:show", args=[elm.slug, "nothing"])).status_code == 404


def test_a_demonstration_says_that_nothing_is_sent(elm: Partnership, office: Client, settings) -> None:
    sent = notice(elm)
    for name, args in [("list", ()), ("show", (sent.pk,))]:
        address = reverse(f"notices:{name}", args=[elm.slug, *args])
        settings.DEMO = False
        assert b"In a demonstration nothing is sent" not in office.get(address).content
        settings.DEMO = True
        assert b"In a demonstration nothing is sent" in office.get(address).content


def test_the_list_costs_the_same_however_long(elm: Partnership, office: Client, django_assert_max_num_queries) -> None:
    for number in range(120):
        notice(elm, subject=f"Number {number}")
    office.get(reverse("notices:list", args=[elm.slug]))  # from the first page on the session keeps where one is
    with django_assert_max_num_queries(9):
        page = office.get(reverse("notices:list", args=[elm.slug]) + "?page=3")
    assert "101 to 120 of 120" in page.content.decode()


def test_a_message_without_its_words_says_so_and_leads_nowhere(elm: Partnership, office: Client, settings: Any) -> None:
    settings.DEMO = True
    gone = {"to": address_removed(date(2023, 4, 4)), "subject": "", "body": ""}
    unsent(elm, **gone, school=new_school(name="Oak School"))
    one = notice(elm, **gone)
    address = reverse("notices:list", args=[elm.slug])
    page = unescape(office.get(address).content.decode())
    assert page.count("The words were removed on 4 April 2023") == 2 and "erased.invalid" not in page
    assert "Kept: the day, the kind and the school, Oak School" in page and "Kept: the day and the kind" in page
    assert "2 messages. Of all of them, words and address are no longer kept" in page and "with its words" not in page
    assert reverse("notices:show", args=[elm.slug, one.pk]) not in page
    notice(elm, to="removed@oak.example")
    page = unescape(office.get(address).content.decode())
    assert "3 messages. Of 2, words and address are no longer kept." in page
    assert "erased.invalid" not in office.get(address + "?format=csv").content.decode()
    found = office.get(address + "?q=removed").content.decode().replace("<wbr>", "")
    assert "removed@oak.example" in found and "with its words, and what became of it: 1 message." in found
    for row in Notice.objects.exclude(to="removed@oak.example"):
        shown = unescape(office.get(reverse("notices:show", args=[elm.slug, row.pk])).content.decode())
        assert "The words and the address were removed on 4 April 2023" in shown and "<h1" in shown
        assert "erased.invalid" not in shown and "would have gone out" not in shown and "Try again" not in shown
        assert office.post(reverse("notices:again", args=[elm.slug, row.pk])).status_code == 409
    assert not needs(viewer=Standing.system(), on=date(2023, 5, 1))[0].exists()
