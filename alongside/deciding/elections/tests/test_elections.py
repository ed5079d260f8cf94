"""An election from its call to the seats: nominations, what is not contested, the ballot, the box, the count."""

import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from alongside.deciding.bodies.models import Body, Tenure
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
from alongside.deciding.elections.queries.elections import facts_shown, few_voted, recount_script, watchers_to_choose
from alongside.deciding.elections.queries.internal import facts_of, hash_of
from alongside.deciding.elections.rules.standing import ContestOutcome, ElectionState, Method
from alongside.deciding.elections.tests.make import CLOSES, ENDS, OPENS, Poll, at
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import NoticeState

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


def test_votes_are_taken_from_the_opening_to_the_closing_and_no_moment_more() -> None:
    opens, closes = clock.start_of(OPENS), clock.end_of(ENDS)
    one = Election(state=ElectionState.BALLOT, opens_at=opens, closes_at=closes)
    second = timedelta(seconds=1)
    for at_that, polls, is_over in (
        (opens - second, False, False), (opens, True, False), (closes - second, True, False), (closes, False, True),
    ):  # fmt: skip
        assert (one.is_polling(at_that), one.is_over(at_that)) == (polls, is_over)
        with clock.at(at_that):
            assert one.stands == ("The ballot is over" if is_over else "Ballot")
    one.state = ElectionState.BOXED
    assert not one.is_polling(opens) and not one.is_over(closes)


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


def test_nobody_hears_of_nominations_when_their_last_day_has_come() -> None:
    poll = Poll(primaries=3)
    Notice.objects.filter(kind="elections.nominate").delete()
    with clock.at(clock.start_of(poll.election.nominations_until - timedelta(days=1), 12)):
        calling.tell_nominations(election=poll.election, by=SYSTEM)
    assert set(Notice.objects.filter(kind="elections.nominate").values_list("state", flat=True)) == {NoticeState.WAITING}


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
        ("Ash", "Ash’s head is head of a secondary school, and the seat is for primary heads"),
        ("manager", "Whoever is named is not head of a member school"),
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
        watching.rehearse(scrutineer=one, code=("y" if code[0] == "x" else "x") + code[1:], by=poll.heads["Ash"])
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
