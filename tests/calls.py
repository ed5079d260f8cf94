"""What calls what in the product, by whole names, as the modules import them."""

import ast
from collections.abc import Mapping
from functools import cache

from tests.reading import Module, dotted

Graph = Mapping[str, frozenset[str]]


@cache
def calls_in(of: tuple[Module, ...]) -> Graph:
    """What each function of those modules calls, or hands on to be called, by whole names: as its module imports them, or
    of the module itself. What is called of an object is nobody's."""
    found: dict[str, set[str]] = {}
    for module in of:
        known = imported(module)
        for function in module.nodes(ast.FunctionDef):
            assert isinstance(function, ast.FunctionDef)
            made = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            handed_on = [arg for node in made for arg in [*node.args, *(one.value for one in node.keywords)]]
            named = [one for one in [*(node.func for node in made), *handed_on] if isinstance(one, ast.Name | ast.Attribute)]
            found.setdefault(f"{module.name}.{function.name}", set()).update(whole_name(one, module, known) for one in named)
    return {name: frozenset(called) for name, called in found.items()}


def imported(module: Module) -> dict[str, str]:
    """What stands behind each name that a module imports of ours."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in module.nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alongside")
        for alias in node.names
    }


def whole_name(node: ast.expr, module: Module, known: Mapping[str, str]) -> str:
    """'audit.record' is alongside.ground.audit.actions.recording.record; what belongs to an object has no name."""
    head, *rest = dotted(node).split(".")
    if head in known:
        return ".".join([known[head], *rest])
    if not rest or (head == "self" and len(rest) == 1):
        return f"{module.name}.{[head, *rest][-1]}"
    return ""


def leads_to(ends: frozenset[str], start: str, graph: Graph) -> bool:
    """Whether one of the ends is called from there, directly or through other functions."""
    seen, waiting = {start}, [start]
    while waiting:
        called = graph.get(waiting.pop(), frozenset()) - seen
        if called & ends:
            return True
        seen |= called
        waiting += called
    return False
