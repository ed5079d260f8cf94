"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from alongside.deciding.bodies.actions.bodies import make_body
from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import BodyKind, Filling, SeatFor
from alongside.deciding.bodies.rules.quorum import Share
from alongside.deciding.bodies.rules.templates import SeatLine
from alongside.deciding.elections.actions import calling, nominating, voting, watching
from alongside.deciding.elections.models import Candidate, Election, SchoolVote, Scrutineer
from alongside.deciding.elections.rules.standing import CandidateState, Method
from alongside.deciding.elections.tests.make import listed_ballots
from alongside.ground.core import clock, keys
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House

CALLED, UNTIL, AFTER, OPENS, ENDS = (date(2022, 3, day) for day in (1, 2, 3, 8, 14))
WATCH = ("member governor_chair", "second governor_chair", "second business_manager")


def board(house: "House", name: str, seats: int) -> Body:
    """A body with so many elected seats."""
    lines = [(SeatLine(f"Head {at}", Filling.ELECTED, SeatFor.HEADS), f"Head {at}", 1) for at in range(seats)]
    said = {"kind": BodyKind.WORKING_GROUP, "share": Share.HALF, "least": 0, "needs_chair": False, "years": None}
    made = {"name": name, "started_on": CALLED, "lines": lines, "key": keys.new_key()}
    return make_body(partnership=house.partnership, **made, **said, by=house.standing("manager"))


def called(house: "House", body: Body, title: str, until: date = UNTIL, opens: date = OPENS, ends: date = ENDS) -> Election:
    """An election to one seat of the body."""
    seats = [one.pk for one in body.seats.filter(title=title)]
    said = {"nominations_until": until, "opens_on": opens, "closes_on": ends, "method": Method.MARKS, "has_proof": True}
    return calling.call_election(
        partnership=house.partnership, body=body, seats=seats, **said, key=keys.new_key(), by=house.standing("manager")
    )


def stands(house: "House", election: Election, who: str, words: str) -> object:
    """A head nominates themselves."""
    by = house.standing(who)
    contest = election.contests.get()
    return nominating.nominate(contest=contest, person=by.person or "", statement=words, key=keys.new_key(), by=by)


def happen(house: "House") -> None:
    """One ballot runs, one election was not contested, and nominations are open in a third."""
    manager = house.standing("manager")
    with clock.at(clock.start_of(CALLED, 11)):
        body = house.things["election_body"] = board(house, f"{house.name} elected heads", 4)
        house.things["ballot"], house.things["uncontested"] = called(house, body, "Head 0"), called(house, body, "Head 1")
        for who in ("member head", "second head"):
            stands(house, house.things["ballot"], who, secret(house, f"statement of {who}", "members"))
        stands(house, house.things["uncontested"], "second head", "")
    with clock.at(clock.start_of(AFTER, 11)):
        for name in ("ballot", "uncontested"):
            calling.close_nominations(election=house.things[name], by=manager)
        house.things["unseated"] = Candidate.objects.get(contest__election=house.things["uncontested"])
        people = [house.people[who].pk for who in WATCH]
        watching.ask_scrutineers(election=house.things["ballot"], people=people, by=manager)
        for who in WATCH:
            one = Scrutineer.objects.get(election=house.things["ballot"], person=house.people[who].pk)
            code = watching.make_code(scrutineer=one, by=house.standing(who))
            watching.rehearse(scrutineer=one, code=code, by=house.standing(who))
            house.things["scrutineer"] = one
    with clock.at(clock.start_of(OPENS, 10)):
        watching.open_ballot(election=house.things["ballot"], opens_on=OPENS, closes_on=ENDS, by=manager)
        house.things["school_vote"] = SchoolVote.objects.get(election=house.things["ballot"], school=house.member)
        second = SchoolVote.objects.get(election=house.things["ballot"], school=house.second)
        voting.cast_ballot(vote=second, tracker=keys.new_key(), choices=[[0]], by=house.standing("second head"))
    with clock.at(clock.start_of(OPENS, 9)):
        listed_ballots(house.partnership, text="", at=clock.now())
    days = (date(2022, 3, 16), date(2022, 3, 21), date(2022, 3, 25))
    election = house.things["election"] = called(house, body, "Head 2", *days)
    house.things["contest"] = election.contests.get()
    own = secret(house, "unpublished statement")
    house.secrets[own] |= {"member head"}
    stands(house, election, "member head", own)
    by = house.standing("member head")
    said = {"contest": house.things["contest"], "statement": "", "key": keys.new_key(), "by": by}
    house.things["nomination"] = nominating.nominate(person=house.people["second head"].pk, **said)


def more(house: "House", places: Iterable[object]) -> None:
    """Another body with a vacant seat and an election, and another line of the roll, for each."""
    for number, place in enumerate(places):
        body = board(house, f"Elected heads {number}", 2)
        called(house, body, "Head 0", *(date(2022, 3, day) for day in (16, 21, 25)))
        line = {"school": place, "urn": number, "school_name": f"School {number}"}
        SchoolVote.objects.create(partnership=house.partnership, election=house.things["ballot"], **line)
        stands_there = {"contest": house.things["contest"], "person": keys.new_key(), "name": f"Candidate {number}"}
        named = {"nominator": stands_there["person"], "nominator_name": stands_there["name"], "state": CandidateState.STANDS}
        Candidate.objects.create(partnership=house.partnership, school=place, **stands_there, **named)
