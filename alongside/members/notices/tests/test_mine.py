"""A person's own messages."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from alongside.members.notices.models import Notice, Preference
from alongside.members.notices.rules.waiting import Category
from alongside.members.notices.tests.make import notice
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
MINE = reverse("notices:mine")


@pytest.fixture
def elm() -> Partnership:
    return new_partnership("Elm Valley")


@pytest.fixture
def me() -> object:
    return get_user_model().objects.create(name="Ada Head", email="ada@oak.example")


@pytest.fixture
def client(me) -> Client:
    return enter(Client(), me)


def test_a_person_sees_their_own_messages_and_which_are_new(elm: Partnership, me, client: Client) -> None:
    assert "No messages yet" in client.get(MINE).content.decode()
    one = notice(elm, person=me.pk, subject="Your answer", body="Dear Ada, look at https://elm.example/x", link="/p/elm/")
    notice(elm, person="other0000000", subject="Not mine")
    notice(elm, person=me.pk, kind="notices.digest", subject="Two messages")
    page = client.get(MINE).content.decode()
    assert "Your answer" in page and "New" in page and "1 not read yet" in page and "Elm Valley" in page
    assert "Not mine" not in page and "Two messages" not in page
    shown = client.get(reverse("notices:mine_shown", args=[one.pk])).content.decode()
    assert 'href="https://elm.example/x"' in shown and 'href="/p/elm/"' in shown
    assert "not read yet" not in client.get(MINE).content.decode()


def test_nobody_reads_what_came_to_another(elm: Partnership, me, client: Client) -> None:
    other = notice(elm, person="other0000000")
    assert client.get(reverse("notices:mine_shown", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


def test_all_are_read_at_once(elm: Partnership, me, client: Client) -> None:
    for _ in range(3):
        notice(elm, person=me.pk)
    theirs = notice(elm, person="other0000000")
    assert client.get(reverse("notices:all_read")).status_code == 405
    assert client.post(reverse("notices:all_read")).status_code == 302
    assert set(Notice.objects.filter(read_at=None).values_list("pk", flat=True)) == {theirs.pk}


def test_the_choice_is_made_on_a_page(me, client: Client) -> None:
    address = reverse("notices:preferences")
    assert client.get(address).content.decode().count("checked") == len(Category)
    assert client.post(address, {"membership": "digest", "money": "nonsense", "work": "now"}).status_code == 200
    assert not Preference.objects.exists()
    saved = client.post(address, {"membership": "digest", "money": "now", "work": "now"}, follow=True)
    assert "Your choice is saved" in saved.content.decode()
    assert list(Preference.objects.values_list("person", "category")) == [(me.pk, "membership")]


def test_the_list_costs_the_same_however_long(elm: Partnership, me, client: Client, django_assert_max_num_queries) -> None:
    for number in range(120):
        notice(elm, person=me.pk, subject=f"Number {number}")
    with django_assert_max_num_queries(10):
        assert "101 to 120 of 120" in client.get(f"{MINE}?page=3").content.decode()
