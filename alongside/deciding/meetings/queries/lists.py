"""Lists: meetings, decisions, actions, what was brought; and the thread of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.urls import reverse

from alongside.deciding.bodies.models import Body, Tenure
from alongside.deciding.bodies.rules.kinds import BodyKind, Duty, publishes_attendance
from alongside.deciding.bodies.rules.people import published_since
from alongside.deciding.meetings.models import (
    ActionPoint,
    AgendaItem,
    AgendaProposal,
    Assent,
    Attendee,
    Business,
    Decision,
    Meeting,
)
from alongside.deciding.meetings.rules.agenda import can_remind
from alongside.deciding.meetings.rules.kinds import AHEAD, CAME, OVER, ActionState, MeetingState
from alongside.deciding.meetings.rules.minutes import attendance_year
from alongside.ground.core import clock
from alongside.ground.core.declaration import Beside, Figures
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.words import plural
from alongside.ground.web.needs import figure
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belonging
from alongside.members.schools.models import School

MOST = 400


def schools_of(partnership: Partnership, *, viewer: Standing) -> list[School]:
    """The schools that belong, by name."""
    there = belonging(partnership, viewer=viewer).values("school")
    return sorted(School.objects.filter(pk__in=there).select_related("current"), key=str)


class Meetings(NamedTuple):
    """The meetings of a partnership that somebody sees: those to come, and the last that were."""

    ahead: list[Meeting]
    over: list[Meeting]


def meetings_of(partnership: Partnership, *, body: str = "", viewer: Standing) -> Meetings:
    """The coming meetings, soonest first, and the last of those that were: one query."""
    rows: Any = Meeting.objects.visible_to(viewer).filter(partnership=partnership).select_related("body")
    if body:
        rows = rows.filter(body=body)
    today = clock.today()
    found = list(rows.order_by("on", "starts_at"))
    ahead = [one for one in found if one.on >= today]
    return Meetings(ahead[:MOST], [one for one in reversed(found) if one.on < today][:MOST])


def bodies_kept(partnership: Partnership, *, viewer: Standing) -> QuerySet[Any]:
    """The bodies whose meetings the viewer keeps."""
    mine = Q(partnership__in=viewer.offices) | Q(pk__in=viewer.bodies(Power.CLERK, Power.CHAIR))
    seen = Body.objects.visible_to(viewer)
    return (seen if viewer.is_system else seen.filter(mine)).filter(partnership=partnership, ended_on=None).order_by("name")


def bodies_to_ask(partnership: Partnership, *, viewer: Standing) -> QuerySet[Any]:
    """The bodies to which the viewer can bring something."""
    return Body.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None).order_by("name")


def next_days(bodies: QuerySet[Any], *, viewer: Standing) -> dict[str, date]:
    """On which day each of those bodies meets next, by its id: the day alone, also to who does not sit there."""
    rows = Meeting.objects.filter(body__in=bodies.order_by().values("pk"), state__in=AHEAD, on__gte=clock.today())
    return dict(rows.order_by("-on").values_list("body", "on"))


def meetings_ahead(body: Body, *, viewer: Standing) -> list[Meeting]:
    """The coming meetings of a body, soonest first."""
    rows = Meeting.objects.visible_to(viewer).filter(body=body, state__in=AHEAD, on__gte=clock.today()).select_related("body")
    return list(rows.order_by("on")[:12])


def meetings_after(meeting: Meeting, *, viewer: Standing) -> list[Meeting]:
    """The later meetings of the same body at which a mistake in its minutes can be noted."""
    later = Meeting.objects.visible_to(viewer).filter(body=meeting.body_id, on__gt=meeting.on)
    return list(later.exclude(state=MeetingState.CANCELLED).select_related("body").order_by("on")[:12])


def meetings_to_approve(meeting: Meeting, *, viewer: Standing) -> list[Meeting]:
    """Those of them that can approve its minutes: their register is taken, and they are quorate."""
    return [one for one in meetings_after(meeting, viewer=viewer) if one.presence and one.presence.is_quorate]


def business_of(body: Body, *, viewer: Standing) -> list[Business]:
    """What fills the body's agendas: its standing items, then the year by month from September."""
    rows = Business.objects.visible_to(viewer).filter(body=body, ended_on=None)
    return sorted(rows, key=lambda one: (one.month > 0, (one.month - 9) % 12 if one.month else 0, one.position, one.title))


