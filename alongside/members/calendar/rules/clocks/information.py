"""Requests for information: freedom of information, environmental information, the educational record."""

from collections.abc import Callable, Mapping
from datetime import date

from alongside.members.calendar.rules.clocks.laws import BY_SCHOOL_DAYS, Body, Law, rule_of
from alongside.members.calendar.rules.clocks.reckoning import (
    Calendars,
    CameIn,
    Counted,
    Reckoning,
    Stop,
    StopKind,
    aim_because,
    aim_for,
    count_days,
    days_waited,
    doubts,
)
from alongside.members.calendar.rules.days import SchoolDays

FOI_SCHOOL_DAYS, FOI_WORKING_DAYS, FOI_MOST = 20, 20, 60
EIR_DAYS, EIR_EXTENDED = 20, 40
RECORD_DAYS = 15
NOT_IN_SCHOOL = "no school day: "


def foi(asked: CameIn, body: Body, calendars: Calendars) -> Reckoning:
    """A school answers by the 20th school day or the 60th working day, whichever comes first; others by the 20th working day.

    Source: FOIA 2000 s.10; SI 2004/3364 reg. 3 and SI 2010/2768 for schools and academies. A school day counts only
    when it is a working day too. Clarification starts the clock afresh (s.1(3)); days waited for a fee are left out.
    """
    if body not in BY_SCHOOL_DAYS:
        return _counted(Law.FOI, asked, body, calendars, FOI_WORKING_DAYS, calendars.uk.why_not)

    def why_not(day: date) -> str:
        return calendars.uk.why_not(day) or _not_in_school(calendars.school, day)

    by_school = _counted(Law.FOI, asked, body, calendars, FOI_SCHOOL_DAYS, why_not)
    at_most = _counted(Law.FOI, asked, body, calendars, FOI_MOST, calendars.uk.why_not)
    if by_school.due_on is None and by_school.paused_since:
        return by_school
    if at_most.due_on and (by_school.due_on is None or at_most.due_on < by_school.due_on):
        return at_most
    return by_school


def eir(asked: CameIn, body: Body, calendars: Calendars) -> Reckoning:
    """Environmental information is due by the 20th working day, the 40th when it is complex and a lot; holidays do not help.

    Source: EIR 2004 reg. 5(2) and 7(1), told by the 20th working day (7(3)); further particulars start it afresh
    (9(4)); days waited for a payment in advance are left out (8(6)). There is no allowance for school holidays.
    """
    wanted = EIR_EXTENDED if asked.extended_on else EIR_DAYS
    return _counted(Law.EIR, asked, body, calendars, wanted, calendars.uk.why_not)


def record(asked: CameIn, body: Body, calendars: Calendars) -> Reckoning:
    """A maintained school shows a parent the educational record within 15 school days; a bank holiday elsewhere is one of them.

    Source: SI 2005/1437 reg. 5; school days only, so 17 March counts where the school is open.
    """

    def why_not(day: date) -> str:
        return calendars.school.why_closed(day)

    return _counted(Law.RECORD, asked, body, calendars, RECORD_DAYS, why_not)


def _not_in_school(school: SchoolDays, day: date) -> str:
    why = school.why_closed(day)
    return f"{NOT_IN_SCHOOL}{why}" if why else ""


def _counted(law: Law, asked: CameIn, body: Body, calendars: Calendars, wanted: int, why_not: Callable[[date], str]) -> Reckoning:
    rule = rule_of(law, body)
    afresh = [stop for stop in asked.stops if stop.kind is StopKind.CLARIFICATION]
    open_stop = next((stop for stop in asked.stops if stop.answered_on is None), None)
    starts_on = max([asked.received_on, *(stop.answered_on for stop in afresh if stop.answered_on)])
    waited = days_waited(stop for stop in asked.stops if stop.kind is StopKind.FEE)
    if open_stop:
        return _paused(law, asked, body, starts_on, open_stop, waited, why_not)
    days = count_days(starts_on, wanted, lambda day: why_not(day) or waited.get(day, ""))
    due_on = days[-1].day if days[-1].running == wanted else None
    if due_on is None:
        notes: tuple[str, ...] = ("The school has no day open for so long that no date can be given.",)
        return Reckoning(law, rule, asked.received_on, starts_on, None, (), notes=notes)
    aim = aim_for(due_on, starts_on, calendars.school, calendars.uk)
    by_school_days = law is Law.RECORD or (law is Law.FOI and body in BY_SCHOOL_DAYS)
    return Reckoning(
        law,
        rule,
        asked.received_on,
        starts_on,
        due_on,
        days,
        aim_for=aim,
        aim_because=aim_because(aim, due_on, calendars.uk),
        notes=(*_notes(asked, body, law), *doubts(due_on, days, calendars, by_school_days)),
    )


def _paused(
    law: Law, asked: CameIn, body: Body, starts_on: date, stop: Stop, waited: Mapping[date, str], why_not: Callable[[date], str]
) -> Reckoning:
    def why(day: date) -> str:
        return why_not(day) or waited.get(day, "")

    days: tuple[Counted, ...] = tuple(one for one in count_days(starts_on, FOI_MOST, why) if one.day < stop.asked_on)
    words = (
        "The clock starts afresh on the day the clarification comes."
        if stop.kind is StopKind.CLARIFICATION
        else "The days until the fee comes are left out."
    )
    return Reckoning(
        law, rule_of(law, body), asked.received_on, starts_on, None, days, paused_since=stop.asked_on, notes=(words,)
    )


def _notes(asked: CameIn, body: Body, law: Law) -> tuple[str, ...]:
    notes = []
    if law is Law.FOI and body is Body.OTHER:
        notes.append("The register does not say that this is a maintained school or an academy: counted by the earlier date.")
    if law is Law.FOI and body is Body.OFFICE:
        notes.append("The school-day rule is about a school; papers of an office are counted in working days.")
    if asked.extended_on and law is Law.EIR:
        notes.append("Extended to 40 working days: the information is complex and a lot, and the person was told in time.")
    return tuple(notes)
