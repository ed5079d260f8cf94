"""Lines to records. A quotation mark that is never closed costs its own line, not those after it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from alongside.members.schools.register.source import NotARegisterFile

STARTS_A_RECORD = re.compile(r'[\r\n]+"?\d{4,7}(?:\.0+)?"?[,;\t]')
MOST_HEADINGS = 2_000


@dataclass(frozen=True)
class Problem:
    """A line that could not be read, or a value of it; `lost` when the whole line was left out."""

    line: int
    reason: str
    lost: bool = True

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class _Feed:
    """Lines for csv, remembering those of the record at hand so that they can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.again, self.taken, self.count = lines, list[str](), list[str](), 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self.again.pop() if self.again else next(self.lines)
        self.taken.append(line)
        self.count += 1
        return line

    def return_all_but_first(self) -> None:
        """Read every line of the record at hand again, except its first."""
        self.count -= len(self.taken) - 1
        self.again.extend(reversed(self.taken[1:]))


class Records:
    """The headings of a file, and an iterator over its records: (line, cells), however many, or (line, Problem)."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.feed = _Feed(lines)
        self.headings, self.delimiter = self._headings()

    def _headings(self) -> tuple[list[str], str]:
        for line in self.feed:
            self.feed.taken.clear()
            if line.strip(' ,;\t\r\n"'):
                delimiter = max(",;\t", key=line.count)
                try:
                    found = next(csv.reader([line], delimiter=delimiter), [])
                except csv.Error:
                    break
                if len(found) > MOST_HEADINGS:
                    break
                return [heading.strip() for heading in found], delimiter
        raise NotARegisterFile("The file has no line of headings. Choose a CSV file as the register publishes it.")

    def __iter__(self) -> Iterator[tuple[int, list[str] | Problem]]:
        feed, width = self.feed, len(self.headings)
        reader = csv.reader(feed, delimiter=self.delimiter, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = None
            taken, line = feed.taken, feed.count
            if cells is not None and len(taken) == 1:
                taken.clear()
                if any(cells):
                    yield line, cells
                continue
            first = line - len(taken) + 1
            if (
                cells is None
                or len(cells) != width
                or any(self._swallowed(cell) for cell in cells if "\n" in cell or "\r" in cell)
            ):
                feed.return_all_but_first()
                yield first, Problem(first, "a quotation mark is opened and not closed, or a cell is far too long")
            else:
                yield first, cells
            taken.clear()

    def _swallowed(self, cell: str) -> bool:
        """Whether a cell of several lines holds a record: it begins with a URN, or has as many cells."""
        return bool(STARTS_A_RECORD.search(cell)) or cell.count(self.delimiter) >= max(len(self.headings) - 1, 2)
