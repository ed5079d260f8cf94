from datetime import date

import pytest
from hypothesis import given, strategies as st

from alongside.calendar import rules

BANK = {date(2022, 4, 15): "Good Friday", date(2022, 4, 18): "Easter Monday"}
EASTER = (("Easter holiday", date(2022, 4, 4), date(2022, 4, 18)),)
DAYS = rules.SchoolDays(BANK, EASTER)


@pytest.mark.parametrize(
    ("day", "is_open", "why"),
    [
        (date(2022, 3, 18), True, ""),
        (date(2022, 3, 19), False, "the weekend"),
        (date(2022, 3, 20), False, "the weekend"),
        (date(2022, 4, 1), True, ""),
        (date(2022, 4, 4), False, "Easter holiday"),
        (date(2022, 4, 15), False, "Good Friday"),
        (date(2022, 4, 18), False, "Easter Monday"),
        (date(2022, 4, 19), True, ""),
    ],
)
def test_a_school_day_is_a_weekday_without_any_holiday(day: date, is_open: bool, why: str) -> None:
    assert DAYS.is_open(day) is is_open
    assert DAYS.why_closed(day) == why


@pytest.mark.parametrize(
    ("after", "following"),
    [
        (date(2022, 3, 17), date(2022, 3, 18)),
        (date(2022, 3, 18), date(2022, 3, 21)),
        (date(2022, 4, 1), date(2022, 4, 19)),
    ],
)
def test_the_next_school_day_is_later_than_the_day(after: date, following: date) -> None:
    assert DAYS.next(after) == following


def test_a_year_without_school_has_no_next_school_day() -> None:
    closed = rules.SchoolDays({}, (("Closed", date(2022, 1, 1), date(2024, 1, 1)),))
    assert closed.next(date(2022, 1, 1)) is None


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2022, 3, 14), date(2022, 3, 18), 5),
        (date(2022, 3, 18), date(2022, 3, 21), 2),
        (date(2022, 4, 4), date(2022, 4, 18), 0),
        (date(2022, 4, 1), date(2022, 4, 19), 2),
        (date(2022, 3, 18), date(2022, 3, 17), 0),
    ],
)
def test_school_days_are_counted_with_both_ends(first: date, last: date, count: int) -> None:
    assert DAYS.count(first, last) == count


@given(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_counting_is_additive(start: date, one: int, two: int) -> None:
    middle, end = start + rules.DAY * one, start + rules.DAY * (one + 1 + two)
    assert DAYS.count(start, end) == DAYS.count(start, middle) + DAYS.count(middle + rules.DAY, end)


@pytest.mark.parametrize(
    ("name", "first", "last", "field"),
    [
        ("Half-term", date(2022, 5, 30), date(2022, 6, 3), None),
        ("Half-term", date(2022, 6, 3), date(2022, 5, 30), "last_on"),
        ("Half-term", date(2022, 5, 30), date(2023, 6, 3), "last_on"),
        ("Easter again", date(2022, 4, 18), date(2022, 4, 20), "first_on"),
        (" ", date(2022, 5, 30), date(2022, 6, 3), "name"),
    ],
)
def test_a_holiday_that_makes_no_sense_says_what_to_do(name: str, first: date, last: date, field: str | None) -> None:
    assert list(rules.holiday_problem(name, first, last, EASTER)) == ([field] if field else [])
