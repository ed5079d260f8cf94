"""At the meeting: who is here, who has an interest, what is said, decided and to be done."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.deciding.bodies.rules.kinds import Deputy, Duty
from alongside.deciding.bodies.rules.quorum import each_vote
from alongside.deciding.meetings.actions.telling import still_open, tell_members
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, AgendaProposal, Attendee, Decision, Declared, Meeting
from alongside.deciding.meetings.permissions import may_answer_for, may_keep_meeting
from alongside.deciding.meetings.queries.agendas import next_reference, presence_at
from alongside.deciding.meetings.queries.planning import Member, roster, ways_for
from alongside.deciding.meetings.queries.telling import COMES, coming_mail
from alongside.deciding.meetings.rules.deciding import Votes, is_carried, why_not_decided, why_not_struck
from alongside.deciding.meetings.rules.kinds import NOTED, Attendance, DecidedBy, DecisionState, MeetingState, ProposalState
from alongside.deciding.meetings.rules.minutes import counts, why_no_deputy
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import weekday_near
from alongside.ground.web.models import lock, move, save_if_unchanged
from alongside.members.authority import actions as authority
from alongside.members.authority.permissions import may_record_decision
from alongside.members.authority.rules import DecisionKind
from alongside.members.partnerships.queries import belongs
from alongside.members.schools.models import School

TAKEN = "Another decision has taken its place already. Open the decisions to see it."


@transaction.atomic
def take_register(
    *, meeting: Meeting, came: Mapping[str, Attendance], deputies: Mapping[str, str], chair: str = "", by: Standing
) -> Meeting:
    """Say how each who sits there was at the meeting (by their key; who is not named is not here), who came in whose place, and
    who chairs. What each held that day is kept with it, and so is the quorum. May be done again until the minutes are approved.

    Raises Invalid for a deputy where the seat has none or without a name, and for a chair who is not here.
    """
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    lock(meeting)
    still_open(meeting)
    if meeting.on > clock.today():
        raise Conflict(
            f"This meeting is on {weekday_near(meeting.on, clock.today())}: who is here is said on the day. Until then apologies "
            "are entered: “Enter apologies” on its agenda."
        )
    there = roster(meeting.body, meeting.on, viewer=Standing.system())
    rows, problems = [], dict[str, str]()
    for at, one in enumerate(there.members):
        how, name = came.get(one.key, Attendance.ABSENT), deputies.get(one.key, "").strip()
        if problem := why_no_deputy(how, one.deputy, name):
            problems[f"deputy_{one.key}"] = problem
        rows.append(_attendee(meeting, one, how, name if how is Attendance.DEPUTY else "", at))
    here = {row.member: row for row in rows if counts(Attendance(row.came), Deputy(row.deputy_may))}
    if chair and chair not in here:
        problems["chair"] = "Choose somebody who is here"
    if problems:
        raise Invalid(**problems)
    Attendee.objects.filter(meeting=meeting).delete()
    Attendee.objects.bulk_create(rows)
    quorum, leads = there.shown.quorum, here.get(chair)
    meeting.in_post, meeting.needed, meeting.needs_chair = quorum.in_post, quorum.needed, quorum.needs_chair
    meeting.places, meeting.votes_here = there.places, len(each_vote(row.vote for row in here.values()))
    meeting.chair, meeting.chair_name = (leads.member, leads.name) if leads else ("", "")
    meeting.chair_acts = leads is not None and (leads.is_acting or leads.duty != Duty.CHAIR)
    kept = ("in_post", "needed", "needs_chair", "places", "votes_here", "chair", "chair_name", "chair_acts")
    save_if_unchanged(meeting, meeting.version, *kept)
    facts = {"here": len(here), "votes": meeting.votes_here}
    audit.record("meetings.register", row=meeting.pk, partnership=meeting.partnership_id, facts=facts, by=by)
    return meeting


@transaction.atomic
def note_apologies(*, meeting: Meeting, noted: Mapping[str, Attendance], by: Standing) -> Meeting:
    """Enter before the day of a meeting who has sent apologies (by their key), and whether they are accepted; who is not named
    stays as they are. The register begins with it. Raises Conflict when its day has come, or it is off."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    lock(meeting)
    still_open(meeting)
    if meeting.on <= clock.today():
        raise Conflict("The day of this meeting has come: who is here, and who has sent apologies, is said on its register.")
    there = roster(meeting.body, meeting.on, viewer=Standing.system())
    rows = [_attendee(meeting, one, noted[one.key], "", at) for at, one in enumerate(there.members) if one.key in noted]
    for row in rows:
        row.came, row.noted_at = row.came if row.came in NOTED else Attendance.UNTAKEN, clock.now()
    Attendee.objects.filter(meeting=meeting, member__in=[row.member for row in rows]).delete()
    Attendee.objects.bulk_create(rows)
    facts = {"entered": len(rows)}
    audit.record("meetings.apologies", row=meeting.pk, partnership=meeting.partnership_id, facts=facts, by=by)
    return meeting


