"""Planning meetings, moving and cancelling them, and what fills their agendas."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.actions.telling import still_open, tell_members
from alongside.deciding.meetings.models import AgendaItem, Attendee, Business, Meeting, MeetingSeries
from alongside.deciding.meetings.permissions import may_keep_meeting, may_send_actions
from alongside.deciding.meetings.queries.planning import agenda_goes_by, day_for, next_practice, school_year, ways_for
from alongside.deciding.meetings.rules.agenda import standing_lines, why_short
from alongside.deciding.meetings.rules.kinds import AHEAD, HowOften, ItemKind, MeetingKind, MeetingState
from alongside.deciding.meetings.rules.rhythm import days_of, in_turn, on_day
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import moment, short_date
from alongside.ground.web.models import lock, move, save_if_unchanged
from alongside.members.calendar.rules.teaching import Slot, monday_of

COPIED = ("title", "kind", "minutes", "presenter", "about", "is_restricted", "position")


@transaction.atomic
def plan_series(
    *,
    body: Body,
    rhythm: HowOften,
    kind: MeetingKind,
    weekday: int,
    nth: int,
    other_kind: MeetingKind | None = None,
    other_weekday: int = 0,
    from_on: date,
    until_on: date | None = None,
    typed: Sequence[date] = (),
    begins: time,
    lasts: int,
    place: str,
    link: str,
    key: str,
    by: Standing,
) -> MeetingSeries:
    """Plan a body's meetings from one day to another (the end of that school year), once; weeks in which one of its series meets
    already are left alone, and what alternates goes on in turn.

    Raises Invalid where no meeting follows.
    """
    require(may_keep_meeting(by, body.partnership_id, body.pk))
    said = {"kind": kind, "weekday": weekday, "nth": nth, "other_kind": other_kind or "", "other_weekday": other_weekday}
    series = MeetingSeries(pk=key, partnership=body.partnership, body=body, rhythm=rhythm, from_on=from_on, **said)
    if (stored := audit.keep_once("meetings.plan_series", series, by=by, body=body.pk, rhythm=str(rhythm))) is not series:
        return stored
    slots = [Slot(kind, weekday)]
    if rhythm is HowOften.ALTERNATING:
        slots = in_turn([*slots, Slot(series.other_kind, other_weekday)], _last_kind(body, from_on))
    over = school_year(body, from_on, until_on or academic_year_of(from_on).last_on)
    taken = set(Meeting.objects.filter(body=body).exclude(series=None).values_list("slot_on", flat=True))
    weeks, is_typed = {monday_of(day) for day in taken}, rhythm is HowOften.TYPED
    days = days_of(rhythm, slots, over, nth=nth, typed=typed)
    found = [one for one in days if (one.day not in taken if is_typed else monday_of(one.day) not in weeks)]
    if not found:
        raise Invalid(from_on="No meeting follows from this: are these weeks planned already, or no school weeks?")
    notice = ways_for(body).notice_days
    facts = {"place": place.strip(), "link": link, "series": series}
    made = [
        _meeting(body, one.kind, one.day, begins, lasts, agenda_goes_by(one.day, notice, over), clash=one.clash, **facts)
        for one in found
    ]
    Meeting.objects.bulk_create(made)
    _begin_business(body)
    return series


def _last_kind(body: Body, before: date) -> str:
    """The kind of the last meeting that a rhythm gave the body, whatever became of it."""
    rows = Meeting.objects.filter(body=body, slot_on__lt=before, series__rhythm=HowOften.ALTERNATING).order_by("-slot_on")
    return rows.values_list("kind", flat=True).first() or ""


def _starts(on: date, begins: time) -> datetime:
    """The moment at which a meeting begins. Raises Invalid for the hour that is missing on the day on which clocks go forward."""
    starts = clock.start_of(on, begins.hour, begins.minute)
    if starts.astimezone(clock.LONDON).time() != begins:
        raise Invalid(begins=f"There is no {begins:%H:%M} on {short_date(on)}: the clocks go forward then")
    return starts


def _meeting(body: Body, kind: str, on: date, begins: time, lasts: int, goes_by: date, **facts: Any) -> Meeting:
    starts = _starts(on, begins)
    times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=lasts), "changed_at": clock.now()}
    facts = {"slot_on": on, "send_by": goes_by, **facts}
    return Meeting(partnership_id=body.partnership_id, body=body, kind=kind, on=on, **times, **facts)


@transaction.atomic
def plan_meeting(
    *, body: Body, kind: MeetingKind, on: date, begins: time, lasts: int, place: str, link: str, key: str, by: Standing
) -> Meeting:
    """Plan one meeting, once, with an agenda of the body's standing items and what is planned for that month. Raises Invalid for
    a day that is over, Conflict where the body has ended."""
    require(may_keep_meeting(by, body.partnership_id, body.pk))
    if body.ended_on:
        raise Conflict(f"{body.name} has ended.")
    if on < clock.today():
        raise Invalid(on="Enter today or a later day")
    clash = day_for(body, kind, on, viewer=by).clash
    goes_by = agenda_goes_by(on, ways_for(body).notice_days, school_year(body, on, on))
    made = _meeting(body, kind, on, begins, lasts, goes_by, clash=clash, place=place.strip(), link=link)
    made.pk = key
    if (stored := audit.keep_once("meetings.plan", made, by=by, body=body.pk, on=on.isoformat())) is not made:
        return stored
    _begin_business(body)
    _fill(made, None)
    return made


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, on: date, begins: time, lasts: int, place: str, link: str, version: int, by: Standing
) -> Meeting:
    """Let a meeting be on another day, at another time or place; its rhythm goes on as if it had stayed. Everybody who sits there
    hears of it, and it moves in their diaries. Raises Stale when somebody has changed it, Conflict when it has taken place."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    if meeting.state not in AHEAD:
        raise Conflict("This meeting is over, or does not take place.")
    ways = ways_for(meeting.body)
    if on < clock.today() and on != meeting.on:
        raise Invalid(on="Enter today or a later day")
    short = why_short(clock.today(), on, ways.notice_days, ways.by_rule)
    if on != meeting.on and meeting.state == MeetingState.SENT and short and not meeting.is_short:
        raise Invalid(on=f"{short}. Choose a later day; or cancel it, and send the agenda of a new one as urgent")
    if on != meeting.on:
        Attendee.objects.filter(meeting=meeting).delete()  # they were sent for that day, as answers from diaries were
    meeting.is_short = meeting.is_short and bool(short)  # it was urgent for that day: the next day has its own notice
    before = meeting.starts_at
    starts = _starts(on, begins)
    meeting.on, meeting.starts_at, meeting.ends_at = on, starts, starts + timedelta(minutes=lasts)
    meeting.place, meeting.link, meeting.changed_at = place.strip(), link, clock.now()
    meeting.clash = day_for(meeting.body, meeting.kind, on, viewer=by).clash
    meeting.send_by = agenda_goes_by(on, ways.notice_days, school_year(meeting.body, on, on))
    save_if_unchanged(
        meeting, version, "on", "starts_at", "ends_at", "place", "link", "changed_at", "clash", "send_by", "is_short"
    )  # fmt: skip
    facts = {"on": on.isoformat()}
    audit.record("meetings.change", row=meeting.pk, partnership=meeting.partnership_id, facts=facts, by=by)
    said = {"was": moment(before), "is_off": False, "why": "", "again": before != starts}
    tell_members(meeting, "meetings/moved.txt", "meeting", lambda _: said, dates=True, sender=by)
    return meeting


