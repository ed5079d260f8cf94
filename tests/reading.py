"""Our own source as the shape and border tests read it."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path

from tests.environment import ROOT

PACKAGE = ROOT / "alongside"
WINGS = frozenset(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
LAYERS = ("rules", "permissions", "models", "queries", "actions", "forms", "views", "tasks", "urls")


def place_of(name: str) -> list[str]:
    """Where a module stands: its room and what follows, without 'alongside' and without the wing."""
    words = name.split(".")[1:]
    return words[1:] if words and words[0] in WINGS else words


def room_of(path: Path | str) -> str:
    """The room in which a file stands; '' for what stands in none (settings, urls, tests of the whole house)."""
    inside = Path(path).parts
    if inside[:1] != (PACKAGE.name,):
        return ""
    place = place_of(".".join([*inside[:-1], inside[-1].replace(".", "_")]))
    return place[0] if len(place) > 1 else ""


@dataclass(frozen=True)
class Module:
    """One file of ours: its app, and the layer it belongs to ('actions' for actions.py and all of actions/)."""

    name: str
    text: str

    @property
    def parts(self) -> list[str]:
        """The dotted name, without 'alongside'."""
        return place_of(self.name)

    @property
    def room(self) -> str:
        """The dotted name of its room, 'alongside.money.fees'."""
        return self.name.removesuffix("." + ".".join(self.inside)) if self.inside else self.name

    @property
    def app(self) -> str:
        """The room it belongs to ('fees'), or the module itself for settings, urls and the like; '' for a wing's own file."""
        return self.parts[0] if self.parts else ""

    @property
    def inside(self) -> list[str]:
        """What follows the room in its dotted name."""
        return self.parts[1:]

    @property
    def layer(self) -> str:
        """The layer, or '' for a file of another name."""
        return self.inside[0] if self.inside else ""

    @property
    def is_test(self) -> bool:
        """Whether it is one of an app's tests."""
        return "tests" in self.parts

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @cached_property
    def by_kind(self) -> dict[type[ast.AST], list[tuple[int, ast.AST]]]:
        """Its nodes by their kinds, each with its place among all."""
        found: dict[type[ast.AST], list[tuple[int, ast.AST]]] = {}
        for place, node in enumerate(ast.walk(self.tree)):
            found.setdefault(type(node), []).append((place, node))
        return found

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """All its nodes of those kinds."""
        return (node for _, node in sorted((one for kind in kinds for one in self.by_kind.get(kind, [])), key=itemgetter(0)))

    def functions(self) -> list[ast.FunctionDef]:
        """Its public functions, outside classes."""
        return [node for node in self.tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]

    def at(self, node: ast.AST) -> str:
        """Where the node is."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"

    def imports(self) -> Iterator[tuple[ast.AST, str]]:
        """Every module of ours that it imports, with names imported from a package spelt out."""
        for node in self.nodes(ast.Import, ast.ImportFrom):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names if alias.name.startswith("alongside"))
            elif node.module and node.module.startswith("alongside"):
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def snippet(text: str, name: str = "alongside.money.fees.views") -> Module:
    """A planted fault: this text, as if it stood in that module."""
    return Module(name, text)


def modules(tests: bool = False) -> list[Module]:
    """Every module of the product, with its tests when wanted; migrations are written by Django."""
    return [module for module in _all_modules() if tests or not module.is_test]


@cache
def _all_modules() -> list[Module]:
    """Each file, read and parsed once for all checks."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = Module(name, path.read_text(encoding="utf-8"))
        if "migrations" not in module.parts:
            found.append(module)
    return found


@cache
def templates() -> list[tuple[str, str]]:
    """Every page's template and its text."""
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for folder in ("jinja2", "templates")
        for path in sorted(PACKAGE.rglob(f"{folder}/**/*"))
        if path.is_file()
    ]


def tracked_files() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    import subprocess

    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


Check = Callable[[Module], list[str]]


def dotted(node: ast.AST) -> str:
    """'a.b().c' for a chain of attributes and calls."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{dotted(node.value)}.{node.attr}"
        case ast.Call():
            return f"{dotted(node.func)}()"
        case ast.Subscript():
            return f"{dotted(node.value)}[]"
    return ""
