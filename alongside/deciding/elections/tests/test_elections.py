"""An election from its call to the seats: nominations, what is not contested, the ballot, the box, the count."""

import hashlib
import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from alongside.deciding.bodies.models import Body, Seat, Tenure
from alongside.deciding.elections import recount
from alongside.deciding.elections.actions import calling, nominating, opening, seating, watching
from alongside.deciding.elections.models import (
    Candidate,
    Election,
    KeyEnvelope,
    PublishedList,
    SchoolVote,
    Scrutineer,
    SealedBallot,
)
from alongside.deciding.elections.queries.elections import facts_shown, few_voted, lapsed_in, recount_script, watchers_to_choose
from alongside.deciding.elections.queries.internal import facts_of, hash_of, seats_to_fill
from alongside.deciding.elections.queries.needs import needs
from alongside.deciding.elections.rules.standing import ContestOutcome, ElectionState, Method
from alongside.deciding.elections.tests.make import CALLED, CLOSES, ENDS, OPENS, Poll, at
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
SYSTEM = Standing.system()


def test_who_is_not_contested_is_elected_without_a_ballot_and_seated() -> None:
    poll = Poll()
    poll.stand("Oak", "Elm", "Primary 0")
    election = poll.closed()
    assert election.state == ElectionState.DECLARED and poll.contest.outcome == ContestOutcome.UNCONTESTED
    assert poll.elected() == ["Elm’s head", "Oak’s head", "Primary 0’s head"]
    with at(CLOSES + timedelta(days=3)):
        assert len(seating.seat_elected(election=election, from_on=CLOSES + timedelta(days=3), by=poll.manager)) == 3
        with pytest.raises(Conflict, match="their seat already"):
            seating.seat_elected(election=election, from_on=CLOSES, by=poll.manager)
    held = Tenure.objects.filter(seat__title__startswith="Other primary head")
    assert [one.rests_on for one in held] == ["Elected, declared 26 March 2022"] * 3
    assert not Scrutineer.objects.exists() and not SchoolVote.objects.exists()


def test_too_few_stand_and_nominations_open_once_more() -> None:
    poll = Poll()
    poll.stand("Oak")
    poll.closed()
    with at(CLOSES + timedelta(days=3)):
        seating.seat_elected(election=poll.election, from_on=CLOSES + timedelta(days=3), by=poll.manager)
        left = [one.pk for one in poll.board.body.seats.filter(title__startswith="Other primary", tenures=None)]
        days = {"nominations_until": OPENS, "opens_on": ENDS, "closes_on": ENDS + timedelta(days=7)}
        said = {"body": poll.board.body, "method": Method.MARKS, "has_proof": False, **days}
        second = calling.call_election(partnership=poll.partnership, seats=left, key=keys.new_key(), **said, by=poll.manager)
    assert len(left) == 2 and second.is_second and not poll.election.is_second


def test_heads_hear_that_they_may_nominate_each_once() -> None:
    poll = Poll(primaries=3)
    heard = Notice.objects.filter(kind="elections.nominate")
    calling.tell_nominations(election=poll.election, by=SYSTEM)
    assert heard.count() == len(poll.heads) and "Other primary head" in heard[0].body
    assert calling.tell_nominations(election=poll.election, by=SYSTEM) == 0
    with pytest.raises(Refused):
        calling.tell_nominations(election=poll.election, by=poll.manager)


