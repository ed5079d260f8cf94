"""What of meetings waits for somebody, and what has a date."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Left

from alongside.deciding.meetings.models import ActionPoint, AgendaProposal, Assent, Decision, Meeting
from alongside.deciding.meetings.models.decisions import PLAIN
from alongside.deciding.meetings.models.sitting import kept_by
from alongside.deciding.meetings.rules.kinds import AHEAD, ActionState, DecisionState, MeetingKind, MeetingState
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.web.models import of_own_schools
from alongside.ground.web.needs import TEXT, as_dates, as_needs
from alongside.members.diary.models import DiaryDate

SOON = timedelta(days=10)
CLASH_AHEAD = timedelta(days=90)
LATELY = timedelta(days=14)


def _named(prefix: str = "") -> Concat:
    """'Headboard: Strategy'."""
    kinds = (When(**{f"{prefix}kind": one.value, "then": Value(f": {one.label}")}) for one in MeetingKind)
    said = Case(*kinds, default=Value(""), output_field=TEXT)
    return Concat(f"{prefix}body__name", said, output_field=TEXT)


def _keeping(viewer: Standing) -> Standing:
    """The same with the posts by which they look after what their school does: who answers for it, and who acts for its head."""
    return replace(viewer, roles=frozenset(role for role in viewer.roles if role.acts_for or Power.ANSWER in role.opens))


def _said_of_date(on: date) -> Any:
    """What somebody wrote beside their answer to the date of a meeting, in the last fortnight."""
    date_of = Concat(Value("meetings.meeting/"), OuterRef("partnership__slug"), Value("/"), OuterRef("pk"), output_field=TEXT)
    said = DiaryDate.objects.filter(thing=date_of, is_cancelled=False, answered_at__gte=clock.start_of(on - LATELY))
    return said.exclude(comment="")


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """For who keeps a meeting: a day that cannot be kept, an agenda to send, what was written beside an answer, something
    brought, minutes to take, to look through or to approve, a decision with which schools are late; for anybody: their actions,
    and those of their school; resolutions; for the manager money that a board decided on."""
    parts = []
    if viewer.offices or viewer.bodies(Power.CLERK, Power.CHAIR):
        kept = Meeting.objects.filter(kept_by(viewer))
        ahead: Any = kept.filter(state=MeetingState.PLANNED, on__gte=on)
        clash = ahead.exclude(clash="").filter(on=F("slot_on"), on__lte=on + CLASH_AHEAD)
        ahead_all: Any = kept.filter(state__in=AHEAD, on__gte=on)
        agenda = ahead.filter(send_by__lte=on + SOON)
        seen: Any = kept.filter(state=MeetingState.HELD, held_at__isnull=False)
        after = Meeting.objects.filter(body=OuterRef("body"), on__gt=OuterRef("on"), held_at__isnull=False)
        brought: Any = AgendaProposal.objects.filter(kept_by(viewer), state="waiting")
        late = ActionPoint.objects.filter(decision=OuterRef("pk"), state=ActionState.OPEN, due_on__lt=on).exclude(school=None)
        said = Concat("body__name", Value(": "), "title", output_field=TEXT)
        parts += [
            as_needs(clash, "meetings.clash", label=_named(), due_on="on"),
            as_needs(agenda, "meetings.agenda", label=_named(), due_on="send_by"),
            as_needs(kept.filter(state=MeetingState.SENT, on__lt=on), "meetings.over", label=_named(), due_on="on"),
            as_needs(seen, "meetings.draft", label=_named()),
            as_needs(kept.filter(Exists(after), state=MeetingState.CIRCULATED), "meetings.approve", label=_named()),
            as_needs(ahead_all.filter(Exists(_said_of_date(on))), "meetings.said", label=_named(), due_on="on"),
            as_needs(Decision.objects.filter(kept_by(viewer), Exists(late)), "meetings.late_in_schools", label=Left("words", 80)),
            as_needs(brought.filter(missed__lt=2), "meetings.brought", label=said),
            as_needs(brought.filter(missed__gte=2), "meetings.overdue", label=said, due_on="made_at__date"),
        ]
    if viewer.offices:
        money: Any = Decision.objects.filter(
            partnership__in=viewer.by(Power.RUN).offices, authority=None, state=DecisionState.MADE
        )
        parts.append(as_needs(money.exclude(money=""), "meetings.money", label="reference"))
    mine: Any = ActionPoint.objects.filter(
        person=viewer.person or "-", state=ActionState.OPEN, partnership__in=viewer.partnerships
    )
    asked: Any = Assent.objects.filter(person=viewer.person or "-", at=None, decision__state=DecisionState.ASKED)
    parts += [
        as_needs(mine, "meetings.action", label="words", due_on="due_on"),
        as_needs(asked, "meetings.resolution", key="decision_id", label="decision__body__name"),
    ]
    if viewer.schools:
        school: Any = ActionPoint.objects.filter(of_own_schools(_keeping(viewer)), PLAIN, state=ActionState.OPEN)
        parts.append(as_needs(school, "meetings.school_action", label="words", due_on="due_on"))
    return parts


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """The meetings of the bodies on which one sits, or whose office one works in, and by when one has something to do."""
    rows: Any = Meeting.objects.visible_to(viewer).filter(on__range=(start, end))
    off = Case(When(state=MeetingState.CANCELLED, then=Value(True)), default=Value(False))
    times = {"starts_at": "starts_at", "ends_at": "ends_at", "changed_at": "changed_at", "is_cancelled": off}
    where = {"place": "place", "video": "link"}
    mine: Any = ActionPoint.objects.filter(
        Q(person=viewer.person or "-", partnership__in=viewer.partnerships) | of_own_schools(_keeping(viewer)) & PLAIN,
        due_on__range=(start, end),
    )
    settled = Case(When(state=ActionState.OPEN, then=Value(False)), default=Value(True))
    return [
        as_dates(rows, "meetings.meeting", label=_named(), first_on="on", **times, **where),
        as_dates(mine, "meetings.action_by", label="words", first_on="due_on", is_cancelled=settled),
    ]
