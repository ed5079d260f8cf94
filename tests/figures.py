"""Figures that tests measure: kept in one file by all test processes, printed at the end of the run."""

import os
import re
from collections.abc import Callable
from pathlib import Path

Figure = Callable[[str, str], None]
COUNTED = re.compile(r"(\d+) (cells|answers|requests|addresses)\b.*?(\d+) (wrong|hits|faults|broken)")


def path() -> Path:
    """Where they are kept during the run."""
    return Path(os.environ["ALONGSIDE_TESTS_VAR"]) / "figures.txt"


def keep(promise: str, words: str) -> None:
    """Keep one figure."""
    with path().open("a", encoding="utf-8") as file:
        file.write(f"{promise}: {words}\n")


def lines() -> list[str]:
    """What was measured, and the sums of what was counted in parts."""
    measured = sorted(path().read_text(encoding="utf-8").splitlines()) if path().exists() else []
    sums: dict[tuple[str, str, str], list[int]] = {}
    for line in measured:
        if found := COUNTED.search(line):
            many = sums.setdefault((line.split(":")[0], found[2], found[4]), [0, 0, 0])
            many[0], many[1], many[2] = many[0] + int(found[1]), many[1] + int(found[3]), many[2] + 1
    totals = [
        f"{of}, in all: {n:,} {what}, {bad} {wrong}" for (of, what, wrong), (n, bad, parts) in sorted(sums.items()) if parts > 1
    ]
    return measured + totals
