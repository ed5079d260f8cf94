"""When work that comes again is due, how often work is tried, and when a worker counts as dead.

Source: reliability.md, promise 22 (no work stuck), and decision 8 (a worker that is killed leaves its task running).
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from alongside.ground.core.choice import Choice
from alongside.ground.core.clock import LONDON

TRIES = 3
WAITS = (timedelta(minutes=1), timedelta(minutes=10))
BEAT = timedelta(seconds=5)  # how often a worker says that it lives
LEASE = timedelta(seconds=60)  # a worker that has not said so for this long is dead
MISSED_AFTER = timedelta(minutes=5)  # without any worker for this long, `alongside check` says so
STILL_AFTER = timedelta(minutes=10)  # long work that has not moved for this long may have stopped
DONE_KEPT, FAILED_KEPT, JOBS_KEPT = timedelta(days=7), timedelta(days=90), timedelta(days=30)
BEGINNING = datetime(2000, 1, 3, tzinfo=UTC)


class JobState(Choice):
    """Where long work is."""

    RUNNING = "running", "Under way", "blue"
    DONE = "done", "Done", "green"


def is_weekday(day: date) -> bool:
    """Monday to Friday count as school days where nobody says better."""
    return day.weekday() < 5


def period_due(
    now: datetime,
    *,
    every: timedelta | None = None,
    at: time | None = None,
    school_days_only: bool = False,
    is_school_day: Callable[[date], bool] = is_weekday,
) -> datetime | None:
    """Work that comes again is due once for each stretch of time, or once a day from its hour in London on.

    Gives the start of the period that is due now: the name under which it is done once. None before the day's hour,
    and on a day that is no school day where only those count.
    """
    if every is not None:
        return now - (now - BEGINNING) % every
    today = now.astimezone(LONDON).date()
    if at is None or (school_days_only and not is_school_day(today)):
        return None
    begins = datetime.combine(today, at, LONDON).astimezone(UTC)
    return begins if now >= begins else None


def next_try(tries: int) -> timedelta | None:
    """Work that failed is tried again after a minute and after ten; after the third time it counts as failed.

    Gives how long to wait after so many tries, or None when that was the last.
    """
    return WAITS[tries - 1] if tries < TRIES else None


def share_done(done: int, total: int) -> int:
    """How far long work is, in whole hundredths; never all before it is."""
    return min(100 * done // total, 100) if total > 0 else 0


def is_still(changed_at: datetime, now: datetime) -> bool:
    """Long work that has not moved for ten minutes may have stopped: the page says so instead of waiting for ever."""
    return now - changed_at >= STILL_AFTER


def failures(paths: Sequence[str]) -> str:
    """What went wrong is named by its kind alone: its words may hold what only some may read."""
    return ", ".join(sorted({path.rpartition(".")[2] for path in paths if path}))
