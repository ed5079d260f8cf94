"""What stands in the week's mail, by its rules."""

from datetime import date

import pytest

from alongside.across.monday.rules import Piece, WeekNeed, about, brought, heading, minutes_words, of_this_week

SUNDAY = date(2022, 3, 13)


def need(when: str = "This week", minutes: int = 5, due_on: date | None = None) -> WeekNeed:
    return WeekNeed(when, "Answer", minutes, "/x/", "Elm Valley", due_on)


@pytest.mark.parametrize(
    ("given", "stand", "more"),
    [
        ([], 0, 0),
        ([need("Soon")], 0, 0),
        ([need("Late"), need("Today"), need("This week"), need("Soon")], 3, 0),
        ([need()] * 7, 7, 0),
        ([need()] * 9 + [need("Soon")], 7, 2),
    ],
)
def test_at_most_seven_things_of_this_week_stand_in_it_and_how_many_more(given: list[WeekNeed], stand: int, more: int) -> None:
    shown, left = of_this_week(given)
    assert (len(shown), left) == (stand, more)


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
    assert heading(needs, more) == words


@pytest.mark.parametrize(
    ("one", "several", "words"),
    [
        (need(due_on=date(2022, 3, 18)), False, "By Friday 18 March, about 5 minutes"),
        (need("Late", due_on=SUNDAY), True, "Was due on Sunday 13 March, about 5 minutes, Elm Valley"),
        (need("This week", minutes=0), False, "This week"),
    ],
)
def test_each_line_says_by_when_how_long_and_where(one: WeekNeed, several: bool, words: str) -> None:
    assert about(one, several) == words


def piece(school: str = "Oak", is_given: bool = False, other: str = "Elm") -> Piece:
    return Piece(school, is_given, "Review or visit", "1 day", other, date(2022, 3, 7))


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([], ""),
        ([piece()], "In the last three months Oak received: review or visit from Elm (1 day, 7 March)."),
        (
            [piece(), piece(is_given=True, other="Ash")],
            "In the last three months Oak received: review or visit from Elm (1 day, 7 March); "
            "gave: review or visit to Ash (1 day, 7 March).",
        ),
        (
            [piece(str(number), number % 2 == 0) for number in range(5)],
            "In the last three months 5 of your schools received 2 pieces of work from others and gave 3 pieces.",
        ),
    ],
)
def test_one_paragraph_says_what_work_between_schools_brought(pieces: list[Piece], words: str) -> None:
    assert brought(pieces) == words


def test_of_many_pieces_three_are_named() -> None:
    assert brought([piece(other=name) for name in ("A", "B", "C", "D", "E")]).endswith("from C (1 day, 7 March) and 2 more.")
