from datetime import UTC, date, datetime, time, timedelta

import pytest

from alongside.ground.work.rules import failures, is_still, is_weekday, next_try, period_due, share_done

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "every", "due"),
    [
        (at(2022, 3, 8, 9, 30, 59), MINUTE, at(2022, 3, 8, 9, 30)),
        (at(2022, 3, 8, 9, 31, 0), MINUTE, at(2022, 3, 8, 9, 31)),
        (at(2022, 3, 8, 9, 59), HOUR, at(2022, 3, 8, 9)),
        (at(2022, 3, 8, 9, 59), timedelta(days=1), at(2022, 3, 8)),
        (at(2022, 3, 9, 9, 59), timedelta(weeks=1), at(2022, 3, 7)),
    ],
)
def test_what_comes_every_so_often_is_due_once_in_each_stretch(now: datetime, every: timedelta, due: datetime) -> None:
    assert period_due(now, every=every) == due


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(2022, 3, 8, 6, 59), None),
        (at(2022, 3, 8, 7), at(2022, 3, 8, 7)),
        (at(2022, 3, 8, 23, 59), at(2022, 3, 8, 7)),
        (at(2022, 3, 28, 5, 59), None),  # summer time from the 27th: seven in London is six in UTC
        (at(2022, 3, 28, 6), at(2022, 3, 28, 6)),
        (at(2022, 3, 27, 23, 30), None),  # half past midnight of the 28th in London
        (at(2022, 10, 31, 7), at(2022, 10, 31, 7)),
    ],
)
def test_what_comes_each_day_is_due_from_its_hour_in_london_on(now: datetime, due: datetime | None) -> None:
    assert period_due(now, at=time(7)) == due


def test_where_only_school_days_count_it_is_not_due_on_others() -> None:
    asked: list[date] = []

    def is_school_day(day: date) -> bool:
        asked.append(day)
        return day != date(2022, 3, 8)

    for day, due in ((8, False), (9, True)):
        period = period_due(at(2022, 3, day, 12), at=time(7), school_days_only=True, is_school_day=is_school_day)
        assert (period is not None) is due
    assert asked == [date(2022, 3, 8), date(2022, 3, 9)]


@pytest.mark.parametrize(("tries", "minutes"), [(1, 1), (2, 10), (3, None), (9, None)])
def test_work_that_failed_is_tried_three_times(tries: int, minutes: int | None) -> None:
    assert next_try(tries) == (timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize(("done", "total", "share"), [(0, 97, 0), (96, 97, 98), (97, 97, 100), (5, 0, 0), (9, 3, 100)])
def test_how_far_it_is(done: int, total: int, share: int) -> None:
    assert share_done(done, total) == share


def test_what_has_not_moved_for_ten_minutes_may_have_stopped() -> None:
    assert not is_still(at(2022, 3, 8, 9), at(2022, 3, 8, 9, 9)) and is_still(at(2022, 3, 8, 9), at(2022, 3, 8, 9, 10))


def test_failures_are_named_by_their_kind_alone() -> None:
    assert failures(["a.b.Odd", "c.Even", "", "a.b.Odd"]) == "Even, Odd"


def test_five_days_of_a_week_count_as_school_days() -> None:
    assert [is_weekday(date(2022, 3, day)) for day in range(7, 14)] == [True] * 5 + [False] * 2
