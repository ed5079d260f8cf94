"""Days as people write them into sheets."""

import re
from datetime import date, datetime

from alongside.ground.core.words import day_of

DATE_FORMS = (
    "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%m-%y", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d %b %Y", "%d %b %y", "%d-%b-%Y",
    "%d-%b-%y", "%d/%b/%Y", "%d %B %Y", "%Y/%m/%d",
)  # fmt: skip
ZONED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)? ?(Z|UTC|[+-]\d\d:?\d\d)", re.ASCII)
TIME = re.compile(r"[T ]\d{1,2}:\d\d(:\d\d([.,]\d+)?)?( ?[AaPp][Mm])?( ?(GMT|BST))?$", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1950, 2100  # of what schools write down
ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=\d)", re.IGNORECASE)


def read_day(text: str) -> date:
    """A day is read as people here write it: the day first, unless the year comes first; a moment of a zone is a day of ours.

    Source: issue "Ground", bank matching; issue 9, brought along. Raises ValueError when it is none.
    """
    bare = " ".join(text.split())
    if ZONED.fullmatch(bare):
        return day_of(datetime.fromisoformat(bare.replace(" ", "T", 1).replace(" ", "").replace("UTC", "Z")))
    bare = TIME.sub("", re.sub(r"\bsept\b\.?", "Sep", bare, flags=re.IGNORECASE))
    bare = WEEKDAY.sub("", ORDINAL.sub(r"\1", bare)).replace(",", "")
    for form in DATE_FORMS:
        try:
            return datetime.strptime(bare, form).date()
        except ValueError:
            continue
    raise ValueError(f"{text[:40]!r} is not a day, like 03/05/2022")


def day_in(text: str, what: str) -> date | str:
    """A day of a cell, or what to do about it.

    Source: issue 9, brought along (days as they are written here: 1/9/2022 is 1 September).
    """
    try:
        day = read_day(text)
    except ValueError:
        return f"{what}: “{text[:40]}” is not a day. Write it like 1/9/2022, 1 Sept 2022 or 2022-09-01"
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return f"{what}: “{text[:40]}” is not a day between {FIRST_YEAR} and {LAST_YEAR}. Correct the year"
    return day