@transaction.atomic
def look_at_days(*, body: Body, by: Standing) -> int:
    """Say anew of each coming meeting of a body whether schools are closed on its day: closures and bank holidays are entered
    when the year is planned already, too. Gives for how many it says something else now."""
    require(may_send_actions(by))
    ahead = list(Meeting.objects.filter(body=body, state__in=AHEAD, on__gt=clock.today()).order_by("on"))
    over = school_year(body, min(one.on for one in ahead), max(one.on for one in ahead)) if ahead else None
    now = [(one, on_day(one.kind, one.on, over).clash) for one in ahead if over]
    changed = [(one, clash) for one, clash in now if clash != one.clash]
    for one, clash in changed:
        Meeting.objects.filter(pk=one.pk, version=one.version).update(clash=clash)
        audit.record("meetings.look_at_days", row=one.pk, partnership=body.partnership_id, facts={"clash": clash}, by=by)
    return len(changed)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, why: str, by: Standing) -> Meeting:
    """Say that a meeting does not take place; everybody who sits there hears why, and it is taken out of their diaries. Its place
    in the rhythm stays. Raises Conflict when it has taken place."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    if meeting.presence is not None:
        raise Conflict("It took place: its register is taken. Say on the page of its minutes that it is over.")
    move(meeting, MeetingState.CANCELLED, changed_at=clock.now())
    audit.record("meetings.cancel", row=meeting.pk, partnership=meeting.partnership_id, reason=why, by=by)
    was = short_date(meeting.on)
    tell_members(
        meeting,
        "meetings/moved.txt",
        "meeting",
        lambda _: {"was": was, "is_off": True, "why": why.strip()},
        dates=True,
        sender=by,
    )
    return meeting


def _begin_business(body: Body) -> None:
    """The standing items of the body's kind, where it has none yet."""
    lock(body)
    if not Business.objects.filter(body=body).exists():
        Business.objects.bulk_create(
            Business(
                partnership_id=body.partnership_id, body=body, meeting_kind=kind, title=title, kind=what, minutes=minutes,
                about=about,
                position=at,
            )
            for at, (kind, title, what, minutes, about) in standing_lines(BodyKind(body.kind))
        )  # fmt: skip


