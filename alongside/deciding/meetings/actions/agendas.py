"""What stands on an agenda, its papers, sending it, and what people bring to it."""

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings.actions.telling import still_open, tell_members, tell_people
from alongside.deciding.meetings.models import AgendaItem, AgendaProposal, Decision, ItemPaper, Meeting
from alongside.deciding.meetings.permissions import may_bring, may_keep_meeting
from alongside.deciding.meetings.queries.agendas import agenda_of, school_bringing
from alongside.deciding.meetings.queries.planning import next_practice, ways_for
from alongside.deciding.meetings.queries.telling import AGENDA, agenda_words, hearing_of, of_whom
from alongside.deciding.meetings.rules.agenda import CLOSING, why_short
from alongside.deciding.meetings.rules.kinds import AHEAD, ItemKind, MeetingState, PaperState, ProposalState
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.keys import new_key
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.files.actions import keep_file
from alongside.ground.web.models import lock, move, save_if_unchanged

ITEM = ("title", "kind", "minutes", "presenter", "presented_by", "about", "is_restricted")


@transaction.atomic
def add_item(
    *, meeting: Meeting, title: str, kind: ItemKind, minutes: int, presenter: str, about: str, is_restricted: bool, key: str,
    by: Standing,
) -> AgendaItem:  # fmt: skip
    """Add an item to an agenda, once: before those that end the meeting; after it has gone everybody hears of it. The practice
    slot goes to the head who has waited longest, unless somebody is named. Raises Conflict when the minutes are approved."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    still_open(meeting)
    said = {"title": " ".join(title.split()), "kind": kind, "minutes": minutes, "presenter": presenter.strip()}
    item = _item(meeting, key, **said, about=about.strip(), is_restricted=is_restricted)
    if kind == ItemKind.PRACTICE and not item.presenter:
        item.presented_by, item.presenter = next_practice(meeting.body, meeting.on, viewer=Standing.system())
    if (stored := audit.keep_once("meetings.add_item", item, by=by, meeting=meeting.pk)) is item:
        _tell_late(item, by)
    return stored


def _tell_late(item: AgendaItem, by: Standing) -> None:
    """After the agenda has gone everybody for whom an item is hears that it was put there."""
    if item.meeting.state == MeetingState.SENT:
        told = {"item": item.title, "about": item.about}
        tell_members(
            item.meeting, "meetings/late_item.txt", "meeting", lambda one: told if of_whom([item], one) else None, sender=by
        )


def _item(meeting: Meeting, key: str, **facts: object) -> AgendaItem:
    rows = AgendaItem.objects.filter(meeting=meeting, position__lt=CLOSING)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem(pk=key, partnership_id=meeting.partnership_id, meeting=meeting, position=last + 10, **facts)


@transaction.atomic
def change_item(
    *, item: AgendaItem, title: str, kind: ItemKind, minutes: int, presenter: str, about: str, is_restricted: bool, version: int,
    by: Standing,
) -> AgendaItem:  # fmt: skip
    """Change an item. Raises Stale when somebody has changed it meanwhile, Conflict when the minutes are approved."""
    meeting = item.meeting
    require(may_keep_meeting(by, item.partnership_id, meeting.body_id))
    still_open(meeting)
    if presenter.strip() != item.presenter:
        item.presented_by = ""
    item.title, item.kind, item.minutes, item.presenter = " ".join(title.split()), kind, minutes, presenter.strip()
    item.about, item.is_restricted = about.strip(), is_restricted
    save_if_unchanged(item, version, *ITEM)
    audit.record("meetings.change_item", row=item.pk, partnership=item.partnership_id, by=by)
    return item


@transaction.atomic
def raise_item(*, item: AgendaItem, version: int, by: Standing) -> AgendaItem:
    """Let an item come before the one that it follows. Raises Stale when somebody has changed it meanwhile, Conflict when it is
    off the agenda."""
    require(may_keep_meeting(by, item.partnership_id, item.meeting.body_id))
    still_open(item.meeting)
    lock(item)
    rows = list(AgendaItem.objects.filter(meeting=item.meeting_id, is_restricted=item.is_restricted))
    at = rows.index(item)
    if at:
        other, own = rows[at - 1], item.position
        item.position = other.position
        other.position = own if own != other.position else own + 1
        save_if_unchanged(other, other.version, "position")
        save_if_unchanged(item, version, "position")
    audit.record("meetings.raise_item", row=item.pk, partnership=item.partnership_id, by=by)
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Standing) -> AgendaItem:
    """Take an item off. Raises Conflict when something was noted or decided there, or it has papers."""
    require(may_keep_meeting(by, item.partnership_id, item.meeting.body_id))
    still_open(item.meeting)
    lock(item)
    if item.notes or item.decisions.exists() or item.action_points.exists() or item.papers.filter(is_out=False).exists():
        raise Conflict("This item has papers, minutes, decisions or actions: it stays. Take its papers out first, or change it.")
    audit.record("meetings.remove_item", row=item.pk, partnership=item.partnership_id, by=by)
    item.papers.all().delete()
    item.declared.all().delete()
    item.delete()
    return item


@transaction.atomic
def add_paper(
    *, item: AgendaItem, name: str, data: bytes, title: str, state: PaperState | None = None, sure: bool = False, key: str,
    by: Standing,
) -> ItemPaper:  # fmt: skip
    """Put a paper to an item, checked and cleaned, once. After the agenda has gone it is late and goes to everybody whose it is
    as a supplement, unless it is tabled, or the clerk's own minutes (`state`). Raises Invalid as `keep_file` does."""
    meeting = item.meeting
    require(may_keep_meeting(by, item.partnership_id, meeting.body_id))
    still_open(meeting)
    of, keeper = ItemPaper._meta.label_lower, Standing.system(by.person)
    kept = keep_file(key=key, name=name, data=data, kind=of, title=title, partnership=item.partnership_id, sure=sure, by=keeper)
    is_early = meeting.state == MeetingState.PLANNED
    state = state or (PaperState.WITH_AGENDA if is_early else PaperState.LATE)
    paper = ItemPaper(
        pk=key, partnership_id=item.partnership_id, item=item, file=kept.pk, title=kept.title, format=kept.format, size=kept.size,
        sha256=kept.sha256, state=state, added_at=clock.now(),
    )  # fmt: skip
    if (stored := audit.keep_once("meetings.add_paper", paper, by=by, item=item.pk)) is paper and state is PaperState.LATE:
        said = {"item": item.title, "paper": kept.title}
        tell_members(meeting, "meetings/late_paper.txt", "meeting", lambda one: said if of_whom([item], one) else None, sender=by)
    return stored


