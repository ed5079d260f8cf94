"""What stands in the week's mail, by its rules."""

from datetime import date

import pytest

from alongside.across.monday.rules import (
    Piece,
    ThisWeek,
    WeekNeed,
    about,
    brought,
    dated,
    goes_today,
    heading,
    is_time,
    lead,
    minutes_words,
    of_this_week,
)
from alongside.ground.core.clock import start_of
from alongside.ground.core.dated import Dated
from alongside.ground.core.declaration import Urgency
from alongside.members.notices.rules.waiting import WeekDay

MONDAY, SUNDAY = date(2022, 3, 14), date(2022, 3, 13)
LATE, TODAY, WEEK, SOON = Urgency


@pytest.mark.parametrize(
    ("closed", "goes"),
    [
        ([], {14: "monday", 15: "tuesday", 16: "wednesday", 17: "thursday", 18: "friday"}),
        ([14], {15: "monday tuesday", 16: "wednesday", 17: "thursday", 18: "friday"}),  # a bank holiday
        ([17, 18], {14: "monday", 15: "tuesday", 16: "wednesday"}),  # who chose a Friday has none that week
        ([14, 15, 16, 17, 18], {}),  # school holidays
    ],
)
def test_each_goes_on_the_day_that_was_chosen_or_the_next_school_day_of_that_week(
    closed: list[int], goes: dict[int, str]
) -> None:
    for at in range(14, 21):
        today = date(2022, 3, at)
        found = [day for day in WeekDay if goes_today(today, day, lambda one: one.day not in closed and one.weekday() < 5)]
        assert found == goes.get(at, "").split()


@pytest.mark.parametrize(
    ("day", "hour", "minute", "time"),
    [
        (MONDAY, 6, 29, False),
        (MONDAY, 6, 30, True),
        (MONDAY, 17, 59, True),
        (MONDAY, 18, 0, False),
        (date(2022, 7, 4), 6, 29, False),  # the clock of London, in summer too
        (date(2022, 7, 4), 6, 30, True),
    ],
)
def test_they_are_written_from_half_past_six_until_six(day: date, hour: int, minute: int, time: bool) -> None:
    assert is_time(start_of(day, hour, minute)) is time


@pytest.mark.parametrize(
    ("hours", "last_on", "several", "words"),
    [
        (None, 18, False, "Friday 18 March: The board meets"),
        (16, 18, False, "Friday 18 March, 4pm: The board meets"),
        (None, 20, True, "Friday 18 March to 20 March: The board meets (Elm Valley)"),
    ],
)
def test_a_date_is_said_as_invitations_say_it(hours: int | None, last_on: int, several: bool, words: str) -> None:
    day = date(2022, 3, 18)
    at = start_of(day, hours) if hours else None
    assert (
        dated(
            Dated("x", "x", "The board meets", "", "blue", "elm", "Elm Valley", day, date(2022, 3, last_on), at), several, MONDAY
        )
        == words
    )


def test_the_year_is_said_as_soon_as_it_is_another_one() -> None:
    day, until = date(2022, 12, 30), date(2023, 1, 2)
    one = Dated("x", "x", "The board meets", "", "blue", "elm", "Elm Valley", day, until)
    assert dated(one, False, day) == "Friday 30 December to 2 January 2023: The board meets"
    assert dated(one, False, until) == "Friday 30 December 2022 to 2 January: The board meets"


def need(when: Urgency = WEEK, minutes: int = 5, due_on: date | None = None, school: str = "") -> WeekNeed:
    return WeekNeed(when, "Answer", minutes, "/x/", "Elm Valley", due_on, school)


OLD, LAST_YEAR = need(LATE, due_on=date(2022, 2, 13)), need(LATE, due_on=date(2021, 3, 7))
LATER = need(SOON, due_on=date(2022, 4, 20))


