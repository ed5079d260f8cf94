"""What a clock gives: the date, and how it was reached, day by day; and how that is shown."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import plural, short_date, weekday_date
from alongside.members.calendar.rules.bank_holidays import WorkingDays
from alongside.members.calendar.rules.clocks.laws import BY_SCHOOL_DAYS, Law, PublicBody, Rule, rule_of
from alongside.members.calendar.rules.days import DAY, SchoolDays, days_between

FARTHEST = 800  # days ahead that are searched for a date
WEEK_IN_HAND = 5  # working days
Week = tuple[date, tuple["Counted | None", ...]]


class StopKind(Choice):
    """What the school waits for while a clock does not run."""

    IDENTITY = "identity", "proof of identity"
    CLARIFICATION = "clarification", "clarification of the request"
    FEE = "fee", "the fee"


@dataclass(frozen=True, order=True)
class Stop:
    """The school asked for something on a day, and got it on another, or waits still."""

    asked_on: date
    answered_on: date | None
    kind: StopKind


@dataclass(frozen=True)
class CameIn:
    """What came in: when (the moment for a breach), the stops since, and when an extension was told."""

    received_on: date
    received_at: datetime | None = None
    stops: tuple[Stop, ...] = ()
    extended_on: date | None = None


@dataclass(frozen=True)
class Calendars:
    """The days that clocks count by: the school's, working days of any UK nation, and those of the school's own nation."""

    school: SchoolDays
    uk: WorkingDays
    nation: WorkingDays


@dataclass(frozen=True)
class Counted:
    """One day of the working: counted or not, why, and how many are counted by then."""

    day: date
    counted: bool
    why: str
    running: int


@dataclass(frozen=True)
class Reckoning:
    """A clock's answer. Without `due_on` the clock stands still since `paused_since`."""

    law: Law
    rule: Rule
    received_on: date
    starts_on: date
    due_on: date | None
    days: tuple[Counted, ...]
    aim_for: date | None = None
    aim_because: str = ""
    due_at: datetime | None = None
    paused_since: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def counted(self) -> int:
        """How many days (or hours) are counted."""
        return self.days[-1].running if self.days else 0

    @property
    def ends_on(self) -> date | None:
        """The day on which the time itself ends; `due_on` may lie later, on the working day to which the date moves."""
        return next((one.day for one in reversed(self.days) if one.counted), None) if self.due_on else None

    @property
    def hash(self) -> str:
        """Tells two workings apart: the same days counted for the same reasons give the same hash."""
        said = [self.due_at.isoformat() if self.due_at else str(self.due_on), str(self.paused_since)]
        said += [f"{one.day.isoformat()} {one.counted:d} {one.why}" for one in self.days]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def count_days(after: date, wanted: int, why_not: Callable[[date], str], within: int = FARTHEST) -> tuple[Counted, ...]:
    """Day one is the first counted day after the day of receipt; each day says whether it counts, and why not.

    Source: FOIA s.10(1), "the twentieth working day following the date of receipt"; ICO line to take LTT47.
    Gives less than wanted when they are not reached within so many days.
    """
    lines: list[Counted] = []
    running = 0
    for day in days_between(after + DAY, after + DAY * within):
        why = why_not(day)
        running += not why
        lines.append(Counted(day, not why, why, running))
        if running == wanted:
            break
    return tuple(lines)


def days_waited(stops: Iterable[Stop]) -> dict[date, str]:
    """A day on which the school waited for an answer does not count, from the day of asking to the day of the answer.

    Source: UK GDPR art. 12A (as DPA 2018 s.54(3C) words it): beginning with the day of asking, ending with the day on
    which the information is received; FOIA s.10(2) for a fee. Stops may overlap; a day waited twice is left out once.
    """
    return {
        day: f"waiting for {stop.kind.label}"
        for stop in stops
        if stop.answered_on
        for day in days_between(stop.asked_on, stop.answered_on)
    }


