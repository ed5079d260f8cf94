"""Guards taken out, one at a time: each such fault must be missed by no test of its room (promise 5).

`python -m tests.mutants 40 7` plants 40 faults, chosen by the seed 7, in a copy of the repository, and prints those that live.
"""

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.changed import folders
from tests.environment import ROOT
from tests.reading import room_of, tracked_files

AT_ONCE, LONGEST = 2, 180
MOVED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
WALKED = ("tests/test_scopes.py", "tests/test_sealed.py", "tests/test_access.py")  # who sees and who may: the whole house asks


@dataclass(frozen=True)
class Fault:
    """One guard taken out, negated or moved by one."""

    path: str
    line: int
    what: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.what}"


def faults_in(path: str, source: str) -> list[Fault]:
    """Every fault that can be planted in that file."""
    tree = ast.parse(source)
    return [
        Fault(path, node.lineno, what, planted)
        for node, what, plant in _places(path, tree)
        if (planted := _planted(tree, plant)) != ast.unparse(tree)
    ]


Plant = Callable[[], Callable[[], None]]


def _planted(tree: ast.Module, plant: Plant) -> str:
    """The source with the fault in it; the tree is as it was afterwards."""
    undo = plant()
    text = ast.unparse(tree)
    undo()
    return text


def _set(of: object, name: str, value: object) -> Plant:
    def plant() -> Callable[[], None]:
        before = getattr(of, name)
        setattr(of, name, value)
        return lambda: setattr(of, name, before)

    return plant


def _places(path: str, tree: ast.Module) -> Iterator[tuple[ast.stmt | ast.expr, str, Plant]]:
    """Where faults can be planted, by the layer: who may and what is true are negated and moved, what asks is taken out."""
    name = Path(path).name
    is_rule = name == "permissions.py" or name == "rules.py" or "/rules/" in path
    in_actions = name == "actions.py" or "/actions/" in path
    in_models = name == "models.py" or "/models/" in path
    for node in ast.walk(tree):
        if in_actions and isinstance(node, ast.Expr) and ast.unparse(node).startswith("require("):
            yield node, "require is gone", _set(node, "value", ast.Constant(None))
        if is_rule and isinstance(node, ast.If):
            yield node, "the condition is negated", _set(node, "test", ast.UnaryOp(ast.Not(), node.test))
        if is_rule and isinstance(node, ast.Compare) and type(node.ops[0]) in MOVED:
            yield node, "a comparison is moved", _set(node, "ops", [MOVED[type(node.ops[0])](), *node.ops[1:]])
        if (is_rule or in_models) and isinstance(node, ast.BoolOp):
            for at, one in enumerate(node.values):
                rest = [*node.values[:at], *node.values[at + 1 :]]
                yield one, f"part {at + 1} of a condition is gone", _set(node, "values", rest)
        if in_models and isinstance(node, ast.FunctionDef) and node.name in {"visible_to", "standing", "held", "current"}:
            for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call) and inner.keywords):
                for at, one in enumerate(call.keywords):
                    rest = [*call.keywords[:at], *call.keywords[at + 1 :]]
                    yield call, f"the filter {one.arg} is gone", _set(call, "keywords", rest)


def every_fault() -> list[Fault]:
    """All that can be planted in the guards of the house."""
    files = [path for path in tracked_files() if path.suffix == ".py" and "alongside" in path.parts and "tests" not in path.parts]
    return [fault for path in files for fault in faults_in(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))]


def tried(faults: list[Fault]) -> list[Fault]:
    """Plant each in a copy of the repository and run the tests of its room; gives those that no test missed."""
    with tempfile.TemporaryDirectory(prefix="alongside-faults-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        copies = [_copied(Path(folder) / str(number)) for number in range(AT_ONCE)]
        lots = [faults[number::AT_ONCE] for number in range(AT_ONCE)]
        lived = pool.map(lambda copy, lot: [one for one in lot if lives(one, copy)], copies, lots)
        return [fault for lot in lived for fault in lot]


def _copied(copy: Path) -> Path:
    for path in tracked_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (copy / "build").mkdir(exist_ok=True)
    for made in ("databases", "collected"):
        if (ROOT / "build" / made).exists():
            (copy / "build" / made).symlink_to(ROOT / "build" / made)
    return copy


def lives(fault: Fault, copy: Path) -> bool:
    """Whether the tests of its room, and then those that walk the house, stay green with the fault planted in that copy."""
    file = copy / fault.path
    whole = file.read_bytes()
    file.write_text(fault.source, encoding="utf-8")
    walked = [] if "/rules" in fault.path else [[*WALKED]]
    try:
        return all(_green(where, copy) for where in ([*folders({room_of(fault.path)})], *walked) if where)
    finally:
        file.write_bytes(whole)


def _green(where: list[str], copy: Path) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider"]
    marks = ["-m", "not browser and not nightly and not slow"]
    environment = {**os.environ, "ALONGSIDE_MODE": "test", "PYTHONPATH": str(copy)}
    try:
        done = subprocess.run(
            [*command, *marks, *where], cwd=copy, env=environment, capture_output=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return False  # a rule that never ends is noticed
    return done.returncode == 0


def chosen(count: int, seed: str) -> list[Fault]:
    """So many of all faults, the same for the same seed."""
    faults = every_fault()
    return random.Random(seed).sample(faults, min(count, len(faults)))


if __name__ == "__main__":
    some = chosen(int(sys.argv[1]), sys.argv[2])
    living = tried(some)
    print("\n".join(map(str, living)))
    print(f"{len(some)} faults, {len(living)} of them missed by no test")
