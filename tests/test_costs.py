"""What tests cost is kept, added up for each room, and a room that is far above its budget is seen."""

from pathlib import Path

import pytest

from tests import costs, share

FEES, HOME = "alongside/money/fees/tests/test_x.py::test_", "alongside/across/home/tests/test_x.py::test_"


def test_a_room_far_above_its_budget_is_caught() -> None:
    dear = {f"{FEES}{number}": (1.0, 1.0) for number in range(20)}
    assert costs.too_dear(dear | {f"{HOME}1": (13.0, 13.0)}) == ["fees"]
    assert "over" in "\n".join(costs.table({f"{HOME}1": (13.0, 13.0)}))


def test_a_slow_machine_makes_no_room_dear() -> None:
    assert not costs.too_dear({f"{FEES}1": (40.0, 10.0)})


def test_what_walks_every_room_has_no_rooms_budget() -> None:
    assert not costs.too_dear({"tests/test_access.py::test_x": (100.0, 100.0)})


def test_what_a_test_costs_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_COSTS", str(tmp_path / "costs"))
    with costs.measured(f"{FEES}1"):
        costs.work()
    with costs.measured(""):
        costs.work()
    assert list(costs.read(tmp_path / "costs")) == [f"{FEES}1"]


def test_the_parts_together_are_everything_and_nothing_twice() -> None:
    names = [f"{FEES}{number}" for number in range(200)]
    parts = [[name for name in names if share.is_in(name, f"{number}/4")] for number in range(1, 5)]
    assert sorted(name for part in parts for name in part) == sorted(names) and all(len(part) > 20 for part in parts)
    assert all(share.is_in(name, "") for name in names)


def test_what_is_made_for_all_is_nobodys_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_COSTS", str(tmp_path / "costs"))
    with costs.measured(f"{FEES}1"), costs.SHARED.made(True), costs.SHARED.made(True):
        costs.work()
    with costs.measured(f"{FEES}2"), costs.SHARED.made(False):
        costs.work()
    found = costs.read(tmp_path / "costs")
    assert found[f"{FEES}1"][0] < costs.USUAL / 10 < found[f"{FEES}2"][0]