def test_an_election_is_called_once_to_seats_that_nobody_holds_or_fills() -> None:
    poll = Poll()
    said = {
        "body": poll.board.body, "nominations_until": CLOSES, "opens_on": OPENS, "closes_on": ENDS, "method": Method.MARKS,
        "has_proof": False,
    }  # fmt: skip
    seats = poll.contest.seat_keys
    same = calling.call_election(partnership=poll.partnership, seats=seats, key=poll.election.pk, **said, by=poll.manager)
    assert same == poll.election and Election.objects.count() == 1
    for other in ({"method": Method.TRANSFERABLE}, {"closes_on": ENDS + timedelta(days=1)}, {"seats": seats[:1]}):
        changed = {"seats": seats, **said, **other}
        with pytest.raises(Conflict, match="This page"):
            calling.call_election(partnership=poll.partnership, key=poll.election.pk, **changed, by=poll.manager)
    for wrong in (seats, [], ["nonsense"]):
        with pytest.raises(Invalid, match="Choose seats"):
            calling.call_election(partnership=poll.partnership, seats=wrong, key=keys.new_key(), **said, by=poll.manager)
    with pytest.raises(Refused):
        calling.call_election(partnership=poll.partnership, seats=seats, key=keys.new_key(), **said, by=poll.heads["Oak"])


def test_a_head_nominates_another_who_accepts_or_declines() -> None:
    poll = Poll()
    said = {"contest": poll.contest, "statement": "", "by": poll.heads["Oak"]}
    asked = nominating.nominate(person=poll.heads["Elm"].person, key=keys.new_key(), **said)
    assert Notice.objects.get(kind="elections.nominated").person == poll.heads["Elm"].person
    with pytest.raises(Invalid, match="nominated already"):
        nominating.nominate(person=poll.heads["Elm"].person, key=keys.new_key(), **said)
    with pytest.raises(Refused):
        nominating.answer_nomination(candidate=asked, stands=True, statement="", version=1, by=poll.heads["Oak"])
    with pytest.raises(Invalid, match="at most 150 words: it has 151"):
        nominating.answer_nomination(candidate=asked, stands=True, statement="a " * 151, version=1, by=poll.heads["Elm"])
    nominating.answer_nomination(candidate=asked, stands=True, statement="a " * 150, version=1, by=poll.heads["Elm"])
    nominating.answer_nomination(candidate=asked, stands=False, statement="", version=2, by=poll.heads["Elm"])
    own = {"contest": poll.contest, "person": poll.heads["Elm"].person, "statement": "I do.", "key": keys.new_key()}
    assert nominating.nominate(**own, by=poll.heads["Elm"]).state == "stands" and Candidate.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("Ash", "Ash’s head: is head of secondary: the seat is for primary heads"),
        ("manager", "Whoever is named: is not head of a member school"),
        ("Oak", "Oak’s head sits on the body already: Primary Forum representative"),
    ],
)
def test_who_may_not_stand_reads_why(who: str, why: str) -> None:
    poll = Poll()
    poll.board.nominate()
    person_id = poll.manager.person if who == "manager" else poll.heads[who].person
    with pytest.raises(Invalid, match=why):
        nominating.nominate(
            contest=poll.contest, person=person_id or "", statement="", key=keys.new_key(), by=poll.heads["Primary 1"]
        )


def test_nominations_are_closed_by_the_office_after_their_last_day() -> None:
    poll = Poll()
    with at(CLOSES, 23), pytest.raises(Conflict, match="until the end of 25 March 2022"):
        calling.close_nominations(election=poll.election, by=poll.manager)
    with at(CLOSES + timedelta(days=1)):
        said = {"contest": poll.contest, "person": poll.heads["Oak"].person, "statement": "", "key": keys.new_key()}
        with pytest.raises(Conflict, match="Nominations are closed"):
            nominating.nominate(**said, by=poll.heads["Oak"])


CONTESTED = ("Oak", "Elm", "Primary 0", "Primary 1")


