"""Promise 11: invoice numbers without a gap or a repeat, while processes that issue are killed at random."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.documents.actions import pdf_of
from alongside.ground.documents.rules import numbers_missing
from alongside.money.fees.actions import issuing
from alongside.money.fees.tests import make, worker
from alongside.money.invoices.models.corrections import CreditLine, CreditNote
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine, IssueRun, Series
from alongside.money.invoices.queries.papers import credits_lost, numbers_lost
from tests.figures import Figure
from tests.kills import surroundings

FULL = os.environ.get("ALONGSIDE_FULL") == "1" or os.environ.get("ALONGSIDE_SPEED") == "nightly"
INVOICES, KILLS, PROCESSES = (400, 100, 4) if FULL else (40, 8, 3)


@dataclass
class Harness:
    """Processes that issue; each is killed now and then in the middle of a run, and started again."""

    kind: str
    partnership: str
    kills: int
    killed: int = 0
    killed_at_work: int = 0
    done: list[tuple[int, int]] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    guard: threading.Lock = field(default_factory=threading.Lock)

    def start(self, seed: int) -> subprocess.Popen[str]:
        """One process."""
        words = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "alongside.money.fees.tests.worker",
            self.kind,
            self.partnership,
            str(INVOICES),
            str(seed),
        ]
        return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=surroundings())

    def to_be_killed(self) -> bool:
        """Whether the run that has just begun is one to be cut short."""
        with self.guard:
            if self.killed < self.kills and self.chance.random() < 0.35:
                self.killed += 1
                return True
        return False

    def look_after(self, number: int) -> None:
        """Follow one process to its end, through as many lives as it takes."""
        for life in range(1_000):
            with self.start(number * 1_000 + life) as process:
                if self.followed(process):
                    return

    def followed(self, process: subprocess.Popen[str]) -> bool:
        """Read what a process says until it ends (True) or is killed (False)."""
        doomed = False
        for line in process.stdout or []:
            word, *rest = line.split()
            if word == "done":
                with self.guard:
                    self.done.append((int(rest[0]), int(rest[1])))
            if word == "end":
                return True
            if word == "begin" and not doomed and self.to_be_killed():
                doomed = True
                time.sleep(self.chance.random() / 40)
                process.kill()
        process.wait()
        with self.guard:
            self.killed_at_work += doomed
        assert doomed, "a process ended by itself before its work was done"
        return False

    def run(self) -> None:
        """All processes at once."""
        threads = [threading.Thread(target=self.look_after, args=(number,)) for number in range(PROCESSES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def members() -> Any:
    """A partnership one more of whose schools becomes a member each day."""
    of = make.partnership()
    for number, place in enumerate(make.schools(INVOICES)):
        make.sign(of, place, from_on=worker.FIRST + timedelta(days=number))
    make.set_up(of)
    return of


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_no_number_is_lost_or_given_twice_when_processes_are_killed(capsys: pytest.CaptureFixture[str]) -> None:
    with clock.at(clock.start_of(worker.FIRST, 12)):
        of = members()
    harness, began = Harness("ours", of.pk, KILLS), time.monotonic()
    harness.run()
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    repeats = [number for number, times in Counter(numbers).items() if times > 1]
    gaps = numbers_lost(of, viewer=make.SYSTEM)
    with capsys.disabled():
        print(
            f"\n  {connection.vendor}: {len(numbers)} invoices, {IssueRun.objects.count()} runs, {harness.killed_at_work} kills, "
            f"{time.monotonic() - began:.0f} s: {len(gaps)} gaps, {len(repeats)} repeats",
            end=" ",
        )
    assert harness.killed_at_work == KILLS
    assert numbers == list(range(1, INVOICES + 1)) and not gaps and not repeats
    events = Event.objects.filter(act="invoices.invoice").count()
    assert Series.objects.get().last == INVOICES == InvoiceLine.objects.count() == events
    runs = set(IssueRun.objects.values_list("first", "last"))
    lost = [one for one in harness.done if one != (0, -1) and one not in runs]
    assert not lost, "a run that was acknowledged is not there"
    assert pdf_of(paper=Invoice.objects.latest("number"), by=make.SYSTEM).startswith(b"%PDF")


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_credit_notes_have_no_gap_and_a_press_cut_short_is_one_press(figure: Figure) -> None:
    with clock.at(clock.start_of(worker.FIRST + timedelta(days=INVOICES), 12)):
        of = members()
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
    harness, began = Harness("credits", of.pk, KILLS), time.monotonic()
    harness.run()
    numbers = sorted(CreditNote.objects.values_list("number", flat=True))
    repeats = len(numbers) - len(set(numbers))
    gaps = credits_lost(of, viewer=make.SYSTEM)
    figure(
        "promise 11",
        f"{connection.vendor}: {len(numbers)} credit notes by {PROCESSES} processes, {harness.killed_at_work} kills, "
        f"{time.monotonic() - began:.0f} s: {len(gaps)} gaps, {repeats} repeats",
    )
    assert harness.killed_at_work == KILLS
    assert numbers == list(range(1, PROCESSES * INVOICES + 1)) and not gaps and not repeats
    assert Series.objects.get().last_credit == len(numbers) == Event.objects.filter(act="invoices.credit").count()
    assert {first for first, _ in harness.done} <= set(numbers), "a credit note that was acknowledged is not there"
    credited = sum(Invoice.objects.values_list("credited", flat=True))
    assert credited == 7 * len(numbers) == sum(net + vat for net, vat in CreditLine.objects.values_list("net", "vat"))


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_numbering_by_the_highest_number_plus_one_is_caught(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {worker.PLANTED} (number integer)")
    try:
        harness = Harness("planted", "-", kills=0)
        harness.run()
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number FROM {worker.PLANTED}")
            numbers = [number for (number,) in cursor.fetchall()]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {worker.PLANTED}")
    repeats = len(numbers) - len(set(numbers))
    with capsys.disabled():
        print(
            f"\n  {connection.vendor}, planted max() + 1: {len(numbers)} numbers, {repeats} repeats, "
            f"{len(numbers_missing(numbers, len(numbers)))} of 1 to {len(numbers)} missing",
            end=" ",
        )
    assert repeats > 0
