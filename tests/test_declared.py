"""What a room has, it declares (`app.py`); each check stands beside an omission that it must catch."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse

from alongside.across.home.queries.ways import audience_at
from alongside.ground.core.declaration import App, RowWords, Task
from alongside.ground.web import declared
from alongside.ground.web.needs import address_of
from alongside.members.notices.rules.waiting import Waits
from tests.asking import lines, names_of_urls
from tests.audiences import Audience
from tests.environment import ROOT
from tests.figures import Figure
from tests.reading import PACKAGE, modules

LIBRARIES = {  # whose tables a room answers for, besides its own
    "alongside.members.people": {"account", "mfa", "socialaccount", "sessions", "auth", "contenttypes"},
    "alongside.ground.work": {"django_tasks_database"},
}
WITHOUT_PLACE = {"alongside.across.demo": "opened by the bar of the demonstration"}
KIND = re.compile(r"[a-z]+\.[a-z_]+")


def folder(room: str) -> Path:
    """Where a room lies."""
    return ROOT.joinpath(*room.split("."))


def kinds_of_rows(room: str) -> set[str]:
    """Every kind of row that a room gives to be gathered: the words with a dot in its modules that build rows."""
    label = room.rpartition(".")[2]
    found = [
        one
        for module in modules()
        if module.room == room and ("as_needs(" in module.text or "as_dates(" in module.text)
        for one in strings(module.tree)
    ]
    return {one for one in found if KIND.fullmatch(one) and one.startswith(f"{label}.") and not one.endswith("_")}


def strings(tree: ast.AST) -> Iterator[str]:
    """Every text in a module."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def rows(room: str, said: App) -> list[str]:
    """The words of every kind of row stand there, and no others."""
    return [f"{room}: {kind} has no words, or nobody gives it" for kind in sorted(kinds_of_rows(room) ^ set(said.rows))]


def minutes(room: str, said: App) -> list[str]:
    """Every kind of need says how many minutes it takes: Monday's mail tells them."""
    calls = [
        node
        for module in modules()
        if module.room == room
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "as_needs" and len(node.args) > 1
    ]
    kinds = {one for call in calls for one in strings(call.args[1]) if KIND.fullmatch(one)}
    return [f"{room}: {kind} does not say its minutes" for kind in sorted(kinds & set(said.rows)) if not said.rows[kind].minutes]


def messages(room: str, said: App) -> list[str]:
    """Every template of a message has its line, with a category that there is."""
    label = room.rpartition(".")[2]
    there = {f"{label}.{path.stem}" for path in (folder(room) / "jinja2" / label).glob("*.txt")}
    strange = [kind for kind, one in said.messages.items() if one.may_wait and one.may_wait not in {*Waits}]
    return [f"{room}: message {kind}" for kind in [*sorted(there ^ set(said.messages)), *strange]]


RECORDERS = {
    "record",
    "record_many",
    "keep_once",
    "record_about",
    "write_down",
    "_write_down",
    "note",
    "_record",
    "_changed",
    "_ended",
}


def deeds_kept(room: str) -> set[str]:
    """Every deed that a room writes into the log by its whole name."""
    label = room.rpartition(".")[2]
    calls = (
        node
        for module in modules()
        if module.room == room
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).rpartition(".")[2] in RECORDERS
    )
    return {
        one
        for call in calls
        for one in strings(call.args[0])
        if KIND.fullmatch(one) and one.startswith(f"{label}.") and not one.endswith("_")
    }


def acts(room: str, said: App) -> list[str]:
    """Every deed that goes into the log has words for whoever did it."""
    label = room.rpartition(".")[2]
    strange = [act for act in said.acts if not act.startswith(f"{label}.")]
    return [f"{room}: {act} has no words in acts" for act in sorted(deeds_kept(room) - set(said.acts))] + strange


def settings_of_rooms(room: str, said: App) -> list[str]:
    """Every setting of a partnership has its words, in the room that has the setting, and no other has."""
    trees = [module.tree for module in modules() if module.room == room]
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    there = set()
    for one in classes:
        fields = {ast.unparse(node.target): node.value for node in one.body if isinstance(node, ast.AnnAssign)}
        if isinstance(app := fields.pop("app", None), ast.Constant) and app.value:
            there |= {f"{app.value}.{name}" for name in fields}
    return [f"{room}: setting {name}" for name in sorted(there ^ set(said.settings))]


def erasure(room: str, said: App) -> list[str]:
    """Every table with text stands in its own room's declaration (which columns, `keeping` tests)."""
    label = room.rpartition(".")[2]
    here = {label, *LIBRARIES.get(room, ())}
    strange = [table for table in said.erasure if table.partition(".")[0] not in here]
    texts = [model._meta.label for model in apps.get_app_config(label).get_models() if _has_text(model)]
    return [f"{room}: {table}" for table in [*strange, *(one for one in texts if one not in said.erasure)]]


