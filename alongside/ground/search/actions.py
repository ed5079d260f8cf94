"""Filling the index."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction

from alongside.ground.core.standing import Standing
from alongside.ground.search import rules
from alongside.ground.search.models import Entry

SYSTEM = Standing.system()
LOT = 2_000
FEW = 200  # so many changed rows are taken out of SQLite's full-text table one by one; more, and it is built anew
LONGEST_WORD = 60


@transaction.atomic
def index(
    kind: str, texts: Iterable[tuple[str, str]], *, are_new: bool = False, known: set[str] | None = None, by: Standing = SYSTEM
) -> None:
    """Let each key of that kind be found by its text, instead of by what it was found by before.

    Imports that come in lots say when no key is in the index yet, and hand on the set of words they have brought so far.
    """
    known = set[str]() if known is None else known
    rest, rebuild = iter(texts), False
    while lot := dict(islice(rest, LOT)):
        folded = dict(zip(lot, rules.fold_all([*lot.values()]), strict=True))
        words = set(" ".join(folded.values()).split()) - known
        known.update(words)
        found = [word for word in words if 2 < len(word) <= LONGEST_WORD and word.isalpha()]
        if connection.vendor == "postgresql":
            _write_postgresql(kind, folded, found)
        else:
            rebuild |= _write_sqlite(kind, folded, found, are_new)
    if rebuild:
        _run("INSERT INTO search_entry_text (search_entry_text) VALUES ('rebuild')")


@transaction.atomic
def forget(kind: str, keys: Iterable[str], *, by: Standing = SYSTEM) -> None:
    """Let those keys of that kind not be found any more."""
    rest = iter(keys)
    while lot := list(islice(rest, LOT)):
        Entry.objects.filter(kind=kind, key__in=lot).delete()


def _write_postgresql(kind: str, texts: dict[str, str], words: list[str]) -> None:
    """Whole lots as arrays; the generated columns follow by themselves."""
    _run(
        "INSERT INTO search_entry (kind, key, text) SELECT %s, one.* FROM unnest(%s::text[], %s::text[]) AS one "
        "ON CONFLICT (kind, key) DO UPDATE SET text = excluded.text",
        [kind, [*texts], [*texts.values()]],
    )
    _run(
        "INSERT INTO search_word (kind, word) SELECT %s, one FROM unnest(%s::text[]) AS one ON CONFLICT (kind, word) DO NOTHING",
        [kind, sorted(words)],
    )


def _write_sqlite(kind: str, texts: dict[str, str], words: list[str], are_new: bool) -> bool:
    """New rows together, changed ones one by one; True when so many changed that the full-text table is to be rebuilt."""
    known = "SELECT id, key, text FROM search_entry WHERE kind = %s AND key IN (SELECT value FROM json_each(%s))"
    found = [] if are_new else _rows(known, [kind, json.dumps([*texts])])
    there = {key: (pk, text) for pk, key, text in found}
    changed = [(texts[key], pk) for key, (pk, text) in there.items() if text != texts[key]]
    rebuild = _take_out([there[key] for key in there if there[key][1] != texts[key]])
    _run_many("UPDATE search_entry SET text = %s WHERE id = %s", changed)
    if not rebuild:
        _run_many("INSERT INTO search_entry_text (text, rowid) VALUES (%s, %s)", changed)
    highest = _highest("search_entry")
    _run_many(
        "INSERT INTO search_entry (kind, key, text) VALUES (%s, %s, %s)",
        [(kind, *one) for one in texts.items() if one[0] not in there],
    )
    _run("INSERT INTO search_entry_text (rowid, text) SELECT id, text FROM search_entry WHERE id > %s", [highest])
    highest = _highest("search_word")
    _run_many(
        "INSERT INTO search_word (kind, word) VALUES (%s, %s) ON CONFLICT (kind, word) DO NOTHING",
        [(kind, word) for word in words],
    )
    _run("INSERT INTO search_word_parts (rowid, word) SELECT id, word FROM search_word WHERE id > %s", [highest])
    return rebuild


def _take_out(rows: Sequence[tuple[int, str]]) -> bool:
    """Take (id, text) out of SQLite's full-text table; True when they are so many that rebuilding it is quicker."""
    if len(rows) > FEW:
        return True
    _run_many("INSERT INTO search_entry_text (search_entry_text, rowid, text) VALUES ('delete', %s, %s)", rows)
    return False


def _highest(table: str) -> int:
    return int(_rows(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0])


def _rows(statement: str, values: Sequence[Any] = ()) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _run(statement: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _run_many(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


@transaction.atomic
def rebuild(*, by: Standing = SYSTEM) -> None:
    """Make the full-text tables anew from the rows that they index, after rows were put back as a whole."""
    if connection.vendor == "sqlite":  # PostgreSQL's are columns that follow by themselves
        for name in ("search_entry_text", "search_word_parts"):
            _run(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