@transaction.atomic
def say_coming(*, meeting: Meeting, member: str, how: Attendance, by: Standing) -> Attendee:
    """Say before its register is taken whether somebody comes to a meeting (by their key): oneself, or for them who keeps it.
    Raises Conflict when it is too late, or it is off; Invalid for who does not sit there."""
    found = {one.key: one for one in roster(meeting.body, meeting.on, viewer=Standing.system()).members}.get(member)
    require(may_answer_for(by, meeting.partnership_id, meeting.body_id, found.person if found else ""))
    lock(meeting)
    still_open(meeting)
    if meeting.on < clock.today() or meeting.presence:
        raise Conflict("Who is here stands on the register of this meeting already: tell the clerk.")
    if found is None or how not in {Attendance.HERE, Attendance.SENT}:
        raise Invalid(how="Say that you come, or that you cannot")
    made = _attendee(meeting, found, how, "", 0)
    made.noted_at = clock.now()
    if there := Attendee.objects.filter(meeting=meeting, member=found.key).values_list("pk", flat=True).first():
        made.pk = there
    made.save(force_update=bool(there), force_insert=not there)
    audit.record("meetings.say_coming", row=meeting.pk, partnership=meeting.partnership_id, facts={"says": str(how)}, by=by)
    return made


@transaction.atomic
def ask_who_comes(*, meeting: Meeting, by: Standing) -> int:
    """Write to those with a vote who have not said whether they come, once a day at most; gives to how many. Raises Conflict when
    it is too late or went today already, or there is nobody to write to."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    lock(meeting)
    still_open(meeting)
    silent, problem = coming_mail(meeting, viewer=by)
    if problem:
        raise Conflict(f"{problem} Nothing was sent.")
    told = {one.key for one, _ in silent.hearing.told}
    sent = tell_members(meeting, COMES, "meeting", lambda one: {} if one.key in told else None, sender=by)
    audit.record("meetings.ask_who_comes", row=meeting.pk, partnership=meeting.partnership_id, facts={"asked": sent}, by=by)
    return sent


def _attendee(meeting: Meeting, one: Member, how: Attendance, deputy: str, at: int) -> Attendee:
    who = {"member": one.key, "person": one.person, "name": one.name, "place": one.place[:200], "seat": one.seat[:120]}
    held = {"vote": one.vote, "duty": one.duty, "deputy_may": one.deputy, "is_acting": one.is_acting}
    return Attendee(partnership_id=meeting.partnership_id, meeting=meeting, **who, **held, came=how, deputy=deputy, position=at)


@transaction.atomic
def declare(*, item: AgendaItem, member: str, words: str, leaves: bool = True, key: str, by: Standing) -> Declared:
    """Say that somebody has an interest in an item, once, and whether they leave for it: who does sees nothing more of it where
    it is restricted. Raises Invalid for who does not sit there."""
    meeting = item.meeting
    found = {one.key: one for one in roster(meeting.body, meeting.on, viewer=Standing.system()).members}.get(member)
    require(may_answer_for(by, item.partnership_id, meeting.body_id, found.person if found else ""))
    still_open(meeting)
    if found is None:
        raise Invalid(member="Choose somebody who sits there")
    said = {"member": found.key, "person": found.person, "name": found.name, "words": words.strip(), "leaves": leaves}
    made = Declared(pk=key, partnership_id=item.partnership_id, item=item, **said)
    return audit.keep_once("meetings.declare", made, by=by, item=item.pk, leaves=leaves)


@transaction.atomic
def strike_declared(*, declared: Declared, by: Standing) -> Declared:
    """Strike out an interest that was entered by mistake. Raises Conflict when it is struck out."""
    require(may_keep_meeting(by, declared.partnership_id, declared.item.meeting.body_id))
    still_open(declared.item.meeting)
    if not Declared.objects.filter(pk=declared.pk, is_struck=False).update(is_struck=True):
        raise Conflict("This is struck out already.")
    audit.record("meetings.strike_declared", row=declared.pk, partnership=declared.partnership_id, by=by)
    return declared


@transaction.atomic
def save_notes(*, item: AgendaItem, notes: str, version: int, by: Standing) -> AgendaItem:
    """Keep what the minutes say of an item; a pause in typing is enough. Raises Stale when somebody else has written
    meanwhile."""
    require(may_keep_meeting(by, item.partnership_id, item.meeting.body_id))
    still_open(item.meeting)
    item.notes = notes.strip()
    save_if_unchanged(item, version, "notes")
    return item


@transaction.atomic
def decide(
    *,
    item: AgendaItem,
    words: str,
    proposer: str = "",
    for_it: int | None = None,
    against: int | None = None,
    abstained: int | None = None,
    casting: bool = False,
    money: DecisionKind | None = None,
    amount: int | None = None,
    school: School | None = None,
    supersedes: Decision | None = None,
    key: str,
    by: Standing,
) -> Decision:
    """Write down what the meeting decided on an item, once. About money it becomes what money rests on, at once where whoever
    writes it may say so, else when the manager takes it over.

    Raises Invalid where the body may not decide so, with the reason; Conflict where a later decision has taken the place of the
    one that it supersedes.
    """
    meeting = item.meeting
    require(may_keep_meeting(by, item.partnership_id, meeting.body_id))
    if school:
        require(belongs(meeting.partnership, school))
    lock(meeting.partnership)  # its decisions are numbered one after another
    lock(meeting)
    still_open(meeting)
    if supersedes and supersedes.body_id != meeting.body_id:
        raise Conflict("A decision takes the place of one of the same body.")
    votes, left = Votes(for_it, against, abstained, casting), presence_at(item, viewer=by)
    problems = why_not_decided(
        ways_for(meeting.body), left is not None and left.is_quorate, len(left.votes) if left else 0, votes, money=bool(money),
        chair_stays=left is not None and left.has_chair,
    )  # fmt: skip
    if money and DecisionKind(money).needs_amount and amount is None:
        problems["amount"] = "Enter the amount that was decided"
    first = Decision.objects.filter(pk=key).first()
    if problems and first is None:
        raise Invalid(**problems)
    reference = first.reference if first else next_reference(meeting.body, meeting.on)
    given = {"for_it": for_it, "against": against, "abstained": abstained, "casting": casting}
    made = Decision(
        pk=key, partnership_id=item.partnership_id, body=meeting.body, meeting=meeting, item=item, how=DecidedBy.MEETING,
        state=DecisionState.MADE if is_carried(votes) else DecisionState.LOST, reference=reference, decided_on=meeting.on,
        words=words.strip(), proposer=proposer.strip(), **given, money=money or "", amount=amount, school=school,
        supersedes=supersedes, made_at=clock.now(),
    )  # fmt: skip
    try:
        stored = audit.keep_once("meetings.decide", made, by=by, meeting=meeting.pk)
    except IntegrityError:
        raise Conflict(TAKEN) from None
    if stored is made and made.money and made.state == DecisionState.MADE and may_record_decision(by, item.partnership_id):
        authorise(decision=made, by=by)
    return stored


@transaction.atomic
def strike_decision(*, decision: Decision, by: Standing) -> Decision:
    """Strike out a decision that was written down by mistake, while only who keeps the minutes reads them: its reference is free
    again. Raises Conflict once the draft minutes have gone, or something rests on it: a later decision takes its place then."""
    require(may_keep_meeting(by, decision.partnership_id, decision.body_id))
    lock(decision.partnership)
    lock(decision)
    followed = decision.authority_id or decision.action_points.exists() or decision.handed_on.exists()
    replaced, meeting = Decision.objects.filter(supersedes=decision).exists(), decision.meeting
    if why := why_not_struck(meeting.meeting_state if meeting else None, bool(followed), replaced):
        raise Conflict(why)
    facts = {"reference": decision.reference}
    audit.record("meetings.strike_decision", row=decision.pk, partnership=decision.partnership_id, facts=facts, by=by)
    Decision.objects.filter(pk=decision.pk).delete()
    return decision


@transaction.atomic
def authorise(*, decision: Decision, by: Standing) -> Decision:
    """Let money rest on what a board decided: it stands among the board's decisions about money, where fees and credits ask for
    it.

    Raises Conflict when it does already, or was not carried.
    """
    require(may_record_decision(by, decision.partnership_id))
    lock(decision)
    if decision.authority_id or not decision.money or decision.state != DecisionState.MADE:
        raise Conflict("Money rests on this already, or it is not about money, or was not carried.")
    said: dict[str, Any] = {"kind": DecisionKind(decision.money), "body": decision.body.name, "decided_on": decision.decided_on}
    before = decision.supersedes.authority if decision.supersedes else None
    decision.authority = authority.record_decision(
        partnership=decision.partnership, **said, reference=decision.reference, amount=decision.amount,
        words=decision.words[:500],
        school=decision.school, supersedes=before, key=decision.pk, by=by,
    )  # fmt: skip
    decision.save(update_fields=["authority"])
    audit.record("meetings.authorise", row=decision.pk, partnership=decision.partnership_id, by=by)
    return decision


@transaction.atomic
def agree_action(
    *,
    item: AgendaItem,
    words: str,
    member: str = "",
    school: School | None = None,
    owner: str = "",
    due_on: date,
    key: str,
    by: Standing,
) -> ActionPoint:
    """Write down what is to be done, by whom and by when, once: somebody who sits there, a school, or a name. It goes out the day
    after the meeting. Raises Invalid without an owner."""
    meeting = item.meeting
    require(may_keep_meeting(by, item.partnership_id, meeting.body_id))
    if school:
        require(belongs(meeting.partnership, school))
    still_open(meeting)
    if school and item.is_restricted:
        raise Invalid(school="This item is restricted, and what a school does is read there: choose a person who sits there")
    if due_on < meeting.on:
        raise Invalid(due_on="Enter the day of the meeting or a later one")
    members = roster(meeting.body, meeting.on, viewer=Standing.system()).members if member else []
    found = next((one for one in members if one.key == member), None)
    name = found.name if found else school.name if school else owner.strip()
    if not name:
        raise Invalid(owner="Choose who does it, or enter a name")
    made = ActionPoint(
        pk=key, partnership_id=item.partnership_id, body=meeting.body, meeting=meeting, item=item, words=" ".join(words.split()),
        person=found.person if found else "", owner=name, school=school, due_on=due_on,
        decision=item.decisions.order_by("made_at").last(),
    )  # fmt: skip
    return audit.keep_once("meetings.agree_action", made, by=by, meeting=meeting.pk)


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Standing) -> Meeting:
    """Say that the meeting is over: its actions go out tomorrow, and what was brought and has no answer has waited for one
    meeting more. Raises Conflict before its day, before the register is taken, and when it is over already."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    if meeting.presence is None:
        raise Conflict(
            f"This meeting is on {weekday_near(meeting.on, clock.today())}, and is over after that. Until then apologies are "
            "entered: “Enter apologies” on its agenda."
            if meeting.on > clock.today()
            else "Say first who was there: “Who is here” beside the minutes."
        )
    now = clock.now()
    move(meeting, MeetingState.HELD, held_at=now)
    waiting = AgendaProposal.objects.filter(body=meeting.body_id, state=ProposalState.WAITING, made_at__lt=meeting.starts_at)
    waiting.update(missed=F("missed") + 1)
    audit.record("meetings.close", row=meeting.pk, partnership=meeting.partnership_id, by=by)
    return meeting
