"""No check looks past the code: each says how much it saw, and a fault planted in a real room is caught.

A pattern that fits no module any more (after a move, say) finds no fault either, and would be green for ever.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tests.environment import ROOT
from tests.figures import Figure
from tests.reading import PACKAGE, Module, modules, place_of, templates

LEAST = {"rules": 50, "permissions": 12, "models": 18, "queries": 50, "actions": 55, "forms": 15, "views": 30, "urls": 10}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]


def unreached(names: list[str]) -> list[str]:
    """Which patterns of the configuration fit nothing: import contracts, mypy's overrides, ruff's globs."""
    found = []
    for pattern in [one for contract in CONTRACTS for one in contract.get("source_modules", []) + contract.get("containers", [])]:
        found += [pattern] if not fitting(pattern, names) else []
    for override in PROJECT["tool"]["mypy"]["overrides"]:
        ours = [override["module"]] if isinstance(override["module"], str) else override["module"]
        found += [one for one in ours if one.startswith(("alongside", "*")) and not fitting(one, names, deep=True)]
    for pattern in PROJECT["tool"]["ruff"]["lint"]["per-file-ignores"]:
        found += [pattern] if not any(ROOT.glob(pattern)) else []
    return found


def fitting(pattern: str, names: list[str], deep: bool = False) -> list[str]:
    """The modules that a pattern fits: * is one word, or any number of them where it is deep."""
    words = re.escape(pattern).replace(r"\*\*", r"[\w.]+").replace(r"\*", r"[\w.]+" if deep else r"\w+")
    return [name for name in names if re.fullmatch(words, name)]


def layers(found: list[Module]) -> dict[str, int]:
    """How many modules stand in each layer."""
    return {layer: sum(one.layer == layer for one in found) for layer in LEAST}


def test_every_check_reaches_the_code(figure: Figure) -> None:
    found = modules()
    seen = layers(found)
    figure("reach", ", ".join(f"{count} of {layer}" for layer, count in seen.items()) + f", {len(templates())} templates")
    assert not [layer for layer, least in LEAST.items() if seen[layer] < least]
    assert len(templates()) > 150
    assert {one.room for one in found if one.layer} == set(settings.OUR_APPS) | {"alongside.ground.core"}
    assert not unreached([one.name for one in modules(tests=True)])


def test_a_pattern_that_fits_nothing_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONTRACTS[0], "source_modules", ["alongside.*.rules"])
    assert unreached([one.name for one in modules()]) == ["alongside.*.rules"]


def without_place(rooms: list[str]) -> list[str]:
    """The rooms whose wing's contract does not give them a place in its order."""
    placed = {
        f"{wing}.{room}"
        for contract in CONTRACTS
        if contract["type"] == "layers"
        for wing in contract["containers"]
        for layer in contract["layers"]
        for room in re.split(r"\s*[|:]\s*", layer)
    }
    return [room for room in rooms if room not in placed]


def test_every_room_has_its_place_in_its_wing() -> None:
    assert not without_place(settings.OUR_APPS), "give it its place among `layers` of its wing’s contract in pyproject.toml"
    assert without_place([*settings.OUR_APPS, "alongside.services.planted"]) == ["alongside.services.planted"]


def test_a_module_is_of_its_room() -> None:
    assert place_of("alongside.money.fees.views.bank") == ["fees", "views", "bank"]
    assert (place_of("alongside.settings"), place_of("alongside.money")) == (["settings"], [])


PLANTED = {  # contract → where the fault is planted, and the fault
    "Wings stand on each other": ("ground/audit/queries.py", "import alongside.across.home.rules"),
    "Rooms of members": ("members/schools/rules.py", "import alongside.members.people.rules"),
    "Rooms of money": ("money/invoices/rules/papers.py", "import alongside.money.fees.rules"),
    "Rooms of deciding": ("deciding/parties/__init__.py", '"""A room in no contract."""'),
    "Rooms of across": ("across/home/rules/search.py", "import alongside.across.keeping.rules"),
    "Rooms of ground": ("ground/parties/__init__.py", '"""A room in no contract."""'),
    "Inside an app": ("members/people/models/people.py", "import alongside.members.people.views"),
    "core, rules and permissions know nothing of Django": ("money/bank/rules/reading.py", "import django.db"),
}


@pytest.mark.slow
def test_a_fault_planted_in_a_real_room_breaks_its_contract(tmp_path: Path) -> None:
    assert all(any(contract["name"].startswith(name) for name in PLANTED) for contract in CONTRACTS)
    shutil.copytree(PACKAGE, tmp_path / "alongside", ignore=shutil.ignore_patterns("__pycache__", "jinja2", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for where, fault in PLANTED.values():
        path = tmp_path / "alongside" / where
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + f"\n{fault}\n", encoding="utf-8")
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    said = re.sub(r"\s+", " ", said)
    assert not [name for name in PLANTED if not re.search(re.escape(name) + r"[^.]*? BROKEN", said)], said[-3000:]
