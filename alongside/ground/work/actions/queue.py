"""The queue and its workers: claim, do, try again, take over from the dead, tidy.

Every step is one conditional UPDATE, on both databases. Leases live by real time, not by a demonstration's clock.
"""

import logging
import time
import traceback
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Refused
from alongside.ground.web.later import Periodic, enqueue
from alongside.ground.work.models import Job, PeriodicRun, Worker
from alongside.ground.work.rules import DONE_KEPT, FAILED_KEPT, JOBS_KEPT, LEASE, next_try, period_due

log = logging.getLogger("alongside")
AT_A_GLANCE = 5
PATIENCE, A_BREATH = 10.0, 0.2  # seconds
DIED = "alongside.work.WorkerDied"


def real_now() -> datetime:
    """This moment, whatever a demonstration's clock says."""
    return clock.now() - clock.moved.get()


def do_next(*, worker: str, by: Standing) -> bool:
    """Claim the task that has waited longest and do it; False when nothing is ready.

    A task that fails is tried again later, three times in all; then it counts as failed and `alongside check` shows it.
    """
    task = _claimed(worker)
    if task is None:
        return False
    mine = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids)
    try:
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
    except Exception as error:
        log.warning("the task %s failed: %s", task.args_kwargs["args"][:1], type(error).__name__)
        with transaction.atomic():
            _put_back(mine, len(task.worker_ids), f"{type(error).__module__}.{type(error).__qualname__}", _where(error))
    else:
        with transaction.atomic():
            mine.update(status=TaskResultStatus.SUCCESSFUL, finished_at=real_now())
    return True


def _claimed(worker: str) -> DBTaskResult | None:
    for pk, workers in DBTaskResult.objects.ready().values_list("pk", "worker_ids")[:AT_A_GLANCE]:
        with transaction.atomic():
            ready = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.READY)
            claimed = ready.update(
                status=TaskResultStatus.RUNNING, started_at=real_now(), finished_at=None, worker_ids=[*workers, worker]
            )
        if claimed:
            return DBTaskResult.objects.get(pk=pk)
    return None


def _put_back(rows: Any, tries: int, what: str, where: str = "") -> None:
    wait, failed = next_try(tries), {"exception_class_path": what, "traceback": where}
    if wait is None:
        rows.update(status=TaskResultStatus.FAILED, finished_at=real_now(), **failed)
    else:
        rows.update(status=TaskResultStatus.READY, run_after=get_date_max() if what == DIED else real_now() + wait, **failed)


def _where(error: BaseException) -> str:
    """The lines of code on the way to an error, without its words: those may hold what only some may read."""
    return "".join(traceback.format_tb(error.__traceback__))


@transaction.atomic
def reap(*, lease: timedelta = LEASE, by: Standing) -> int:
    """Put back what dead workers left running, or let it count as failed after the third time; gives how many."""
    living = set(Worker.objects.filter(seen_at__gt=real_now() - lease).values_list("pk", flat=True))
    left = 0
    for pk, workers in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).values_list("pk", "worker_ids"):
        if not workers or workers[-1] not in living:
            rows = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.RUNNING, worker_ids=workers)
            _put_back(rows, len(workers), DIED)
            left += 1
    return left


def enqueue_due(
    *, periodic: Iterable[tuple[str, Periodic]], known: set[tuple[str, Any]], is_school_day: Callable[[date], bool], by: Standing
) -> int:
    """Put every periodic task that is due into the queue, once for its period however many workers ask; gives how many.

    `periodic` names them as '<app>.<task>'; `known` is what this worker has found done already, so that it asks once.
    """
    count = 0
    for name, one in periodic:
        period = period_due(
            clock.now(), every=one.every, at=one.at, school_days_only=one.on_school_days, is_school_day=is_school_day
        )
        if period is None or (name, period) in known:
            continue
        known.difference_update({mark for mark in known if mark[0] == name})
        known.add((name, period))
        with transaction.atomic():
            _, is_first = PeriodicRun.objects.get_or_create(task=name, period=period)
            if is_first:
                enqueue(name)
                count += 1
    return count


@transaction.atomic
def tidy(*, by: Standing) -> None:
    """Take away what is done and of no more use: tasks, periods, workers long dead, and the pages of old work."""
    now = real_now()
    DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - DONE_KEPT).delete()
    DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - FAILED_KEPT).delete()
    Worker.objects.filter(seen_at__lt=now - DONE_KEPT).delete()
    PeriodicRun.objects.filter(period__lt=clock.now() - FAILED_KEPT).delete()
    Job.objects.filter(changed_at__lt=clock.now() - JOBS_KEPT).delete()


@transaction.atomic
def start_periods_again(*, by: Standing) -> None:
    """Forget which periods were done, and what waits to be done by a moved clock, for a demonstration whose clock goes back: done
    afterwards, it would sweep and remind by days that are still to come there."""
    _require_clock_that_goes_back()
    PeriodicRun.objects.all().delete()
    DBTaskResult.objects.filter(pk__in=_by_moved_clock(TaskResultStatus.READY)).delete()


def let_moved_work_end(*, by: Standing) -> bool:
    """Before a demonstration's clock goes back, let workers end what they have in hand by it, and begin nothing more. Gives
    whether they have, within ten seconds."""
    _require_clock_that_goes_back()
    until = time.monotonic() + PATIENCE
    start_periods_again(by=by)
    while _by_moved_clock(TaskResultStatus.RUNNING):
        if time.monotonic() > until:
            return False
        time.sleep(A_BREATH)
        start_periods_again(by=by)
    return True


def _require_clock_that_goes_back() -> None:
    if not (settings.DEMO or settings.TESTING):
        raise Refused("Only a demonstration's clock goes back.")


def _by_moved_clock(status: str) -> list[Any]:
    """The tasks at which the queue stands so, and that live by another clock than the real one (`later.stored`)."""
    found = DBTaskResult.objects.filter(status=status).values_list("pk", "args_kwargs")
    return [pk for pk, said in found if said["args"][1:2] not in ([], [0])]


@transaction.atomic
def begin(*, place: str, by: Standing) -> str:
    """A worker begins; gives the id that it claims tasks with."""
    now = real_now()
    return Worker.objects.create(place=place[:120], started_at=now, seen_at=now).pk


@transaction.atomic
def beat(*, worker: str, by: Standing) -> bool:
    """A worker says that it lives; False when it was taken for dead meanwhile and is not known any more."""
    return bool(Worker.objects.filter(pk=worker).update(seen_at=real_now()))


@transaction.atomic
def end(*, worker: str, by: Standing) -> None:
    """A worker has stopped of its own accord."""
    Worker.objects.filter(pk=worker).delete()
