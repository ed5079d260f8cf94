"""Our own source as the shape and border tests read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.environment import ROOT

PACKAGE = ROOT / "alongside"
WINGS = frozenset(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
LAYERS = ("rules", "permissions", "models", "queries", "actions", "forms", "views", "tasks", "urls")


@dataclass(frozen=True)
class Module:
    """One file of ours: its app, and the layer it belongs to ('actions' for actions.py and all of actions/)."""

    name: str
    text: str

    @property
    def parts(self) -> list[str]:
        """The dotted name, without 'alongside'."""
        return self.name.split(".")[1:]

    @property
    def room(self) -> str:
        """The dotted name of its room, 'alongside.money.fees'."""
        return self.name.removesuffix("." + ".".join(self.inside)) if self.inside else self.name

    @property
    def app(self) -> str:
        """The room it belongs to ('fees'), or the module itself for settings, urls and the like; '' for a wing's own file."""
        return place(self.name)[0]

    @property
    def inside(self) -> list[str]:
        """What follows the room in its dotted name."""
        return place(self.name)[1]

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

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """All its nodes of those kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

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


def place(name: str) -> tuple[str, list[str]]:
    """The room of a dotted name of ours, and what follows it: 'alongside.money.fees.views.office' is of fees, views.office."""
    words = name.split(".")[1:]
    words = words[1:] if words and words[0] in WINGS else words
    return (words[0], words[1:]) if words else ("", [])


def snippet(text: str, name: str = "alongside.money.fees.views") -> Module:
    """A planted fault: this text, as if it stood in that module."""
    return Module(name, text)


def modules(tests: bool = False) -> list[Module]:
    """Every module of the product, with its tests when wanted; migrations are written by Django."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = Module(name, path.read_text(encoding="utf-8"))
        if "migrations" not in module.parts and (tests or not module.is_test):
            found.append(module)
    return found


def templates() -> list[tuple[str, str]]:
    """Every page's template and its text."""
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for folder in ("jinja2", "templates")
        for path in sorted(PACKAGE.glob(f"*/*/{folder}/**/*"))
        if path.is_file()
    ]


def tracked_files() -> list[Path]:
    """Every file that is, or would be, in the repository."""
    import subprocess

    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]
