from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.ground.core.standing import Held, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.notices.permissions import may_read_notices
from alongside.members.notices.rules.messages import (
    NoticeState,
    address_removed,
    greeted,
    has_waited,
    in_words,
    is_for_good,
    may_go,
    next_try,
    removed_on,
    when_in_words,
)
from alongside.members.notices.rules.waiting import News, Waits, WeekDay, digest_at, due_at, problem_of, week_at

WRITTEN = datetime(2022, 3, 8, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tells_of", "partnerships", "goes"),
    [
        ([], [], True),  # it is for the address that it goes to
        (["elm"], ["elm", "fir"], True),
        (["elm", "fir"], ["elm", "fir"], True),
        (["elm", "fir"], ["fir"], False),
        (["elm"], [], False),
    ],
)
def test_a_message_goes_while_its_reader_has_to_do_with_all_of_which_it_tells(
    tells_of: list[str], partnerships: list[str], goes: bool
) -> None:
    assert may_go(tells_of, partnerships) is goes


AT = datetime(2022, 3, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "now", "again"),
    [
        (AT, AT, False),
        (AT, AT + timedelta(minutes=5), False),
        (AT, AT + timedelta(minutes=5, seconds=1), True),  # no worker was there
        (AT + timedelta(minutes=1), AT + timedelta(minutes=1), True),  # it is tried again, or was written ahead
    ],
)
def test_what_goes_later_than_it_was_written_is_asked_for_again(due: datetime, now: datetime, again: bool) -> None:
    assert has_waited(AT, due, now) is again


@pytest.mark.parametrize(("tries", "minutes"), [(0, None), (1, 1), (2, 5), (3, 30), (4, 120), (5, 480), (6, None), (20, None)])
def test_a_message_is_tried_again_later_and_later_and_then_a_person_looks(tries: int, minutes: int | None) -> None:
    assert next_try(tries) == (timedelta(minutes=minutes) if minutes else None)


@pytest.mark.parametrize("state", NoticeState)
def test_where_no_mail_leaves_none_is_sent(state: NoticeState) -> None:
    assert in_words(state, leaves=True) == (state.label, state.tone)
    written = state in {NoticeState.SENT, NoticeState.WAITING}
    assert in_words(state, leaves=False) == (("Written", "grey") if written else (state.label, state.tone))


@pytest.mark.parametrize(
    ("code", "for_good"),
    [(250, False), (421, False), (450, False), (499, False), (500, True), (550, True), (599, True), (600, False)],
)
def test_what_begins_with_five_is_for_good(code: int, for_good: bool) -> None:
    assert is_for_good(code) is for_good


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (datetime(2022, 3, 8, 6, 59, tzinfo=UTC), datetime(2022, 3, 8, 7, tzinfo=UTC)),  # Tuesday, winter time
        (datetime(2022, 3, 8, 7, 0, tzinfo=UTC), datetime(2022, 3, 9, 7, tzinfo=UTC)),
        (datetime(2022, 3, 11, 12, tzinfo=UTC), datetime(2022, 3, 14, 7, tzinfo=UTC)),  # Friday
        (datetime(2022, 3, 25, 12, tzinfo=UTC), datetime(2022, 3, 28, 6, tzinfo=UTC)),  # the clocks go forward on the 27th
        (datetime(2022, 10, 28, 12, tzinfo=UTC), datetime(2022, 10, 31, 7, tzinfo=UTC)),  # and back on the 30th
    ],
)
def test_the_digest_goes_at_seven_in_london_on_the_next_school_day(now: datetime, at: datetime) -> None:
    assert digest_at(now, weekday) == at


def test_without_a_school_day_the_next_weekday_counts() -> None:
    assert digest_at(datetime(2022, 3, 12, 12, tzinfo=UTC), lambda day: False) == datetime(2022, 3, 14, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (usual(Post.MANAGER, partnership="p"), True),
        (usual(Post.FINANCE, partnership="p"), True),
        (usual(Post.MANAGER, partnership="q"), False),
        (usual(Post.HEAD, school="s"), False),
    ],
)
def test_what_was_sent_is_read_by_the_office(role: Held, may: bool) -> None:
    verdict = may_read_notices(Standing("me", "Me", frozenset({role}), frozenset({("p", "s")})), "p")
    assert verdict.allowed is may and bool(verdict.reason) is not may


@pytest.mark.parametrize(
    ("to", "on"),
    [
        (address_removed(date(2023, 4, 4)), date(2023, 4, 4)),
        ("head@oak.example", None),
        ("removed-2023-04-04@oak.example", None),
        ("", None),
    ],
)
def test_an_address_that_is_gone_says_since_when(to: str, on: date | None) -> None:
    assert removed_on(to) == on


