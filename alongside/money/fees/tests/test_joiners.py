"""Who joins late is told which year's fee is asked."""

from datetime import date

import pytest

from alongside.ground.core import clock
from alongside.ground.web import declared
from alongside.money.budget.models import FeeYear
from alongside.money.fees.tests import make
from alongside.money.invoices.tests.make import claim

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_a_joiner_begins_with_the_latest_year_that_was_opened_before() -> None:
    of = make.issued(1)[0].partnership
    assert declared.told("joining", partnership=of, viewer=make.SYSTEM) == ["The fee begins with year 1: £1,500."]
    with clock.at(clock.start_of(date(2023, 3, 31), 9)):
        second = claim(of, words="Fee for year 2")
        FeeYear.objects.create(partnership=of, claim=second, number=2, amount=140_000, opened_at=clock.now())
        assert declared.told("joining", partnership=of, viewer=make.SYSTEM) == ["The fee begins with year 1: £1,500."]
    with clock.at(clock.start_of(date(2023, 4, 17), 9)):
        told = declared.told("joining", partnership=of, viewer=make.SYSTEM)
    assert told == ["The fee begins with year 2: £1,400. Earlier years are not asked for."]


def test_before_a_year_is_opened_nothing_is_said() -> None:
    assert declared.told("joining", partnership=make.partnership(), viewer=make.SYSTEM) == []
