"""Promise 26: "saved" means on disk. Each acknowledged write on SQLite has waited for the disk, as the kernel saw it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import ROOT
from tests.figures import Figure

WRITES = 200


def surroundings(folder: Path) -> dict[str, str]:
    """The product's own settings with a database of their own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))}
    return {**kept, "ALONGSIDE_MODE": "test", "ALONGSIDE_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "alongside.settings"}


def waits(folder: Path, mode: str) -> tuple[int, int]:
    """How often it said that something is saved, and how often it waited for the disk."""
    counted = folder / f"{mode}.strace"
    command = ["strace", "-f", "-qq", "-e", "trace=fdatasync,fsync", "-o", str(counted), sys.executable, "-W", "ignore"]
    done = subprocess.run(
        [*command, "-m", "tests.saving", str(WRITES), mode],
        cwd=ROOT, env=surroundings(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.count("saved"), len(re.findall(r"\bf(?:data)?sync\(", counted.read_text()))


@pytest.mark.nightly
def test_what_is_acknowledged_is_on_disk(tmp_path: Path, figure: Figure) -> None:
    if shutil.which("strace") is None:
        figure("promise 26", "not run: there is no strace here (apt-get install strace)")
        return
    migrate = [sys.executable, "-W", "ignore", "-m", "alongside", "migrate"]
    subprocess.run(migrate, cwd=ROOT, env=surroundings(tmp_path), capture_output=True, check=True)
    saved, synced = waits(tmp_path, "full")
    planted, planted_synced = waits(tmp_path, "normal")
    figure(
        "promise 26",
        f"{saved} acknowledged writes, {synced} waits for the disk; with synchronous=NORMAL {planted_synced} for {planted}",
    )
    assert saved == planted == WRITES
    assert synced >= saved
    assert planted_synced < planted, "the planted setting was not caught"
