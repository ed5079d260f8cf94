"""For whom an item is, when the bulletin goes, and what a request must say."""

from datetime import date, timedelta

import pytest

from alongside.members.bulletin import rules
from alongside.members.bulletin.rules import ItemState, Weekday

MONDAY = date(2022, 3, 7)


@pytest.mark.parametrize(
    ("posts", "phases", "schools", "post", "phase", "found"),
    [
        ("", "", "", "head", "Primary", True),
        (",head,", "", "", "head", "Primary", True),
        (",head,", "", "", "business_manager", "Primary", False),
        (",head,school_admin,", "", "", "admin", "Primary", False),  # no part of a name
        ("", ",Primary,", "", "head", "Primary", True),
        ("", ",Primary,", "", "head", "Secondary", False),
        (",head,", ",Secondary,", "", "head", "Primary", False),
        (",head,", ",Secondary,", "", "head", "Secondary", True),
        ("", "", ",elm,oak,", "head", "Primary", True),
        ("", "", ",elm,oakham,", "head", "Primary", False),  # no part of a name
        ("", "", ",,", "head", "Primary", False),  # a cluster without schools is for nobody
        (",head,", ",Secondary,", ",oak,", "head", "Primary", False),
    ],
)
def test_each_reader_finds_what_is_for_their_post_phase_and_cluster(
    posts: str, phases: str, schools: str, post: str, phase: str, found: bool
) -> None:
    assert rules.is_for(posts, phases, schools, post=post, phase=phase, school="oak") is found


def test_the_schools_of_a_cluster_are_never_all() -> None:
    assert rules.schools_written(["oak", "elm"]) == ",elm,oak," and rules.schools_written([]) == ",,"


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
    assert set(rules.request_problems(is_request, by_on, minutes, MONDAY, None)) == fields


@pytest.mark.parametrize(("day", "refused"), [(9, True), (10, False), (11, False)])
def test_nothing_is_wanted_before_the_bulletin_that_asks_for_it(day: int, refused: bool) -> None:
    found = rules.request_problems(True, date(2022, 3, day), 10, MONDAY, date(2022, 3, 10))
    told = {"by_on": "The next bulletin goes on 10 March: choose that day or a later one"}
    assert found == (told if refused else {})
    stands = rules.how_it_stands(ItemState.APPROVED, date(2022, 3, day), MONDAY, date(2022, 3, 10))[0]
    assert stands == ("Its day comes before the bulletin" if refused else "In the next bulletin")


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
    assert rules.how_it_stands(state, by_on, MONDAY, None)[0] == stands
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
    ("posts", "phases", "cluster", "words"),
    [
        ([], [], "", "Everybody"),
        ([], ["Primary"], "", "Everybody in primary schools"),
        ([], [], "River schools", "Everybody of the cluster River schools"),
        (["Headteacher", "Trust officer"], [], "", "Each headteacher and trust officer"),
        (["Headteacher"], ["Primary", "Secondary"], "", "Each headteacher in primary and secondary schools"),
        (["Headteacher"], ["Primary"], "River schools", "Each headteacher in primary schools of the cluster River schools"),
    ],
)
def test_for_whom_is_said_in_words(posts: list[str], phases: list[str], cluster: str, words: str) -> None:
    assert rules.for_whom_words(posts, phases, cluster) == words


def test_a_day_that_has_passed_is_said_to_have() -> None:
    assert rules.asked_words(MONDAY, 10, MONDAY) == "By 7 March 2022; about 10 minutes"
    assert rules.asked_words(MONDAY, 10, MONDAY + timedelta(days=1)) == "By 7 March 2022, which has passed; about 10 minutes"


@pytest.mark.parametrize(
    ("words", "numbers", "found"),
    [
        ("Three pupils.\n2. No.", [2], {2: "Three pupils.\n2. No."}),  # one request: all of it, whatever it counts
        ("1: three pupils\n2) no", [1, 2], {1: "three pupils", 2: "no"}),
        ("Dear office,\n\nRequest 2. Mr Oak,\nsince May\n\n1 : three", [1, 2], {1: "three", 2: "Mr Oak,\nsince May"}),
        ("1: three\n7: seven", [1, 2], {1: "three\n7: seven"}),  # nobody asked a seventh
        ("Three, and no.", [1, 2], {}),
        ("2:\n", [1, 2], {}),
        ("Done.", [], {}),
        ("At 10:30 on 2. 3.", [1, 2], {}),
    ],
)
def test_an_answer_by_mail_is_to_the_request_whose_number_it_bears(words: str, numbers: list[int], found: dict[int, str]) -> None:
    assert rules.answers_within(words, numbers) == found


@pytest.mark.parametrize(
    ("sent", "answered", "open", "words"),
    [
        (False, 0, 0, "It goes in no bulletin. Nobody is told."),
        (True, 0, 0, "It has gone: its readers have it in their mail, and see that it is taken back."),
        (True, 49, 1, "49 schools have answered; what they said stays. 1 school is no longer asked. This cannot be undone."),
        (True, 1, 0, "1 school has answered; what they said stays. This cannot be undone."),
        (True, 0, 2, "2 schools are no longer asked. This cannot be undone."),
    ],
)
def test_whoever_takes_an_item_back_sees_what_that_ends(sent: bool, answered: int, open: int, words: str) -> None:
    assert rules.taking_back_words(sent, answered, open) == words


@pytest.mark.parametrize(
    ("goes", "waits", "words"),
    [
        (0, 0, "Nothing sent in for the next one"),
        (1, 0, "1 item to go"),
        (0, 2, "0 items to go, 2 to look at"),
        (3, 1, "3 items to go, 1 to look at"),
    ],
)
def test_how_much_goes_and_waits(goes, waits, words):
    assert rules.waiting_words(goes, waits) == words
