"""The furnished world, for each test that asks for it; what a test does there is rolled back with it."""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from alongside.ground.core import clock

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture
def world(db: None) -> "Iterator[World]":
    """Alder and Birch on 8 March 2022."""
    worlds = import_module("tests.world")  # only here: the tests that read source run even when the product does not import
    with clock.at(clock.start_of(worlds.TODAY, 12)):
        yield worlds.build()
