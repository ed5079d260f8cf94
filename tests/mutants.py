"""Guards taken out, one at a time: each such fault must be missed by no test of its room (promise 5).

`python -m tests.mutants 40 7` plants 40 faults, chosen by the seed 7, and prints those that live; `all` plants every one, and
words after the seed keep those that have one of them in their path or name. It ends red where more than one in twenty lives.

Two processes share the rooms. Each runs its tests once, noting which ask which guard; then for each fault, in a fork with the
fault in it, those that ask its guard, the cheapest first, until one fails: for a rule its own room's, for who may and who sees
also those that walk the house. Only a test kills that fails, and is green in a fork without a fault; or that uses up many
times the processor time of all. Faults go into functions and declarations that are loaded, so that none breaks at import and
counts for killed. Each process plants also a fault that changes nothing: where that is killed, nothing that was killed counts.
"""

import builtins
import gc
import os
import pickle
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from tests.changed import folders
from tests.databases import switch
from tests.environment import ROOT
from tests.faults import OF_TABLES, Fault, every_fault, telling
from tests.planting import Living, module_of, typeset_apart
from tests.reading import room_of

AT_ONCE = int(os.environ.get("AT_ONCE", "2"))
MAY_LIVE = 0.05
WALKED = ("tests/test_scopes.py", "tests/test_sealed.py", "tests/test_access.py")  # who sees and who may: the whole house asks
ARGUMENTS = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not browser and not nightly and not slow"]


def failed(item: pytest.Item, following: pytest.Item) -> bool:
    """Run one test."""
    return any(report.failed for report in runtestprotocol(item, nextitem=following, log=False))


class Forks:
    """Runs what pytest collected once, to see which tests ask which guard; then each fault in forks."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults, self.noticed, self.asked = faults, set[Fault](), set[str]()
        self.asks: dict[str, dict[pytest.Item, float]] = {}  # by the guard's place: the tests, with their seconds
        self.steady: dict[pytest.Item, bool] = {}
        self.databases: Any = None

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        """Know the databases, of which each fork takes copies."""
        made = yield
        if fixturedef.argname == "test_databases":
            self.databases = made
        return made

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of the tests: the tests once, then the faults."""
        vars(builtins)["__asked__"] = self.asked.add
        paths = {fault.path for fault in self.faults} | {OF_TABLES.partition(":")[0]}
        list(map(module_of, paths))
        self.living = Living()
        for path in paths:
            self.living.put(path, telling(path))
        for item, following in zip(session.items, [*session.items[1:], session.items[0]], strict=True):
            self.living.forget()  # or only the first to ask would be known to ask
            self.asked.clear()
            began = time.monotonic()
            if failed(item, following):
                print(f"\n{item.nodeid} is red without a fault", flush=True)
                continue
            for place in self.asked:
                self.asks.setdefault(place, {})[item] = time.monotonic() - began
        gc.freeze()  # what forks share is not copied by tidying up
        self.noticed |= {fault for fault in self.faults if self.is_noticed(fault)}
        return True

    def is_noticed(self, fault: Fault) -> bool:
        """Whether a test that asks this guard, and is green in a fork without it, fails with the fault."""
        seconds = {one: took for one, took in self.asks.get(fault.place, {}).items() if concerns(fault, one)}
        asking = sorted(seconds, key=lambda one: ("stored" in one.keywords, seconds[one]))
        while asking:
            limit = 30 + 5 * int(sum(seconds[one] for one in asking))
            first = self.fork(asking, fault, limit)
            if first is None:
                return False
            one = asking[first]
            if one not in self.steady:
                self.steady[one] = self.fork([one], None, limit) is None
            if self.steady[one]:
                return True
            asking = asking[first + 1 :]
        return False

    def fork(self, items: list[pytest.Item], fault: Fault | None, limit: int) -> int | None:
        """Which of these tests is the first to fail in a fork, or to use up so many seconds of the processor."""
        switch("")
        reading, writing = os.pipe()
        if not (child := os.fork()):
            try:
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 9))
                signal.alarm(20 * limit)  # what only sleeps is not noticed
                self.in_fork(items, fault, writing)
                os._exit(0)
            finally:
                os._exit(1)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading, "rb") as told:
            said = told.read()
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise RuntimeError(f"{fault} cannot be planted")
        is_over = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
        return said.count(b".") - 1 if is_over or said.endswith(b"F") else None

    def in_fork(self, items: list[pytest.Item], fault: Fault | None, writing: int) -> None:
        """Say "." before each test, and "F" after the one that failed."""
        self.living.in_fork()
        if self.databases:
            self.databases.in_fork()
        if fault:
            self.living.put(fault.path, fault.planted())
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            os.write(writing, b".")
            if failed(item, following):
                os.write(writing, b"F")
                break
        if self.databases:
            self.databases.close()


