"""When bodies meet, how they decide, what an agenda needs: tables of examples."""

from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from alongside.deciding.bodies.rules.kinds import BodyKind, Deputy
from alongside.deciding.bodies.rules.quorum import Quorum, Share
from alongside.deciding.meetings.rules.agenda import (
    clear_days,
    is_overdue,
    length_words,
    longest_waiting,
    send_by,
    standing_lines,
    timed,
    why_short,
)
from alongside.deciding.meetings.rules.deciding import (
    Votes,
    all_agree,
    is_carried,
    reference_of,
    ways_of,
    why_not_decided,
    why_not_in_writing,
)
from alongside.deciding.meetings.rules.kinds import Attendance, HowOften, ItemKind, MeetingSettings
from alongside.deciding.meetings.rules.minutes import Presence, counts, doubt_words, why_no_deputy
from alongside.deciding.meetings.rules.rhythm import SchoolYear, days_of, in_turn, months_between, nth_weekday
from alongside.ground.core.academic_year import AcademicYear
from alongside.members.calendar.rules.settings import Alternation
from alongside.members.calendar.rules.teaching import HEADBOARD, Slot, monday_of, teaching_weeks
from alongside.members.calendar.tests import make as calendars
from tests.figures import Figure

OWN = MeetingSettings()
LONDON = ZoneInfo("Europe/London")


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
    (clash,) = [one for one in weekly if one.clash]
    assert (clash.day, clash.clash) == (date(2026, 5, 4), "Early May bank holiday")
    assert clash.alternatives == (date(2026, 5, 5), date(2026, 5, 6))


def test_once_a_month_leaves_out_months_without_school_and_typed_dates_are_taken_as_they_are() -> None:
    over = year("W", date(2025, 9, 1), date(2026, 8, 31))
    monthly = days_of(HowOften.MONTHLY, [Slot("ordinary", 1)], over, nth=2, typed=())
    assert [one.day.month for one in monthly] == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]
    assert {one.day.weekday() for one in monthly} == {1}
    typed = days_of(
        HowOften.TYPED, [Slot("ordinary", 1)], over, nth=1, typed=[date(2026, 3, 2), date(2025, 12, 25), date(2030, 1, 1)]
    )
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


@pytest.mark.parametrize(
    ("kind", "days", "casting", "writes", "acts", "money"),
    [
        (BodyKind.MAINTAINED, 7, True, False, True, False),
        (BodyKind.TRUST_BOARD, 7, True, True, False, True),
        (BodyKind.MEMBERS, 14, True, True, False, False),
        (BodyKind.LOCAL, 7, True, False, True, False),
        (BodyKind.PARTNERSHIP_BOARD, 7, True, False, True, True),
        (BodyKind.COMMITTEE, 7, True, False, True, False),
        (BodyKind.HEADBOARD, 2, True, False, True, False),
        (BodyKind.WORKING_GROUP, 2, True, False, True, False),
    ],
)
def test_how_each_kind_of_body_may_decide(
    kind: BodyKind, days: int, casting: bool, writes: bool, acts: bool, money: bool
) -> None:
    ways = ways_of(kind, OWN)
    assert (ways.notice_days, ways.casting, not ways.no_written, not ways.no_chairs_action, ways.money) == (
        days, casting, writes, acts, money,
    )  # fmt: skip
    assert bool(ways.chairs_action) is acts and ways.by_rule


def test_a_partnerships_own_rule_is_its_own_and_the_law_stays() -> None:
    own = MeetingSettings(notice_days=5, short_notice_days=1, casting_vote=False, written_resolutions=True, chairs_action=False)
    board, heads = ways_of(BodyKind.PARTNERSHIP_BOARD, own), ways_of(BodyKind.HEADBOARD, own)
    assert (board.notice_days, heads.notice_days, board.casting, board.no_written) == (5, 1, False, "")
    assert "office can change the rule" in board.no_chairs_action
    assert ways_of(BodyKind.MAINTAINED, own) == ways_of(BodyKind.MAINTAINED, OWN)
    refused = why_not_in_writing(BodyKind.MAINTAINED, ways_of(BodyKind.MAINTAINED, own))
    assert refused.startswith(
        "A governing body of a maintained school does not resolve in writing. Governors decide at a meeting"
    )
    assert "by proxy, in advance or by e-mail" in refused
    assert not why_not_in_writing(BodyKind.TRUST_BOARD, ways_of(BodyKind.TRUST_BOARD, own))