@transaction.atomic
def add_business(
    *, body: Body, title: str, kind: ItemKind, minutes: int, about: str, meeting_kind: str, month: int, is_restricted: bool,
    key: str, by: Standing,
) -> Business:  # fmt: skip
    """Add a line that fills the body's agendas: at every meeting of a kind, or once a year in its month; once."""
    require(may_keep_meeting(by, body.partnership_id, body.pk))
    said = {
        "title": " ".join(title.split()),
        "kind": kind,
        "minutes": minutes,
        "about": about.strip(),
        "is_restricted": is_restricted,
    }
    line = Business(
        pk=key, partnership_id=body.partnership_id, body=body, meeting_kind=meeting_kind, month=month, **said,
        position=500 + month,
    )  # fmt: skip
    return audit.keep_once("meetings.add_business", line, by=by, body=body.pk)


@transaction.atomic
def end_business(*, line: Business, version: int, by: Standing) -> Business:
    """Take a line out of the agendas to come. Raises Stale when somebody has."""
    require(may_keep_meeting(by, line.partnership_id, line.body_id))
    line.ended_on = clock.today()
    save_if_unchanged(line, version, "ended_on")
    audit.record("meetings.end_business", row=line.pk, partnership=line.partnership_id, by=by)
    return line


@transaction.atomic
def fill_agenda(*, meeting: Meeting, like: Meeting | None = None, by: Standing) -> Meeting:
    """Fill an empty agenda: with the items of another meeting of the body (last year's, none that is restricted), or with
    standing items and what is planned for the month. Raises Conflict when it has items."""
    require(may_keep_meeting(by, meeting.partnership_id, meeting.body_id))
    lock(meeting)
    still_open(meeting)
    if AgendaItem.objects.filter(meeting=meeting).exists():
        raise Conflict("This agenda has items already.")
    if like and like.body_id != meeting.body_id:
        raise Conflict("That meeting is of another body.")
    _fill(meeting, like)
    audit.record("meetings.fill", row=meeting.pk, partnership=meeting.partnership_id, by=by)
    return meeting


def _fill(meeting: Meeting, like: Meeting | None) -> None:
    if like:
        rows: list[Any] = list(AgendaItem.objects.filter(meeting=like, is_restricted=False))
    else:
        lines = Business.objects.filter(body=meeting.body_id, ended_on=None, month__in=[0, meeting.on.month])
        rows = list(lines.filter(meeting_kind__in=["", meeting.kind]).order_by("position", "title"))
    made = []
    for row in rows:
        item = AgendaItem(partnership_id=meeting.partnership_id, meeting=meeting)
        for name in COPIED:
            setattr(item, name, getattr(row, name, ""))
        if item.kind == ItemKind.PRACTICE:
            who, name = next_practice(meeting.body, meeting.on, viewer=Standing.system())
            item.presented_by, item.presenter = who, name
        made.append(item)
    AgendaItem.objects.bulk_create(made)
