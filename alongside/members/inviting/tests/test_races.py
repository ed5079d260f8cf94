"""Two at once: exactly one wins, and the other is told. On SQLite and on PostgreSQL alike."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.inviting import actions
from alongside.members.membership.actions import asking
from alongside.members.membership.models import Chase, ChaseMail
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place() -> Partnership:
    with clock.at(clock.start_of(make.TODAY, 9)):
        return make.partnership()


def reminding(place: Partnership, key: str) -> Callable[[], Any]:
    words = {"subject": "Shall we count you in?", "body": "Please answer by [last day to sign], whatever the answer."}
    return lambda: actions.chase(partnership=place, **words, key=key, seen=UNSEEN, by=make.SYSTEM)


def invited(place: Partnership) -> None:
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        schools = make.asked(place, 3)
        asking.invite_schools(
            partnership=place, addresses={one.pk: f"head@{one.urn}.example" for one in schools}, seen=UNSEEN, by=make.SYSTEM
        )


def test_a_double_press_sends_one_round_of_reminders(place: Partnership) -> None:
    invited(place)
    outcomes = make.at_once(*[reminding(place, keys.new_key())] * 4)
    assert make.losers(outcomes) == 0
    assert (Chase.objects.count(), ChaseMail.objects.count()) == (1, 3)


def test_two_in_the_office_at_once_send_each_school_one(place: Partnership) -> None:
    invited(place)
    outcomes = make.at_once(*[reminding(place, keys.new_key()) for _ in range(4)])
    assert make.losers(outcomes) == 3
    assert (Chase.objects.count(), ChaseMail.objects.count()) == (1, 3)
