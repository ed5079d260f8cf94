"""A worker's life. Leases live by real time, not by a demonstration's clock."""

from datetime import datetime

from django.db import transaction

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.work.models import Worker


def real_now() -> datetime:
    """This moment, whatever a demonstration's clock says."""
    return clock.now() - clock.moved.get()


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
