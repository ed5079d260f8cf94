"""Which law reaches which kind of school, and where that is arguable."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.members.calendar.rules.bank_holidays import WorkingDays
from alongside.members.calendar.rules.clocks import laws, work_out
from alongside.members.calendar.rules.clocks.laws import Body, Law
from alongside.members.calendar.rules.clocks.reckoning import (
    Calendars,
    CameIn,
    Counted,
    Stop,
    StopKind,
    aim_because,
    doubts,
    left_out,
    span_words,
    weeks_of,
)
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.calendar.tests import make

CAME = date(2026, 3, 2)


def test_every_type_of_the_register_has_its_body() -> None:
    for kind, body in {
        "Non-maintained special school": Body.NON_MAINTAINED_SPECIAL,
        "Pupil referral unit": Body.PUPIL_REFERRAL,
        "Community special school": Body.MAINTAINED,
        "Foundation special school": Body.MAINTAINED,
        "Local authority nursery school": Body.NURSERY,
        "Academy alternative provision converter": Body.ACADEMY,
        "Free schools special": Body.ACADEMY,
        "Other independent special school": Body.INDEPENDENT,
        "Special post 16 institution": Body.OTHER,
        "": Body.OTHER,
    }.items():
        assert laws.body_of(kind) is body


@pytest.mark.parametrize(
    ("law", "body", "refused", "doubt"),
    [
        (Law.FOI, Body.NON_MAINTAINED_SPECIAL, "Schedule 1", ""),
        (Law.EIR, Body.NON_MAINTAINED_SPECIAL, "", "arguable"),
        (Law.RECORD, Body.NON_MAINTAINED_SPECIAL, "", ""),
        (Law.RECORD, Body.PUPIL_REFERRAL, "", "probably hold"),
        (Law.FOI, Body.PUPIL_REFERRAL, "", "The council answers"),
        (Law.EIR, Body.PUPIL_REFERRAL, "", ""),
        (Law.SUBJECT_ACCESS, Body.PUPIL_REFERRAL, "", ""),
        (Law.SUBJECT_ACCESS, Body.NON_MAINTAINED_SPECIAL, "", ""),
        (Law.FOI, Body.MAINTAINED, "", ""),
        (Law.FOI, Body.OTHER, "", "Whether the law reaches it"),
        (Law.RECORD, Body.OTHER, "maintained schools", ""),
        (Law.RECORD, Body.NURSERY, "maintained schools", ""),
        (Law.RECORD, Body.ACADEMY, "subject access request", ""),
        (Law.EIR, Body.INDEPENDENT, "not a public authority", ""),
    ],
)
def test_a_law_reaches_a_body_or_not_and_says_where_it_is_arguable(law: Law, body: Body, refused: str, doubt: str) -> None:
    why = laws.why_not(law, body, make.ENGLAND, CAME)
    assert (refused in why) if refused else why == ""
    notes = " ".join(work_out(law, CameIn(CAME), body, make.calendars("")).notes)
    assert doubt in notes if doubt else laws.doubt(law, body) == ""


def test_a_law_holds_from_its_day() -> None:
    since = laws.rule_of(Law.COMPLAINT, Body.ACADEMY).since
    assert laws.why_not(Law.COMPLAINT, Body.ACADEMY, make.ENGLAND, since) == ""
    assert "did not hold yet" in laws.why_not(Law.COMPLAINT, Body.ACADEMY, make.ENGLAND, since - timedelta(days=1))


def test_an_academy_and_a_maintained_school_answer_under_their_own_regulations() -> None:
    rules = [laws.rule_of(Law.FOI, body) for body in (Body.ACADEMY, Body.MAINTAINED, Body.OFFICE)]
    assert rules == [laws.FOI_ACADEMY, laws.FOI_MAINTAINED, laws.RULES[Law.FOI]]


def test_freedom_of_information_at_a_pupil_referral_unit_counts_working_days() -> None:
    found = work_out(Law.FOI, CameIn(date(2026, 3, 30)), Body.PUPIL_REFERRAL, make.calendars("C"))
    office = work_out(Law.FOI, CameIn(date(2026, 3, 30)), Body.OFFICE, make.calendars("C"))
    assert found.due_on == office.due_on == date(2026, 4, 29)
    assert "council" in laws.authority_words(Body.PUPIL_REFERRAL, "Bridge Unit", "")


@pytest.mark.parametrize(
    ("aim", "why"),
    [
        (date(2026, 3, 19), "the last day with somebody in school that leaves five working days in hand"),
        (date(2026, 3, 20), "five working days are in hand then"),
        (date(2026, 3, 23), "the time is too short for a week in hand"),
    ],
)
def test_the_day_to_aim_for_says_why_it_is_that_day(aim: date, why: str) -> None:
    assert aim_because(aim, date(2026, 3, 27), make.calendars("").uk) == why


def test_the_working_of_a_breach_is_hours_and_not_days() -> None:
    counted = work_out(Law.FOI, CameIn(CAME), Body.OFFICE, make.calendars(""))
    assert span_words(counted) == "20 days counted, 3 March 2026 to 31 March 2026"
    assert span_words(replace(counted, law=Law.BREACH)) == span_words(replace(counted, days=())) == ""


DAYS = tuple(Counted(day, True, "", n) for n, day in enumerate((date(2025, 12, 1), date(2026, 9, 1)), 1))
KNOWN = WorkingDays({}, date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("school", "known", "due_on", "said"),
    [
        (SchoolDays({}, (), frozenset({2025, 2026})), KNOWN, date(2026, 12, 31), []),
        (
            SchoolDays({}, (), frozenset({2025, 2026}), frozenset({2026, 2030})),
            KNOWN,
            date(2026, 9, 1),
            ["of 2026/27 are examples"],
        ),
        (SchoolDays({}, (), frozenset({2026})), KNOWN, date(2026, 9, 1), ["typed for 2025/26: every"]),
        (SchoolDays({}), KNOWN, date(2026, 9, 1), ["typed for 2025/26 and 2026/27: every"]),
        (SchoolDays({}, (), frozenset({2025, 2026})), KNOWN, date(2027, 1, 1), ["published until 2026"]),
        (
            SchoolDays({}, (), frozenset({2025, 2026})),
            replace(KNOWN, known_since=date(2026, 1, 1)),
            date(2026, 9, 1),
            ["known since 2026"],
        ),
    ],
)
def test_what_a_date_rests_on_is_said_where_it_is_not_certain(
    school: SchoolDays, known: WorkingDays, due_on: date, said: list[str]
) -> None:
    notes = doubts(due_on, DAYS, Calendars(school, known, known), True)
    assert len(notes) == len(said) and all(words in note for words, note in zip(said, notes, strict=True))
    of_calendar = [note for note in notes if "Bank" in note]
    assert list(doubts(due_on, DAYS, Calendars(school, known, known), False)) == of_calendar


def test_a_clock_without_days_has_no_working() -> None:
    counted = work_out(Law.FOI, CameIn(CAME), Body.OFFICE, make.calendars(""))
    nothing = replace(counted, days=())
    assert (counted.counted, nothing.counted) == (20, 0)
    assert weeks_of(nothing) == [] and [monday for monday, _ in weeks_of(counted)] == [
        CAME + timedelta(weeks=number) for number in range(5)
    ]
    assert [(why, len(days)) for why, days in left_out(counted)] == [("St Patrick’s Day in Northern Ireland", 1)]


@pytest.mark.parametrize(
    ("law", "kind", "words"),
    [
        (Law.SUBJECT_ACCESS, StopKind.IDENTITY, "The month starts on the day on which proof of identity comes."),
        (Law.SUBJECT_ACCESS, StopKind.CLARIFICATION, "The days until the answer comes are left out."),
        (Law.FOI, StopKind.FEE, "The days until the fee comes are left out."),
        (Law.FOI, StopKind.CLARIFICATION, "The clock starts afresh on the day the clarification comes."),
    ],
)
def test_a_clock_that_stands_still_says_what_happens_then(law: Law, kind: StopKind, words: str) -> None:
    found = work_out(law, CameIn(CAME, stops=(Stop(CAME, None, kind),)), Body.OFFICE, make.calendars(""))
    assert found.due_on is None and words in found.notes


@pytest.mark.parametrize(
    ("law", "body", "extended_on", "note"),
    [
        (Law.FOI, Body.OFFICE, None, "school-day rule"),
        (Law.EIR, Body.OFFICE, None, ""),
        (Law.EIR, Body.OFFICE, CAME, "Extended to 40 working days"),
        (Law.FOI, Body.MAINTAINED, None, ""),
    ],
)
def test_a_request_for_information_says_by_which_days_it_is_counted(
    law: Law, body: Body, extended_on: date | None, note: str
) -> None:
    notes = " ".join(work_out(law, CameIn(CAME, extended_on=extended_on), body, make.calendars("")).notes)
    for words in ("school-day rule", "Extended to 40 working days"):
        assert (words in notes) is (words == note)
