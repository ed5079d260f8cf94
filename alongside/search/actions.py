"""Filling the index."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction

from alongside.core.standing import Standing
from alongside.search import rules
from alongside.search.models import Entry

SYSTEM = Standing.system()
LOT = 2_000
FEW = 200  # so many changed rows are taken out of SQLite's full-text table one by one; more, and it is built anew
LONGEST_WORD = 60


@transaction.atomic
def index(kind: str, texts: Iterable[tuple[str, str]], *, by: Standing = SYSTEM) -> None:
    """Let each key of that kind be found by its text, instead of by what it was found by before."""
    rest, known, rebuild = iter(texts), set[str](), False
    while lot := dict(islice(rest, LOT)):
        folded = dict(zip(lot, rules.fold_all([*lot.values()]), strict=True))
        words = set(" ".join(folded.values()).split()) - known
        known |= words
        found = [word for word in words if 2 < len(word) <= LONGEST_WORD and word.isalpha()]
        if connection.vendor == "postgresql":
            _write_postgresql(kind, folded, found)
        else:
            rebuild |= _write_sqlite(kind, folded, found)
    if rebuild:
        _run("INSERT INTO search_entry_text (search_entry_text) VALUES ('rebuild')")


@transaction.atomic
def forget(kind: str, keys: Iterable[str], *, by: Standing = SYSTEM) -> None:
    """Let those keys of that kind not be found any more."""
    rest, rebuild = iter(keys), False
    while lot := list(islice(rest, LOT)):
        rows = Entry.objects.filter(kind=kind, key__in=lot)
        if connection.vendor == "sqlite":
            rebuild |= _take_out([(pk, text) for pk, text in rows.values_list("pk", "text")])
        rows.delete()
    if rebuild:
        _run("INSERT INTO search_entry_text (search_entry_text) VALUES ('rebuild')")


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


def _write_sqlite(kind: str, texts: dict[str, str], words: list[str]) -> bool:
    """New rows together, changed ones one by one; True when so many changed that the full-text table is to be rebuilt."""
    there = {key: (pk, text) for pk, key, text in Entry.objects.filter(kind=kind, key__in=[*texts]).values_list("pk", "key", "text")}
    changed = [(texts[key], pk) for key, (pk, text) in there.items() if text != texts[key]]
    rebuild = _take_out([there[key] for key in there if there[key][1] != texts[key]])
    _run_many("UPDATE search_entry SET text = %s WHERE id = %s", changed)
    if not rebuild:
        _run_many("INSERT INTO search_entry_text (text, rowid) VALUES (%s, %s)", changed)
    highest = _highest("search_entry")
    _run_many("INSERT INTO search_entry (kind, key, text) VALUES (%s, %s, %s)", [(kind, *one) for one in texts.items() if one[0] not in there])
    _run("INSERT INTO search_entry_text (rowid, text) SELECT id, text FROM search_entry WHERE id > %s", [highest])
    highest = _highest("search_word")
    _run_many("INSERT INTO search_word (kind, word) VALUES (%s, %s) ON CONFLICT (kind, word) DO NOTHING", [(kind, word) for word in words])
    _run("INSERT INTO search_word_parts (rowid, word) SELECT id, word FROM search_word WHERE id > %s", [highest])
    return rebuild


def _take_out(rows: Sequence[tuple[int, str]]) -> bool:
    """Take (id, text) out of SQLite's full-text table; True when they are so many that rebuilding it is quicker."""
    if len(rows) > FEW:
        return True
    _run_many("INSERT INTO search_entry_text (search_entry_text, rowid, text) VALUES ('delete', %s, %s)", rows)
    return False


def _highest(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        return int(cursor.fetchone()[0])


def _run(statement: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _run_many(statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
