"""`alongside worker` as a process of its own: it works, stops when asked, and ends with the server that it stands beside."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django_tasks_db.models import DBTaskResult

from alongside.ground.audit.actions import recording as audit
from alongside.ground.audit.queries import chain as log
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import later
from alongside.ground.work.models import Job, Worker
from alongside.ground.work.tests.make import job
from tests.kills import surroundings

pytestmark = [pytest.mark.slow, pytest.mark.both, pytest.mark.django_db(transaction=True)]
SYSTEM = Standing.system()
PARENT = """
import time
import django
django.setup()
from alongside.ground.work.commands import start_beside
start_beside()
print(1, flush=True)
time.sleep(120)
"""


@pytest.fixture(autouse=True)
def stored(settings) -> None:
    settings.TASKS_AT_ONCE = False


def until(happened: Callable[[], object], seconds: float = 40) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.1)
    return False


def test_a_worker_works_and_stops_when_asked() -> None:
    audit.record("tests.deed", by=SYSTEM)
    one = job("me", total=3)
    later("work.tidy")
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "alongside", "worker"], env=surroundings(ALONGSIDE_TASKS="stored")
    )
    try:
        assert until(lambda: DBTaskResult.objects.filter(status="SUCCESSFUL", args_kwargs__args__0="work.tidy").exists())
        assert until(lambda: log.head(viewer=SYSTEM)[0] == 1), "what comes again was not done"
        assert Worker.objects.count() == 1 and Job.objects.get(pk=one.pk)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0 and not Worker.objects.exists()
    finally:
        process.kill()
        process.wait()


def test_a_worker_beside_a_server_is_started_again_when_it_dies_and_ends_with_the_server_however_it_ends() -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env=surroundings(ALONGSIDE_TASKS="stored")
    )
    try:
        assert server.stdout is not None and int(server.stdout.readline())
        assert until(Worker.objects.exists)
        first = Worker.objects.get()
        os.kill(int(first.place.split()[1]), signal.SIGKILL)
        assert until(lambda: Worker.objects.exclude(pk=first.pk).exists()), "a worker that died was not started again"
        Worker.objects.filter(pk=first.pk).delete()
        server.kill()
        server.wait()
        assert until(lambda: not Worker.objects.exists(), 20), "it went on without its server"
    finally:
        server.kill()
        server.wait()
        if server.stdout:
            server.stdout.close()
