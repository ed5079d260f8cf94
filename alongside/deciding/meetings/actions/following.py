"""After the meeting: minutes that are seen, approved and fixed; actions that go out and are reported on; decisions in schools."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from alongside.deciding.bodies.queries.composition import heads_on
from alongside.deciding.meetings.actions.telling import tell_members
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, Decision, Meeting
from alongside.deciding.meetings.permissions import may_keep_meeting, may_pass_minutes, may_report, may_send_actions
from alongside.deciding.meetings.queries.agendas import PARTS, agenda_of, attendees_of, minutes_of
from alongside.deciding.meetings.queries.planning import addresses
from alongside.deciding.meetings.rules.agenda import can_remind
from alongside.deciding.meetings.rules.kinds import OVER, ActionState, DecisionState, MeetingState
from alongside.deciding.meetings.rules.minutes import Minutes
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import long_date, near_date, short_date
from alongside.ground.documents import actions as documents
from alongside.ground.documents.rules import hash_of_facts
from alongside.ground.documents.typesetting import typeset
from alongside.ground.web.later import later
from alongside.ground.web.models import lock, move, save_if_unchanged
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.queries import member_schools
from alongside.members.schools.models import School


@transaction.atomic
def circulate(*, meeting: Meeting, seen_by_chair: bool = False, by: Standing) -> Meeting:
    """Send the draft minutes to everybody who sits there, when the chair has seen them: the chair sends them, or the clerk says
    that the chair has. Raises Conflict when they have gone."""
    require(may_pass_minutes(by, meeting.partnership_id, meeting.body_id, seen_by_chair=seen_by_chair))
    move(meeting, MeetingState.CIRCULATED)
    audit.record("meetings.circulate", row=meeting.pk, partnership=meeting.partnership_id, by=by)
    tell_members(meeting, "meetings/minutes.txt", "minutes", lambda _: {}, sender=by)
    return meeting


@transaction.atomic
def approve_minutes(*, meeting: Meeting, at: Meeting, by: Standing) -> Meeting:
    """Say that a later meeting has approved the minutes: from now on they stay as they are, with their hash, and as a PDF.

    Raises Conflict when they are approved, Invalid for a meeting of another body, an earlier one, or one that was not quorate.
    """
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    if at.body_id != meeting.body_id or at.on <= meeting.on or at.state == MeetingState.CANCELLED:
        raise Invalid(at="Choose a later meeting of the same body that took place")
    if at.presence is None or not at.presence.is_quorate:
        raise Invalid(at="That meeting is not quorate, or its register is not taken")
    lock(meeting)
    meeting.approved_by = at
    papers = [_paper(part) for part in both_parts(meeting) if part.lines or not part.is_restricted]
    marks = hash_of_facts(papers)
    open_ones = [one for one in papers if not one["part"]]  # what is restricted stands with its items alone
    move(meeting, MeetingState.APPROVED, approved_by=at, approved_as=open_ones, facts_hash=marks)
    audit.record("meetings.approve", row=meeting.pk, partnership=meeting.partnership_id, facts={"hash": marks}, by=by)
    later("meetings.fix", meeting.pk)
    return meeting


def both_parts(meeting: Meeting) -> tuple[Minutes, Minutes]:
    """The minutes for everybody who sits there, and those of the restricted items."""
    system = Standing.system()
    agenda, people = agenda_of(meeting, viewer=system), attendees_of(meeting, viewer=system)
    plain, restricted = (minutes_of(agenda, people, is_restricted=part) for part in (False, True))
    return plain, restricted


@transaction.atomic
def fix_minutes(*, meeting: Meeting, by: Standing) -> None:
    """Typeset approved minutes and keep them, each part by itself; what is kept stays. Raises Conflict when they do not say what
    was approved."""
    require(may_send_actions(by))
    _, restricted = both_parts(meeting)
    papers: list[dict[str, Any]] = [*meeting.approved_as, *([_paper(restricted)] if restricted.lines else [])]
    if hash_of_facts(papers) != meeting.facts_hash:
        raise Conflict(f"The minutes of {meeting} no longer say what was approved.")
    for paper in papers:
        pdf = typeset("meetings/minutes", paper, dated=meeting.on)
        documents.keep(kind=PARTS[paper["part"]], row=meeting.pk, pdf=pdf, partnership=meeting.partnership_id, by=by)


def _paper(part: Minutes) -> dict[str, object]:
    """A part of the minutes as it is approved, hashed and typeset: nothing that is renamed later changes it."""
    title = f"Minutes: {part.body}, {long_date(part.on)}"
    return {"title": title, "part": part.is_restricted, "minutes": paper_words(part)}


def paper_words(part: Minutes) -> dict[str, object]:
    """What a part of the minutes says, as words for its paper."""
    lines = [
        {"number": one.number, "title": one.title, "notes": one.notes, "more": [
            *(f"Interest: {words}" for words in one.declared), *(f"Decided: {words}" for words in one.decisions),
            *(f"Action: {words}" for words in one.actions), *(f"Minutes as a file: {words}" for words in one.files),
        ]}
        for one in part.lines
    ]  # fmt: skip
    said = {"Chaired by": part.chaired_by, "There": "; ".join(part.here), "Apologies": "; ".join(part.apologies)}
    facts = said | {"Not there": "; ".join(part.absent), "Quorum": part.presence, "Place": part.place}
    approved = f"Approved on {short_date(part.approved_on)}" if part.approved_on else "Draft"
    head = {"body": part.body, "kind": part.kind, "on": long_date(part.on), "approved": approved}
    return {**head, "facts": [[label, words] for label, words in facts.items() if words], "lines": lines}


@transaction.atomic
def publish_minutes(*, meeting: Meeting, is_public: bool, by: Standing) -> Meeting:
    """Show approved minutes on the public page, without their restricted part, or take them from there. Raises Conflict for
    minutes that are not approved, and where the body is not shown there."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    if meeting.state != MeetingState.APPROVED or (is_public and not meeting.body.is_public):
        raise Conflict("Approved minutes of a body that stands on the public page can be shown there.")
    meeting.is_public = is_public
    save_if_unchanged(meeting, meeting.version, "is_public")
    facts = {"public": is_public}
    audit.record("meetings.publish", row=meeting.pk, partnership=meeting.partnership_id, facts=facts, by=by)
    return meeting


