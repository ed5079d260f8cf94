"""`python -m tests.sizes` prints what each room weighs: lines of code, files, and files outside that name it."""

import ast
import re
from pathlib import Path

from tests.environment import ROOT
from tests.reading import PACKAGE, tracked_files

BESIDES = {"migrations", "tests", "jinja2", "templates"}  # what a room has besides its files


def code_lines(text: str) -> int:
    """Lines that do something: no blank lines, comments or docstrings."""
    said = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = enumerate(map(str.strip, text.splitlines()), 1)
    return sum(bool(line) and not line.startswith("#") and number not in said for number, line in lines)


def is_product(path: Path) -> bool:
    """Product Python, as its size is promised: no migrations, no tests."""
    return path.suffix == ".py" and path.is_relative_to(PACKAGE) and not BESIDES & set(path.parts)


def room_of(path: Path) -> Path:
    """The app that a file belongs to, however deep it lies; without one, the folder below the package, or the package."""
    above = [folder for folder in path.parents if folder.is_relative_to(PACKAGE)]
    return next((folder for folder in above if (folder / "app.py").exists()), (above[-2:-1] or above)[0])


def sizes() -> list[tuple[str, int, int, int]]:
    """(room, lines of code, files besides `__init__`, files outside that name it) of each room, the largest first."""
    tracked = [path for path in tracked_files() if path.suffix in {".py", ".toml", ".html", ".txt"} and "tests" not in path.parts]
    texts = {path: path.read_text(encoding="utf-8") for path in tracked}
    rooms: dict[Path, list[Path]] = {}
    for path in filter(is_product, tracked):
        rooms.setdefault(room_of(path), []).append(path)
    found = []
    for room, files in rooms.items():
        name = re.compile(rf"\b{re.escape('.'.join(room.relative_to(ROOT).parts))}\b|\"{re.escape(room.name)}\"")
        outside = sum(1 for path, text in texts.items() if room not in path.parents and name.search(text))
        code = sum(code_lines(texts[path]) for path in files)
        found.append((room.name, code, sum(path.name != "__init__.py" for path in files), outside))
    return sorted(found, key=lambda one: -one[1])


if __name__ == "__main__":
    print(f"{'room':<14} {'code':>6} {'files':>6} {'outside':>8}")
    for room, code, files, outside in sizes():
        print(f"{room:<14} {code:>6} {files:>6} {outside:>8}")
    print(f"{'all':<14} {sum(one[1] for one in sizes()):>6} {sum(one[2] for one in sizes()):>6}")
