from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from alongside.members.membership.rules.dates import MembershipSettings, dates_of, term_year
from alongside.money.budget.rules import (
    Working,
    beyond_words,
    carry_over,
    over_words,
    running_year,
    support_words,
)

PENCE = st.integers(0, 40_000_000)


def test_what_is_carried_over_shows_its_working() -> None:
    working = Working(carried_in=0, issued=14_550_000, credited=150_000, spent=9_000_000, committed=4_165_433)
    assert working.income == 14_400_000 and working.carried_over == 1_234_567
    assert sum(amount for _, amount in working.rows) == working.carried_over
    assert next(words for words, _ in working.rows) == "Fees asked for"


@given(PENCE, PENCE, PENCE, PENCE, PENCE)
def test_the_working_always_adds_up(carried: int, issued: int, credited: int, spent: int, committed: int) -> None:
    working = Working(carried, issued, credited, spent, committed)
    assert sum(amount for _, amount in working.rows) == working.carried_over == working.balance - committed
    assert working.carried_over == carry_over(carried, issued - credited, spent, committed)


def test_an_overcommitted_heading_is_said_kindly() -> None:
    assert over_words(100_000, 40_000, 60_000) == ""
    assert over_words(100_000, 50_000, 60_000).startswith("£100 more is promised and spent than planned. There is still time")
    assert over_words(100_000, 20_000, 100_000).startswith("£200 more is promised and spent")
    assert over_words(100_000, 0, 120_000).startswith("£200 more is spent than planned")


DATES = dates_of(MembershipSettings(), date(2022, 2, 8))


def test_the_months_that_a_fee_supports() -> None:
    assert term_year(DATES, 1) == (date(2022, 9, 1), date(2023, 8, 31))
    assert term_year(DATES, 2) == (date(2023, 9, 1), date(2024, 8, 31))
    assert term_year(replace(DATES, support_from=date(2024, 2, 29)), 1) == (date(2024, 2, 29), date(2025, 2, 28))
    assert term_year(replace(DATES, support_from=date(2024, 2, 29)), 2) == (date(2025, 3, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("numbers", "today", "year"),
    [
        ([1], date(2022, 4, 1), 1),
        ([1, 2], date(2022, 4, 1), 1),
        ([1, 2], date(2023, 8, 31), 1),
        ([1, 2], date(2023, 9, 1), 2),
        ([1, 2], date(2030, 1, 1), 2),
    ],
)
def test_a_year_that_is_opened_ahead_does_not_run_yet(numbers: list[int], today: date, year: int) -> None:
    assert running_year(DATES, numbers, today) == year
    assert support_words(*term_year(DATES, 2)) == "September 2023 to August 2024"


@pytest.mark.parametrize(
    ("amount", "free", "is_known", "words"),
    [
        (100, 100, True, ""),
        (100, 99, True, "has £0.99 left"),
        (1, 0, True, "has nothing left"),
        (1, -5_000, True, "has nothing left"),
        (10**9, 0, False, ""),
    ],
)
def test_a_promise_beyond_the_money_is_made_with_open_eyes(amount: int, free: int, is_known: bool, words: str) -> None:
    said = beyond_words(amount, free, is_known)
    assert (words in said) if words else said == ""
