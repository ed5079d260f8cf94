"""Which law reaches which kind of school, and where that is arguable."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from alongside.ground.core.clock import LONDON
from alongside.members.calendar.rules.bank_holidays import WorkingDays
from alongside.members.calendar.rules.clocks import extension_problem, laws, work_out
from alongside.members.calendar.rules.clocks.laws import Law, PublicBody
from alongside.members.calendar.rules.clocks.reckoning import (
    Calendars,
    CameIn,
    Counted,
    Stop,
    StopKind,
    aim_because,
    aim_for,
    doubts,
    left_out,
    span_words,
    warning,
    weeks_of,
)
from alongside.members.calendar.rules.days import Named, SchoolDays
from alongside.members.calendar.tests import make

CAME = date(2026, 3, 2)


def test_every_type_of_the_register_has_its_body() -> None:
    for kind, body in {
        "Non-maintained special school": PublicBody.NON_MAINTAINED_SPECIAL,
        "Pupil referral unit": PublicBody.PUPIL_REFERRAL,
        "Community special school": PublicBody.MAINTAINED,
        "Foundation special school": PublicBody.MAINTAINED,
        "Local authority nursery school": PublicBody.NURSERY,
        "Academy alternative provision converter": PublicBody.ACADEMY,
        "Free schools special": PublicBody.ACADEMY,
        "Other independent special school": PublicBody.INDEPENDENT,
        "Special post 16 institution": PublicBody.OTHER,
        "": PublicBody.OTHER,
    }.items():
        assert laws.body_of(kind) is body


@pytest.mark.parametrize(
    ("law", "body", "refused", "doubt"),
    [
        (Law.FOI, PublicBody.NON_MAINTAINED_SPECIAL, "Schedule 1", ""),
        (Law.EIR, PublicBody.NON_MAINTAINED_SPECIAL, "", "arguable"),
        (Law.RECORD, PublicBody.NON_MAINTAINED_SPECIAL, "", ""),
        (Law.RECORD, PublicBody.PUPIL_REFERRAL, "", "probably hold"),
        (Law.FOI, PublicBody.PUPIL_REFERRAL, "", "The council answers"),
        (Law.EIR, PublicBody.PUPIL_REFERRAL, "", ""),
        (Law.SUBJECT_ACCESS, PublicBody.PUPIL_REFERRAL, "", ""),
        (Law.SUBJECT_ACCESS, PublicBody.NON_MAINTAINED_SPECIAL, "", ""),
        (Law.FOI, PublicBody.MAINTAINED, "", ""),
        (Law.FOI, PublicBody.OTHER, "", "Whether the law reaches it"),
        (Law.RECORD, PublicBody.OTHER, "maintained schools", ""),
        (Law.RECORD, PublicBody.NURSERY, "maintained schools", ""),
        (Law.RECORD, PublicBody.ACADEMY, "subject access request", ""),
        (Law.EIR, PublicBody.INDEPENDENT, "not a public authority", ""),
        (Law.SUBJECT_ACCESS, PublicBody.INDEPENDENT, "", ""),
    ],
)
def test_a_law_reaches_a_body_or_not_and_says_where_it_is_arguable(law: Law, body: PublicBody, refused: str, doubt: str) -> None:
    why = laws.why_not(law, body, make.ENGLAND, CAME)
    assert (refused in why) if refused else why == ""
    notes = " ".join(work_out(law, CameIn(CAME), body, make.calendars("")).notes)
    assert doubt in notes if doubt else laws.doubt(law, body) == ""


def test_a_law_holds_from_its_day() -> None:
    since = laws.rule_of(Law.COMPLAINT, PublicBody.ACADEMY).since
    assert laws.why_not(Law.COMPLAINT, PublicBody.ACADEMY, make.ENGLAND, since) == ""
    assert "did not hold yet" in laws.why_not(Law.COMPLAINT, PublicBody.ACADEMY, make.ENGLAND, since - timedelta(days=1))


def test_an_academy_and_a_maintained_school_answer_under_their_own_regulations() -> None:
    rules = [laws.rule_of(Law.FOI, body) for body in (PublicBody.ACADEMY, PublicBody.MAINTAINED, PublicBody.OFFICE)]
    assert rules == [laws.FOI_ACADEMY, laws.FOI_MAINTAINED, laws.RULES[Law.FOI]]


def test_freedom_of_information_at_a_pupil_referral_unit_counts_working_days() -> None:
    found = work_out(Law.FOI, CameIn(date(2026, 3, 30)), PublicBody.PUPIL_REFERRAL, make.calendars("C"))
    office = work_out(Law.FOI, CameIn(date(2026, 3, 30)), PublicBody.OFFICE, make.calendars("C"))
    assert found.due_on == office.due_on == date(2026, 4, 29)


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
    counted = work_out(Law.FOI, CameIn(CAME), PublicBody.OFFICE, make.calendars(""))
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
    counted = work_out(Law.FOI, CameIn(CAME), PublicBody.OFFICE, make.calendars(""))
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
    asked_on = CAME + timedelta(days=3)
    found = work_out(law, CameIn(CAME, stops=(Stop(asked_on, None, kind),)), PublicBody.OFFICE, make.calendars(""))
    assert found.due_on is None and words in found.notes
    assert [one.day for one in found.days] == [CAME + timedelta(days=1), CAME + timedelta(days=2)]


WAITED = (Stop(CAME, CAME, StopKind.CLARIFICATION),)


@pytest.mark.parametrize(
    ("law", "body", "asked", "said"),
    [
        (Law.FOI, PublicBody.OFFICE, CameIn(CAME), ["school-day rule"]),
        (Law.FOI, PublicBody.MAINTAINED, CameIn(CAME), ["No term dates"]),
        (Law.FOI, PublicBody.PUPIL_REFERRAL, CameIn(CAME), ["The council answers"]),
        (Law.RECORD, PublicBody.MAINTAINED, CameIn(CAME), ["No term dates"]),
        (Law.EIR, PublicBody.OFFICE, CameIn(CAME), []),
        (Law.EIR, PublicBody.MAINTAINED, CameIn(CAME), []),
        (Law.EIR, PublicBody.OFFICE, CameIn(CAME, extended_on=CAME), ["Extended to 40 working days"]),
        (Law.SUBJECT_ACCESS, PublicBody.OFFICE, CameIn(CAME), []),
        (Law.SUBJECT_ACCESS, PublicBody.OFFICE, CameIn(CAME, extended_on=CAME), ["Extended by two months"]),
        (Law.SUBJECT_ACCESS, PublicBody.OFFICE, CameIn(CAME, stops=WAITED), ["the day of asking and the day of the answer"]),
        (Law.SUBJECT_ACCESS, PublicBody.OFFICE, CameIn(CAME, stops=(Stop(CAME, CAME, StopKind.IDENTITY),)), []),
        (Law.RECORD, PublicBody.MAINTAINED, CameIn(CAME, extended_on=CAME), ["No term dates"]),
    ],
)
def test_a_date_says_by_which_days_it_is_counted_and_what_moved_it(
    law: Law, body: PublicBody, asked: CameIn, said: list[str]
) -> None:
    notes = work_out(law, asked, body, make.calendars("")).notes
    assert len(notes) == len(said) and all(words in note for words, note in zip(said, notes, strict=True))


def test_a_school_that_is_closed_for_long_shows_its_school_days_where_both_times_end_on_one_day() -> None:
    for closed, counted in ((date(2030, 1, 1), 60), (date(2026, 5, 1), 60), (date(2026, 4, 30), 20), (date(2026, 4, 29), 20)):
        found = work_out(Law.FOI, CameIn(CAME), PublicBody.MAINTAINED, replace(make.calendars(""), school=closed_until(closed)))
        assert found.counted == counted and (found.due_on == date(2026, 6, 1)) == (closed >= date(2026, 4, 30))
    waiting = CameIn(CAME, stops=(Stop(date(2026, 3, 10), None, StopKind.FEE),))
    found = work_out(Law.FOI, waiting, PublicBody.MAINTAINED, replace(make.calendars(""), school=closed_until(date(2026, 3, 4))))
    assert [one.why for one in found.days][:3] == ["no school day: Closed", "no school day: Closed", ""]


def closed_until(day: date) -> SchoolDays:
    return SchoolDays({}, (Named("Closed", CAME, day),))


@pytest.mark.parametrize(
    ("due_on", "year", "said"),
    [
        (None, 2026, ""),
        (date(2026, 3, 10), 2026, ""),  # open again
        (date(2026, 3, 6), 2026, "Due Friday 6 March (Closed), nobody in school until Tuesday 10 March. Agree now who answers."),
        (date(2026, 3, 6), 2028, "Due Friday 6 March (Closed), and no school day is known after it. Agree now who answers."),
    ],
)
def test_a_date_on_which_nobody_is_in_school_is_said(due_on: date | None, year: int, said: str) -> None:
    assert warning(due_on, closed_until(date(year, 3, 9))) == said


@pytest.mark.parametrize(
    ("due_on", "received_on", "closed", "aim"),
    [
        (date(2026, 3, 27), date(2026, 3, 1), None, date(2026, 3, 20)),
        (date(2026, 3, 27), date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 20)),  # nobody is in school until then
        (date(2026, 3, 27), date(2026, 2, 27), date(2028, 3, 20), date(2026, 3, 20)),  # nor is anybody on the days before
        (date(2026, 3, 27), date(2026, 3, 20), None, date(2026, 3, 21)),
        (date(2026, 3, 27), date(2026, 3, 24), None, date(2026, 3, 25)),
    ],
)
def test_one_aims_for_a_day_after_the_receipt(due_on: date, received_on: date, closed: date | None, aim: date) -> None:
    school = closed_until(closed) if closed else SchoolDays({})
    assert aim_for(due_on, received_on, school, make.calendars("").nation) == aim
    never = SchoolDays({}, (Named("Closed", date(2024, 1, 1), date(2028, 1, 1)),))
    assert aim_for(due_on, received_on, never, make.calendars("").nation) == max(aim, date(2026, 3, 20))


@pytest.mark.parametrize(
    ("aware", "closed", "hours", "due", "aim", "notes"),
    [
        (datetime(2026, 3, 3, 9, 30), CAME, ["14 h 30 min", "24 h", "24 h", "9 h 30 min"], "6 March 09:30", date(2026, 3, 5), 0),
        (datetime(2026, 3, 3, 9), date(2026, 3, 5), ["15 h", "24 h", "24 h", "9 h"], "6 March 09:00", date(2026, 3, 3), 0),
        (datetime(2026, 3, 27, 9), CAME, ["15 h", "24 h", "23 h", "10 h"], "30 March 10:00", date(2026, 3, 27), 1),
        (None, CAME, ["24 h", "24 h", "24 h", "0 h"], "5 March 00:00", date(2026, 3, 4), 0),
    ],
)
def test_a_breach_is_reported_within_real_hours(
    aware: datetime | None, closed: date, hours: list[str], due: str, aim: date, notes: int
) -> None:
    moment = aware and aware.replace(tzinfo=LONDON)
    school = replace(make.calendars(""), school=closed_until(closed))
    found = work_out(Law.BREACH, CameIn(aware.date() if aware else CAME, moment), PublicBody.MAINTAINED, school)
    assert [one.why for one in found.days] == hours
    assert found.due_at and found.due_at.astimezone(LONDON).strftime("%-d %B %H:%M") == due
    assert found.aim_for == aim and found.aim_because.startswith("nobody" if aim <= closed else "the last day")
    assert len(found.notes) == notes


@pytest.mark.parametrize(
    ("body", "trust", "words"),
    [
        (PublicBody.ACADEMY, "Vale Trust", "Vale Trust, as the trust that runs Vale School"),
        (PublicBody.ACADEMY, "", "The academy trust, as the trust that runs Vale School"),
        (PublicBody.MAINTAINED, "", "The governing body of Vale School"),
        (PublicBody.PUPIL_REFERRAL, "", "The council that maintains Vale School, or the management committee that acts for it"),
        (PublicBody.OFFICE, "", "Whoever hosts the partnership: the council, a company or a trust"),
        (PublicBody.INDEPENDENT, "", "Vale School"),
    ],
)
def test_who_must_answer_is_said_by_name(body: PublicBody, trust: str, words: str) -> None:
    assert laws.authority_words(body, "Vale School", trust) == words


def test_a_clock_that_waits_is_extended_also_late() -> None:
    waiting = CameIn(CAME, stops=(Stop(CAME, None, StopKind.CLARIFICATION),))
    assert extension_problem(Law.EIR, waiting, PublicBody.OFFICE, make.calendars(""), date(2027, 1, 1)) == {}