def test_a_contested_seat_is_voted_on_counted_and_published() -> None:
    poll = Poll(8, has_proof=True)
    codes = poll.running(*CONTESTED)
    tracker = keys.new_key()
    poll.votes("Oak", "Oak", "Elm", "Primary 0", tracker=tracker)
    poll.votes("Elm", "Elm", "Primary 1")
    poll.votes("Ash", "Elm", "Primary 1", "Oak")
    poll.filled()
    poll.boxed()
    election = poll.unboxed([codes[1], codes[2]])
    assert election.state == ElectionState.DECLARED and poll.elected() == ["Elm’s head", "Oak’s head", "Primary 1’s head"]
    assert poll.contest.outcome == ContestOutcome.COUNTED and poll.contest.count["blank"] == 7
    published = PublishedList.objects.get()
    told = json.loads(published.text)
    assert hash_of(published.text) == published.text_hash and told["marks"] == 10 and told["schools"] == 11
    mine = next(choices for known, choices in told["ballots"] if known == tracker)
    assert [told["candidates"][at] for at in mine] == ["Oak’s head", "Elm’s head", "Primary 0’s head"]
    assert [one[0] for one in told["ballots"]] == sorted(one[0] for one in told["ballots"])
    assert not SealedBallot.objects.exists() and not KeyEnvelope.objects.exists()
    assert not Scrutineer.objects.exclude(public="", envelope="").exists()


def test_without_proof_nothing_of_a_voter_is_on_the_list() -> None:
    poll = Poll(8, method=Method.TRANSFERABLE)
    codes = poll.running(*CONTESTED)
    for name in ("Oak", "Elm", "Ash", "Yew", "Fir"):
        poll.votes(name, "Elm", "Oak")
    poll.filled()
    poll.boxed(lots=("Primary 0", "Primary 1", "Elm", "Oak"))
    poll.unboxed(codes)
    assert {one[0] for one in json.loads(PublishedList.objects.get().text)["ballots"]} == {""}
    assert poll.contest.count["quota"] == 2 and poll.elected() == ["Elm’s head", "Oak’s head", "Primary 0’s head"]
    assert poll.contest.count["drawn"] == [[4, [2, 3], 3]]


def test_the_ballot_opens_only_after_three_rehearsals_and_on_days_that_may_be() -> None:
    poll = Poll()
    poll.stand(*CONTESTED)
    poll.closed()
    with at(OPENS, 8), pytest.raises(Conflict, match="all three scrutineers"):
        watching.open_ballot(election=poll.election, opens_on=OPENS, closes_on=ENDS, by=poll.manager)
    poll.watched("Ash", "Yew", "Fir")
    one = Scrutineer.objects.get(person=poll.heads["Ash"].person)
    watching.make_code(scrutineer=one, by=poll.heads["Ash"])  # a new code is to be rehearsed again
    with at(OPENS, 8), pytest.raises(Conflict, match="all three scrutineers"):
        watching.open_ballot(election=poll.election, opens_on=OPENS, closes_on=ENDS, by=poll.manager)
    poll.watched("Ash", "Yew", "Fir")
    with at(OPENS, 8), pytest.raises(Invalid, match="at least 5 school days: this one has 4"):
        watching.open_ballot(election=poll.election, opens_on=OPENS, closes_on=ENDS - timedelta(days=1), by=poll.manager)
    election = poll.opened()
    election.refresh_from_db()
    assert election.facts_hash == hash_of(election.facts) and election.votes.count() == 9
    assert election.facts == facts_of(election)
    assert KeyEnvelope.objects.count() == 3


