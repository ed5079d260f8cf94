"""What nobody runs is taken out: whatever only a test, or nothing at all, asks for."""

import ast
import re

import pytest

from tests.figures import Figure
from tests.reading import Module, modules, snippet, templates

Use = tuple[str, str]  # the room, and the name of something in it
Page = tuple[str, str]
FEWEST = {"modules": 400, "pages": 150, "macros": 60}  # a check that looks at fewer has lost its way
PLAIN = {"rules", "permissions", "queries", "actions"}  # here the framework calls no method
STARTED_FROM_OUTSIDE = {"app", "apps", "commands", "tasks"}  # by the house, by Django, by the command line, by the worker
FOR_MIGRATIONS = {"freeze", "keep"}
BY_THE_WAY_IN = ("account/", "socialaccount/", "429.html")  # pages that allauth draws by names of its own
IN_A_PAGE = re.compile(r"{[{%].*?[%}]}", re.DOTALL)
MACRO = re.compile(r"{%-?\s*macro\s+(\w+)")


def uses(module: Module) -> set[Use]:
    """What a module asks for, of itself and of others: by name, through an imported module, or as 'room.name' of a task."""
    known = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in module.nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alongside")
        for alias in node.names
    }
    rooms = {name: Module(target, "").app for name, target in known.items()}
    found: set[Use] = set()
    for top in module.tree.body:
        for node in ast.walk(top):
            match node:
                case ast.Name(id=name) if name in known:
                    found.add((rooms[name], known[name].split(".")[-1]))
                case ast.Name(id=name, ctx=ast.Load()) if name != getattr(top, "name", ""):
                    found.add((module.app, name))
                case ast.Attribute(value=ast.Name(id=base), attr=name) if base in known:
                    found.add((rooms[base], name))
                case ast.Attribute(value=ast.Attribute(), attr=name):
                    found |= {(room, name) for room in rooms.values()}
                case ast.Constant(value=str(text)) if re.fullmatch(r"\w+(\.\w+)+", text):
                    target = Module("alongside." + text.removeprefix("alongside."), "")
                    found.add((target.app, text.split(".")[-1]))
    return found


def words_of_pages(pages: list[Page]) -> set[str]:
    """Every name that the templates use."""
    return {word for _, text in pages for code in IN_A_PAGE.findall(text) for word in re.findall(r"\w+", code)}


def stands_for(node: ast.stmt) -> list[str]:
    """The names that a statement of a module gives to something of ours."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [one.id for one in targets if isinstance(one, ast.Name) and one.id.isupper()]


def not_run(all_modules: list[Module], pages: list[Page]) -> list[str]:
    """No function, class or constant stands there for itself or for tests alone."""
    asked = set().union(*map(uses, all_modules)) | {("web", word) for word in words_of_pages(pages)}
    return [
        f"{module.at(node)} {name}"
        for module in all_modules
        if module.layer not in STARTED_FROM_OUTSIDE and module.app != "settings"
        for node in module.tree.body
        for name in stands_for(node)
        if (module.app, name) not in asked and name not in FOR_MIGRATIONS
    ]


def not_read(all_modules: list[Module], pages: list[Page]) -> list[str]:
    """Nor does a method or a property."""
    asked = words_of_pages(pages).union(
        *({node.attr for node in module.nodes(ast.Attribute) if isinstance(node, ast.Attribute)} for module in all_modules)
    )
    return [
        f"{module.at(node)} {one.name}.{node.name}"
        for module in all_modules
        if module.layer in PLAIN
        for one in module.nodes(ast.ClassDef)
        for node in getattr(one, "body", [])
        if isinstance(one, ast.ClassDef) and isinstance(node, ast.FunctionDef)
        if node.name not in asked and not node.name.startswith("_")
    ]


def not_drawn(all_modules: list[Module], pages: list[Page]) -> list[str]:
    """Every page is drawn, and every macro is used."""
    said = [*(module.text for module in all_modules), *(text for _, text in pages)]
    names = [re.split(r"/(?:jinja2|templates)/", path)[-1] for path, _ in pages]
    alone = [name for name in names if not name.startswith(BY_THE_WAY_IN) and not any(name in text for text in said)]
    code = " ".join(part for _, text in pages for part in IN_A_PAGE.findall(MACRO.sub("{% macro", text)))
    return alone + [
        f"{path} {name}" for path, text in pages for name in MACRO.findall(text) if not re.search(rf"\b{name}\b", code)
    ]


CHECKS = [not_run, not_read, not_drawn]
HERE = snippet("from alongside.money.fees import rules\nrules.asked()\nA = 1\nprint(A)\n")
FAULTS = [
    (not_run, snippet("def told():\n    return told()\n", "alongside.money.fees.rules"), []),
    (not_run, snippet("def told():\n    pass\n", "alongside.members.people.rules"), [("x.html", "{{ people.told() }}")]),
    (not_run, snippet("class Told:\n    pass\n", "alongside.money.fees.forms"), []),
    (not_read, snippet("class Asked:\n    def told(self):\n        pass\n", "alongside.money.fees.rules"), []),
    (not_run, snippet("TOLD = 1\n", "alongside.money.fees.queries"), []),
    (not_drawn, HERE, [("alongside/money/fees/jinja2/fees/told.html", "words")]),
    (not_drawn, HERE, [("x/jinja2/429.html", "{% macro told() %}{% endmacro %}{# told #}")]),
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_nothing_is_dead(check) -> None:
    found = check(modules(), templates())
    assert not found, f"{check.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("check", "planted", "pages"), FAULTS)
def test_what_is_dead_is_found(check, planted: Module, pages: list[Page]) -> None:
    assert not check([HERE], [])
    assert len(check([HERE, planted] if planted is not HERE else [HERE], pages)) == 1


def test_the_checks_see_the_whole_house(figure: Figure) -> None:
    seen = {
        "modules": len(modules()),
        "pages": len(templates()),
        "macros": sum(len(MACRO.findall(text)) for _, text in templates()),
    }
    figure("dead code", ", ".join(f"{count} {what}" for what, count in seen.items()))
    assert all(seen[what] >= fewest for what, fewest in FEWEST.items()), seen
