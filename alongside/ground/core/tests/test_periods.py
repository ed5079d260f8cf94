"""Months and years later, at the edges."""

from datetime import date

import pytest

from alongside.ground.core.periods import months_later, years_later


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2022, 9, 1), 1, date(2023, 9, 1)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 2, date(2026, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2023, 2, 28), 1, date(2024, 2, 28)),
        (date(2023, 3, 1), 1, date(2024, 3, 1)),
        (date(2096, 2, 29), 4, date(2100, 3, 1)),
    ],
)
def test_years_later(day: date, years: int, then: date) -> None:
    assert years_later(day, years) == then


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2022, 8, 31), 18, date(2024, 2, 29)),
        (date(2022, 3, 18), 18, date(2023, 9, 18)),
        (date(2022, 12, 15), 1, date(2023, 1, 15)),
    ],
)
def test_months_later(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then