def decisions_of(partnership: Partnership, *, viewer: Standing) -> QuerySet[Any]:
    """The decisions that the viewer may see, newest first, with how many schools follow each and how many have done it."""
    schools = Q(action_points__school__isnull=False)
    done = schools & Q(action_points__state=ActionState.DONE)
    rows: Any = Decision.objects.visible_to(viewer).filter(partnership=partnership).select_related("body", "partnership")
    counted = rows.annotate(schools=Count("action_points", schools), done=Count("action_points", done))
    return counted.order_by("-decided_on", "-made_at")


def actions_of(partnership: Partnership, *, viewer: Standing) -> list[ActionPoint]:
    """The actions that the viewer may see, what is to be done first and soonest first; of those of schools only the viewer's
    own."""
    rows: Any = ActionPoint.objects.visible_to(viewer).filter(partnership=partnership)
    rows = rows.filter(Q(school=None) | Q(school__in=viewer.schools)).select_related("body", "partnership")
    return list(rows.order_by(Case(When(state=ActionState.OPEN, then=0), default=1), "due_on", "pk"))


def proposals_of(partnership: Partnership, *, viewer: Standing) -> list[AgendaProposal]:
    """What was brought to meetings, what waits for an answer first, the longest first."""
    rows: Any = (
        AgendaProposal.objects.visible_to(viewer)
        .filter(partnership=partnership)
        .select_related("body", "partnership", "school__current")
    )
    return list(rows.order_by(Case(When(state="waiting", then=0), default=1), "made_at"))


@dataclass(frozen=True)
class Thread:
    """A decision from where it came to what came of it."""

    decision: Decision
    proposal: AgendaProposal | None
    actions: Sequence[ActionPoint]
    schools: Sequence[ActionPoint]
    states: Sequence[str]
    assents: Sequence[Assent]
    handed_on: Sequence[AgendaItem]
    waiting: int

    @property
    def unanswered(self) -> list[ActionPoint]:
        """What schools have not said how far they are with, of those that the viewer sees."""
        return [one for one in self.schools if one.state == ActionState.OPEN]

    @property
    def to_remind(self) -> list[ActionPoint]:
        """Those of them that can be asked again today."""
        return [one for one in self.unanswered if can_remind(one.sent_at, clock.now())]

    @property
    def words(self) -> str:
        """'14 of 20 schools have done it, 2 say that it does not apply'."""
        states = self.states
        done, other, gone = map(states.count, (ActionState.DONE, ActionState.NOT_FOR_US, ActionState.DROPPED))
        said = f"{done} of {plural(len(states), 'school')} {'has' if done == 1 else 'have'} done it"
        said += f", {other} {'says' if other == 1 else 'say'} that it does not apply" if other else ""
        return said + (f", of {gone} it is no longer wanted" if gone else "")


def thread_of(decision: Decision, *, viewer: Standing) -> Thread:
    """What led to a decision, and what followed, as far as the viewer may see it: five queries."""
    seen = Exists(ActionPoint.objects.visible_to(viewer).filter(pk=OuterRef("pk")))
    actions: Any = ActionPoint.objects.filter(decision=decision).annotate(is_seen=seen).select_related("school__current")
    every = list(actions.order_by("owner", "due_on"))
    found = [one for one in every if one.is_seen]
    assents = Assent.objects.visible_to(viewer).filter(decision=decision).order_by("name")
    items: Any = AgendaItem.objects.visible_to(viewer).filter(proposal__came_from=decision)
    handed = list(items.select_related("meeting__body", "proposal").prefetch_related("decisions").order_by("meeting__on"))
    waiting = AgendaProposal.objects.visible_to(viewer).filter(came_from=decision, state="waiting").count()
    brought = decision.item.proposal_id if decision.item else None
    proposal = AgendaProposal.objects.visible_to(viewer).filter(pk=brought).first() if brought else None
    states = [one.state for one in every if one.school_id]
    return Thread(
        decision, proposal, [one for one in found if not one.school_id], [one for one in found if one.school_id], states,
        list(assents), handed, waiting,
    )  # fmt: skip


