"""What has changed since all tests were last green here, and which rooms that touches.

A green run leaves the fingerprint of every file under `build/`. Where there is none, as in a fresh clone, everything has
changed. Where rooms are listed, a new line touches its room and the next one, not every room: `tests/` looks at the lists.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from tests.environment import ROOT
from tests.reading import room_of, tracked_files

GREEN = ROOT / "build" / "green"  # one file for each speed: what `make test` found green, `make check` has not tried
EVERY_ROOM = "*"
GROUND = {path.name for path in (ROOT / "alongside" / "ground").iterdir() if path.is_dir()}
ALWAYS = {"home", "keeping", "notices"}  # they walk what every room declares
WORDS = {".md", ".png", ".svg"}
LISTS = {  # where rooms are listed, beside what touches all of them
    "alongside/settings.py": re.compile(r"^OUR_APPS = \[.*?^\]", re.M | re.S),
    "pyproject.toml": re.compile(r"^\[tool\.importlinter\].*?^\[tool\.(?=bandit)", re.M | re.S),
}
Prints = Mapping[str, str]


def prints() -> dict[str, str]:
    """Every file of the repository, as it is now."""
    found = {str(path.relative_to(ROOT)): path.read_bytes() for path in tracked_files()}
    for name, lists in LISTS.items():
        found |= without_lists(name, found[name].decode(), lists)
    return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def without_lists(name: str, text: str, lists: re.Pattern[str]) -> dict[str, bytes]:
    """A file without its lists, its lists, and for each room that one names in full what stands before it."""
    listed = "".join(lists.findall(text))
    rooms = pairwise(["", *re.findall(r'"(alongside\.\w+\.\w+)",', listed)])
    before = {f"{room.replace('.', '/')}/#listed": one.encode() for one, room in rooms}
    return {name: lists.sub("", text).encode(), f"{name}#lists": listed.encode(), **before}


def changed(now: Prints, then: Prints | None) -> set[str]:
    """Files that came, went or changed; all of them where nothing was green before."""
    return set(now) if then is None else {path for path in {*now, *then} if now.get(path) != then.get(path)}


def since_green(now: Prints, speed: str) -> set[str]:
    """What changed here since the last green run at that speed; everything where there was none."""
    kept = GREEN / f"{speed}.json"
    return changed(now, json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else None)


def keep_green(now: Prints, speed: str) -> None:
    """All tests of that speed pass with these files."""
    GREEN.mkdir(parents=True, exist_ok=True)
    (GREEN / f"{speed}.json").write_text(json.dumps(now), encoding="utf-8")


def swept(now: Prints) -> str:
    """The rooms whose forms `make check` has everybody send; in a fresh clone, which knows of no change, those at the edge do."""
    if not (GREEN / "check.json").exists():
        return ""
    touched = rooms(since_green(now, "check"))
    return EVERY_ROOM if touched is None else " ".join(sorted(touched))


def rooms(paths: Iterable[str]) -> set[str] | None:
    """The rooms whose tests may tell something new; None for all of them."""
    files = {path for path in paths if not path.endswith("#lists")}
    code = {path for path in files if Path(path).suffix not in WORDS or path.startswith("frontend/")}
    direct = {room_of(path) for path in code}
    if direct & {"", *GROUND}:
        return None
    return direct | standing_on(code) | ALWAYS


def standing_on(paths: Iterable[str]) -> set[str]:
    """The rooms that import one of these files, directly or through others; of what is no Python, its whole room counts."""
    import grimp

    graph = grimp.build_graph("alongside", cache_dir=str(ROOT / "build" / "imports"))
    found = set()
    for path in paths:
        name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        of_room = name not in graph.modules
        while name not in graph.modules and "." in name:
            name = name.rpartition(".")[0]
        found |= graph.find_downstream_modules(name, as_package=of_room)
    return {room_of(f"{module.replace('.', '/')}.py") for module in found} - {""}


def folders(wanted: set[str]) -> list[str]:
    """Where the tests of these rooms lie."""
    found = sorted(path.relative_to(ROOT) for path in (ROOT / "alongside").rglob("tests") if path.is_dir())
    return [str(path) for path in found if room_of(path / "x") in wanted]
