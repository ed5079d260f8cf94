"""The year as a picture: twelve months of days, each with its tone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.words import plural
from alongside.members.calendar.rules.days import DAY, Named, SchoolDays, days_between

CELL, GAP, TOP = 30, 3, 22


@dataclass(frozen=True)
class Cell:
    """One day of the picture: where it stands, its tone, what it is, and whether it is kept free."""

    day: date
    x: int
    y: int
    tone: str
    words: str
    kept_free: bool


@dataclass(frozen=True)
class Month:
    """One month: its name, its school days, its cells."""

    name: str
    school_days: int
    cells: Sequence[Cell]
    words: str


def months_of(year: AcademicYear, days: SchoolDays, own: Iterable[Named] = (), kept_free: Iterable[Named] = ()) -> list[Month]:
    """Every day of the year is shown as what it is: open, a holiday, a bank holiday, INSET or another closure.

    Source: R3; the picture's data stand in the table beneath it. `own` are a school's own INSET days and closures.
    """
    closures, windows = list(own), list(kept_free)
    found = []
    for number in range(12):
        first = date(year.start + (8 + number) // 12, (8 + number) % 12 + 1, 1)
        last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - DAY
        cells = [_cell(day, first, days, closures, windows) for day in days_between(first, last)]
        count = sum(cell.tone == "open" for cell in cells)
        found.append(Month(f"{first:%B %Y}", count, cells, f"{first:%B %Y}: {plural(count, 'school day')}"))
    return found


def _cell(day: date, first: date, days: SchoolDays, own: Sequence[Named], windows: Sequence[Named]) -> Cell:
    x = day.weekday() * (CELL + GAP)
    y = TOP + (day.day - 1 + first.weekday()) // 7 * (CELL + GAP)
    tone, words = _tone(day, days, own)
    free = [name for name, start, end in windows if start <= day <= end and tone == "open"]
    return Cell(day, x, y, tone, "; ".join([words, *(f"kept free for {name}" for name in free)]), bool(free))


def _tone(day: date, days: SchoolDays, own: Sequence[Named]) -> tuple[str, str]:
    if day.weekday() >= 5:
        return "weekend", "the weekend"
    if day in days.bank_holidays:
        return "bank", days.bank_holidays[day]
    why = days.why_closed(day)
    if why in {one[0] for one in own}:
        return ("inset" if why.startswith("INSET") else "closed"), why
    return ("holiday", why) if why else ("open", "school day")
