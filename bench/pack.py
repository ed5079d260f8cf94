"""Q7: a meeting's papers of two hundred pages as one PDF, with contents and page numbers. Prints the figure."""

import os
import tempfile
import time

PAPERS, PAGES, LIMIT = 20, 10, 3
Figure = tuple[str, str, str, str]


def main() -> list[Figure]:
    """Twenty papers of ten pages, each with words, put together five times."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        os.environ.update(ALONGSIDE_MODE="demo", ALONGSIDE_VAR=folder, DJANGO_SETTINGS_MODULE="alongside.settings")
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        from django.core.management import call_command

        from alongside.deciding.meetings.actions import agendas
        from alongside.deciding.meetings.packs import pack_of
        from alongside.deciding.meetings.queries.agendas import items_of
        from alongside.deciding.meetings.tests.make import FIRST, Meets
        from alongside.ground.core import clock, keys
        from alongside.ground.documents.typesetting import typeset

        call_command("migrate", verbosity=0, skip_checks=True)
        with clock.at(clock.start_of(FIRST, 9)):
            board = Meets()
            for number in range(PAPERS):
                said = {"title": f"Paper {number}", "first": 1, "last": PAGES, "foot": "A paper of ten pages"}
                data = typeset("meetings/numbers", said, dated=FIRST)
                item = board.item(f"Item {number}")
                paper = {"name": f"{number}.pdf", "data": data, "title": f"Paper {number}", "key": keys.new_key()}
                agendas.add_paper(item=item, **paper, by=board.manager)
            agenda, times = items_of(board.meeting, viewer=board.manager), []
            for _ in range(5):
                began = time.perf_counter()
                made = pack_of(agenda)
                times.append(time.perf_counter() - began)
    words = f"{sorted(times)[len(times) // 2]:.2f} s (≤ {LIMIT}), {len(made) // 1_000} kB"
    said_of = f"{PAPERS} papers of {PAGES} pages of a meeting as one PDF, median of 5"
    return [("Q7", f"one pack of papers of {PAPERS * PAGES} pages ≤ {LIMIT} s", words, said_of)]


if __name__ == "__main__":
    for promise, _, figure, _ in main():
        print(f"{promise}: {figure}")