def _has_text(model: type[models.Model]) -> bool:
    kinds = {"CharField", "TextField", "EmailField", "JSONField", "BinaryField"}
    return any(
        type(one).__name__ in kinds and not one.choices and not one.primary_key for one in model._meta.local_concrete_fields
    )


def places(room: str, said: App) -> list[str]:
    """A room with pages in a partnership is found in the way about."""
    label = room.rpartition(".")[2]
    own = [
        name for name, url in names_of_urls().items() if name.startswith(f"{label}:") and str(url.pattern).startswith("p/<slug")
    ]
    pages = [place.page for place in said.places] + [task.page for place in said.places for task in place.tasks]
    wrong = [
        f"{page} is no page that takes a slug alone, or it does not say for whom" for page in pages if not _says_for_whom(page)
    ]
    wrong += [place.label for place in said.places if len(place.about.split()) < 4]
    missing = ["has pages and no place"] if own and not said.places and room not in WITHOUT_PLACE else []
    return [f"{room}: {one}" for one in [*wrong, *missing]]


def _says_for_whom(page: str) -> bool:
    try:
        return audience_at(page) is not None
    except NoReverseMatch:
        return False


def withheld(room: str, said: App) -> list[str]:
    """What stays out of the exports is a table of the room, and says why."""
    label = room.rpartition(".")[2]
    tables = {model._meta.label for model in apps.get_app_config(label).get_models()}
    named = {*said.withheld.tables, *said.withheld.from_schools}
    vague = [table for table, why in said.withheld.tables.items() if len(why.split()) < 4]
    return [f"{room}: {one}" for one in [*sorted(named - tables), *vague]]


def questions(room: str, said: App) -> list[str]:
    """What builds needs or dates is asked for, through what the room declares."""
    functions = {
        (module.name, function.name): function
        for module in modules()
        if module.room == room and module.layer == "queries"
        for function in module.tree.body
        if isinstance(function, ast.FunctionDef)
    }
    found = []
    for build, asked in (("as_needs", said.needs), ("as_dates", said.dates)):
        reached = {(one.__module__, one.__name__) for one in asked}
        waiting = list(reached)
        while waiting:
            module, name = waiting.pop()
            called = {(module, one) for one in names_called(functions[module, name])} & functions.keys() - reached
            reached |= called
            waiting += called
        builders = {at for at, function in functions.items() if build in names_called(function)}
        found += [f"{room}: {module}.{name} is not asked for" for module, name in sorted(builders - reached)]
    return found