@transaction.atomic
def note_later(*, item: AgendaItem, at: Meeting, words: str, version: int, by: Standing) -> AgendaItem:
    """Note at a later meeting what is wrong in approved minutes: they stay as they are, and the note stands beside them.

    Raises Invalid for a meeting of another body or an earlier one, Conflict before the minutes are approved, Stale when somebody
    has noted something meanwhile.
    """
    meeting = item.meeting
    require(may_keep_meeting(by, item.partnership_id, meeting.body_id))
    if meeting.state != MeetingState.APPROVED:
        raise Conflict("These minutes are not approved yet: change them.")
    if at.body_id != meeting.body_id or at.on <= meeting.on:
        raise Invalid(at="Choose a later meeting of the same body")
    item.later = f"{item.later}\n{short_date(at.on)}: {words.strip()}".strip()
    save_if_unchanged(item, version, "later")
    audit.record("meetings.note_later", row=item.pk, partnership=item.partnership_id, by=by)
    return item


@transaction.atomic
def follow(*, decision: Decision, due_on: date, by: Standing) -> list[ActionPoint]:
    """Follow a decision into the member schools: each has an action of its own, and says there how far it is. Raises Conflict
    when it is followed already, or is not made."""
    require(may_keep_meeting(by, decision.partnership_id, decision.body_id))
    lock(decision)
    if decision.stays_within:
        raise Conflict(
            "This decision is restricted, and what schools do about it would be read there. Give an action to a person."
        )
    if decision.state != DecisionState.MADE or decision.action_points.exclude(school=None).exists():
        raise Conflict("This decision is not made, or is followed into schools already.")
    schools = School.objects.filter(pk__in=member_schools(decision.partnership)).select_related("current")
    made = [
        ActionPoint(
            partnership_id=decision.partnership_id, body_id=decision.body_id, meeting_id=decision.meeting_id,
            item_id=decision.item_id,
            decision=decision, words=decision.words[:500], owner=one.name, school=one, due_on=due_on,
            is_restricted=decision.is_restricted,
        )
        for one in schools
    ]  # fmt: skip
    ActionPoint.objects.bulk_create(made)
    facts = {"schools": len(made)}
    audit.record("meetings.follow", row=decision.pk, partnership=decision.partnership_id, facts=facts, by=by)
    return made


