"""Across a border between apps only `rules, permissions, queries, actions, models` are imported, `tests.make` from tests."""

import pytest

from tests.reading import Module, modules, place_of, snippet

OPEN_TO_ALL = {"core", "web", "audit"}
DOORS = {"rules", "permissions", "queries", "actions", "models"}
MORE_DOORS = {
    "partnerships.middleware": "in whose frame a page stands",
    "partnerships.forms": "settings of every room are rows of a partnership: their forms share `SettingsForm`",
    "people.signing_in": "accepting an invitation signs the person in",
    "people.passing_on": "an invitation is passed on in one way, whether it asks for a name or for an answer",
    "documents.typesetting": "what typesets has no rows",
    "authority.forms": "a deed that rests on a decision asks for its minute in the same words",
    "bank.forms": "whatever file of money comes in is taken whole or not at all, and its bad lines are named in the same way",
}
ABOVE_ALL = {"settings", "urls", "wsgi", "__main__"}


def crossings(module: Module) -> list[str]:
    """What the module imports from another app by another door."""
    if module.app in ABOVE_ALL:
        return []
    found = []
    for node, name in module.imports():
        app, *inside = place_of(name) or [""]
        door = inside[0] if inside else ""
        if app in OPEN_TO_ALL | ABOVE_ALL | {module.app, ""} or door in DOORS or f"{app}.{door}" in MORE_DOORS:
            continue
        if module.is_test and inside[:2] == ["tests", "make"]:
            continue
        found.append(f"{module.at(node)} imports {name}")
    return found


def test_apps_meet_at_their_doors_only() -> None:
    found = [crossing for module in modules(tests=True) for crossing in crossings(module)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        snippet("from alongside.members.schools import views\n"),
        snippet("from alongside.members.schools.forms import Search\n"),
        snippet("from alongside.members.people.tests.make import person\n"),
        snippet("import alongside.members.people.tokens\n"),
        snippet(
            "def f():\n    from alongside.members.people.actions import x\n    from alongside.members.people.tasks import y\n"
        ),
        snippet("from alongside.members.people.tests.test_pages import thing\n", "alongside.money.fees.tests.test_pages"),
    ],
    ids=lambda module: module.text.splitlines()[-1].strip(),
)
def test_a_planted_crossing_is_caught(planted: Module) -> None:
    assert crossings(planted)


def test_what_is_allowed_is_not_caught() -> None:
    assert not crossings(
        snippet("from alongside.members.schools import queries\nfrom alongside.members.people.models import Person\n")
    )
    assert not crossings(snippet("from alongside.members.people.tests.make import person\n", "alongside.money.fees.tests.make"))
