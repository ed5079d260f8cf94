"""The shape of the code. Each check stands beside a planted fault that it must catch."""

import ast
import re
from collections import Counter

import pytest

from tests.environment import ROOT
from tests.figures import Figure
from tests.reading import Check, Module, dotted, modules, snippet

MOST_LINES = 400

FORBIDDEN_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "handler", "service", "mixin"}
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate", "time.time"}
MAY_READ_CLOCK = {"alongside.ground.core.clock", "alongside.ground.web.apps"}


def too_long(module: Module) -> list[str]:
    """No module is over 400 lines."""
    lines = module.text.count("\n")
    return [f"{module.name} has {lines} lines: split it by noun"] if lines > MOST_LINES else []


def test_the_tests_of_the_whole_house_are_no_longer_either() -> None:
    files = [Module(path.stem, path.read_text()) for path in (ROOT / "tests").rglob("*.py")]
    assert len(files) > 50 and not [fault for one in files for fault in too_long(one)]


def rules_without_source(module: Module) -> list[str]:
    """A rule says in its first line what a board member would say, and then its source (or the module does for all)."""
    if module.layer != "rules":
        return []
    for_all = "Source:" in (ast.get_docstring(module.tree) or "")
    found = []
    for function in module.functions():
        words = ast.get_docstring(function) or ""
        if not words:
            found.append(f"{module.at(function)} {function.name} does not say what the rule is")
        elif not for_all and "Source:" not in words:
            found.append(f"{module.at(function)} {function.name} does not say where the rule comes from")
    return found


def permissions_of_other_shape(module: Module) -> list[str]:
    """A permission is called may_… and gives a Verdict."""
    if module.layer != "permissions":
        return []
    return [
        f"{module.at(function)} {function.name} is not a permission: may_<verb>_<noun>(who, …) -> Verdict"
        for function in module.functions()
        if not function.name.startswith("may_") or not function.returns or ast.unparse(function.returns) != "Verdict"
    ]


def forbidden_names(module: Module) -> list[str]:
    """A name is the noun that a head uses."""
    found = [f"{module.name} is called {word}" for word in FORBIDDEN_WORDS & set(module.parts)]
    for node in module.nodes(ast.FunctionDef, ast.ClassDef):
        assert isinstance(node, ast.FunctionDef | ast.ClassDef)
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", node.name)}
        banned = FORBIDDEN_WORDS | ({"manager"} if isinstance(node, ast.ClassDef) else set())
        found += [f"{module.at(node)} {node.name} is called {word}" for word in words & banned]
    return found


def other_clocks(module: Module) -> list[str]:
    """Only `core.clock` says what time it is."""
    if module.name in MAY_READ_CLOCK:
        return []
    return [
        f"{module.at(node)} reads another clock: {dotted(node.func)}()"
        for node in module.nodes(ast.Call)
        if isinstance(node, ast.Call) and ".".join(dotted(node.func).split(".")[-2:]) in CLOCKS
    ]


def unsafe(module: Module) -> list[str]:
    """Nothing is marked safe, no form goes unprotected, nothing of ours goes by signals."""
    words = {
        "mark_safe",
        "SafeString",
        "csrf_exempt",
        "post_save",
        "pre_save",
        "post_delete",
        "pre_delete",
        "m2m_changed",
        "Signal",
    }
    names = {
        *(node.id for node in module.nodes(ast.Name) if isinstance(node, ast.Name)),
        *(alias.name for node in module.nodes(ast.ImportFrom) if isinstance(node, ast.ImportFrom) for alias in node.names),
        *(node.attr for node in module.nodes(ast.Attribute) if isinstance(node, ast.Attribute)),
    }
    return [f"{module.name} uses {word}" for word in sorted(words & names)]


def floats_in_money(module: Module) -> list[str]:
    """Money is whole pence: no fraction stands where it is counted."""
    counts = module.name.startswith("alongside.money.") and module.layer in {"rules", "actions", "models"}
    if not (counts or module.name == "alongside.ground.core.money"):
        return []
    found = []
    for node in module.nodes(ast.Constant, ast.Call, ast.BinOp, ast.Attribute):
        fraction = isinstance(node, ast.Constant) and isinstance(node.value, float)
        turned = isinstance(node, ast.Call) and dotted(node.func) == "float"
        divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and module.layer != "actions"
        if fraction or turned or divided or (isinstance(node, ast.Attribute) and node.attr == "FloatField"):
            found.append(f"{module.at(node)} counts money in fractions: {ast.unparse(node)[:60]}")
    return found


def imports_inside_functions(module: Module) -> list[str]:
    """An import stands at the top, where its direction is seen (the command line and `ready` wait for Django first); within a
    room one may wait until it is used, with the large library that comes with it, and says so beside it."""
    if module.name in {"alongside.__main__"}:
        return []
    room = ".".join(module.name.split(".")[:3])
    return [
        f"{module.at(inner)} imports inside {function.name}"
        for function in module.nodes(ast.FunctionDef)
        for inner in ast.walk(function)
        if isinstance(function, ast.FunctionDef)
        and not (function.name == "ready" and module.name.endswith(".apps"))
        and isinstance(inner, ast.Import | ast.ImportFrom)
        and "alongside" in ast.unparse(inner)
        and not (
            ast.unparse(inner).startswith((f"from {room}.", f"from {room} "))
            and "only where used" in module.text.splitlines()[inner.lineno - 1]
        )
    ]


def excuses(module: Module) -> list[str]:
    """Nothing is switched off or left for later."""
    pattern = (
        r"#\s*noqa|type:\s*ignore|\bTODO\b|\bFIXME\b|\bXXX\b|pytest\.skip|mark\.skip|unittest\.mock|\bmocker\b|pragma: no cover"
    )
    return [f"{module.name}: {found}" for found in re.findall(pattern, module.text)]


