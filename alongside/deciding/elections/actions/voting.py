"""Naming who casts a school's vote, casting it, voting on paper, telling who holds a vote."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from alongside.deciding.bodies.queries.composition import heads_on
from alongside.deciding.elections.actions.calling import require_run, require_watcher
from alongside.deciding.elections.actions.telling import write
from alongside.deciding.elections.models import Election, SchoolVote, Scrutineer, SealedBallot
from alongside.deciding.elections.permissions import may_cast_vote, may_name_voter, may_tell_voters
from alongside.deciding.elections.queries.internal import contested, numbered, papers_left, voter_words, who_heard
from alongside.deciding.elections.rules.sealing import OpenedBallot, sealed_ballot
from alongside.deciding.elections.rules.standing import ElectionState, choice_problem
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import weekday_date
from alongside.ground.web.models import lock
from alongside.members.whoswho.queries import colleagues_in

IN_THE_BOX = "Your school’s vote is in the box. Nothing was changed; if you pressed twice, your first vote stands."
TYPED = (
    "This page has put a ballot into the box already, and nobody can see which one. If you pressed twice for one paper, that is "
    "done; type the next paper in on a new page."
)
NOT_NOW = "Votes are not taken now: look at the election’s page for its days."


def _open(election: str) -> QuerySet[Election]:
    now = clock.now()
    return Election.objects.filter(pk=election, state=ElectionState.BALLOT, opens_at__lte=now, closes_at__gt=now)


@transaction.atomic
def name_voter(*, vote: SchoolVote, person: str, by: Standing) -> SchoolVote:
    """Say who casts the school's vote, until it is cast; whoever is named hears of it.

    Raises Invalid for somebody who holds no post in the school, Conflict when it is cast or the ballot is over.
    """
    require(may_name_voter(by, vote.partnership_id, vote.school_id))
    role = colleagues_in([vote.partnership_id]).filter(person=person, school=vote.school_id).select_related("person").first()
    if role is None:
        raise Invalid(person="Choose somebody of the school")
    named = {"person": person, "person_name": role.person.name}
    running = Election.objects.filter(pk=vote.election_id, state=ElectionState.BALLOT, closes_at__gt=clock.now())
    open_ones = SchoolVote.objects.filter(pk=vote.pk, voted=False, election__in=running)
    if not open_ones.update(**named):
        raise Conflict("The school’s vote is in the box, or the ballot is over.")
    vote.person, vote.person_name = person, role.person.name
    facts = {"person": person}
    audit.record("elections.name_voter", row=vote.pk, partnership=vote.partnership_id, school=vote.school_id, facts=facts, by=by)
    if person != by.person:
        _write(vote, "elections/vote.txt", by)
    return vote


@transaction.atomic
def cast_ballot(*, vote: SchoolVote, tracker: str, choices: Sequence[Sequence[int]], by: Standing) -> None:
    """Cast the vote of a school: its mark on the roll, and one sealed ballot, and nothing else that anybody could link to it.

    `choices` are the candidates' numbers for each contest of the ballot; `tracker` was fixed before. Raises Conflict where the
    vote is cast already or votes are not taken now, by the database's clock.
    """
    require(may_cast_vote(by, vote.partnership_id, vote.school_id, vote.person))
    election = vote.election
    many = _checked(election, choices)
    if not keys.is_key(tracker):
        raise Conflict("Something in the page was not as we expected. Load it again and repeat what you did.")
    sealed = sealed_ballot(OpenedBallot(tracker, tuple(map(tuple, choices))), many, election.public_key, election.pk)
    mine = SchoolVote.objects.filter(pk=vote.pk, person=by.person, voted=False, election__in=_open(election.pk))
    if mine.update(voted=True) != 1:
        raise Conflict(IN_THE_BOX if SchoolVote.objects.filter(pk=vote.pk, voted=True).exists() else NOT_NOW)
    SealedBallot(election=election, sealed=sealed).save(force_insert=True)


def _checked(election: Election, choices: Sequence[Sequence[int]]) -> list[int]:
    """How many candidates each contest has. Raises Invalid where the choices fit no ballot of this election."""
    contests = contested(election)
    many = [len(numbered(one)) for one in contests]
    if len(choices) != len(contests):
        raise Invalid(choices="Something in the page was not as we expected. Load it again and repeat what you did.")
    for contest, chosen, candidates in zip(contests, choices, many, strict=True):
        if why := choice_problem(chosen, candidates, len(contest.seat_keys), election.method):
            raise Invalid(choices=why)
    return many


@transaction.atomic
def take_paper(*, vote: SchoolVote, by: Standing) -> SchoolVote:
    """Note that a school has handed its vote in on paper, closed: it votes by no other way. Its head and who holds its vote hear
    of it at once, so that nobody hands it in for them.

    Raises Conflict where it has voted, or votes are not taken now.
    """
    require_run(vote.election, by)
    rows = SchoolVote.objects.filter(pk=vote.pk, voted=False, election__in=_open(vote.election_id))
    if not rows.update(voted=True, is_paper=True):
        raise Conflict("This school’s vote is in the box already, or votes are not taken now.")
    audit.record("elections.take_paper", row=vote.pk, partnership=vote.partnership_id, school=vote.school_id, by=by)
    election = vote.election
    heads = {one.person for one in heads_on(vote.partnership_id, clock.today()) if one.school == vote.school_id}
    words = {
        "body": election.body.name, "school": vote.school_name, "officer": by.name, "on": weekday_date(clock.today()),
        "until": weekday_date(election.closes_on),
    }  # fmt: skip
    for person in sorted(heads | {vote.person} - {""}):
        write("elections/paper.txt", person, vote.partnership, "election", election.pk, by, **words)
    return vote


@transaction.atomic
def give_paper_back(*, vote: SchoolVote, by: Standing) -> SchoolVote:
    """Take the mark of a vote on paper off the roll, where the school says that it handed none in: it votes as before, and the
    envelope is not opened. Raises Conflict where it has not voted on paper, or votes are not taken now."""
    require_run(vote.election, by)
    rows = SchoolVote.objects.filter(pk=vote.pk, voted=True, is_paper=True, election__in=_open(vote.election_id))
    if not rows.update(voted=False, is_paper=False):
        raise Conflict("This school’s vote was not taken on paper, or votes are not taken now.")
    audit.record("elections.give_paper_back", row=vote.pk, partnership=vote.partnership_id, school=vote.school_id, by=by)
    return vote


@transaction.atomic
def type_paper(*, election: Election, choices: Sequence[Sequence[int]], seen_by: Scrutineer, key: str, by: Standing) -> int:
    """Put what stands on a ballot paper into the box, once, after the papers were mixed and under a scrutineer's eye; gives how
    many are left.

    Raises Conflict before the ballot is over, when as many are in the box as schools have voted, and for a page that has put
    one in: what it was nobody can compare.
    """
    require_run(election, by)
    lock(election)
    if SealedBallot.objects.filter(pk=key).exists():
        raise Conflict(TYPED)
    many = _checked(election, choices)
    if not election.is_over(clock.now()):
        raise Conflict("Papers are typed in when the ballot is over, and before the box is closed.")
    if not papers_left(election):
        raise Conflict("Every ballot is in the box already.")
    require_watcher(election, seen_by)
    opened = OpenedBallot(keys.new_key(), tuple(map(tuple, choices)))
    sealed = sealed_ballot(opened, many, election.public_key, election.pk)
    SealedBallot(pk=key, election=election, sealed=sealed).save(force_insert=True)
    seen = [name for name in election.papers_seen_by.split("; ") if name]
    if seen_by.name not in seen:
        rows = Election.objects.filter(pk=election.pk, state=ElectionState.BALLOT)
        rows.update(papers_seen_by="; ".join([*seen, seen_by.name]))
    facts = {"seen_by": seen_by.person}
    audit.record("elections.type_paper", row=election.pk, partnership=election.partnership_id, facts=facts, by=by)
    return papers_left(election)


@transaction.atomic
def tell_voters(*, election: Election, by: Standing) -> int:
    """Once the ballot is open, let whoever holds a school's vote hear of it, each once. Gives how many."""
    require(may_tell_voters(by))
    return _write_to(election, "elections/vote.txt", election.votes.filter(voted=False), by)


@transaction.atomic
def remind_voters(*, election: Election, by: Standing) -> int:
    """Remind those whose school has not voted, and nobody else, once. Gives how many. Raises Conflict when no vote is taken."""
    require_run(election, by)
    if not election.is_polling(clock.now()):
        raise Conflict(NOT_NOW)
    count = _write_to(election, "elections/remind.txt", election.votes.filter(voted=False), by)
    audit.record("elections.remind", row=election.pk, partnership=election.partnership_id, facts={"count": count}, by=by)
    return count


def _write_to(election: Election, template: str, votes: QuerySet[SchoolVote], by: Standing) -> int:
    """Each who holds one of those votes gets one message, if they have not had it."""
    had = who_heard(template, election.partnership, "election", election.pk)
    found = {one.person: one for one in votes.exclude(person="").order_by("-urn") if one.person not in had}
    for vote in found.values():
        _write(vote, template, by)
    return len(found)


def _write(vote: SchoolVote, template: str, by: Standing) -> None:
    election = vote.election
    schools = list(election.votes.filter(person=vote.person, voted=False).order_by("urn").values_list("school_name", flat=True))
    write(template, vote.person, election.partnership, "election", election.pk, by, **voter_words(election, schools))
