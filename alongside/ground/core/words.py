"""Dates, times and counts as people say them."""

import re
import unicodedata
from datetime import date, datetime

from alongside.ground.core.clock import LONDON

LANGUAGES = frozenset("English French German Spanish Welsh Latin Polish Urdu Italian Mandarin Arabic".split())
NUMBERS = "No One Two Three Four Five Six Seven Eight Nine Ten".split()
# Marks that turn the direction of writing: unseen, and able to show a name as another
TURNS_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# What takes no ink: marks, fillers, blanks that are no spaces, controls; a name of them alone is no name, and with them two
# names look like one. A joiner stays between letters of scripts and signs that need it, a flag keeps its country's tags.
NEEDS_JOINERS = "\u0600-\u115e\u1161-\u1fff\u2190-\u27ff\u2900-\ufeff\U00010000-\U000dffff"
UNSEEN = re.compile(
    f"(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|(?<![{NEEDS_JOINERS}])[\u200c\u200d]|[\u200c\u200d](?![{NEEDS_JOINERS}])"
    f"|[{TURNS_DIRECTION}\x01-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def without_marks(text: str) -> str:
    """Text without what is not seen in it, whether typed or in a file."""
    return text if text.isascii() and text.isprintable() else UNSEEN.sub(lambda found: found[1] or "", text)


def storable(text: str) -> str:
    """Text as every database takes it: without NUL, and without half of a letter."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def long_date(day: date) -> str:
    """'Tuesday 8 March 2022'."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def day_month(day: date) -> str:
    """'18 March'."""
    return f"{day.day} {day:%B}"


def short_date(day: date) -> str:
    """'18 March 2022'."""
    return f"{day.day} {day:%B} {day.year}"


def near_date(day: date, today: date) -> str:
    """'18 March', with its year where that is not today's."""
    return day_month(day) if day.year == today.year else short_date(day)


def weekday_date(day: date) -> str:
    """'Friday 18 March'."""
    return f"{day:%A} {day.day} {day:%B}"


def weekday_near(day: date, today: date) -> str:
    """'Friday 18 March', with its year where that is not today's."""
    return weekday_date(day) if day.year == today.year else f"{weekday_date(day)} {day.year}"


def day_of(at: datetime) -> date:
    """The day of a moment in London."""
    return at.astimezone(LONDON).date()


def clock_time(moment: datetime) -> str:
    """'4pm', '9:30am', in London."""
    local = moment.astimezone(LONDON)
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(at: datetime) -> str:
    """'Tuesday 24 November 2026, 4pm', in London."""
    return f"{long_date(at.astimezone(LONDON).date())}, {clock_time(at)}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 school', '97 schools', '1,200 pupils'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def in_a_sentence(name: str) -> str:
    """What something is called, within a sentence: 'headteacher', 'SENDCo', 'ECT lead', 'English lead'."""
    first = name.partition(" ")[0]
    return name if first in LANGUAGES or any(letter.isupper() for letter in first[1:]) else name[:1].lower() + name[1:]


def in_words(count: int) -> str:
    """'Ten' up to ten, then figures: for the start of a sentence."""
    return NUMBERS[count] if 0 <= count <= 10 else f"{count:,}"


def listed(items: list[str], last: str = "and") -> str:
    """'A', 'A and B', 'A, B and C'."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def slug_of(text: str) -> str:
    """The words as they stand in an address: 'St Bride’s' is 'st-brides'."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
