"""When bodies meet, how they decide, what an agenda needs: tables of examples."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from alongside.deciding.bodies.rules.kinds import BodyKind, Deputy
from alongside.deciding.bodies.rules.quorum import Quorum, Share
from alongside.deciding.meetings.permissions import may_answer_for, may_keep_meeting, may_pass_minutes, may_report
from alongside.deciding.meetings.rules.agenda import (
    can_remind,
    clear_days,
    is_overdue,
    length_words,
    longest_waiting,
    send_by,
    send_by_school_day,
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
    why_not_struck,
)
from alongside.deciding.meetings.rules.kinds import Attendance, ItemKind, MeetingSettings, MeetingState
from alongside.deciding.meetings.rules.minutes import (
    MinuteLine,
    Presence,
    blank_words,
    counts,
    doubt_words,
    fixed_words,
    who_comes,
    why_no_deputy,
)
from alongside.ground.core.standing import ACTING, SEATS_OPEN, Held, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.diary.rules import Attending

OWN = MeetingSettings()
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("kind", "days", "casting", "writes", "acts", "money"),
    [
        (BodyKind.MAINTAINED, 7, True, False, True, False),
        (BodyKind.TRUST_BOARD, 7, True, True, False, True),
        (BodyKind.MEMBERS, 14, True, True, False, False),
        (BodyKind.LOCAL, 7, True, False, True, False),
        (BodyKind.PARTNERSHIP_BOARD, 7, True, True, True, True),
        (BodyKind.COMMITTEE, 7, True, True, True, False),
        (BodyKind.HEADBOARD, 2, True, True, True, False),
        (BodyKind.WORKING_GROUP, 2, True, True, True, False),
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
    own = MeetingSettings(notice_days=5, short_notice_days=1, casting_vote=False, written_resolutions=False, chairs_action=False)
    board, heads = ways_of(BodyKind.PARTNERSHIP_BOARD, own), ways_of(BodyKind.HEADBOARD, own)
    assert (board.notice_days, heads.notice_days, board.casting) == (5, 1, False)
    assert "rule has no chair’s action: the office can change the rule" in board.no_chairs_action
    assert "rule has no written resolutions: the office can change the rule" in board.no_written
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
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(2, 2, 2), False, "for_it", "5 votes may be cast on this: these are 6"),
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(3), False, "against", "how many were for it and how many against"),
        (BodyKind.PARTNERSHIP_BOARD, True, 5, Votes(None, 3), False, "for_it", "how many were for it and how many against"),
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
    assert not why_not_decided(ways, True, 4, Votes(3, 1), money=False)


@pytest.mark.parametrize(
    ("casting", "why"), [(True, {"casting": "Whoever chairs has left for this item, and has no vote on it"}), (False, {})]
)
def test_a_chair_who_has_left_has_no_casting_vote_and_the_others_decide(casting: bool, why: dict[str, str]) -> None:
    votes = Votes(2, 2, casting=casting)
    assert why_not_decided(ways_of(BodyKind.PARTNERSHIP_BOARD, OWN), True, 4, votes, money=False, chair_stays=False) == why


@pytest.mark.parametrize(
    ("wanted", "agreed", "against", "made"),
    [(3, 2, 0, None), (3, 3, 0, True), (3, 2, 1, False), (0, 0, 0, None), (3, 0, 0, None)],
)
def test_a_written_resolution_is_of_all(wanted: int, agreed: int, against: int, made: bool | None) -> None:
    assert all_agree(wanted, agreed, against) is made


def test_a_decision_is_known_by_body_day_and_number() -> None:
    assert reference_of("Partnership board", date(2022, 3, 21), 2) == "PB 2022-03-21/2"
    assert reference_of("Audit and risk committee of us", date(2022, 3, 1), 1) == "AARC 2022-03-01/1"
    assert reference_of("Audit & risk committee", date(2022, 3, 1), 1) == "ARC 2022-03-01/1"


@pytest.mark.parametrize(
    ("sent", "days", "short"), [((2022, 3, 13), 7, ""), ((2022, 3, 14), 6, "6 clear days"), ((2022, 3, 21), -1, "0 clear days")]
)
def test_clear_days_leave_out_both_ends(sent: tuple[int, int, int], days: int, short: str) -> None:
    meets = date(2022, 3, 21)
    assert clear_days(date(*sent), meets) == days and send_by(meets, 7) == date(2022, 3, 13)
    why = why_short(date(*sent), meets, 7, "its own rule")
    assert why.startswith(f"That is {short}" if short else "") and bool(why) is bool(short)


@pytest.mark.parametrize(
    ("closed", "goes_by"), [((), (2022, 3, 11)), ((date(2022, 3, 11), date(2022, 3, 10)), (2022, 3, 9)), (None, (2022, 3, 13))]
)
def test_an_agenda_is_to_go_by_the_last_day_of_school_in_time(
    closed: tuple[date, ...] | None, goes_by: tuple[int, int, int]
) -> None:
    def is_open(day: date) -> bool:
        return closed is not None and day.weekday() < 5 and day not in closed

    assert send_by_school_day(date(2022, 3, 21), 7, is_open) == date(*goes_by)


def test_an_agenda_is_timed_and_says_when_it_is_too_long() -> None:
    begins = datetime(2022, 3, 21, 16, 0, tzinfo=LONDON)
    assert [f"{one:%H:%M}" for one in timed(begins, [5, 20, 10])] == ["16:00", "16:05", "16:25"]
    assert length_words(80, 90) == "80 minutes of 90" and length_words(90, 90) == "90 minutes of 90"
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


@pytest.mark.parametrize(("seconds", "again"), [(None, False), (0, False), (7 * 86_400 - 1, False), (7 * 86_400, True)])
def test_a_school_is_asked_again_after_a_week(seconds: int | None, again: bool) -> None:
    now = datetime(2022, 3, 21, 9, tzinfo=LONDON)
    assert can_remind(None if seconds is None else now - timedelta(seconds=seconds), now) is again


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
        (3, True, 5, "3 of 5 filled seats of 5 are here; quorum 3; quorate"),
        (4, True, 0, "4 of 5 votes are here; quorum 3; quorate"),
    ],
)
def test_the_quorum_is_said_in_words(votes: int, chair: bool, places: int, words: str) -> None:
    presence = Presence(Quorum(Share.HALF, 0, True, 5), list(map(str, range(votes))), chair, places)
    assert presence.words == words


def test_a_decision_before_the_register_is_taken_is_not_doubted() -> None:
    assert doubt_words(None, 3) == ""


OAK = frozenset({("alder", "oak"), ("alder", "ash")})


def seated(duty: str) -> Standing:
    return Standing("cy", roles=frozenset({Held(duty, through="alder", opens=SEATS_OPEN[duty], body="board")}))


def of_school(*roles: Held) -> Standing:
    return Standing("ann", roles=frozenset(roles), memberships=OAK, belonging=OAK)


def acts(school: str) -> Standing:
    return of_school(Held(Post.HEAD, school=school, opens=ACTING, acts_for="bo", for_name="Bo"))


@pytest.mark.parametrize(
    ("who", "keeps", "passes", "reports"),
    [
        (Standing.system(), True, True, True),
        (Standing("mo", roles=frozenset({usual(Post.MANAGER, partnership="alder")})), True, False, True),
        (seated("clerk"), True, False, True),
        (seated("chair"), True, True, True),
        (seated("member"), False, False, False),
        (of_school(usual(Post.HEAD, school="oak")), False, False, True),
        (of_school(usual(Post.HEAD, school="ash")), False, False, False),
        (acts("oak"), False, False, True),
        (acts("ash"), False, False, False),
        (of_school(usual(Post.BUSINESS_MANAGER, school="oak")), False, False, False),
        (Standing(), False, False, False),
    ],
)
def test_who_keeps_a_meeting_passes_its_minutes_and_says_how_a_school_is_with_an_action(
    who: Standing, keeps: bool, passes: bool, reports: bool
) -> None:
    here = {"partnership": "alder", "body": "board"}
    assert may_keep_meeting(who, **here).allowed is keeps
    assert may_pass_minutes(who, **here, seen_by_chair=False).allowed is passes
    assert may_pass_minutes(who, **here, seen_by_chair=True).allowed is keeps
    assert may_report(who, **here, person="somebody", school="oak").allowed is reports
    for person, own in (("", False), ("somebody", False), ("ann", who.person == "ann")):
        assert may_report(who, **here, person=person, school="").allowed is (keeps or own)
        assert may_answer_for(who, **here, person=person).allowed is (keeps or own)


YES, PERHAPS, NO = Attending


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([], "0 come, 0 have sent apologies, 0 have not said; quorum 5"),
        ([YES, YES, NO, NO, *[None] * 6], "2 come, 2 have sent apologies, 6 have not said; quorum 5"),
        ([YES, NO, PERHAPS, None], "1 comes, 1 has sent apologies, 1 says perhaps, 1 has not said; quorum 5"),
    ],
)
def test_who_comes_in_words(answers: list[Attending | None], words: str) -> None:
    assert who_comes(answers, 5) == words


@pytest.mark.parametrize(
    ("here", "counted", "is_doubted"), [(3, 0, False), (3, 3, False), (3, 4, True), (2, 0, True), (2, 2, True)]
)
def test_a_decision_is_doubted_without_a_quorum_or_with_more_votes_than_are_there(
    here: int, counted: int, is_doubted: bool
) -> None:
    there = Presence(Quorum(Share.HALF, 0, True, 5), list(map(str, range(here))), True, 10)
    assert bool(doubt_words(there, counted)) is is_doubted


@pytest.mark.parametrize(
    ("minutes", "is_followed", "is_replaced", "words"),
    [
        (MeetingState.SENT, False, False, ""),
        (MeetingState.HELD, False, False, ""),
        (MeetingState.HELD, True, False, "Something came of it"),
        (MeetingState.HELD, False, True, "A later decision"),
        (MeetingState.CIRCULATED, False, False, "Others have read"),
        (MeetingState.APPROVED, False, False, "Others have read"),
        (None, False, False, "Others have read"),
    ],
)
def test_a_decision_is_struck_out_while_nobody_has_read_it_and_nothing_came_of_it(
    minutes: MeetingState | None, is_followed: bool, is_replaced: bool, words: str
) -> None:
    assert why_not_struck(minutes, is_followed, is_replaced).startswith(words) and bool(words) is bool(
        why_not_struck(minutes, is_followed, is_replaced)
    )


def line(number: str, **said: Any) -> MinuteLine:
    nothing = dict.fromkeys(("declared", "decisions", "actions", "files"), ())
    return MinuteLine(number, f"Item {number}", **{"notes": "", **nothing, **said})


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([line("1", notes="We met.")], []),
        ([line("1", decisions=("A: yes",)), line("2", files=("f",))], []),
        ([line("1", notes=" "), line("2")], ["Nothing is written of any of its items: 1. Item 1 and 2. Item 2."]),
        ([line("1", actions=("Do",)), line("2")], ["Nothing is written of 1 item: 2. Item 2."]),
        ([], []),
    ],
)
def test_minutes_say_of_which_items_nothing_is_written(lines: list[MinuteLine], told: list[str]) -> None:
    assert blank_words(lines) == told


def test_what_becomes_fixed_is_counted() -> None:
    said = fixed_words([line("1", decisions=("A", "B")), line("2", actions=("Do",))])
    assert said.startswith("2 items, 2 decisions and 1 action become fixed as they stand")
