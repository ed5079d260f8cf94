"""`make bench`: runs every benchmark, each in a process of its own, and writes docs/figures.md with the commands.

A benchmark is `python -m bench.<name>`; its `main()` gives (promise, what it says, what was measured, how) for each figure.
"""

import json
import os
import pkgutil
import platform
import subprocess
import sys
import time
from pathlib import Path

import bench

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "figures.md"
MARK = "figures of this benchmark: "
Figure = tuple[str, str, str, str]


def names() -> list[str]:
    """Every benchmark."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))


def run(name: str) -> tuple[list[Figure], int]:
    """One benchmark; gives its figures and its exit code."""
    print(f"\n== python -m bench.{name}", flush=True)
    began, figures = time.monotonic(), []
    program = f"import json; from bench import {name}; print({MARK!r} + json.dumps({name}.main()))"
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or []:
            if line.startswith(MARK):
                figures = [tuple(figure) for figure in json.loads(line.removeprefix(MARK))]
            else:
                print(line, end="", flush=True)
    for promise, what, figure, _ in figures:
        print(f"{promise}: {what}: {figure}")
    print(f"   {time.monotonic() - began:.0f} s", flush=True)
    return figures, process.returncode


def revision() -> str:
    """Which commit this is."""
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "an unknown commit"


def write(rows: list[tuple[Figure, str]]) -> None:
    """docs/figures.md."""
    table = [
        f"| {promise} | {what} | {figure} | {'' if how.startswith('python') else how} | `python -m bench.{name}` |"
        for (promise, what, figure, how), name in sorted(rows, key=lambda row: (row[0][0][0], int(row[0][0][1:]), row[1]))
    ]
    lines = [
        "# Figures",
        "",
        "What we promise, and what was measured. Ratios are taken side by side in one run; absolute times depend on the machine.",
        f"Written by `make bench` on {os.cpu_count()} cores, Python {platform.python_version()}, after commit {revision()}.",
        "",
        "| promise | what it says | measured | how | command |",
        "| --- | --- | --- | --- | --- |",
        *table,
        "",
        "Access cells (promise 1), words that only some may read (2), sealed sequences (3), forms under nonsense (18), headers",
        "and axe (27) and the queries of every page (Q2) are counted by the tests and printed by `make check`, at full numbers",
        "by `make nightly`. Each zero stands beside a planted fault that is caught.",
        "",
    ]
    FIGURES.write_text("\n".join(lines), encoding="utf-8")
    print(f"\n{FIGURES.relative_to(ROOT)}: {len(rows)} figures")


def main() -> int:
    """Run them all, or those that are named."""
    rows, failed = [], []
    for name in sys.argv[1:] or names():
        figures, code = run(name)
        rows += [(figure, name) for figure in figures]
        failed += [name] if code else []
    if not sys.argv[1:]:
        write(rows)
    if failed:
        print(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
