"""Requests for information: freedom of information, environmental information, the educational record."""

from collections.abc import Callable
from datetime import date

from alongside.members.calendar.rules.clocks.laws import BY_SCHOOL_DAYS, Law, PublicBody, doubt, rule_of
from alongside.members.calendar.rules.clocks.reckoning import (
    Calendars,
    CameIn,
    Reckoning,
    StopKind,
    count_days,
    days_waited,
    due_by,
    standing_still,
    waiting_now,
)

FOI_SCHOOL_DAYS, FOI_WORKING_DAYS, FOI_MOST = 20, 20, 60
EIR_DAYS, EIR_EXTENDED = 20, 40
RECORD_DAYS = 15


def foi(asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    """A school answers by the 20th school day or the 60th working day, whichever comes first; others by the 20th working day.

    Source: FOIA 2000 s.10; SI 2004/3364 reg. 3 and SI 2010/2768 for schools and academies. A school day counts only
    when it is a working day too. Clarification starts the clock afresh (s.1(3)); days waited for a fee are left out.
    """
    if body not in BY_SCHOOL_DAYS:
        return _counted(Law.FOI, asked, body, calendars, FOI_WORKING_DAYS, calendars.uk.why_not)

    def why_not(day: date) -> str:
        closed = calendars.school.why_closed(day)
        return calendars.uk.why_not(day) or (f"no school day: {closed}" if closed else "")

    by_school = _counted(Law.FOI, asked, body, calendars, FOI_SCHOOL_DAYS, why_not)
    at_most = _counted(Law.FOI, asked, body, calendars, FOI_MOST, calendars.uk.why_not)
    if at_most.due_on and (by_school.due_on is None or at_most.due_on < by_school.due_on):
        return at_most
    return by_school


def eir(asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    """Environmental information is due by the 20th working day, the 40th when it is complex and a lot; holidays do not help.

    Source: EIR 2004 reg. 5(2) and 7(1), told by the 20th working day (7(3)); further particulars start it afresh
    (9(4)); days waited for a payment in advance are left out (8(6)). There is no allowance for school holidays.
    """
    wanted = EIR_EXTENDED if asked.extended_on else EIR_DAYS
    return _counted(Law.EIR, asked, body, calendars, wanted, calendars.uk.why_not)


def record(asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    """A maintained school shows a parent the educational record within 15 school days; a bank holiday elsewhere is one of them.

    Source: SI 2005/1437 reg. 5; school days only, so 17 March counts where the school is open. A pupil referral unit
    probably too (Education Act 1996 s.19(2)): the date comes with that doubt.
    """
    return _counted(Law.RECORD, asked, body, calendars, RECORD_DAYS, calendars.school.why_closed)


def _counted(
    law: Law, asked: CameIn, body: PublicBody, calendars: Calendars, wanted: int, why_not: Callable[[date], str]
) -> Reckoning:
    afresh = [stop.answered_on for stop in asked.stops if stop.answered_on and stop.kind is StopKind.CLARIFICATION]
    starts_on = max([asked.received_on, *afresh])
    waited = days_waited(asked.stops)  # those for a clarification lie before the start

    def why(day: date) -> str:
        return why_not(day) or waited.get(day, "")

    if stop := waiting_now(asked):
        words = "The days until the fee comes are left out."
        if stop.kind is StopKind.CLARIFICATION:
            words = "The clock starts afresh on the day the clarification comes."
        return standing_still(law, body, asked, starts_on, stop, count_days(starts_on, FOI_MOST, why), words)
    days = count_days(starts_on, wanted, why)
    if days[-1].running < wanted:
        none = ("The school has no day open for so long that no date can be given.",)
        return Reckoning(law, rule_of(law, body), asked.received_on, starts_on, None, (), notes=none)
    return due_by(law, body, asked, starts_on, days, calendars, calendars.uk, notes=_notes(asked, body, law))


def _notes(asked: CameIn, body: PublicBody, law: Law) -> tuple[str, ...]:
    notes = [one for one in (doubt(law, body),) if one]
    if law is Law.FOI and body is PublicBody.OFFICE:
        notes.append("The school-day rule is about a school; papers of an office are counted in working days.")
    if asked.extended_on and law is Law.EIR:
        notes.append("Extended to 40 working days: the information is complex and a lot, and the person was told in time.")
    return tuple(notes)