def undocumented(module: Module) -> list[str]:
    """Every app says what it is."""
    if module.inside or module.app in {"settings", "urls", "wsgi", "__main__"}:
        return []
    return [] if ast.get_docstring(module.tree) else [f"{module.name} does not say what it is"]


def values_dropped(module: Module) -> list[str]:
    """What a deed takes by name it reads: a field of a form that nothing reads is lost without a word."""
    return [
        f"{module.at(function)} takes {one.arg} and never reads it"
        for function in module.nodes(ast.FunctionDef)
        if isinstance(function, ast.FunctionDef) and module.layer == "actions"
        for one in function.args.kwonlyargs
        if one.arg != "by" and one.arg not in {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    ]


def seen_by_nobody(module: Module) -> list[str]:
    """A page says what its reader was shown: that there was no page is for the worker and for deeds to say."""
    if module.layer not in {"views", "forms"}:
        return []
    return [
        f"{module.at(node)} says UNSEEN" for node in module.nodes(ast.Name) if isinstance(node, ast.Name) and node.id == "UNSEEN"
    ]


FAULTS: list[tuple[Check, Module]] = [
    (too_long, snippet("x = 1\n" * 401)),
    (rules_without_source, snippet("def fee():\n    '''The fee is a pound.'''\n", "alongside.money.fees.rules")),
    (rules_without_source, snippet("'''Source: R5'''\ndef fee():\n    return 1\n", "alongside.money.fees.rules.amounts")),
    (permissions_of_other_shape, snippet("def is_allowed(who) -> bool:\n    return True\n", "alongside.money.fees.permissions")),
    (forbidden_names, snippet("class InvoiceManager:\n    pass\n")),
    (forbidden_names, snippet("def invoice_helper():\n    pass\n")),
    (forbidden_names, snippet("x = 1\n", "alongside.money.fees.utils")),
    (other_clocks, snippet("from datetime import date\nx = date.today()\n")),
    (other_clocks, snippet("import datetime\nx = datetime.datetime.now()\n")),
    (other_clocks, snippet("from django.utils import timezone\nx = timezone.now()\n")),
    (unsafe, snippet("from django.utils.safestring import mark_safe\n")),
    (unsafe, snippet("from django.views.decorators.csrf import csrf_exempt\n@csrf_exempt\ndef f(): pass\n")),
    (unsafe, snippet("from django.db.models.signals import post_save\n")),
    (floats_in_money, snippet("def fee(pence):\n    return pence * 1.2\n", "alongside.money.fees.rules")),
    (floats_in_money, snippet("def fee(pence):\n    return pence / 12\n", "alongside.money.fees.rules")),
    (imports_inside_functions, snippet("def show():\n    from alongside.across.demo import actions\n")),
    (values_dropped, snippet("def put(*, title, link='', by):\n    return title, by\n", "alongside.money.fees.actions")),
    (seen_by_nobody, snippet("chase(key, seen=UNSEEN)\n", "alongside.members.membership.views.office")),
    (excuses, snippet("x = 1  # noqa\n")),
    (excuses, snippet("x = 1  # TODO later\n")),
    (undocumented, snippet("x = 1\n", "alongside.money.fees")),
]

CHECKS = list(dict.fromkeys(check for check, _ in FAULTS))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_code_has_its_shape(check: Check) -> None:
    found = [fault for module in modules(tests=check in {too_long, excuses}) for fault in check(module)]
    assert not found, f"{check.__doc__}\n" + "\n".join(found)


@pytest.mark.parametrize(("check", "planted"), FAULTS, ids=lambda one: getattr(one, "__name__", ""))
def test_a_planted_fault_is_caught(check: Check, planted: Module) -> None:
    assert check(planted)


def test_no_room_is_several(figure: Figure) -> None:
    sizes = sorted(((module.text.count("\n"), module.name) for module in modules()), reverse=True)
    longest = ", ".join(f"{name.removeprefix('alongside.')} {size}" for size, name in sizes[:4])
    figure("size", f"{len(sizes)} modules, {sum(size for size, _ in sizes)} lines; longest: {longest}")
    assert set(too_large(modules())) == set(TO_BE_SPLIT)
    several = too_large([*modules(), snippet("x = 1\n" * 5_001, "alongside.money.books.rules")])
    assert set(several) == {"money.books", *TO_BE_SPLIT}


# the rooms that are several, and along which line they will part
TO_BE_SPLIT = {
    "deciding.meetings": "decisions, what is decided between meetings, and what follows become a room above the meeting",
    "members.people": "signing in and second factors become a room above the people whom they let in",
    "members.membership": "what a prospectus says, and the dates that follow, become a room below who answers it",
}


def too_large(found: list[Module]) -> list[str]:
    """The rooms past 5,000 lines: each is several rooms."""
    lines = Counter[str]()
    for module in found:
        lines[".".join(module.name.split(".")[1:3])] += module.text.count("\n")
    return [room for room, count in lines.items() if count > 5_000]


def names_of_classes(found: list[Module]) -> list[str]:
    """Which names of classes mean several things."""
    where: dict[str, list[str]] = {}
    for module in found:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef):
                where.setdefault(node.name, []).append(module.at(node))
    return [f"{name}: {', '.join(places)}" for name, places in where.items() if len(places) > 1]


def test_a_class_name_means_one_thing() -> None:
    assert not names_of_classes(modules())
    planted = snippet("class Invoice:\n    pass\n")
    assert names_of_classes([*modules(), planted])
