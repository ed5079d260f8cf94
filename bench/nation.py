"""Q3 and Q16: lists and home pages of a whole country on PostgreSQL, read by sixteen at once, by one process and by two."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench.pages import ROOT, Figure, middle

EACH, PAUSE = 5, 1.0
SECRET = "bench-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"
PAGES = (
    "/schools/?state=open",
    "/me/",
    "/me/account/",
    "/me/calendar/",
    "/me/notices/",
    "/search/?q=academy",
    "/p/{slug}/overview/",
    "/p/{slug}/year/",
    "/p/{slug}/membership/",
    "/p/{slug}/membership/questions/",
    "/p/{slug}/schools/",
    "/p/{slug}/people/",
    "/p/{slug}/give-and-receive/",
    "/p/{slug}/notices/",
    "/p/{slug}/calendar/",
    "/p/{slug}/fees/",
    "/p/{slug}/papers/",
)


@dataclass
class Reader:
    """One browser with one connection kept open, so light that sixteen in one process take next to nothing from the pages:
    it reads an answer's status and length and its bytes, and no more."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path: str) -> tuple[int, str]:
        """Ask for a page and read all of it; gives its status and where it leads on."""
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {said}\r\n\r\n".encode("latin-1"))
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        length, onward = None, ""
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "location":
                onward = value
            elif name.lower() == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
        assert length is not None, f"{path}: an answer without its length"
        read = len(body)
        while read < length:
            read += len(self._more())
        return int(lines[0].split()[1]), onward

    def seconds(self, path: str) -> float:
        """How long a page takes, from the question until its last byte; whoever has one partnership is led on to it."""
        began = time.perf_counter()
        status, onward = self.ask(path)
        if status == 302 and onward.endswith("/overview/"):
            status, onward = self.ask(onward)
        took = time.perf_counter() - began
        assert status == 200, f"{path}: {status} {onward}"
        return took

    def _more(self) -> bytes:
        part = self.line.recv(262_144)
        if not part:
            raise ConnectionError("the connection was closed")
        return part


@contextmanager
def served(surroundings: dict[str, str], workers: int) -> Iterator[int]:
    """The pages served by so many web processes, with as many for the work behind them; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    program = [sys.executable, "-m", "alongside"]
    web = [*program, "serve", "--port", str(port), "--workers", str(workers)]
    started = [subprocess.Popen(web, cwd=ROOT, env=surroundings)]
    try:
        while True:
            assert started[0].poll() is None, "the pages are not served"
            try:
                Reader(port).ask("/cookies/")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        for process in started:
            below = psutil.Process(process.pid).children(recursive=True)
            process.terminate()
            process.wait(20)
            psutil.wait_procs(below, 10)


def read(port: int, managers: list[tuple[str, str]], pause: float, each: int = EACH) -> tuple[dict[str, list[float]], float]:
    """Every reader opens every page, so many times, with a pause after each; gives the times by page, and the whole."""

    def one(place: int) -> dict[str, list[float]]:
        cookie, slug = managers[place]
        reader, took = Reader(port, {"alongside": cookie}), {page: [] for page in PAGES}
        for turn in range(each):
            for at in range(len(PAGES)):
                page = PAGES[(at + place + turn) % len(PAGES)]
                took[page].append(reader.seconds(page.format(slug=slug)))
                time.sleep(pause)
        return took

    began = time.perf_counter()
    with ThreadPoolExecutor(len(managers)) as crowd:
        heaps = list(crowd.map(one, range(len(managers))))
    whole = time.perf_counter() - began
    return {page: [took for heap in heaps for took in heap[page]] for page in PAGES}, whole


def sessions(people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(session cookie, slug) of each manager, signed in with the second factor."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from alongside.ground.web.addresses import PROVEN
    from alongside.members.people.models import Person

    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    found = []
    for pk, slug in people:
        session = store()
        session.update(
            {
                SESSION_KEY: pk,
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: Person.objects.get(pk=pk).get_session_auth_hash(),
                PROVEN: time.time(),
            }
        )
        session.save()
        found.append((session.session_key, slug))
    return found


def main() -> list[Figure]:
    """Fill a PostgreSQL of its own, serve it, read it."""
    from tests.run import postgresql

    subprocess.run(["make", "--silent", "build/collected/.ready"], cwd=ROOT, check=True)
    folder = Path(tempfile.mkdtemp(prefix="alongside-bench-"))
    with postgresql() as url:
        surroundings = {
            **os.environ, "DATABASE_URL": url, "ALONGSIDE_MODE": "production", "ALONGSIDE_SECRET_KEY": SECRET,
            "ALONGSIDE_TLS": "off", "ALONGSIDE_VAR": str(folder), "ALONGSIDE_ADDRESS": "http://127.0.0.1",
        }  # fmt: skip
        os.environ.update(surroundings, DJANGO_SETTINGS_MODULE="alongside.settings")
        import django

        django.setup()
        from bench._nation import LARGE, PARTNERSHIPS, PEOPLE, populate

        began = time.perf_counter()
        managers = sessions(populate())
        print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
        from django.db import connection

        connection.close()
        rates, figures = {}, []
        for workers in (1, 2):
            with served(surroundings, workers) as port:
                read(port, managers, 0, 1)  # everything loaded and planned once
                _, whole = read(port, managers, 0)
                rates[workers] = len(managers) * EACH * len(PAGES) / whole
                if workers == 2:
                    took, _ = read(port, managers, PAUSE)
                    every = [one for times in took.values() for one in times]
                    slowest = max(took, key=lambda page: middle(took[page], 0.9))
                    figures.append(
                        (
                            "Q3",
                            f"16 readers at once, 24,000 schools, {PARTNERSHIPS:,} partnerships, {PEOPLE:,} people: p90 of every "
                            "list and home page ≤ 50 ms",
                            f"p90 {1_000 * middle(every, 0.9):.0f} ms, p50 {1_000 * middle(every):.0f} ms; slowest page "
                            f"{slowest} p90 {1_000 * middle(took[slowest], 0.9):.0f} ms",
                            f"PostgreSQL, two processes; managers of {LARGE} schools, a page a second each: {len(every)} pages",
                        )
                    )
    figures.append(
        (
            "Q16",
            "two web processes on one PostgreSQL serve ≥ 1.7 × one, where the cores allow",
            f"{rates[2] / rates[1]:.2f} ×: {rates[1]:.0f} pages a second by one, {rates[2]:.0f} by two",
            f"16 readers without a pause; readers, PostgreSQL and pages share {os.cpu_count()} cores",
        )
    )
    shutil.rmtree(folder, ignore_errors=True)
    return figures


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what} {figure} ({how})")
