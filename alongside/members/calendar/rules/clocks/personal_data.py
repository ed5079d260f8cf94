"""Personal data: subject access, complaints, breaches."""

from datetime import UTC, datetime, timedelta

from alongside.ground.core.clock import LONDON, end_of
from alongside.ground.core.periods import months_later
from alongside.ground.core.words import day_of, short_date
from alongside.members.calendar.rules.bank_holidays import WorkingDays
from alongside.members.calendar.rules.clocks.laws import Law, PublicBody, rule_of
from alongside.members.calendar.rules.clocks.reckoning import (
    FARTHEST,
    Calendars,
    CameIn,
    Counted,
    Reckoning,
    StopKind,
    count_days,
    days_waited,
    due_by,
    standing_still,
    waiting_now,
)
from alongside.members.calendar.rules.days import DAY, days_between

MONTH, EXTENDED = 1, 3
COMPLAINT_DAYS = 30
BREACH = timedelta(hours=72)


def subject_access(asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    """A person's request for their data is answered within one calendar month of the day of receipt, whatever the holidays.

    Source: UK GDPR art. 12(3) and 12A; ICO, right of access (31 January runs to the end of February). A date on a weekend
    or bank holiday of the nation moves to the next working day; two months more where it is complex and the person was told
    within the first; proof of identity (or a fee) starts the month on the day it comes; days waited for clarification are
    left out. Asking or telling after the month itself ended, on the day to which the date moved, changes nothing.
    """
    begins = [stop.answered_on for stop in asked.stops if stop.answered_on and stop.kind is not StopKind.CLARIFICATION]
    starts_on = max([asked.received_on, *begins])
    waited = days_waited(stop for stop in asked.stops if stop.kind is StopKind.CLARIFICATION)
    allowed = (months_later(starts_on, EXTENDED if asked.extended_on else MONTH) - starts_on).days
    days = count_days(starts_on, allowed, lambda day: waited.get(day, ""), FARTHEST + len(waited))
    if stop := waiting_now(asked):
        words = f"The month starts on the day on which {stop.kind.label} comes."
        if stop.kind is StopKind.CLARIFICATION:
            words = "The days until the answer comes are left out."
        return standing_still(Law.SUBJECT_ACCESS, body, asked, starts_on, stop, days, words)
    notes = ["Extended by two months: told within the first month."] if asked.extended_on else []
    if waited:
        notes.append("The law leaves out the day of asking and the day of the answer; aim for the earlier date.")
    days = _moved_on(days, calendars.nation)
    return due_by(Law.SUBJECT_ACCESS, body, asked, starts_on, days, calendars, calendars.nation, notes=notes)


def _moved_on(days: tuple[Counted, ...], working: WorkingDays) -> tuple[Counted, ...]:
    """The days up to the working day to which a date moves that falls on none."""
    last = days[-1]
    return days + tuple(
        Counted(day, False, f"the date falls on {working.why_not(day - DAY)}, so it moves on", last.running)
        for day in days_between(last.day + DAY, working.on_or_after(last.day))
    )


def complaint(asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    """A complaint about personal data is acknowledged within 30 days, counted from the day after it came.

    Source: DPA 2018 s.164A; ICO: day one is the day after receipt, a weekend or bank holiday moves to the next working
    day. The Act's own words may be read as counting the day of receipt: aim for that earlier date.
    """
    came, working = asked.received_on, calendars.nation
    earlier = came + DAY * (COMPLAINT_DAYS - 1)
    note = f"Read with the day of receipt as day one, the 30 days end on {short_date(earlier)}: be done by then."
    days = _moved_on(count_days(came, COMPLAINT_DAYS, lambda day: ""), working)
    return due_by(Law.COMPLAINT, body, asked, came, days, calendars, working, notes=[note])


def breach(asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    """A breach that puts people at risk is reported within 72 hours of becoming aware, nights and weekends included.

    Source: UK GDPR art. 33(1). Hours are real hours: on the nights when the clocks change, the hand of the clock is an
    hour off after three days. Without a moment, the day's first minute is taken.
    """
    aware = (asked.received_at or end_of(asked.received_on - DAY)).astimezone(UTC)  # added up in UTC: real hours
    due_at = aware + BREACH
    due_on = day_of(due_at)
    days, running = [], 0
    for day in days_between(day_of(aware), due_on):
        first, last = max(aware, end_of(day - DAY)), min(due_at, end_of(day))
        running = int((last - aware).total_seconds()) // 3600
        days.append(Counted(day, True, _hours(last - first), running))
    inside = [day for day in days_between(day_of(aware), due_on - DAY) if calendars.school.is_open(day)]
    return Reckoning(
        Law.BREACH,
        rule_of(Law.BREACH, body),
        asked.received_on,
        asked.received_on,
        due_on,
        tuple(days),
        aim_for=inside[-1] if inside else day_of(aware),
        aim_because="the last day with somebody in school" if inside else "nobody is in school before the hours are over",
        due_at=due_at,
        notes=_change_of_clocks(aware, due_at),
    )


def _hours(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")


def _change_of_clocks(aware: datetime, due_at: datetime) -> tuple[str, ...]:
    shift = due_at.astimezone(LONDON).utcoffset(), aware.astimezone(LONDON).utcoffset()
    return ("The clocks change within these 72 hours.",) if shift[0] != shift[1] else ()
