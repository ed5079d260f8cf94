"""Nominating, and answering a nomination."""

from django.db import transaction

from alongside.deciding.elections.actions.telling import write
from alongside.deciding.elections.models import Candidate, Contest
from alongside.deciding.elections.permissions import may_answer_nomination, may_nominate_candidate
from alongside.deciding.elections.queries.internal import Reasons
from alongside.deciding.elections.rules.standing import CandidateState, ElectionState, nominated_already, statement_problem
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import weekday_date
from alongside.ground.web.models import already, lock, once, save_if_unchanged

CLOSED = "Nominations are closed. Who stands is on the election’s page."


@transaction.atomic
def nominate(*, contest: Contest, person: str, statement: str, key: str, by: Standing) -> Candidate:
    """Nominate a head, once: oneself, with a statement, or another, who hears of it and says whether they stand.

    Raises Invalid with the reason where they may not stand, Conflict once nominations are closed.
    """
    election = contest.election
    require(may_nominate_candidate(by, election.partnership_id))
    pressed = Candidate(pk=key, partnership_id=election.partnership_id, contest=contest, person=person)
    if (first := already(pressed)) is not None:
        return first
    lock(contest)  # two may nominate the same head at one moment
    _still_open(contest)
    is_own = person == by.person
    known = Candidate.objects.filter(contest=contest, person=person).first()
    if known:
        if is_own:
            return answer_nomination(candidate=known, stands=True, statement=statement, version=known.version, by=by)
        raise Invalid(person=nominated_already(known.name, known.candidate_state))
    reasons = Reasons(contest)
    if why := reasons.of(person):
        raise Invalid(person=why)
    if is_own and (why := statement_problem(statement)):
        raise Invalid(statement=why)
    head = next(one for one in reasons.heads if one.person == person)
    candidate = Candidate(
        pk=key, partnership=election.partnership, contest=contest, person=person, name=head.name, school_id=head.school,
        nominator=by.person or "", nominator_name=by.name, statement=statement.strip() if is_own else "",
        state=CandidateState.STANDS if is_own else CandidateState.ASKED,
    )  # fmt: skip
    if (stored := once(candidate)) is not candidate:
        return stored
    facts = {"person": person}  # whose school it is stays out of the record: another head may have nominated
    audit.record("elections.nominate", row=candidate.pk, partnership=election.partnership_id, facts=facts, by=by)
    if not is_own:
        _ask(candidate, by)
    return candidate


def _still_open(contest: Contest) -> None:
    election = contest.election
    election.refresh_from_db(fields=["state"])
    if election.state != ElectionState.NOMINATIONS or clock.today() > election.nominations_until:
        raise Conflict(CLOSED)


def _ask(candidate: Candidate, by: Standing) -> None:
    contest = candidate.contest
    until = weekday_date(contest.election.nominations_until)
    words = {"nominator": candidate.nominator_name, "contest": contest.title, "body": contest.election.body.name, "until": until}
    write("elections/nominated.txt", candidate.person, candidate.partnership, "answer_nomination", candidate.pk, by, **words)


@transaction.atomic
def answer_nomination(*, candidate: Candidate, stands: bool, statement: str, version: int, by: Standing) -> Candidate:
    """Say that one stands, with the statement for the ballot, or that one does not; changed until nominations close.

    Raises Invalid for a statement that is too long or where one may not stand, Stale where it was changed meanwhile.
    """
    require(may_answer_nomination(by, candidate.person))
    _still_open(candidate.contest)
    if stands and (why := Reasons(candidate.contest).of(candidate.person)):
        raise Invalid(stands=why)
    if why := statement_problem(statement):
        raise Invalid(statement=why)
    candidate.state = CandidateState.STANDS if stands else CandidateState.DECLINED
    candidate.statement = statement.strip()
    save_if_unchanged(candidate, version, "state", "statement")
    act = "elections.stand" if stands else "elections.decline"
    audit.record(act, row=candidate.pk, partnership=candidate.partnership_id, by=by)
    return candidate
