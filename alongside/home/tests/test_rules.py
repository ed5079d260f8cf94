"""What needs the office, and what setting up takes."""

from datetime import date

import pytest

from alongside.home.rules import Need, Standing, is_set_up, needs_of_office, set_up_tasks, urgency

TODAY, SIGN_BY, FREEZE = date(2022, 3, 8), date(2022, 3, 18), date(2022, 3, 21)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2022, 3, 7), "Today"),
        (TODAY, "Today"),
        (date(2022, 3, 9), "This week"),
        (date(2022, 3, 15), "This week"),
        (date(2022, 3, 16), "Soon"),
        (None, "Soon"),
    ],
)
def test_how_soon_is_said_in_three_words(due, said):
    assert urgency(due, TODAY)[0] == said


def statuses(now: Standing) -> list[str]:
    return [status for _, _, status, _, _ in set_up_tasks(now)]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (Standing(fees_missing=3), ["To do", "To do", "To do", "Not yet", "To do", "To do"]),
        (Standing(asked=3, has_draft=True, fees_missing=3), ["Done", "Draft", "To do", "Not yet", "To do", "To do"]),
        (
            Standing(asked=3, has_prospectus=True, has_draft=True, fees_missing=3),
            ["Done", "Done", "To do", "To do", "To do", "To do"],
        ),
        (Standing(asked=3, invited=3, has_prospectus=True, has_holidays=True), ["Done"] * 6),
        (Standing(uses_prospectus=False, fees_missing=1), ["To do", "To do", "To do"]),
    ],
)
def test_each_step_of_setting_up_says_how_far_it_is(now, said):
    assert statuses(now) == said


def test_setting_up_is_over_when_schools_are_invited_and_fees_are_said():
    assert not is_set_up(Standing(invited=3, fees_missing=1)) and not is_set_up(Standing(asked=3))
    assert is_set_up(Standing(invited=3)) and is_set_up(Standing(signed=3, uses_prospectus=False))


def pages(now: Standing, today: date = TODAY) -> list[str]:
    return [need.page for need in needs_of_office(now, today, SIGN_BY, FREEZE)]


def test_what_is_due_first_stands_first():
    now = Standing(invited=97, signed=61, questions=6, no_reply=20)
    assert needs_of_office(now, TODAY, SIGN_BY, FREEZE) == [
        Need(TODAY, "Answer 6 questions from schools", "membership:questions"),
        Need(SIGN_BY, "20 schools have not replied yet: chase or call them", "membership:overview"),
        Need(FREEZE, "The roll is frozen on Monday 21 March", "membership:roll"),
    ]


@pytest.mark.parametrize(
    ("now", "today", "expected"),
    [
        (Standing(), TODAY, []),
        (Standing(invited=9, no_reply=1), date(2022, 3, 19), ["membership:roll"]),
        (Standing(invited=9, signed=9, frozen=True), date(2022, 4, 1), ["fees:issue"]),
        (Standing(invited=9, signed=9, frozen=True, fees_missing=1), date(2022, 4, 1), []),
        (Standing(invited=9, signed=9, frozen=True, invoiced=9, overdue=2), date(2022, 6, 1), ["fees:overview"]),
        (Standing(invited=9, signed=9, frozen=True, invoiced=9), date(2022, 6, 1), []),
    ],
)
def test_only_what_waits_is_shown(now, today, expected):
    assert pages(now, today) == expected
