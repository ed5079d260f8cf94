"""Where these tests begin: a Tuesday in March, a partnership, its manager's browser."""

from collections.abc import Iterator

import pytest
from django.test import Client

from alongside.ground.core import clock
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership


@pytest.fixture
def tuesday() -> Iterator[None]:
    with clock.at(clock.start_of(make.TODAY, 10)):
        yield


@pytest.fixture
def place(db: None) -> Partnership:
    return make.partnership()


@pytest.fixture
def client(place: Partnership) -> Client:
    """The manager's browser."""
    return make.browser(make.manager(place))
