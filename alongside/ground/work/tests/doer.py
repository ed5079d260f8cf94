"""A worker, for the test that kills it. `planted` is the fault that must be caught: nobody looks after what the dead left."""

import time
from datetime import timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.ground.core.standing import Standing
from alongside.ground.work.actions import queue
from alongside.ground.work.tests import tasks
from tests.kills import Say

SYSTEM = Standing.system()
LEASE = timedelta(seconds=1.5)


def live(say: Say, kind: str) -> None:
    """Work until nothing waits, or, planted, until nothing is ready."""
    tasks.begun[:] = [say]
    worker = queue.begin(place="a test", by=SYSTEM)
    unfinished = [TaskResultStatus.READY] + ([TaskResultStatus.RUNNING] if kind == "ours" else [])
    while DBTaskResult.objects.filter(status__in=unfinished).exists():
        queue.beat(worker=worker, by=SYSTEM)
        if kind == "ours":
            queue.reap(lease=LEASE, by=SYSTEM)
        if not queue.do_next(worker=worker, by=SYSTEM):
            time.sleep(0.05)