def test_scrutineers_are_three_others_each_with_a_code_of_their_own() -> None:
    poll = Poll()
    poll.stand(*CONTESTED)
    poll.closed()

    def ask(*people: str | None) -> None:
        watching.ask_scrutineers(election=poll.election, people=[one or "" for one in people], by=poll.manager)

    ash, yew, fir = (poll.heads[name].person for name in ("Ash", "Yew", "Fir"))
    Election.objects.update(officer=poll.heads["Primary 2"].person)  # another of the office called it than asks now
    offered = [key for key, _ in watchers_to_choose(Election.objects.get(), viewer=poll.manager)]
    assert not {poll.manager.person, poll.heads["Primary 2"].person} & set(offered) and ash in offered
    for people, why in (
        ((ash, yew), "three people"),
        ((ash, yew, poll.heads["Oak"].person), "A candidate is no scrutineer"),
        ((ash, yew, poll.manager.person), "The returning officer"),
        ((ash, yew, poll.heads["Primary 2"].person), "The returning officer"),
        ((ash, yew, "0" * 12), "people of the partnership"),
    ):
        with pytest.raises(Invalid, match=why):
            ask(*people)
    Election.objects.update(officer=poll.manager.person)
    ask(ash, yew, fir)
    one = Scrutineer.objects.get(person=ash)
    code = watching.make_code(scrutineer=one, by=poll.heads["Ash"])
    with pytest.raises(Refused):
        watching.make_code(scrutineer=one, by=poll.heads["Yew"])
    with pytest.raises(Invalid, match="not the code"):
        watching.rehearse(scrutineer=one, code="x" + code[1:], by=poll.heads["Ash"])
    assert watching.rehearse(scrutineer=one, code=code.upper(), by=poll.heads["Ash"]).rehearsed_at
    assert code not in "".join(map(str, Scrutineer.objects.values_list()))
    watching.decline_watch(scrutineer=Scrutineer.objects.get(person=fir), by=poll.heads["Fir"])
    ask(ash, yew, poll.heads["Primary 2"].person)
    assert Notice.objects.filter(kind="elections.scrutineer").count() == 4  # who was asked before is not asked again


def test_the_box_opens_with_two_codes_once_and_only_as_it_was_closed() -> None:
    poll = Poll()
    codes = poll.running(*CONTESTED)
    poll.votes("Ash", "Oak")
    with pytest.raises(Conflict, match="after it was closed"):
        poll.unboxed(codes)
    poll.boxed()
    for wrong in ([codes[0], codes[0]], ["x", codes[1]], [codes[0], codes[1][:-1] + ("0" if codes[1][-1] != "0" else "1")]):
        with pytest.raises(Invalid):
            poll.unboxed(wrong)
    with pytest.raises(Refused), at(ENDS + timedelta(days=1)):
        opening.open_box(election=poll.election, code=codes[0], second_code=codes[1], by=poll.manager)
    row = SealedBallot.objects.get()
    for change in (
        lambda: SealedBallot.objects.update(sealed=row.sealed[::-1]),
        lambda: SealedBallot.objects.create(election=poll.election, sealed=row.sealed),
        lambda: SealedBallot.objects.all().delete(),
        lambda: SchoolVote.objects.filter(pk=poll.vote_of("Yew").pk).update(voted=True),
    ):
        change()
        with pytest.raises(Conflict, match="stays shut"):
            poll.unboxed(codes)
        SealedBallot.objects.all().delete()
        SealedBallot(pk=row.pk, election=poll.election, sealed=row.sealed).save(force_insert=True)
    SchoolVote.objects.filter(pk=poll.vote_of("Yew").pk).update(voted=False)
    poll.unboxed(codes)
    with pytest.raises(Conflict):
        poll.unboxed(codes)


def test_what_a_ballot_was_opened_with_is_shown_as_it_was_whatever_is_renamed_since() -> None:
    poll = Poll()
    codes = poll.running(*CONTESTED)
    Body.objects.filter(pk=poll.board.body.pk).update(name="Renamed board")
    Candidate.objects.filter(person=poll.heads["Oak"].person).update(name="Somebody else")
    election = Election.objects.get(pk=poll.election.pk)
    assert hash_of(facts_shown(election, viewer=poll.heads["Oak"])) == election.facts_hash != hash_of(facts_of(election))
    poll.boxed()
    Election.objects.update(facts=election.facts.replace("Oak", "Elm", 1))
    with pytest.raises(Conflict, match="What the ballot was opened with is not what was published"):
        poll.unboxed(codes)
    Election.objects.update(facts=election.facts)
    assert poll.unboxed(codes).state == ElectionState.DECLARED


