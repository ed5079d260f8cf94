from datetime import date

import pytest
from hypothesis import given, strategies as st

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.clock import start_of
from alongside.members.calendar.queries.days import published
from alongside.members.calendar.rules import closures, years
from alongside.members.calendar.rules.days import DAY, Named, SchoolDays, days_between, goes_on, has_morning_come
from alongside.members.calendar.rules.picture import months_of
from alongside.members.calendar.rules.years import EARLIEST_START
from alongside.members.calendar.tests import make
from tests.happenings import HALF_TERMS

BANK = {date(2022, 4, 15): "Good Friday", date(2022, 4, 18): "Easter Monday"}
DAYS = SchoolDays(BANK, (("Easter holiday", date(2022, 4, 4), date(2022, 4, 18)),))
YEAR = AcademicYear(2021)


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


def test_the_next_school_day_is_later_than_the_day_and_the_one_before_is_earlier() -> None:
    assert DAYS.next(date(2022, 3, 17)) == date(2022, 3, 18)
    assert DAYS.next(date(2022, 4, 1)) == date(2022, 4, 19)
    assert DAYS.before(date(2022, 4, 19)) == date(2022, 4, 1)
    assert DAYS.on_or_after(date(2022, 4, 19)) == date(2022, 4, 19)
    closed = SchoolDays({}, (("Closed", date(2021, 1, 1), date(2024, 1, 1)),))
    assert closed.next(date(2022, 1, 1)) is None
    assert closed.before(date(2023, 1, 1)) is None


