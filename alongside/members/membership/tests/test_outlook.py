"""What stands in a school's way, whom to contact next, and where sign-up is heading."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.membership.rules import outlook
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.outlook import Case, Counts

S = AnswerState
TODAY = date(2022, 3, 8)
SIGN_BY = date(2022, 3, 18)


def march(day: int) -> date:
    return date(2022, 3, day)


@pytest.mark.parametrize(
    ("case", "way", "following"),
    [
        (Case(S.QUESTION, question="Does it cost?"), "“Does it cost?” waiting for you", "answer today"),
        (Case(S.SUBJECT, subject_to="governors", subject_on=march(15)), "Governors meet Tuesday 15 March", "after 15 March"),
        (
            Case(S.SUBJECT, subject_to="trust", subject_on=march(17)),
            "Trust board Thursday 17 March, one day before the last day",
            "after 17 March",
        ),
        (
            Case(S.SUBJECT, subject_to="governors", subject_on=march(23)),
            "Governors meet Wednesday 23 March, after the last day to sign",
            "after 23 March",
        ),
        (
            Case(S.SUBJECT, subject_to="governors", subject_on=march(7)),
            "Governors met 7 March: no word since",
            "ask how it went",
        ),
        (
            Case(S.SUBJECT, subject_to="trust", subject_on=date(2021, 3, 24)),
            "The trust board met 24 March 2021: no word since",
            "ask how it went",
        ),
        (Case(S.SUBJECT, subject_on=march(8)), "Governors meet Tuesday 8 March", "after 8 March"),
        (Case(S.SUBJECT, subject_on=march(18)), "Governors meet Friday 18 March, on the last day", "after 18 March"),
        (Case(S.SUBJECT), "They have yet to say when it is decided", "ask how it went"),
        (Case(S.QUESTION, question="q" * 110), f"“{'q' * 110}” waiting for you", "answer today"),
        (Case(S.SIGNED, signed_by="the head", signed_on=date(2021, 3, 4)), "Signed by the head, 4 March 2021", "–"),
        (Case(S.NO_REPLY, note="Call on Friday", next_on=march(8)), "Not invited yet. Call on Friday", "today"),
        (Case(S.NO_REPLY, note="Call on Friday", next_on=march(4)), "Not invited yet. Call on Friday", "since 4 March"),
        (Case(S.SIGNED, signed_by="the head", signed_on=march(4)), "Signed by the head, 4 March", "–"),
        (
            Case(S.SIGNED, signed_by="the trust", signed_on=march(4), signed_for=3),
            "Signed by the trust, for 3 schools at once, 4 March", "–",
        ),
        (Case(S.SIGNED, signed_by="the head", signed_on=march(20), is_late=True), "Signed by the head, 20 March, late", "–"),
        (Case(S.DECLINED, reason="Budget this year."), "“Budget this year.”", "when they ask"),
        (Case(S.DECLINED), "No reason given, and none needed", "when they ask"),
        (Case(S.NO_REPLY, has_address=False), "No e-mail address on file", "letter with code"),
        (
            Case(S.NO_REPLY, has_address=False, letter_on=march(1), phone="01632 960001"),
            "Letter with a code printed 1 March; no e-mail address",
            "call, 01632 960001",
        ),
        (
            Case(S.NO_REPLY, has_address=False, letter_on=march(1)),
            "Letter with a code printed 1 March; no e-mail address", "letter with code",
        ),
        (Case(S.NO_REPLY), "Not invited yet", "invite"),
        (Case(S.READING, invited_on=date(2022, 2, 7), opened=2), "Opened the prospectus twice", "reminder"),
        (
            Case(S.NO_REPLY, invited_on=date(2022, 2, 7), reminders=1),
            "Invited 7 February; prospectus not opened by its link yet",
            "second reminder",
        ),
        (
            Case(S.READING, invited_on=date(2022, 2, 7), opened=1, reminders=2, phone="01632 960001", note="Head new in January"),
            "Opened the prospectus once. Head new in January",
            "call, 01632 960001",
        ),
        (
            Case(S.READING, invited_on=date(2022, 2, 7), opened=3, next_on=march(11)),
            "Opened the prospectus 3 times",
            "11 March",
        ),
        (Case(S.READING, invited_on=date(2022, 2, 7), opened=1, next_on=march(8)), "Opened the prospectus once", "today"),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_and_whom_to_contact_next(case: Case, way: str, following: str) -> None:
    assert outlook.stands_in_the_way(case, SIGN_BY, TODAY) == way
    assert outlook.next_contact(case, TODAY) == following


def test_a_long_question_is_cut_at_a_word() -> None:
    way = outlook.stands_in_the_way(Case(S.QUESTION, question="word " * 60), SIGN_BY, TODAY)
    assert len(way) < 140
    assert way.endswith("word…” waiting for you")


def test_the_curve_counts_to_the_end_of_each_day_and_the_pace_says_where_it_leads() -> None:
    days = outlook.growth([(date(2022, 2, 24), 4), (date(2022, 3, 1), 10)], date(2022, 2, 24), TODAY)
    assert (days[0], days[5], days[-1], len(days)) == ((date(2022, 2, 24), 4), (date(2022, 3, 1), 14), (TODAY, 14), 13)
    assert outlook.projected(days, TODAY, SIGN_BY, 97) == 22
    assert outlook.pace_words(14, 97, 22, TODAY, SIGN_BY) == "At this pace 22 by the deadline."
    assert outlook.pace_words(14, 97, None, SIGN_BY, SIGN_BY).startswith("14 of 97 so far.")
    assert outlook.growth([], march(9), march(8)) == [(march(9), 0)]


@pytest.mark.parametrize(
    ("signed", "asked", "expected", "today", "said"),
    [
        (1, 3, None, march(18), "1 of 3 so far. Today is the last day to sign."),
        (0, 3, None, march(18), "0 of 3 so far. Today is the last day to sign."),
        (3, 3, None, march(18), "Every school that was asked has signed."),
        (1, 3, None, march(17), "1 of 3 so far."),  # sign-up of less than a week
        (1, 3, None, march(11), "1 of 3 so far."),
        (1, 3, None, march(10), "1 of 3 so far. After the first week this says where the pace leads."),
        (1, 3, 2, march(17), "At this pace 2 by the deadline."),
        (1, 3, None, march(19), "1 of 3 had signed by today; late signing is open and marked."),
        (0, 0, None, march(18), "Choose the schools first; their answers draw this curve."),
    ],
)
def test_the_curve_promises_no_pace_that_it_will_not_say(
    signed: int, asked: int, expected: int | None, today: date, said: str
) -> None:
    assert outlook.pace_words(signed, asked, expected, today, SIGN_BY) == said


@pytest.mark.parametrize(
    ("counts", "today", "expected"),
    [
        ([], march(8), None),
        ([(march(2), 0), (march(8), 12)], march(8), None),  # no week has passed
        ([(march(1), 0), (march(8), 7)], march(8), 17),
        ([(march(1), 0), (march(17), 14)], march(17), 15),
        ([(march(1), 0), (march(18), 14)], march(18), None),
        ([(date(2022, 2, 1), 0), (date(2022, 2, 22), 100), (march(8), 114)], march(8), 124),  # of the last fourteen days
    ],
)
def test_the_pace_is_that_of_the_last_fourteen_days(counts: list[tuple[date, int]], today: date, expected: int | None) -> None:
    assert outlook.projected(counts, today, SIGN_BY, 200) == expected


@pytest.mark.parametrize(
    ("case", "label"),
    [
        (Case(S.NO_REPLY), "To be invited"),
        (Case(S.NO_REPLY, invited_on=march(1)), "No reply yet"),
        (Case(S.NO_REPLY, letter_on=march(1)), "No reply yet"),
        (Case(S.READING), S.READING.label),
        (Case(S.READING, withdrew_on=march(1)), "Signed, then withdrew"),
    ],
)
def test_who_was_asked_by_mail_or_letter_is_not_to_be_invited(case: Case, label: str) -> None:
    assert case.label == label


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 30)), max_size=15, unique_by=lambda pair: pair[0]), st.integers(0, 40)
)
def test_the_projection_is_never_below_what_is_nor_above_what_was_asked(signed: list[tuple[int, int]], ahead: int) -> None:
    by_day = sorted((date(2022, 2, 14) + timedelta(days=day), count) for day, count in signed)
    today = date(2022, 2, 14) + timedelta(days=20)
    days = outlook.growth(by_day, date(2022, 2, 14), today)
    most = sum(count for _, count in signed) + 5
    expected = outlook.projected(days, today, today + timedelta(days=ahead), most)
    assert expected is None or days[-1][1] <= expected <= most


@given(st.tuples(*[st.integers(0, 200)] * 8))
def test_outsiders_learn_the_same_total_and_not_who_declined(parts: tuple[int, ...]) -> None:
    counts = Counts(*parts)
    told = counts.for_everyone()
    assert (told.asked, told.signed, told.declined, told.reading, told.withdrew) == (sum(parts), counts.signed, 0, 0, 0)


def test_nobody_who_answered_is_told_not_to_have_answered() -> None:
    counts = Counts(signed=84, reading=3, no_reply=5, declined=3, to_invite=1, withdrew=1)
    assert counts.words() == "84 signed, 8 no reply yet, 1 to be invited, 1 signed then withdrew, 3 not this time"
    assert counts.for_everyone().words() == "84 signed, 13 others"
    assert Counts().words() == "nobody asked yet"


EASTER = SchoolDays({date(2022, 4, 15): "Good Friday", date(2022, 4, 18): "Easter Monday"})


@pytest.mark.parametrize(
    ("told", "today", "until"),
    [
        (date(2022, 3, 8), date(2022, 3, 8), date(2022, 3, 11)),  # Tuesday: from Friday
        (date(2022, 3, 8), date(2022, 3, 10), date(2022, 3, 11)),
        (date(2022, 3, 8), date(2022, 3, 11), None),
        (date(2022, 3, 11), date(2022, 3, 12), date(2022, 3, 16)),  # Friday: from Wednesday
        (date(2022, 4, 14), date(2022, 4, 19), date(2022, 4, 21)),  # over Easter
        (date(2022, 4, 14), date(2022, 4, 21), None),
    ],
)
def test_a_school_that_was_just_written_to_rests_for_some_school_days(told, today, until) -> None:
    assert outlook.rests_until(told, today, EASTER, 3) == until
    rests = told > outlook.told_before(today, EASTER, 3)
    assert rests is (until is not None)


def test_next_contact_waits_while_a_school_rests_unless_it_has_asked() -> None:
    just, until = Case(S.NO_REPLY, invited_on=TODAY), date(2022, 3, 11)
    assert outlook.next_contact(just, TODAY, 2, until) == "from 11 March"
    assert outlook.next_contact(replace(just, reminders=2), TODAY, 2, until) == "from 11 March"
    assert outlook.next_contact(replace(just, state=S.QUESTION), TODAY, 2, until) == "answer today"
    assert outlook.next_contact(replace(just, next_on=TODAY), TODAY, 2, until) == "today", "the office's own day goes first"
    assert replace(just, reminded_on=date(2022, 3, 9), replied_on=date(2022, 3, 10)).told_on == date(2022, 3, 10)


def test_nobody_rests_for_longer_than_any_holidays() -> None:
    shut = SchoolDays({TODAY - timedelta(days=ago): "Shut" for ago in range(200)})
    assert outlook.told_before(TODAY, shut, 3) == TODAY - timedelta(days=outlook.MOST_REST)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"has_address": False, "letter_on": TODAY}, "from 11 March"),
        ({"has_address": False, "letter_on": None}, "letter with code"),
        ({"has_address": True, "letter_on": TODAY}, "invite"),
    ],
)
def test_who_was_sent_a_letter_rests_until_there_is_an_address(changed, words) -> None:
    assert outlook.next_contact(replace(Case(S.NO_REPLY), **changed), TODAY, 2, date(2022, 3, 11)) == words
