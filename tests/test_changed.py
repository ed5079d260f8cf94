"""`make test` leaves out only what a change cannot have touched."""

from pathlib import Path

import pytest

from tests import changed
from tests.environment import ROOT
from tests.reading import place_of, room_of


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("alongside/money/fees/queries/due.py", "fees"),
        ("alongside/money/fees/queries/due.py", "fees"),
        ("alongside/money/fees/jinja2/fees/page.html", "fees"),
        ("alongside/settings.py", ""),
        ("alongside/money/__init__.py", ""),
        ("tests/run.py", ""),
    ],
)
def test_a_file_stands_in_a_room(path: str, room: str) -> None:
    assert room_of(path) == room


def test_a_wing_is_no_room() -> None:
    assert place_of("alongside.money.fees.rules") == place_of("alongside.money.fees.rules") == ["fees", "rules"]
    assert place_of("alongside.ground.core.money") == ["core", "money"]


@pytest.mark.parametrize("name", ["clock.py", "settings.py", "urls.py"])
def test_what_all_stand_on_touches_every_room(name: str) -> None:
    paths = [str(path.relative_to(ROOT)) for path in (ROOT / "alongside").rglob(name)]
    shared = [path for path in paths if room_of(path) in {"", *changed.GROUND}]
    assert shared and all(changed.rooms([path]) is None for path in shared)


@pytest.mark.parametrize("path", ["tests/run.py", "conftest.py", "frontend/alongside.scss", "requirements.lock", "Makefile"])
def test_what_stands_outside_the_rooms_touches_every_room(path: str) -> None:
    assert changed.rooms([path]) is None


def test_a_change_touches_its_room_and_those_that_stand_on_it() -> None:
    asked = [str(path.relative_to(ROOT)) for path in (ROOT / "alongside").rglob("queries/*.py")]
    found = changed.rooms([path for path in asked if room_of(path) == "fees"])
    assert found and {"fees", "home", "keeping", "notices"} <= found and "membership" not in found


def test_a_new_room_in_the_lists_touches_itself_and_its_neighbour() -> None:
    name, lists = "alongside/settings.py", changed.LISTS["alongside/settings.py"]
    text = (ROOT / name).read_text(encoding="utf-8")
    line = '    "alongside.money.budget",\n'
    assert text.count(line) == 1
    then, now = (changed.without_lists(name, one, lists) for one in (text.replace(line, ""), text))
    touched = {path for path in {*then, *now} if then.get(path) != now.get(path)}
    assert {room_of(path) for path in touched} == {"", "budget", "fees"} and name not in touched
    assert changed.rooms(touched) is not None and changed.rooms({*touched, name}) is None
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    then, now = (
        changed.without_lists("pyproject.toml", one, changed.LISTS["pyproject.toml"])
        for one in (contracts.replace('"budget",', '"(budget)",'), contracts)
    )
    assert {path for path in now if then[path] != now[path]} == {"pyproject.toml#lists"}
    assert changed.rooms(["pyproject.toml#lists"]) == changed.ALWAYS


def test_words_alone_touch_only_what_walks_everything() -> None:
    assert changed.rooms(["README.md", "docs/words.md"]) == changed.ALWAYS


def test_without_a_green_run_everything_has_changed() -> None:
    now = {"a.py": "1", "b.py": "2"}
    assert changed.changed(now, None) == {"a.py", "b.py"}
    assert changed.changed(now, {"a.py": "1", "b.py": "0", "c.py": "3"}) == {"b.py", "c.py"}


def test_each_speed_remembers_what_it_found_green_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changed, "GREEN", tmp_path)
    now = changed.prints()
    assert changed.swept(now) == "", "a fresh clone knows of no change"
    changed.keep_green({**now, "alongside/ground/core/money.py": "other"}, "check")
    changed.keep_green(now, "test")
    assert changed.swept(now) == changed.EVERY_ROOM, "what all stand on has changed since the last check"
    changed.keep_green({**now, "alongside/members/contributions/views.py": "other"}, "check")
    assert "contributions" in changed.swept(now).split()
