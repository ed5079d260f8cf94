"""Whom a reminder may reach, and when."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.inviting.rules import Reach, how_it_stands, may_remind_school, may_remind_today, words_for
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
        (replace(SILENT, state=S.SUBJECT), True),
        (replace(SILENT, state=S.READING, subject_on=date(2022, 3, 8)), True),
        (replace(SILENT, told_on=date(2022, 3, 8)), False),
        (replace(SILENT, told_on=date(2022, 3, 4)), False),
        (replace(SILENT, told_on=date(2022, 3, 3)), True),
    ],
)
def test_whom_a_reminder_may_reach(reach: Reach, reminded: bool) -> None:
    verdict = may_remind_school(reach, TODAY, 2, DAYS, 3)
    assert bool(verdict) is reminded
    assert bool(verdict.reason) is not reminded


@pytest.mark.parametrize(("at_most", "words"), [(2, "both"), (3, "all 3")])
def test_who_has_had_all_reminders_is_better_called(at_most: int, words: str) -> None:
    verdict = may_remind_school(replace(SILENT, reminders=at_most), TODAY, at_most, DAYS, 3)
    assert verdict.reason == f"has had {words} reminders: better called"


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


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2022, 3, 12), "today is the weekend. The next school day is Monday 14 March."),
        (date(2022, 4, 15), "today is a holiday (Good Friday). The next school day is Monday 18 April."),
    ],
)
def test_on_a_day_without_school_the_next_one_is_offered(day: date, why: str) -> None:
    assert may_remind_today(day, SchoolDays({date(2022, 4, 15): "Good Friday"})).reason.endswith(why)


@pytest.mark.parametrize(
    ("today", "named"), [(date(2022, 3, 18), "Please answer by [last day to sign]"), (date(2022, 3, 19), "It is not too late")]
)
def test_a_reminder_after_the_last_day_does_not_ask_for_an_answer_before_it(today, named):
    assert named in words_for(today, date(2022, 3, 18))[1]


ASKED = replace(SILENT, asked_on=date(2022, 3, 1), replied_on=date(2022, 3, 3))
SUBJECT = replace(SILENT, state=S.SUBJECT, subject_on=date(2022, 3, 7))


@pytest.mark.parametrize(
    ("school", "words"),
    [
        (SILENT, "have not heard from you yet"),
        (replace(SILENT, state=S.READING), "have not heard from you yet"),
        (ASKED, "asked us a question about [partnership] on 1 March, and we answered it on 3 March"),
        (replace(ASKED, state=S.READING, has_talked=True), "asked us a question about [partnership] on 1 March"),
        (replace(ASKED, asked_on=date(2021, 12, 1)), "on 1 December 2021, and we answered it on 3 March"),
        (SUBJECT, "said yes to [partnership], subject to a meeting on 7 March. May we ask what was decided?"),
        (replace(SILENT, state=S.READING, subject_on=date(2022, 3, 7)), "have not heard from you yet"),
        (replace(ASKED, replied_on=None), "have not heard from you yet"),
        (replace(ASKED, asked_on=None), "have not heard from you yet"),
        (replace(ASKED, state=S.SUBJECT, subject_on=date(2022, 3, 7)), "subject to a meeting on 7 March"),
        (replace(SILENT, state=S.SUBJECT), "do not know yet what it has decided"),
        (replace(SILENT, has_talked=True), "do not know yet what it has decided"),
    ],
)
def test_a_reminder_says_what_we_last_heard(school: Reach, words: str) -> None:
    said = how_it_stands(school, TODAY)
    assert words in said and ("not heard from you" in said) is (words == "have not heard from you yet")
