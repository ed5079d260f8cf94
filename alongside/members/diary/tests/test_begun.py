"""When a date has begun."""

from datetime import UTC, date, datetime

import pytest

from alongside.members.diary.rules import Known, has_begun

NOON = datetime(2022, 3, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first_on", "starts_at", "begun"),
    [
        (date(2022, 3, 8), NOON.replace(minute=1), False),
        (date(2022, 3, 8), NOON, True),
        (date(2022, 3, 7), None, True),
        (date(2022, 3, 8), None, False),
        (date(2022, 3, 9), None, False),
    ],
)
def test_a_date_has_begun_at_its_time_and_a_whole_day_when_it_is_over(
    first_on: date, starts_at: datetime | None, begun: bool
) -> None:
    assert has_begun(Known("u", "d", 0, first_on, starts_at, False), NOON) is begun
