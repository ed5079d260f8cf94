"""What is decided between meetings: by the chair alone, or in writing by all."""

from django.db import transaction
from django.urls import reverse

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.bodies.rules.quorum import each_vote
from alongside.deciding.meetings.actions.telling import tell_people
from alongside.deciding.meetings.models import Assent, Decision
from alongside.deciding.meetings.permissions import may_act_as_chair, may_answer_resolution, may_keep_meeting, may_send_actions
from alongside.deciding.meetings.queries.agendas import next_reference
from alongside.deciding.meetings.queries.planning import roster, ways_for
from alongside.deciding.meetings.queries.telling import voters_of
from alongside.deciding.meetings.rules.deciding import all_agree, why_not_in_writing
from alongside.deciding.meetings.rules.kinds import DecidedBy, DecisionState
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.web.models import lock, once

NOBODY_VOTES = "Nobody votes on this body today."


def _decision(body: Body, how: DecidedBy, key: str, state: DecisionState, words: str, is_restricted: bool) -> Decision:
    lock(body.partnership)
    first = Decision.objects.filter(pk=key).first()
    today = clock.today()
    letters = {DecidedBy.CHAIR: "C", DecidedBy.WRITTEN: "W"}[how]
    reference = first.reference if first else next_reference(body, today, letters)
    return Decision(
        pk=key, partnership_id=body.partnership_id, body=body, how=how, state=state, reference=reference, decided_on=today,
        words=words.strip(), is_restricted=is_restricted, made_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def take_chairs_action(*, body: Body, words: str, is_restricted: bool, key: str, by: Standing) -> Decision:
    """Let the chair decide between meetings, once; the next meeting hears of it by itself. Raises Conflict, with the reason,
    where the body's rule does not have it."""
    require(may_act_as_chair(by, body.pk))
    if problem := ways_for(body).no_chairs_action:
        raise Conflict(f"{problem}.")
    made = _decision(body, DecidedBy.CHAIR, key, DecisionState.MADE, words, is_restricted)
    return audit.keep_once("meetings.chairs_action", made, by=by, body=body.pk)


@transaction.atomic
def propose_resolution(*, body: Body, words: str, is_restricted: bool, key: str, by: Standing) -> Decision:
    """Ask everybody who votes on a body to resolve something in writing, once: it is made when all have agreed.

    Raises Conflict, with the reason, where the body's rule does not have it, and where nobody votes.
    """
    require(may_keep_meeting(by, body.partnership_id, body.pk))
    if problem := why_not_in_writing(BodyKind(body.kind), ways_for(body)):
        raise Conflict(problem)
    asked = voters_of(body, viewer=Standing.system())
    voters = [*(one for one, _ in asked.told), *asked.untold]
    if not voters:
        raise Conflict(NOBODY_VOTES)
    made = _decision(body, DecidedBy.WRITTEN, key, DecisionState.ASKED, words, is_restricted)
    if (stored := audit.keep_once("meetings.propose_resolution", made, by=by, body=body.pk)) is not made:
        return stored
    for one in voters:
        who = {"member": one.key, "person": one.person, "name": one.name, "vote": one.vote}
        once(Assent(partnership_id=body.partnership_id, decision=made, **who))
    link = reverse("meetings:decision", args=[body.partnership.slug, made.pk])
    people = [one.person for one, _ in asked.told]
    tell_people(body, "meetings/resolution.txt", people, link, {"words": made.words}, sender=by)
    return made


@transaction.atomic
def answer_resolution(*, assent: Assent, agrees: bool, by: Standing) -> Decision:
    """Agree to a written resolution, or not; who has no account, through who keeps the meeting. With the last yes it is made,
    with the first no it falls. Raises Conflict when it is answered, or settled."""
    decision = assent.decision
    require(may_answer_resolution(by, assent.partnership_id, decision.body_id, assent.person))
    lock(decision)
    if decision.state != DecisionState.ASKED:
        raise Conflict("This resolution is settled already.")
    if not each_vote([assent.vote]) & _votes(decision):
        raise Conflict("Whoever has left the body answers for it no more.")
    if not Assent.objects.filter(pk=assent.pk, at=None).update(agrees=agrees, at=clock.now()):
        raise Conflict("This is answered already.")
    _settle(decision, by)
    audit.record("meetings.answer", row=decision.pk, partnership=assent.partnership_id, facts={"agrees": agrees}, by=by)
    return decision


def _votes(decision: Decision) -> set[str]:
    return each_vote(one.vote for one in roster(decision.body, clock.today(), viewer=Standing.system()).members)


def _settle(decision: Decision, by: Standing) -> bool:
    """Whether a resolution is settled now: by those who were asked and still vote there. They hear how it went."""
    votes = _votes(decision)
    asked = [one for one in Assent.objects.filter(decision=decision) if each_vote([one.vote]) & votes]
    answers = [one.agrees for one in asked]
    made = all_agree(len(answers), answers.count(True), answers.count(False))
    if made is not None:
        decision.state = DecisionState.MADE if made else DecisionState.LOST
        decision.decided_on = clock.today()
        decision.save(update_fields=["state", "decided_on"])
        words = {"words": decision.words, "reference": decision.reference, "is_made": made}
        people = {one.person for one in asked if one.person}  # who has left hears nothing more
        page = reverse("meetings:decision", args=[decision.body.partnership.slug, decision.pk])
        tell_people(decision.body, "meetings/outcome.txt", people, page, words, sender=by)
    return made is not None


@transaction.atomic
def settle_resolution(*, decision: Decision, by: Standing) -> Decision:
    """Settle a resolution for which only somebody was waited who has left the body; nothing where an answer is missing still."""
    require(may_send_actions(by))
    lock(decision)
    if decision.state == DecisionState.ASKED and _settle(decision, by):
        audit.record("meetings.settle_resolution", row=decision.pk, partnership=decision.partnership_id, by=by)
    return decision
