"""Deeds of the machine: its queue, its workers, and long work that people follow."""

from alongside.ground.work.actions.jobs import (
    advance as advance,
    finish as finish,
    start_job as start_job,
)
from alongside.ground.work.actions.queue import (
    do_next as do_next,
    enqueue_due as enqueue_due,
    reap as reap,
    start_periods_again as start_periods_again,
    tidy as tidy,
)
from alongside.ground.work.actions.workers import beat as beat, begin as begin, end as end