def concerns(fault: Fault, item: pytest.Item) -> bool:
    """Whether the test is to notice the fault: one of its room, or one that walks the house."""
    file = item.nodeid.split("::")[0]
    return room_of(file) == room_of(fault.path) or (file in WALKED and not fault.is_rule)


def in_forks(faults: list[Fault]) -> set[Fault]:
    """Those of the faults that a test noticed."""
    typeset_apart()
    forks = Forks(faults)
    walked = [] if all(fault.is_rule for fault in faults) else WALKED
    if said := pytest.main([*ARGUMENTS, *folders({room_of(fault.path) for fault in faults}), *walked], plugins=[forks]):
        raise RuntimeError(f"The tests could not be collected: {said!r}")
    return forks.noticed


def tried(lot: list[Fault]) -> set[Fault]:
    """Those of a lot that were noticed, tried in a process of its own beside one that changes nothing."""
    twin = replace(lot[0], number=-1, what="nothing is changed")
    with TemporaryDirectory(prefix="alongside-faults-") as folder:
        kept = Path(folder) / "lot"
        kept.write_bytes(pickle.dumps([*lot, twin]))
        whole = {**os.environ, "ALONGSIDE_PART": "", "ALONGSIDE_SPEED": "test"}  # a part of the tests would miss too much
        subprocess.run([sys.executable, "-m", "tests.mutants", "lot", str(kept)], cwd=ROOT, env=whole, check=True)
        noticed: set[Fault] = pickle.loads(kept.read_bytes())
    if twin in noticed:
        raise RuntimeError(f"{twin} and yet a test noticed it")
    return noticed


def living(faults: list[Fault]) -> list[Fault]:
    """Those that no test noticed; the rooms are shared by so many processes at once."""
    rooms = [room for room, _ in Counter(room_of(fault.path) for fault in faults).most_common()]
    lots = [[fault for fault in faults if room_of(fault.path) in rooms[at::AT_ONCE]] for at in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        noticed = set[Fault]().union(*pool.map(tried, filter(None, lots)))
    return [fault for fault in faults if fault not in noticed]


def chosen(count: str, seed: str, *words: str) -> list[Fault]:
    """So many of all faults, the same for the same seed."""
    faults = [fault for fault in every_fault() if not words or any(word in str(fault) for word in words)]
    return faults if count == "all" else random.Random(seed).sample(faults, min(int(count), len(faults)))


def main(words: list[str]) -> int:
    """Plant what is asked for; 1 where more of it lives than may."""
    if words[0] == "lot":
        kept = Path(words[1])
        kept.write_bytes(pickle.dumps(in_forks(pickle.loads(kept.read_bytes()))))
        return 0
    faults = chosen(*words)
    return verdict(faults, living(faults))


def verdict(faults: list[Fault], missed: list[Fault]) -> int:
    """Print those that live; 1 where they are more than may."""
    print("\n".join(sorted(map(str, missed))))
    print(f"{len(faults)} guards taken out, {len(missed)} of them missed by no test")
    return int(len(missed) > MAY_LIVE * len(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
