"""A Monday morning at a partnership with two schools."""

from collections.abc import Iterator

import pytest

from alongside.ground.core import clock
from alongside.members.bulletin.tests.make import MONDAY, Place


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.at(clock.start_of(MONDAY, 9)):
        yield


@pytest.fixture
def place() -> Place:
    return Place()
