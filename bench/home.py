"""Home with the questions of forty rooms: processor time of a page, and what each kind of viewer keeps. Prints the figures."""

import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from itertools import cycle, islice
from typing import Any

from bench.memory import PERSONAS, YEAR_TWO
from bench.pages import ROOT, Figure, middle

PARTS, ROUNDS, KINDS = 40, 60, 30


def main() -> list[Figure]:
    """Measure on the demonstration's second year, with today's questions repeated until they are forty."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        os.environ.update(ALONGSIDE_MODE="demo", ALONGSIDE_VAR=folder, DJANGO_SETTINGS_MODULE="alongside.settings")
        for words in (["-m", "alongside", "demo", "--no-serve"], ["-c", YEAR_TWO]):
            subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True)
        return measured()


def measured() -> list[Figure]:
    """The figures, in the database that is there."""
    import django

    django.setup()
    from django.db import connection

    from alongside.across.demo.queries import state
    from alongside.across.demo.rules import Persona, Stage
    from alongside.across.home.queries.needs_and_dates import needs_of
    from alongside.ground.core import clock
    from alongside.ground.core.standing import OPENS, Held, Post, Standing
    from alongside.ground.web import compiled, declared
    from alongside.members.people.queries.roles import standing_of

    today = declared.gathered

    def forty(name: str, **facts: Any) -> list[Any]:
        return list(islice(cycle(today(name, **facts)), PARTS))

    people = {one: state.persona_person(Persona(one), viewer=Standing.system()) for one in PERSONAS}
    with clock.offset(Stage.YEAR_TWO.begins_at - clock.now()):
        viewers = [standing_of(person) for person in people.values() if person]
        times: dict[str, list[float]] = {}
        for name, ask in (("today", today), ("forty", forty)):
            declared.gathered, times[name] = ask, []
            compiled.question.cache_clear()
            for turn in range(ROUNDS + 1):
                for viewer in viewers:
                    began = time.process_time()
                    needs_of(viewer=viewer)
                    times[name] += [1_000 * (time.process_time() - began)] if turn else []
        declared.gathered = forty
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        for number in range(KINDS):
            roles = frozenset(Held(Post.HEAD, school=f"school {at}", opens=OPENS[Post.HEAD]) for at in range(number + 1))
            needs_of(viewer=Standing(person="somebody", roles=roles))
        kept = (tracemalloc.get_traced_memory()[0] - before) / KINDS / 1024
    return [
        (
            "Q3",
            f"what needs somebody, asked in {PARTS} parts as by as many rooms ≤ 6 ms; memory flat in kinds of viewers",
            f"{middle(times['forty']):.1f} ms; {middle(times['today']):.1f} ms in today's parts; {kept:.0f} KB kept a kind",
            f"{connection.vendor}, processor time, year two, median of {ROUNDS} for each of {len(viewers)} people; {KINDS} kinds",
        )
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what}: {figure} ({how})")
