"""Lists that sort, filter and page by their address, so that every view of them can be sent to a colleague."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict

SIZE = 50


@dataclass(frozen=True)
class Column:
    """A column: its key in the address, its heading, and what it sorts by (nothing: it does not sort)."""

    key: str
    heading: str
    order: tuple[str, ...] = ()
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """One page of a list with its addresses. What stands in a row has names."""

    columns: Sequence[Column]
    rows: Sequence[Any]
    count: int
    page: int
    pages: int
    sort: str
    chosen: dict[str, str] = field(default_factory=dict)

    def address(self, **changes: Any) -> str:
        """This list's address with something else chosen; None takes a choice away."""
        now = {**self.chosen, "sort": self.sort, "page": str(self.page)}
        both = {key: str(value) for key, value in {**now, **changes}.items() if value not in (None, "")}
        if both.get("page") == "1":
            del both["page"]
        return "?" + urlencode(both)

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
    pages = max(1, -(-total // SIZE))
    text = asked.get("page", "1")
    page = min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 8 else 1
    found = rows.order_by(*order, "pk").values_list(*fields, named=True)[(page - 1) * SIZE : page * SIZE]
    return Table(columns, [cells(row) for row in found] if cells else list(found), total, page, pages, wanted, chosen or {})
