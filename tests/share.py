"""Which of the chosen tests this run takes: all, a part of them (ALONGSIDE_PART=1/4), or as many as a commit may cost.

A test belongs to a part by its name, so that the parts together are everything, whoever runs them and wherever.
"""

import os
import subprocess
import zlib
from functools import cache
from typing import TypeVar

import pytest

from tests.environment import ROOT

Item = TypeVar("Item", bound=pytest.Item)
PART = os.environ.get("ALONGSIDE_PART", "")
# how far those go that walk every page: where only the database differs, what `make check` does is enough
WALKS = os.environ.get("ALONGSIDE_WALKS") or os.environ.get("ALONGSIDE_SPEED", "test")


def is_in(name: str, part: str) -> bool:
    """Whether what is called so belongs to the part, '1/4'."""
    number, _, parts = part.partition("/")
    return not part or zlib.crc32(name.encode()) % int(parts) == int(number) - 1


@cache
def commit() -> int:
    """A number of the commit that is checked out."""
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return zlib.crc32(said.strip().encode())


def of_commit(parts: int) -> str:
    """The one of so many parts that this commit takes: every part has its turn."""
    return f"{commit() % parts + 1}/{parts}"


def of_this_run(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Those that run now, and those that are left to other parts."""
    now = [item for item in items if is_in(item.nodeid, PART)]
    chosen = set(map(id, now))
    return now, [item for item in items if id(item) not in chosen]
