from datetime import UTC, datetime, timedelta

import pytest

from alongside.ground.documents.rules import CODE_LASTS, is_good

MADE = datetime(2022, 4, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("replaced_at", "now", "good"),
    [
        (None, MADE, True),
        (None, MADE + CODE_LASTS - timedelta(seconds=1), True),
        (None, MADE + CODE_LASTS, False),
        (MADE, MADE, False),
    ],
)
def test_a_code_opens_its_paper_for_its_time_unless_it_was_replaced(
    replaced_at: datetime | None, now: datetime, good: bool
) -> None:
    assert is_good(MADE, replaced_at, now) is good