@transaction.atomic
def take_out_paper(*, paper: ItemPaper, by: Standing) -> ItemPaper:
    """Take a paper out: nobody opens it from here any more. Raises Conflict when it is out."""
    meeting = paper.item.meeting
    require(may_keep_meeting(by, paper.partnership_id, meeting.body_id))
    still_open(meeting)
    if not ItemPaper.objects.filter(pk=paper.pk, is_out=False).update(is_out=True):
        raise Conflict("This paper is taken out already.")
    audit.record("meetings.take_out_paper", row=paper.pk, partnership=paper.partnership_id, by=by)
    return paper


@transaction.atomic
def send_agenda(*, meeting: Meeting, urgent: bool = False, by: Standing) -> Meeting:
    """Send the agenda to everybody who sits there: one mail each, with what of it needs them. Shorter notice than the body's rule
    has goes out when the chair says that it is `urgent`. Raises Invalid where it is short and that is not said, or it is
    empty."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    agenda, ways = agenda_of(meeting, viewer=Standing.system()), ways_for(meeting.body)
    if not agenda.items:
        raise Invalid(urgent="There is nothing on the agenda yet")
    short = why_short(clock.today(), meeting.on, ways.notice_days, ways.by_rule)
    if short and not urgent:
        raise Invalid(urgent=f"{short}. Tick this where the chair says that it is urgent")
    move(meeting, MeetingState.SENT, sent_at=clock.now(), is_short=bool(short), changed_at=clock.now())
    facts = {"short": bool(short)}
    audit.record("meetings.send_agenda", row=meeting.pk, partnership=meeting.partnership_id, facts=facts, by=by)
    clerk = hearing_of(meeting, viewer=Standing.system()).clerk
    tell_members(meeting, AGENDA, "meeting", agenda_words(agenda, clerk), sender=by)
    return meeting


@transaction.atomic
def bring(*, body: Body, title: str, words: str, key: str, by: Standing) -> AgendaProposal:
    """Bring something to a body's meeting, once: it gets an answer. Raises Conflict when the body has ended."""
    require(may_bring(by, body.partnership_id))
    if body.ended_on:
        raise Conflict(f"{body.name} has ended.")
    made = AgendaProposal(
        pk=key, partnership=body.partnership, body=body, person=by.person or by.on_behalf_of or "", name=by.name,
        school=school_bringing(body.partnership, viewer=by), title=" ".join(title.split()),
        words=words.strip(), made_at=clock.now(),
    )  # fmt: skip
    return audit.keep_once("meetings.bring", made, by=by, body=body.pk)


