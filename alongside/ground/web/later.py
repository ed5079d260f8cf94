"""Work that waits until the transaction is safely stored."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import time, timedelta

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django_tasks import task

from alongside.ground.core import clock


@dataclass(frozen=True)
class Periodic:
    """A task without ids that the worker runs again and again: every so often, or each day at a time in London.

    An app names its own in `tasks.PERIODIC`. `on_school_days` leaves out weekends and bank holidays.
    """

    name: str
    every: timedelta | None = None
    at: time | None = None
    on_school_days: bool = False


_at_once: ContextVar[bool] = ContextVar("at_once", default=False)


def later(task: str, *ids: str) -> None:
    """Run `<app>.<task>` from that app's `tasks` with those ids once the transaction is committed.

    It is stored as one row of the queue, in the same transaction: what is rolled back is never run. A worker runs it,
    by the clock of whoever asked. The task must be safe to run twice: a worker may die in the middle of it.
    """
    if settings.TASKS_AT_ONCE or _at_once.get():
        transaction.on_commit(_of_name(task, ids), robust=True)
    else:
        enqueue(task, *ids)


def enqueue(name: str, *ids: str) -> None:
    """Put a task into the queue, with how many seconds the clock is moved here: it runs by the same, never earlier."""
    stored.enqueue(name, -(-clock.moved.get() // timedelta(seconds=1)), *ids)


@contextmanager
def at_once() -> Iterator[None]:
    """What is left for later inside happens in this process, as soon as it is committed: for building a demonstration."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def run(name: str, *ids: str) -> None:
    """Run the task of that name, here and now."""
    room, *inside, function = name.split(".")
    getattr(importlib.import_module(".".join([apps.get_app_config(room).name, *inside, "tasks"])), function)(*ids)


@task()
def stored(name: str, moved: int, *ids: str) -> None:
    """The one task of the queue: what it says to run, by a clock moved by so many seconds (nothing outside demonstrations)."""
    with clock.offset(timedelta(seconds=moved)):
        run(name, *ids)


def _of_name(name: str, ids: tuple[str, ...]) -> Callable[[], None]:
    # a function of its own, not a partial: Django names what failed after a commit, and goes on with the next
    def run_now() -> None:
        run(name, *ids)

    return run_now