@given(st.dates(date(2020, 1, 1), date(2027, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_counting_is_additive(start: date, one: int, two: int) -> None:
    middle, end = start + DAY * one, start + DAY * (one + 1 + two)
    assert DAYS.count(start, end) == DAYS.count(start, middle) + DAYS.count(middle + DAY, end)


def test_holidays_are_the_gaps_between_half_terms() -> None:
    gaps = years.holidays_between({2021: HALF_TERMS})
    assert [name for name, _, _ in gaps] == [
        "Autumn half-term", "Christmas holiday", "February half-term", "Easter holiday", "May half-term", "Summer holiday",
    ]  # fmt: skip
    assert gaps[3] == ("Easter holiday", date(2022, 4, 2), date(2022, 4, 18))
    assert gaps[-1] == ("Summer holiday", date(2022, 7, 23), date(2022, 8, 31))


def test_where_nothing_lies_between_there_is_no_holiday() -> None:
    spans = [(YEAR.first_on, date(2021, 12, 1)), (date(2021, 12, 2), YEAR.last_on)]
    assert years.holidays_between({2021: spans}) == ()


def test_a_day_is_open_just_when_a_half_term_holds_it() -> None:
    days = SchoolDays({}, years.holidays_between({2021: HALF_TERMS}))
    for day in days_between(YEAR.first_on, YEAR.last_on):
        assert days.is_open(day) == (day.weekday() < 5 and years.half_term_on(day, HALF_TERMS) is not None)


@pytest.mark.parametrize(
    ("day", "spans", "season"),
    [
        (date(2021, 9, 1), HALF_TERMS, "Autumn term"),
        (date(2022, 4, 1), HALF_TERMS, "Spring term"),  # its last day
        (date(2022, 4, 2), HALF_TERMS, "Easter holiday"),
        (date(2022, 4, 19), HALF_TERMS, "Summer term"),
        (date(2022, 8, 31), HALF_TERMS, "Summer holiday"),
        (date(2022, 9, 1), (), "Autumn term"),  # nothing is typed
        (date(2022, 1, 4), (), "Spring term"),
        (date(2022, 3, 31), (), "Spring term"),
        (date(2022, 4, 1), (), "Summer term"),
    ],
)
def test_a_day_is_called_by_the_term_or_holiday_that_was_typed(
    day: date, spans: tuple[tuple[date, date], ...], season: str
) -> None:
    assert years.season_on(day, spans) == season


def test_summer_reaches_the_next_typed_year_also_when_it_begins_in_august() -> None:
    next_year = (
        (date(2022, 8, 25), date(2022, 10, 21)),
        *((a.replace(year=a.year + 1), b.replace(year=b.year + 1)) for a, b in HALF_TERMS[1:]),
    )
    gaps = years.holidays_between({2021: HALF_TERMS, 2022: next_year})
    late = years.holidays_between({2021: HALF_TERMS, 2022: ((date(2022, 9, 5), date(2022, 10, 21)), *next_year[1:])})
    assert [(first, last) for name, first, last in late if name == "Summer holiday"][:1] == [
        (date(2022, 7, 23), date(2022, 9, 4))
    ]
    assert len(late) == len(gaps)
    assert ("Summer holiday", date(2022, 7, 23), date(2022, 8, 24)) in gaps
    assert SchoolDays({}, gaps).is_open(date(2022, 8, 25))


def changed(number: int, first: date | None = None, last: date | None = None) -> list[tuple[date, date]]:
    spans = list(HALF_TERMS)
    spans[number - 1] = (first or spans[number - 1][0], last or spans[number - 1][1])
    return spans


@pytest.mark.parametrize(
    ("spans", "field"),
    [
        (HALF_TERMS, None),
        (changed(1, first=date(2021, 8, 20)), None),
        (changed(1, first=date(2021, 7, 1)), "first_1"),
        (changed(1, first=YEAR.first_on - EARLIEST_START * DAY), None),
        (changed(1, first=YEAR.first_on - (EARLIEST_START + 1) * DAY), "first_1"),
        (changed(2, last=date(2021, 10, 1)), "last_2"),
        (changed(2, last=HALF_TERMS[1][0]), None),  # of one day
        (changed(2, first=date(2021, 10, 22)), "first_2"),
        (changed(6, last=date(2022, 9, 1)), "last_6"),
        (changed(6, last=YEAR.last_on), None),
        ([(YEAR.first_on, YEAR.first_on + (15 * 7 - 1) * DAY)], None),
        ([(YEAR.first_on, YEAR.first_on + 15 * 7 * DAY)], "last_1"),
        (changed(3, first=date(2022, 2, 1), last=date(2023, 2, 11)), "last_3"),
    ],
)
def test_half_terms_that_make_no_sense_say_what_to_do(spans: list[tuple[date, date]], field: str | None) -> None:
    assert list(years.half_terms_problem(YEAR, spans)) == ([field] if field else [])


@pytest.mark.parametrize("start", range(2012, 2028))
def test_a_suggested_year_is_sound_and_has_195_days(start: int) -> None:
    bank = published()[make.ENGLAND]
    spans = years.suggested_half_terms(AcademicYear(start), bank)
    assert not years.half_terms_problem(AcademicYear(start), spans)
    days = SchoolDays(bank, years.holidays_between({start: spans}))
    assert sum(days.count(first, last) for first, last in spans) == 195
    assert date(start + 1, 7, 10) < spans[-1][1] < date(start + 1, 7, 29)
    assert all(days.is_open(first) for first, _ in spans)


def test_spring_ends_two_weeks_before_an_easter_on_10_april() -> None:
    spans = years.suggested_half_terms(AcademicYear(2038), {date(2039, 4, 8): "Good Friday", date(2039, 4, 11): "Easter Monday"})
    assert (spans[3][1], spans[4][0]) == (date(2039, 3, 25), date(2039, 4, 12))


def test_the_suggestion_for_2026_is_close_to_what_schools_print() -> None:
    suggested = years.suggested_half_terms(AcademicYear(2026), published()[make.ENGLAND])
    printed = make.YEARS["W"][2026]
    assert [(first, last) for first, last in suggested][1:5] == [
        printed[1], (date(2027, 1, 4), printed[2][1]), printed[3], printed[4],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2026, 12, 18), True), (date(2026, 12, 21), False), (date(2026, 12, 28), False), (date(2027, 1, 4), True),
        (date(2026, 4, 3), False), (date(2026, 4, 6), False), (date(2026, 4, 10), False), (date(2026, 4, 13), True),
        (date(2026, 5, 4), False), (date(2026, 5, 25), False), (date(2026, 5, 29), False), (date(2026, 6, 1), True),
        (date(2026, 7, 24), False), (date(2026, 8, 31), False), (date(2026, 9, 1), True), (date(2026, 10, 28), False),
        (date(2018, 12, 21), False), (date(2025, 1, 3), False), (date(2023, 1, 3), False), (date(2026, 7, 21), False),
        (date(2022, 2, 24), True), (date(2022, 9, 19), False), (date(2026, 9, 5), False), (date(2040, 12, 25), False),
    ],
)  # fmt: skip
def test_a_day_is_usually_open_outside_weekends_bank_holidays_and_the_usual_holidays(day: date, is_open: bool) -> None:
    assert years.is_usually_open(day) is is_open


