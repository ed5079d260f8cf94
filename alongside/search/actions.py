"""Filling the index."""

from collections.abc import Iterable, Sequence
from itertools import islice

from django.db import connection, transaction

from alongside.core.standing import Standing
from alongside.search import rules
from alongside.search.models import Entry

SYSTEM = Standing.system()
LOT = 2_000
LONGEST_WORD = 60
ENTRIES = "INSERT INTO search_entry (kind, key, text) {} ON CONFLICT (kind, key) DO UPDATE SET text = excluded.text"
WORDS = "INSERT INTO search_word (kind, word) {} ON CONFLICT (kind, word) DO NOTHING"
FOLLOW = {
    ENTRIES: ("search_entry", "INSERT INTO search_entry_text (rowid, text) SELECT id, text FROM search_entry WHERE id > %s"),
    WORDS: ("search_word", "INSERT INTO search_word_parts (rowid, word) SELECT id, word FROM search_word WHERE id > %s"),
}


@transaction.atomic
def index(kind: str, texts: Iterable[tuple[str, str]], *, by: Standing = SYSTEM) -> None:
    """Let each key of that kind be found by its text, instead of by what it was found by before."""
    rest, known = iter(texts), set[str]()
    while lot := dict(islice(rest, LOT)):
        folded = rules.fold_all([*lot.values()])
        words = set(" ".join(folded).split()) - known
        known |= words
        _write(ENTRIES, kind, [*zip(lot, folded, strict=True)])
        _write(WORDS, kind, [(word,) for word in words if 2 < len(word) <= LONGEST_WORD and word.isalpha()])


@transaction.atomic
def forget(kind: str, keys: Iterable[str], *, by: Standing = SYSTEM) -> None:
    """Let those keys of that kind not be found any more."""
    rest = iter(keys)
    while lot := list(islice(rest, LOT)):
        Entry.objects.filter(kind=kind, key__in=lot).delete()


def _write(statement: str, kind: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Write rows of texts: as arrays in one statement on PostgreSQL; on SQLite by one prepared statement, the full-text
    table following with all new rows at once (their ids are the highest, and nobody else writes meanwhile)."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(["%s::text[]"] * len(rows[0]))
            cursor.execute(statement.format(f"SELECT %s, one.* FROM unnest({arrays}) AS one"), [kind, *map(list, zip(*rows, strict=True))])
            return
        table, follow = FOLLOW[statement]
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
        (highest,) = cursor.fetchone()
        places = ", ".join(["%s"] * (1 + len(rows[0])))
        cursor.executemany(statement.format(f"VALUES ({places})"), [(kind, *row) for row in rows])
        cursor.execute(follow, [highest])
