"""Questions that every page asks: built once for nobody in particular, asked again with everybody's own ids.

To build a question of forty parts takes a hundred times as long as to answer it. So it is built once for each kind of
viewer (these posts in so many schools and partnerships), with a stand-in for every id. The builder sees no id of
anybody and may ask the database nothing, so that what is kept can hold nothing of anybody: it is code, like a page's
template. PostgreSQL keeps its plan of the question with each connection.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, QuerySet, Value

from alongside.ground.core import clock
from alongside.ground.core.standing import Held, Standing

Build = Callable[..., QuerySet[Any]]
FEW = 8  # parts that are read as one
PART = "/* part of one question */"
KEPT = 400  # kinds of viewers times questions; each is some forty kilobytes


def rows(build: Build, columns: Mapping[str, Field], *, viewer: Standing, about: str = "", **facts: Any) -> list[tuple[Any, ...]]:
    """What `build(viewer=…, **facts)` finds. Facts are days, words, and sets of ids that stand in the viewer; `about` is
    the id of the one thing that it is about, where there is one."""
    stand_ins = stand_ins_of(viewer)
    if about:
        facts["about"] = stand_ins.setdefault(about, "\x01about")
    nameless = {name: _exchanged(value, stand_ins) for name, value in facts.items()} | {"viewer": nobody(viewer, stand_ins)}
    return _asked(build, columns, nameless, {stand_in: real for real, stand_in in stand_ins.items()})


def rows_about(build: Build, columns: Mapping[str, Field], **facts: str | Collection[str]) -> list[tuple[Any, ...]]:
    """What `build(**facts)` finds of today, asked before it is known who the viewer is. Each fact is an id or some ids."""
    nameless: dict[str, Any] = {}
    ids: dict[str, str] = {}
    for name, fact in facts.items():
        of = {f"\x01{name} {place}": one for place, one in enumerate([fact] if isinstance(fact, str) else fact)}
        nameless[name] = next(iter(of)) if isinstance(fact, str) else tuple(of)
        ids |= of
    return _asked(build, columns, nameless, ids)


def _asked(
    build: Build, columns: Mapping[str, Field], nameless: Mapping[str, Any], ids: Mapping[str, str]
) -> list[tuple[Any, ...]]:
    kept, found = question(build, tuple(sorted(nameless.items())), clock.today(), connection.vendor), []
    with _cursor() as cursor:
        for sql, params in kept:
            cursor.execute(sql, [ids.get(one, one) if isinstance(one, str) else one for one in params])
            found += cursor.fetchall()
    readers = _readers(columns)
    return [tuple(read(cell) for read, cell in zip(readers, row, strict=True)) for row in found]


@lru_cache(maxsize=KEPT)
def question(build: Build, facts: tuple[tuple[str, Any], ...], today: date, vendor: str) -> list[tuple[str, tuple[Any, ...]]]:
    """The question in SQL with its parameters, as it is today; nothing where it can find nothing.

    SQLite is asked many parts one by one, each marked: it has no way to go, and reading forty as one takes it 1.7 times as long.
    """
    kept = []
    with connection.execute_wrapper(_nothing_is_asked):
        query = build(**dict(facts)).query
        for part in query.combined_queries if vendor == "sqlite" and len(query.combined_queries) > FEW else (query,):
            with suppress(EmptyResultSet):
                sql, params = part.get_compiler(connection=connection).as_sql()
                kept.append((sql if part is query else f"{PART} {sql}", tuple(params)))
    return kept


def stand_ins_of(viewer: Standing) -> dict[str, str]:
    """A stand-in for every id of the viewer; viewers of one kind get the same ones, whatever their ids."""
    held, ties = defaultdict(list), defaultdict(list)
    for role in viewer.roles:
        held[role.school or role.partnership or role.body or ""].append((role.post, role.through is not None, sorted(role.opens)))
    for partnership, school in viewer.memberships:
        ties[school].append(partnership)
    of_school = sorted({*ties, *viewer.schools}, key=lambda one: (sorted(held[one]), len(ties[one]), one))
    found = {school: f"\x01school {place}" for place, school in enumerate(of_school)}
    within: dict[str, list[str]] = defaultdict(list)
    for school, partnerships in ties.items():
        for partnership in partnerships:
            within[partnership].append(found[school])
    given = {role.through for role in viewer.roles if role.through}
    of_partnership = sorted({*within, *given, *viewer.offices}, key=lambda one: (sorted(held[one]), sorted(within[one]), one))
    found |= {partnership: f"\x01partnership {place}" for place, partnership in enumerate(of_partnership)}
    of_body = sorted(viewer.bodies(), key=lambda one: (sorted(held[one]), one))
    found |= {body: f"\x01body {place}" for place, body in enumerate(of_body)}
    of_heads = sorted({(found.get(role.school or "", ""), role.acts_for) for role in viewer.roles if role.acts_for})
    found |= {head: f"\x01head {place}" for place, (_, head) in enumerate(of_heads)}
    return found | ({viewer.person: "\x01person"} if viewer.person else {})


def nobody(viewer: Standing, stand_ins: Mapping[str, str]) -> Standing:
    """A viewer of the same kind, with stand-ins for all ids and without a name."""

    def of(key: str | None) -> str | None:
        return stand_ins[key] if key else None

    def nameless(held: Held) -> Held:
        school, office, through, body = map(of, (held.school, held.partnership, held.through, held.body))
        head = of(held.acts_for) or ""
        return replace(held, school=school, partnership=office, through=through, title="", body=body, acts_for=head, for_name="")

    return replace(
        viewer,
        person=of(viewer.person),
        name="",
        roles=frozenset(map(nameless, viewer.roles)),
        memberships=frozenset((stand_ins[partnership], stand_ins[school]) for partnership, school in viewer.memberships),
        belonging=frozenset((stand_ins[partnership], stand_ins[school]) for partnership, school in viewer.belonging),
        on_behalf_of=None,
    )


def _exchanged(value: Any, stand_ins: Mapping[str, str]) -> Any:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return frozenset(stand_ins.get(one, one) for one in value)
    return value


def _nothing_is_asked(*_: Any) -> None:
    raise RuntimeError("Whoever builds a question for nobody in particular cannot ask the database for its rows")


def _cursor() -> Any:
    """On PostgreSQL one that keeps plans: there a large question takes ten times as long to plan as to answer."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    driver: Any = connection
    cursor = driver.Database.Cursor(driver.connection)  # Django's own put the values into the text, which is never the same
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


def _readers(columns: Mapping[str, Field]) -> list[Callable[[Any], Any]]:
    """How each column's cells are read, which is Django's own way for such a field."""
    return [_reader(kind) for kind in columns.values()]


def _reader(kind: Field) -> Callable[[Any], Any]:
    said = Value(None, output_field=kind)
    steps = [*connection.ops.get_db_converters(said), *kind.get_db_converters(connection)]

    def read(cell: Any) -> Any:
        for step in steps:
            cell = step(cell, said, connection)
        return cell

    return read
