"""Elthorne, built once for a module of tests; what a test does in it is rolled back with the test."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from alongside.across.demo import actions
from alongside.ground.core.standing import Standing


@pytest.fixture(scope="module")
def elthorne_built(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The invented borough on 8 March 2022."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.build_elthorne(built_from="tests", by=Standing.system())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def elthorne(elthorne_built: None, db: None) -> None:
    """The invented borough, for one test."""
