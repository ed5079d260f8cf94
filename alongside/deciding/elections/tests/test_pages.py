"""An election through its pages, as the office, heads and scrutineers meet them."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.models import Seat
from alongside.deciding.elections.actions import calling, nominating
from alongside.deciding.elections.models import Candidate, Contest, Election, PublishedList, SchoolVote, Scrutineer, SealedBallot
from alongside.deciding.elections.rules.standing import Method
from alongside.deciding.elections.tests.make import CALLED, CLOSES, ENDS, OPENS, Poll, at
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person, Role
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
CONTESTED = ("Oak", "Elm", "Primary 0", "Primary 1")


def days(**named: date) -> dict[str, str]:
    """Days in three boxes each."""
    parts = {"day": "%d", "month": "%m", "year": "%Y"}
    return {f"{name}_{part}": day.strftime(how) for name, day in named.items() for part, how in parts.items()}


class Desk:
    """One browser for everybody of a poll, at a moment."""

    def __init__(self, poll: Poll) -> None:
        self.poll, self.slug = poll, poll.partnership.slug

    def client(self, who: Standing) -> Client:
        """The browser of somebody."""
        client = Client()
        enter(client, Person.objects.get(pk=who.person))
        return client

    def see(self, who: Standing, page: str, key: str = "", **asked: str) -> str:
        """What they read on a page."""
        return str(
            self.client(who).get(reverse(f"elections:{page}", args=[self.slug, *([key] if key else [])]), asked).content.decode()
        )

    def press(self, who: Standing, page: str, of: str, **typed: Any) -> str:
        """What they read after they sent a form."""
        address = reverse(f"elections:{page}", args=[self.slug, of])
        return str(self.client(who).post(address, typed, follow=True).content.decode())

    def sure(self, who: Standing, page: str, of: str, **typed: Any) -> tuple[str, str]:
        """What they read when they look first, and when they press again."""
        said = self.press(who, page, of, **typed)
        looked = re.search(r'name="looked" value="([^"]+)"', said)
        return said, self.press(who, page, of, **typed, looked=looked[1] if looked else "")


def form_to(page: str, name: str) -> str:
    """What stands in the form of a page that goes to an address of that name."""
    return "".join(re.findall(rf'<form[^>]* action="[^"]*/{name}/"[^>]*>(.*?)</form>', page, re.DOTALL))


def test_the_office_calls_an_election_and_declares_what_is_not_contested() -> None:
    poll = Poll(titles=("Other secondary head",))
    desk, office = Desk(poll), poll.manager
    assert "3 elected seats are vacant" in desk.see(office, "elections")
    assert "Transferable vote" in desk.see(office, "call_election", poll.board.body.pk)
    seats = [one.pk for one in poll.board.body.seats.filter(title__startswith="Other primary")]
    typed = {
        "seats": seats,
        "method": "marks",
        "key": keys.new_key(),
        **days(nominations_until=CLOSES, opens_on=OPENS, closes_on=ENDS),
    }
    before, said = desk.sure(office, "call_election", poll.board.body.pk, **typed)
    heads = len(poll.heads)
    assert f"{heads} heads of {heads} schools hear of it" in before and "Who stands for the Partnership board?" in before
    assert "Nominations for 3 seats are open until the end of Friday 25 March" in before
    assert "Nominations are open until Friday 25 March" in said and f"Mail to {heads} heads is" in said
    assert "?kind=elections.nominate" in said
    election = Election.objects.exclude(pk=poll.election.pk).get()
    contest = Contest.objects.get(election=election)
    oak = poll.heads["Oak"]
    assert "Myself: Oak" in desk.see(oak, "nominate", contest.pk)
    why = "You may not stand yourself. You are head of a secondary school, and the seat is for primary heads."
    assert why in desk.see(poll.heads["Ash"], "nominate", contest.pk)
    assert "Stand, or nominate somebody" in desk.see(oak, "election", election.pk)
    page = desk.see(poll.heads["Ash"], "election", election.pk)
    assert "Nominate somebody else" in page and "Stand, or nominate somebody" not in page
    said = desk.press(oak, "nominate", contest.pk, person=oak.person, statement="I will listen.", key=keys.new_key())
    assert "You stand. You can change your statement" in said and "I will listen." in said
    assert "Nominate somebody else" in said and "Stand, or nominate" not in said
    said = desk.press(oak, "nominate", contest.pk, person=poll.heads["Elm"].person, statement="", key=keys.new_key())
    assert "is nominated, and stands once they accept" in said
    asked = Candidate.objects.get(person=poll.heads["Elm"].person)
    assert "Nominated by Oak’s head" in desk.see(poll.heads["Elm"], "answer_nomination", asked.pk)
    typed = {"stands": "yes", "statement": "Me too.", "version": asked.version}
    assert "You stand." in desk.press(poll.heads["Elm"], "answer_nomination", asked.pk, **typed)
    assert "I will listen." not in desk.see(poll.heads["Ash"], "election", election.pk)  # published when nominations close
    with at(CLOSES + timedelta(days=1)):
        page = desk.see(office, "election", election.pk)
        assert "Close nominations" in page and "crutineer" not in page and "code" not in page
        said = desk.press(office, "close_nominations", election.pk)
        assert "nobody needs to vote" in said and "1 seat has no candidate: nominations can be opened once more" in said
        assert "crutineer" not in said and "rehears" not in said
        assert f"Mail to {heads} people is" in said and "?kind=elections.result" in said
        said = desk.press(office, "seat_elected", election.pk, **days(from_on=CLOSES + timedelta(days=3)))
        assert "Elm’s head and Oak’s head sit on the Partnership board now" in said


def test_a_page_names_who_cannot_be_seated_and_leaves_the_seat_to_the_next_election() -> None:
    poll = Poll()
    desk, office, key = Desk(poll), poll.manager, poll.election.pk
    poll.stand("Oak", "Elm", "Primary 0", "Primary 1")

    def leaves(name: str) -> None:
        Role.objects.filter(person=poll.heads[name].person).update(until_on=CALLED, ended_at=clock.now())

    leaves("Primary 1")
    with at(CLOSES + timedelta(days=1)):
        said = desk.press(office, "close_nominations", key)
        assert "Primary 1’s head may not stand any more; mail to them" in said and "May not stand any more</strong>" in said
        assert "Primary 1’s head" not in desk.see(poll.heads["Fir"], "election", key)
    leaves("Elm")
    with at(CLOSES + timedelta(days=3)):
        said = desk.press(office, "seat_elected", key, **days(from_on=CLOSES + timedelta(days=3)))
        assert "Oak’s head and Primary 0’s head sit on the Partnership board now" in said and "Not seated: Elm’s head: " in said
        assert "Does not take the seat up" in said
        elm = Candidate.objects.get(person=poll.heads["Elm"].person)
        assert "cannot be taken back" in desk.see(office, "free_seat", elm.pk)
        said = desk.press(office, "free_seat", elm.pk, why_not="Left the borough")
        assert "It is vacant" in said and "Elected, and does not take the seat up" in said and "Left the borough." in said


@pytest.mark.parametrize("method", [Method.MARKS, pytest.param(Method.TRANSFERABLE, marks=pytest.mark.slow)])
def test_a_contested_seat_goes_from_scrutineers_to_the_count(method: Method) -> None:
    poll = Poll(8, method=method, has_proof=True)
    desk, office, key = Desk(poll), poll.manager, poll.election.pk
    poll.stand(*CONTESTED)
    poll.closed()
    names = ("Ash", "Yew", "Fir")
    codes = []
    with at(CLOSES + timedelta(days=2)):
        board = desk.client(poll.heads["Oak"]).get(reverse("bodies:body", args=[poll.partnership.slug, poll.board.body.pk]))
        assert board.content.decode().count("Election: who stands is published") == len(poll.contest.seat_keys)
        page = desk.see(office, "choose_scrutineers", key)
        assert re.findall(r'checked[^>]*>|value="(\w{12})" checked', page)
        assert "None of three scrutineers" not in desk.see(office, "election", key)
        said = desk.press(office, "choose_scrutineers", key, people=[poll.heads[name].person for name in names])
        assert "Each has one page with two steps" in said and "None of three scrutineers" in said
        for name in names:
            one = Scrutineer.objects.get(person=poll.heads[name].person)
            assert "Make my code" in desk.see(poll.heads[name], "scrutineer", one.pk)
            shown = desk.press(poll.heads[name], "make_code", one.pk)
            codes.append(re.findall(r'<p class="al-spelt govuk-heading-m" data-kept>([^<]+)</p>', shown)[0])
            assert codes[-1] not in desk.see(poll.heads[name], "rehearse", one.pk) and "<input" not in form_to(shown, "rehearse")
            wrong = desk.press(poll.heads[name], "rehearse", one.pk, code=codes[0] if len(codes) > 1 else "nonsense")
            assert "This is not the code that was shown to you last" in wrong and "Make a new code" in wrong
            assert "Your code opens the test envelope" in desk.press(poll.heads[name], "rehearse", one.pk, code=codes[-1])
    with at(OPENS, 9):
        assert "Freeze the roll" in desk.see(office, "open_ballot", key)
        before, said = desk.sure(office, "open_ballot", key, **days(opens_on=OPENS, closes_on=ENDS))
        assert "11 schools stand on the roll" in before and "11 people hold a vote, and hear of it at once" in before
        assert "You hold the vote of " in before
        assert "The roll is frozen. The ballot is open, until Tuesday 5 April. Mail to 11 people who hold a vote is" in said
        for name in ("Oak", "Ash"):
            vote_in(desk, poll, name, method)
        assert "in the box" in desk.see(poll.heads["Oak"], "vote", poll.vote_of("Oak").pk)
        assert "2 of 11 schools have voted" in desk.see(office, "school_votes", key)
        page = desk.see(office, "election", key)
        assert "9 schools have not voted. 9 people hold their votes" in page and "A reminder: your school’s vote" in page
        assert "A reminder: your school’s vote" not in desk.see(poll.heads["Elm"], "election", key)
        assert "Mail to 9 people whose school has not voted is" in desk.press(office, "remind_voters", key)
        said = desk.press(office, "take_paper", poll.vote_of("Fir").pk)
        assert "has voted on paper" in said and "Mail to its head" in said and "It was not so" in said
        said = desk.press(office, "give_paper_back", poll.vote_of("Fir").pk)
        assert "can vote as before" in said
        said = desk.press(office, "take_paper", poll.vote_of("Fir").pk)
        assert "On paper" in said and "☐" in desk.see(office, "paper", key)
    with at(ENDS + timedelta(days=1)):
        assert "1 ballot paper waits" in desk.see(office, "election", key)
        chosen = {"contest_0": ["1"]} if method is Method.MARKS else {"contest_0_1": "1"}
        watcher = Scrutineer.objects.get(person=poll.heads["Ash"].person)
        typed = {**chosen, "seen_by": watcher.pk, "key": keys.new_key()}
        assert "that was the last paper" in desk.press(office, "type_paper", key, **typed)
        assert "Fewer than ten schools have voted" in desk.see(office, "close_box", key)
        for who in (office, poll.heads["Ash"]):
            assert "Fewer than ten schools have voted" in desk.see(who, "election", key)
        assert "Fewer than ten" not in desk.see(poll.heads["Elm"], "election", key)
        ash = desk.client(poll.heads["Ash"])
        roll = reverse("elections:school_votes", args=[desk.slug, key])
        assert ash.get(roll).status_code == 403
    poll.filled()
    with at(ENDS + timedelta(days=1)):
        assert "Fewer than ten" not in desk.see(office, "close_box", key)
        lots = {f"lots_0_{number}": str(number + 1) for number in range(4)}
        assert "Enter the number at which" in desk.press(office, "close_box", key, seen_by=watcher.pk)
        before, said = desk.sure(office, "close_box", key, **lots, seen_by=watcher.pk)
        assert "drawn in the order" in before and "closed for good" in before
        assert "The box is closed and the order of lots is published" in said and "Mail to Ash’s head" in said
        mails = Notice.objects.filter(kind="elections.closed")
        assert {one.person for one in mails} == {poll.heads[name].person for name in names}
        assert "Open the box" in desk.see(poll.heads["Ash"], "scrutineer", watcher.pk)
        assert "order of lots" in desk.see(poll.heads["Ash"], "open_box", key)
        assert "These are not the codes" in desk.press(poll.heads["Ash"], "open_box", key, code=codes[0], second_code=codes[0])
        said = desk.press(poll.heads["Ash"], "open_box", key, code=codes[0], second_code=codes[2])
        assert "Counted and declared" in said and "Elected" in said and "Mail to 11 people is" in said
        assert ash.get(roll).status_code == 200  # declared
        contest = poll.contest.pk
        sheet = desk.see(poll.heads["Elm"], "count_sheet", contest)
        assert "The count: Other primary head" in sheet and ("How votes moved" in sheet) == (method is Method.TRANSFERABLE)
        assert "1 ballot was on paper, typed in before Ash’s head" in sheet
        told = desk.see(poll.heads["Elm"], "published", contest)
        assert told == PublishedList.objects.get().text
        assert desk.client(poll.manager).get(reverse("elections:published", args=[desk.slug, contest])).status_code == 404
        if method is Method.TRANSFERABLE:
            assert desk.see(poll.heads["Elm"], "published", contest, **{"as": "blt"}).startswith("4 3\n")
        assert "hashlib" in desk.see(poll.heads["Elm"], "recount")
        assert '"roll"' in desk.see(poll.heads["Elm"], "facts", key)


def vote_in(desk: Desk, poll: Poll, name: str, method: Method) -> None:
    """A head votes on the pages: chooses, looks once more, puts it into the box."""
    who, vote = poll.heads[name], poll.vote_of(name)
    assert "Vote: two minutes" in desk.see(who, "election", poll.election.pk)
    page = desk.see(who, "vote", vote.pk)
    assert "I am Elm." in page and "what keeps the vote secret" in page
    if method is Method.MARKS:
        wrong, right = {"contest_0": ["0", "1", "2", "3"]}, {"contest_0": ["0", "2"]}
        why = "Tick at most 3: you have ticked 4"
    else:
        wrong, right = {"contest_0_0": "1", "contest_0_1": "1"}, {"contest_0_0": "2", "contest_0_2": "1"}
        why = "number them 1, 2, 3 without a gap"
    assert why in desk.press(who, "vote", vote.pk, **wrong)
    check = desk.press(who, "vote", vote.pk, **right)
    assert "Is this your vote?" in check and "Your tracker" in check
    assert not SchoolVote.objects.get(pk=vote.pk).voted
    sent = dict(re.findall(r'<input type="hidden" name="(tracker|contest_\w+)" value="(\w+)">', check))
    sent |= {"contest_0": re.findall(r'name="contest_0" value="(\d)"', check)} if method is Method.MARKS else {}
    before = SealedBallot.objects.count()
    said, shown = desk.press(who, "cast", vote.pk, **sent), sent["tracker"]
    assert f"The vote of {name} is in the box" in said and f"{shown[:4]} {shown[4:8]} {shown[8:]}" in said
    assert SealedBallot.objects.count() == before + 1
    again = desk.client(who).post(reverse("elections:cast", args=[desk.slug, vote.pk]), sent)
    assert again.status_code == 409 and "your first vote stands" in again.content.decode()


def test_a_page_says_that_few_ballots_are_not_listed_and_who_has_left() -> None:
    poll = Poll()
    codes = poll.running(*CONTESTED)
    desk, office, key = Desk(poll), poll.manager, poll.election.pk
    poll.boxed()
    gone = Role.objects.filter(person__in=[poll.heads[name].person for name in ("Yew", "Fir")])
    gone.update(until_on=CALLED, ended_at=clock.now())
    with at(ENDS + timedelta(days=1)):
        page = desk.see(office, "election", key)
        assert "Fir’s head and Yew’s head have left every school" in page and "Call the election off" in page
    gone.update(until_on=None, ended_at=None)
    poll.unboxed(codes)
    with at(ENDS + timedelta(days=1)):
        page = desk.see(poll.heads["Elm"], "election", key)
        assert "?kind=elections.result" in desk.see(office, "election", key) and "elections.result" not in page
        assert "only the sums of the count are published" in page and "recount.py" not in page and "have left" not in page


def test_another_colleague_is_named_and_an_election_called_off() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    desk, vote = Desk(poll), poll.vote_of("Ash")
    with at(OPENS):
        assert "Your school’s vote is held by you" in desk.see(poll.heads["Ash"], "election", poll.election.pk)
        said = desk.press(poll.heads["Ash"], "name_voter", vote.pk, person=poll.heads["Ash"].person)
        assert "The vote of Ash is held by Ash’s head" in said
        said = desk.press(poll.manager, "call_off", poll.election.pk, why_off="Two names were missing")
        assert "The election is called off" in said and "Called off: Two names were missing" in said
    assert CALLED < OPENS


def test_a_scrutineer_who_has_no_time_says_so() -> None:
    poll = Poll()
    poll.stand(*CONTESTED)
    poll.closed()
    poll.watched("Ash", "Yew", "Fir")
    desk, one = Desk(poll), Scrutineer.objects.get(person=poll.heads["Fir"].person)
    with at(CLOSES + timedelta(days=2)):
        assert "The returning officer finds somebody else" in desk.press(poll.heads["Fir"], "decline_watch", one.pk)
    assert Scrutineer.objects.count() == 2


def test_who_has_not_answered_does_not_stand_once_nominations_are_over() -> None:
    poll = Poll()
    desk, key = Desk(poll), poll.election.pk
    said = {"contest": poll.contest, "statement": "", "key": keys.new_key(), "by": poll.heads["Ash"]}
    with at(CALLED):
        nominating.nominate(person=poll.heads["Elm"].person or "", **said)
        assert "Nominated, has not answered yet" in desk.see(poll.heads["Ash"], "election", key)
    for day in (CLOSES + timedelta(days=1), CLOSES + timedelta(days=9)):
        with at(day):
            page = desk.see(poll.heads["Ash"], "election", key)
            assert "Did not answer, does not stand" in page and "has not answered yet" not in page
    assert poll.closed().state == "declared" and "Did not answer, does not stand" in desk.see(poll.manager, "election", key)


def test_one_vacant_seat_is_ticked_already_and_many_scrutineers_are_folded() -> None:
    poll = Poll(14, titles=("Other primary head 1", "Other secondary head", "Other primary head 2"))
    desk = Desk(poll)
    page = desk.see(poll.manager, "call_election", poll.board.body.pk)
    assert len(re.findall(r'name="seats"', page)) == len(re.findall(r'name="seats"[^>]* checked', page)) == 1
    poll.stand(*CONTESTED)
    poll.closed()
    with at(CLOSES + timedelta(days=2)):
        page = desk.see(poll.manager, "choose_scrutineers", poll.election.pk)
    first, _, rest = page.partition("more to choose from")
    assert len(re.findall(r'name="people"', first)) == 9 and len(re.findall(r'name="people"[^>]* checked', first)) == 3
    assert re.findall(r'name="people"', rest) and " checked" not in rest


@pytest.mark.parametrize("has_list", [True, False])
def test_the_script_that_counts_again_is_offered_where_the_list_is_there(has_list: bool) -> None:
    poll = Poll(8)
    codes = poll.running(*CONTESTED)
    poll.votes("Ash", "Oak", "Elm")
    poll.filled()
    poll.boxed()
    poll.unboxed(codes)
    if not has_list:
        PublishedList.objects.update(text="")
    page = Desk(poll).see(poll.heads["Ash"], "election", poll.election.pk)
    assert ("recount.py" in page) is has_list and ("the list was deleted" in page) is not has_list
    sheet = Desk(poll).see(poll.heads["Ash"], "count_sheet", poll.contest.pk)
    names = re.findall(r"<t[hd][^>]*>((?:Oak|Elm|Primary \d)’s head)</t[hd]>", sheet)
    assert names[:3] == poll.elected() and len(names) == 4


def test_no_election_is_called_where_nobody_could_stand_or_vote() -> None:
    poll = Poll()
    desk, office, body = Desk(poll), poll.manager, poll.board.body
    open_now = desk.see(office, "call_election", body.pk)
    assert "Open nominations" in open_now and calling.NOBODY not in open_now
    Role.objects.filter(person__in=[one.person for one in poll.heads.values()]).delete()
    shut = desk.see(office, "call_election", body.pk)
    assert calling.NOBODY in shut and "How the sign-up stands" in shut and "Open nominations" not in shut
    said = {"nominations_until": CLOSES, "opens_on": OPENS, "closes_on": ENDS, "method": Method.MARKS, "has_proof": False}
    with pytest.raises(Conflict, match="nobody could stand"):
        calling.call_election(partnership=poll.partnership, body=body, seats=["x"], key=keys.new_key(), **said, by=office)
    Contest.objects.all().delete()
    Seat.objects.filter(body=body).update(filling="open")
    assert "has a seat that schools elect yet" in desk.see(office, "elections")
