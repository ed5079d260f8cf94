"""Closing the box, and opening it."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from alongside.deciding.elections.actions.calling import destroy_box, require_run, require_watcher
from alongside.deciding.elections.actions.telling import write
from alongside.deciding.elections.models import Contest, Election, KeyEnvelope, PublishedList, Scrutineer, SealedBallot
from alongside.deciding.elections.permissions import may_open_box
from alongside.deciding.elections.queries.internal import (
    contested,
    hash_of,
    numbered,
    papers_left,
    people_in,
    still_watching,
    votes_cast,
)
from alongside.deciding.elections.rules.counting import KNOWN, BallotPaper
from alongside.deciding.elections.rules.published import kept_of, listed_ballots
from alongside.deciding.elections.rules.sealing import OpenedBallot, WrongCode, box_hash, key_from, opened_ballot, public_of
from alongside.deciding.elections.rules.standing import CandidateState, ContestOutcome, ElectionState, choice_problem, is_few
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import listed
from alongside.ground.web.later import later
from alongside.ground.web.models import lock, move

SHUT = "The box stays shut: keep the codes, and ask whoever looks after this installation."


@transaction.atomic
def close_box(*, election: Election, lots: Mapping[str, Sequence[int]], seen_by: Scrutineer, by: Standing) -> Election:
    """Write down the order of lots that was drawn under a scrutineer's eye, and fix the box by its hash: both are published
    before anybody can open it, and the scrutineers hear that they can. Raises Conflict before the ballot is over, or while
    ballots on paper wait."""
    require_run(election, by)
    lock(election)
    if election.box_hash:
        raise Conflict("The box is closed already.")
    if not election.is_over(clock.now()):
        raise Conflict("The box is closed when the ballot is over.")
    if left := papers_left(election):
        raise Conflict(f"Ballots on paper wait to be typed in: {left}.")
    require_watcher(election, seen_by)
    for contest in contested(election):
        order = lots.get(contest.pk, ())
        if sorted(order) != [*range(len(numbered(contest)))]:
            raise Invalid(**{f"lots_{contest.position}": "Number the candidates as they were drawn: 1, 2, 3, each once"})
        Contest.objects.filter(pk=contest.pk).update(lots=",".join(map(str, order)))
    sealed = SealedBallot.objects.filter(election=election).values_list("sealed", flat=True)
    move(election, ElectionState.BOXED, box_hash=box_hash(sealed), lots_seen_by=seen_by.name)
    facts = {"box": election.box_hash, "ballots": len(sealed), "lots": {key: list(order) for key, order in lots.items()}}
    watching = election.scrutineers.filter(person__in=still_watching(election)).order_by("name")
    words = {"body": election.body.name, "watchers": listed([one.name for one in watching])}
    for one in watching:
        write("elections/closed.txt", one.person, election.partnership, "open_box", election.pk, by, **words)
    audit.record("elections.close_box", row=election.pk, partnership=election.partnership_id, facts=facts, by=by)
    return election


@transaction.atomic
def open_box(*, election: Election, code: str, second_code: str, by: Standing) -> Election:
    """Open the box with the codes of two scrutineers, count, publish, declare; the sealed ballots and the key are destroyed,
    and who is elected is told.

    All of it or nothing: raises Invalid where the codes do not open it, Conflict where the box is not what was closed.
    """
    require(may_open_box(by, election.partnership_id, people_in(election)[1]))
    lock(election)
    if election.state == ElectionState.DECLARED:
        raise Conflict("The box was opened already, and the result is declared.")
    if election.state != ElectionState.BOXED:
        raise Conflict("The box is opened once, after it was closed and its lots were drawn.")
    opened = _opened(election, code, second_code)
    for contest, at in ((one, at) for at, one in enumerate(contested(election))):
        _count(election, contest, [(ballot.tracker, ballot.choices[at]) for ballot in opened])
    destroy_box(election)
    move(election, ElectionState.DECLARED, declared_at=clock.now())
    later("elections.tell_result", election.pk)
    audit.record(
        "elections.open_box", row=election.pk, partnership=election.partnership_id, facts={"ballots": len(opened)}, by=by
    )
    return election


def _opened(election: Election, code: str, second_code: str) -> list[OpenedBallot]:
    """The ballots as they were cast, with every check that the box is the one that was closed, and of the ballot that was
    opened."""
    if hash_of(election.facts) != election.facts_hash:
        raise Conflict(f"What the ballot was opened with is not what was published: its hash is another one. {SHUT}")
    sealed = list(SealedBallot.objects.filter(election=election).values_list("sealed", flat=True))
    if box_hash(sealed) != election.box_hash:
        raise Conflict(
            "The box is not what was closed: its hash is another one. It stays shut; keep the codes, and call for help."
        )
    if len(sealed) != votes_cast(election):
        raise Conflict(
            "There are not as many ballots as marks on the roll. The box stays shut; keep the codes, and call for help."
        )
    _both_there(election, code, second_code)
    envelopes = {(one.outer, one.inner): one.sealed for one in KeyEnvelope.objects.filter(election=election)}
    try:
        key = key_from([code, second_code], envelopes, election.pk)
        opened = [opened_ballot(one, key, election.pk) for one in sealed]
    except WrongCode as why:
        raise Invalid(second_code=f"{why}. Type both as they were shown.") from None
    if len({one.tracker for one in opened}) < len(opened):
        raise Conflict(f"A tracker stands twice in the box. {SHUT}")
    contests = [(len(numbered(one)), len(one.seat_keys)) for one in contested(election)]
    for ballot in opened:
        if len(ballot.choices) != len(contests) or any(
            choice_problem(chosen, *sizes, election.method) for chosen, sizes in zip(ballot.choices, contests, strict=True)
        ):
            raise Conflict(f"A ballot in the box could not have been cast. {SHUT}")
    return opened


def _both_there(election: Election, code: str, second_code: str) -> None:
    """Raises Invalid where one of the codes is of a scrutineer who has left."""
    there = still_watching(election)
    of = {one.public: one for one in election.scrutineers.all()}
    for name, typed in (("code", code), ("second_code", second_code)):
        try:
            owner = of.get(public_of(typed, election.pk))
        except WrongCode:
            continue  # said where the box is opened
        if owner and owner.person not in there:
            raise Invalid(**{name: f"{owner.name} is of no school of the partnership any more: type the third scrutineer’s code"})


def _count(election: Election, contest: Contest, ballots: Sequence[tuple[str, tuple[int, ...]]]) -> None:
    candidates, seats = numbered(contest), len(contest.seat_keys)
    papers = [BallotPaper(choices) for _, choices in ballots if choices]
    done = KNOWN[election.method](papers, len(candidates), seats, contest.lot_order)
    Contest.objects.filter(pk=contest.pk).update(outcome=ContestOutcome.COUNTED, count=kept_of(done, len(ballots) - len(papers)))
    for place, number in enumerate(done.elected):
        contest.candidates.filter(number=number, state=CandidateState.STANDS).update(place=place)
    if is_few(len(ballots)):
        return  # the sums are all that is published
    text = listed_ballots(
        title=f"{election}: {contest.title}", method=election.method, seats=seats, candidates=[one.name for one in candidates],
        lots=contest.lot_order, schools=election.votes.count(), marks=len(ballots), box=election.box_hash,
        facts=election.facts_hash, ballots=ballots, has_trackers=election.has_proof, elected=done.elected,
    )  # fmt: skip
    PublishedList.objects.create(contest=contest, text=text, text_hash=hash_of(text), published_at=clock.now())
