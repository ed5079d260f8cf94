"""Work that waits until the transaction is safely stored."""

import importlib.util
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django_tasks import task

from alongside.ground.core import clock

Thing = TypeVar("Thing")
Given = TypeVar("Given")


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


@cache
def _tasks_of_rooms() -> Mapping[str, ModuleType]:
    """The tasks of each room that has some, by its name."""
    named = (f"{room}.tasks" for room in settings.OUR_APPS if importlib.util.find_spec(f"{room}.tasks"))
    return {name.split(".")[-2]: importlib.import_module(name) for name in named}


def named_in_tasks(what: str) -> list[tuple[str, Any]]:
    """What the rooms name in their `tasks` under that word (`PERIODIC`, `FOLLOWS`), each with its room."""
    return [(room, one) for room, tasks in _tasks_of_rooms().items() for one in getattr(tasks, what, ())]


def follow(settings_of: str, *ids: str) -> None:
    """Run later what works out from the settings of that room, as other rooms name it in `tasks.FOLLOWS`: (whose settings,
    task)."""
    for room, (followed, name) in named_in_tasks("FOLLOWS"):
        if followed == settings_of:
            later(f"{room}.{name}", *ids)


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


def one_by_one(things: Iterable[Thing], deed: Callable[[Thing], Given]) -> list[Given]:
    """Do a deed for each of many, so that one odd row keeps nobody back; gives what it gave.

    Each is a transaction of its own, as deeds are, and safe to begin twice: once all have had their turn, the first failure is
    raised, so that the work is tried again and stands, failing still, where failed work is shown (`alongside check`).
    """
    given: list[Given] = []
    failures: list[Exception] = []
    for one in things:
        try:
            given.append(deed(one))
        except Exception as failure:  # by its kind alone: its words may hold what only some may read
            logging.getLogger("alongside").warning("one of many failed, the others go on: %s", type(failure).__name__)
            failures.append(failure)
    if failures:
        raise failures[0]
    return given


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
