"""What somebody uploads as a sheet: CSV in whatever letters, or XLSX, as rows of text."""

import csv
import io
import re
import zipfile
import zlib
from datetime import date, datetime
from typing import Any

from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import without_marks
from alongside.members.people.rules.bulk import MOST_LINES, without_apostrophe

MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000
MOST_COLUMNS = 60
NOT_READ = "We could not read this file. Save it as CSV or as an Excel workbook (.xlsx), and try again"


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of an uploaded sheet, empty ones at the end left off. Raises Invalid with what to do."""
    if len(data) > MOST_BYTES:
        raise Invalid(file="This file is larger than 2 MB. Send only the lines that are needed")
    rows = workbook_rows(data) if data[:4] == b"PK\x03\x04" else text_rows(letters_of(data))
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
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        windows, mac = data.decode("cp1252", "replace"), data.decode("mac_roman")
        others = [letter for letter in mac if not letter.isascii()]
        return mac if STRANGE.search(windows) and all(map(str.isalpha, others)) else windows


def is_guess(data: bytes) -> bool:
    """Whether a sheet does not say in which letters it was written: its names are looked at before anything is sent."""
    if data[:4] == b"PK\x03\x04" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def text_rows(text: str) -> list[list[str]]:
    """The rows of CSV text, whichever of comma, semicolon and tab divides its first line most."""
    if "\x00" in text:
        raise Invalid(file=NOT_READ)
    first, _, rest = text.partition("\n")
    if said := re.fullmatch(r'"?sep=(.)"?[,;\t]*\r?', first, re.IGNORECASE):  # as Excel means it
        text, divider = rest, said[1]
    else:
        divider = max(",;\t", key=first.count)
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
        return [clean(row) for _, row in zip(range(MOST_LINES + 2), found, strict=False)]
    except csv.Error:
        raise Invalid(file=NOT_READ) from None


def workbook_rows(data: bytes) -> list[list[str]]:
    """The rows of a workbook's first sheet, as its cells are shown."""
    from openpyxl import load_workbook  # only where used: a web process that reads no sheet does not carry it
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Invalid(file=NOT_READ)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_LINES + 2, max_col=MOST_COLUMNS, values_only=True)
        found = [clean([shown(cell) for cell in row]) for row in rows]
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, *BROKEN):
        raise Invalid(file=NOT_READ) from None
    return found


# what openpyxl and the XML beneath it raise when a workbook is broken or made to harm
BROKEN = (KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, SyntaxError, NotImplementedError,
          RuntimeError, zipfile.LargeZipFile, zlib.error)  # fmt: skip


def shown(cell: Any) -> str:
    """One cell as text: 136542.0 is a URN, not a fraction."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def clean(row: list[str]) -> list[str]:
    """Cells without spaces at their ends, empty ones after the last, without marks that turn the direction of writing, and
    without what our exports put before formulas."""
    cells = without_apostrophe(without_marks(cell).strip() for cell in row[:MOST_COLUMNS])
    while cells and not cells[-1]:
        cells.pop()
    return cells