def test_seats_that_are_filled_from_a_coming_day_are_not_offered_again() -> None:
    poll = Poll()
    poll.stand("Oak", "Elm")
    poll.closed()
    with at(CLOSES + timedelta(days=3)):
        seating.seat_elected(election=poll.election, from_on=CLOSES + timedelta(days=30), by=poll.manager)
        offered = {one.pk for one in seats_to_fill([poll.board.body.pk])}
    taken = set(Candidate.objects.exclude(seat="").values_list("seat", flat=True))
    assert len(taken) == 2 and not taken & offered and set(poll.contest.seat_keys) - taken <= offered


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


@pytest.mark.parametrize("words", ["", "{", "[]", "3", '{"ballots": 1}', "[" * 100_000, "\xff"])
def test_a_list_that_cannot_be_read_is_one_sentence(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "list.json"
    file.write_bytes(words.encode("latin-1"))
    assert recount.main([str(file), hashlib.sha256(file.read_bytes()).hexdigest()]) == 2
    told = capsys.readouterr()
    assert not told.out and told.err == f"{file} is no list of ballots as elections here publish it. Download it again.\n"
    assert recount.main([str(tmp_path / "none.json"), "0"]) == 2
    assert "none.json cannot be read" in capsys.readouterr().err


def test_of_fewer_than_ten_ballots_the_sums_are_published_and_no_list() -> None:
    poll = Poll()
    codes = poll.running(*CONTESTED)
    poll.filled(9)
    assert few_voted(poll.election, viewer=poll.manager)
    poll.boxed()
    assert poll.unboxed(codes).state == ElectionState.DECLARED
    assert not PublishedList.objects.exists()
    assert poll.contest.count["blank"] == 9 and len(poll.elected()) == 3


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
    assert asked.state == "lapsed" and asked.why_not.startswith("Elm’s head: ")
    told = Notice.objects.filter(kind="elections.lapsed")
    assert {one.person for one in told} == {elm, poll.heads["Ash"].person} and asked.why_not in told[0].body
    assert lapsed_in(election, viewer=poll.manager) == [asked] and not lapsed_in(election, viewer=poll.heads["Fir"])


def test_an_election_that_is_called_off_keeps_nothing_of_its_box() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    poll.votes("Ash", "Oak")
    calling.call_off(election=poll.election, why_off="The board was dissolved", by=poll.manager)
    assert not SealedBallot.objects.exists() and not KeyEnvelope.objects.exists()
    with pytest.raises(Conflict):
        poll.votes("Yew", "Oak")


def test_a_candidate_of_the_office_does_not_run_the_election() -> None:
    poll = Poll()
    poll.stand("Oak")
    both = Standing(poll.heads["Oak"].person, "Oak", poll.heads["Oak"].roles | poll.manager.roles)
    with at(CLOSES + timedelta(days=1)), pytest.raises(Refused, match="You stand in this election"):
        calling.close_nominations(election=poll.election, by=both)


def test_anybody_counts_the_published_list_again_with_python_alone(tmp_path: Path) -> None:
    poll = Poll(8, has_proof=True, method=Method.TRANSFERABLE)
    codes = poll.running(*CONTESTED)
    for name, *choices in (("Oak", "Elm"), ("Elm", "Oak", "Elm"), ("Ash", "Primary 1"), ("Fir", "Primary 1", "Oak")):
        poll.votes(name, *choices)
    poll.filled()
    poll.boxed()
    poll.unboxed(codes)
    published = PublishedList.objects.get()
    script, told = tmp_path / "recount.py", tmp_path / "list.json"
    script.write_text(recount_script(viewer=poll.heads["Oak"]), encoding="utf-8")

    def run(text: str) -> tuple[int, str]:
        told.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(script), str(told), published.text_hash], capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    code, said = run(published.text)
    assert code == 0 and f"10 ballots of 11 schools. Elected: {', '.join(poll.elected())}" in said
    assert run(published.text.replace(poll.elected()[0], "Somebody", 1))[0] == 1


def test_nobody_outside_reads_an_election() -> None:
    poll = Poll()
    assert Election.objects.visible_to(poll.heads["Oak"]).count() == 1
    assert not Election.objects.visible_to(Standing()).exists()
