"""Moving Elthorne's day, and starting again."""

from datetime import datetime, timedelta

from django.db import IntegrityError, OperationalError, transaction

from alongside.across.demo import elthorne
from alongside.across.demo.actions import snapshot, story
from alongside.across.demo.models import DemoState
from alongside.across.demo.permissions import may_use_demonstration
from alongside.across.demo.rules import Stage, may_move, offset_for
from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.web.models import lock
from alongside.ground.work.actions import queue
from alongside.members.partnerships.models import Partnership

TRIES = 4


def move_day(*, to: Stage, by: Standing) -> None:
    """Go to a later day: what happens until then happens. To an earlier one: start again, and go there."""
    require(may_use_demonstration(by))
    state = _state()
    if state.stage == to:
        return
    if not may_move(Stage(state.stage), to):
        start_again(by=by)
        state.refresh_from_db()
    story.play(since=Stage(state.stage).begins_at, until=to.begins_at, by=by)
    with transaction.atomic():
        lock(state)
        stand_at(state=state, stage=to, by=by)


def start_again(*, by: Standing) -> None:
    """Elthorne as it was built, on its first day. Nothing else changes. Work of days that are taken back is ended first.

    It is tried again where the worker holds rows that are to go, and each waits for the other, or has just written about them."""
    require(may_use_demonstration(by))
    state = _state()
    for left in range(TRIES, 0, -1):
        try:
            queue.let_moved_work_end(by=by)
            with transaction.atomic():
                lock(state)
                snapshot.restore_elthorne(by=by)
                stand_at(state=state, stage=Stage.SIGNING, by=by)
            return
        except (OperationalError, IntegrityError):
            if left == 1:
                raise


@transaction.atomic
def continue_day(*, by: Standing) -> None:
    """When a kept demonstration is started once more: the clock goes on where it was left."""
    require(may_use_demonstration(by))
    state = _state()
    partnership = Partnership.objects.get(slug=elthorne.SLUG)
    last = Event.objects.filter(partnership=partnership.pk).order_by("-at").values_list("at", flat=True).first()
    stand_at(state=state, stage=Stage(state.stage), last_deed=last, by=by)


@transaction.atomic
def stand_at(*, state: DemoState, stage: Stage, last_deed: datetime | None = None, by: Standing) -> None:
    """Set Elthorne's clock to a day, after whatever was done last on it."""
    require(may_use_demonstration(by))
    real = clock.now() - clock.moved.get()
    state.stage, state.moved_at = stage, real
    state.offset_seconds = -(-offset_for(real, stage, last_deed) // timedelta(seconds=1))
    state.save(update_fields=["stage", "offset_seconds", "moved_at"])


def _state() -> DemoState:
    state = DemoState.objects.first()
    if state is None:
        raise Conflict("Elthorne has not been built here.")
    return state
