"""What stands in the week's mail."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from alongside.ground.core.clock import LONDON, start_of
from alongside.ground.core.dated import Dated
from alongside.ground.core.declaration import Urgency
from alongside.ground.core.words import clock_time, day_month, listed, plural, weekday_date
from alongside.members.calendar.rules.days import goes_on
from alongside.members.notices.rules.waiting import DIGEST_AT, READY_BY, WeekDay

MOST = 7  # lines of a kind; who has twenty minutes a week reads no more
NEAR = (Urgency.LATE, Urgency.TODAY, Urgency.WEEK)
LATELY = timedelta(weeks=13)
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
    return start_of(today, DIGEST_AT.hour) - READY_BY <= now < start_of(today, UNTIL_HOUR)


def of_this_week(needs: Sequence[WeekNeed]) -> tuple[list[WeekNeed], int]:
    """At most seven things stand in the mail, of those that are late or due within the week; how many more there are is said.

    Source: issue "The week", at most seven lines.
    """
    near = [one for one in needs if one.when in NEAR]
    return near[:MOST], len(near) - len(near[:MOST])


def minutes_words(minutes: int) -> str:
    """'about 10 minutes', 'an hour or more'; nothing where it is not known.

    Source: issue "The week", each with its minutes.
    """
    return "an hour or more" if minutes >= AN_HOUR else f"about {plural(minutes, 'minute')}" if minutes else ""


def about(need: WeekNeed, several: bool) -> str:
    """What stands below a line: by when, how many minutes, and in which partnership where the reader has several.

    Source: issue "The week".
    """
    verb = "Was due on" if need.when is Urgency.LATE else "By"
    due = f"{verb} {weekday_date(need.due_on)}" if need.due_on else need.when.label
    return ", ".join(filter(None, [due, minutes_words(need.minutes), need.partnership if several else ""]))


def dated(one: Dated, several: bool) -> str:
    """'Thursday 10 March, 2pm: The board meets for the first time', with its partnership where the reader has several.

    Source: issue "The week", then dates; the hour as invitations say it.
    """
    at = f", {clock_time(one.starts_at)}" if one.starts_at else ""
    until = f" to {day_month(one.last_on)}" if one.last_on > one.first_on else ""
    where = f" ({one.partnership})" if several and one.partnership else ""
    return f"{weekday_date(one.first_on)}{at}{until}: {one.words}{where}"


def heading(needs: Sequence[WeekNeed], more: int) -> str:
    """'3 things need you, about 25 minutes', or that nothing does.

    Source: issue "The week": nothing to do is one line that says so.
    """
    if not needs:
        return "nothing needs you"
    minutes = minutes_words(sum(one.minutes for one in needs)) if not more else ""
    number = len(needs) + more
    count = "1 thing needs you" if number == 1 else f"{number:,} things need you"
    return f"{count}, {minutes}" if minutes else count


def lead(needs: Sequence[WeekNeed]) -> str:
    """The mail begins with what needs its reader, or in one line with that nothing does.

    Source: issue "The week".
    """
    return "Needs you this week:" if needs else "Nothing needs you this week."


def brought(pieces: Iterable[Piece]) -> str:
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
    return " ".join(_of_school(school, some) for school, some in by_school.items())


def _of_school(school: str, pieces: list[Piece]) -> str:
    received, gave = ([one for one in pieces if one.is_given is given] for given in (False, True))
    told = [
        f"{verb}: {listed([_piece(one, way) for one in some[:3]])}" + (f" and {len(some) - 3:,} more" if len(some) > 3 else "")
        for verb, way, some in (("received", "from", received), ("gave", "to", gave))
        if some
    ]
    return f"In the last three months {school} {'; '.join(told)}."


def _piece(one: Piece, way: str) -> str:
    return f"{one.what[0].lower()}{one.what[1:]} {way} {one.other} ({one.much}, {day_month(one.on)})"
