"""Vacant seats and terms that end wait for whoever keeps the body, as long as nothing is under way to fill them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alongside.deciding.bodies.rules.kinds import Filling
from alongside.deciding.bodies.tests.make import FIRST, Board
from alongside.deciding.elections.actions import calling
from alongside.deciding.elections.tests.make import CALLED, Poll, at
from alongside.deciding.recruitment.actions import vacancies
from alongside.deciding.recruitment.queries.vacancies import seats_waiting
from alongside.deciding.recruitment.tests.make import SAID
from alongside.ground.core import keys
from alongside.ground.core.standing import Standing
from alongside.ground.web.needs import NeedRow
from alongside.members.membership.tests.make import browser, read
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
VACANT, ENDS = "recruitment.vacant", "recruitment.term_ends"


def waits(who: Standing, what: str, on: date = FIRST) -> list[tuple[str, int, str]]:
    found = [NeedRow(*row) for part in seats_waiting(viewer=who, on=on) for row in part]
    return [(one.label, one.number, one.key) for one in found if one.what == what]


def test_the_vacant_seats_of_a_body_wait_for_who_keeps_it() -> None:
    board = Board()
    board.nominate()
    clerk = board.sits("Clerk", "", email="clerk@council.example", name="Cass Clerk").holder.person
    keeper = standing_of(Person.objects.get(pk=clerk))
    (row,) = waits(board.manager, VACANT)
    assert row == ("Partnership board", 5, board.body.pk), "a seat that is only acted on is to be filled, a clerk's is no place"
    assert waits(keeper, VACANT) == [row] and not waits(board.heads["Oak"], VACANT)
    board.sits("Other secondary head", board.heads["Yew"], FIRST + timedelta(days=20))
    assert waits(keeper, VACANT) == [("Partnership board", 4, board.body.pk)], "somebody comes"


def test_a_seat_for_which_something_is_under_way_waits_for_nobody() -> None:
    poll = Poll()
    board = poll.board
    assert waits(poll.manager, VACANT, CALLED) == [("Partnership board", 7, board.body.pk)], "an election fills three"
    with at(CALLED):
        vacancies.add_vacancy(seat=board.seat("Independent chair"), said=SAID, key=keys.new_key(), by=poll.manager)
    assert waits(poll.manager, VACANT, CALLED) == [("Partnership board", 6, board.body.pk)]
    with at(CALLED):
        calling.call_off(election=poll.election, why_off="Too early.", by=poll.manager)
    assert waits(poll.manager, VACANT, CALLED) == [("Partnership board", 9, board.body.pk)]


@pytest.mark.parametrize(("days", "waiting"), [(0, True), (60, True), (61, False), (-1, False)])
def test_a_term_that_ends_within_sixty_days_waits(days: int, waiting: bool) -> None:
    board = Board()
    last = FIRST + timedelta(days=100)
    held = board.sits("Local authority representative 1", "Lee Adams", until_on=last)
    on, words = last - timedelta(days=days), "Lee Adams, Local authority representative 1, Partnership board"
    assert waits(board.manager, ENDS, on) == ([(words, 1, board.body.pk)] if waiting else [])
    before = waits(board.manager, VACANT, on)
    board.sits("Local authority representative 1", "Pat Burns", held.until_on + timedelta(days=1))
    assert not waits(board.manager, ENDS, on), "somebody follows"
    assert (before == waits(board.manager, VACANT, on)) is (days >= 0), "once it has ended the seat is vacant"


def test_the_page_of_the_body_leads_to_what_fills_a_seat() -> None:
    board = Board()
    page = reverse("bodies:body", args=[board.partnership.slug, board.body.pk])
    shown, head = read(browser(board.manager).get(page)), read(browser(board.heads["Oak"]).get(page))
    assert shown.count("Advertise it") == board.body.seats.filter(filling=Filling.COMPETITION).count() == 1
    assert shown.count("Call an election") == board.body.seats.filter(filling=Filling.ELECTED).count() > 1
    assert "Advertise it" not in head and "Call an election" not in head
    assert "Appoint" in shown
