"""What stands in the week's mail."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from alongside.ground.core.words import day_month, listed, plural

MOST = 7  # lines of a kind; who has twenty minutes a week reads no more
NEAR = ("Late", "Today", "This week")
LATELY = timedelta(weeks=13)
AN_HOUR = 60
MOST_SCHOOLS = 3


class WeekNeed(NamedTuple):
    """Something that needs the reader: how soon, what, how many minutes it takes (0: not known), where it is done."""

    when: str
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
    verb = "Was due on" if need.when == "Late" else "By"
    due = f"{verb} {need.due_on:%A} {day_month(need.due_on)}" if need.due_on else need.when
    return ", ".join(filter(None, [due, minutes_words(need.minutes), need.partnership if several else ""]))


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
