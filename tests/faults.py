"""The faults that can be planted in the guards of the house: who may, who sees, what is refused, what is true.

Each takes one guard out, negates it, drops a part or a filter of it, or moves it by one.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.environment import ROOT
from tests.reading import tracked_files

MOVED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OF_TABLES = "alongside/ground/web/models.py:Visible.of"  # asks for every table that says by `visible` who sees its rows
SEES = {"visible_to", "standing", "held", "current"}
WIDER = {"office": "asked", "members": "asked", "asked": "office"}
Plant = Callable[[], object]
Place = tuple[Any, str, Plant]


@dataclass(frozen=True)
class Fault:
    """One guard taken out, negated or moved by one; `place` is the function in which it stands."""

    path: str
    line: int
    what: str
    number: int
    place: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.what}"

    @property
    def is_rule(self) -> bool:
        """Whether it stands in a rule, which its own room tries."""
        return "/rules" in self.path

    def planted(self, source: str | None = None) -> ast.Module:
        """The file with the fault in it; every line stays where it was."""
        tree = ast.parse((ROOT / self.path).read_text(encoding="utf-8") if source is None else source)
        if self.number >= 0:
            list(_places(self.path, tree))[self.number][2]()
        return ast.fix_missing_locations(tree)


def faults_in(path: str, source: str) -> list[Fault]:
    """Every fault that can be planted in that file."""
    tree = ast.parse(source)
    within = {id(inner): f"{path}:{name}" for name, one in guards(tree) for inner in ast.walk(one)}
    places = [(at, node, what) for at, (node, what, _) in enumerate(_places(path, tree))]
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    of_tables = {id(node): OF_TABLES for node in calls if ast.unparse(node.func) == "Visible"}
    asked = of_tables | within
    return [Fault(path, node.lineno, what, at, asked[id(node)]) for at, node, what in places if id(node) in asked]


def guards(tree: ast.Module | ast.ClassDef, of: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods of a file with their names, without those within them."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield f"{of}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from guards(node, f"{of}{node.name}.")


def telling(path: str) -> ast.Module:
    """The file, where each function first says `__asked__(where it stands)`."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for name, one in list(guards(tree)):
        for inner in [node for node in ast.walk(one) if isinstance(node, ast.FunctionDef)]:
            inner.body[:0] = ast.parse(f"__asked__({f'{path}:{name}'!r})").body
    return tree


def every_fault() -> list[Fault]:
    """All that can be planted in the guards of the house."""
    files = [path for path in tracked_files() if path.suffix == ".py" and "alongside" in path.parts and "tests" not in path.parts]
    return [fault for path in files for fault in faults_in(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))]


def _set(of: object, name: str, value: object) -> Plant:
    return lambda: setattr(of, name, value)


def _without(of: ast.AST, name: str, what: str) -> Iterator[Place]:
    """Each of the things in that list, taken out."""
    things = getattr(of, name)
    for at, one in enumerate(things):
        where = of if isinstance(one, ast.keyword) else one
        yield where, what.format(getattr(one, "arg", at + 1)), _set(of, name, [*things[:at], *things[at + 1 :]])


def _not(test: ast.expr) -> ast.expr:
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)


def _places(path: str, tree: ast.Module) -> Iterator[Place]:
    """Where faults can be planted, by the layer: who may and what is true are negated and moved, what asks is taken out."""
    name = Path(path).name
    if name == "permissions.py" or name == "rules.py" or "/rules/" in path:
        of_layer = _in_rule
    elif name == "actions.py" or "/actions/" in path:
        of_layer = _in_action
    elif name == "models.py" or "/models/" in path:
        of_layer = _in_model
    else:
        return
    for node in list(ast.walk(tree)):
        yield from of_layer(node)


def _in_rule(node: ast.AST) -> Iterator[Place]:
    if isinstance(node, ast.If | ast.IfExp):
        yield node, "the condition is negated", _set(node, "test", _not(node.test))
    if isinstance(node, ast.Compare) and type(node.ops[0]) in MOVED:
        yield node, "a comparison is moved", _set(node, "ops", [MOVED[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "bool":
        for one in ast.walk(node):
            if isinstance(one, ast.Return) and one.value:
                yield one, "the answer is negated", _set(one, "value", _not(one.value))
    if isinstance(node, ast.comprehension):
        yield from _without(node, "ifs", "condition {} of a list is gone")
    if isinstance(node, ast.Call) and ast.unparse(node.func) in {"min", "max"} and len(node.args) > 1:
        node.args = [ast.copy_location(ast.Tuple(node.args, ast.Load()), node)]
        yield from _without(node.args[0], "elts", "bound {} is gone")
    yield from _parts(node)


def _parts(node: ast.AST) -> Iterator[Place]:
    if isinstance(node, ast.BoolOp):
        # what stands for an empty value ("-" for nobody) is no condition
        spared = isinstance(node.op, ast.Or) and isinstance(node.values[-1], ast.Constant)
        for at, one in enumerate(node.values[:-1] if spared else node.values):
            rest = [*node.values[:at], *node.values[at + 1 :]]
            yield one, f"part {at + 1} of a condition is gone", _set(node, "values", rest if len(rest) > 1 else [*rest, *rest])


def _in_action(node: ast.AST) -> Iterator[Place]:
    if isinstance(node, ast.Expr) and ast.unparse(node).startswith("require("):
        yield node, "require is gone", _set(node, "value", ast.Constant(None))
    if isinstance(node, ast.If) and all(isinstance(inner, ast.Raise) for inner in node.body):
        yield node, "the refusal is gone", _set(node, "test", ast.Constant(False))


def _in_model(node: ast.AST) -> Iterator[Place]:
    yield from _parts(node)
    if isinstance(node, ast.FunctionDef) and node.name in SEES:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                yield from _without(inner, "keywords", "the filter {} is gone")
            if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.BitOr | ast.BitAnd):
                other = ast.BitAnd() if isinstance(inner.op, ast.BitOr) else ast.BitOr()
                yield inner, "or is and" if isinstance(inner.op, ast.BitOr) else "and is or", _set(inner, "op", other)
            if isinstance(inner, ast.If | ast.IfExp):
                yield inner, "the condition is negated", _set(inner, "test", _not(inner.test))
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Visible":
        for one in node.keywords:
            if one.arg in WIDER:
                yield node, f"{one.arg} is {WIDER[one.arg]}", _set(one, "arg", WIDER[one.arg])
        yield from (
            place for place in _without(node, "keywords", "{} is gone") if place[1].split()[0] not in {*WIDER, "everyone"}
        )
