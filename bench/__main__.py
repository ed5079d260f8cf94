"""`make bench`: runs every benchmark, each in a process of its own, and writes docs/figures.md with the commands.

A benchmark is `python -m bench.<name>`; a line that it prints as `Q7: 14 ms an invoice (≤ 25)` is a figure of that promise.
"""

import os
import pkgutil
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import bench

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "docs" / "figures.md"
PROMISES = {
    "Q1": "signed-in list page of 50 rows out of 24,000 schools ≥ 0.6 × the signed-in empty page, same run",
    "Q2": "queries of every page constant in rows: ≤ 4 for who is asking plus ≤ 6 (pages across apps ≤ 12 in all)",
    "Q3": "16 readers at once: p90 of list and home pages ≤ 50 ms (a light form here: one process, the demonstration's data)",
    "Q4": "the same list page ≥ 20 × pretalx's organiser list (measured apart)",
    "Q5": "search by name, town or postcode ≥ 0.7 × the unfiltered list",
    "Q6": "register import ≤ 12 × parsing with csv, memory flat, second import ≤ 0.5 × and 0 rows written",
    "Q7": "1,000 invoices issued and typeset ≤ 25 ms each",
    "Q15": "first start from a fresh clone ≤ 180 s, later ≤ 10 s; web process ≤ 120 MB",
}
LINE = re.compile(r"^(Q\d+)\b[:\s]*(.+)$")


def names() -> list[str]:
    """Every benchmark."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))


def run(name: str) -> tuple[list[tuple[str, str]], float, int]:
    """One benchmark; gives its figures, its seconds and its exit code."""
    print(f"\n== python -m bench.{name}", flush=True)
    began, figures = time.monotonic(), []
    with subprocess.Popen(
        [sys.executable, "-m", f"bench.{name}"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=dict(os.environ),
    ) as process:
        for line in process.stdout or []:
            print(line, end="", flush=True)
            if match := LINE.match(line.strip()):
                figures.append((match[1], match[2].strip()))
    return figures, time.monotonic() - began, process.returncode


def revision() -> str:
    """Which commit this is."""
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "an unknown commit"


def write(rows: list[tuple[str, str, str]]) -> None:
    """docs/figures.md."""
    lines = [
        "# Figures",
        "",
        "What we promise, and what was measured. Ratios are taken side by side in one run; absolute times depend on the machine.",
        f"Written by `make bench` on {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"after commit {revision()}.",
        "",
        "| promise | what it says | measured | command |",
        "| --- | --- | --- | --- |",
        *(
            f"| {promise} | {PROMISES.get(promise, '')} | {figure} | `python -m bench.{name}` |"
            for promise, figure, name in sorted(rows, key=lambda row: (int(row[0][1:]), row[2]))
        ),
        "",
        "Access cells, canaries, sealed sequences, queries of every page (Q2) and forms under nonsense are counted by the tests and",
        "printed by `make check`, at full numbers by `make nightly`; each zero stands beside a planted fault that is caught.",
        "",
    ]
    FIGURES.write_text("\n".join(lines), encoding="utf-8")
    print(f"\n{FIGURES.relative_to(ROOT)}: {len(rows)} figures")


def main() -> int:
    """Run them all, or those that are named."""
    rows, failed = [], []
    for name in sys.argv[1:] or names():
        figures, seconds, code = run(name)
        print(f"   {seconds:.0f} s", flush=True)
        rows += [(promise, figure, name) for promise, figure in figures]
        failed += [name] if code else []
    if not sys.argv[1:]:
        write(rows)
    print(f"failed: {', '.join(failed)}" if failed else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
