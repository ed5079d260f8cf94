"""Two who fill one seat at the same moment: one holds it, the other is told; the same press twice is one."""

from functools import partial

import pytest

from alongside.deciding.bodies.actions import tenures
from alongside.deciding.bodies.models import Tenure
from alongside.deciding.bodies.tests.make import FIRST, Board
from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Invalid
from tests.at_once import at_once

NOON = clock.start_of(FIRST, 12)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.on(2022, 3, 21)]


def test_a_seat_is_filled_once_whoever_presses_when() -> None:
    board = Board()
    seat, key = board.seat("Local authority representative 1"), keys.new_key()

    def appoint(name: str, key: str) -> Tenure:
        return tenures.appoint(seat=seat, name=name, from_on=FIRST, key=key, by=board.manager)

    deeds = [*(partial(appoint, f"Person {number}", keys.new_key()) for number in range(3)), *[partial(appoint, "Lee", key)] * 2]
    outcomes = at_once(*deeds, at=NOON)
    (standing,) = Tenure.objects.filter(seat=seat)
    won = [one for one in outcomes if isinstance(one, Tenure)]
    assert won and {one.pk for one in won} == {standing.pk}
    assert all(isinstance(one, Invalid) for one in outcomes if not isinstance(one, Tenure))
