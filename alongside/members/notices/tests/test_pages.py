from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Post
from alongside.members.notices.tests.make import notice, unsent
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership

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
