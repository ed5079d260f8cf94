"""What stands in the week's mail."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from alongside.ground.core.clock import LONDON, start_of
from alongside.ground.core.dated import Dated
from alongside.ground.core.declaration import Urgency
from alongside.ground.core.words import clock_time, listed, near_date, plural, short_date, weekday_near
from alongside.members.calendar.rules.days import MORNING, goes_on
from alongside.members.notices.rules.waiting import READY_BY, WeekDay

MOST = 7  # lines of a kind; who has twenty minutes a week reads no more
NEAR = (Urgency.LATE, Urgency.TODAY, Urgency.WEEK)
LATELY = timedelta(weeks=13)
OLDER = timedelta(weeks=4)  # what is late for longer stands in one line
AN_HOUR = 60
MOST_SCHOOLS = 3
UNTIL_HOUR = 18


class WeekNeed(NamedTuple):
    """Something that needs the reader: how soon, what, how many minutes it takes (0: not known), where it is done."""

    when: Urgency
    words: str
    minutes: int
    href: str
    partnership: str
    due_on: date | None
    school: str = ""


class ThisWeek(NamedTuple):
    """What needs the reader: the lines that stand, how many more there are, and what is late for longer than four weeks: how
    many, and since when the oldest."""

    needs: list[WeekNeed]
    more: int
    older: int = 0
    oldest: date | None = None

    @property
    def older_words(self) -> str:
        """'9 older things are late, the oldest since 7 March 2022'; nothing where there are none."""
        if not self.oldest:
            return ""
        late = "1 older thing is late," if self.older == 1 else f"{self.older:,} older things are late, the oldest"
        return f"{late} since {short_date(self.oldest)}"


class Piece(NamedTuple):
    """One piece of work between schools: of which of the reader's schools, whether that gave it, what, how much, with whom."""

    school: str
    is_given: bool
    what: str
    much: str
    other: str
    on: date


def goes_today(today: date, day: WeekDay, is_open: Callable[[date], bool]) -> bool:
    """The mail of the week goes on the day that its reader chose; a bank holiday moves it to the next school day of that week,
    school holidays keep it away.

    Source: issue "The week", Monday, 7am; docs/decisions 22.
    """
    return day is not WeekDay.NONE and goes_on(today, day.number, is_open) == today


def is_time(now: datetime) -> bool:
    """The mails are written from half past six, so that they go at seven; until six in the evening, if nothing ran that morning.

    Source: issue "The week", Monday, 7am; docs/decisions 22.
    """
    today = now.astimezone(LONDON).date()
    return start_of(today, MORNING.hour) - READY_BY <= now < start_of(today, UNTIL_HOUR)


def of_this_week(needs: Sequence[WeekNeed], today: date) -> ThisWeek:
    """At most seven lines stand in the mail: first what falls due within the week, then what is late, then what waits without a
    day; all that is late for longer than four weeks is one line, the last. How many more there are is said.

    Source: issue "The week", at most seven lines; what can be done in time is not hidden behind what was missed.
    """
    old = [one.due_on for one in needs if one.due_on and one.due_on < today - OLDER]
    near = [one for one in needs if one.when in NEAR and not (one.due_on and one.due_on < today - OLDER)]
    near.sort(key=lambda one: one.when is Urgency.LATE)
    waiting = [*near, *(one for one in needs if one.due_on is None and one.when not in NEAR)]
    shown = waiting[: MOST - 1 if old else MOST]
    return ThisWeek(shown, len(waiting) - len(shown), len(old), min(old, default=None))


def minutes_words(minutes: int) -> str:
    """'about 10 minutes', 'an hour or more'; nothing where it is not known.

    Source: issue "The week", each with its minutes.
    """
    return "an hour or more" if minutes >= AN_HOUR else f"about {plural(minutes, 'minute')}" if minutes else ""


def about(need: WeekNeed, several: bool, today: date) -> str:
    """What stands below a line: by when, with the year where that is another one, how many minutes, for which school where the
    reader has several, and in which partnership.

    Source: issue "The week".
    """
    verb = "Was due on" if need.when is Urgency.LATE else "By"
    due = f"{verb} {weekday_near(need.due_on, today)}" if need.due_on else need.when.label
    return ", ".join(filter(None, [due, minutes_words(need.minutes), need.school, need.partnership if several else ""]))


def dated(one: Dated, several: bool, today: date) -> str:
    """'Thursday 10 March, 2pm: The board meets for the first time', with its partnership where the reader has several, and with
    the year where that is another one.

    Source: issue "The week", then dates; the hour as invitations say it.
    """
    at = f", {clock_time(one.starts_at)}" if one.starts_at else ""
    until = f" to {near_date(one.last_on, today)}" if one.last_on > one.first_on else ""
    where = f" ({one.partnership})" if several and one.partnership else ""
    return f"{weekday_near(one.first_on, today)}{at}{until}: {one.words}{where}"


def heading(week: ThisWeek) -> str:
    """'3 things need you, about 25 minutes', or that nothing does; what is late for long is not counted in.

    Source: issue "The week": nothing to do is one line that says so.
    """
    if not week.needs:
        return "nothing new needs you" if week.older else "nothing needs you"
    minutes = minutes_words(sum(one.minutes for one in week.needs)) if not week.more else ""
    number = len(week.needs) + week.more
    count = "1 thing needs you" if number == 1 else f"{number:,} things need you"
    return f"{count}, {minutes}" if minutes else count


def lead(week: ThisWeek) -> str:
    """The mail begins with what needs its reader, or in one line with that nothing does.

    Source: issue "The week".
    """
    if week.needs:
        return "Needs you this week:"
    return "Nothing new needs you this week." if week.older else "Nothing needs you this week."


def brought(pieces: Iterable[Piece], today: date) -> str:
    """One paragraph says what work between schools brought the reader's school lately, and what it gave; where they have many
    schools, in numbers.

    Source: issue "The week"; R37.
    """
    by_school: dict[str, list[Piece]] = {}
    for one in pieces:
        by_school.setdefault(one.school, []).append(one)
    if not by_school:
        return ""
    if len(by_school) > MOST_SCHOOLS:
        rows = [one for some in by_school.values() for one in some]
        given = sum(one.is_given for one in rows)
        took, gave = plural(len(rows) - given, "piece"), plural(given, "piece")
        return f"In the last three months {len(by_school)} of your schools received {took} of work from others and gave {gave}."
    return " ".join(_of_school(school, some, today) for school, some in by_school.items())


def _of_school(school: str, pieces: list[Piece], today: date) -> str:
    received, gave = ([one for one in pieces if one.is_given is given] for given in (False, True))
    told = [
        f"{verb} {listed([_piece(one, way, today) for one in some[:3]])}"
        + (f" and {len(some) - 3:,} more" if len(some) > 3 else "")
        for verb, way, some in (("received", "from", received), ("gave", "to", gave))
        if some
    ]
    return f"In the last three months {school} {'; '.join(told)}."


def _piece(one: Piece, way: str, today: date) -> str:
    return f"{one.what} {way} {one.other} ({one.much}, {near_date(one.on, today)})"
