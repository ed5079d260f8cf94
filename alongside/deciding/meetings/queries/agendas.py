"""A meeting as its agenda and its minutes show it, to each what is for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import Deputy
from alongside.deciding.bodies.rules.quorum import each_vote
from alongside.deciding.meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendee,
    Decision,
    Declared,
    ItemPaper,
    Meeting,
)
from alongside.deciding.meetings.rules.agenda import timed
from alongside.deciding.meetings.rules.deciding import reference_of
from alongside.deciding.meetings.rules.kinds import (
    ActionState,
    Attendance,
    DecidedBy,
    DecisionState,
    MeetingKind,
    MeetingState,
    PaperState,
)
from alongside.deciding.meetings.rules.minutes import MinuteLine, Minutes, Presence, counts, doubt_words
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import short_date
from alongside.ground.documents.queries import kept
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

DONE = Q(action_points__state=ActionState.DONE)
IN_TURN = (MeetingKind.STRATEGY.value, MeetingKind.BUSINESS.value)
PARTS = {False: "meetings.minutes", True: "meetings.minutes_restricted"}


@dataclass
class ItemOn:
    """An item as somebody sees it: its number and time, its papers, who has an interest, what was decided and is to be done."""

    item: AgendaItem
    number: int
    at: datetime
    papers: list[ItemPaper] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[ActionPoint] = field(default_factory=list)


@dataclass(frozen=True)
class Agenda:
    """A meeting's agenda for one viewer. `carried` are actions of earlier meetings that are still open or were agreed at the last
    one, strategy's to strategy and business's to business; `between` what the chair decided since."""

    meeting: Meeting
    items: Sequence[ItemOn]
    carried: Sequence[ActionPoint]
    between: Sequence[Decision]

    @property
    def minutes(self) -> int:
        """How long all items take."""
        return sum(one.item.minutes for one in self.items)

    @property
    def plain(self) -> list[ItemOn]:
        """The items for everybody who sits there."""
        return [one for one in self.items if not one.item.is_restricted]

    @property
    def restricted(self) -> list[ItemOn]:
        """The items for who sits there fully: they stand last."""
        return [one for one in self.items if one.item.is_restricted]

    def doubts(self, attendees: Sequence[Attendee]) -> dict[str, str]:
        """What is to be said, by its id, of a decision that the register has no quorum for."""
        said: dict[str, str] = {}
        for one in self.items:
            there = _there(self.meeting, attendees, {who.member for who in one.declared if who.leaves})
            said |= {made.pk: words for made in one.decisions if (words := doubt_words(there, made.votes.cast))}
        return said


def agenda_of(meeting: Meeting, *, papers: bool = True, decided: bool = True, viewer: Standing) -> Agenda:
    """The agenda as the viewer may see it, with its papers and with what was declared and decided, or without: five queries at
    most."""
    items = _timed(meeting, viewer)
    if papers:
        _add_papers(items)
    for one in Declared.objects.filter(item__in=items, is_struck=False).order_by("name") if decided else ():
        items[one.item_id].declared.append(one)
    before = Meeting.objects.filter(body=meeting.body_id, kind=meeting.kind, on__lt=meeting.on).exclude(
        state=MeetingState.CANCELLED
    )
    since = before.order_by("-on").values("starts_at")[:1]
    between = []
    of_it = Q(meeting=meeting) | Q(body=meeting.body_id, how=DecidedBy.CHAIR, made_at__lte=meeting.starts_at)
    schools = Q(action_points__school__isnull=False)
    followed = {"schools": Count("action_points", schools), "done": Count("action_points", schools & DONE)}
    decisions: Any = Decision.objects.visible_to(viewer).filter(of_it).annotate(since=since, **followed)
    for decision in decisions.select_related("school__current").order_by("decided_on", "made_at") if decided else ():
        if decision.item_id in items:
            items[decision.item_id].decisions.append(decision)
        elif decision.how == DecidedBy.CHAIR and (decision.since is None or decision.made_at > decision.since):
            between.append(decision)
    last = before.order_by("-on").values("pk")[:1]
    same_kind = Q(meeting__kind=meeting.kind) | ~Q(meeting__kind__in=IN_TURN) | Q(meeting=None)
    open_ones = Q(state=ActionState.OPEN, school=None) | Q(meeting__in=last, school=None)
    earlier = Q(Q(meeting__on__lt=meeting.on) | Q(meeting=None), same_kind, open_ones, body=meeting.body_id)
    actions = ActionPoint.objects.visible_to(viewer).filter(Q(meeting=meeting) | earlier).select_related("meeting")
    carried = []
    for action in actions.order_by("due_on", "pk"):
        if action.meeting_id != meeting.pk:
            carried.append(action)
        elif action.item_id in items and not action.school_id:  # what each school does stands with the decision
            items[action.item_id].actions.append(action)
    return Agenda(meeting, list(items.values()), carried, between)


def items_of(meeting: Meeting, *, viewer: Standing) -> Agenda:
    """The items with their papers and nothing more, for the pack: two queries."""
    items = _timed(meeting, viewer)
    _add_papers(items)
    return Agenda(meeting, list(items.values()), (), ())


def _timed(meeting: Meeting, viewer: Standing) -> dict[str, ItemOn]:
    """The items that are for the viewer, with the numbers and times that they have for everybody: what is restricted stands
    last."""
    seen = Exists(AgendaItem.objects.visible_to(viewer).filter(pk=OuterRef("pk")))
    rows: list[Any] = list(AgendaItem.objects.filter(meeting=meeting).annotate(is_seen=seen))
    times = timed(meeting.starts_at, [one.minutes for one in rows])
    found = enumerate(zip(rows, times, strict=True), 1)
    return {row.pk: ItemOn(row, at, when) for at, (row, when) in found if row.is_seen}


def _add_papers(items: Mapping[str, ItemOn]) -> None:
    for paper in ItemPaper.objects.filter(item__in=items, is_out=False).order_by("added_at", "pk"):
        items[paper.item_id].papers.append(paper)


def attendees_of(meeting: Meeting, *, viewer: Standing) -> list[Attendee]:
    """Who was there, and who was not."""
    return list(Attendee.objects.visible_to(viewer).filter(meeting=meeting))


def minutes_of(agenda: Agenda, attendees: Iterable[Attendee], *, is_restricted: bool) -> Minutes:
    """One part of the minutes, all that it says: the restricted items alone, or everything else."""
    meeting, by = agenda.meeting, defaultdict[str, list[str]](list)
    for one in attendees:
        acting = ", acting" if one.is_acting else ""
        said = f"{one.name} ({one.seat}{acting})" + (f", represented by {one.deputy}" if one.deputy else "")
        by["here" if one.how in {Attendance.HERE, Attendance.VIDEO, Attendance.DEPUTY} else one.came].append(said)
    chair = f"{meeting.chair_name}, acting chair" if meeting.chair_acts else meeting.chair_name
    lines = tuple(_line(one) for one in (agenda.restricted if is_restricted else agenda.plain))
    apologies = [*by[Attendance.EXCUSED], *by[Attendance.SENT], *(f"{one} (not accepted)" for one in by[Attendance.APOLOGIES])]
    said = meeting.presence.words if meeting.presence else ""
    return Minutes(
        meeting.body_then, meeting.meeting_kind.label, meeting.on, meeting.place, chair, said, tuple(by["here"]),
        tuple(apologies),
        (*by[Attendance.ABSENT], *by[Attendance.UNTAKEN]), lines,
        meeting.approved_by.on if meeting.approved_by else None, is_restricted,
    )  # fmt: skip


def lines_of(meeting: Meeting, *, viewer: Standing) -> list[MinuteLine]:
    """What the minutes say of each item that the viewer sees."""
    return [_line(one) for one in agenda_of(meeting, viewer=viewer).items]


def _line(one: ItemOn) -> MinuteLine:
    declared = tuple(f"{who.name}: {who.words}{' (left for this item)' if who.leaves else ''}" for who in one.declared)
    decisions = tuple(
        f"{made.reference}: {made.words} ({made.votes.words}; {made.decision_state.label.lower()})" for made in one.decisions
    )
    actions = tuple(f"{point.words}: {point.owner}, by {short_date(point.due_on)}" for point in one.actions)
    files = tuple(f"{paper.title} ({paper.sha256})" for paper in one.papers if paper.state == PaperState.MINUTES)
    return MinuteLine(str(one.number), one.item.title, one.item.notes, declared, decisions, actions, files)


def decided_before(meeting: Meeting, *, viewer: Standing) -> QuerySet[Decision]:
    """The body's decisions whose place a new one may take, newest first."""
    rows: Any = Decision.objects.visible_to(viewer).filter(body=meeting.body_id, state=DecisionState.MADE, superseded_by=None)
    return rows.exclude(meeting=meeting).order_by("-decided_on", "-made_at")


