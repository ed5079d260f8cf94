"""For whom an item is, when the bulletin goes, and what a request must say."""

from datetime import date, timedelta

import pytest

from alongside.members.bulletin import rules
from alongside.members.bulletin.rules import ItemState, Weekday

MONDAY = date(2022, 3, 7)


@pytest.mark.parametrize(
    ("posts", "phases", "post", "phase", "found"),
    [
        ("", "", "head", "Primary", True),
        (",head,", "", "head", "Primary", True),
        (",head,", "", "business_manager", "Primary", False),
        (",head,school_admin,", "", "admin", "Primary", False),  # no part of a name
        ("", ",Primary,", "head", "Primary", True),
        ("", ",Primary,", "head", "Secondary", False),
        (",head,", ",Secondary,", "head", "Primary", False),
        (",head,", ",Secondary,", "head", "Secondary", True),
    ],
)
def test_each_reader_finds_what_is_for_their_post_and_phase(posts: str, phases: str, post: str, phase: str, found: bool) -> None:
    assert rules.is_for(posts, phases, post, phase) is found


def test_for_whom_is_written_in_one_way() -> None:
    assert rules.written(["head", "admin", "head"]) == ",admin,head," and rules.written([]) == ""


@pytest.mark.parametrize(
    ("today", "gone", "next_one"),
    [
        (date(2022, 3, 7), False, date(2022, 3, 10)),
        (date(2022, 3, 10), False, date(2022, 3, 10)),
        (date(2022, 3, 10), True, date(2022, 3, 17)),
        (date(2022, 3, 11), False, date(2022, 3, 17)),
        (date(2022, 3, 13), False, date(2022, 3, 17)),
    ],
)
def test_the_next_one_is_this_weeks_until_it_has_gone(today: date, gone: bool, next_one: date) -> None:
    assert rules.next_goes_on(today, Weekday.THURSDAY, lambda _: True, gone) == next_one


def test_in_long_holidays_no_day_is_promised() -> None:
    assert rules.next_goes_on(MONDAY, Weekday.THURSDAY, lambda _: False, False) is None
    after = MONDAY + timedelta(weeks=9)
    assert rules.next_goes_on(MONDAY, Weekday.THURSDAY, lambda day: day >= after, False) == after + timedelta(days=3)
    after += timedelta(weeks=1)
    assert rules.next_goes_on(MONDAY, Weekday.THURSDAY, lambda day: day >= after, False) is None


@pytest.mark.parametrize(
    ("is_request", "by_on", "minutes", "fields"),
    [
        (False, None, None, set()),
        (False, MONDAY, None, {"is_request"}),
        (False, None, 10, {"is_request"}),
        (True, None, None, {"by_on", "minutes"}),
        (True, MONDAY, 10, {"by_on"}),
        (True, MONDAY + timedelta(days=1), 10, set()),
        (True, MONDAY + timedelta(days=1), 0, {"minutes"}),
        (True, MONDAY + timedelta(days=400), 1, set()),
        (True, MONDAY + timedelta(days=401), 1, {"by_on"}),
        (False, None, 0, set()),
    ],
)
def test_a_request_says_its_day_and_its_minutes(
    is_request: bool, by_on: date | None, minutes: int | None, fields: set[str]
) -> None:
    assert set(rules.request_problems(is_request, by_on, minutes, MONDAY)) == fields


@pytest.mark.parametrize(
    ("state", "by_on", "stands"),
    [
        (ItemState.APPROVED, None, "In the next bulletin"),
        (ItemState.APPROVED, MONDAY, "In the next bulletin"),
        (ItemState.APPROVED, MONDAY - timedelta(days=1), "Its day has passed"),
        (ItemState.PROPOSED, MONDAY - timedelta(days=1), "Waits for the office"),
        (ItemState.SENT, MONDAY - timedelta(days=1), "Sent"),
    ],
)
def test_what_was_taken_and_missed_its_day_is_not_said_to_go(state: ItemState, by_on: date | None, stands: str) -> None:
    assert rules.how_it_stands(state, by_on, MONDAY)[0] == stands
    assert rules.has_missed(by_on, MONDAY) is (by_on == MONDAY - timedelta(days=1))


def test_an_item_is_its_authors_until_the_office_has_taken_it() -> None:
    assert [state for state in ItemState if rules.is_still_theirs(state)] == [ItemState.PROPOSED, ItemState.DECLINED]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (61, "1 hour 1 minute"), (135, "2 hours 15 minutes")],
)
def test_minutes_are_said_as_people_say_them(minutes: int, words: str) -> None:
    assert rules.burden_words(minutes) == words


@pytest.mark.parametrize(
    ("posts", "phases", "words"),
    [
        ([], [], "Everybody"),
        ([], ["Primary"], "Everybody in primary schools"),
        (["Headteacher", "Trust officer"], [], "Each headteacher and trust officer"),
        (["Headteacher"], ["Primary", "Secondary"], "Each headteacher in primary and secondary schools"),
    ],
)
def test_for_whom_is_said_in_words(posts: list[str], phases: list[str], words: str) -> None:
    assert rules.for_whom_words(posts, phases) == words


def test_a_day_that_has_passed_is_said_to_have() -> None:
    assert rules.asked_words(MONDAY, 10, MONDAY) == "By 7 March 2022; about 10 minutes"
    assert rules.asked_words(MONDAY, 10, MONDAY + timedelta(days=1)) == "By 7 March 2022, which has passed; about 10 minutes"
