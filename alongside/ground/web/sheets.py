"""Lists to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import StreamingHttpResponse

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet shows and never runs: text that would begin a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value


class PassedOn:
    """Where the csv writer puts each line, to be passed on at once."""

    def write(self, line: str) -> str:
        """Give the line back."""
        return line


def sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A CSV file to download, sent row by row; it starts with a mark that lets Excel read it as UTF-8."""
    writer = csv.writer(PassedOn())

    def lines() -> Iterator[str]:
        yield "\ufeff" + str(writer.writerow(head))
        for row in rows:
            yield str(writer.writerow([safe_cell(cell) for cell in row]))

    return StreamingHttpResponse(
        lines(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'}
    )
