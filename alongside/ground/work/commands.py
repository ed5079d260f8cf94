"""`alongside worker`: a process that does what waits in the queue, until it is asked to stop."""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import Error as DatabaseProblem, close_old_connections, connection

from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, named_in_tasks
from alongside.ground.work.actions import queue
from alongside.ground.work.rules import BEAT, LEASE, is_weekday

log = logging.getLogger("alongside")
SYSTEM = Standing.system()
PAUSE = 0.5  # seconds between two looks at an empty queue
ROUND = 5.0  # seconds between two looks for what is due, and for what dead workers left
AFTER_TROUBLE = 3.0


@dataclass
class Loop:
    """One worker. `living_in` gives the clock in which periodic work is looked at (a demonstration's, or nothing)."""

    is_school_day: Callable[[date], bool] = is_weekday
    living_in: Callable[[], AbstractContextManager[Any]] = nullcontext
    beside: int = 0
    lease: timedelta = LEASE
    beat: timedelta = BEAT
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Work until asked to stop; gives the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.asked_to_stop)
        periodic, known = all_periodic(), set[tuple[str, Any]]()
        worker = ""
        while not worker and self.goes_on():
            try:
                worker = queue.begin(place=f"{socket.gethostname()} {os.getpid()}", by=SYSTEM)
            except DatabaseProblem as error:
                self.trouble(error)
        threading.Thread(target=self.heart, args=(worker,), daemon=True).start()
        next_round = 0.0
        while self.goes_on():
            try:
                close_old_connections()
                if time.monotonic() >= next_round:
                    next_round = time.monotonic() + ROUND
                    queue.reap(lease=self.lease, by=SYSTEM)
                    with self.living_in():
                        queue.enqueue_due(periodic=periodic, known=known, is_school_day=self.is_school_day, by=SYSTEM)
                if not queue.do_next(worker=worker, by=SYSTEM):
                    self.stop.wait(PAUSE)
            except DatabaseProblem as error:
                self.trouble(error)
        with suppress(DatabaseProblem):  # its lease runs out
            queue.end(worker=worker, by=SYSTEM)
        return 0

    def goes_on(self) -> bool:
        """Until a signal comes, or the server that this worker stands beside has ended."""
        return not self.stop.is_set() and (not self.beside or os.getppid() == self.beside)

    def asked_to_stop(self, number: int, frame: object) -> None:
        """Finish the task in hand, then stop; asked twice, stop at once (another worker takes the task over)."""
        if self.stop.is_set():
            os._exit(1)
        self.stop.set()

    def trouble(self, error: Exception) -> None:
        """Say in one line that the database does not answer, and try again in a while."""
        if self.goes_on():
            log.warning("the worker waits for the database: %s", type(error).__name__)
            connection.close()
            self.stop.wait(AFTER_TROUBLE)

    def heart(self, worker: str) -> None:
        """Say again and again that this worker lives, also while a long task runs."""
        while not self.stop.wait(self.beat.total_seconds()):
            try:
                if not queue.beat(worker=worker, by=SYSTEM):
                    self.stop.set()
            except DatabaseProblem:
                connection.close()
        connection.close()


def all_periodic() -> list[tuple[str, Periodic]]:
    """What every app has named in `tasks.PERIODIC`, as '<app>.<task>'."""
    return [(f"{room}.{one.name}", one) for room, one in named_in_tasks("PERIODIC")]


def start_beside() -> None:
    """Start a worker, and who starts it again should it die; both end with this process: what it becomes is their server."""
    subprocess.Popen([sys.executable, "-m", "alongside.ground.work.keeper", str(os.getpid())], stdin=subprocess.DEVNULL)
