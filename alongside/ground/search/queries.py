"""Finding things by words: every word must begin some word of the text; spelling is forgiven when nothing is found."""

import json
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Length

from alongside.ground.search import rules
from alongside.ground.search.models import Entry, Word

MOST_WORDS = 6
CANDIDATES = 100
FEW = 2_000


@dataclass(frozen=True)
class Searched:
    """What was asked for: for each word, what may stand for it, and what was found.

    `keys` are the ids found, some of them when they are more than a few. `guessed` when the spelling was forgiven;
    `beginnings` says of which words the beginning is enough: the last, which may not be typed to its end, or all.
    """

    kind: str
    groups: tuple[tuple[str, ...], ...]
    beginnings: str = "last"
    guessed: bool = False
    keys: tuple[str, ...] = ()
    is_broad: bool = False

    @property
    def words(self) -> str:
        """The words that are searched for, the likeliest of each group."""
        return " ".join(group[0] for group in self.groups)

    def stars(self, star: str) -> list[str]:
        """For each word, the sign that its beginning is enough, or nothing."""
        last = len(self.groups) - 1
        return [star if self.beginnings == "all" or (self.beginnings == "last" and at == last) else "" for at in range(last + 1)]


def understand(kind: str, words: str) -> Searched:
    """What the words mean: themselves when they find anything, then words that begin so, else words that look alike."""
    plain = tuple((word,) for word in rules.fold(words).split()[:MOST_WORDS])
    if not plain:
        return Searched(kind, ())
    asked = _looked_up(Searched(kind, plain))
    if asked.keys == () and len(plain) > 1:
        asked = _looked_up(replace(asked, beginnings="all"))
    if asked.keys == ():
        alike = _alike(kind, [group[0] for group in plain])
        groups = tuple(alike.get(group[0]) or group for group in plain)
        if groups != plain:
            guess = _looked_up(Searched(kind, groups, beginnings="none", guessed=True))
            return guess if guess.keys != () else asked
    return asked


def narrowed(rows: QuerySet[Any], asked: Searched, field: str = "pk") -> QuerySet[Any]:
    """The rows whose id (in `field`) is found; all of them when nothing was asked for.

    Where more than a few are found they stay in the database: PostgreSQL finds them by its index, SQLite looks at each
    row's text and stops at the end of the page.
    """
    if not asked.groups:
        return rows
    if not asked.is_broad:
        return few(rows, asked, field)
    if connection.vendor == "postgresql":
        found = "SELECT key FROM search_entry WHERE kind = %s AND words @@ to_tsquery('simple', %s)"
        return rows.filter(**{f"{field}__in": RawSQL(found, [asked.kind, _terms(asked)])})
    said = Entry.objects.filter(kind=asked.kind, key=OuterRef(field)).annotate(
        line=Concat(Value(" "), "text", Value(" "), output_field=TextField())
    )
    for group, star in zip(asked.groups, asked.stars("*"), strict=True):
        alternatives = Q()
        for word in group:
            alternatives |= Q(line__contains=f" {word}" if star else f" {word} ")
        said = said.filter(alternatives)
    return rows.filter(Exists(said))


def few(rows: QuerySet[Any], asked: Searched, field: str = "pk") -> QuerySet[Any]:
    """The rows whose id is among the keys at hand, which travel as one parameter."""
    if connection.vendor == "postgresql":
        return rows.filter(**{f"{field}__in": RawSQL("SELECT unnest(%s::text[])", [list(asked.keys)])})
    return rows.filter(**{f"{field}__in": RawSQL("SELECT value FROM json_each(%s)", [json.dumps(asked.keys)])})


def _looked_up(asked: Searched) -> Searched:
    found = _keys(asked, FEW + 1)
    return replace(asked, keys=tuple(found), is_broad=len(found) > FEW)


def _keys(asked: Searched, limit: int) -> list[str]:
    """The ids found. Words are folded to letters and figures, so they cannot be syntax."""
    if connection.vendor == "postgresql":
        text = _terms(asked)
        sql = "SELECT key FROM search_entry WHERE kind = %s AND words @@ to_tsquery('simple', %s) LIMIT %s"
    else:
        stars = asked.stars("*")
        text = " AND ".join(
            "(" + " OR ".join(f'"{word}"{star}' for word in group) + ")" for group, star in zip(asked.groups, stars, strict=True)
        )
        sql = (
            "SELECT e.key FROM search_entry_text t CROSS JOIN search_entry e ON e.id = t.rowid "
            "WHERE e.kind = %s AND t.search_entry_text MATCH %s LIMIT %s"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked.kind, text, limit])
        return [key for (key,) in cursor.fetchall()]


def _terms(asked: Searched) -> str:
    """What is asked for as PostgreSQL reads it."""
    stars = asked.stars(":*")
    return " & ".join(
        "(" + " | ".join(word + star for word in group) + ")" for group, star in zip(asked.groups, stars, strict=True)
    )


def _alike(kind: str, words: list[str]) -> dict[str, tuple[str, ...]]:
    """For each word the words of that kind that look like it, likeliest first: one query for all."""
    parts: list[str] = []
    values: list[Any] = []
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
    found: list[tuple[str, str]] = []
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            found = cursor.fetchall()
    alike = {word: rules.alike(word, [other for asked, other in found if asked == word]) for word in words}
    return alike if any(alike.values()) else {word: rules.alike(word, _same_letter(kind, word)) for word in words}


def _same_letter(kind: str, word: str) -> list[str]:
    """Words that share the first letter and nearly the length: two letters exchanged in a short word leave no run of three."""
    if not (2 < len(word) < 8 and word.isalpha()):
        return []
    rows = Word.objects.filter(kind=kind, word__gte=word[0], word__lt=chr(ord(word[0]) + 1)).annotate(size=Length("word"))
    return list(rows.filter(size__gte=len(word) - 1, size__lte=len(word) + 1).values_list("word", flat=True)[: CANDIDATES * 20])
