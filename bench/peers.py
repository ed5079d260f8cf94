"""Q1 and Q4: our pages beside pretalx's with its own demo event, both on SQLite behind the same server, in turn, in one run.

pretalx comes from the package registry into an environment of its own, which is thrown away.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import psutil

from alongside.ground.web.server import command
from bench.memory import year_two
from bench.pages import EMPTY, Figure, Reader, middle, served

ROUNDS, SECONDS, READERS = 9, 2.0, 4
LIST = "/p/elthorne-learning-partnership/membership/"
EVENTS, EVENT, SUBMISSIONS = "/orga/event/", "/orga/event/democon/", "/orga/event/democon/submissions/"
NOT_READ = re.compile("logout|democon/schedule/$")  # the editor of the schedule has to be built first
EMAIL, PASSWORD = "organiser@example.org", "reads-all-submissions"
NEEDS = ("pretalx", "faker", "freezegun", f"gunicorn=={version('gunicorn')}")  # its demo event is made with the middle two


@dataclass
class Page:
    """A page, whoever reads it, and what it took in each round: seconds by the clock and of its server's processor time."""

    path: str
    reader: Reader
    server: psutil.Process
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def spent(self) -> float:
        """Processor time of its web processes."""
        web = (one for one in (self.server, *self.server.children(recursive=True)) if "gunicorn" in one.cmdline())
        return sum(sum(one.cpu_times()[:2]) for one in web)

    def read(self) -> None:
        """Several at once ask for it again and again."""
        before, began = self.spent(), time.perf_counter()

        def ask(reader: Reader) -> int:
            count = 0
            while time.perf_counter() < began + SECONDS:
                reader.seconds(self.path)
                count += 1
            return count

        with ThreadPoolExecutor(READERS) as crowd:
            pages = sum(crowd.map(ask, [Reader(self.reader.port, dict(self.reader.cookies)) for _ in range(READERS)]))
        self.clock.append((time.perf_counter() - began) / pages)
        self.processor.append((self.spent() - before) / pages)

    def beside(self, other: "Page") -> str:
        """How many times as fast as another."""
        rounds = [sorted(b / a for a, b in zip(*both, strict=True)) for both in zip(self.times(), other.times(), strict=True)]
        clock, processor = (f"{middle(ratios):.1f} × ({ratios[0]:.1f}–{ratios[-1]:.1f})" for ratios in rounds)
        ours, theirs = (1_000 * middle(page.processor) for page in (self, other))
        return f"{clock}; of processor time {processor}, {ours:.1f} ms and {theirs:.1f} ms"

    def times(self) -> tuple[list[float], list[float]]:
        """Both clocks."""
        return self.clock, self.processor


def installed(folder: Path) -> str:
    """An environment with pretalx in it; gives its Python, or nothing where the registry does not answer."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = str(folder / "bin" / "python")
    pip = subprocess.run([python, "-m", "pip", "install", "--quiet", *NEEDS], capture_output=True, text=True, check=False)
    if pip.returncode:
        why = (pip.stderr.strip() or "no word").splitlines()[-1]
        print(f"Nothing is measured: pretalx did not come from the package registry ({why}).")
    return "" if pip.returncode else python


def seeded(python: str, folder: Path) -> dict[str, str]:
    """Its tables, an organiser and its demo event; gives the surroundings in which it is served."""
    surroundings = {
        **os.environ, "MALLOC_ARENA_MAX": "1", "PRETALX_DEBUG": "False", "PRETALX_SITE_URL": "http://127.0.0.1",
        "PRETALX_DATA_DIR": str(folder), "PRETALX_FILESYSTEM_STATIC": str(folder / "static"),
        "DJANGO_SUPERUSER_EMAIL": EMAIL, "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "PRETALX_INIT_ORGANISER_NAME": "Organiser", "PRETALX_INIT_ORGANISER_SLUG": "organiser",
    }  # fmt: skip
    for words in ("migrate", "collectstatic --noinput", "init --noinput", "create_test_event --seed 1"):
        step = [python, "-m", "pretalx", *words.split()]
        subprocess.run(step, cwd=folder, env=surroundings, check=True, capture_output=True)
    return surroundings


def organiser(port: int) -> Reader:
    """A browser in which pretalx's organiser has signed in."""
    reader = Reader(port)
    reader.ask("/orga/login/")
    form = {"csrfmiddlewaretoken": reader.cookies["pretalx_csrftoken"], "login_email": EMAIL, "login_password": PASSWORD}
    status, _ = reader.ask("/orga/login/", form)
    assert status == 302, f"the organiser could not sign in: {status}"
    return reader


def lightest(reader: Reader) -> str:
    """The organiser's page that takes least, of those to which the list of events and the event's page lead."""
    found = {path for start in (EVENTS, EVENT) for path in re.findall(r'href="?(/orga/[^"\s>#?]*)', reader.ask(start)[1])}
    pages = sorted(path for path in found if not NOT_READ.search(path) and reader.ask(path)[0] == 200)
    return min(pages, key=lambda path: min(reader.seconds(path) for _ in range(7)))


def main() -> list[Figure]:
    """Install, seed, serve both, read in turn."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder, tempfile.TemporaryDirectory(prefix="peers-") as other:
        python = installed(Path(other))
        if not python:
            return []
        theirs, ours = seeded(python, Path(other)), year_two(folder)

        def pretalx(port: int) -> list[str]:
            return [python, *command(f"127.0.0.1:{port}", application="pretalx.wsgi")]

        with served(ours) as (port, _, we), served(theirs, pretalx) as (its_port, _, they):
            manager, boss = Reader(port), organiser(its_port)
            manager.be("manager")
            listed, empty = pages = [Page(path, manager, we) for path in (LIST, EMPTY)]
            submissions, event, light = others = [Page(path, boss, they) for path in (SUBMISSIONS, EVENT, lightest(boss))]
            for page in [*pages, *others] * ROUNDS:
                page.read()
    how = f"{READERS} readers at once, {ROUNDS} rounds in turn, median (least–most); SQLite, one process with four threads each"
    return [
        ("Q4", "the manager's list, year two, beside pretalx's list of submissions (≥ 20 ×)", listed.beside(submissions), how),
        ("Q4", f"the manager's list, year two, beside pretalx's event page {EVENT} (≥ 3 ×)", listed.beside(event), how),
        ("Q1", f"signed-in empty page beside pretalx's lightest organiser page {light.path} (≥ 2 ×)", empty.beside(light), how),
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what}: {figure} ({how})")
