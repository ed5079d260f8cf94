"""On which days a body meets."""

from datetime import date
from itertools import pairwise

import pytest

from alongside.deciding.meetings.rules.kinds import HowOften
from alongside.deciding.meetings.rules.rhythm import SchoolYear, days_of, in_turn, look_first, months_between, nth_weekday, on_day
from alongside.ground.core.academic_year import AcademicYear
from alongside.members.calendar.rules.settings import Alternation
from alongside.members.calendar.rules.teaching import HEADBOARD, Slot, monday_of, teaching_weeks
from alongside.members.calendar.tests import make as calendars
from tests.figures import Figure


def year(school: str, first: date, last: date, alternation: Alternation = Alternation.TEACHING_WEEKS) -> SchoolYear:
    days = [calendars.school_days(school)]
    return SchoolYear(first, last, teaching_weeks(first, last, days), days, alternation, 50)


@pytest.mark.parametrize(("school", "start"), [("H", 2024), ("W", 2025), ("W", 2026), ("C", 2025)])
def test_over_a_real_school_year_with_its_half_terms_strategy_and_business_strictly_alternate(
    school: str, start: int, figure: Figure
) -> None:
    whole = AcademicYear(start)
    found = days_of(HowOften.ALTERNATING, HEADBOARD, year(school, whole.first_on, whole.last_on), nth=1, typed=())
    assert 36 <= len(found) <= 40
    assert all(one.kind != other.kind for one, other in pairwise(found))
    assert all(one.day.weekday() == {"strategy": 0, "business": 2}[one.kind] for one in found)
    assert len({monday_of(one.day) for one in found}) == len(found)
    figure("T9", f"school {school} in {whole}: {len(found)} meetings of the Headboard, 0 in which the turn breaks")


def test_a_year_that_begins_later_goes_on_in_turn() -> None:
    autumn = days_of(HowOften.ALTERNATING, HEADBOARD, year("W", date(2025, 9, 1), date(2025, 12, 31)), nth=1, typed=())
    slots = in_turn(HEADBOARD, autumn[-1].kind)
    spring = days_of(HowOften.ALTERNATING, slots, year("W", date(2026, 1, 1), date(2026, 7, 31)), nth=1, typed=())
    assert all(one.kind != other.kind for one, other in pairwise([*autumn, *spring]))
    assert in_turn(HEADBOARD, "") == list(HEADBOARD)


@pytest.mark.parametrize("alternation", list(Alternation))
def test_a_rhythm_that_begins_midweek_begins_with_its_first_kind(alternation: Alternation) -> None:
    over = year("W", date(2022, 4, 27), date(2022, 7, 15), alternation)
    found = days_of(HowOften.ALTERNATING, HEADBOARD, over, nth=1, typed=())
    assert [(one.kind, one.day) for one in found[:2]] == [("strategy", date(2022, 5, 2)), ("business", date(2022, 5, 11))]
    whole = year("W", date(2022, 4, 25), date(2022, 7, 15), alternation)
    assert days_of(HowOften.ALTERNATING, HEADBOARD, whole, nth=1, typed=())[0].day == date(2022, 4, 25)


def test_a_bank_holiday_monday_is_kept_with_its_reason_and_two_other_days() -> None:
    weekly = days_of(HowOften.WEEKLY, [Slot("ordinary", 0)], year("W", date(2026, 4, 20), date(2026, 5, 20)), nth=1, typed=())
    assert (weekly[0].day, weekly[-1].day) == (date(2026, 4, 20), date(2026, 5, 18))
    (clash,) = [one for one in weekly if one.clash]
    assert (clash.day, clash.clash) == (date(2026, 5, 4), "Early May bank holiday")
    assert clash.alternatives == (date(2026, 5, 5), date(2026, 5, 6))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 5, 5), []),
        (date(2026, 5, 4), ["On Monday 4 May 2026 schools are closed: Early May bank holiday.",
                            "They are open on Tuesday 5 May and Wednesday 6 May."]),
        (date(2026, 5, 9), ["On Saturday 9 May 2026 schools are closed: the weekend.",
                            "They are open on Thursday 7 May and Friday 8 May."]),
        (date(2026, 8, 12), ["On Wednesday 12 August 2026 schools are closed: Summer holiday."]),
    ],
    ids=["a school day", "a bank holiday", "a weekend", "holidays"],
)  # fmt: skip
def test_a_closed_day_is_named_before_a_meeting_is_planned_on_it(day: date, told: list[str]) -> None:
    assert look_first(on_day("ordinary", day, year("W", date(2026, 4, 20), date(2026, 8, 31)))) == told


@pytest.mark.parametrize(
    ("weekday", "first", "last", "days"),
    [
        (4, date(2026, 4, 20), date(2026, 4, 29), [date(2026, 4, 24)]),  # the next Friday is after the last day
        (0, date(2026, 4, 22), date(2026, 4, 29), [date(2026, 4, 27)]),
        (0, date(2026, 4, 22), date(2026, 4, 24), []),  # no week is left for the Monday
        (0, date(2026, 4, 4), date(2026, 4, 5), []),  # holidays
    ],
)
@pytest.mark.parametrize("rhythm", [HowOften.WEEKLY, HowOften.ALTERNATING])
def test_a_rhythm_keeps_within_its_days(rhythm: HowOften, weekday: int, first: date, last: date, days: list[date]) -> None:
    slots = [Slot("ordinary", weekday), Slot("business", 2)][: 1 + (rhythm is HowOften.ALTERNATING)]
    found = days_of(rhythm, slots, year("W", first, last), nth=1, typed=())
    assert [one.day for one in found if one.kind == "ordinary"] == days


def test_once_a_month_leaves_out_months_without_school_and_typed_dates_are_taken_as_they_are() -> None:
    over = year("W", date(2025, 9, 1), date(2026, 8, 31))
    monthly = days_of(HowOften.MONTHLY, [Slot("ordinary", 1)], over, nth=2, typed=())
    assert [one.day.month for one in monthly] == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    assert {one.day.weekday() for one in monthly} == {1}
    typed = days_of(
        HowOften.TYPED, [Slot("ordinary", 1)], over, nth=1, typed=[date(2026, 3, 2), date(2025, 12, 25), date(2030, 1, 1)]
    )
    edges = [over.first, over.last]
    assert [one.day for one in days_of(HowOften.TYPED, [Slot("ordinary", 1)], over, nth=1, typed=edges)] == edges
    assert [(one.day, bool(one.clash)) for one in typed] == [(date(2025, 12, 25), True), (date(2026, 3, 2), False)]


@pytest.mark.parametrize(
    ("weekday", "nth", "day"),
    [(1, 1, 1), (1, 2, 8), (0, 1, 7), (4, 4, 25), (3, 5, 31), (0, 5, 28)],
)
def test_the_second_tuesday_of_a_month_and_its_last_thursday(weekday: int, nth: int, day: int) -> None:
    assert nth_weekday(2022, 3, weekday, nth) == date(2022, 3, day)
    assert months_between(date(2022, 11, 5), date(2023, 2, 1)) == [(2022, 11), (2022, 12), (2023, 1), (2023, 2)]


def test_the_fortnights_of_the_calendar_let_a_holiday_take_its_turn() -> None:
    over = year("W", date(2025, 9, 1), date(2026, 7, 31), Alternation.FORTNIGHTS)
    found = days_of(HowOften.ALTERNATING, HEADBOARD, over, nth=1, typed=())
    assert any(one.kind == other.kind for one, other in pairwise(found))
