"""The rhythm of meetings over whole academic years, among them those of the 53-week years 2020 and 2026."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from alongside.ground.core.academic_year import AcademicYear
from alongside.members.calendar.queries.days import published
from alongside.members.calendar.rules import teaching, years
from alongside.members.calendar.rules.days import Named, SchoolDays
from alongside.members.calendar.rules.settings import Alternation
from alongside.members.calendar.tests import make
from tests.figures import Figure

WEEK = timedelta(days=7)


def usual(start: int) -> SchoolDays:
    bank = published()[make.ENGLAND]
    return SchoolDays(bank, years.holidays_between({start: years.suggested_half_terms(AcademicYear(start), bank)}))


def year_of(start: int, **choices: Any) -> list[teaching.Occasion]:
    year, schools = AcademicYear(start), [usual(start)]
    weeks = teaching.teaching_weeks(year.first_on, year.last_on, schools)
    return teaching.occasions(weeks, schools, first=year.first_on, **choices)


@pytest.mark.parametrize("start", range(2012, 2028))
def test_strategy_and_business_strictly_alternate_over_teaching_weeks(start: int) -> None:
    meetings = year_of(start)
    assert 37 <= len(meetings) <= 41
    assert all(one.kind != other.kind for one, other in pairwise(meetings))
    assert {one.day.weekday() for one in meetings if one.kind == "strategy"} == {0}
    assert {one.day.weekday() for one in meetings if one.kind == "business"} == {2}
    assert len({teaching.monday_of(one.day) for one in meetings}) == len(meetings)


def test_by_the_number_of_the_week_the_turn_breaks_where_the_rule_does_not(figure: Figure) -> None:
    """The planted fault: parity of the ISO week, which jumps in 53-week years and at every holiday of odd length."""
    years_tried, broken = range(2012, 2028), 0
    for start in years_tried:
        weeks = [teaching.monday_of(one.day) for one in year_of(start)]
        parity = [monday.isocalendar().week % 2 for monday in weeks]
        broken += any(one == other for one, other in pairwise(parity))
    assert broken == len(years_tried)
    figure("T9", f"{len(years_tried)} academic years, 0 in which the turn breaks; by ISO week parity it breaks in {broken}")


@pytest.mark.parametrize("start", [2020, 2026])
def test_fortnights_of_the_calendar_run_through_week_53(start: int) -> None:
    assert date(start, 12, 31).isocalendar().week == 53
    meetings = year_of(start, alternation=Alternation.FORTNIGHTS)
    first = teaching.monday_of(AcademicYear(start).first_on)
    for one in meetings:
        weeks = (teaching.monday_of(one.day) - first).days // 7
        assert one.kind == ("strategy" if weeks % 2 == 0 else "business")
    assert any(one.kind == other.kind for one, other in pairwise(meetings))  # a holiday of odd length took its turn


def test_a_bank_holiday_monday_is_flagged_with_two_days_of_its_week() -> None:
    clashes = [one for one in year_of(2025) + year_of(2025, rhythm=teaching.HEADBOARD[::-1]) if one.clash]
    may = next(one for one in clashes if one.day == date(2026, 5, 4))
    assert may.clash == "Early May bank holiday"
    assert may.alternatives == (date(2026, 5, 5), date(2026, 5, 6))


def test_alternatives_are_the_nearest_open_days_of_the_week_else_of_all() -> None:
    open_days = {date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 9)}
    assert teaching.two_alternatives(date(2026, 3, 4), open_days.__contains__) == (date(2026, 3, 2), date(2026, 3, 6))
    assert teaching.two_alternatives(date(2026, 3, 5), {date(2026, 3, 6), date(2026, 3, 9)}.__contains__) == (
        date(2026, 3, 6), date(2026, 3, 9),
    )  # fmt: skip
    assert teaching.two_alternatives(date(2026, 3, 5), lambda day: False) == ()


def closed(first: date, last: date) -> SchoolDays:
    return SchoolDays({}, (("Closed", first, last),))


@pytest.mark.parametrize(
    ("schools", "days", "share", "is_teaching"),
    [
        ([SchoolDays({})], 3, 50, True),
        ([closed(date(2026, 3, 2), date(2026, 3, 3))], 3, 50, True),
        ([closed(date(2026, 3, 2), date(2026, 3, 4))], 3, 50, False),
        ([closed(date(2026, 3, 2), date(2026, 3, 4))], 2, 50, True),
        ([SchoolDays({}), closed(date(2026, 3, 2), date(2026, 3, 6))], 3, 50, True),
        ([SchoolDays({}), closed(date(2026, 3, 2), date(2026, 3, 6))], 3, 51, False),
        ([SchoolDays({}), *[closed(date(2026, 3, 2), date(2026, 3, 6))] * 2], 3, 50, False),
        ([], 3, 50, False),
    ],
)
def test_a_teaching_week_is_one_in_which_half_of_the_schools_teach(
    schools: list[SchoolDays], days: int, share: int, is_teaching: bool
) -> None:
    assert teaching.is_teaching_week(date(2026, 3, 2), schools, days, share) is is_teaching


@pytest.mark.parametrize(("first", "last", "is_teaching"), [(4, 31, True), (5, 31, False), (1, 4, True), (1, 3, False)])
def test_only_days_within_the_time_make_a_teaching_week(first: int, last: int, is_teaching: bool) -> None:
    found = teaching.is_teaching_week(date(2026, 3, 2), [SchoolDays({})], 3, 50, date(2026, 3, first), date(2026, 3, last))
    assert found is is_teaching


@pytest.mark.parametrize(("open_of", "of", "is_open"), [(1, 1, True), (1, 2, True), (1, 3, False), (0, 1, False), (0, 0, False)])
def test_a_day_is_open_for_a_body_when_half_of_its_schools_are(open_of: int, of: int, is_open: bool) -> None:
    day = date(2026, 3, 2)
    schools = [SchoolDays({})] * open_of + [closed(day, day)] * (of - open_of)
    assert teaching.is_open_for_most(day, schools) is is_open


def test_schools_with_other_holidays_share_their_teaching_weeks() -> None:
    year = AcademicYear(2025)
    both = teaching.teaching_weeks(year.first_on, year.last_on, [make.school_days("W"), make.school_days("C")])
    alone = teaching.teaching_weeks(year.first_on, year.last_on, [make.school_days("W")])
    assert set(alone) <= set(both)
    assert all(monday.weekday() == 0 for monday in both)
    assert 37 <= len(alone) <= 39


def test_a_day_on_which_schools_are_closed_is_told_with_those_near_it() -> None:
    days, never = SchoolDays({date(2022, 4, 15): "Good Friday"}), Named("the summer", date(2022, 7, 1), date(2022, 9, 30))
    told = [f"On {day} schools are closed: {why}." for day, why in (
        ("Friday 15 April 2022", "Good Friday"), ("Monday 15 August 2022", "the summer")
    )]  # fmt: skip
    assert teaching.closed_words(date(2022, 4, 14), days) == []
    near = "They are open on Wednesday 13 April and Thursday 14 April."
    assert teaching.closed_words(date(2022, 4, 15), days) == [told[0], near]
    assert teaching.closed_words(date(2022, 8, 15), SchoolDays({}, (never,))) == [told[1]]
