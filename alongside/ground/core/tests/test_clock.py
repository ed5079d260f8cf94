"""The clock: moved only where it is asked to, and right round the ends of days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.ground.core import clock


def test_the_clock_moves_only_inside():
    before = clock.today()
    with clock.at(datetime(2022, 3, 8, 9, 0, tzinfo=UTC)):
        assert clock.today() == date(2022, 3, 8)
        assert clock.now() - datetime(2022, 3, 8, 9, 0, tzinfo=UTC) < timedelta(seconds=5)
    assert clock.today() == before


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2022, 3, 18), datetime(2022, 3, 19, 0, 0, tzinfo=UTC)),  # winter: London is UTC
        (date(2026, 3, 28), datetime(2026, 3, 29, 0, 0, tzinfo=UTC)),  # the night the clocks go forward
        (date(2026, 3, 29), datetime(2026, 3, 29, 23, 0, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 23, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),  # a day of 25 hours
    ],
)
def test_a_day_ends_at_midnight_in_london(day, end):
    assert clock.end_of(day) == end


def test_today_is_londons_day():
    with clock.at(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