def test_printed_term_dates_have_the_days_that_the_rule_expects() -> None:
    """The Chilterns school: 190 with pupils in 2025/26, once its INSET days are taken out."""
    days = make.school_days("W")
    assert sum(days.count(first, last) for first, last in make.YEARS["W"][2025]) == 190
    assert "195 days: 190 with pupils" in years.days_note(195)
    assert "2 days fewer" in years.days_note(193)
    assert "1 day more" in years.days_note(196)


@pytest.mark.parametrize(
    ("days", "inset", "words"),
    [
        (195, 0, "Not typed yet: 5 INSET days, still counted among the 195."),
        (191, 4, "Not typed yet: 1 INSET day, still counted among the 191."),
        (190, 5, "190 with pupils + 5 INSET, as usual."),
        (187, 5, "Academies set their own"),
        (189, 6, "Academies set their own"),
        (190, 6, "Academies set their own"),
        (190, 4, "Not typed yet: 1 INSET day, still counted among the 190."),
    ],
)
def test_a_schools_year_says_which_of_its_days_have_pupils(days: int, inset: int, words: str) -> None:
    said = years.school_days_note(days, inset)
    assert words in said and "190 with pupils + 5 INSET" in said


@pytest.mark.parametrize(
    ("kind", "first", "last", "field"),
    [
        ("inset", date(2022, 3, 9), date(2022, 3, 9), None),
        ("inset", date(2022, 3, 9), date(2022, 3, 10), "last_on"),
        ("weather", date(2022, 3, 9), date(2022, 3, 10), None),
        ("weather", date(2022, 3, 10), date(2022, 3, 9), "last_on"),
        ("building", date(2022, 3, 9), date(2022, 9, 9), "last_on"),
        ("building", date(2022, 3, 1), date(2022, 5, 23), None),  # twelve weeks to the day
        ("building", date(2022, 3, 1), date(2022, 5, 24), "last_on"),
        ("other", date(2022, 3, 12), date(2022, 3, 14), None),
        ("weather", date(2022, 2, 21), date(2022, 2, 22), "first_on"),
        ("weather", date(2022, 2, 22), date(2022, 2, 22), None),
        ("weather", date(2022, 2, 18), date(2022, 2, 21), "first_on"),
        ("weather", date(2022, 2, 18), date(2022, 2, 20), None),
        ("other", date(2022, 3, 12), date(2022, 3, 13), "first_on"),
        ("weather", date(2022, 2, 20), date(2022, 2, 22), "first_on"),
    ],
)
def test_a_closure_that_makes_no_sense_says_what_to_do(kind: str, first: date, last: date, field: str | None) -> None:
    there = [("INSET day", date(2022, 2, 21), date(2022, 2, 21))]
    assert list(closures.closure_problem(closures.ClosureKind(kind), first, last, there)) == ([field] if field else [])


def test_a_closure_that_meets_another_is_told_from_which_day() -> None:
    there = [("INSET days", date(2022, 2, 21), date(2022, 2, 23))]
    for first, told in ((date(2022, 2, 18), "21 February"), (date(2022, 2, 22), "22 February")):
        assert told in closures.closure_problem(closures.ClosureKind.WEATHER, first, date(2022, 2, 25), there)["first_on"]


def test_sats_week_is_suggested_when_it_was() -> None:
    """Tuesday 9 May 2023 (the coronation's bank holiday), Monday 13 May 2024, 12 May 2025, 11 May 2026, 10 May 2027, as
    announced, each for four days."""
    holidays = published()[make.ENGLAND]
    found = [closures.suggested_blackouts(AcademicYear(start), holidays)[0][1:] for start in (2022, 2023, 2024, 2025, 2026)]
    first = [date(2023, 5, 9), date(2024, 5, 13), date(2025, 5, 12), date(2026, 5, 11), date(2027, 5, 10)]
    assert found == [(day, day + 3 * DAY) for day in first]
    assert closures.suggested_blackouts(AcademicYear(2025), holidays)[1][2] == date(2026, 6, 24)  # the contingency day