def waiting_now(asked: CameIn) -> Stop | None:
    """A clock stands still while something that was asked for has not come.

    Source: UK GDPR art. 12(6) and 12A; FOIA s.1(3) and 9; EIR reg. 8 and 9.
    """
    return next((stop for stop in asked.stops if stop.answered_on is None), None)


def standing_still(
    law: Law, body: PublicBody, asked: CameIn, starts_on: date, stop: Stop, days: Iterable[Counted], words: str
) -> Reckoning:
    """A clock that waits has no date; its working ends on the day before something was asked for.

    Source: UK GDPR art. 12(6) and 12A; FOIA s.1(3) and 9; EIR reg. 8 and 9. `words` say how it goes on.
    """
    rule, so_far = rule_of(law, body), tuple(one for one in days if one.day < stop.asked_on)
    return Reckoning(law, rule, asked.received_on, starts_on, None, so_far, paused_since=stop.asked_on, notes=(words,))


def due_by(
    law: Law,
    body: PublicBody,
    asked: CameIn,
    starts_on: date,
    days: tuple[Counted, ...],
    calendars: Calendars,
    working: WorkingDays,
    *,
    notes: Iterable[str] = (),
) -> Reckoning:
    """The last counted day is the date; with it comes a day to aim for, and what is uncertain.

    Source: promise 15, each date explains itself; reliability, section 8 (an earlier "aim for" date).
    """
    due_on, by_school_days = days[-1].day, law is Law.RECORD or (law is Law.FOI and body in BY_SCHOOL_DAYS)
    aim = aim_for(due_on, starts_on, calendars.school, working)
    said = (*notes, *doubts(due_on, days, calendars, by_school_days))
    because = aim_because(aim, due_on, working)
    rule = rule_of(law, body)
    return Reckoning(law, rule, asked.received_on, starts_on, due_on, days, aim_for=aim, aim_because=because, notes=said)


def stops_allowed(law: Law) -> tuple[StopKind, ...]:
    """What a clock may wait for depends on its law: identity, clarification or a fee, or nothing at all.

    Source: UK GDPR art. 12(6) and 12A; FOIA s.1(3), 9 and 10(2); EIR reg. 8 and 9.
    """
    return ALLOWED.get(law, ())


def stops_problem(law: Law, stops: Iterable[Stop], kind: StopKind, asked_on: date, ends_on: date | None) -> dict[str, str]:
    """A clock stops only for what its law allows, never twice at once, and not after its time has ended: that an answer is
    due on a later working day, since the time ends on a weekend, leaves nothing that could be stopped.

    Source: UK GDPR art. 12(6) and 12A; FOIA s.1(3), 9 and 10(2); EIR reg. 8 and 9. Gives what to do, by field.
    """
    if kind not in stops_allowed(law):
        return {"kind": f"This law does not stop the clock for {kind.label}"}
    if any(stop.answered_on is None for stop in stops):
        return {"kind": "The clock is stopped already: enter first when the answer came"}
    if ends_on and asked_on > ends_on:
        return {"asked_on": f"Enter a day by {short_date(ends_on)}: after that the time is over, and asking does not stop it"}
    return {}


ALLOWED = {
    Law.SUBJECT_ACCESS: tuple(StopKind),
    Law.FOI: (StopKind.CLARIFICATION, StopKind.FEE),
    Law.EIR: (StopKind.CLARIFICATION, StopKind.FEE),
}


def aim_for(due_on: date, received_on: date, school: SchoolDays, working: WorkingDays) -> date:
    """One aims for a week before the date, and for a day on which somebody is in school.

    Source: reliability, section 8 (an earlier "aim for" date). Five working days before the due date, or the last
    school day before that; where the school is closed all the time, the working day alone decides.
    """
    day = working.back(due_on, WEEK_IN_HAND)
    open_on = day if school.is_open(day) else school.before(day)
    if open_on and open_on > received_on:
        return open_on
    return max(day, received_on + DAY)


