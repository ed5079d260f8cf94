"""What is known of a school, and what a file says: which of both counts from now on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alongside.members.schools.register.cells import Value
from alongside.members.schools.register.headings import BLANKS, COLUMNS, GROUPS
from alongside.members.schools.register.layout import Given

UNDATED = date.min
PLACE = {column: index for index, column in enumerate(COLUMNS)}
BLANK: tuple[Value, ...] = tuple(value for group in BLANKS.values() for value in group)
Difference = tuple[str, Value, Value]


@dataclass(frozen=True)
class Merged:
    """A school's facts after a file: the row, the date of each group, and what is different: (column, old, new).

    `changes` are the differences from what was known, `fillings` from what was not.
    """

    row: list[Value]
    dates: dict[str, date]
    changes: list[Difference]
    fillings: list[Difference]
    touched: bool


def merged(row: Sequence[Value], dates: dict[str, date], given: Given, has: frozenset[str], day: date | None) -> Merged:
    """Newer facts take the place of older ones; what a file does not say stays as it is.

    A file without a date (`day` None) fills what is unknown and overwrites nothing. A text with damaged letters
    (U+FFFD) never takes the place of an undamaged one.
    """
    after = Merged(list(row), dict(dates), [], [], False)
    touched = False
    for group, values in given.items():
        known = dates.get(group)
        if known is not None and (day is None or day < known):
            continue
        differences = list(_differences(row, group, values, has))
        if any(isinstance(new, str) and "\ufffd" in new and old for _, old, new in differences):
            continue
        for column, _, new in differences:
            after.row[PLACE[column]] = new
        (after.fillings if known is None else after.changes).extend(differences)
        if known != (day or UNDATED) or differences:
            after.dates[group] = day or UNDATED
            touched = True
    return replace(after, touched=touched)


def _differences(row: Sequence[Value], group: str, values: tuple[Value, ...], has: frozenset[str]) -> Iterator[Difference]:
    """The columns of a group that a file gives otherwise.

    Its first column there tells whether it is still the same address, head or trust: if so, columns that the file
    lacks are kept; if that cell is blank, so are blank ones. All blank means that there is none (a flag says so).
    """
    blank, columns = BLANKS[group], GROUPS[group]
    none_at_all = values == blank
    anchor = next(place for place, column in enumerate(columns) if column in has)
    unsaid, same = values[anchor] == blank[anchor], values[anchor] == row[PLACE[columns[anchor]]]
    for column, new, nothing in zip(columns, values, blank, strict=True):
        old = row[PLACE[column]]
        if new != old and (new != nothing or none_at_all or not (unsaid or (same and column not in has))):
            yield column, old, new
