"""Clerks keep up: a day on which schools are closed is left, agendas are begun and go out in time, and what is asked of whoever
begins on a body is seen to. Each deed calls what a person would press, here and in the trust."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from alongside.across.demo.diary import FIRST_MONDAY
from alongside.across.demo.elthorne import STORY
from alongside.across.demo.year import mornings
from alongside.deciding.bodies.actions.people import do_checks
from alongside.deciding.bodies.models import Body, Check
from alongside.deciding.bodies.queries.people import waiting
from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.actions import agendas, planning
from alongside.deciding.meetings.models import Meeting
from alongside.deciding.meetings.queries.planning import day_for
from alongside.deciding.meetings.rules.kinds import HowOften, MeetingKind, MeetingState
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.partnerships.models import Partnership

SYSTEM = Standing.system()
TUESDAY = 1
BEGUN_AHEAD, SENT_AHEAD, SEEN_TO_AHEAD = timedelta(days=24), timedelta(days=3), timedelta(days=21)
LATER_BODY = STORY["trust"]["seen_to_last"]  # there is always something left to do


def deeds() -> Iterator[tuple[datetime, Callable[[Partnership], None]]]:
    """What happens, and when; the partnership that a deed is given is the borough's."""
    for day in mornings(since=FIRST_MONDAY):
        yield clock.start_of(day, 8), _see_to_meetings
        if day.weekday() == TUESDAY:
            yield clock.start_of(day, 9), _see_to_checks
    yield clock.start_of(STORY["headboard"]["planned_on"], 15), _plan_next_year


def _see_to_meetings(_: Partnership) -> None:
    today = clock.today()
    ahead = Meeting.objects.filter(partnership__is_invented=True, state=MeetingState.PLANNED, on__gte=today)
    ahead = ahead.select_related("body__partnership", "partnership")
    for one in _on_closed_days(ahead):  # also where a bank holiday was told only since it was planned
        if offered := day_for(one.body, one.kind, one.on, viewer=SYSTEM).alternatives:
            at = one.starts_at.astimezone(clock.LONDON).time()
            said: dict[str, Any] = {"begins": at, "lasts": one.lasts, "place": one.place, "link": one.link}
            planning.change_meeting(meeting=one, on=offered[0], **said, version=one.version, by=SYSTEM)
    for one in ahead.filter(items=None, on__lte=today + BEGUN_AHEAD):
        planning.fill_agenda(meeting=one, by=SYSTEM)
    for one in ahead.filter(send_by__range=(today, today + SENT_AHEAD)).exclude(items=None).distinct():
        agendas.send_agenda(meeting=one, by=SYSTEM)


def _on_closed_days(ahead: QuerySet[Meeting]) -> list[Meeting]:
    homes = {one.partnership for one in ahead}
    days = {home.pk: school_days_of(home) for home in homes}
    return [one for one in ahead if not days[one.partnership_id].is_open(one.on)]


def _see_to_checks(_: Partnership) -> None:
    """What falls due soon; on one body only what falls due at once."""
    today = clock.today()
    asked = Check.objects.filter(waiting(today), partnership__is_invented=True)
    due = asked.filter(due_on__lte=today + SEEN_TO_AHEAD).exclude(tenure__from_on__gt=today)
    late = due.exclude(tenure__seat__body__name=LATER_BODY) | due.filter(due_on__lte=today + SENT_AHEAD)
    if rows := list(late.select_related("tenure__seat__body", "tenure__holder")):
        do_checks(checks=rows, done_on=today, by=SYSTEM)


def _plan_next_year(_: Partnership) -> None:
    """The Headboards of the borough and of the trust in the next school year."""
    said: dict[str, Any] = {"weekday": 0, "nth": 1, "begins": time(8), "lasts": 90, "place": "", "link": ""}
    told = STORY["headboard"]
    turn: dict[str, Any] = {"rhythm": HowOften.ALTERNATING, "other_kind": MeetingKind.BUSINESS, "other_weekday": 2}
    typed: dict[str, Any] = {"rhythm": HowOften.TYPED, "typed": told["days"], "until_on": told["days"][-1]}
    for body in Body.objects.filter(partnership__is_invented=True, kind=BodyKind.HEADBOARD, ended_on=None):
        rhythm = turn if body.partnership.template == "trust" else typed
        said |= {"kind": MeetingKind.STRATEGY, "from_on": told["from"], "key": keys.new_key()}
        planning.plan_series(body=body, **said, **rhythm, by=SYSTEM)
