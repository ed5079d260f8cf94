"""Q6: what importing the national register takes, beside parsing the same file with csv. Prints the figures."""

import csv
import gzip
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
REGISTER = ROOT / "data" / "register" / "edubase_establishments_20231116_slim.csv.gz"
Figure = tuple[str, str, str, str]


def best(work: Callable[[], Any], times: int = 5) -> float:
    """The least processor time of some runs: others who use the machine disturb that least."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def parse() -> int:
    """Every row of the file as a list of cells, in memory."""
    with gzip.open(REGISTER) as packed:
        return len(list(csv.reader(io.TextIOWrapper(packed, "cp1252", newline=""))))


def skim() -> int:
    """Every row as a list of cells that is thrown away at once."""
    with gzip.open(REGISTER) as packed:
        return sum(1 for _ in csv.reader(io.TextIOWrapper(packed, "cp1252", newline="")))


def times_as_long(copies: int, folder: Path) -> Path:
    """The same file with so many times the rows, under other URNs."""
    with gzip.open(REGISTER) as packed:
        rows = list(csv.reader(io.TextIOWrapper(packed, "cp1252", newline="")))
    path = folder / f"edubase20231116_{copies}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        for copy in range(copies):
            writer.writerows([str(int(row[0]) + 1_000_000 * (copy + 1)), *row[1:]] for row in rows[1:])
    return path


def memory_of(path: Path) -> float:
    """The most memory, in MB, that a fresh process takes to rehearse the import of a file."""
    code = (
        "import resource, sys, django; django.setup()\n"
        "from alongside.ground.core.standing import Standing; from alongside.members.schools.actions import importing\n"
        "importing.import_schools(sys.argv[1], dry_run=True, by=Standing.system())\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True, cwd=ROOT, env=os.environ
    )
    return float(done.stdout)


def main() -> list[Figure]:
    """Measure on a database of its own."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    os.environ.update(ALONGSIDE_MODE="demo", ALONGSIDE_VAR=str(folder), DJANGO_SETTINGS_MODULE="alongside.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from alongside.ground.core.standing import Standing
    from alongside.members.schools.actions import importing

    by = Standing.system()
    call_command("migrate", verbosity=0)
    importing.import_schools(REGISTER, dry_run=True, by=by)  # warm: modules, connection, the file in memory

    def fresh() -> None:
        with transaction.atomic():
            importing.import_schools(REGISTER, by=by)
            transaction.set_rollback(True)

    rounds = [
        (best(parse, 3), best(skim, 3), best(fresh, 1)) for _ in range(5)
    ]  # in turn, so that a busy machine is busy for all
    parsing, skimming, first = (min(one) for one in zip(*rounds, strict=True))
    importing.import_schools(REGISTER, by=by)
    second = best(lambda: importing.import_schools(REGISTER, by=by), 3)
    written = importing.import_schools(REGISTER, by=by).written
    call_command("flush", verbosity=0, interactive=False)
    one, four = memory_of(times_as_long(1, folder)), memory_of(times_as_long(4, folder))
    how = (
        f"{connection.vendor}, processor time, 50,515 rows with their index, best of 5 in turn with csv on the same gzipped file"
    )
    return [
        (
            "Q6",
            "first import",
            f"{first / parsing:.1f} × list(csv.reader) ({first / skimming:.1f} × when its rows are thrown away), {first:.1f} s",
            how,
        ),
        ("Q6", "second import of the same file", f"{second / first:.2f} × the first, {written} rows written", how),
        ("Q6", "memory", f"{one:.0f} MB for 50,515 rows, {four:.0f} MB for 202,060", "most memory of a fresh process"),
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what} {figure} ({how})")
    sys.stderr.write(f"peak of the bench itself {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB\n")
