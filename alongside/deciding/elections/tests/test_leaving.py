"""Who leaves: candidates who may not stand any more, scrutineers, those elected who cannot be seated."""

from datetime import date, timedelta

import pytest

from alongside.deciding.bodies.actions import tenures
from alongside.deciding.bodies.models import Seat, Tenure
from alongside.deciding.bodies.queries.lists import rests_of_terms
from alongside.deciding.elections.actions import calling, nominating, seating, watching
from alongside.deciding.elections.models import (
    Candidate,
    Election,
    PublishedList,
    SchoolVote,
)
from alongside.deciding.elections.queries.elections import lapsed_in, seats_to_choose
from alongside.deciding.elections.queries.internal import seats_to_fill
from alongside.deciding.elections.queries.needs import needs
from alongside.deciding.elections.rules.standing import ElectionState
from alongside.deciding.elections.tests.make import CALLED, CLOSES, ENDS, OPENS, Poll, at
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
CONTESTED = ("Oak", "Elm", "Primary 0", "Primary 1")


def test_seats_that_are_filled_from_a_coming_day_are_not_offered_again() -> None:
    poll = Poll()
    poll.stand("Oak", "Elm")
    poll.closed()
    with at(CLOSES + timedelta(days=3)):
        seating.seat_elected(election=poll.election, from_on=CLOSES + timedelta(days=30), by=poll.manager)
        offered = {one.pk for one in seats_to_fill([poll.board.body.pk])}
    taken = set(Candidate.objects.exclude(seat="").values_list("seat", flat=True))
    assert len(taken) == 2 and not taken & offered and set(poll.contest.seat_keys) - taken <= offered


def test_a_seat_is_offered_before_its_term_ends_and_a_by_election_serves_the_rest_of_the_first_term() -> None:
    poll = Poll()
    board = poll.board
    seat = board.seat("Other primary head 1")
    said = {"seat": seat, "key": "", "by": poll.manager}
    first = tenures.appoint(**{**said, "key": keys.new_key()}, name="A", from_on=CALLED)
    end = date(2024, 3, 20)
    assert first.until_on == end
    for on, offered in ((date(2023, 11, 20), False), (date(2023, 11, 22), True), (end, True)):
        with at(on):
            Election.objects.update(state=ElectionState.OFF)
            assert (seat.pk in {one.pk for one in seats_to_fill([board.body.pk])}) is offered, on
    with at(date(2024, 2, 1)):
        _, hints = seats_to_choose(board.body, viewer=poll.manager)
        assert hints[seat.pk] == "Held until 20 March 2024: whoever is elected sits from the next day."
        assert rests_of_terms([seat], end + timedelta(days=1)) == {seat.pk: None}
    for name, from_on in (("B", date(2022, 9, 1)), ("C", date(2023, 2, 1))):
        last = Tenure.objects.filter(seat=seat, is_acting=False).latest("from_on")
        ended = {"from_on": last.from_on, "until_on": from_on - timedelta(days=1), "ended_because": "Left"}
        tenures.change_tenure(tenure=last, **ended, version=last.version, by=poll.manager)
        assert rests_of_terms([seat], from_on) == {seat.pk: end}, name
        tenures.appoint(
            **{**said, "key": keys.new_key()}, name=name, from_on=from_on, until_on=rests_of_terms([seat], from_on)[seat.pk]
        )
        assert Tenure.objects.filter(seat=seat).latest("from_on").until_on == end


def test_a_press_that_comes_twice_finds_what_it_stored_whatever_became_of_the_nominee() -> None:
    poll = Poll()
    elm = poll.heads["Elm"].person or ""
    said = {"contest": poll.contest, "person": elm, "statement": "", "key": keys.new_key(), "by": poll.heads["Oak"]}
    made = nominating.nominate(**said)
    Role.objects.filter(person=elm).update(until_on=date(2022, 3, 20), ended_at=clock.now())
    assert nominating.nominate(**said) == made
    with at(CLOSES + timedelta(days=1)):
        assert nominating.nominate(**said) == made
    with pytest.raises(Conflict, match="sent before with something else"):
        nominating.nominate(**{**said, "person": poll.heads["Ash"].person or ""})


def leaves(poll: Poll, name: str) -> Standing:
    """The head of that school holds no post any more: who they are now."""
    person = poll.heads[name].person or ""
    Role.objects.filter(person=person).update(until_on=CALLED, ended_at=clock.now())
    poll.heads[name] = standing_of(Person.objects.get(pk=person))
    return poll.heads[name]


def needed(poll: Poll, who: Standing, on: date) -> list[str]:
    """What waits for somebody in elections."""
    cells = [str(cell) for part in needs(viewer=who, on=on) for row in part for cell in row]
    return [cell for cell in cells if cell.startswith("elections.")]


def test_who_has_left_every_school_watches_no_more() -> None:
    poll = Poll()
    codes = poll.running(*CONTESTED)
    poll.votes("Ash", "Oak")
    poll.boxed()
    assert "elections.open" in needed(poll, poll.heads["Ash"], ENDS)
    ash = leaves(poll, "Ash")
    for model in (Election, SchoolVote, PublishedList):
        assert not model.objects.visible_to(ash).exists()
    assert not needed(poll, ash, ENDS) and "elections.unwatched" not in needed(poll, poll.manager, ENDS)
    with pytest.raises(Refused, match="You hold no post"):
        poll.unboxed(codes[1:])
    poll.watchers = ("Yew", "Fir")
    with pytest.raises(Invalid, match="Ash’s head is of no school of the partnership any more: type the third"):
        poll.unboxed(codes[:2])
    assert poll.unboxed(codes[1:]).state == ElectionState.DECLARED