def items_from(proposal: AgendaProposal, *, viewer: Standing) -> list[AgendaItem]:
    """The agendas on which what was brought stood, with what was decided there, as far as the viewer may see them."""
    rows: Any = AgendaItem.objects.visible_to(viewer).filter(proposal=proposal).select_related("meeting__body")
    return list(rows.prefetch_related("decisions").order_by("meeting__on"))


SHOWN = Q(is_public=True, state=MeetingState.APPROVED, body__is_public=True)


def shows_minutes() -> Exists:
    """Whether minutes of a row's partnership are shown to everybody."""
    return Exists(Meeting.objects.filter(SHOWN, partnership=OuterRef("partnership")))


def minutes_shown(partnership: Partnership, *, viewer: Standing) -> list[Meeting]:
    """The meetings whose minutes are shown to everybody, newest first, whoever asks."""
    return list(Meeting.objects.filter(SHOWN, partnership=partnership).select_related("body").order_by("-on")[:200])


class Attended(NamedTuple):
    """How often somebody came: to how many meetings, of how many at which they sat there."""

    name: str
    seat: str
    came: int
    of: int


def attendance_shown(*, rows: Mapping[str, Body], viewer: Standing) -> dict[str, Beside]:
    """Where the attendance of those bodies is published, for their public page, once they have been there for a year that is
    over: no query."""
    year = attendance_year(clock.today())
    return {
        key: Beside(f"Attendance at meetings, {year}", reverse("meetings:attendance", args=[one.partnership.slug, key]))
        for key, one in rows.items()
        if publishes_attendance(BodyKind(one.kind)) and one.started_on <= year.last_on
    }


def attendance_of(body: Body, *, viewer: Standing) -> list[Attended]:
    """How often each who served on a body in the last twelve months came to its meetings of the last academic year, by name,
    whoever asks: two queries."""
    year, since = attendance_year(clock.today()), published_since(clock.today())
    lately = Q(until_on=None) | Q(until_on__gte=since)
    served = Tenure.objects.filter(lately, seat__body=body, from_on__lte=clock.today(), is_struck=False).exclude(
        seat__duty=Duty.CLERK
    )
    known = {key for pair in served.values_list("holder", "holder__person") for key in pair if key}
    rows = Attendee.objects.filter(meeting__body=body, meeting__state__in=OVER, member__in=known)
    rows = rows.filter(meeting__on__range=(year.first_on, year.last_on)).exclude(duty=Duty.CLERK).order_by("meeting__on")
    by_member: dict[str, list[Attendee]] = defaultdict(list)
    for one in rows:
        by_member[one.member].append(one)
    found = [
        Attended(each[-1].name, each[-1].seat, sum(one.how in CAME for one in each), len(each)) for each in by_member.values()
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def meetings_stand(*, partnership: Partnership, viewer: Standing) -> Figures | None:
    """How many meetings are to come, in words; no place for who is only asked to join."""
    seated = any(role.body and role.through == partnership.pk for role in viewer.roles)
    if not (viewer.runs(partnership.pk) or viewer.belongs_to(partnership.pk) or seated):
        return None
    ahead = Meeting.objects.visible_to(viewer).filter(partnership=partnership, state__in=AHEAD, on__gte=clock.today())

    def words(meetings: int) -> str:
        return f"{plural(meetings, 'meeting')} to come" if meetings else "No meeting planned"

    return Figures({"meetings": figure(ahead)}, words)
