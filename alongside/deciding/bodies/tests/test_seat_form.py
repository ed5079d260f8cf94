"""The form of a seat asks first what matters, and the rest behind "More"."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.forms.bodies import AddSeatForm, SeatForm
from alongside.deciding.bodies.models import Seat
from alongside.deciding.bodies.tests.make import FIRST, Board
from alongside.ground.core import keys
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
MORE = '<details class="al-data">'
FIRST_ASKED = ["title", "seat_for", "filling", "votes", "from_on"]


def test_a_new_seat_is_asked_five_questions_and_a_seat_four() -> None:
    new = AddSeatForm(seats=[])
    shown = [bound.name for bound in new if not bound.is_hidden and bound.name not in new.more]
    assert shown == FIRST_ASKED and set(new.more) <= set(new.fields)
    seat = SeatForm(row=Seat(title="Parent", from_on=FIRST), seats=[])
    assert [one.name for one in seat if not one.is_hidden and one.name not in seat.more] == [
        "title",
        "seat_for",
        "filling",
        "from_on",
    ]


def test_a_seat_is_added_by_what_matters_and_more_is_open_where_something_of_it_is_wrong() -> None:
    board = Board()
    client = enter(Client(), Person.objects.get(pk=board.manager.person))
    address = reverse("bodies:add_seat", args=[board.partnership.slug, board.body.pk])
    page = unescape(client.get(address).content.decode())
    assert page.index('name="title"') < page.index('name="votes"') < page.index(MORE) < page.index('name="deputy"')
    assert "other than who holds" not in page and "Whoever holds one of these seats cannot hold this one too" in page
    typed = {"title": "Parent", "filling": "elected", "seat_for": "parents", "votes": "on", "duty": "member", "deputy": "none"}
    typed |= {"from_on_day": "21", "from_on_month": "3", "from_on_year": "2022", "key": keys.new_key()}
    wrong = client.post(address, {**typed, "term_years": "40"}).content.decode()
    assert '<details class="al-data" open>' in wrong and MORE not in wrong
    assert "Enter what the seat is called" in client.post(address, {**typed, "title": ""}).content.decode()
    assert "“Parent” is there from 21 March 2022" in client.post(address, typed, follow=True).content.decode()
    seat = Seat.objects.get(title="Parent")
    assert (seat.votes, seat.seat_for, seat.deputy, seat.term_years) == (True, "parents", "none", None)
    change = reverse("bodies:change_seat", args=[board.partnership.slug, seat.pk])
    usual = client.get(change).content.decode()
    assert MORE in usual and "Is it needed no longer?" in usual
    Seat.objects.filter(pk=seat.pk).update(term_years=4)
    assert '<details class="al-data" open>' in client.get(change).content.decode(), "what is unusual stands open"