@transaction.atomic
def remind_schools(*, decision: Decision, by: Standing) -> int:
    """Ask those schools again that have not said how far they are with a decision, in the next morning's mail; gives how many.
    Raises Conflict where all have, or were asked within a week."""
    require(may_keep_meeting(by, decision.partnership_id, decision.body_id))
    lock(decision)
    rows = ActionPoint.objects.filter(decision=decision, school__isnull=False, state=ActionState.OPEN)
    again = [one.pk for one in rows if can_remind(one.sent_at, clock.now())]
    if not again:
        raise Conflict("No school is to be reminded: each has answered, or was asked within the last seven days.")
    rows.filter(pk__in=again).update(sent_at=None)
    facts = {"schools": len(again)}
    audit.record("meetings.remind", row=decision.pk, partnership=decision.partnership_id, facts=facts, by=by)
    return len(again)


@transaction.atomic
def report(*, action: ActionPoint, state: ActionState, said: str, by: Standing) -> ActionPoint:
    """Say how an action stands: done, does not apply (a school), no longer wanted (who keeps the meeting), or to do after all.

    Raises Invalid for what is not theirs to say, Conflict when it stands so.
    """
    partnership, body = action.partnership_id, action.body_id
    require(may_report(by, partnership, body, action.person, action.school_id or ""))
    if state is ActionState.DROPPED:
        require(may_keep_meeting(by, partnership, body))
    if state is ActionState.NOT_FOR_US and not action.school_id:
        raise Invalid(state="Only a school says that it does not apply there")
    move(action, state, said=said.strip(), said_by=by.named_in(action.school_id), changed_on=clock.today())
    facts = {"state": str(state)}
    audit.record("meetings.report", row=action.pk, partnership=partnership, school=action.school_id or "", facts=facts, by=by)
    return action


@transaction.atomic
def send_actions(*, by: Standing) -> int:
    """Send what was agreed until yesterday to whose it is: one mail an owner and partnership, a school's to whoever answers for
    it; gives how many mails. Each action goes once."""
    require(may_send_actions(by))
    today = clock.start_of(clock.today())
    ripe = Q(meeting__state__in=OVER, meeting__held_at__lt=today) | Q(meeting=None)
    rows = ActionPoint.objects.filter(ripe, sent_at=None, state=ActionState.OPEN).select_related("partnership", "body")
    found = defaultdict[tuple[str, str, str], list[ActionPoint]](list)
    for one in rows.order_by("due_on", "pk"):
        found[one.partnership_id, one.person, one.school_id or ""].append(one)
    sent, heads = 0, {home: heads_on(home, clock.today()) for home, _, school in found if school}
    for (home, person, school), actions in found.items():
        known = addresses([person] if person else [one.person for one in heads.get(home, ()) if one.school == school], viewer=by)
        for who, to in known.items():
            said = [f"{one.words} ({one.body.name}; by {near_date(one.due_on, clock.today())})" for one in actions]
            link = reverse("meetings:actions", args=[actions[0].partnership.slug])
            notices.send(
                template="meetings/actions.txt", to=to, person=who, words={"actions": said, "link": settings.ADDRESS + link},
                link=link,
                partnership=actions[0].partnership, by=by,
            )  # fmt: skip
            sent += 1
        ActionPoint.objects.filter(pk__in=[one.pk for one in actions], sent_at=None).update(sent_at=clock.now())
        audit.record("meetings.send_actions", row=actions[0].pk, partnership=actions[0].partnership_id, by=by)
    return sent