@pytest.mark.parametrize(
    ("body", "who"),
    [
        ("Dear Dr Ann Okoro,\n\nPlease", "Dr Ann Okoro"),
        ("Dear Headteacher,\n\nPlease", "head@ash.example"),
        ("Dear colleague,", "head@ash.example"),
        ("Dear colleagues at Ash School,", "head@ash.example"),
        ("No greeting", "head@ash.example"),
        ("Dear Ann, here it is", "head@ash.example"),
    ],
)
def test_whoever_was_written_to_is_called_by_name_where_the_message_knows_it(body: str, who: str) -> None:
    assert greeted(body, "head@ash.example") == who


HOLIDAYS = {date(2022, 4, day) for day in range(4, 18)}  # Easter 2022: school begins on Tuesday the 19th, after a bank holiday


def term(day: date) -> bool:
    return weekday(day) and day not in HOLIDAYS and day != date(2022, 4, 18)


@pytest.mark.parametrize(
    ("now", "day", "at"),
    [
        (datetime(2022, 3, 11, 12, tzinfo=UTC), WeekDay.MONDAY, datetime(2022, 3, 14, 7, tzinfo=UTC)),
        (datetime(2022, 3, 14, 6, 29, tzinfo=UTC), WeekDay.MONDAY, datetime(2022, 3, 14, 7, tzinfo=UTC)),
        (
            datetime(2022, 3, 14, 6, 30, tzinfo=UTC),
            WeekDay.MONDAY,
            datetime(2022, 3, 21, 7, tzinfo=UTC),
        ),
        (datetime(2022, 3, 14, 12, tzinfo=UTC), WeekDay.WEDNESDAY, datetime(2022, 3, 16, 7, tzinfo=UTC)),
        (
            datetime(2022, 3, 28, 12, tzinfo=UTC),
            WeekDay.MONDAY,
            datetime(2022, 4, 19, 6, tzinfo=UTC),
        ),
        (datetime(2022, 3, 28, 12, tzinfo=UTC), WeekDay.FRIDAY, datetime(2022, 4, 1, 6, tzinfo=UTC)),
        (datetime(2022, 4, 1, 12, tzinfo=UTC), WeekDay.FRIDAY, datetime(2022, 4, 22, 6, tzinfo=UTC)),
    ],
)
def test_the_weeks_mail_goes_on_its_day_or_the_next_that_schools_are_open(now: datetime, day: WeekDay, at: datetime) -> None:
    assert week_at(now, day, term) == at


FRIDAY_NOON = datetime(2022, 3, 11, 12, tzinfo=UTC)
MONDAY_7, THURSDAY_7 = datetime(2022, 3, 14, 7, tzinfo=UTC), datetime(2022, 3, 17, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("waits", "news", "day", "at"),
    [
        ("", News.WEEK, WeekDay.THURSDAY, None),  # what never waits
        (Waits.DAY, News.ONCE, WeekDay.THURSDAY, None),
        (Waits.DAY, News.USUAL, WeekDay.THURSDAY, MONDAY_7),
        (Waits.WEEK, News.USUAL, WeekDay.THURSDAY, THURSDAY_7),
        (Waits.DAY, News.WEEK, WeekDay.THURSDAY, THURSDAY_7),
        (Waits.WEEK, News.DAY, WeekDay.THURSDAY, MONDAY_7),
        (Waits.WEEK, News.USUAL, WeekDay.NONE, MONDAY_7),  # who wants no weekly mail has it in the morning
    ],
)
def test_what_may_wait_goes_as_its_reader_chose(waits: str, news: News, day: WeekDay, at: datetime | None) -> None:
    assert due_at(waits, news, day, FRIDAY_NOON, weekday) == at


@pytest.mark.parametrize(
    ("until", "at"), [(date(2022, 3, 18), THURSDAY_7), (date(2022, 3, 17), None), (date(2022, 3, 12), None), (None, THURSDAY_7)]
)
def test_what_may_be_done_until_a_day_waits_for_no_mail_of_that_day_or_later(until: date | None, at: datetime | None) -> None:
    assert due_at(Waits.WEEK, News.USUAL, WeekDay.THURSDAY, FRIDAY_NOON, weekday, until) == at


def test_all_in_the_weeks_mail_needs_a_weeks_mail() -> None:
    refused = {(news, day) for news in News for day in WeekDay if problem_of(news, day)}
    assert refused == {(News.WEEK, WeekDay.NONE)}


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (WRITTEN, "Tuesday 8 March 2022, 9:30am"),
        (WRITTEN + timedelta(minutes=4), "Tuesday 8 March 2022, 9:30am"),
        (WRITTEN + timedelta(hours=22), "Written Tuesday 8 March 2022, 9:30am, came Wednesday 9 March 2022, 7:30am"),
    ],
)
def test_a_message_has_one_date_and_says_where_it_came_later(came: datetime, words: str) -> None:
    assert when_in_words(WRITTEN, came) == words
