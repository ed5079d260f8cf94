"""Lists that sort, filter and page by their address, so that every view of them can be sent to a colleague."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from operator import attrgetter, itemgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

from alongside.ground.core import cells as core_cells
from alongside.ground.core.cells import Pounds

SIZE = 50


class Where(StrEnum):
    """Where a column stands: on the page and in its file, or in one of them."""

    BOTH = "both"
    PAGE = "page"
    FILE = "file"


@dataclass(frozen=True)
class Column:
    """A column: its key in the address, its heading, what it sorts by (nothing: it does not sort), and its cell.

    The cell is what `cell` makes of the row (a plain value or one of `core.cells`), or the row's field of that key. A
    page may draw the cell itself, by a macro of the column's key. `alone`: on a phone no heading stands beside it.
    """

    key: str
    heading: str
    order: tuple[str, ...] = ()
    numeric: bool = False
    cell: Callable[[Any], Any] | None = None
    classes: str = ""
    alone: bool = False
    where: Where = Where.BOTH

    def of(self, row: Any) -> Any:
        """What stands in this column of the row."""
        return self.cell(row) if self.cell else getattr(row, self.key)

    def drawn(self, row: Any) -> Any:
        """The cell on a page."""
        return core_cells.drawn(self.of(row))


def pounds(key: str, heading: str, order: tuple[str, ...] = (), *, sparse: bool = False, **more: Any) -> Column:
    """A column of amounts: the row's field of that key is in pence. None is a dash, and in a sparse column zero too."""

    def cell(row: Any) -> Pounds | None:
        pence = getattr(row, key)
        return None if pence is None or (sparse and not pence) else Pounds(pence)

    return Column(key, heading, order, numeric=True, cell=cell, **more)


@dataclass(frozen=True)
class Table:
    """One page of a list with its addresses. What stands in a row has names; `foot` is a last row of sums, a cell a column."""

    columns: Sequence[Column]
    rows: Sequence[Any]
    count: int
    page: int = 1
    pages: int = 1
    sort: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    foot: Sequence[Any] = ()

    @property
    def shown(self) -> list[Column]:
        """The columns of the page."""
        return [one for one in self.columns if one.where != Where.FILE]

    def foot_cells(self) -> list[tuple[Column, Any]]:
        """The cells of the last row, drawn, each with its column."""
        return [(column, core_cells.drawn(cell)) for column, cell in zip(self.shown, self.foot, strict=True)] if self.foot else []

    def address(self, **changes: Any) -> str:
        """This list's address with something else chosen; None takes a choice away."""
        now = {**self.chosen, "sort": self.sort, "page": str(self.page)}
        both = {key: str(value) for key, value in {**now, **changes}.items() if value not in (None, "")}
        if both.get("page") == "1":
            del both["page"]
        return "?" + urlencode(both)

    @property
    def file(self) -> str:
        """The address of all that is chosen, as a file (`sheets.list_page`)."""
        return self.address(page=None, **{"as": "csv"})

    def sort_address(self, column: Column) -> str:
        """Sort by that column, or turn the order round."""
        return self.address(sort=f"-{column.key}" if self.sort == column.key else column.key, page=None)

    def sorted_as(self, column: Column) -> str:
        """What a screen reader is told of the column's order."""
        return {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "none")

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return (self.page - 1) * SIZE + 1 if self.count else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.page * SIZE, self.count)

    def near_pages(self) -> list[int | None]:
        """The page numbers to show, None where some are left out."""
        shown = sorted({1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)})
        gaps: list[int | None] = []
        for number in shown:
            if gaps and gaps[-1] is not None and number > gaps[-1] + 1:
                gaps.append(None)
            gaps.append(number)
        return gaps


def listed(columns: Sequence[Column], rows: Iterable[Any], *, foot: Sequence[Any] = ()) -> Table:
    """A list that is read already and stands on one page, in the order given."""
    found = list(rows)
    return Table([replace(one, order=()) for one in columns], found, len(found), foot=foot)


def paged(asked: QueryDict, columns: Sequence[Column], rows: Sequence[Any], *, chosen: dict[str, str] | None = None) -> Table:
    """One page, as asked for in the address, of a list that is read already, in the order given."""
    page, pages = _page(asked, len(rows))
    shown = rows[(page - 1) * SIZE : page * SIZE]
    return Table([replace(one, order=()) for one in columns], list(shown), len(rows), page, pages, chosen=chosen or {})


def looked_through(
    columns: Sequence[Column], rows: Iterable[Any], asked: QueryDict, *, sort: str, holds: Callable[[Any, str], bool]
) -> Table:
    """A list that is read already, on one page: in the order that the address asks for, and of it the rows that hold what is
    typed as `q`."""
    typed = asked.get("q", "")[:80].strip()
    found = [row for row in rows if not typed or holds(row, typed)]
    wanted = asked.get("sort", sort)
    order = ordering(columns, wanted)
    if not order:
        wanted, order = sort, ordering(columns, sort)
    for name in reversed(order):
        found.sort(key=attrgetter(name.lstrip("-")), reverse=name.startswith("-"))
    return Table(columns, found, len(found), sort=wanted, chosen={"q": typed})


def plainly(head: Sequence[str], rows: Iterable[Sequence[Any]], numeric: Sequence[int] = ()) -> Table:
    """A short list of tuples under plain headings; `numeric` are the columns of figures, by number."""
    return listed([Column(words, words, numeric=n in numeric, cell=itemgetter(n)) for n, words in enumerate(head)], rows)


def ordering(columns: Iterable[Column], sort: str) -> list[str]:
    """The database's order for a `sort` of the address; empty when it names no sortable column."""
    column = next((one for one in columns if one.key == sort.lstrip("-") and one.order), None)
    if column is None:
        return []
    turn = {True: lambda name: name[1:] if name.startswith("-") else f"-{name}", False: lambda name: name}
    return [turn[sort.startswith("-")](name) for name in column.order]


def table(
    asked: QueryDict,
    rows: QuerySet[Any],
    columns: Sequence[Column],
    *,
    fields: Sequence[str],
    sort: str,
    chosen: dict[str, str] | None = None,
    cells: Callable[[Any], Any] | None = None,
    count: int | None = None,
) -> Table:
    """One page of the queryset as asked for in the address: two queries, whatever its size.

    A row has the names of its `fields`, or is what `cells` makes of that; nonsense in the address is the default.
    """
    wanted = asked.get("sort", sort)
    order = ordering(columns, wanted)
    if not order:
        wanted, order = sort, ordering(columns, sort)
    total = rows.count() if count is None else count
    page, pages = _page(asked, total)
    found = rows.order_by(*order, "pk").values_list(*fields, named=True)[(page - 1) * SIZE : page * SIZE]
    return Table(columns, [cells(row) for row in found] if cells else list(found), total, page, pages, wanted, chosen or {})


def _page(asked: QueryDict, total: int) -> tuple[int, int]:
    """Which page the address asks for, of how many; nonsense is the first."""
    pages = max(1, -(-total // SIZE))
    text = asked.get("page", "1")
    return (min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 8 else 1), pages
