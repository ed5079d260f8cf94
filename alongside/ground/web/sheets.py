"""Lists to open in a spreadsheet: CSV, or an Excel workbook, from the columns that the page draws."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from alongside.ground.core.cells import plain
from alongside.ground.web.downloads import attachment
from alongside.ground.web.tables import Column, Where, ordering, paged, table

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PassedOn:
    """Where the csv writer puts each line, to be passed on at once."""

    def write(self, line: str) -> str:
        """Give the line back."""
        return line


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV file; the first begins with a mark that lets Excel read it as UTF-8."""
    writer = csv.writer(PassedOn())
    yield "\ufeff" + str(writer.writerow([plain(one) for one in head]))
    for row in rows:
        yield str(writer.writerow([plain(cell) for cell in row]))


def workbook(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An Excel workbook of one sheet, its first row kept in sight; amounts, counts and days are what they are."""
    from openpyxl import Workbook  # only where used: a web process that writes none does not carry it
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    def kept(value: Any) -> Any:
        cell = value if isinstance(value, date) and not isinstance(value, datetime) else plain(value)
        return ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in (head, *rows):
        sheet.append([kept(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(request: HttpRequest, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    """A file to download: CSV, sent row by row, or a workbook where the address says `?as=xlsx`."""
    if request.GET.get("as") == "xlsx":
        return attachment(workbook(head, rows), name=f"{name}.xlsx", media_type=EXCEL)
    return StreamingHttpResponse(
        csv_lines(head, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def list_sheet(
    request: HttpRequest, name: str, columns: Sequence[Column], rows: Iterable[Any], *, foot: Iterable[Sequence[Any]] = ()
) -> HttpResponseBase:
    """A list as a file, by the definition of its columns; `foot` are further rows of cells below it."""
    kept = [one for one in columns if one.where != Where.PAGE]
    return sheet(request, name, [one.heading for one in kept], chain(([one.of(row) for one in kept] for row in rows), foot))


def list_page(
    request: HttpRequest,
    columns: Sequence[Column],
    rows: QuerySet[Any] | Sequence[Any],
    *,
    file: str,
    page: str = "web/list_page.html",
    fields: Sequence[str] = (),
    sort: str = "",
    chosen: dict[str, str] | None = None,
    title: str = "",
    caption: str = "",
    lead: str = "",
    empty: tuple[str, str] = ("Nothing here yet", ""),
    button: tuple[str, str] | None = None,
    **more: Any,
) -> HttpResponseBase:
    """A page about one list, which its template draws as `table`; where the address says `?as=`, all of it as a file of
    that name. With `fields` the database sorts and pages the rows, as `table` does; without, they are read already.
    `empty` is what stands there without a row (heading, sentence), `button` what adds one (words, address); `more` is what a
    template of its own shows besides.
    """
    if isinstance(rows, QuerySet) and fields:
        if "as" in request.GET:
            order = ordering(columns, request.GET.get("sort", sort)) or ordering(columns, sort)
            return list_sheet(request, file, columns, rows.order_by(*order, "pk").values_list(*fields, named=True))
        shown = table(request.GET, rows, columns, fields=fields, sort=sort, chosen=chosen)
    elif "as" in request.GET:
        return list_sheet(request, file, columns, rows)
    else:
        shown = paged(request.GET, columns, list(rows), chosen=chosen)
    words = {"title": title, "caption": caption, "lead": lead, "empty": empty, "button": button}
    return render(request, page, {"table": shown, "chosen": chosen or {}, **words, **more})