@pytest.mark.parametrize(
    ("votes", "carried", "words"),
    [
        (Votes(), True, "Agreed without a vote"),
        (Votes(3, 2), True, "3 for, 2 against"),
        (Votes(2, 3, 1), False, "2 for, 3 against, 1 abstained"),
        (Votes(2, 2), False, "2 for, 2 against"),
        (Votes(2, 2, casting=True), True, "2 for, 2 against, with the chair’s casting vote"),
        (Votes(0, 0, 5), False, "0 for, 0 against, 5 abstained"),
    ],
)
def test_what_more_are_for_than_against_is_carried(votes: Votes, carried: bool, words: str) -> None:
    assert (is_carried(votes), votes.words) == (carried, words)


@pytest.mark.parametrize(
    ("kind", "quorate", "may", "votes", "money", "field", "why"),
    [
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(), True, "", ""),
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(2, 2, 1, casting=True), False, "", ""),
        (BodyKind.PARTNERSHIP_BOARD, False, 5, Votes(), False, "words", "not quorate"),
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(5, 1), False, "for_it", "5 votes may be cast on this: these are 6"),
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(3), False, "against", "how many were for it and how many against"),
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(3, 1, casting=True), False, "casting", "no tie"),
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(casting=True), False, "casting", "no tie"),
        (BodyKind.HEADBOARD, True, 5, Votes(), True, "money", "its board decides"),
    ],
)
def test_what_a_body_may_not_do_it_is_told(
    kind: BodyKind, quorate: bool, may: int, votes: Votes, money: bool, field: str, why: str
) -> None:
    problems = why_not_decided(ways_of(kind, OWN), quorate, may, votes, money=money)
    assert set(problems) == ({field} if field else set())
    assert why in problems.get(field, "")


def test_a_chair_without_a_casting_vote_has_none() -> None:
    ways = ways_of(BodyKind.PARTNERSHIP_BOARD, MeetingSettings(casting_vote=False))
    assert why_not_decided(ways, True, 4, Votes(2, 2, casting=True), money=False) == {
        "casting": "By the body’s own rule the chair has no casting vote"
    }


@pytest.mark.parametrize(
    ("wanted", "agreed", "against", "made"),
    [(3, 2, 0, None), (3, 3, 0, True), (3, 2, 1, False), (0, 0, 0, None), (3, 0, 0, None)],
)
def test_a_written_resolution_is_of_all(wanted: int, agreed: int, against: int, made: bool | None) -> None:
    assert all_agree(wanted, agreed, against) is made


def test_a_decision_is_known_by_body_day_and_number() -> None:
    assert reference_of("Partnership board", date(2022, 3, 21), 2) == "PB 2022-03-21/2"
    assert reference_of("Audit and risk committee of us", date(2022, 3, 1), 1) == "AARC 2022-03-01/1"


@pytest.mark.parametrize(
    ("sent", "days", "short"), [((2022, 3, 13), 7, ""), ((2022, 3, 14), 6, "6 clear days"), ((2022, 3, 21), -1, "0 clear days")]
)
def test_clear_days_leave_out_both_ends(sent: tuple[int, int, int], days: int, short: str) -> None:
    meets = date(2022, 3, 21)
    assert clear_days(date(*sent), meets) == days and send_by(meets, 7) == date(2022, 3, 13)
    why = why_short(date(*sent), meets, 7, "its own rule")
    assert why.startswith(f"That is {short}" if short else "") and bool(why) is bool(short)


