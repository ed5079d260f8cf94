"""Keeping a date, stopping and extending its clock, and working it out again when the calendar changes."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.core.words import short_date
from alongside.ground.web.models import already, lock, once
from alongside.members.calendar.models import Clock, ClockChange, Pause
from alongside.members.calendar.permissions import may_keep_date
from alongside.members.calendar.queries.clocks import Running, WorkedOut, body_of_school, reckoned, work_out_for
from alongside.members.calendar.queries.days import nation_of
from alongside.members.calendar.rules.clocks import extension_problem
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.clocks.reckoning import StopKind, stops_problem
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import at_home_elsewhere, belongs
from alongside.members.schools.models import School

WARN_DAYS = 5  # working days before the date


@transaction.atomic
def keep_clock(
    *,
    key: str,
    partnership: Partnership,
    school: School | None,
    law: Law,
    received_on: date,
    received_at: datetime | None = None,
    label: str = "",
    by: Standing,
) -> Clock:
    """Keep a date, so that it is worked out again whenever the calendar changes. The same key twice keeps it once."""
    require(may_keep_date(by, partnership.pk, school.pk if school else None))
    if school:
        require(belongs(partnership, school, now=True))
        if by.runs(partnership.pk) and not by.is_system and at_home_elsewhere(partnership).filter(school=school).exists():
            raise Refused("This school belongs to another partnership and has not joined this one: its dates are kept there.")
    now = clock.now()
    came: dict[str, Any] = {"received_on": received_on, "received_at": received_at, "kept_at": now, "changed_at": now}
    of = {"partnership": partnership, "school": school, "law": law, "nation": nation_of(partnership)}
    kept = Clock(pk=key, **of, label=label.strip(), **came)
    if (there := already(kept)) is not None:
        return there
    found = work_out_for(partnership, school, law, received_on, received_at, viewer=by)
    if (there := once(kept)) is not kept:
        return there
    _store(kept, found)
    _record("keep_clock", kept, by, law=law)
    return kept


@transaction.atomic
def stop_clock(*, kept: Clock, kind: StopKind, asked_on: date, by: Standing) -> Clock:
    """The school has asked for something on a day, and the clock stands still until it comes."""
    running = _open(kept, by, asked_on=asked_on)
    if problem := stops_problem(Law(kept.law), running.asked.stops, kind, asked_on, running.reckoning.ends_on):
        raise Invalid(**problem)
    Pause.objects.create(clock=kept, kind=kind, asked_on=asked_on)
    _move(kept, f"Asked for {kind.label} on {short_date(asked_on)}: the clock stands still", by)
    _record("stop_clock", kept, by, kind=kind, asked_on=asked_on.isoformat())
    return kept


@transaction.atomic
def restart_clock(*, kept: Clock, answered_on: date, by: Standing) -> Clock:
    """What the school waited for has come, and the clock goes on. Raises Conflict when it is not stopped."""
    _open(kept, by)
    pause = Pause.objects.filter(clock=kept, answered_on=None).first()
    if pause is None:
        raise Conflict("This clock is not stopped (any more).")
    _check_days(kept, answered_on=answered_on)
    if answered_on < pause.asked_on:
        raise Invalid(answered_on="Enter a day that is not before the one on which you asked")
    if not Pause.objects.filter(pk=pause.pk, answered_on=None).update(answered_on=answered_on):
        raise Conflict("This clock is not stopped (any more).")
    _move(kept, f"Got {StopKind(pause.kind).label} on {short_date(answered_on)}: the clock goes on", by)
    _record("restart_clock", kept, by, answered_on=answered_on.isoformat())
    return kept


@transaction.atomic
def extend_clock(*, kept: Clock, told_on: date, by: Standing) -> Clock:
    """The person was told in time that the answer takes longer, and why."""
    running = _open(kept, by, told_on=told_on)
    body = body_of_school(kept.school)
    if problem := extension_problem(Law(kept.law), running.asked, body, running.calendars, told_on):
        raise Invalid(**problem)
    if not Clock.objects.filter(pk=kept.pk, extended_on=None, ended_on=None).update(extended_on=told_on):
        raise Conflict("This clock is extended or ended already.")
    _move(kept, f"Extended: the person was told on {short_date(told_on)}", by)
    _record("extend_clock", kept, by, told_on=told_on.isoformat())
    return kept


@transaction.atomic
def end_clock(*, kept: Clock, by: Standing) -> Clock:
    """It is answered: the date waits for nobody any more. Raises Conflict when it is ended already."""
    require(may_keep_date(by, kept.partnership_id, kept.school_id))
    today = clock.today()
    if not Clock.objects.filter(pk=kept.pk, ended_on=None).update(ended_on=today, changed_at=clock.now()):
        raise Conflict("This date is ticked off already.")
    kept.ended_on = today
    _record("end_clock", kept, by)
    return kept


def _move(kept: Clock, because: str, by: Standing) -> None:
    recompute(Clock.objects.filter(pk=kept.pk), because, by=by)
    kept.refresh_from_db()


def recompute(clocks: QuerySet[Clock], because: str, *, by: Standing) -> list[ClockChange]:
    """Work those running clocks out again, and log each date that moved.

    Called in the transaction of what changed; rows are held first, so that of two changes the second sees the first.
    """
    held = clocks.filter(ended_on=None).select_for_update(of=("self",)).select_related("school__current", "partnership")
    moved = []
    for running in reckoned(held.order_by("pk")):
        row, due_on = running.clock, running.reckoning.due_on
        if running.reckoning.hash == row.hash:
            continue
        if due_on != row.due_on:
            change = {"at": clock.now(), "from_on": row.due_on, "to_on": due_on, "because": because[:200]}
            moved.append(ClockChange.objects.create(clock=row, **change))
        _store(row, running)
    for one in moved:
        _record("move_clock", one.clock, by, due_on=one.to_on.isoformat() if one.to_on else "")
    return moved


def _store(kept: Clock, found: WorkedOut) -> None:
    due_on = found.reckoning.due_on
    warn_on = found.calendars.nation.back(due_on, WARN_DAYS) if due_on else None
    facts = {"due_on": due_on, "warn_on": warn_on, "hash": found.reckoning.hash, "changed_at": clock.now()}
    Clock.objects.filter(pk=kept.pk).update(**facts)
    for name, value in facts.items():
        setattr(kept, name, value)


def _open(kept: Clock, by: Standing, **days: date) -> Running:
    """The clock as it runs, held until the deed is done. Raises Conflict where it is ended, Invalid for an impossible day."""
    require(may_keep_date(by, kept.partnership_id, kept.school_id))
    lock(kept)
    if kept.ended_on:
        raise Conflict("This date is ticked off already.")
    _check_days(kept, **days)
    return reckoned([kept])[0]


def _check_days(kept: Clock, **days: date) -> None:
    for field, day in days.items():
        if day > clock.today():
            raise Invalid(**{field: "Enter a day that is not in the future"})
        if day < kept.received_on:
            raise Invalid(**{field: "Enter a day that is not before the request came"})


def _record(act: str, kept: Clock, by: Standing, **facts: str) -> None:
    owner = {"partnership": kept.partnership_id, "school": kept.school_id or ""}
    audit.record(f"calendar.{act}", row=kept.pk, **owner, facts=facts, by=by)
