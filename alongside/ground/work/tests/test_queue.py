"""The queue: stored with the deed, done once, tried again, taken over."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Refused
from alongside.ground.web.later import Periodic, at_once, later, one_by_one
from alongside.ground.work import queries
from alongside.ground.work.actions import jobs, queue
from alongside.ground.work.commands import all_periodic
from alongside.ground.work.models import Job, PeriodicRun, Worker
from alongside.ground.work.tests import tasks
from alongside.ground.work.tests.make import job

pytestmark = pytest.mark.django_db
SYSTEM = Standing.system()


@pytest.fixture(autouse=True)
def stored(settings) -> None:
    settings.TASKS_AT_ONCE = False


@pytest.fixture
def worker() -> str:
    return queue.begin(place="here", by=SYSTEM)


def advance(job_id: str) -> None:
    """A task of this test."""
    jobs.advance(job=job_id, by=SYSTEM)


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(tasks, "advance", advance, raising=False)
    return job("me", total=3)


def do(worker: str) -> int:
    count = 0
    while queue.do_next(worker=worker, by=SYSTEM):
        count += 1
    return count


def test_a_task_is_stored_with_the_deed_and_rolled_back_with_it(one: Job, worker: str) -> None:
    later("work.tests.advance", one.pk)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        later("work.tests.advance", one.pk)
        _ = 1 / 0
    row = DBTaskResult.objects.get()
    assert row.args_kwargs == {"args": ["work.tests.advance", 0, one.pk], "kwargs": {}}
    assert do(worker) == 1
    one.refresh_from_db()
    row.refresh_from_db()
    assert one.done == 1 and row.status == "SUCCESSFUL" and row.worker_ids == [worker]


def test_while_a_demonstration_is_built_tasks_are_done_in_this_process(one: Job, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), at_once():
        later("work.tests.advance", one.pk)
    one.refresh_from_db()
    assert one.done == 1 and not DBTaskResult.objects.exists()


@pytest.mark.on(2022, 3, 8)
def test_a_task_lives_by_the_clock_of_whoever_asked(monkeypatch: pytest.MonkeyPatch, worker: str) -> None:
    seen: list[date] = []
    monkeypatch.setattr(tasks, "look", lambda: seen.append(clock.today()), raising=False)
    later("work.tests.look")
    with clock.at(clock.start_of(date(2030, 1, 1))):
        later("work.tests.look")
    with clock.offset(timedelta()):
        do(worker)
    assert sorted(seen) == [date(2022, 3, 8), date(2030, 1, 1)]


def test_a_task_that_fails_is_tried_three_times_and_then_shown(worker: str, caplog) -> None:
    later("work.tests.fail", "somebody")
    for tries in (1, 2, 3):
        assert do(worker) == 1
        row = DBTaskResult.objects.get()
        assert len(row.worker_ids) == tries
        DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
    assert row.status == "FAILED" and "somebody" not in row.traceback + row.exception_class_path + caplog.text
    assert "in fail" in row.traceback
    assert queries.troubles(viewer=SYSTEM) == ["The task work.tests.fail failed 1 times (RuntimeError)."]
    assert not queries.troubles(viewer=Standing("me"))


def test_one_odd_row_keeps_nobody_back_and_is_shown(monkeypatch: pytest.MonkeyPatch, worker: str, caplog) -> None:
    done: list[str] = []

    def do_one(name: str) -> str:
        if name == "odd":
            raise RuntimeError(f"a secret of {name}")
        done.append(name)
        return name.upper()

    assert one_by_one(["first", "last"], do_one) == ["FIRST", "LAST"] and not caplog.text
    done.clear()
    monkeypatch.setattr(tasks, "go_round", lambda: one_by_one(["first", "odd", "last"], do_one), raising=False)
    later("work.tests.go_round")
    for tries in (1, 2, 3):
        assert do(worker) == 1 and done == ["first", "last"] * tries
        DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
    assert "one of many failed, the others go on: RuntimeError" in caplog.text and "secret" not in caplog.text
    assert queries.troubles(viewer=SYSTEM) == ["The task work.tests.go_round failed 1 times (RuntimeError)."]


def test_what_a_dead_worker_left_is_taken_over_and_what_a_living_one_does_is_not(one: Job, worker: str) -> None:
    later("work.tests.advance", one.pk)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[worker])
    assert queue.reap(by=SYSTEM) == 0
    Worker.objects.update(seen_at=clock.now() - timedelta(seconds=61))
    assert queue.reap(by=SYSTEM) == 1
    assert do(queue.begin(place="there", by=SYSTEM)) == 1
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_task_with_which_three_workers_died_is_given_up(one: Job) -> None:
    later("work.tests.advance", one.pk)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["a", "b", "c"])
    queue.reap(by=SYSTEM)
    assert queries.troubles(viewer=SYSTEM) == ["The task work.tests.advance failed 1 times (WorkerDied)."]


def test_whoever_comes_back_from_the_dead_overwrites_nothing(one: Job, worker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken_over_meanwhile() -> None:
        DBTaskResult.objects.update(status="RUNNING", worker_ids=[worker, "another"])

    monkeypatch.setattr(tasks, "sleep", taken_over_meanwhile, raising=False)
    later("work.tests.sleep")
    do(worker)
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_work_that_waits_without_a_worker_is_said(one: Job) -> None:
    later("work.tests.advance", one.pk)
    assert not queries.troubles(viewer=SYSTEM)
    DBTaskResult.objects.update(enqueued_at=clock.now() - timedelta(minutes=6))
    assert "start `alongside worker`" in queries.troubles(viewer=SYSTEM)[0]
    queue.begin(place="here", by=SYSTEM)
    assert not queries.troubles(viewer=SYSTEM)


def enqueue(known: set, *periodic: tuple[str, Periodic]) -> int:
    return queue.enqueue_due(periodic=periodic, known=known, is_school_day=lambda day: True, by=SYSTEM)


@pytest.mark.on(2022, 3, 8)
def test_what_comes_again_is_put_in_once_for_its_period_however_many_workers_ask(time_is) -> None:
    minute = ("work.tests.look", Periodic("look", every=timedelta(hours=1)))
    first, second = set(), set()
    assert enqueue(first, minute) == 1 and enqueue(first, minute) == 0 and enqueue(second, minute) == 0
    assert DBTaskResult.objects.count() == PeriodicRun.objects.count() == 1
    time_is(clock.start_of(date(2022, 3, 8), 13, 5))
    assert enqueue(second, minute) == 1 and enqueue(first, minute) == 0
    assert len(first) == len(second) == 1


def test_only_a_demonstrations_clock_goes_back(settings) -> None:
    PeriodicRun.objects.create(task="work.tests.look", period=clock.now())
    settings.TESTING = settings.DEMO = False
    with pytest.raises(Refused):
        queue.start_periods_again(by=SYSTEM)
    settings.DEMO = True
    queue.start_periods_again(by=SYSTEM)
    assert not PeriodicRun.objects.exists()


def test_what_waits_by_a_clock_that_goes_back_is_not_done_and_what_is_in_hand_is_ended_first(
    monkeypatch: pytest.MonkeyPatch, worker: str
) -> None:
    seen: list[date] = []
    monkeypatch.setattr(tasks, "look", lambda: seen.append(clock.today()), raising=False)
    with clock.offset(timedelta()):
        later("work.tests.look")
        real = clock.today()
    with clock.at(clock.start_of(date(2030, 1, 1))):
        later("work.tests.look")
    assert queue.let_moved_work_end(by=SYSTEM)
    do(worker)
    assert seen == [real], "what lives by the real clock stays"
    with clock.at(clock.start_of(date(2030, 1, 1))):
        later("work.tests.look")
    DBTaskResult.objects.exclude(status="SUCCESSFUL").update(status="RUNNING")
    monkeypatch.setattr(queue, "PATIENCE", 0)
    assert not queue.let_moved_work_end(by=SYSTEM), "somebody has it in hand still"


def test_what_apps_name_is_there() -> None:
    names = dict(all_periodic())
    assert {"notices.deliver_waiting", "notices.send_digests", "audit.seal", "work.tidy"} <= set(names)


def test_what_is_done_is_tidied_away(one: Job, worker: str) -> None:
    later("work.tests.advance", one.pk)
    do(worker)
    queue.tidy(by=SYSTEM)
    assert DBTaskResult.objects.exists() and Job.objects.exists()
    long_ago = clock.now() - timedelta(days=100)
    DBTaskResult.objects.update(finished_at=long_ago)
    Job.objects.update(changed_at=long_ago)
    Worker.objects.update(seen_at=long_ago)
    queue.tidy(by=SYSTEM)
    assert not DBTaskResult.objects.exists() and not Job.objects.exists() and not Worker.objects.exists()
