"""The time that the whole product lives by.

`now()` and `today()` are the only ways to ask for it. `skew` is what the database's clock is ahead of
this process's (set by `web` for PostgreSQL, so that several machines agree); `moved` is how far a
demonstration or a test has moved the clock: nothing, everywhere else. Sessions, tokens and rate limits
use real time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOTHING = timedelta()

skew: timedelta = NOTHING
moved: ContextVar[timedelta] = ContextVar("moved", default=NOTHING)


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC) + skew + moved.get()


def today() -> date:
    """Today's date in London."""
    return now().astimezone(LONDON).date()


@contextmanager
def offset(by: timedelta) -> Iterator[None]:
    """Live by a clock moved by so much, for demonstrations."""
    token = moved.set(by)
    try:
        yield
    finally:
        moved.reset(token)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live from that moment on (the clock still runs), for tests and demonstrations."""
    with offset(moment - datetime.now(UTC) - skew):
        yield


def end_of(day: date) -> datetime:
    """The first moment after that day in London: 'by 18 March' means before this."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), LONDON).astimezone(UTC)


def start_of(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """That day in London at an hour, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON).astimezone(UTC)
