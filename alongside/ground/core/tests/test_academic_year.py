from datetime import date

import pytest
from hypothesis import given, strategies as st

from alongside.ground.core.academic_year import AcademicYear, academic_year_of, read_academic_year


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 1), "2026/27"),
        (date(2027, 8, 31), "2026/27"),
        (date(2026, 8, 31), "2025/26"),
        (date(1999, 9, 1), "1999/00"),
    ],
)
def test_a_year_begins_on_the_first_of_september(day: date, words: str) -> None:
    assert str(academic_year_of(day)) == words


@pytest.mark.parametrize(
    ("text", "start"),
    [("2026-27", 2026), ("2026/27", 2026), ("1999-00", 1999), ("2026-28", None), ("", None), ("2026", None), ("٢٠٢٦-27", None)],
)
def test_a_year_of_an_address(text: str, start: int | None) -> None:
    assert read_academic_year(text) == (None if start is None else AcademicYear(start))


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_every_day_is_in_its_year_and_in_no_other(day: date) -> None:
    year = academic_year_of(day)
    assert day in year and day not in AcademicYear(year.start + 1) and day not in AcademicYear(year.start - 1)
    assert read_academic_year(year.slug) == year
