"""Filling the index."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction

from alongside.ground.core.standing import Standing
from alongside.ground.search.models import Entry
from alongside.ground.search.rules import writing

SYSTEM = Standing.system()
LOT = 2_000
LONGEST_WORD = 60
BLANK: list[Sequence[Any]] = [(), (), (), ()]
Found = tuple[str, str, bool]  # the folded name, the text, whether it is past


@transaction.atomic
def index(
    kind: str, things: Iterable[Sequence[Any]], *, are_new: bool = False, known: set[str] | None = None, by: Standing = SYSTEM
) -> None:
    """Let each thing of that kind be found by what is given of it now, instead of by what it was found by before.

    Each is (key, name, place, what else it is found by, whether it is past), or all are the first of these. Imports that come
    in lots say when no key is in the index yet, and hand on the set of words they have brought so far.
    """
    known = set[str]() if known is None else known
    rest = iter(things)
    while lot := {thing[0]: thing for thing in islice(rest, LOT)}:
        size, given = len(lot), list[Sequence[Any]](zip(*lot.values(), strict=True))[1:]
        names, places, more, pasts = given + BLANK[len(given) :]
        folded = writing.fold_all([*names, *(places or [""] * size), *(more or [""] * size)])
        parts = writing.meant_all(folded)
        entries = map(writing.entry, parts[:size], parts[size : 2 * size], parts[2 * size :])
        rows = dict(zip(lot, zip(folded, entries, pasts or [False] * size, strict=False), strict=True))
        words = set(" ".join(folded).split()) - known
        known.update(words)
        found = [word for word in words if 2 < len(word) <= LONGEST_WORD and word.isalpha()]
        if connection.vendor == "postgresql":
            _write_postgresql(kind, rows, found)
        else:
            _write_sqlite(kind, rows, found, are_new)


@transaction.atomic
def forget(kind: str, keys: Iterable[str], *, by: Standing = SYSTEM) -> None:
    """Let those keys of that kind not be found any more."""
    rest = iter(keys)
    while lot := list(islice(rest, LOT)):
        Entry.objects.filter(kind=kind, key__in=lot).delete()


def _write_postgresql(kind: str, rows: dict[str, Found], words: list[str]) -> None:
    """Whole lots as arrays; the generated columns follow by themselves."""
    _run(
        "INSERT INTO search_entry (kind, key, name, text, is_past) SELECT %s, one.* "
        "FROM unnest(%s::text[], %s::text[], %s::text[], %s::boolean[]) AS one ON CONFLICT (kind, key) "
        "DO UPDATE SET name = excluded.name, text = excluded.text, is_past = excluded.is_past",
        [kind, [*rows], *map(list, zip(*rows.values(), strict=True))],
    )
    _run(
        "INSERT INTO search_word (kind, word) SELECT %s, one FROM unnest(%s::text[]) AS one ON CONFLICT (kind, word) DO NOTHING",
        [kind, sorted(words)],
    )


def _write_sqlite(kind: str, rows: dict[str, Found], words: list[str], are_new: bool) -> None:
    """New rows together, changed ones one by one: to build the full-text table anew takes longer than 20,000 of them."""
    known = "SELECT id, key, name, text, is_past FROM search_entry WHERE kind = %s AND key IN (SELECT value FROM json_each(%s))"
    there = {} if are_new else {key: (pk, *rest) for pk, key, *rest in _rows(known, [kind, json.dumps([*rows])])}
    changed = [(*rows[key], pk) for key, (pk, *rest) in there.items() if rest != [*rows[key]]]
    texts = [(text, pk, there[key][2]) for key, (pk, *_) in there.items() if (text := rows[key][1]) != there[key][2]]
    gone = "INSERT INTO search_entry_text (search_entry_text, rowid, text) VALUES ('delete', %s, %s)"
    _run_many(gone, [(pk, before) for _, pk, before in texts])
    _run_many("UPDATE search_entry SET name = %s, text = %s, is_past = %s WHERE id = %s", changed)
    _run_many("INSERT INTO search_entry_text (text, rowid) VALUES (%s, %s)", [(text, pk) for text, pk, _ in texts])
    highest = _highest("search_entry")
    _run_many(
        "INSERT INTO search_entry (kind, key, name, text, is_past) VALUES (%s, %s, %s, %s, %s)",
        [(kind, key, *row) for key, row in rows.items() if key not in there],
    )
    _run("INSERT INTO search_entry_text (rowid, text) SELECT id, text FROM search_entry WHERE id > %s", [highest])
    highest = _highest("search_word")
    _run_many(
        "INSERT INTO search_word (kind, word) VALUES (%s, %s) ON CONFLICT (kind, word) DO NOTHING",
        [(kind, word) for word in words],
    )
    _run("INSERT INTO search_word_parts (rowid, word) SELECT id, word FROM search_word WHERE id > %s", [highest])


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