@pytest.mark.parametrize(
    ("proclaimed", "sats"),
    [
        ({}, (date(2026, 5, 11), date(2026, 5, 14))),
        ({date(2026, 5, 11)}, (date(2026, 5, 12), date(2026, 5, 15))),
        ({date(2026, 5, 13)}, (date(2026, 5, 11), date(2026, 5, 15))),
        ({date(2026, 5, 15)}, (date(2026, 5, 11), date(2026, 5, 14))),
    ],
)
def test_sats_week_is_four_days_round_a_bank_holiday(proclaimed: set[date], sats: tuple[date, date]) -> None:
    assert closures.suggested_blackouts(AcademicYear(2025), proclaimed)[0][1:] == sats


def test_transition_days_leave_a_bank_holiday_out() -> None:
    windows = closures.suggested_blackouts(AcademicYear(2025), {date(2026, 7, 6)})
    assert windows[2][1:] == (date(2026, 7, 7), date(2026, 7, 10))


def test_a_blackout_is_not_kept_twice_but_may_overlap() -> None:
    window = Named("SATs week", date(2022, 5, 9), date(2022, 5, 12))
    for new, field in (
        (window, "name"),
        (window._replace(name="SATS WEEK"), "name"),
        (Named("GCSE season", date(2022, 5, 9), date(2022, 6, 29)), None),
        (window._replace(name=""), "name"),
        (Named("X", window.last_on, window.first_on), "last_on"),
        (Named("X", window.first_on, window.first_on), None),
        (Named("X", window.first_on, window.first_on + (16 * 7 - 1) * DAY), None),
        (Named("X", window.first_on, window.first_on + 16 * 7 * DAY), "last_on"),
        (Named("X", window.first_on, date(2023, 5, 1)), "last_on"),
    ):
        assert list(closures.blackout_problem(new, [window])) == ([field] if field else [])


def test_the_picture_shows_every_day_of_the_year_once() -> None:
    year = AcademicYear(2025)
    months = months_of(year, make.school_days("C"), make.closures("C"), [("SATs week", date(2026, 5, 11), date(2026, 5, 14))])
    cells = [cell for month in months for cell in month.cells]
    assert [cell.day for cell in cells] == list(days_between(year.first_on, year.last_on))
    tones = {cell.day: cell.tone for cell in cells}
    assert tones[date(2026, 5, 7)] == "inset"
    assert tones[date(2026, 5, 4)] == "bank"
    assert tones[date(2025, 12, 22)] == "holiday"
    assert tones[date(2025, 9, 6)] == "weekend"
    assert [cell.day.day for cell in cells if cell.kept_free] == [11, 12, 13, 14]
    weekend = months_of(year, make.school_days("C"), [], [("Fair", date(2026, 5, 9), date(2026, 5, 11))])
    assert [cell.day.day for month in weekend for cell in month.cells if cell.kept_free] == [11]
    open_days = sum(month.school_days for month in months)
    assert open_days == sum(make.school_days("C").count(first, last) for first, last in make.YEARS["C"][2025])
    other = SchoolDays(
        {}, (Named("INSET day", date(2025, 9, 1), date(2025, 9, 1)), Named("Closed: snow", *[date(2026, 1, 6)] * 2))
    )
    shown = [cell for month in months_of(year, other, other.holidays) for cell in month.cells if cell.tone in {"inset", "closed"}]
    assert [(cell.tone, cell.words) for cell in shown] == [("inset", "INSET day"), ("closed", "Closed: snow")]


@pytest.mark.parametrize(
    ("weekday", "closed", "day"),
    [
        (3, [], 10),
        (3, [10], 11),
        (3, [10, 11], None),
        (0, [7], 8),
        (0, [], 7),
        (4, [], 11),
        (0, [7, 8, 9, 10, 11], None),
    ],
)
@pytest.mark.parametrize("today", range(7, 14))
def test_it_goes_on_its_day_or_on_the_next_open_one_of_the_week(
    weekday: int, closed: list[int], day: int | None, today: int
) -> None:
    goes = goes_on(date(2022, 3, today), weekday, lambda one: one.day not in closed)
    assert goes == (date(2022, 3, day) if day else None)


@pytest.mark.parametrize("day", [date(2022, 3, 10), date(2022, 7, 7)])
def test_the_morning_comes_at_seven_in_london(day: date) -> None:
    assert [has_morning_come(start_of(day, *at)) for at in ((0, 0), (6, 59), (7, 0), (23, 59))] == [False, False, True, True]
