"""Q1, Q3 (light) and Q15: the demonstration in its own process, its pages asked for as browsers do."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil

ROOT = Path(__file__).resolve().parent.parent
Figure = tuple[str, str, str, str]
ROUNDS, READERS, EACH = 60, 16, 12
EMPTY, LIST = "/cookies/", "/schools/?state=open"
READ = (
    LIST,
    "/p/elthorne-learning-partnership/membership/",
    "/p/elthorne-learning-partnership/overview/",
    "/p/elthorne-learning-partnership/schools/",
)


@dataclass
class Reader:
    """One browser with one connection kept open."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form; gives status and text."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        self.line.request("GET" if form is None else "POST", path, body=urlencode(form) if form else None, headers=headers)
        answer = self.line.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
        return answer.status, answer.read().decode("utf-8", "replace")

    def be(self, persona: str) -> None:
        """Sign in as one of the demonstration's people."""
        _, text = self.ask("/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
        assert found, "the front page holds no form"
        status, _ = self.ask("/demo/be/", {"csrfmiddlewaretoken": found[1], "persona": persona})
        assert status == 302, f"{persona}: {status}"

    def seconds(self, path: str) -> float:
        """How long a page takes."""
        began = time.perf_counter()
        status, _ = self.ask(path)
        took = time.perf_counter() - began
        assert status == 200, f"{path}: {status}"
        return took


def middle(times: list[float], part: float = 0.5) -> float:
    """The median, or another part of the way."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def demonstration(port: int) -> list[str]:
    """The command that serves it."""
    return [sys.executable, "-m", "alongside", "demo", "--port", str(port)]


@contextmanager
def served(
    surroundings: dict[str, str], command: Callable[[int], list[str]] = demonstration
) -> Iterator[tuple[int, float, psutil.Process]]:
    """`alongside demo`, prepared before, or another: its port, the seconds until it answered, its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    with subprocess.Popen(command(port), cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL) as process:
        try:
            while True:
                try:
                    assert process.poll() is None, f"{' '.join(command(port))} did not start"
                    Reader(port).ask(EMPTY)
                    break
                except (ConnectionError, http.client.HTTPException):
                    time.sleep(0.05)
            yield port, time.perf_counter() - began, psutil.Process(process.pid)
        finally:
            process.terminate()


def main() -> list[Figure]:
    """Prepare, start, read."""
    subprocess.run(["make", "--silent", "build/collected/.ready"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        surroundings = {**os.environ, "ALONGSIDE_MODE": "demo", "ALONGSIDE_VAR": folder}
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "alongside", "demo", "--no-serve"], cwd=ROOT, env=surroundings, check=True, capture_output=True
        )
        first = time.perf_counter() - began
        with served(surroundings) as (port, later, _):
            reader = Reader(port)
            reader.be("manager")
            times: dict[str, list[float]] = {EMPTY: [], LIST: []}
            for turn in range(ROUNDS + 5):
                for path, kept in times.items():
                    took = reader.seconds(path)
                    if turn >= 5:
                        kept.append(took)
            rows = reader.ask(LIST)[1].count("<tr") - 1
            readers = [Reader(port) for _ in range(READERS)]
            for one in readers:
                one.cookies.update(reader.cookies)
            with ThreadPoolExecutor(READERS) as crowd:
                heaps = crowd.map(lambda one: {path: [one.seconds(path) for _ in range(EACH)] for path in READ}, readers)
                together = [took for heap in heaps for heap_times in heap.values() for took in heap_times]
    ratio = middle(times[EMPTY]) / middle(times[LIST])
    return [
        (
            "Q1",
            "signed-in list page of 50 rows out of 24,000 schools, beside the signed-in empty page (≥ 0.6)",
            f"{ratio:.2f} ×: {1_000 * middle(times[LIST]):.1f} ms for {rows} rows, {1_000 * middle(times[EMPTY]):.1f} ms empty",
            f"SQLite, median of {ROUNDS} each, in turn, over one connection",
        ),
        (
            "Q3",
            "16 readers at once, list and home pages (p90 ≤ 50 ms at national scale; here the demonstration's)",
            f"p50 {1_000 * middle(together):.0f} ms, p90 {1_000 * middle(together, 0.9):.0f} ms of {len(together)} pages",
            "one web process with four threads; 16 readers without a pause",
        ),
        (
            "Q15",
            "first start ≤ 180 s, later ≤ 6 s",
            f"tables, register and borough in {first:.0f} s; later starts {later:.1f} s",
            "without fetching packages, which `make demo` does once",
        ),
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what} {figure} ({how})")
