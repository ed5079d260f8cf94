"""Calling an election, closing nominations, calling it off, seating whom it elected."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from alongside.deciding.bodies.models import Body, Seat
from alongside.deciding.elections.actions.telling import write
from alongside.deciding.elections.models import (
    Candidate,
    Contest,
    Election,
    KeyEnvelope,
    Scrutineer,
    SealedBallot,
)
from alongside.deciding.elections.permissions import may_call_election, may_run_election, may_tell_voters
from alongside.deciding.elections.queries.internal import (
    Reasons,
    candidates_in,
    nomination_words,
    people_in,
    seats_to_fill,
    still_watching,
    was_short,
    who_heard,
)
from alongside.deciding.elections.rules.standing import (
    CandidateState,
    ContestOutcome,
    ElectionState,
    Method,
    can_be_opened,
    contest_title,
    outcome_of,
)
from alongside.deciding.elections.rules.timetable import ballot_problem, nominations_problem
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.web.later import later
from alongside.ground.web.models import already, lock, move, says_the_same
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.partnerships.models import Partnership

NOBODY = "No member school has a head here yet, so nobody could stand or vote. Heads come with the schools that sign."
DAY_AFTER = "Nominations stay open until the end of {}"


def require_run(election: Election, by: Standing) -> None:
    """Go on where `by` is returning officer of the election. Raises Refused."""
    candidates, scrutineers = people_in(election)
    require(may_run_election(by, election.partnership_id, candidates, scrutineers))


def require_watcher(election: Election, seen_by: Scrutineer) -> None:
    """Go on where that is a scrutineer of the election who is there still. Raises Invalid."""
    if seen_by.election_id != election.pk or seen_by.person not in still_watching(election):
        raise Invalid(seen_by="Choose one of the scrutineers")


@transaction.atomic
def call_election(
    *, partnership: Partnership, body: Body, seats: Collection[str], nominations_until: date, opens_on: date, closes_on: date,
    method: Method, has_proof: bool, key: str, by: Standing,
) -> Election:  # fmt: skip
    """Call an election to seats of a body, once; heads of member schools hear that they may nominate.

    Seats of one kind are one contest. Raises Invalid for a day that may not be, and for seats that are not to be elected now,
    Conflict where the same page has called another election than this, or nobody could stand or vote.
    """
    require(may_call_election(by, partnership.pk))
    election = Election(
        pk=key, partnership=partnership, body=body, method=method, has_proof=has_proof, is_second=was_short(body, seats),
        nominations_until=nominations_until, opens_on=opens_on, closes_on=closes_on,
        officer=by.person or by.on_behalf_of or "", officer_name=by.name,
    )  # fmt: skip
    if (first := already(election)) is not None:
        return _same(first, seats, opens_on, closes_on)
    if not candidates_in(election):
        raise Conflict(NOBODY)
    offered = {one.pk: one for one in seats_to_fill([body.pk])}
    days = school_days_of(partnership)
    problems = ballot_problem(opens_on, closes_on, days.next(nominations_until) or nominations_until, days)
    if why := nominations_problem(nominations_until, clock.today()):
        problems["nominations_until"] = why
    if not seats or not set(seats) <= set(offered):
        problems["seats"] = "Choose seats that are to be elected, and that no other election fills"
    if problems:
        raise Invalid(**problems)
    audit.keep_once("elections.call", election, by=by, body=body.pk)
    kinds: dict[tuple[str, str], list[Seat]] = {}
    for seat in (one for one in offered.values() if one.pk in seats):
        kinds.setdefault((contest_title(seat.title), seat.seat_for), []).append(seat)
    Contest.objects.bulk_create(
        Contest(election=election, title=title, seat_for=kind, seats=",".join(one.pk for one in found), position=at)
        for at, ((title, kind), found) in enumerate(kinds.items())
    )
    later("elections.tell_nominations", election.pk)
    return election


def _same(first: Election, seats: Collection[str], opens_on: date, closes_on: date) -> Election:
    """The election that the page has called, where it says the same again; its days may be others once the ballot is open."""
    says_the_same(first, **({} if first.opens_at else {"opens_on": opens_on, "closes_on": closes_on}))
    if {key for one in first.contests.all() for key in one.seat_keys} != set(seats):
        raise Conflict("This page has called an election to other seats already. Open the list to see it.")
    return first


@transaction.atomic
def tell_nominations(*, election: Election, by: Standing) -> int:
    """Let heads of member schools hear that nominations are open, each once. Gives how many."""
    require(may_tell_voters(by))
    partnership = election.partnership
    heads = {one.person for one in candidates_in(election)}
    heads -= who_heard("elections/nominate.txt", partnership, "election", election.pk)
    words = nomination_words(election, [one.title for one in election.contests.order_by("position")])
    for head in sorted(heads):
        write("elections/nominate.txt", head, partnership, "election", election.pk, by, election.nominations_until, **words)
    return len(heads)


@transaction.atomic
def close_nominations(*, election: Election, by: Standing) -> Election:
    """Close nominations and publish who stands: where no more stand than there are seats they are elected, and where no seat is
    contested the election is over. Who may not stand any more does not, and they and who nominated them hear of it. Raises
    Conflict before the last day is over."""
    require_run(election, by)
    lock(election)
    if election.state != ElectionState.NOMINATIONS:
        raise Conflict("Nominations are closed already.")
    if clock.today() <= election.nominations_until:
        raise Conflict(DAY_AFTER.format(short_date(election.nominations_until)))
    found, lapsed = set(), []
    for contest in election.contests.select_related("election__partnership", "election__body"):
        reasons, standing = Reasons(contest), []
        for one in contest.candidates.filter(state=CandidateState.STANDS).order_by("name", "pk"):
            if why := reasons.of(one.person, one.name):
                _lapse(contest, one, why, by)
                lapsed.append(one.pk)
            else:
                standing.append(one)
        outcome = outcome_of(len(standing), len(contest.seat_keys))
        for number, one in enumerate(standing):
            place = number if outcome is ContestOutcome.UNCONTESTED else None
            contest.candidates.filter(pk=one.pk, state=CandidateState.STANDS).update(number=number, place=place)
        Contest.objects.filter(pk=contest.pk).update(outcome=outcome)
        found.add(outcome)
    if ContestOutcome.CONTESTED in found:
        move(election, ElectionState.STANDING)
    else:
        move(election, ElectionState.DECLARED, declared_at=clock.now())
        later("elections.tell_result", election.pk)
    facts = {"lapsed": lapsed} if lapsed else {}
    audit.record("elections.close_nominations", row=election.pk, partnership=election.partnership_id, facts=facts, by=by)
    return election


def _lapse(contest: Contest, one: Candidate, why: str, by: Standing) -> None:
    """Somebody may not stand any more: they, and who nominated them, hear why."""
    Candidate.objects.filter(pk=one.pk, state=CandidateState.STANDS).update(state=CandidateState.LAPSED, why_not=why)
    election = contest.election
    words = {"name": one.name, "contest": contest.title, "body": election.body.name, "why": why, "officer": by.name}
    for person in sorted({one.person, one.nominator} - {""}):
        write("elections/lapsed.txt", person, election.partnership, "election", election.pk, by, **words)


@transaction.atomic
def call_off(*, election: Election, why_off: str, by: Standing) -> Election:
    """Call an election off, with the reason; what lies in the box is never opened, and goes with its key.

    Raises Conflict once the box is closed, unless fewer than two scrutineers are left who could open it.
    """
    require_run(election, by)
    if election.state == ElectionState.BOXED and can_be_opened(len(still_watching(election))):
        raise Conflict("The box is closed: two of its scrutineers open it.")
    move(election, ElectionState.OFF, why_off=" ".join(why_off.split()))
    destroy_box(election)
    audit.record("elections.call_off", row=election.pk, partnership=election.partnership_id, reason=why_off, by=by)
    return election


def destroy_box(election: Election) -> None:
    """The sealed ballots and everything that could open one go, and the pages of the database on which they lay."""
    for model in (SealedBallot, KeyEnvelope):
        model.objects.filter(election=election).delete()
    Scrutineer.objects.filter(election=election).update(public="", envelope="")
    later("elections.rewrite")
