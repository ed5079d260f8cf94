"""What somebody uploads as a sheet: CSV in whatever letters, or XLSX, as rows of text."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from alongside.ground.core.cells import csv_rows
from alongside.ground.core.letters import read_once
from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import listed, plural, without_marks

MOST_BYTES, MOST_LINES = 2_000_000, 2_000
MOST_UNPACKED = 40_000_000
MOST_COLUMNS = 60
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
ATTRIBUTE = re.compile(rb"\b(r|hidden|ht)\s*=\s*[\"']([^\"']*)")
PACKED = b"PK\x03\x04"
OPEN_QUOTE = (
    "Line {}: its quotation marks cannot be read. Is one opened and not closed, or does one stand inside a cell? "
    "Correct that line in the file, then choose it again"
)
NOT_READ = "We could not read this file. Save it as CSV or as an Excel workbook (.xlsx), and try again"


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of an uploaded sheet, empty ones at the end left off. Raises Invalid with what to do."""
    if len(data) > MOST_BYTES:
        raise Invalid(file="This file is larger than 2 MB. Send only the lines that are needed")
    rows = read_workbook(data)[0] if data[:4] == PACKED else text_rows(letters_of(data))
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Invalid(file="This file is empty")
    return rows


STRANGE = re.compile(r"[‘“”†‡•…‰‹›€™ˆ˜¤\ufffd]|(?<=[a-z])[ŽŠŸŒ]")  # after a letter of a name: another machine's letters


def letters_of(data: bytes) -> str:
    """Text in the letters it was most likely written in: marked, UTF-8, or what Windows writes; where that makes strange
    words and what older Macs write does not, that."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return read_once(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        windows, mac = data.decode("cp1252", "replace"), data.decode("mac_roman")
        others = [letter for letter in mac if not letter.isascii()]
        return mac if STRANGE.search(windows) and all(map(str.isalpha, others)) else windows


def is_guess(data: bytes) -> bool:
    """Whether a sheet does not say in which letters it was written: its names are looked at before anything is sent."""
    if data[:4] == PACKED or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return read_once(text) != text


def text_rows(text: str) -> list[list[str]]:
    """The rows of CSV text, whichever of comma, semicolon and tab divides the line of its columns most."""
    if "\x00" in text:
        raise Invalid(file=NOT_READ)
    first, _, rest = text.partition("\n")
    if said := re.fullmatch(r'"?sep=(.)"?[,;\t]*\r?', first, re.IGNORECASE):  # as Excel means it
        text, divider = rest, said[1]
    else:
        divider = max(",;\t", key=line_of_columns(text).count)
    rows, broken = csv_rows(text, divider)
    found, broken = [clean(cells) for _, cells in rows[: MOST_LINES + 2]], broken and len(rows) + 1
    for number, cells in enumerate(found, start=1):
        if any(divider in cell and holds_a_line(cell, divider, len(found[0])) for cell in cells):
            broken = number
            break
    if broken:
        raise Invalid(file=OPEN_QUOTE.format(broken))
    return found


def line_of_columns(text: str) -> str:
    """The first line, or where it has fewer than three columns, as a title has, the first below it that has more."""
    first, *below = text.split("\n", 6)[:6]
    lines = [first, *(re.sub(r'"[^"]*"', "", line) for line in below)]
    return next((line for line in lines if max(map(line.count, ",;\t")) > 1), first)


def holds_a_line(cell: str, divider: str, width: int) -> bool:
    """Whether a cell of several lines has swallowed the line of another person."""
    return any("@" in line and line.count(divider) >= width - 1 for line in cell.split("\n")[1:])


def read_workbook(data: bytes) -> tuple[list[list[str]], list[str]]:
    """The rows of a workbook's first sheet that is seen, as its cells are shown, without those that are hidden; and what in it
    was not read."""
    from openpyxl import load_workbook  # only where used: a web process that reads no sheet does not carry it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Invalid(file=NOT_READ)
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
            hidden = hidden_rows(packed.read(sheet._worksheet_path))
        rows = sheet.iter_rows(max_row=MOST_LINES + 2, max_col=MOST_COLUMNS + 1, values_only=True)
        found = [clean([shown(cell) for cell in row]) for row in rows]
        others = [
            f"“{one.title}”{'' if one.sheet_state == 'visible' else ' (hidden)'}"
            for one in book.worksheets
            if one is not sheet and any(any(row) for row in one.iter_rows(max_row=20, max_col=MOST_COLUMNS, values_only=True))
        ]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, StopIteration, *BROKEN):
        raise Invalid(file=NOT_READ) from None
    unread = []
    if passed := [number for number, row in enumerate(found, start=1) if row and number in hidden]:
        lines = f"{plural(len(passed), 'line')} of the sheet {'is' if len(passed) == 1 else 'are'} hidden"
        unread.append(f"{lines}, by a filter or by hand, and not read: {listed(list(map(str, passed[:100])))}")
    if others:
        unread.append(f"Only the sheet “{sheet.title}” was read, not {listed(others[:20])}")
    return [[] if number in hidden else row for number, row in enumerate(found, start=1)], unread


def hidden_rows(sheet: bytes) -> set[int]:
    """The numbers of the rows below the headings that a worksheet's XML says are not shown."""
    hidden, number = set(), 0
    for row in ROW.findall(sheet):
        said = dict(ATTRIBUTE.findall(row))
        number = int(said.get(b"r", number + 1))
        if number > 1 and (said.get(b"hidden") in {b"1", b"true"} or not said.get(b"ht", b"1").strip(b"0.")):
            hidden.add(number)
    return hidden


def unread_in(data: bytes) -> list[str]:
    """What stands in a workbook and was not read: hidden lines, other sheets."""
    return read_workbook(data)[1] if data[:4] == PACKED else []


# what openpyxl and the XML beneath it raise when a workbook is broken or made to harm
BROKEN = (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, SyntaxError, NotImplementedError,
          RuntimeError, zipfile.LargeZipFile, zlib.error)  # fmt: skip


def shown(cell: Any) -> str:
    """One cell as text: 136542.0 is a URN, not a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | datetime) else read_once(str(cell))


def clean(row: list[str]) -> list[str]:
    """Cells without spaces at their ends, empty ones after the last, without marks that turn the direction of writing, and
    without what our exports put before formulas."""
    if any(map(str.strip, row[MOST_COLUMNS:])):
        raise Invalid(
            file=f"This sheet has more than {MOST_COLUMNS} columns. Take out those that are not needed, then choose it again"
        )
    cells = without_apostrophe(without_marks(cell).strip() for cell in row[:MOST_COLUMNS])
    while cells and not cells[-1]:
        cells.pop()
    return cells


def without_apostrophe(cells: Iterable[str]) -> list[str]:
    """What our own exports put before a cell that a spreadsheet might run is taken off again when the sheet comes back."""
    return [cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r\n" else cell for cell in cells]
