"""The dates of a sign-up, and the years of the term that follow from them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from alongside.members.calendar.queries.days import published
from alongside.members.calendar.rules.settings import Nation
from alongside.members.membership.rules import dates
from alongside.members.membership.rules.dates import CountsFrom, MembershipSettings
from alongside.members.membership.tests.make import DATES
from alongside.members.partnerships.rules import Template

TODAY = date(2022, 3, 8)
OF_2022 = dates.dates_of(DATES, date(2022, 2, 7))
FROM_SIGN_UP = replace(OF_2022, counts_from=CountsFrom.SIGN_UP)


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2022, 3, 1), 1), (date(2022, 3, 18), 1), (date(2022, 3, 19), 1), (date(2023, 3, 18), 1),
        (date(2023, 3, 19), 2), (date(2023, 4, 17), 2), (date(2024, 3, 19), 3),
    ],
)  # fmt: skip
def test_the_years_of_the_term_are_counted_from_the_last_day_to_sign(on: date, year: int) -> None:
    assert dates.year_of_term(on, FROM_SIGN_UP) == year


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2022, 3, 19), 1), (date(2023, 8, 31), 1), (date(2023, 9, 1), 2), (date(2024, 8, 31), 2), (date(2024, 9, 1), 3)],
)
def test_or_from_the_day_on_which_support_begins(on: date, year: int) -> None:
    assert dates.year_of_term(on, replace(OF_2022, counts_from=CountsFrom.SUPPORT)) == year


@pytest.mark.parametrize(
    ("today", "frozen_on", "says", "does_not"),
    [
        (date(2022, 3, 18), None, [], ["Your school"]),
        (date(2022, 3, 19), None, ["from today, Saturday 19 March 2022, until Monday 18 March 2024",
                                   "until the roll of members is frozen on Monday 21 March 2022"],
         ["year 2", "year 1 of", "board to decide"]),
        (date(2022, 3, 21), None, ["until the roll of members is frozen on Monday 21 March 2022"], ["board to decide"]),
        (date(2022, 3, 30), None, ["You may withdraw until the roll of members is frozen."], ["21 March"]),
        (date(2022, 3, 17), date(2022, 3, 16), ["was frozen on Wednesday 16 March 2022"], ["You may withdraw"]),
        (date(2023, 4, 17), date(2022, 3, 21), ["from today, Monday 17 April 2023, until Monday 18 March 2024",
                                                "year 2 of 2", "board to decide"], ["You may withdraw"]),
        (date(2024, 3, 19), date(2022, 3, 21), ["ended on Monday 18 March 2024: ask"], ["Your school"]),
    ],
)  # fmt: skip
def test_who_signs_late_is_told_what_holds_today(
    today: date, frozen_on: date | None, says: list[str], does_not: list[str]
) -> None:
    said = " ".join(dates.told_late(today, FROM_SIGN_UP, 2, frozen_on))
    assert all(words in said for words in says) and bool(said) == bool(says)
    assert not any(words in said for words in does_not)


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        (
            date(2022, 2, 10),
            (date(2022, 2, 24), date(2022, 3, 18), date(2022, 3, 21), date(2022, 3, 21), date(2022, 9, 1)),
        ),
        (
            date(2026, 11, 21),
            (date(2026, 12, 7), date(2027, 1, 8), date(2027, 1, 11), date(2027, 1, 11), date(2027, 9, 1)),
        ),
        (  # a Friday stays; 20 December and 3 January are in the fortnight of Christmas
            date(2024, 11, 15),
            (date(2024, 11, 29), date(2025, 1, 10), date(2025, 1, 13), date(2025, 1, 13), date(2025, 9, 1)),
        ),
    ],
)
def test_dates_follow_from_the_day_of_the_start(started: date, expected: tuple[date, ...]) -> None:
    found = dates.dates_of(MembershipSettings.for_template(Template.LEARNING), started)
    assert (found.discussion_on, found.sign_by, found.board_first_meets_on, found.roll_freezes_on, found.support_from) == expected


@pytest.mark.parametrize(
    ("started", "discussion", "sign_by", "board"),
    [  # what two weeks, three weeks and a Monday would fall on
        (date(2026, 12, 11), date(2027, 1, 4), date(2027, 1, 29), date(2027, 2, 1)),  # Christmas Day
        (date(2026, 12, 12), date(2027, 1, 4), date(2027, 1, 29), date(2027, 2, 1)),  # Boxing Day, as a substitute
        (date(2026, 12, 18), date(2027, 1, 4), date(2027, 1, 29), date(2027, 2, 1)),  # New Year's Day
        (date(2027, 12, 11), date(2028, 1, 4), date(2028, 1, 28), date(2028, 1, 31)),  # 27 December
        (date(2026, 11, 7), date(2026, 11, 23), date(2026, 12, 18), date(2027, 1, 4)),  # the Monday before Christmas
        (date(2026, 2, 21), date(2026, 3, 9), date(2026, 4, 17), date(2026, 4, 20)),  # Good Friday, Easter Monday
        (date(2026, 3, 21), date(2026, 4, 13), date(2026, 5, 8), date(2026, 5, 11)),  # in the Easter holiday
        (date(2026, 4, 11), date(2026, 4, 27), date(2026, 5, 22), date(2026, 6, 1)),  # the spring bank holiday
        (date(2026, 7, 10), date(2026, 9, 1), date(2026, 9, 25), date(2026, 9, 28)),  # the summer
        (date(2026, 10, 14), date(2026, 11, 2), date(2026, 11, 27), date(2026, 11, 30)),  # the half-term week
    ],
)
def test_dates_that_follow_fall_on_days_that_are_usually_open(
    started: date, discussion: date, sign_by: date, board: date
) -> None:
    found = dates.dates_of(MembershipSettings(), started)
    assert (found.discussion_on, found.sign_by, found.board_first_meets_on, found.roll_freezes_on) == (
        discussion, sign_by, board, board
    )  # fmt: skip


def test_no_day_of_ten_years_leads_to_a_bank_holiday_or_to_christmas_or_august() -> None:
    bank = published()[Nation.ENGLAND_AND_WALES]
    for number in range(3650):
        found = dates.dates_of(MembershipSettings(), date(2018, 1, 1) + timedelta(days=number))
        for day in (found.discussion_on, found.sign_by, found.board_first_meets_on, found.roll_freezes_on):
            christmas = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 3)
            assert day.weekday() < 5 and day not in bank and day.month != 8 and not christmas, (number, day)


def test_a_date_that_was_set_stands_as_it_was_set() -> None:
    days = [date(2022, 2, 5), date(2022, 8, 6), date(2022, 10, 9), date(2022, 10, 8), date(2023, 2, 1)]
    found = dates.dates_of(MembershipSettings(True, *days[:2], board_first_meets_on=days[2], roll_freezes_on=days[3],
                                              support_from=days[4]), date(2022, 1, 1))  # fmt: skip
    assert [found.discussion_on, found.sign_by, found.board_first_meets_on, found.roll_freezes_on, found.support_from] == days


def test_support_begins_in_the_september_after_the_board() -> None:
    on_the_first = MembershipSettings(board_first_meets_on=date(2025, 9, 1))
    assert dates.dates_of(on_the_first, date(2025, 7, 1)).support_from == date(2026, 9, 1)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_dates_that_follow_by_themselves_are_always_in_order(started: date) -> None:
    found = dates.dates_of(MembershipSettings(), started)
    assert dates.dates_problems(found) == {}
    assert found.sign_by.weekday() == 4
    assert found.board_first_meets_on.weekday() == 0
    assert found.discussion_on.weekday() < 5 and found.sign_by.month != 8


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"discussion_on": date(2022, 3, 19)}, "sign_by"),
        ({"roll_freezes_on": date(2022, 3, 18)}, "roll_freezes_on"),
        ({"support_from": date(2022, 3, 1)}, "support_from"),
    ],
)
def test_dates_out_of_order_say_which(changed: dict[str, date], field: str) -> None:
    assert list(dates.dates_problems(replace(OF_2022, **changed))) == [field]
    on_one_day = replace(OF_2022, discussion_on=OF_2022.sign_by, support_from=OF_2022.sign_by)
    assert dates.dates_problems(on_one_day) == {}


@pytest.mark.parametrize(("start", "end"), [(date(2022, 3, 18), date(2024, 3, 18)), (date(2024, 2, 29), date(2026, 3, 1))])
def test_the_term_is_two_years_from_the_last_day_to_sign(start: date, end: date) -> None:
    assert dates.term_ends_on(replace(OF_2022, sign_by=start, counts_from="sign-up"), 2) == end


@pytest.mark.parametrize(
    ("support", "years", "end"),
    [
        (date(2022, 9, 1), 2, date(2024, 8, 31)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
        (date(2023, 3, 1), 1, date(2024, 2, 29)),
        (date(2024, 1, 1), 1, date(2024, 12, 31)),
    ],
)
def test_or_from_the_day_support_begins(support: date, years: int, end: date) -> None:
    assert dates.term_ends_on(replace(OF_2022, support_from=support), years) == end


@pytest.mark.parametrize("sign_by", [date(2022, 2, 28), date(2024, 2, 29), date(2022, 3, 18)])
@pytest.mark.parametrize("counts_from", dates.CountsFrom)
def test_the_last_years_fee_ends_with_the_membership_and_no_day_is_lost_between(sign_by: date, counts_from: str) -> None:
    of = replace(OF_2022, sign_by=sign_by, counts_from=counts_from)
    every = [dates.term_year(of, number) for number in range(1, 6)]
    assert every[0][0] == (of.support_from if counts_from == "support" else sign_by)
    assert [last for _, last in every] == [dates.term_ends_on(of, number) for number in range(1, 6)]
    assert all(later[0] - before[1] == timedelta(days=1) for before, later in pairwise(every))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 3, 8), "Ten days left"),
        (date(2022, 3, 7), "11 days left"),
        (date(2022, 3, 17), "One day left"),
        (date(2022, 3, 18), "Today is the last day"),
        (date(2022, 3, 19), "Sign-up closed on 18 March"),
        (date(2022, 12, 31), "Sign-up closed on 18 March"),
        (date(2023, 1, 1), "Sign-up closed on 18 March 2022"),
    ],
)
def test_what_is_left_is_said_in_days(day: date, words: str) -> None:
    assert dates.days_left_words(day, date(2022, 3, 18)) == words


@pytest.mark.parametrize(
    ("day", "frozen_on", "open_now", "words"),
    [
        (date(2022, 3, 10), None, True, "Eight days left"),
        (date(2022, 3, 10), date(2022, 3, 9), False, "Sign-up closed on 9 March"),
        (date(2022, 3, 18), None, True, "Today is the last day"),
        (date(2022, 3, 22), date(2022, 3, 21), False, "Sign-up closed on 18 March"),
    ],
)
def test_nobody_is_asked_to_sign_by_a_day_once_it_has_passed_or_the_roll_is_frozen(
    day: date, frozen_on: date | None, open_now: bool, words: str
) -> None:
    last = date(2022, 3, 18)
    assert dates.is_open(day, last, frozen_on) is open_now and dates.days_left_words(day, last, frozen_on) == words


def test_what_comes_next_is_a_sentence_a_date() -> None:
    assert dates.next_dates(OF_2022, TODAY, frozen=False) == [
        "Friday 18 March, end of day: sign-up closes.",
        "Monday 21 March: the roll freezes and the board meets.",
        "Thursday 1 September 2022: support for schools begins.",
    ]


@pytest.mark.parametrize(
    ("freezes", "today", "frozen", "said"),
    [
        (21, 18, False, ["sign-up closes", "the roll freezes and the board meets", "support"]),
        (21, 19, False, ["the roll freezes and the board meets", "support"]),
        (21, 19, True, ["the board meets for the first time", "support"]),
        (25, 19, False, ["the board meets for the first time", "the roll freezes.", "support"]),
        (25, 19, True, ["the board meets for the first time", "support"]),
    ],
)
def test_the_roll_freezes_once_and_with_the_board_where_that_is_one_day(
    freezes: int, today: int, frozen: bool, said: list[str]
) -> None:
    rows = dates.next_dates(replace(OF_2022, roll_freezes_on=date(2022, 3, freezes)), date(2022, 3, today), frozen)
    assert len(rows) == len(said) and all(words in row for words, row in zip(said, rows, strict=True))


@pytest.mark.parametrize(
    ("on", "frozen", "late", "roll"),
    [
        (date(2022, 3, 17), None, False, False),
        (date(2022, 3, 18), None, False, False),  # by midnight at its end
        (date(2022, 3, 19), None, True, False),
        (date(2022, 3, 20), None, True, False),
        (date(2022, 3, 21), None, True, True),
        (date(2022, 3, 22), None, True, True),
        (date(2022, 3, 20), date(2022, 3, 19), True, True),  # frozen early
        (date(2023, 1, 9), None, True, True),
    ],
)
def test_a_school_whose_governors_meet_late_is_told_so(on: date, frozen: date | None, late: bool, roll: bool) -> None:
    said = dates.meets_late(on, date(2022, 3, 8), OF_2022, frozen)
    assert ("after the last day to sign, 18 March" in said) is late
    assert ("does not vote" in said) is roll


def test_the_day_on_which_the_roll_was_frozen_is_named_and_who_it_holds_for() -> None:
    assert "is frozen on 19 March," in dates.meets_late(date(2022, 3, 22), TODAY, OF_2022, date(2022, 3, 19))
    assert "is frozen on 21 March," in dates.meets_late(date(2022, 3, 22), TODAY, OF_2022, None)
    one, two = (" ".join(dates.told_late(date(2022, 3, 30), OF_2022, 2, date(2022, 3, 21), several=it)) for it in (False, True))
    assert ("your school does not vote" in one, "your schools do not vote" in two) == (True, True)


def test_what_comes_in_another_year_says_so_once() -> None:
    said = dates.next_dates(OF_2022, date(2021, 12, 8), frozen=True)
    assert said[-2:] == [
        "Monday 21 March 2022: the board meets for the first time.",
        "Thursday 1 September 2022: support for schools begins.",
    ]
