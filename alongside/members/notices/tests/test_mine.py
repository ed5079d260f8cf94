"""A person's own messages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.ground.web import declared
from alongside.members.notices.actions.sending import DOTS, send
from alongside.members.notices.models import Notice, Rhythm
from alongside.members.notices.queries.mine import my_unread
from alongside.members.notices.rules.messages import NoticeState, address_removed
from alongside.members.notices.tests.make import AT, notice
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
MINE = reverse("notices:mine")
WORDS = {"name": "Ada", "what": "Something", "when": "today", "remedy": "", "address": "https://elm.example"}


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
    said = {"body": "Dear Ada, look at https://elm.example/x", "link": "/p/elm/", "state": NoticeState.SHOWN, "to": ""}
    one = notice(elm, person=me.pk, subject="Your answer", **said)
    notice(elm, person=me.pk, subject="Came by mail")
    notice(elm, person="other0000000", subject="Not mine")
    notice(None, person=me.pk, kind="notices.week", subject="Your week: nothing needs you", gathers_of=[elm.pk])
    page = client.get(MINE).content.decode()
    assert "Your answer" in page and "New" in page and "1 not read yet" in page and "Elm Valley" in page
    assert "Not mine" not in page and "Your week: nothing needs you" in page and "Came by mail" in page
    assert page.count(">New<") == 1, "what came by e-mail counts as read"
    shown = client.get(reverse("notices:mine_shown", args=[one.pk])).content.decode()
    assert 'href="https://elm.example/x"' in shown and 'href="/p/elm/"' in shown
    assert "not read yet" not in client.get(MINE).content.decode()


@pytest.mark.parametrize("to", ["ada@oak.example", "Ada@Oak.Example"])
def test_what_is_mailed_to_ones_own_address_stands_on_ones_own_page_too(elm: Partnership, me, client: Client, to: str) -> None:
    said = {"template": "people/security.txt", "words": WORDS, "by": Standing.system()}
    mailed = send(**said, to=to, partnership=elm, secret={"address": "https://secret.example"})
    assert mailed.person == me.pk and reverse("notices:mine_shown", args=[mailed.pk]) in client.get(MINE).content.decode()
    shown = client.get(reverse("notices:mine_shown", args=[mailed.pk])).content.decode()
    assert DOTS in shown and "secret.example" not in shown
    code = send(**said, to=to, secret={"address": "123 456"})
    assert code.person == "", "a code for signing in stands on no page"
    others = [send(**said, to="bursar@oak.example", partnership=elm), send(**said, to=to, person="other0000000", partnership=elm)]
    assert [one.person for one in others] == ["", "other0000000"]


def test_an_address_that_changed_hands_shows_each_what_was_sent_in_their_time(elm: Partnership, me, client: Client) -> None:
    said = {"template": "people/security.txt", "words": WORDS, "partnership": elm, "by": Standing.system()}
    hers = send(**said, to="ada@oak.example")
    me.email = None
    me.save()
    nobodys = send(**said, to="ada@oak.example")
    newcomer = get_user_model().objects.create(name="Ben Head", email="ada@oak.example")
    his = send(**said, to="ada@oak.example")
    get_user_model().objects.filter(pk=newcomer.pk).update(is_active=False)
    closed = send(**said, to="ada@oak.example")
    assert [one.person for one in (hers, nobodys, his, closed)] == [me.pk, "", newcomer.pk, ""]
    assert client.get(reverse("notices:mine_shown", args=[his.pk])).status_code == 404
    assert enter(Client(), newcomer).get(reverse("notices:mine_shown", args=[hers.pk])).status_code in {302, 404}


def test_nobody_reads_what_came_to_another(elm: Partnership, me, client: Client) -> None:
    other = notice(elm, person="other0000000")
    assert client.get(reverse("notices:mine_shown", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.read_at is None


@pytest.mark.parametrize(
    ("state", "waits"),
    [("shown", 1), ("sent", 0), ("gathered", 0), ("waiting", 0), ("returned", 1), ("problem", 1)],
)
def test_only_what_reached_its_reader_nowhere_else_waits_to_be_read(elm: Partnership, me, state: str, waits: int) -> None:
    notice(elm, person=me.pk, state=state, due_at=AT)
    assert my_unread(viewer=Standing(me.pk)).count() == waits


def test_what_is_new_stands_alone_where_its_row_leads(elm: Partnership, me, client: Client) -> None:
    notice(elm, person=me.pk, subject="Old words", read_at=AT)
    new = notice(elm, person=me.pk, to="", state=NoticeState.SHOWN, subject="New words")
    address = reverse("notices:mine") + declared.rows()["notices.unread"].query
    page = client.get(address).content.decode()
    assert "New words" in page and "Old words" not in page and "1 not read yet" in page and "Show all messages" in page
    client.get(reverse("notices:mine_shown", args=[new.pk]))
    page = client.get(address).content.decode()
    assert "All are read." in page and "Nothing new" in page and "Mark all as read" not in page


def test_all_are_read_at_once(elm: Partnership, me, client: Client) -> None:
    for _ in range(3):
        notice(elm, person=me.pk, to="", state=NoticeState.SHOWN)
    theirs = notice(elm, person="other0000000", to="", state=NoticeState.SHOWN)
    assert client.get(reverse("notices:all_read")).status_code == 405
    assert client.post(reverse("notices:all_read")).status_code == 302
    assert set(Notice.objects.filter(read_at=None).values_list("pk", flat=True)) == {theirs.pk}


def test_the_choice_is_made_on_a_page(me, client: Client) -> None:
    address = reverse("notices:preferences")
    assert client.get(address).content.decode().count("checked") == 2
    assert client.post(address, {"news": "nonsense", "day": "monday"}).status_code == 200
    refused = client.post(address, {"news": "week", "day": "none"}).content.decode()
    assert "Choose the day of the week’s mail" in refused and not Rhythm.objects.exists()
    saved = client.post(address, {"news": "day", "day": "friday"}, follow=True).content.decode()
    assert "the week’s mail comes on Fridays. Messages that can wait: together at seven" in saved
    assert list(Rhythm.objects.values_list("person", "news", "day")) == [(me.pk, "day", "friday")]


def test_the_list_costs_the_same_however_long(elm: Partnership, me, client: Client, django_assert_max_num_queries) -> None:
    for number in range(120):
        notice(elm, person=me.pk, subject=f"Number {number}")
    with django_assert_max_num_queries(10):
        assert "101 to 120 of 120" in client.get(f"{MINE}?page=3").content.decode()


def test_ones_own_message_without_its_words_says_so(elm: Partnership, me, client: Client) -> None:
    one = notice(elm, person=me.pk, to=address_removed(date(2023, 4, 4)), subject="", body="")
    page = client.get(MINE).content.decode()
    assert "The words were removed on 4 April 2023" in page and "not read yet" not in page
    address = reverse("notices:mine_shown", args=[one.pk])
    assert address not in page and "The words were removed on 4 April 2023" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("subject", "caption"),
    [
        ("You are invited", "Invitation to a post, Elm Valley"),
        ("Elm Valley: your invitation to a post", "Your messages"),
        ("Elm Valley: you are asked", "Invitation to a post"),
        ("An invitation to a post", "Elm Valley"),
    ],
)
def test_what_stands_above_a_message_does_not_say_its_heading_again(
    elm: Partnership, me, client: Client, subject: str, caption: str
) -> None:
    one = notice(elm, person=me.pk, subject=subject)
    page = client.get(reverse("notices:mine_shown", args=[one.pk])).content.decode()
    assert f'govuk-caption-l">{caption}</span>' in page or f">{caption}<" in page


@pytest.mark.parametrize("passes_on", [False, True])
def test_the_answer_to_a_question_greets_says_whom_to_write_to_and_what_will_be_asked(
    elm: Partnership, me, passes_on: bool
) -> None:
    elm.contact_email = "office@elm.example"
    words = {"partnership": "Elm Valley", "school": "Oak School", "question": "Why?", "reply": "So.", "published": False}
    said = {"template": "membership/question_answered.txt", "words": {**words, "link": "x", "passes_on": passes_on}}
    known = send(**said, to="ada@oak.example", partnership=elm, by=Standing.system())
    unknown = send(**said, to="bursar@oak.example", partnership=elm, by=Standing.system())
    assert known.body.startswith("Dear Ada Head,\n\nYou asked for Oak School:\n\nWhy?\n\n")
    assert unknown.body.startswith("Dear colleagues at Oak School,\n\n")
    assert known.body.endswith("\n\nQuestions? Write to office@elm.example.") and "\n\n\n" not in known.body
    assert ("You may be asked to sign in first" in known.body) is not passes_on, "a link of one's own asks for nothing"
    elm.contact_email = ""
    assert "Questions?" not in send(**said, to="ada@oak.example", partnership=elm, by=Standing.system()).body


@pytest.mark.parametrize(
    ("kind", "door", "contact", "shown"),
    [
        ("whoswho.circular", "answers@elm.example", "", "yours alone"),
        ("whoswho.circular_at_once", "", "office@elm.example", "Your answer goes to the office"),
        ("whoswho.circular", "", "", ""),
        ("people.invitation", "answers@elm.example", "office@elm.example", ""),
    ],
)
def test_a_message_that_can_be_answered_says_where_to(
    elm: Partnership, me, client: Client, settings: Any, kind: str, door: str, contact: str, shown: str
) -> None:
    settings.ANSWERS_TO = door
    Partnership.objects.update(contact_email=contact)
    one = notice(elm, person=me.pk, kind=kind)
    page = client.get(reverse("notices:mine_shown", args=[one.pk])).content.decode()
    assert ("mailto:" in page, shown in page) == (bool(shown), True)


def test_a_message_came_when_its_list_says(elm: Partnership, me, client: Client) -> None:
    one = notice(elm, person=me.pk, sent_at=AT + timedelta(days=1))
    page = client.get(reverse("notices:mine_shown", args=[one.pk])).content.decode()
    assert "Written Tuesday 8 March 2022, 9:30am, came Wednesday 9 March 2022, 9:30am" in page
    assert "8 March 2022, 9:30am" in client.get(MINE).content.decode()
