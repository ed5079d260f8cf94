"""Promise 22: no work stuck, none done twice, while workers are killed."""

import os
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from alongside.ground.web.later import later
from alongside.ground.work.tests.tasks import MARKS
from tests.figures import Figure
from tests.kills import killed

FULL = os.environ.get("ALONGSIDE_SPEED") == "nightly"
KILLS, TASKS = (200, 3_000) if FULL else (20, 300)


@pytest.fixture
def marks(transactional_db: None, settings) -> Iterator[None]:
    """A table that takes every mark."""
    settings.TASKS_AT_ONCE = False
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARKS} (name varchar(20))")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {MARKS}")


def left() -> list[str]:
    """The marks."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM {MARKS}")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.slow
@pytest.mark.both
def test_no_task_is_stuck_or_done_twice_when_workers_are_killed(marks: None, figure: Figure) -> None:
    for number in range(TASKS):
        later("work.tests.leave_a_mark", str(number))
    began = time.monotonic()
    kills = killed("alongside.ground.work.tests.doer", KILLS, "ours", ALONGSIDE_TASKS="stored")
    states, found = Counter(DBTaskResult.objects.values_list("status", flat=True)), left()
    stuck, doubled = states["RUNNING"] + states["READY"], len(found) - len(set(found))
    figure(
        "promise 22",
        f"{connection.vendor}: {TASKS} tasks, {kills} kills of two workers, {time.monotonic() - began:.0f} s: {stuck} stuck, "
        f"{doubled} done twice, {states['FAILED']} given up after three deaths and shown",
    )
    assert kills == KILLS and not stuck and not doubled
    assert len(found) >= TASKS - states["FAILED"] and states["FAILED"] <= TASKS // 20


@pytest.mark.slow
@pytest.mark.both
def test_without_the_reaper_work_is_stuck(marks: None, figure: Figure) -> None:
    for number in range(60):
        later("work.tests.leave_a_mark", str(number))
    kills = killed("alongside.ground.work.tests.doer", 5, "planted", processes=1, ALONGSIDE_TASKS="stored")
    stuck = DBTaskResult.objects.filter(status="RUNNING").count()
    figure("promise 22", f"{connection.vendor}, planted (nobody looks after the dead): {kills} kills, {stuck} stuck for ever")
    assert stuck and kills == 5
