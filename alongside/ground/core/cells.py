"""What stands in a cell of a list: drawn on a page, plain in a file for a spreadsheet; and the cells of a file that comes."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from alongside.ground.core.choice import Choice
from alongside.ground.core.clock import LONDON
from alongside.ground.core.money import pounds
from alongside.ground.core.words import TURNS_DIRECTION, clock_time, day_of, short_date

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SPACES = f" \u00a0\u2007\u202f\u3000\u200b\u200c\u200d\u2060\ufeff{TURNS_DIRECTION}"  # what a spreadsheet may pass over
NOTHING = "–"


@dataclass(frozen=True)
class Pounds:
    """An amount in pence."""

    pence: int

    def __html__(self) -> str:
        """'£1,500.00'."""
        return pounds(self.pence)

    @property
    def plain(self) -> Decimal:
        """1500.00, to reckon with."""
        return Decimal(self.pence).scaleb(-2)


@dataclass(frozen=True)
class Address:
    """An address of e-mail, which a narrow column breaks where it has parts."""

    plain: str

    def __html__(self) -> str:
        """The address, with where it may be broken."""
        return escape(self.plain).replace("@", "@<wbr>").replace(".", ".<wbr>")


@dataclass(frozen=True)
class Text:
    """Words; where they lead, and what stands below them in small."""

    words: str
    to: str = ""
    under: str = ""

    def __html__(self) -> str:
        """The words, as a link where they lead somewhere."""
        words = f'<a href="{escape(self.to)}">{escape(self.words)}</a>' if self.to else escape(self.words)
        return f'{words}<span class="al-under">{escape(self.under)}</span>' if self.under else words

    @property
    def plain(self) -> str:
        """The words, with what stands below them."""
        return f"{self.words} ({self.under})" if self.under else self.words


@dataclass(frozen=True)
class Tag:
    """A state, in the colour of its tone."""

    words: str
    tone: str = "grey"

    @classmethod
    def of(cls, state: Choice) -> "Tag":
        """The tag of a state."""
        return cls(state.label, state.tone)

    def __html__(self) -> str:
        """The tag."""
        return f'<strong class="al-tag al-tag--{escape(self.tone)}">{escape(self.words)}</strong>'

    @property
    def plain(self) -> str:
        """Its words."""
        return self.words


def drawn(value: Any) -> Any:
    """A cell on a page: days and counts as people say them, a dash where there is nothing."""
    if isinstance(value, datetime):
        return f"{short_date(day_of(value))}, {clock_time(value)}"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Choice):
        return value.label
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return NOTHING if value is None or value == "" else value


def plain(value: Any) -> Any:
    """A cell in a file: days in ISO, moments in London's time without zone, amounts in pounds, words that run nowhere."""
    value = getattr(value, "plain", value)
    if isinstance(value, datetime):
        return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Choice):
        return value.label
    return "" if value is None else safe_cell(value)


def safe_cell(value: Any) -> Any:
    """What people typed is shown by a spreadsheet and never run: text that would begin a formula gets an apostrophe.

    Source: reliability.md, export.
    """
    if not isinstance(value, str):
        return value
    begins = value.startswith(STARTS_A_FORMULA) or value.lstrip(SPACES).startswith(STARTS_A_FORMULA)
    return f"'{value}" if begins else value


def csv_rows(text: str, delimiter: str = ",") -> tuple[list[tuple[int, list[str]]], int]:
    """The rows of a CSV file, each with the line on which it begins, up to the first that cannot be read; and that one's line.

    Source: cases 02 and 71: a quotation mark that is opened and not closed swallows what follows, so nothing after it is
    guessed at. 0 where all could be read.
    """
    reader, rows, begins = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True), [], 1
    try:
        for cells in reader:
            rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        return rows, begins
    return rows, 0