def names_called(function: ast.FunctionDef) -> set[str]:
    """The plain names that a function calls."""
    return {node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def sensitive(room: str, said: App) -> list[str]:
    """A room with a page for who deals with the money asks for a second factor."""
    label = room.rpartition(".")[2]
    money = [name for name, line in lines().items() if name.startswith(f"{label}:") and line.audience is Audience.FINANCE]
    return [f"{room}: is not sensitive, and yet {money[0]} is for finance"] if money and not said.sensitive else []


def own_pages(room: str, said: App) -> list[str]:
    """A page of one's own ('/me/…/') is found by its name."""
    label, named = room.rpartition(".")[2], {one.page for one in said.own_pages}
    there = {
        name
        for name, url in names_of_urls().items()
        if name.startswith(f"{label}:") and re.fullmatch(r"me/[a-z-]+/", str(url.pattern)) and "GET" in lines()[name].methods
    }
    return [f"{room}: {name}" for name in sorted(there - named)]


Check = Callable[[str, App], list[str]]
CHECKS: list[Check] = [
    rows,
    minutes,
    settings_of_rooms,
    acts,
    messages,
    erasure,
    places,
    withheld,
    questions,
    sensitive,
    own_pages,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_what_a_room_has_it_declares(check: Check) -> None:
    found = [fault for room, said in declared.rooms().items() for fault in check(room, said)]
    assert not found, f"{check.__doc__}\n" + "\n".join(found)


def test_a_need_without_minutes_is_missed() -> None:
    room = "alongside.members.membership"
    said = declared.rooms()[room]
    forgotten = {name: replace(words, minutes=0) for name, words in said.rows.items()}
    assert f"{room}: membership.freeze does not say its minutes" in minutes(room, replace(said, rows=forgotten))


def test_every_room_declares_itself(figure: Figure) -> None:
    there = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.glob("*/*/app.py")}
    assert set(declared.rooms()) == there, "a room that is not installed, or installed and gone"
    told = declared.rooms().values()
    figure(
        "declared",
        f"{len(told)} rooms, {sum(len(one.places) for one in told)} places, {len(declared.rows())} kinds of rows, "
        f"{len(declared.messages())} kinds of messages, {len(declared.erasure())} tables",
    )


def without(field: str, room: str, key: str) -> tuple[str, App]:
    """A room's declaration from which one line was forgotten."""
    said = declared.rooms()[room]
    return room, replace(said, **{field: {name: one for name, one in getattr(said, field).items() if name != key}})


@pytest.mark.parametrize(
    ("check", "field", "room", "key"),
    [
        (rows, "rows", "alongside.members.membership", "membership.freeze"),
        (settings_of_rooms, "settings", "alongside.members.membership", "membership.sign_by"),
        (acts, "acts", "alongside.members.membership", "membership.sign"),
        (messages, "messages", "alongside.members.membership", "membership.signed"),
        (erasure, "erasure", "alongside.members.contributions", "contributions.OutsideBody"),
        (erasure, "erasure", "alongside.members.people", "people.Invitation"),
    ],
)
def test_a_forgotten_line_is_caught(check: Check, field: str, room: str, key: str) -> None:
    assert check(*without(field, room, key))


def test_a_forgotten_place_is_caught() -> None:
    room = "alongside.members.contributions"
    assert places(room, replace(declared.rooms()[room], places=()))


@pytest.mark.parametrize(
    ("check", "room", "omitted"),
    [
        (questions, "members.membership", {"needs": ()}),
        (questions, "members.membership", {"dates": ()}),
        (questions, "members.people", {"needs": ()}),
        (questions, "members.notices", {"needs": declared.rooms()["alongside.members.notices"].needs[:1]}),
        (sensitive, "money.bank", {"sensitive": False}),
        (own_pages, "members.people", {"own_pages": ()}),
    ],
)
def test_what_is_not_asked_for_is_caught(check: Check, room: str, omitted: dict[str, Any]) -> None:
    assert check(f"alongside.{room}", replace(declared.rooms()[f"alongside.{room}"], **omitted))


def test_a_task_whose_page_is_not_there_is_caught() -> None:
    room = "alongside.members.contributions"
    said = declared.rooms()[room]
    lost = replace(said.places[0], tasks=(Task("Lost", "contributions:nowhere"), Task("One note", "contributions:take_back")))
    assert len(places(room, replace(said, places=(lost,)))) == 2


def test_a_table_of_another_room_is_caught() -> None:
    room = "alongside.members.contributions"
    said = declared.rooms()[room]
    stolen = declared.erasure()["people.Person"]
    assert erasure(room, replace(said, erasure={**said.erasure, "people.Person": stolen}))
    assert withheld(room, replace(said, withheld=replace(said.withheld, tables={"people.Person": "why this is not told"})))


def test_a_field_that_is_not_said_is_no_declaration() -> None:
    with pytest.raises(TypeError):
        App(places=(), needs=(), dates=())


@pytest.mark.parametrize("what", sorted(declared.rows()))
def test_every_kind_of_row_leads_to_a_page_that_is_there(what: str) -> None:
    row = declared.rows()[what]
    if row.page:
        assert reverse(row.page, kwargs=row.keywords("a-partnership", "ELP-0001" if row.key == "number" else "123456"))
    assert row.words("Vale School", 2, "Alder")


SHOWS_THESE = {  # pages that show what is counted, and nothing of its kind besides
    "membership.questions": "what is answered stands behind a choice",
    "invoices.to_ring": "whom to ring stands first, under a heading",
    "fees.liabilities": "a card for each school that has gone",
    "fees.to_take_back": "a card for each school that has gone",
    "bulletin.proposed": "the page leads to the next bulletin, in which they stand",
    "bulletin.missed": "the page leads to the next bulletin, in which they stand",
}


def unfiltered(rows: Mapping[str, RowWords]) -> set[str]:
    """The kinds of rows that count several and open a list of more than these."""
    return {what for what, row in rows.items() if row.many and row.page and not row.key and not row.query}


def test_a_row_that_counts_opens_what_it_counts() -> None:
    assert unfiltered(declared.rows()) == set(SHOWS_THESE)
    planted = replace(declared.rows()["people.unconfirmed"], query="")
    assert unfiltered({"people.unconfirmed": planted}) == {"people.unconfirmed"}


@pytest.mark.parametrize(
    ("row", "address"),
    [
        (RowWords("Look", page="people:list", query="?show=september"), "/p/elm/people/?show=september"),
        (RowWords("Year {label}", page="fees:issue", query="?year={label}"), "/p/elm/fees/issue/?year=2%20%26%203"),
        (RowWords("Look", page="people:list"), "/p/elm/people/"),
        (RowWords("Nothing to open"), ""),
    ],
)
def test_a_row_leads_to_its_page_at_what_it_counts(row: RowWords, address: str) -> None:
    assert address_of(row, "elm", "", "2 & 3") == address


PROMISED = re.compile(r"[Aa]nswer this (mail|message)|reads what you answer")


def test_a_message_that_says_one_may_answer_it_shows_where_to() -> None:
    said = {
        f"{path.parent.name}.{path.stem}" for path in PACKAGE.rglob("jinja2/*/*.txt") if PROMISED.search(path.read_text("utf-8"))
    }
    deaf = {kind for kind in said if not (declared.takes_answers(kind) or declared.message(kind).is_read_by_office)}
    assert len(said) > 3 and not deaf
