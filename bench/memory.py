"""Q15: what one web process of the demonstration takes after two thousand pages of year two, and after papers and sheets."""

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter

import psutil

from bench.pages import ROOT, Figure, Reader, served

PAGES, MOST_OF_A_KIND = 2_000, 4
FILE = re.compile(r"\.pdf|\.csv|as=xlsx")
PERSONAS = ("manager", "finance", "business_manager", "trust_officer", "head")
START = ("/p/elthorne-learning-partnership/overview/", "/me/", "/me/calendar/", "/schools/?state=open", "/search/?q=academy")
YEAR_TWO = (
    "import django; django.setup()\n"
    "from alongside.across.demo.actions import days; from alongside.across.demo.rules import Stage\n"
    "from alongside.ground.core.standing import Standing\n"
    "days.move_day(to=Stage.YEAR_TWO, by=Standing.system())"
)


def kind(path: str) -> str:
    """The page whose address it is, whatever it is about."""
    return re.sub(r"\d+|\b[a-z0-9]{12}\b", "#", path.split("?")[0])


def walk(reader: Reader) -> tuple[list[str], list[str]]:
    """Where links lead from the first pages, a few of each kind: pages, and the papers and sheets, which are not opened."""
    waits, kinds, pages, files = list(START), Counter(map(kind, START)), [], []
    for path in waits:
        if FILE.search(path):
            files.append(path)
            continue
        status, text = reader.ask(path)
        reader.line.close()  # the server closes a line that was silent for two seconds
        if status == 200:
            pages.append(path)
        for onward in re.findall(r'href="(/[^"#]*)', text.replace("&amp;", "&")):
            if onward not in waits and not onward.startswith(("/static/", "/demo/")) and kinds[kind(onward)] < MOST_OF_A_KIND:
                kinds[kind(onward)] += 1
                waits.append(onward)
    return pages, files


def year_two(folder: str) -> dict[str, str]:
    """Prepare the demonstration's second year there; gives the surroundings in which it is served."""
    subprocess.run(["make", "--silent", "build/collected/.ready"], cwd=ROOT, check=True)
    surroundings = {
        **os.environ, "ALONGSIDE_MODE": "demo", "ALONGSIDE_VAR": folder, "DJANGO_SETTINGS_MODULE": "alongside.settings",
    }  # fmt: skip
    for words in (["-m", "alongside", "demo", "--no-serve"], ["-c", YEAR_TWO]):
        subprocess.run([sys.executable, *words], cwd=ROOT, env=surroundings, check=True, capture_output=True)
    return surroundings


def main() -> list[Figure]:
    """Prepare year two, serve it, read it as five people."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder, served(year_two(folder)) as (port, _, process):

        def web() -> psutil.Process:
            below = process.children(recursive=True)
            return max((one for one in below if "gunicorn" in one.cmdline()), key=lambda one: one.memory_info().rss)

        def megabytes() -> int:
            return web().memory_info().rss // 2**20

        def read(reader: Reader, path: str) -> None:
            status, _ = reader.ask(path)
            reader.line.close()
            assert status == 200, f"{path}: {status}"

        idle, walks = megabytes(), []
        for persona in PERSONAS:
            reader = Reader(port)
            reader.be(persona)
            walks.append((reader, *walk(reader)))
        count = 0
        while count < PAGES:
            for reader, pages, _ in walks:
                read(reader, pages[count // len(walks) % len(pages)])
                count += 1
        after, kinds = megabytes(), len({kind(path) for _, pages, _ in walks for path in pages})
        for reader, _, files in walks:
            for path in files:
                read(reader, path)
        with_files = megabytes()
    return [
        (
            "Q15",
            f"web process ≤ 100 MB after {PAGES:,} mixed pages of year two",
            f"{after} MB; {idle} MB before the first, {with_files} MB when it has typeset papers and written sheets as well",
            f"demonstration on SQLite, four threads; {len(PERSONAS)} people, {kinds} kinds of pages",
        )
    ]


if __name__ == "__main__":
    for promise, what, figure, how in main():
        print(f"{promise}: {what} {figure} ({how})")
