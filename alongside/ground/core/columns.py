"""The columns of a sheet that somebody brings: which line holds the headings, which column means what, what is not read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from alongside.ground.core.sheets import MOST_LINES
from alongside.ground.core.shown import OnPage

SURPLUS = (
    "“{}” stands under no heading: is there a comma without quotation marks before it? "
    "Correct the line, or give that column a heading"
)
FORMULA = "“{}” is a formula: enter what it gives"
TITLES = 5  # rows that may stand above the headings: a title, a date, whose sheet it is
Row = TypeVar("Row")


@dataclass(frozen=True)
class Meaning:
    """Something that a column may hold: its name, and the headings under which sheets have it, the surest first. `needed` is
    what no line is read without, unless the columns that say the same `instead` are there."""

    key: str
    title: str
    words: tuple[str, ...]
    needed: bool = False
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """A line that is wrong, or that needs nothing: its number, what it says, and what to do."""

    number: int
    said: str
    remedy: str


@dataclass(frozen=True)
class ReadSheet:
    """A sheet by its columns: on which line its headings stand, which column is which, and what its lines say by meaning.
    `unsure` are the meanings for which a column is to be chosen first; `wrong` are lines that say nothing to anybody."""

    head: int
    names: Sequence[str]
    at: Mapping[str, int]
    unsure: Sequence[Meaning]
    lines: Sequence[tuple[int, Mapping[str, str]]]
    wrong: Sequence[Remark]

    @property
    def unread(self) -> list[str]:
        """The headings of the columns that nothing is read from."""
        return [name for at, name in enumerate(self.names) if at not in self.at.values()]


@dataclass(frozen=True)
class LookedAt(Generic[Row]):
    """What the lines of a sheet would do: those that are right, those that cannot be, and those that change nothing."""

    ready: list[Row] = field(default_factory=list)
    wrong: list[Remark] = field(default_factory=list)
    needless: list[Remark] = field(default_factory=list)

    def on_page(self, words: str) -> OnPage:
        """What a page shows of it before its button."""
        return OnPage(words, {"what would be done": self.ready})


def headings(head: Sequence[str]) -> list[str]:
    """The words at the top of a sheet as they are compared: “E‑mail*” is “e-mail”.

    Source: R2 (bulk invitation).
    """
    return [re.sub(r"[\u2010-\u2015]", "-", " ".join(cell.split())).strip(" *:?").lower() for cell in head]


def letter_of(column: int) -> str:
    """What a spreadsheet calls a column: A, B, … Z, AA."""
    more, last = divmod(column, 26)
    return (letter_of(more - 1) if more else "") + chr(65 + last)


def columns_known(head: Sequence[str], meanings: Sequence[Meaning]) -> tuple[dict[str, int], list[str]]:
    """Which column is which by its heading, also without what stands in brackets behind it; and the meanings whose surest heading
    stands there twice, which nobody but the reader can decide.

    Source: issue 9, brought along (nothing is guessed silently).
    """
    words = headings([re.sub(r"(?<=\S)\s*\([^)]*\)\s*$", "", cell) for cell in head])
    found, twice = dict[str, int](), list[str]()
    for meaning in meanings:
        known = next((word for word in meaning.words if word in words), "")
        if known and words.count(known) > 1:
            twice.append(meaning.key)
        elif known:
            found[meaning.key] = words.index(known)
    return found, twice


def line_of_headings(rows: Sequence[Sequence[str]], meanings: Sequence[Meaning]) -> int:
    """The headings stand in the first line, or below up to five lines of title: where most of them are known, else where the
    first two cells are filled in.

    Source: issue 9, brought along. Gives the place of the row, from 0.
    """
    first = list(rows[: TITLES + 1])
    counts = [len(columns_known(row, meanings)[0]) + len(columns_known(row, meanings)[1]) for row in first]
    if max(counts, default=0):
        return counts.index(max(counts))
    return next((at for at, row in enumerate(first) if sum(map(bool, row)) > 1), 0)


def read_sheet(rows: Sequence[Sequence[str]], meanings: Sequence[Meaning], chosen: Mapping[str, int] | None = None) -> ReadSheet:
    """A sheet is read by its headings, or by the columns that were chosen for them; each line keeps the number that it has in the
    file, and empty ones are passed over.

    Source: issue 9, brought along; reliability.md section 2 (half-finished import).
    """
    head = line_of_headings(rows, meanings)
    names = [cell or f"(column {letter_of(at)})" for at, cell in enumerate(rows[head] if rows else [])]
    at, twice = columns_known(rows[head] if rows else [], meanings) if chosen is None else (dict(chosen), [])
    at = {key: column for key, column in at.items() if column < len(names)}
    unsure = [one for one in meanings if one.key in twice or (one.needed and one.key not in at and not _instead(one, at))]
    lines, wrong = list[tuple[int, Mapping[str, str]]](), list[Remark]()
    if len(rows) > MOST_LINES + 1:
        wrong.append(Remark(MOST_LINES + 2, "", f"Send at most {MOST_LINES:,} lines at a time"))
    for number, row in enumerate(rows[head + 1 : MOST_LINES + 1], start=head + 2):
        if not any(row):
            continue
        cells = {key: row[column].strip() if column < len(row) else "" for key, column in at.items()}
        surplus = next((cell for cell in row[len(names) :] if cell.strip()), "")
        formula = next((cell for cell in cells.values() if cell.startswith("=")), "")
        if surplus or formula:
            words = SURPLUS.format(surplus[:40]) if surplus else FORMULA.format(formula[:40])
            wrong.append(Remark(number, said_by(cells), words))
        else:
            lines.append((number, cells))
    return ReadSheet(head + 1, names, at, unsure, lines, wrong)


def said_by(cells: Mapping[str, str]) -> str:
    """What a line says, so short that it can be shown beside its remedy."""
    return " · ".join(cell if len(cell) <= 60 else f"{cell[:59]}…" for cell in cells.values() if cell)


def _instead(meaning: Meaning, at: Mapping[str, int]) -> bool:
    return bool(meaning.instead) and set(meaning.instead) <= set(at)