def test_where_too_few_scrutineers_are_left_the_office_hears_and_may_call_it_off() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    leaves(poll, "Ash")
    poll.boxed()  # before the eyes of one who is there
    with pytest.raises(Conflict, match="two of its scrutineers open it"):
        calling.call_off(election=poll.election, why_off="Two have left", by=poll.manager)
    leaves(poll, "Yew")
    assert "elections.unwatched" in needed(poll, poll.manager, ENDS)
    poll.election.refresh_from_db()
    assert calling.call_off(election=poll.election, why_off="Two have left", by=poll.manager).state == ElectionState.OFF
    assert "elections.unwatched" not in needed(poll, poll.manager, ENDS)


def test_for_a_scrutineer_who_leaves_before_the_ballot_another_is_asked() -> None:
    poll = Poll()
    poll.stand(*CONTESTED)
    poll.closed()
    poll.watched("Ash", "Yew", "Fir")
    assert "elections.unwatched" not in needed(poll, poll.manager, CLOSES)
    leaves(poll, "Ash")
    assert "elections.unwatched" in needed(poll, poll.manager, CLOSES)
    with at(OPENS, 8), pytest.raises(Conflict, match="Ash’s head: of no school of the partnership any more"):
        watching.open_ballot(election=poll.election, opens_on=OPENS, closes_on=ENDS, by=poll.manager)
    poll.watched("Primary 2", "Yew", "Fir")
    assert poll.opened().state == ElectionState.BALLOT


def test_who_can_be_seated_is_and_the_seat_of_who_cannot_is_left_to_the_next_election() -> None:
    poll = Poll()
    poll.stand("Oak", "Elm", "Primary 0")
    poll.closed()
    day = CLOSES + timedelta(days=3)
    leaves(poll, "Elm")  # first in the order
    with at(day):
        made = {one.name: one for one in seating.seat_elected(election=poll.election, from_on=day, by=poll.manager)}
        seats = {one.seat for one in made.values()} - {""}
        assert len(seats) == 2 and not made["Elm’s head"].seat
        elm = Candidate.objects.select_related("contest__election").get(pk=made["Elm’s head"].pk)
        assert elm.why_not and elm.waits_for_seat and "elections.step" in needed(poll, poll.manager, day)
        with pytest.raises(Invalid, match=r"Elm’s head: .* who does not take their seat up"):
            seating.seat_elected(election=poll.election, from_on=day, by=poll.manager)
        (free,) = set(poll.contest.seat_keys) - seats
        assert free not in {one.pk for one in seats_to_fill([poll.board.body.pk])}
        with pytest.raises(Refused):
            seating.free_seat(candidate=elm, why_not="Gone", by=poll.heads["Oak"])
        seating.free_seat(candidate=elm, why_not="Head of another  school", by=poll.manager)
        assert (elm.state, elm.why_not) == ("unseated", "Head of another school")
        assert free in {one.pk for one in seats_to_fill([poll.board.body.pk])}
        assert "elections.step" not in needed(poll, poll.manager, day)
        for one in (elm, Candidate.objects.get(pk=made["Oak’s head"].pk)):
            with pytest.raises(Conflict, match="Only who was elected and has no seat yet"):
                seating.free_seat(candidate=one, why_not="Again", by=poll.manager)
        with pytest.raises(Conflict, match="their seat already"):
            seating.seat_elected(election=poll.election, from_on=day, by=poll.manager)


def test_where_a_seat_has_ended_another_of_the_contest_is_given() -> None:
    poll = Poll()
    poll.stand("Oak", "Elm", "Primary 0")
    poll.closed()
    day = CLOSES + timedelta(days=3)
    Seat.objects.filter(pk=poll.contest.seat_keys[0]).update(until_on=CLOSES)
    with at(day):
        made = seating.seat_elected(election=poll.election, from_on=day, by=poll.manager)
    assert [one.seat for one in made] == [*poll.contest.seat_keys[1:], ""] and made[2].why_not


def test_who_may_not_stand_any_more_when_nominations_close_does_not_and_hears_of_it() -> None:
    poll = Poll()
    poll.stand("Oak", "Primary 0", "Primary 1")
    elm = poll.heads["Elm"].person or ""
    said = {"contest": poll.contest, "statement": "", "key": keys.new_key(), "by": poll.heads["Ash"]}
    asked = nominating.nominate(person=elm, **said)
    nominating.answer_nomination(candidate=asked, stands=True, statement="", version=1, by=poll.heads["Elm"])
    leaves(poll, "Elm")
    election = poll.closed()
    assert election.state == ElectionState.DECLARED and len(poll.elected()) == 3
    asked.refresh_from_db()
    assert asked.state == "lapsed" and asked.why_not == "Elm’s head is not head of a member school"
    told = Notice.objects.filter(kind="elections.lapsed")
    assert {one.person for one in told} == {elm, poll.heads["Ash"].person} and asked.why_not in told[0].body
    assert lapsed_in(election, viewer=poll.manager) == [asked] and not lapsed_in(election, viewer=poll.heads["Fir"])
