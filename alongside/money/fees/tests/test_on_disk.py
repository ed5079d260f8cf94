"""Promise 26: what is acknowledged is on the disk, counted by the system itself."""

import re
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.money.fees.actions import issuing
from alongside.money.fees.tests import make, worker
from alongside.money.invoices.models.corrections import CreditNote
from tests.figures import Figure
from tests.kills import surroundings

WRITES = 40
SYNCED = re.compile(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(fdatasync|fsync)\s*$", re.MULTILINE)
LAX = "PRAGMA synchronous=OFF"


def syncs(partnership: str, seed: int, *, planted: bool = False) -> tuple[int, int]:
    """(how many writes were acknowledged, how often the system was told to write to the disk) of one process."""
    assert shutil.which("strace"), "there is no strace here (apt-get install strace)"
    module = [sys.executable, "-W", "ignore", "-m", "alongside.money.fees.tests.worker"]
    words = ["credits-lax" if planted else "credits", partnership, str(WRITES), str(seed)]
    traced = subprocess.run(
        ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", *module, *words],
        capture_output=True, text=True, env=surroundings(), check=True,
    )  # fmt: skip
    return traced.stdout.count("done"), sum(int(count) for count, _ in SYNCED.findall(traced.stderr))


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True)
def test_every_acknowledged_write_is_on_the_disk_and_a_lax_database_is_caught(figure: Figure) -> None:
    if connection.vendor == "postgresql":  # it writes in processes of its own; what we must not do is tell it to wait for less
        assert "synchronous_commit" not in str(connection.settings_dict["OPTIONS"])
        figure("promise 26", "postgresql: nothing of ours lets a commit return before the server's own setting says so")
        return
    with clock.at(clock.start_of(worker.FIRST, 12)):
        of = make.ready(2)
    with clock.at(clock.start_of(worker.FIRST + timedelta(days=1), 12)):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
    done, synced = syncs(of.pk, 1_000)
    lax_done, lax_synced = syncs(of.pk, 2_000, planted=True)
    figure("promise 26", f"sqlite: {done} acknowledged writes, {synced} syncs; planted ({LAX}): {lax_done} writes, {lax_synced}")
    assert CreditNote.objects.count() == 2 * WRITES and done == lax_done == WRITES
    assert synced >= done, "something was acknowledged that was not on the disk"
    assert lax_synced < lax_done, "the count would not notice a database that does not write"
