"""A ballot while it runs: one vote a school, who casts it, who hears of it, and what is written."""

from datetime import date, timedelta

import pytest

from alongside.deciding.elections.actions import voting
from alongside.deciding.elections.models import Election, SchoolVote, Scrutineer, SealedBallot
from alongside.deciding.elections.queries.elections import papers_typed
from alongside.deciding.elections.queries.internal import electorate, papers_left
from alongside.deciding.elections.rules.standing import ElectionState
from alongside.deciding.elections.tests.make import ENDS, OPENS, Poll, at
from alongside.ground.audit.models import Event
from alongside.ground.core import keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.actions import signing
from alongside.members.membership.rules.answers import SigningAuthority
from alongside.members.membership.tests.make import person
from alongside.members.notices.models import Notice
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
SYSTEM = Standing.system()
CONTESTED = ("Oak", "Elm", "Primary 0", "Primary 1")


def test_one_vote_a_school_and_the_second_press_is_told_so() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    poll.votes("Ash", "Oak")
    with pytest.raises(Conflict, match="in the box"):
        poll.votes("Ash", "Elm")
    assert (SealedBallot.objects.count(), SchoolVote.objects.filter(voted=True).count()) == (1, 1)
    with pytest.raises(Refused):
        voting.cast_ballot(vote=poll.vote_of("Yew"), tracker=keys.new_key(), choices=[[0]], by=poll.heads["Ash"])
    for choices in ([[0, 1, 2, 3]], [[0, 0]], [[9]], [[0], [1]], []):
        with pytest.raises(Invalid):
            voting.cast_ballot(vote=poll.vote_of("Yew"), tracker=keys.new_key(), choices=choices, by=poll.heads["Yew"])
    assert SealedBallot.objects.count() == 1


def test_a_vote_is_taken_until_the_last_moment_and_not_after() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    with at(OPENS, 7), pytest.raises(Conflict, match="not taken now"):
        voting.cast_ballot(vote=poll.vote_of("Yew"), tracker=keys.new_key(), choices=[[0]], by=poll.heads["Yew"])
    with at(ENDS + timedelta(days=1), 0), pytest.raises(Conflict, match="not taken now"):
        voting.cast_ballot(vote=poll.vote_of("Yew"), tracker=keys.new_key(), choices=[[0]], by=poll.heads["Yew"])
    with at(ENDS, 23):
        voting.cast_ballot(vote=poll.vote_of("Yew"), tracker=keys.new_key(), choices=[[0]], by=poll.heads["Yew"])
    assert SealedBallot.objects.count() == 1


def test_casting_writes_two_rows_and_no_record() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    before = (Event.objects.count(), Notice.objects.count())
    poll.votes("Ash", "Oak")
    assert (Event.objects.count(), Notice.objects.count()) == before
    assert [field.name for field in SealedBallot._meta.concrete_fields] == ["id", "election", "sealed"]


def test_a_school_names_who_votes_until_it_has_voted() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    vote, deputy = poll.vote_of("Ash"), person("Dee", Post.BUSINESS_MANAGER, school=poll.board.schools["Ash"])
    with at(OPENS):
        with pytest.raises(Refused):
            voting.name_voter(vote=vote, person=deputy.person, by=poll.heads["Oak"])
        with pytest.raises(Invalid, match="somebody of the school"):
            voting.name_voter(vote=vote, person=poll.heads["Oak"].person, by=poll.heads["Ash"])
        voting.name_voter(vote=vote, person=deputy.person, by=poll.heads["Ash"])
        assert Notice.objects.filter(kind="elections.vote", person=deputy.person).count() == 1
        with pytest.raises(Refused, match="held by somebody else"):
            voting.cast_ballot(vote=vote, tracker=keys.new_key(), choices=[[0]], by=poll.heads["Ash"])
        voting.cast_ballot(vote=poll.vote_of("Ash"), tracker=keys.new_key(), choices=[[0]], by=deputy)
        with pytest.raises(Conflict, match="in the box"):
            voting.name_voter(vote=vote, person=poll.heads["Ash"].person, by=poll.heads["Ash"])


def test_nobody_is_named_to_vote_when_the_ballot_is_over() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    deputy = person("Dee", Post.BUSINESS_MANAGER, school=poll.board.schools["Ash"])
    with at(ENDS + timedelta(days=1)), pytest.raises(Conflict, match="or the ballot is over"):
        voting.name_voter(vote=poll.vote_of("Ash"), person=deputy.person or "", by=poll.heads["Ash"])
    assert not Notice.objects.filter(kind="elections.vote").exists()


def test_an_executive_head_votes_once_for_each_school() -> None:
    poll = Poll()
    shared = person("Xa", Post.EXECUTIVE_HEAD, school=poll.board.schools["Ash"])
    poll.running(*CONTESTED)
    assert poll.vote_of("Ash").person == poll.heads["Ash"].person  # its head by default, not the executive head
    with at(OPENS):
        for name in ("Ash",):
            voting.name_voter(vote=poll.vote_of(name), person=shared.person, by=poll.heads[name])
        voting.cast_ballot(vote=poll.vote_of("Ash"), tracker=keys.new_key(), choices=[[0]], by=shared)
        with pytest.raises(Conflict):
            voting.cast_ballot(vote=poll.vote_of("Ash"), tracker=keys.new_key(), choices=[[0]], by=shared)


