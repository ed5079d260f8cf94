"""Kept dates, worked out whenever they are read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.calendar.models import Clock, ClockChange, Pause
from alongside.members.calendar.permissions import may_keep_date
from alongside.members.calendar.queries.days import nation_of, typed_by
from alongside.members.calendar.rules.clocks import work_out
from alongside.members.calendar.rules.clocks.laws import Law, PublicBody, body_of, why_not
from alongside.members.calendar.rules.clocks.reckoning import Calendars, CameIn, Reckoning, Stop, StopKind, warning
from alongside.members.calendar.rules.settings import Nation
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import at_home_elsewhere
from alongside.members.schools.models import School


def body_of_school(school: School | None) -> PublicBody:
    """Who must answer for the school, or for the partnership's office."""
    return body_of(school.type) if school else PublicBody.OFFICE


@dataclass(frozen=True)
class WorkedOut:
    """A date with its working, and what it counts by."""

    asked: CameIn
    reckoning: Reckoning
    calendars: Calendars

    @property
    def warning(self) -> str:
        """What is said where nobody is in school on the date."""
        return warning(self.reckoning.due_on, self.calendars.school)


@dataclass(frozen=True)
class Running(WorkedOut):
    """A kept date as it stands now."""

    clock: Clock


def work_out_for(
    partnership: Partnership,
    school: School | None,
    law: Law,
    received_on: date,
    received_at: datetime | None = None,
    *,
    viewer: Standing,
) -> WorkedOut:
    """The date for something that came in. Raises Invalid when the law does not reach it."""
    if school and not viewer.runs(partnership.pk) and school.pk not in viewer.schools:
        raise Invalid(school="Choose one of your schools")
    if received_on > clock.today():
        raise Invalid(received_on="Enter a day that is not in the future")
    if law is Law.BREACH and received_at is None:
        raise Invalid(at="Enter the time at which you became aware, like 14:30")
    body, nation, own = body_of_school(school), nation_of(partnership), school.pk if school else None
    if reason := why_not(law, body, nation, received_on):
        raise Invalid(law=reason)
    calendars = typed_by([partnership.pk], [own] if own else []).calendars(nation, partnership.pk, own)
    asked = CameIn(received_on, received_at)
    return WorkedOut(asked, work_out(law, asked, body, calendars), calendars)


def reckoned(clocks: Iterable[Clock]) -> list[Running]:
    """Those kept dates worked out: two queries, however many. Clocks come with `school__current` and `partnership`."""
    rows = list(clocks)
    schools = sorted({row.school_id for row in rows if row.school_id})
    typed, stops = typed_by(sorted({row.partnership_id for row in rows}), schools), _stops_of(rows)
    found = []
    for row in rows:
        asked = CameIn(row.received_on, row.received_at, tuple(stops[row.pk]), row.extended_on)
        calendars = typed.calendars(Nation(row.nation), row.partnership_id, row.school_id)
        found.append(Running(asked, work_out(Law(row.law), asked, body_of_school(row.school), calendars), calendars, row))
    return found


def _stops_of(clocks: Sequence[Clock]) -> dict[str, list[Stop]]:
    """The pauses of those clocks, in order: one query."""
    found: dict[str, list[Stop]] = defaultdict(list)
    for one in Pause.objects.filter(clock__in=[row.pk for row in clocks]).order_by("asked_on", "pk"):
        found[one.clock_id].append(Stop(one.asked_on, one.answered_on, StopKind(one.kind)))
    return found


def clocks_of(partnership: Partnership, *, viewer: Standing) -> list[Running]:
    """The kept dates of a partnership that the viewer may see and that still run, what is due first on top."""
    found = Clock.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    running = reckoned(found.select_related("school__current").order_by("due_on", "kept_at")[:200])
    return sorted(running, key=lambda one: one.reckoning.due_on or date.max)


def ended_clocks(partnership: Partnership, *, viewer: Standing) -> list[Clock]:
    """The kept dates that are answered, newest first, at most twenty."""
    found = Clock.objects.visible_to(viewer).filter(partnership=partnership, ended_on__isnull=False)
    return list(found.select_related("school__current").order_by("-ended_on", "pk")[:20])


def running_of(kept: Clock, *, viewer: Standing) -> Running:
    """A kept date as it stands now, for those who may see it. Raises Refused for others."""
    require(may_keep_date(viewer, kept.partnership_id, kept.school_id))
    return reckoned([kept])[0]


def changes_of(kept: Clock, *, viewer: Standing) -> list[ClockChange]:
    """A kept date's moves, newest first."""
    return list(ClockChange.objects.visible_to(viewer).filter(clock=kept).order_by("-at", "-pk"))


def schools_to_choose(partnership: Partnership, *, viewer: Standing) -> list[School]:
    """The schools for which the viewer may work out a date, by name: all that belong for the office, else their own."""
    found = Membership.objects.visible_to(viewer).filter(partnership=partnership, until_on=None)
    if not viewer.runs(partnership.pk):
        found = found.filter(school__in=viewer.schools)
    else:
        found = found.exclude(school__in=at_home_elsewhere(partnership))
    return [row.school for row in found.select_related("school__current").order_by("school__current__name")]