@transaction.atomic
def hand_on(*, decision: Decision, body: Body, words: str, key: str, by: Standing) -> AgendaProposal:
    """Hand a decision on to another body, once: the Headboard implements what the board decided, a working group gives its
    papers to the board. Raises Conflict for the same body."""
    require(may_keep_meeting(by, decision.partnership_id, decision.body_id))
    if body.pk == decision.body_id or body.partnership_id != decision.partnership_id or decision.state != "made":
        raise Conflict("A decision that is made is handed on to another body of the same partnership.")
    made = AgendaProposal(
        pk=key, partnership_id=decision.partnership_id, body=body, person=by.person or by.on_behalf_of or "",
        name=decision.body.name, title=f"{decision.body.name}: {decision.reference}", words=words.strip() or decision.words,
        made_at=clock.now(), came_from=decision,
    )  # fmt: skip
    return audit.keep_once("meetings.hand_on", made, by=by, decision=decision.pk)


@transaction.atomic
def place_proposal(
    *, proposal: AgendaProposal, meeting: Meeting, kind: ItemKind, minutes: int, is_restricted: bool, by: Standing
) -> AgendaItem:
    """Put on an agenda what somebody brought, with the papers of what was handed on; whoever brought it hears of it. Raises
    Conflict when it has its answer, or the meeting is another body's or over."""
    require(may_keep_meeting(by, proposal.partnership_id, proposal.body_id))
    if meeting.body_id != proposal.body_id or meeting.state not in AHEAD:
        raise Conflict("Choose a coming meeting of the body to which it was brought.")
    move(proposal, ProposalState.PLACED)
    came = proposal.came_from
    is_restricted = is_restricted or (came is not None and came.stays_within)
    said = {"title": proposal.title, "kind": kind, "minutes": minutes, "presenter": proposal.name, "about": proposal.words[:500]}
    item = _item(meeting, new_key(), **said, is_restricted=is_restricted, proposal=proposal)
    item.save(force_insert=True)
    for paper in ItemPaper.objects.filter(item=came.item_id, is_out=False) if came and came.item_id else ():
        paper.pk, paper.item, paper.state, paper._state.adding = new_key(), item, PaperState.WITH_AGENDA, True
        paper.save(force_insert=True)
    audit.record("meetings.place", row=proposal.pk, partnership=proposal.partnership_id, facts={"meeting": meeting.pk}, by=by)
    _answered(proposal, f"It is on the agenda of {meeting}.", by)
    _tell_late(item, by)
    return item


@transaction.atomic
def decline_proposal(*, proposal: AgendaProposal, reason: str, by: Standing) -> AgendaProposal:
    """Answer what somebody brought without a place on an agenda, and say why; they hear of it. Raises Conflict when it has its
    answer."""
    require(may_keep_meeting(by, proposal.partnership_id, proposal.body_id))
    move(proposal, ProposalState.DECLINED, reason=reason.strip())
    audit.record("meetings.decline", row=proposal.pk, partnership=proposal.partnership_id, by=by)
    _answered(proposal, f"It is not on an agenda this time: {proposal.reason}", by)
    return proposal


def _answered(proposal: AgendaProposal, answer: str, by: Standing) -> None:
    link = reverse("meetings:proposal", args=[proposal.partnership.slug, proposal.pk])
    words = {"title": proposal.title, "answer": answer}
    tell_people(proposal.body, "meetings/answered.txt", [proposal.person], link, words, sender=by)