def next_reference(body: Body, on: date, letters: str = "") -> str:
    """The first by which no decision of the partnership is known, of this body or of one whose name begins alike: asked by who
    holds the partnership."""
    known = (f"{reference_of(body.name, on, number)}{letters}" for number in count(1))
    like = Decision.objects.filter(partnership=body.partnership_id, reference__startswith=reference_of(body.name, on, 1)[:-1])
    taken = set(like.values_list("reference", flat=True))
    return next(one for one in known if one not in taken)


def presence_at(item: AgendaItem, *, viewer: Standing) -> Presence | None:
    """Who is there for an item: without those who leave for it; nothing before the register is taken."""
    leaves = Declared.objects.filter(item=item, leaves=True, is_struck=False, member=OuterRef("member"))
    found: Any = Attendee.objects.visible_to(viewer).filter(meeting=item.meeting_id).annotate(leaves=Exists(leaves))
    there = list(found)
    return _there(item.meeting, there, {one.member for one in there if one.leaves})


def _there(meeting: Meeting, attendees: Iterable[Attendee], leave: Collection[str]) -> Presence | None:
    if meeting.presence is None:
        return None
    there = (one for one in attendees if one.member not in leave)
    votes = each_vote(one.vote for one in there if counts(one.how, Deputy(one.deputy_may)))
    return Presence(meeting.presence.quorum, votes, meeting.presence.has_chair and meeting.chair not in leave, meeting.places)


def minutes_paper(meeting: Meeting, *, restricted: bool, viewer: Standing) -> bytes | None:
    """The fixed minutes of a meeting that the viewer sees; the restricted part for who sees every item of it. Nothing before the
    minutes are typeset."""
    if not Meeting.objects.visible_to(viewer).filter(pk=meeting.pk, state=MeetingState.APPROVED).exists():
        return None
    items = AgendaItem.objects.filter(meeting=meeting, is_restricted=True)
    if restricted and items.count() != items.visible_to(viewer).count():
        return None
    return kept(PARTS[restricted], meeting.pk)


def school_bringing(partnership: Partnership, *, viewer: Standing) -> School | None:
    """The school from which the viewer brings something: the first by name in which they hold a post; none for the office."""
    schools = School.objects.filter(pk__in=[role.school for role in viewer.posts_in(partnership.pk)])
    return schools.select_related("current").order_by("current__name", "pk").first()
