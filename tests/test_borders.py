"""Across a border between apps only `rules, permissions, queries, actions, models` are imported, `tests.make` from tests."""

import pytest

from tests.reading import Module, modules, snippet

OPEN_TO_ALL = {"core", "web", "audit"}
DOORS = {"rules", "permissions", "queries", "actions", "models"}
MORE_DOORS = {
    "partnerships.middleware": "`public_page` marks a page of a partnership that anybody may open",
    "people.signing_in": "accepting an invitation signs the person in",
    "documents.typesetting": "what typesets has no rows",
}
ABOVE_ALL = {"settings", "urls", "wsgi", "__main__"}


def crossings(module: Module) -> list[str]:
    """What the module imports from another app by another door."""
    if module.app in ABOVE_ALL:
        return []
    found = []
    for node, name in module.imports():
        words = name.split(".")[1:]
        app, door = words[0] if words else "", words[1] if len(words) > 1 else ""
        if app in OPEN_TO_ALL | ABOVE_ALL | {module.app, ""} or door in DOORS or f"{app}.{door}" in MORE_DOORS:
            continue
        if module.is_test and words[1:3] == ["tests", "make"]:
            continue
        found.append(f"{module.at(node)} imports {name}")
    return found


def test_apps_meet_at_their_doors_only() -> None:
    found = [crossing for module in modules(tests=True) for crossing in crossings(module)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        snippet("from alongside.schools import views\n"),
        snippet("from alongside.schools.forms import Search\n"),
        snippet("from alongside.people.tests.make import person\n"),
        snippet("import alongside.people.tokens\n"),
        snippet("def f():\n    from alongside.membership.actions import x\n    from alongside.membership.tasks import y\n"),
        snippet("from alongside.people.tests.test_pages import thing\n", "alongside.fees.tests.test_pages"),
    ],
    ids=lambda module: module.text.splitlines()[-1].strip(),
)
def test_a_planted_crossing_is_caught(planted: Module) -> None:
    assert crossings(planted)


def test_what_is_allowed_is_not_caught() -> None:
    assert not crossings(snippet("from alongside.schools import queries\nfrom alongside.people.models import Person\n"))
    assert not crossings(snippet("from alongside.people.tests.make import person\n", "alongside.fees.tests.make"))