def aim_because(aim: date, due_on: date, working: WorkingDays) -> str:
    """The day to aim for says why it is that day: a week in hand, somebody in school, or no time to lose.

    Source: reliability, section 8 (an earlier "aim for" date), in the words that `aim_for` decides by.
    """
    in_hand = working.back(due_on, WEEK_IN_HAND)
    if aim > in_hand:
        return "the time is too short for a week in hand"
    if aim == in_hand:
        return "five working days are in hand then"
    return "the last day with somebody in school that leaves five working days in hand"


def warning(due_on: date | None, school: SchoolDays) -> str:
    """A date on which nobody is in school is said with the day on which somebody is again.

    Source: R30, "due 22 August, nobody until 3 September". Empty when somebody is in school on the day.
    """
    if due_on is None or school.is_open(due_on):
        return ""
    back = school.next(due_on)
    until = f", nobody in school until {weekday_date(back)}" if back else ", and no school day is known after it"
    return f"Due {weekday_date(due_on)} ({school.why_closed(due_on)}){until}. Agree now who answers."


def doubts(due_on: date, days: Sequence[Counted], calendars: Calendars, by_school_days: bool) -> tuple[str, ...]:
    """What the date rests on is said where it is not certain: example dates, years without dates, unpublished holidays.

    Source: R3, dates that are not known are marked; promise 15, each date explains itself.
    """
    notes = []
    starts = sorted({day.day.year if day.day.month >= 9 else day.day.year - 1 for day in days})
    if by_school_days:
        examples = [start for start in starts if start in calendars.school.examples]
        unknown = [start for start in starts if start not in calendars.school.typed]
        if examples:
            notes.append(f"The term dates of {_years(examples)} are examples: check this date when the real ones are typed.")
        if unknown:
            notes.append(f"No term dates are typed for {_years(unknown)}: every weekday counts there, so the date may be early.")
    first = days[0].day.year if days else due_on.year
    if first < calendars.uk.known_since.year:
        notes.append(f"Bank holidays are known since {calendars.uk.known_since.year}: in the years before none is left out.")
    if due_on > calendars.uk.known_until:
        notes.append(f"Bank holidays are published until {calendars.uk.known_until.year}: the date may move when more are known.")
    return tuple(notes)


def _years(starts: list[int]) -> str:
    return " and ".join(f"{start}/{(start + 1) % 100:02d}" for start in starts)


def span_words(reckoning: Reckoning) -> str:
    """The working in a line: '20 days counted, 5 January 2026 to 30 January 2026'.

    Source: reliability, section 8, show the working.
    """
    counted = [one.day for one in reckoning.days if one.counted]
    if not counted or reckoning.law is Law.BREACH:
        return ""
    return f"{plural(len(counted), 'day')} counted, {short_date(counted[0])} to {short_date(counted[-1])}"


def left_out(reckoning: Reckoning) -> list[tuple[str, list[date]]]:
    """The weekdays that did not count are listed by reason, so that nobody has to guess.

    Source: promise 15, each date explains itself; mysociety/alaveteli#5101.
    """
    found: dict[str, list[date]] = {}
    for one in reckoning.days:
        if not one.counted and one.why != "the weekend":
            found.setdefault(one.why, []).append(one.day)
    return list(found.items())


def weeks_of(reckoning: Reckoning) -> list[Week]:
    """The working week by week, each day with its number when it is counted; weeks in which nothing is counted stay in.

    Source: promise 15, each date explains itself.
    """
    if not reckoning.days:
        return []
    by_day = {one.day: one for one in reckoning.days}
    first, last = reckoning.days[0].day, reckoning.days[-1].day
    monday = first - DAY * first.weekday()
    return [
        (start, tuple(by_day.get(start + DAY * ahead) for ahead in range(7)))
        for start in (monday + DAY * 7 * number for number in range((last - monday).days // 7 + 1))
    ]
