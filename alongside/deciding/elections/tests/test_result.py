"""Who hears who is elected, and what a second press reads."""

import pytest

from alongside.deciding.elections.actions import calling, declaring
from alongside.deciding.elections.tests.make import OPENS, Poll, at
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Refused
from alongside.members.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
SYSTEM = Standing.system()


@pytest.mark.parametrize("is_contested", [True, False])
def test_who_is_elected_is_told_to_heads_voters_and_who_stood_each_once(is_contested: bool) -> None:
    poll = Poll(8)
    names = ["Oak", "Elm", "Primary 0", *(["Primary 1"] if is_contested else [])]
    poll.stand(*names)
    if is_contested:
        codes = poll.closed() and poll.watched("Ash", "Yew", "Fir")
        poll.opened()
        for name in ("Ash", "Yew"):
            poll.votes(name, "Oak", "Elm", "Primary 0")
        poll.boxed()
        poll.unboxed(codes)
    else:
        poll.closed()
    told = Notice.objects.filter(kind__in=("elections.result", "elections.unelected"))
    told.delete()
    assert declaring.tell_result(election=poll.election, by=SYSTEM) == len(poll.heads) == told.count()
    assert declaring.tell_result(election=poll.election, by=SYSTEM) == 0 and told.count() == len(poll.heads)
    left = {poll.heads["Primary 1"].person} if is_contested else set()
    assert {one.person for one in told.filter(kind="elections.unelected")} == left
    for one in told:
        assert "Elm’s head, Oak’s head and Primary 0’s head" in one.body and f"/elections/{poll.election.pk}/" in one.body
        assert "\n\nWho stood" in one.body or "\n\nBecause you stood" in one.body
        assert ("nobody had to vote" in one.body) is not is_contested
    with pytest.raises(Refused):
        declaring.tell_result(election=poll.election, by=poll.manager)


def test_what_is_done_already_is_said_so_by_a_second_press() -> None:
    poll = Poll()
    codes = poll.running("Oak", "Elm", "Primary 0", "Primary 1")
    with at(OPENS), pytest.raises(Conflict, match="Nominations are closed already"):
        calling.close_nominations(election=poll.election, by=poll.manager)
    with pytest.raises(Conflict, match="The ballot was opened already"):
        poll.opened()
    poll.boxed()
    with pytest.raises(Conflict, match="The box is closed already"):
        poll.boxed()
    poll.unboxed(codes)
    with pytest.raises(Conflict, match="The box was opened already"):
        poll.unboxed(codes)
