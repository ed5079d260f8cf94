"""What a file says of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from alongside.members.schools.register import headings
from alongside.members.schools.register.cells import Doubtful, Reader, Value, day, unsure_day, whole
from alongside.members.schools.register.rows import Places

Given = dict[str, tuple[Value, ...]]
MEMO = 5_000


def urn_of(cell: str) -> int:
    """A URN. Raises ValueError when it is none."""
    text = whole(cell)
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and int(text)):
        raise ValueError("there is no URN" if not text else f"“{text[:20]}” is not a URN")
    return int(text)


def _unsure(found: headings.Columns) -> headings.Columns:
    """The columns of a file of which some days have their month first."""
    return {column: (place, unsure_day if read is day else read) for column, (place, read) in found.items()}


class Nonsense(str):
    """What is wrong with a cell; `kept` where it counts as it is written nevertheless."""

    kept: Value = None


class Cells(dict[str, Value]):
    """What the cells of one column mean, each worked out once: as quick as a dict for what comes again and again."""

    def __init__(self, column: str, heading: str, reader: Reader, blank: Value = None) -> None:
        super().__init__({"": blank})
        self.column, self.heading, self.reader, self.blank, self.nonsense = column, heading, reader, blank, False
        self.longest = headings.LENGTHS.get(column, 200)

    def all(self, cells: Sequence[str]) -> list[Value]:
        """What many cells mean. Where nearly every cell is another one, looking it up first takes longer than reading it."""
        if self.column in headings.SELDOM_REPEATING and max(map(len, cells)) <= self.longest:
            read, blank = self.reader, self.blank
            try:
                return [blank if not cell or (value := read(cell)) is None else value for cell in cells]
            except ValueError:
                pass  # which one it was is found out below
        return list(map(self.__getitem__, cells))

    def __missing__(self, cell: str) -> Value:
        try:
            value = self.reader(cell)
            if value.__class__ is str and len(value) > self.longest:
                raise ValueError("is too long")
        except ValueError as error:
            self.nonsense = True
            kept = error.kept if isinstance(error, Doubtful) else None
            rest = "" if kept else "; the rest of the line was read"
            said = Nonsense(f"“{cell.strip()[:40]}” under “{self.heading}” {error}{rest}")
            said.kept = kept and kept[: self.longest]
            return said
        if value is None:
            value = self.blank
        if len(self) > MEMO:
            self.clear()
            self[""] = self.blank
        self[cell] = value
        return value


@dataclass(frozen=True)
class Lot:
    """What some rows say: each column as a list, and for each group whether a row says anything of it."""

    columns: dict[str, list[Value]]
    says: dict[str, list[bool]]
    doubts: list[tuple[int, str]]

    def only(self, rows: list[bool]) -> "Lot":
        """The same of some rows only."""
        return Lot(
            {column: list(compress(values, rows)) for column, values in self.columns.items()},
            {group: list(compress(says, rows)) for group, says in self.says.items()},
            [],
        )

    def given(self, row: int) -> Given:
        """What one row says: the groups of which it says anything, blank in the columns that the file does not have."""
        return {
            group: tuple(
                self.columns[column][row] if column in self.columns else blank
                for column, blank in zip(headings.GROUPS[group], headings.BLANKS[group], strict=True)
            )
            for group, says in self.says.items()
            if says[row]
        }


class SchoolLayout:
    """Reads the facts of schools from the cells of rows, many rows at a time and column by column."""

    def __init__(self, names: list[str], today: date, months_first: bool) -> None:
        found = headings.columns(names, headings.FACTS)
        self.today, self.ahead, self.undated = today, 0, 0
        self.places, self.width = Places(found, names), len(names)
        found = _unsure(found) if months_first else found
        self.urn, self.status = found["urn"][0], found.get("status", (None,))[0]
        self.has = frozenset(found)
        self.extract_on = found.get("extract_on")
        self.touched_on = found.get("touched_on")
        self.cells = {
            column: (found[column][0], Cells(column, names[found[column][0]], found[column][1], blank))
            for group, columns in headings.GROUPS.items()
            for column, blank in zip(columns, headings.BLANKS[group], strict=True)
            if column in found
        }
        self.groups = {
            group: [column for column in columns if column in found]
            for group, columns in headings.GROUPS.items()
            if any(column in found for column in columns)
        }
        self.flags = {group: found[flag][0] for group, flag in headings.FLAGS.items() if flag in found}

    def day(self, cells: list[str], of_file: date | None) -> date | None:
        """The date that the row's facts are of: what the row says of its extract, else the file's, else its last change.
        A day to come is none, and counted; so are rows without any."""
        for place, fallback in ((self.extract_on, of_file), (self.touched_on, None)):
            if place is not None:
                try:
                    found = place[1](cells[place[0]])
                except ValueError:
                    found = None
                if isinstance(found, date) and found > self.today:
                    self.ahead += 1
                elif isinstance(found, date):
                    return found
            if fallback is not None:
                return fallback
        self.undated += 1
        return None

    def read(self, rows: list[list[str]]) -> Lot:
        """What the rows say. A value that makes no sense is a doubt, and its group is left out of its row."""
        cells = list(zip(*rows, strict=True))
        lot = Lot({column: read.all(cells[index]) for column, (index, read) in self.cells.items()}, {}, [])
        for group, names in self.groups.items():
            columns, blanks = [lot.columns[name] for name in names], [self.cells[name][1].blank for name in names]
            if len(names) == 1:
                says = [value != blanks[0] for value in columns[0]]
            else:
                nothing = tuple(blanks)
                says = [values != nothing for values in zip(*columns, strict=True)]
            if group in self.flags:
                says = [one or bool(flag.strip()) for one, flag in zip(says, cells[self.flags[group]], strict=True)]
            if any(self.cells[name][1].nonsense for name in names):
                self._leave_out(lot, group, says)
            lot.says[group] = says
        return lot

    def _leave_out(self, lot: Lot, group: str, says: list[bool]) -> None:
        """Where a value of a group makes no sense, the row says nothing of that group, and it is a doubt."""
        columns = [(lot.columns[name], self.cells[name][1].blank) for name in self.groups[group]]
        for row in range(len(says)):
            doubts = [(column, cell) for column, _ in columns if isinstance(cell := column[row], Nonsense)]
            lot.doubts.extend((row, str(doubt)) for _, doubt in doubts)
            for column, doubt in doubts:
                column[row] = doubt.kept
            if any(doubt.kept is None for _, doubt in doubts):
                says[row] = False
                for column, blank in columns:
                    column[row] = blank


class PlainLayout:
    """Reads a row of a file of groups or links as a dict of its known columns."""

    def __init__(self, names: list[str], facts: headings.Facts, months_first: bool) -> None:
        found = headings.columns(names, facts)
        self.places, self.width = Places(found, names), len(names)
        found = _unsure(found) if months_first else found
        self.cells = {column: (place, Cells(column, names[place], reader)) for column, (place, reader) in found.items()}

    def read(self, cells: list[str]) -> tuple[dict[str, Value], list[str]]:
        """The row's values, None for what it does not say or what makes no sense; and what makes none."""
        cells = cells + [""] * (self.width - len(cells))
        values = {column: read[cells[place]] for column, (place, read) in self.cells.items()}
        doubts = {column: value for column, value in values.items() if isinstance(value, Nonsense)}
        return values | {column: doubt.kept for column, doubt in doubts.items()}, list(map(str, doubts.values()))
