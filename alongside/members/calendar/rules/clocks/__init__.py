"""Statutory clocks: the date by which something is answered, with the working, day by day."""

from datetime import date

from alongside.ground.core.words import short_date
from alongside.members.calendar.rules.clocks import information, personal_data
from alongside.members.calendar.rules.clocks.laws import Law, PublicBody
from alongside.members.calendar.rules.clocks.reckoning import Calendars, CameIn, Reckoning

CLOCKS = {
    Law.SUBJECT_ACCESS: personal_data.subject_access,
    Law.RECORD: information.record,
    Law.FOI: information.foi,
    Law.EIR: information.eir,
    Law.COMPLAINT: personal_data.complaint,
    Law.BREACH: personal_data.breach,
}
EXTENDABLE = frozenset({Law.SUBJECT_ACCESS, Law.EIR})


def work_out(law: Law, asked: CameIn, body: PublicBody, calendars: Calendars) -> Reckoning:
    """Each law has its own clock, and every clock gives the date with its working.

    Source: R30; promise 15.
    """
    return CLOCKS[law](asked, body, calendars)


def extension_problem(law: Law, asked: CameIn, body: PublicBody, calendars: Calendars, told_on: date) -> dict[str, str]:
    """A clock is extended only where its law allows it, once, and only when the person was told before the first time ended,
    also where the answer is due on a later working day.

    Source: UK GDPR art. 12(3) and 12A (within the first month); EIR reg. 7(3) (by the 20th working day).
    """
    if law not in EXTENDABLE:
        return {"told_on": "This time cannot be extended: its law does not allow it"}
    if asked.extended_on:
        return {"told_on": "This time is extended already"}
    ends_on = work_out(law, asked, body, calendars).ends_on
    if ends_on and told_on > ends_on:
        words = f"The person must be told before the first date, by {short_date(ends_on)}: it has passed, so the date stays"
        return {"told_on": words}
    return {}