def test_an_agenda_is_timed_and_says_when_it_is_too_long() -> None:
    begins = datetime(2022, 3, 21, 16, 0, tzinfo=LONDON)
    assert [f"{one:%H:%M}" for one in timed(begins, [5, 20, 10])] == ["16:00", "16:05", "16:25"]
    assert length_words(80, 90) == "80 minutes of 90"
    assert length_words(95, 90) == "95 minutes of 90: 5 minutes more than the meeting lasts"


@pytest.mark.parametrize(
    ("had", "next_one"),
    [
        ({}, "ann"),
        ({"ann": date(2022, 1, 10)}, "bo"),
        ({"ann": date(2022, 1, 10), "bo": date(2022, 2, 1), "cy": date(2022, 1, 3)}, "cy"),
        ({"gone": date(2021, 1, 1), "ann": date(2022, 1, 10), "bo": date(2022, 1, 3), "cy": date(2022, 1, 17)}, "bo"),
    ],
)
def test_the_practice_slot_goes_to_who_has_waited_longest(had: dict[str, date], next_one: str) -> None:
    assert longest_waiting(["ann", "bo", "cy"], had) == next_one
    assert longest_waiting([], had) == ""


@pytest.mark.parametrize(("missed", "overdue"), [(0, False), (1, False), (2, True), (5, True)])
def test_no_answer_after_two_meetings_is_overdue(missed: int, overdue: bool) -> None:
    assert is_overdue(missed) is overdue


def test_the_headboards_functions_are_standing_items_each_on_its_kind() -> None:
    lines = [line for _, line in standing_lines(BodyKind.HEADBOARD)]
    assert [kind for kind, title, *_ in lines if "board" in title] == ["business"]
    assert [title for kind, title, what, *_ in lines if what is ItemKind.PRACTICE] == [
        "Practice slot: best practice, high challenge and high support"
    ]
    assert len(standing_lines(BodyKind.PARTNERSHIP_BOARD)) == 4 and standing_lines(BodyKind.PARTNERSHIP_BOARD)[-1][0] == 9_000


@pytest.mark.parametrize(
    ("came", "deputy", "counted"),
    [
        (Attendance.HERE, Deputy.NONE, True),
        (Attendance.VIDEO, Deputy.NONE, True),
        (Attendance.DEPUTY, Deputy.SPEAKS, False),
        (Attendance.DEPUTY, Deputy.VOTES, True),
        (Attendance.EXCUSED, Deputy.VOTES, False),
        (Attendance.ABSENT, Deputy.NONE, False),
    ],
)
def test_who_counts_for_the_quorum(came: Attendance, deputy: Deputy, counted: bool) -> None:
    assert counts(came, deputy) is counted


def test_a_deputy_is_of_a_seat_that_has_one_and_has_a_name() -> None:
    assert why_no_deputy(Attendance.DEPUTY, Deputy.NONE, "Jo") == "This seat has no deputy"
    assert why_no_deputy(Attendance.DEPUTY, Deputy.SPEAKS, " ") == "Enter who came in their place"
    assert not why_no_deputy(Attendance.DEPUTY, Deputy.SPEAKS, "Jo") and not why_no_deputy(Attendance.HERE, Deputy.NONE, "")


@pytest.mark.parametrize(
    ("votes", "chair", "places", "words"),
    [
        (5, True, 10, "5 of 5 filled seats of 10 are here; quorum 3; quorate"),
        (3, True, 10, "3 of 5 filled seats of 10 are here; quorum 3; quorate"),
        (3, False, 10, "3 of 5 filled seats of 10 are here; quorum 3; not quorate: nobody chairs"),
        (1, True, 10, "1 of 5 filled seats of 10 is here; quorum 3; not quorate"),
        (4, True, 0, "4 of 5 votes are here; quorum 3; quorate"),
    ],
)
def test_the_quorum_is_said_in_words(votes: int, chair: bool, places: int, words: str) -> None:
    presence = Presence(Quorum(Share.HALF, 0, True, 5), list(map(str, range(votes))), chair, places)
    assert presence.words == words


def test_a_decision_before_the_register_is_taken_is_not_doubted() -> None:
    assert doubt_words(None, 3) == ""
