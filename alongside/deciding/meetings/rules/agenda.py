"""What an agenda needs before it goes out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.rules.kinds import ItemKind, MeetingKind
from alongside.ground.core.words import plural, short_date

OVERDUE_AFTER = 2  # meetings
RESTS = timedelta(days=7)  # until a school is asked again
CLOSING = 9_000  # from here on stand the items that end a meeting
STRATEGY, BUSINESS = str(MeetingKind.STRATEGY), str(MeetingKind.BUSINESS)
Line = tuple[str, str, ItemKind, int, str]  # for which meetings, title, kind, minutes, what it is about
OPENING: tuple[Line, ...] = (
    ("", "Welcome and apologies", ItemKind.STANDING, 2, ""),
    ("", "Declarations of interest", ItemKind.STANDING, 3, "In anything on this agenda."),
    ("", "Minutes of the last meeting", ItemKind.DECISION, 5, "To approve them, and to hear what was done."),
)
ENDING: tuple[Line, ...] = (("", "Any other business, and the next meeting", ItemKind.STANDING, 5, ""),)
HEADBOARD: tuple[Line, ...] = (
    (STRATEGY, "Issues of the schools, actions and resources", ItemKind.DISCUSSION, 20, ""),
    (STRATEGY, "Teaching, INSET days, moderation: what PD leads are to do", ItemKind.DECISION, 15,
    "By year group, subject, transition."),
    (STRATEGY, "Trust groups: their focus, and a report from each", ItemKind.DISCUSSION, 15, ""),
    (STRATEGY, "Practice slot: best practice, high challenge and high support", ItemKind.PRACTICE, 20, ""),
    (BUSINESS, "Decisions of the board: what is to be done, and how far it is", ItemKind.DECISION, 15, ""),
    (BUSINESS, "Shared staff: who is needed where", ItemKind.DECISION, 15, "Teaching assistants, cover supervisors, premises."),
    (BUSINESS, "Transition between our schools", ItemKind.DISCUSSION, 10, ""),
)  # fmt: skip


def standing_lines(kind: BodyKind) -> list[tuple[int, Line]]:
    """An agenda begins with apologies, interests and the minutes and ends with any other business; the Headboard's functions are
    standing items, each on the meeting of its kind. Gives the place of each.

    Source: R11 (its functions), T10, T12 to T16; SI 2013/1624 reg 13 for the order that governors know.
    """
    own = HEADBOARD if kind is BodyKind.HEADBOARD else ()
    return [*enumerate((*OPENING, *own), 1), (CLOSING, ENDING[0])]


def timed(starts_at: datetime, minutes: Sequence[int]) -> list[datetime]:
    """Each item begins when the one before it should be over.

    Source: issue "Governance" (agenda, timed).
    """
    return [starts_at + timedelta(minutes=sum(minutes[:at])) for at in range(len(minutes))]


def length_words(minutes: int, lasts: int) -> str:
    """How long the items take together; whoever plans too much is told.

    Source: issue "Governance" (agenda, timed).
    """
    over = f": {plural(minutes - lasts, 'minute')} more than the meeting lasts" if minutes > lasts else ""
    return f"{plural(minutes, 'minute')} of {lasts}{over}"


def clear_days(sent_on: date, meets_on: date) -> int:
    """Clear days are those between the day on which notice is sent and the day of the meeting, neither of them counted.

    Source: SI 2013/1624 reg 13 (seven clear days before the date of the meeting).
    """
    return (meets_on - sent_on).days - 1


def send_by(meets_on: date, notice_days: int) -> date:
    """The last day on which an agenda goes out in time.

    Source: as `clear_days`.
    """
    return meets_on - timedelta(days=notice_days + 1)


def send_by_school_day(meets_on: date, notice_days: int, is_open: Callable[[date], bool]) -> date:
    """An agenda is to go by a day on which schools are open: the last one on which it goes out in time, within nine weeks before;
    where none is, that day itself.

    Source: as `clear_days`; the office and the clerk work on school days.
    """
    last = send_by(meets_on, notice_days)
    return next((day for back in range(63) if is_open(day := last - timedelta(days=back))), last)


def why_short(sent_on: date, meets_on: date, notice_days: int, by_rule: str) -> str:
    """Shorter notice than the body's rule asks for is warned of: it goes out when the chair says that it is urgent.

    Source: SI 2013/1624 reg 13 (shorter where the chair so determines on the ground that there are matters demanding urgent
    consideration); issue "Governance" (clear-days notice). Empty when there is time.
    """
    left = max(clear_days(sent_on, meets_on), 0)
    if left >= notice_days:
        return ""
    last = short_date(send_by(meets_on, notice_days))
    return f"That is {plural(left, 'clear day')}, and by {by_rule} it needs {notice_days}: {last} was the last day to send it"


def longest_waiting(heads: Sequence[str], presented: Mapping[str, date]) -> str:
    """The practice slot goes to the head who has waited longest: one who never had it comes before one who did, else by the list.
    Gives nobody where there is no head.

    Source: T15, the same confident three present every time.
    """
    return min(heads, key=lambda one: (presented.get(one, date.min), heads.index(one)), default="")


def can_remind(asked_at: datetime | None, now: datetime) -> bool:
    """A school that has not said how far it is with a decision is asked again once a week has gone by since it was last asked.

    Source: issue "Governance" (each board decision followed into the schools and back); product, "never two mails with the same
    news".
    """
    return asked_at is not None and asked_at <= now - RESTS


def is_overdue(missed: int) -> bool:
    """Something brought to a meeting that has no answer after two meetings shows as overdue to the chair.

    Source: evidence M5.
    """
    return missed >= OVERDUE_AFTER
