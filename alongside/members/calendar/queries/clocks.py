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
from alongside.members.calendar.queries.days import typed_by
from alongside.members.calendar.rules.bank_holidays import UK, working_days_of
from alongside.members.calendar.rules.clocks import work_out
from alongside.members.calendar.rules.clocks.laws import Body, Law, body_of, why_not
from alongside.members.calendar.rules.clocks.reckoning import Calendars, CameIn, Reckoning, Stop, StopKind, warning
from alongside.members.calendar.rules.settings import CalendarSettings, Nation
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.schools.models import School

OFFICE = "office"


def body_of_school(school: School | None) -> Body:
    """Who must answer for the school, or for the partnership's office."""
    return body_of(school.type) if school else Body.OFFICE


def calendars_of(partnership: Partnership, school: School | None, nation: Nation | None = None) -> Calendars:
    """What clocks of the school (or of the office) count by: one query and the settings."""
    where = nation or Nation(settings_of(partnership, CalendarSettings).nation)
    own = school.pk if school else None
    typed = typed_by([partnership.pk], [own] if own else [])
    days = typed.days(where, partnership.pk, own)
    return Calendars(days, working_days_of(typed.holidays, *UK), working_days_of(typed.holidays, where))


def work_out_for(
    partnership: Partnership,
    school: School | None,
    law: Law,
    received_on: date,
    received_at: datetime | None = None,
    *,
    viewer: Standing,
) -> Reckoning:
    """The date for something that came in, with its working. Raises Invalid when the law does not reach it."""
    if school and not viewer.runs(partnership.pk) and school.pk not in viewer.schools:
        raise Invalid(school="Choose one of your schools")
    nation = Nation(settings_of(partnership, CalendarSettings).nation)
    if received_on > clock.today():
        raise Invalid(received_on="Enter a day that is not in the future")
    if law is Law.BREACH and received_at is None:
        raise Invalid(at="Enter the time at which you became aware, like 14:30")
    body = body_of_school(school)
    if reason := why_not(law, body, nation, received_on):
        raise Invalid(law=reason)
    return work_out(law, CameIn(received_on, received_at), body, calendars_of(partnership, school, nation))


@dataclass(frozen=True)
class Running:
    """A kept date as it stands now."""

    clock: Clock
    reckoning: Reckoning
    warning: str
    calendars: Calendars
    stops: tuple[Stop, ...] = ()


def reckoned(clocks: Iterable[Clock]) -> list[Running]:
    """Those kept dates worked out: two queries, however many. Clocks come with `school__current` and `partnership`."""
    rows = list(clocks)
    schools = sorted({row.school_id for row in rows if row.school_id})
    typed = typed_by(sorted({row.partnership_id for row in rows}), schools)
    holidays, pauses = typed.holidays, pauses_of(rows)
    working = {nation: working_days_of(holidays, nation) for nation in Nation}
    uk = working_days_of(holidays, *UK)
    found = []
    for row in rows:
        nation = Nation(row.nation)
        days = typed.days(nation, row.partnership_id, row.school_id)
        calendars = Calendars(days, uk, working[nation])
        stops = tuple(pauses.get(row.pk, ()))
        reckoning = work_out(Law(row.law), asked_of(row, stops), body_of_school(row.school), calendars)
        found.append(Running(row, reckoning, warning(reckoning.due_on, days), calendars, stops))
    return found


def asked_of(kept: Clock, pauses: Sequence[Stop]) -> CameIn:
    """What came in, as the rules take it."""
    return CameIn(kept.received_on, kept.received_at, tuple(pauses), kept.extended_on)


def pauses_of(clocks: Sequence[Clock]) -> dict[str, list[Stop]]:
    """The pauses of those clocks, in order: one query."""
    found: dict[str, list[Stop]] = defaultdict(list)
    rows = Pause.objects.filter(clock__in=[row.pk for row in clocks]).order_by("asked_on", "pk")
    for key, asked_on, answered_on, kind in rows.values_list("clock_id", "asked_on", "answered_on", "kind"):
        found[key].append(Stop(asked_on, answered_on, StopKind(kind)))
    return found


def clocks_of(partnership: Partnership, *, viewer: Standing) -> list[Running]:
    """The kept dates of a partnership that the viewer may see and that still run, what is due first on top."""
    found = Clock.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    running = reckoned(found.select_related("school__current").order_by("due_on", "kept_at")[:200])
    return sorted(running, key=lambda one: one.reckoning.due_on or date.max)


def ended_clocks(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str, str, date | None, date | None]]:
    """(id, name, school, due, ended) of the kept dates that are answered, newest first, at most twenty."""
    found = Clock.objects.visible_to(viewer).filter(partnership=partnership, ended_on__isnull=False)
    rows = found.select_related("school__current").order_by("-ended_on", "pk")[:20]
    return [(row.pk, row.name, row.school.name if row.school else "", row.due_on, row.ended_on) for row in rows]


def running_of(kept: Clock, *, viewer: Standing) -> Running:
    """A kept date as it stands now, for those who may see it. Raises Refused for others."""
    require(may_keep_date(viewer, kept.partnership_id, kept.school_id))
    return reckoned([kept])[0]


def changes_of(kept: Clock, *, viewer: Standing) -> list[tuple[object, date | None, date | None, str]]:
    """(at, from, to, because of what) of a kept date's moves, newest first."""
    found = ClockChange.objects.visible_to(viewer).filter(clock=kept).order_by("-at", "-pk")
    return list(found.values_list("at", "from_on", "to_on", "because"))


def schools_to_choose(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str]]:
    """(urn, name) of the schools for which the viewer may work out a date: all that belong for the office, else their own."""
    found = Membership.objects.visible_to(viewer).filter(partnership=partnership, until_on=None)
    if not viewer.runs(partnership.pk):
        found = found.filter(school__in=viewer.schools)
    rows = found.order_by("school__current__name").values_list("school__current__urn", "school__current__name")
    return [(str(urn), name) for urn, name in rows]
