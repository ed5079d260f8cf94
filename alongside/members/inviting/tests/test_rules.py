"""Whom a reminder may reach, and when."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.inviting.rules import Reach, may_remind_school, may_remind_today, words_for
from alongside.members.membership.rules.answers import AnswerState

S = AnswerState
DAYS = SchoolDays({})
TODAY = date(2022, 3, 8)
SILENT = Reach(S.NO_REPLY, True, 0)


@pytest.mark.parametrize(
    ("reach", "reminded"),
    [
        (SILENT, True),
        (replace(SILENT, state=S.READING), True),
        (replace(SILENT, state=S.SIGNED), False),
        (replace(SILENT, state=S.DECLINED), False),
        (replace(SILENT, state=S.QUESTION), False),
        (replace(SILENT, has_open_question=True), False),
        (replace(SILENT, has_address=False), False),
        (replace(SILENT, reminders=1, reminded_on=date(2022, 3, 1)), True),
        (replace(SILENT, reminders=2, reminded_on=date(2022, 3, 1)), False),
        (replace(SILENT, reminders=1, reminded_on=date(2022, 3, 8)), False),
        (replace(SILENT, reminders=1, reminded_on=date(2022, 3, 4)), False),
        (replace(SILENT, reminders=1, reminded_on=date(2022, 3, 3)), True),
        (replace(SILENT, state=S.SUBJECT, subject_on=date(2022, 3, 8)), False),
        (replace(SILENT, state=S.SUBJECT, subject_on=date(2022, 3, 7)), True),
        (replace(SILENT, told_on=date(2022, 3, 8)), False),
        (replace(SILENT, told_on=date(2022, 3, 4)), False),
        (replace(SILENT, told_on=date(2022, 3, 3)), True),
    ],
)
def test_whom_a_reminder_may_reach(reach: Reach, reminded: bool) -> None:
    verdict = may_remind_school(reach, TODAY, 2, DAYS, 3)
    assert bool(verdict) is reminded
    assert bool(verdict.reason) is not reminded


@given(
    st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=60),
    st.integers(0, 2),
)
def test_however_often_the_office_presses_the_limits_hold(presses: list[tuple[int, bool]], at_most: int) -> None:
    reach, day, sent = SILENT, TODAY, []
    for ahead, asks in presses:
        day += timedelta(days=ahead)
        reach = replace(reach, has_open_question=asks)
        if may_remind_today(day, DAYS) and may_remind_school(reach, day, at_most, DAYS, 3):
            sent.append(day)
            reach = replace(reach, reminders=reach.reminders + 1, reminded_on=day)
            assert not asks
    assert len(sent) <= at_most
    assert all(day.weekday() < 5 for day in sent)
    assert all(DAYS.count(one + timedelta(days=1), two) >= 3 for one, two in pairwise(sent))


def test_on_a_saturday_the_next_school_day_is_offered() -> None:
    assert may_remind_today(date(2022, 3, 12), DAYS).reason.endswith("The next school day is Monday 14 March.")


@pytest.mark.parametrize(
    ("today", "named"), [(date(2022, 3, 18), "Please answer by [last day to sign]"), (date(2022, 3, 19), "It is not too late")]
)
def test_a_reminder_after_the_last_day_does_not_ask_for_an_answer_before_it(today, named):
    assert named in words_for(today, date(2022, 3, 18))[1]
