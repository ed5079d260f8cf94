"""Each date goes out once to each person, while the processes that send are killed."""

import os
from collections import Counter

import pytest
from django.db import connection

from alongside.members.diary.models import DiaryDate
from alongside.members.diary.tests.make import head
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice
from tests.figures import Figure
from tests.kills import killed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both, pytest.mark.slow, pytest.mark.on(2022, 3, 8)]
FULL = os.environ.get("ALONGSIDE_SPEED") == "nightly"
HEADS, KILLS = (600, 150) if FULL else (60, 12)


def heads() -> set[str]:
    place = make.partnership()
    return {head(place, 990_001 + number)[0].pk for number in range(HEADS)}


def test_each_date_goes_out_once_while_processes_die(figure: Figure) -> None:
    everybody = heads()
    kills = killed("alongside.members.diary.tests.sender", KILLS, "ours", ALONGSIDE_TASKS="stored")
    sent = Counter(Notice.objects.filter(kind="diary.invitation").values_list("person", flat=True))
    known = set(DiaryDate.objects.values_list("person", "organiser"))
    figure(
        "promise 21",
        f"{connection.vendor}: dates of {HEADS} heads, {kills} kills of two workers: {len(everybody - set(sent))} not sent, "
        f"{sum(sent.values()) - len(sent)} sent twice",
    )
    assert kills == KILLS and set(sent) == everybody and set(sent.values()) == {1}
    assert known == set(Notice.objects.filter(kind="diary.invitation").values_list("person", "pk"))


def test_sending_first_and_noting_then_is_caught(figure: Figure) -> None:
    heads()
    killed("alongside.members.diary.tests.sender", KILLS, "planted", ALONGSIDE_TASKS="stored")
    sent = Counter(Notice.objects.filter(kind="diary.invitation").values_list("person", flat=True))
    twice = sum(sent.values()) - len(sent)
    figure("promise 21", f"{connection.vendor}, planted (sent before it is noted): {twice} dates sent twice to {HEADS} heads")
    assert twice
