from alongside.ground.core import keys
from tests.audiences import Audience as A, Line, day, pressed, room, thing
from tests.rooms import LATER
from tests.world import World

BOTH, POST = ("GET", "POST"), ("POST",)


def nobodys(world: World) -> dict[str, object]:
    return {**room(world), "key": "0" * 12}


def on(name: str, number: str) -> dict[str, str]:
    return {f"{name}_day": number, f"{name}_month": "3", f"{name}_year": "2022"}


DAYS = on("nominations_until", "16") | on("opens_on", "21") | on("closes_on", "25")


def called(world: World) -> dict[str, object]:
    seat = world.things["election_body"].seats.get(title="Head 3")
    return {"seats": [seat.pk], "method": "marks", "key": keys.new_key(), **DAYS}


def named(world: World) -> dict[str, object]:
    return {"person": world.alder.people["member head"].pk}


LINES = {
    "elections:elections": Line(room),
    "elections:recount": Line(room),
    "elections:call_election": Line(thing("election_body"), post=called, methods=BOTH),
    "elections:nominate": Line(nobodys, post=pressed(), audience=A.NOBODY, methods=BOTH),  # heads alone
    "elections:count_sheet": Line(nobodys, audience=A.NOBODY),  # of what is counted
    "elections:published": Line(nobodys, audience=A.NOBODY),  # its voters alone
    "elections:answer_nomination": Line(nobodys, post={}, audience=A.NOBODY, methods=BOTH),  # whoever is nominated
    "elections:free_seat": Line(thing("unseated"), post={"why_not": "Has moved away"}, methods=BOTH),
    "elections:vote": Line(nobodys, post={}, audience=A.NOBODY, methods=BOTH),  # who holds the school's vote
    "elections:cast": Line(nobodys, post={}, audience=A.NOBODY, methods=POST),  # who holds the school's vote
    "elections:name_voter": Line(thing("school_vote"), post=named, methods=BOTH),
    "elections:take_paper": Line(thing("school_vote"), post={}, methods=POST),
    "elections:give_paper_back": Line(thing("school_vote"), post={}, methods=POST),
    "elections:scrutineer": Line(nobodys, audience=A.NOBODY),  # the scrutineer alone
    "elections:make_code": Line(nobodys, post={}, audience=A.NOBODY, methods=POST),  # the scrutineer alone
    "elections:rehearse": Line(nobodys, post={}, audience=A.NOBODY, methods=BOTH),  # the scrutineer alone
    "elections:decline_watch": Line(nobodys, post={}, audience=A.NOBODY, methods=POST),  # the scrutineer alone
    "elections:election": Line(thing("ballot")),
    "elections:facts": Line(thing("ballot")),
    "elections:close_nominations": Line(thing("election"), post={}, methods=POST),
    "elections:choose_scrutineers": Line(thing("ballot"), post={}, methods=BOTH),
    "elections:open_ballot": Line(thing("ballot"), post={**day("opens_on"), **day("closes_on")}, methods=BOTH),
    "elections:school_votes": Line(nobodys, audience=A.NOBODY),  # the office and the scrutineers
    "elections:remind_voters": Line(thing("ballot"), post={}, methods=POST),
    "elections:paper": Line(thing("ballot")),
    "elections:type_paper": Line(thing("ballot"), post=pressed(), methods=BOTH),
    "elections:close_box": Line(thing("ballot"), post={}, methods=BOTH),
    "elections:open_box": Line(nobodys, post={}, audience=A.NOBODY, methods=BOTH),  # its scrutineers
    "elections:seat_elected": Line(thing("uncontested"), post=day("from_on"), methods=BOTH),
    "elections:call_off": Line(thing("election"), post={"why_off": "Two seats were missing"}, methods=BOTH),
}
UNRECORDED = {
    "no trace of who voted when: the mark on the roll is all": "cast_ballot",
    "the row of the message is the record": "tell_nominations tell_voters tell_result",
}
BLIND = {
    "who sees a body sees which of its seats are vacant": "seats_to_choose",
    "who watches a box is no secret": "scrutineers_of",
    "that a school has a head here is known to all": "can_be_held",
    "who names a voter sees who works in the school": "people_of_school",
    "a ballot is the same for everybody": "ballot_of entitled facts_shown",
    "a count is the same for everybody": "sheet_of recount_script",
    "who has the list has it in any form": "blt_of",
    "a number of papers tells nothing": "papers_to_type papers_typed",
    "how many hear of a step tells nobody who": "nominations_ahead votes_ahead reminder_ahead holders_told hear_result",
    "so few ballots are said by the page to whom it concerns": "few_voted",
}
ONCE_OTHERWISE = {"nobody sees which ballot a used key has put into the box: it is refused": "type_paper"}
NOT_HERE = {
    "its seats must be those of the body, its days in their order": "call_election",
    "no ballot of the houses is over": "close_box type_paper",
}
KNOWN_TO_ALL = {"who stands is published to everybody who may vote": "Candidate"}
NOT_TRIED = {
    LATER: "choose_scrutineers close_box close_nominations open_ballot type_paper",
    "no vote of the houses was taken on paper": "give_paper_back",
}
STAY_FEW = {
    "three watch a box": "Scrutineer",
    "no list of them stands on a page": "KeyEnvelope SealedBallot PublishedList",
}
