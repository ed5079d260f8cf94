"""How work stands."""

from django.db.models import Max
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.work.models import Job, Worker
from alongside.ground.work.rules import MISSED_AFTER, failures

SHOWN = 50


def jobs_of(*, viewer: Standing) -> list[Job]:
    """The long work that the viewer asked for, newest first."""
    return list(Job.objects.visible_to(viewer).filter(person=viewer.person or "-").order_by("-started_at")[:SHOWN])


def troubles(*, viewer: Standing) -> list[str]:
    """What `alongside check` says of the queue: work that waits without a worker, and work that failed."""
    if not viewer.is_system:
        return []
    found, now = [], clock.now() - clock.moved.get()
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - MISSED_AFTER).count()
    seen = Worker.objects.visible_to(viewer).aggregate(at=Max("seen_at"))["at"]
    if waiting and (seen is None or now - seen > MISSED_AFTER):
        found.append(f"Work waits ({waiting} tasks) and no worker has been seen for five minutes: start `alongside worker`.")
    lost: dict[str, list[str]] = {}
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    for args, path in failed.values_list("args_kwargs", "exception_class_path")[:1_000]:
        lost.setdefault(str(args["args"][0]), []).append(path)
    found += [f"The task {name} failed {len(paths)} times ({failures(paths)})." for name, paths in sorted(lost.items())]
    return found
