"""An export as one ZIP, written while it is read: a table at a time, never the whole in memory."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from alongside.across.home.queries.exports import ExportTable, TakenOut
from alongside.ground.core import clock
from alongside.ground.core.cells import safe_cell
from alongside.ground.core.words import moment
from alongside.ground.web.sheets import PassedOn

FLUSH = 64 * 1024


class Pipe:
    """What is written here is handed on at once."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, data: Any) -> int:
        """Keep it until it is taken."""
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing: it is taken when there is enough."""

    def take(self) -> bytes:
        """What has been written since it was last taken."""
        found, self.waiting = bytes(self.waiting), bytearray()
        return found


def packed(taken: TakenOut, tables: Iterable[ExportTable], files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The ZIP in pieces: README.txt, each table as CSV (for spreadsheets) and as JSON Lines (exact), and further files."""
    tables, pipe = list(tables), Pipe()
    with ZipFile(cast(IO[bytes], pipe), "w", ZIP_DEFLATED) as archive:
        archive.writestr(_named("README.txt"), readme(taken, tables))
        for table in tables:
            for name, lines in ((f"tables/{table.file}.csv", csv_lines(table)), (f"exact/{table.file}.jsonl", json_lines(table))):
                with archive.open(_named(name), "w") as inside:
                    for line in lines:
                        inside.write(line)
                        if len(pipe.waiting) > FLUSH:
                            yield pipe.take()
        for name, content in files:
            archive.writestr(_named(name), content)
            yield pipe.take()
    yield pipe.take()


def _named(name: str) -> ZipInfo:
    now = clock.now()
    info = ZipInfo(name, (max(now.year, 1980), now.month, now.day, now.hour, now.minute, now.second))
    info.compress_type = ZIP_DEFLATED
    return info


def csv_lines(table: ExportTable) -> Iterator[bytes]:
    """The table for a spreadsheet: text that begins like a formula is made harmless by an apostrophe."""
    writer = csv.writer(PassedOn())
    yield b"\xef\xbb\xbf"
    yield str(writer.writerow([column.heading for column in table.columns])).encode()
    for cells in table.cells():
        yield str(writer.writerow([for_people(cell) for cell in cells])).encode()


def for_people(cell: Any) -> Any:
    """A cell as a spreadsheet shows it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, dict | list):
        return json.dumps(cell, ensure_ascii=False)
    return safe_cell(cell)


def json_lines(table: ExportTable) -> Iterator[bytes]:
    """The table exactly, an object a line."""
    names = [column.heading for column in table.columns]
    for cells in table.cells():
        yield json.dumps(dict(zip(names, cells, strict=True)), ensure_ascii=False, default=_exact).encode() + b"\n"


def _exact(cell: Any) -> str:
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return str(cell)
    raise TypeError(f"{type(cell).__name__} has no place in an export")


def readme(taken: TakenOut, tables: Iterable[ExportTable]) -> str:
    """What is in the ZIP, table by table and column by column."""
    lines = [
        f"Data of {taken.name}",
        f"Taken out of Alongside on {moment(clock.now())}.",
        "",
        "tables/  one CSV file a table, UTF-8, for spreadsheets. An apostrophe stands before text that begins like a formula.",
        "exact/   the same rows as JSON Lines, an object a line, for programs.",
        "calendar.ics holds the dates for calendar programs, where there are any.",
        "",
        "Amounts of money are whole pence. Moments are in UTC. An id is twelve characters and the same in every table.",
        "Secrets (such as the hashes that links are checked by) are not taken out.",
        "",
    ]
    for table in tables:
        lines += ["", table.file, f"  {table.words}"]
        lines += [f"  {column.heading}: {column.words}" for column in table.columns]
    return "\n".join(lines) + "\n"
