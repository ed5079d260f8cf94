"""Finding things by words: every word must begin some word of the text; spelling is forgiven when nothing is found."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from alongside.search import rules

MOST_WORDS = 6
CANDIDATES = 200


@dataclass(frozen=True)
class Asked:
    """What was asked for: for each word, what may stand for it. `guessed` when the spelling was forgiven."""

    kind: str
    groups: tuple[tuple[str, ...], ...]
    guessed: bool = False

    @property
    def words(self) -> str:
        """The words that are searched for, the likeliest of each group."""
        return " ".join(group[0] for group in self.groups)


def understand(kind: str, words: str) -> Asked:
    """What the words mean: themselves when they find anything, else words of that kind that look like them."""
    asked = Asked(kind, tuple((word,) for word in rules.fold(words).split()[:MOST_WORDS]))
    if not asked.groups or _any(asked):
        return asked
    alike = _alike(kind, [group[0] for group in asked.groups])
    guess = Asked(kind, tuple(alike.get(group[0]) or group for group in asked.groups), guessed=True)
    return guess if guess.groups != asked.groups and _any(guess) else asked


def narrowed(rows: QuerySet[Any], asked: Asked, field: str = "pk") -> QuerySet[Any]:
    """The rows whose id (in `field`) is found; all of them when nothing was asked for."""
    if not asked.groups:
        return rows
    sql, values = _found(asked)
    return rows.filter(**{f"{field}__in": RawSQL(sql, values)})


def matching(kind: str, words: str, limit: int = 200) -> list[str]:
    """The ids of the things of that kind that the words find; none for no words."""
    asked = understand(kind, words)
    if not asked.groups:
        return []
    sql, values = _found(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s", [*values, limit])
        return [key for (key,) in cursor.fetchall()]


def _found(asked: Asked) -> tuple[str, list[str]]:
    """A query for the keys. Words are folded to letters and figures, so they cannot be syntax."""
    if connection.vendor == "postgresql":
        star = "" if asked.guessed else ":*"
        text = " & ".join("(" + " | ".join(word + star for word in group) + ")" for group in asked.groups)
        return "SELECT key FROM search_entry WHERE kind = %s AND words @@ to_tsquery('simple', %s)", [asked.kind, text]
    star = "" if asked.guessed else "*"
    text = " AND ".join("(" + " OR ".join(f'"{word}"{star}' for word in group) + ")" for group in asked.groups)
    return (
        "SELECT e.key FROM search_entry_text t CROSS JOIN search_entry e ON e.id = t.rowid "
        "WHERE e.kind = %s AND t.search_entry_text MATCH %s",
        [asked.kind, text],
    )


def _any(asked: Asked) -> bool:
    sql, values = _found(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT 1", values)
        return cursor.fetchone() is not None


def _alike(kind: str, words: list[str]) -> dict[str, tuple[str, ...]]:
    """For each word the words of that kind that look like it, likeliest first: one query for all."""
    parts, values = [], []
    for word in words:
        runs = [word[at : at + 3] for at in range(len(word) - 2)]
        if len(runs) < 2 or word.isdigit():
            continue
        if connection.vendor == "postgresql":
            parts.append(
                "(SELECT %s AS asked, word FROM search_word WHERE kind = %s AND parts && %s::text[] ORDER BY "
                "cardinality(ARRAY(SELECT unnest(parts) INTERSECT SELECT unnest(%s::text[]))) DESC, length(word) LIMIT %s)"
            )
            values += [word, kind, runs, runs, CANDIDATES]
        else:
            parts.append(
                "SELECT * FROM (SELECT %s, w.word FROM search_word_parts p CROSS JOIN search_word w ON w.id = p.rowid "
                "WHERE w.kind = %s AND p.search_word_parts MATCH %s ORDER BY p.rank LIMIT %s)"
            )
            values += [word, kind, " OR ".join(f'"{run}"' for run in runs), CANDIDATES]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        found = cursor.fetchall()
    return {word: rules.alike(word, [other for asked, other in found if asked == word]) for word in words}
