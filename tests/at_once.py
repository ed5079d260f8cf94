"""Several people at the same moment, in a thread each, all by one clock."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from contextvars import copy_context
from datetime import datetime
from typing import Any

from django.db import connections

from alongside.ground.core import clock
from alongside.ground.core.verdict import Conflict, Invalid


def at_once(*deeds: Callable[[], Any], at: datetime | None = None) -> list[Any]:
    """Do all from a thread each, at the same moment; gives what each returned or the refusal it met."""
    barrier = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return deed()
        except (Conflict, Invalid) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ExitStack() as stack:
        if at:
            stack.enter_context(clock.at(at))
        pool = stack.enter_context(ThreadPoolExecutor(len(deeds)))
        doing = [pool.submit(copy_context().run, one, deed) for deed in deeds]  # the clock stands in the context
        return [each.result() for each in doing]