def test_who_has_not_voted_is_reminded_and_nobody_else() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    with at(OPENS):
        voting.tell_voters(election=poll.election, by=SYSTEM)
        assert voting.tell_voters(election=poll.election, by=SYSTEM) == 0
    assert Notice.objects.filter(kind="elections.vote").count() == 9
    poll.votes("Ash", "Oak")
    with at(ENDS):
        assert voting.remind_voters(election=poll.election, by=poll.manager) == 8
    reminded = Notice.objects.filter(kind="elections.remind").values_list("person", flat=True)
    assert poll.heads["Ash"].person not in reminded


def test_a_vote_on_paper_is_marked_and_typed_in_when_the_ballot_is_over() -> None:
    poll = Poll()
    codes = poll.running(*CONTESTED)
    with at(OPENS):
        voting.take_paper(vote=poll.vote_of("Fir"), by=poll.manager)
        with pytest.raises(Conflict, match="in the box already"):
            voting.take_paper(vote=poll.vote_of("Fir"), by=poll.manager)
        with pytest.raises(Conflict, match="in the box"):
            voting.cast_ballot(vote=poll.vote_of("Fir"), tracker=keys.new_key(), choices=[[0]], by=poll.heads["Fir"])
        with pytest.raises(Conflict, match="when the ballot is over"):
            early = {"election": poll.election, "choices": [[0]], "seen_by": Scrutineer(), "key": keys.new_key()}
            voting.type_paper(**early, by=poll.manager)
    with pytest.raises(Conflict, match="wait to be typed in: 1"):
        poll.boxed()
    key = keys.new_key()
    with at(ENDS + timedelta(days=1)):
        watcher = Scrutineer.objects.get(election=poll.election, person=poll.heads["Ash"].person)
        said = {"election": poll.election, "choices": [[0, 1]], "seen_by": watcher, "by": poll.manager}
        other = Scrutineer(election=Election(), person=watcher.person)
        with pytest.raises(Invalid, match="Choose one of the scrutineers"):
            voting.type_paper(key=key, **{**said, "seen_by": other})
        assert voting.type_paper(key=key, **said) == 0
        for choices in ([[0, 1]], [[2]]):  # pressed twice, or with another paper: nobody can see which, so neither is "done"
            with pytest.raises(Conflict, match="nobody can see which one"):
                voting.type_paper(key=key, **{**said, "choices": choices})
        with pytest.raises(Conflict, match="Every ballot is in the box"):
            voting.type_paper(key=keys.new_key(), **said)
    assert papers_left(poll.election) == 0
    poll.boxed()
    assert poll.unboxed(codes).state == ElectionState.DECLARED
    assert papers_typed(poll.election, viewer=poll.manager) == 1 and poll.election.papers_seen_by == "Ash’s head"


def test_a_school_hears_that_its_vote_was_taken_on_paper_and_gets_it_back_where_that_is_not_so() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    deputy = person("Dee", Post.BUSINESS_MANAGER, school=poll.board.schools["Fir"])
    with at(OPENS):
        voting.name_voter(vote=poll.vote_of("Fir"), person=deputy.person or "", by=poll.heads["Fir"])
        voting.take_paper(vote=poll.vote_of("Fir"), by=poll.manager)
        told = Notice.objects.filter(kind="elections.paper")
        assert {one.person for one in told} == {deputy.person, poll.heads["Fir"].person}
        words = " ".join(told[0].body.split())
        assert "was taken on paper by Mo on Wednesday 30 March" in words and "before the end of Tuesday 5 April" in words
        with pytest.raises(Refused):
            voting.give_paper_back(vote=poll.vote_of("Fir"), by=poll.heads["Fir"])
        voting.give_paper_back(vote=poll.vote_of("Fir"), by=poll.manager)
        with pytest.raises(Conflict, match="was not taken on paper"):
            voting.give_paper_back(vote=poll.vote_of("Fir"), by=poll.manager)
        voting.cast_ballot(vote=poll.vote_of("Fir"), tracker=keys.new_key(), choices=[[0]], by=deputy)
        with pytest.raises(Conflict, match="was not taken on paper"):  # what lies in the box stays there
            voting.give_paper_back(vote=poll.vote_of("Fir"), by=poll.manager)


@pytest.mark.on(2022, 3, 8)
def test_the_roll_is_of_those_who_have_signed_and_frozen(world: World) -> None:
    election, house = world.things["ballot"], world.alder
    assert {one.school_id for one in election.votes.all()} == {house.member.pk, house.second.pk}
    assert [one.urn for one in electorate(house.partnership)] == [house.member.urn, house.second.urn]
    signed = {"authority": SigningAuthority.GOVERNING_BODY, "authority_on": date(2022, 3, 7), "name": "A", "post": "Head"}
    key, by = keys.new_key(), house.standing("asked head")
    signing.sign(partnership=house.partnership, schools=[house.asked], **signed, key=key, by=by)
    assert len(electorate(house.partnership)) == 3 and election.votes.count() == 2  # who signs later votes next time
