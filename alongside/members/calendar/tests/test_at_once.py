"""The same press twice at once: one deed, and nobody meets an error. On PostgreSQL too."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.calendar.actions import clocks
from alongside.members.calendar.models import Clock
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from tests.at_once import at_once

SYSTEM, NOON = Standing.system(), clock.start_of(date(2022, 3, 8), 12)


def alder() -> Partnership:
    return partnerships.start_partnership(name="Alder", template=Template.TRUST, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_one_press_that_arrives_six_times_keeps_one_date() -> None:
    with clock.at(NOON):
        of = alder()
    key = keys.new_key()

    def keep(number: int) -> Any:
        came = date(2022, 3, 1 if number < 6 else 2)
        return clocks.keep_clock(partnership=of, school=None, law=Law.FOI, received_on=came, key=key, by=SYSTEM).pk

    outcomes = at_once(*(partial(keep, number) for number in range(7)), at=NOON)
    assert {one for one in outcomes if isinstance(one, str)} == {key}
    assert sum(isinstance(one, Conflict) for one in outcomes) in {1, 6}, "another date with the same key is refused"
    assert Clock.objects.count() == Event.objects.filter(act="calendar.keep_clock").count() == 1
