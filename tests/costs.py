"""What tests cost, in processor time: kept by all test processes of a run, added up for each room by the runner.

A second is a second of the machine on which the budgets were set: what a test took is divided by what a fixed piece of
work took in the same run.
"""

import hashlib
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.reading import room_of

ROOM, TEST = 12.0, 1.0  # seconds that the fast tests of a room, and one test, may take
USUAL = 0.0105  # seconds of the fixed piece of work where the budgets were set
AGAIN = 5.0  # seconds of work after which the pace is measured anew
TOO_MUCH = 1.5  # times its budget: a room is run again alone, and then fails
WALKED = "tests"  # what walks all rooms has no room's budget


def work() -> float:
    """Seconds of processor that the fixed piece of work takes here and now."""
    began = time.process_time()
    digest, found = hashlib.sha256(), {}
    for number in range(50_000):
        found[str(number)] = number
        digest.update(b"alongside")
    sum(found[key] for key in sorted(found))
    return time.process_time() - began


class Pace:
    """How much slower this process is than where the budgets were set, looked at again every few seconds."""

    def __init__(self) -> None:
        self.looked, self.slower = -AGAIN, 1.0

    def now(self) -> float:
        """As it is about now."""
        if time.process_time() - self.looked > AGAIN:
            self.slower = min(work() for _ in range(3)) / USUAL
            self.looked = time.process_time()
        return self.slower


PACE = Pace()


class Shared:
    """What is made once for all tests: it is no cost of whichever test comes first."""

    def __init__(self) -> None:
        self.seconds, self.within = 0.0, 0

    @contextmanager
    def made(self, for_all: bool) -> Iterator[None]:
        """Keep what happens inside as everybody's, where it is for all."""
        began, self.within = time.process_time(), self.within + for_all
        try:
            yield
        finally:
            self.within -= for_all
            if for_all and not self.within:
                self.seconds += time.process_time() - began


SHARED = Shared()


@contextmanager
def measured(test: str) -> Iterator[None]:
    """Keep what happens inside as this test's."""
    file = os.environ.get("ALONGSIDE_COSTS")
    if not file or not test:
        yield
        return
    slower = PACE.now()
    began, shared = time.process_time(), SHARED.seconds
    try:
        yield
    finally:
        took = time.process_time() - began - (SHARED.seconds - shared)
        with Path(file).open("a", encoding="utf-8") as kept:
            kept.write(f"{took:.4f}\t{slower:.4f}\t{test}\n")


def read(file: Path) -> dict[str, tuple[float, float]]:
    """What each test took in seconds, here and where the budgets were set."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        seconds, slower, test = line.split("\t", 2)
        found[test] = (float(seconds), float(seconds) / float(slower))
    return found


def by_room(tests: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The sums of each room, the dearest first."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for test, both in tests.items():
        total = sums[room_of(test.split("::")[0]) or WALKED]
        total[0], total[1] = total[0] + both[0], total[1] + both[1]
    return {room: (here, there) for room, (here, there) in sorted(sums.items(), key=lambda one: -one[1][1])}


def too_dear(tests: dict[str, tuple[float, float]]) -> list[str]:
    """The rooms whose tests take more than one and a half times their budget."""
    return [room for room, (_, seconds) in by_room(tests).items() if room != WALKED and seconds > TOO_MUCH * ROOM]


def table(tests: dict[str, tuple[float, float]]) -> list[str]:
    """What each room took, and which single tests are slow, in lines to print."""
    lines = [f"  {'room':16}{'seconds':>9}{'÷ pace':>9}   budget {ROOM:g} s of processor time"]
    for room, (here, there) in by_room(tests).items():
        lines.append(f"  {room:16}{here:9.1f}{there:9.1f}{'   over' if room != WALKED and there > ROOM else ''}")
    slow = sorted(
        ((there, test) for test, (_, there) in tests.items() if there > TEST and room_of(test.split("::")[0])), reverse=True
    )
    return lines + [f"  slow: {seconds:5.1f} s  {test}" for seconds, test in slow]
