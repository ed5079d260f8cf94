"""The register of interests vouches for what stood there when the word was given, and names what came later."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.actions import bodies as actions, people, tenures
from alongside.deciding.bodies.models import Tenure
from alongside.deciding.bodies.queries import people as queries
from alongside.deciding.bodies.rules.people import EntryKind, is_added_since
from alongside.deciding.bodies.tests.make import SYSTEM, Board
from alongside.ground.core import clock, keys
from alongside.members.people.models import Person
from tests.signing_in import enter
from tests.visiting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]


def publish(board: Board) -> str:
    """The body is shown to everybody; its public page."""
    body = board.body
    said = {"name": body.name, "about": "", "shown": "public", "is_public": True}
    actions.change_body(body=body, **said, version=body.version, by=board.manager)
    return reverse("bodies:public", args=[board.partnership.slug, body.pk])


@pytest.fixture
def board() -> Board:
    return Board()


NOON = datetime(2022, 3, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("from_on", "entered_at", "word_at", "is_added"),
    [
        (date(2018, 1, 1), NOON - timedelta(hours=1), NOON, False), (date(2018, 1, 1), NOON + timedelta(hours=1), NOON, True),
        (date(2018, 1, 1), NOON + timedelta(hours=1), None, False),  # a word of that day, whenever it was given
        (date(2018, 1, 1), NOON + timedelta(days=20), None, True),
        (date(2022, 3, 15), None, NOON, False), (date(2022, 3, 16), None, NOON, True),  # when it was entered was not kept
    ],
)  # fmt: skip
def test_a_word_vouches_for_what_stood_there_when_it_was_given(
    from_on: date, entered_at: datetime | None, word_at: datetime | None, is_added: bool
) -> None:
    assert is_added_since(from_on, entered_at, NOON.date(), word_at) is is_added


def test_the_register_says_what_was_added_since_the_word_until_it_is_given_again(board: Board) -> None:
    oak, later = board.heads["Oak"], clock.start_of(date(2022, 4, 4), 9)
    holder = board.sits("Primary Forum representative", oak).holder
    entry = {"holder": holder, "kind": EntryKind.INTEREST, "from_on": date(2018, 1, 1), "by": oak}
    people.add_entry(**entry, words="Owns a shop", key=keys.new_key())
    people.confirm_interests(holder=holder, by=oak)
    client, slug = enter(Client(), Person.objects.get(pk=oak.person)), board.partnership.slug
    own = reverse("bodies:person", args=[slug, holder.pk])
    pages = [reverse("bodies:interests", args=[slug, board.body.pk]), publish(board), own]

    def told() -> list[bool]:
        return ["1 added since, not confirmed yet" in client.get(page).content.decode() for page in pages]

    assert told() == [False] * 3
    with clock.at(later):
        people.add_entry(**entry, words="Trustee of Elm", key=keys.new_key())
        people.add_entry(**{**entry, "kind": EntryKind.TRAINING}, words="Finance", key=keys.new_key())
        assert told() == [True] * 3
        assert "21 March 2022; 1 added since, not confirmed yet" in client.get(pages[1]).content.decode()
        file = text_of(client.get(f"{pages[0]}?as=csv"))
        assert "21 March 2022 (1 added since, not confirmed yet)" in file
        people.confirm_interests(holder=holder, by=oak)
        assert told() == [False] * 3
    with clock.at(later + timedelta(hours=2)):  # later on the day of the word
        people.add_entry(**entry, words="A cousin", key=keys.new_key())
        assert told() == [True] * 3
        people.confirm_interests(holder=holder, by=oak)
        assert told() == [False] * 3


def test_who_still_sits_has_not_left_and_a_school_stands_beside_a_heads_name(board: Board) -> None:
    board.nominate()
    page, visitor = publish(board), Client()
    with clock.at(clock.start_of(date(2022, 6, 1), 9)):
        board.sits("Independent chair", "Helen Carrow", date(2022, 6, 1))  # Lee Adams, who acted, keeps their own seat
        pat = Tenure.objects.get(holder__name="Pat Burns")
        said = {"from_on": pat.from_on, "until_on": date(2022, 6, 1), "ended_because": "", "version": pat.version}
        tenures.change_tenure(tenure=pat, **said, by=board.manager)
    with clock.at(clock.start_of(date(2022, 6, 2), 9)):
        _, left = queries.register_and_left(board.body, date(2022, 6, 2), viewer=SYSTEM)
        shown = unescape(visitor.get(page).content.decode())
    assert [(one.name, one.seat) for one in left] == [("Pat Burns", "Local authority representative 2")]
    assert "Left in the last twelve months" in shown and shown.index("Lee Adams") < shown.index("Left in the last twelve months")
    for name, school in (("Oak’s head", "Oak"), ("Ash’s head", "Ash"), ("Fir’s head", "Fir")):
        assert f'{name}<span class="al-under">{school}</span>' in shown
    assert "Helen Carrow</td>" in shown, "a seat for somebody else has no school beside it"
    assert "Nominated by HASH, the association of secondary heads" in shown