@pytest.mark.parametrize(
    ("given", "stand", "more", "older"),
    [
        ([], [], 0, ""),
        ([LATER], [], 0, ""),
        ([need(SOON), LATER, need(LATE)], [LATE, SOON], 0, ""),  # what waits without a day stands after what has one
        ([need(LATE), need(TODAY), need(WEEK), LATER], [TODAY, WEEK, LATE], 0, ""),
        ([need()] * 7, [WEEK] * 7, 0, ""),
        ([need()] * 9 + [LATER], [WEEK] * 7, 2, ""),
        ([need()] * 6 + [need(SOON)] * 3, [*[WEEK] * 6, SOON], 2, ""),
        ([need(LATE, due_on=date(2022, 2, 14)), need()], [WEEK, LATE], 0, ""),  # late for four weeks
        ([OLD], [], 0, "1 older thing is late, since 13 February 2022"),
        ([OLD, LAST_YEAR, *[need()] * 8], [WEEK] * 6, 2, "2 older things are late, the oldest since 7 March 2021"),
    ],
)
def test_seven_lines_at_most_first_what_falls_due_and_what_is_late_for_long_as_one_line(
    given: list[WeekNeed], stand: list[Urgency], more: int, older: str
) -> None:
    week = of_this_week(given, MONDAY)
    assert ([one.when for one in week.needs], week.more, week.older_words) == (stand, more, older)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, ""), (1, "about 1 minute"), (25, "about 25 minutes"), (60, "an hour or more"), (300, "an hour or more")],
)
def test_minutes_are_said_roughly(minutes: int, words: str) -> None:
    assert minutes_words(minutes) == words


@pytest.mark.parametrize(
    ("needs", "more", "words"),
    [
        ([], 0, "nothing needs you"),
        ([need()], 0, "1 thing needs you, about 5 minutes"),
        ([need(), need(minutes=10)], 0, "2 things need you, about 15 minutes"),
        ([need(minutes=0)], 0, "1 thing needs you"),
        ([need()] * 7, 4, "11 things need you"),
    ],
)
def test_the_subject_says_how_much_waits(needs: list[WeekNeed], more: int, words: str) -> None:
    assert heading(ThisWeek(needs, more)) == words


def test_what_is_late_for_long_is_nothing_new() -> None:
    week = of_this_week([OLD], MONDAY)
    assert (heading(week), lead(week)) == ("nothing new needs you", "Nothing new needs you this week.")


@pytest.mark.parametrize(
    ("one", "several", "words"),
    [
        (need(due_on=date(2022, 3, 18)), False, "By Friday 18 March, about 5 minutes"),
        (need(LATE, due_on=SUNDAY), True, "Was due on Sunday 13 March, about 5 minutes, Elm Valley"),
        (need(LATE, due_on=date(2021, 4, 9)), False, "Was due on Friday 9 April 2021, about 5 minutes"),
        (need(due_on=date(2022, 3, 18), school="Oak"), False, "By Friday 18 March, about 5 minutes, Oak"),
        (need(WEEK, minutes=0), False, "This week"),
    ],
)
def test_each_line_says_by_when_how_long_and_where(one: WeekNeed, several: bool, words: str) -> None:
    assert about(one, several, MONDAY) == words


def piece(school: str = "Oak", is_given: bool = False, other: str = "Elm") -> Piece:
    return Piece(school, is_given, "a review or visit", "1 day", other, date(2022, 3, 7))


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([], ""),
        ([piece()], "In the last three months Oak received a review or visit from Elm (1 day, 7 March)."),
        (
            [piece(), piece(is_given=True, other="Ash")],
            "In the last three months Oak received a review or visit from Elm (1 day, 7 March); "
            "gave a review or visit to Ash (1 day, 7 March).",
        ),
        (
            [piece(str(number), number % 2 == 0) for number in range(5)],
            "In the last three months 5 of your schools received 2 pieces of work from others and gave 3 pieces.",
        ),
    ],
)
def test_one_paragraph_says_what_work_between_schools_brought(pieces: list[Piece], words: str) -> None:
    assert brought(pieces, MONDAY) == words


def test_of_many_pieces_three_are_named() -> None:
    pieces = [piece(other=name) for name in ("A", "B", "C", "D", "E")]
    assert brought(pieces, MONDAY).endswith("from C (1 day, 7 March) and 2 more.")
