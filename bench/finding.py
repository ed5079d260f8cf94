"""Q5: whether search finds what is meant in the whole register, and how long it takes, on both databases. Prints the figures."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.pages import ROOT, Figure, middle

ROUNDS, NAMES, LIMIT = 5, 1_000, 9


def measured() -> dict[str, Any]:
    """What one database, filled here, answers: the shares found first and among five, of names as written too; times in ms."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from alongside.ground.core.standing import VISITOR
    from alongside.members.schools import commands
    from alongside.members.schools.models import Establishment
    from alongside.members.schools.queries import schools
    from alongside.members.schools.tests.test_searches import is_meant, searches

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        commands.load_register(nowhere)
    first = fifth = exact = 0
    took: list[float] = []

    def found(typed: str) -> list[Any]:
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            here = schools.find_schools(typed, viewer=VISITOR, limit=LIMIT)
            times.append(1_000 * (time.perf_counter() - began))
        took.append(min(times))
        return here

    every = searches()
    found("warm")
    took.clear()
    for typed, meant in every:
        right = [is_meant(one, meant) for one in found(typed)]
        first, fifth = first + any(right[:1]), fifth + any(right[:5])
    heads, took = took, []
    names = sorted(Establishment.objects.filter(is_current=True, is_open=True).values_list("name", flat=True))
    for name in random.Random(5).sample(names, NAMES):  # the same each time
        exact += found(name)[0].name == name
    return {
        "database": connection.vendor,
        "first": first / len(every),
        "fifth": fifth / len(every),
        "exact": exact / NAMES,
        "searches": len(every),
        **{
            f"{kind} p{share}": middle(times, share / 100)
            for kind, times in (("heads", heads), ("names", took))
            for share in (50, 90)
        },
    }


def main() -> list[Figure]:
    """Each database in a process of its own."""
    from tests.run import postgresql

    figures = []
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder, postgresql() as url:
        for database in (f"sqlite:///{Path(folder) / 'bench.sqlite3'}", url):
            surroundings = {
                **os.environ, "DATABASE_URL": database, "ALONGSIDE_MODE": "test", "ALONGSIDE_VAR": folder,
                "DJANGO_SETTINGS_MODULE": "alongside.settings",
            }  # fmt: skip
            program = "import json; from bench.finding import measured; print(json.dumps(measured()))"
            done = subprocess.run(
                [sys.executable, "-c", program], cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True
            )
            one = json.loads(done.stdout.splitlines()[-1])
            how = f"{one['database']}, the whole register, {one['searches']} searches, each the best of {ROUNDS}"
            figures += [
                (
                    "Q5",
                    "search finds what heads mean: first ≥ 0.93, among five ≥ 0.99, names as written first 1.0",
                    f"{one['first']:.3f}, {one['fifth']:.3f}, {one['exact']:.3f}",
                    how,
                ),
                (
                    "Q5",
                    "a search as heads type it, and a name as written",
                    f"p50 {one['heads p50']:.1f} ms, p90 {one['heads p90']:.1f} ms; p50 {one['names p50']:.1f} ms, "
                    f"p90 {one['names p90']:.1f} ms",
                    how,
                ),
            ]
    return figures


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what}: {figure} ({how})")
