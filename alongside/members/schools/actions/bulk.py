"""Writing many rows at once, in each database's quickest way."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, models

from alongside.members.schools.models import Establishment, Group, GroupLink, School, Succession

LOT = 2_000
Thing = TypeVar("Thing")


def lots(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """Many things, a lot at a time."""
    them = iter(things)
    while lot := list(islice(them, LOT)):
        yield lot


@contextmanager
def room() -> Iterator[None]:
    """SQLite keeps little in memory, which is as quick for pages; so many rows at once are written quicker with more."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        before = cursor.fetchone()[0]
        cursor.execute("PRAGMA cache_size=-64000")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size={before}")


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows: by COPY on PostgreSQL, by one prepared statement on SQLite."""
    if not rows:
        return
    table, names = connection.ops.quote_name(model._meta.db_table), ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", rows)


def update(model: type[models.Model], columns: Sequence[str], key: str, rows: Sequence[Sequence[Any]]) -> None:
    """Change rows: each gives the new values of the columns, then the key of its row."""
    if not rows:
        return
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {quote(key)} = %s", rows)


def known(urns: Sequence[int]) -> dict[int, tuple[int, bool]]:
    """For establishments that are there: the hash of the row they were last read from, and whether they are invented."""
    table, listed = Establishment._meta.db_table, ", ".join(map(str, urns))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT urn, row_hash, is_invented FROM {table} WHERE urn IN ({listed})")
        return {urn: (row_hash, bool(invented)) for urn, row_hash, invented in cursor.fetchall()}


def take_stock() -> None:
    """Let PostgreSQL count its rows after very many were written: until then it plans as if the tables were empty."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Establishment, School, Group, GroupLink, Succession):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
            cursor.execute("ANALYZE search_entry")
            cursor.execute("ANALYZE search_word")
