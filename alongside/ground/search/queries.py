"""Finding things by words: those whose text holds every word first; else the spelling is forgiven, or a word left out."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length, StrIndex

from alongside.ground.search.models import Entry, Word
from alongside.ground.search.rules import nearness, spelling, writing

MOST_WORDS = 16
CANDIDATES = 100
FEW, SAME_NAME, SAME_BEGINNING, WITHOUT_ONE = 2_000, 500, 200, 300
IN_ORDER = 200  # so many stand in their order in a list of rows; those after them are hardly meant
ROW = "SELECT e.key, e.name, e.text, e.is_past FROM "
Row = tuple[str, str, str, bool]


@dataclass(frozen=True)
class Searched:
    """What was asked for: for each word, what may stand for it, and what was found.

    `keys` are the ids found, the nearest first; some of them when they are more than a few (`is_broad`). `guessed` when the
    spelling was forgiven, `is_partly` when nothing that is still there has all of the words.
    """

    kind: str
    groups: nearness.Groups
    words: str = ""
    guessed: bool = False
    is_partly: bool = False
    keys: tuple[str, ...] = ()
    is_broad: bool = False


def understand(kind: str, typed: str, *, spelt: bool = True, partly: bool = True) -> Searched:
    """What the words mean: what is found by the first way that finds something that is still there.

    `spelt`: also by words that look alike; `partly`: also by most of the words.
    """
    words = writing.fold(typed).split()[:MOST_WORDS]
    best, found = Searched(kind, ()), list[Row]()
    for asked, rows in _ways(kind, words, spelt, partly) if nearness.groups_of(words) else ():
        if rows or not best.groups:
            best = asked if not found else best
        found += rows
        if any(not is_past for *_, is_past in rows):
            return _found(asked, found)
    return _found(best, found)


def _ways(kind: str, words: list[str], spelt: bool, partly: bool) -> Iterator[tuple[Searched, list[Row]]]:
    """By all words, and (`partly`), where nothing is surely meant by them, without one that says little; by the beginnings of
    all; by words that look alike where some are unknown; by most of the words; by words that look alike."""
    plain = nearness.groups_of(words)
    asked = Searched(kind, plain, " ".join(words))
    rows = _rows(kind, plain, words)
    if partly and not any(nearness.is_it(plain, text) for _, _, text, is_past in rows if not is_past):
        is_there = any(not is_past for *_, is_past in rows)
        little = [group for group in plain if group[0] in writing.KINDS]
        yield replace(asked, is_partly=not is_there), [*rows, *_without_one(kind, plain, little)]
    else:
        yield asked, rows
    begun = nearness.all_begun(plain)
    if len(plain) > 1:
        yield replace(asked, groups=begun), _rows(kind, begun, words)
    if not spelt:
        return
    right = _spelt(kind, words, _unknown(kind, words))
    guess = replace(asked, groups=nearness.groups_of(right, is_whole=True), words=" ".join(right), guessed=right != words)
    if guess.guessed:
        yield guess, _rows(kind, guess.groups, right)
    if partly:
        yield replace(guess, is_partly=True), _with_most(kind, right)
    right = _spelt(kind, words, words)
    if right != words:
        groups = nearness.groups_of(right, is_whole=True)
        yield replace(guess, groups=groups, words=" ".join(right), guessed=True), _rows(kind, groups, right)


def nearest(rows: QuerySet[Any], asked: Searched, limit: int) -> list[Any]:
    """The first of those rows that are found, the nearest first, each looked up by its id."""
    first = rows.in_bulk(asked.keys[: 2 * limit])
    found = [first[key] for key in asked.keys[: 2 * limit] if key in first][:limit]
    if len(found) < limit < len(asked.keys):
        there = set(few(rows, asked).values_list("pk", flat=True))
        keys = [key for key in asked.keys if key in there][:limit]
        those = rows.in_bulk(keys)
        found = [those[key] for key in keys]
    if len(found) < limit and asked.is_broad:
        found += narrowed(rows, asked).exclude(pk__in=[one.pk for one in found]).order_by("pk")[: limit - len(found)]
    return found


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
        return rows.filter(**{f"{field}__in": RawSQL(found, [asked.kind, _term(asked.groups)])})
    said = Entry.objects.filter(kind=asked.kind, key=OuterRef(field))
    for group in asked.groups:
        alternatives = [("text__contains", f" {word[:-1]}" if word[-1] == "*" else f" {word} ") for word in group]
        said = said.filter(Q(*alternatives, _connector=Q.OR))
    return rows.filter(Exists(said))


def few(rows: QuerySet[Any], asked: Searched, field: str = "pk") -> QuerySet[Any]:
    """The rows whose id is among the keys at hand, which travel as one parameter."""
    if connection.vendor == "postgresql":
        return rows.filter(**{f"{field}__in": RawSQL("SELECT unnest(%s::text[])", [list(asked.keys)])})
    return rows.filter(**{f"{field}__in": RawSQL("SELECT value FROM json_each(%s)", [json.dumps(asked.keys)])})


def ranked(rows: QuerySet[Any], asked: Searched, field: str = "pk") -> QuerySet[Any]:
    """With the place of each row among what was found as its `rank`, as far as anybody looks."""
    place = StrIndex(Value(" ".join(asked.keys[:IN_ORDER])), F(field))
    return rows.alias(place=place).annotate(rank=Case(When(place=0, then=Value(1_000_000)), default="place"))


def _found(asked: Searched, rows: Iterable[Row]) -> Searched:
    """The rows in their order, each once."""
    texts = {row[0]: row for row in rows}
    order = nearness.order(asked.groups, asked.words, texts.values(), at_least=0.5 if asked.is_partly else 0)
    return replace(asked, keys=tuple(order), is_broad=len(texts) > FEW)


def _rows(kind: str, groups: nearness.Groups, words: Sequence[str]) -> list[Row]:
    """What holds every word, with all that have exactly that name or begin so: of very many that hold the words, some."""
    name = writing.joined(writing.meant(" ".join(words)))
    called: list[tuple[nearness.Groups, int]] = [([(name,)], SAME_NAME), ([(f"{name}*",)], SAME_BEGINNING)]
    return _looked_up(kind, [*(called if name != writing.joined("") else ()), (groups, FEW + 1)])


def _without_one(kind: str, groups: nearness.Groups, some: nearness.Groups) -> list[Row]:
    """What holds all words but one of some, while a word that tells is left."""
    left = [[one for one in groups if one is not gone] for gone in some]
    return _looked_up(kind, [(rest, WITHOUT_ONE) for rest in left if any(writing.is_telling(one[0]) for one in rest)])


def _with_most(kind: str, words: Sequence[str]) -> list[Row]:
    """What holds all words but one, else all that tell which is meant, else two or one of those."""
    groups = nearness.all_begun(nearness.groups_of(words))
    telling = [group for group in groups if writing.is_telling(group[0])]
    found = _without_one(kind, groups, groups)
    for several in () if found else ([telling], combinations(telling, 2), [[one] for one in telling]):
        found = found or _looked_up(kind, [(some, WITHOUT_ONE) for some in several if some])
    return found


def _looked_up(kind: str, asked: Sequence[tuple[nearness.Groups, int]]) -> list[Row]:
    """What holds all words of one of the questions, of each at most so many. Words are letters and figures, never syntax."""
    if not asked:
        return []
    if connection.vendor == "postgresql":
        # materialized, or the plan for any words expects that so few are soon found by reading the whole table
        found = f"{ROW} search_entry e WHERE e.kind = %s AND e.words @@ to_tsquery('simple', %s)"
        one = f"(WITH found AS MATERIALIZED ({found}) SELECT * FROM found LIMIT %s)"
    else:
        one = (
            f"SELECT * FROM ({ROW} search_entry_text t CROSS JOIN search_entry e ON e.id = t.rowid "
            "WHERE e.kind = %s AND t.search_entry_text MATCH %s LIMIT %s)"
        )
    values = [value for groups, most in asked for value in (kind, _term(groups), most)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(asked)), values)
        return list(cursor.fetchall())


def _term(groups: nearness.Groups) -> str:
    """What is asked for as the database reads it."""
    written: Callable[[str], str]
    if connection.vendor == "postgresql":
        either, both, written = " | ", " & ", lambda word: f"{word[:-1]}:*" if word[-1] == "*" else word
    else:
        either, both, written = " OR ", " AND ", lambda word: f'"{word[:-1]}"*' if word[-1] == "*" else f'"{word}"'
    return both.join(f"({either.join(map(written, group))})" for group in groups)


def _unknown(kind: str, words: Sequence[str]) -> list[str]:
    """The words that stand in no text of that kind and mean nothing else."""
    known = set(Word.objects.filter(kind=kind, word__in=words).values_list("word", flat=True))
    return [word for word in words if word not in known and word not in writing.MEANS]


def _spelt(kind: str, words: list[str], doubtful: list[str]) -> list[str]:
    """The words, those that are in doubt replaced by the likeliest that look alike."""
    alike = _alike(kind, doubtful) if doubtful else {}
    return [(alike.get(word) or (word,))[0] for word in words]


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
                "SELECT %s, w.word FROM search_word_parts p CROSS JOIN search_word w ON w.id = p.rowid "
                "WHERE w.kind = %s AND p.search_word_parts MATCH %s AND length(w.word) BETWEEN %s AND %s"
            )
            slips = spelling.slips_forgiven(word)
            any_run = " OR ".join(f'"{run}"' for run in runs)
            values += [word, kind, any_run, len(word) - slips, len(word) + slips]
    found: list[tuple[str, str]] = []
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            found = cursor.fetchall()
    alike = {word: spelling.alike(word, [other for asked, other in found if asked == word]) for word in words}
    return alike if any(alike.values()) else {word: spelling.alike(word, _same_letter(kind, word)) for word in words}


def _same_letter(kind: str, word: str) -> list[str]:
    """Words that share the first letter and nearly the length: two letters exchanged in a short word leave no run of three."""
    if not (2 < len(word) < 8 and word.isalpha()):
        return []
    rows = Word.objects.filter(kind=kind, word__gte=word[0], word__lt=chr(ord(word[0]) + 1)).annotate(size=Length("word"))
    return list(rows.filter(size__gte=len(word) - 1, size__lte=len(word) + 1).values_list("word", flat=True)[: CANDIDATES * 20])
