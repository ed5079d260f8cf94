from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from alongside.calendar.rules import SchoolDays
from alongside.core.standing import Post
from alongside.membership.rules import (
    AnswerState,
    Authority,
    Counts,
    MembershipSettings,
    answers,
    chase,
    dates,
    outlook,
    roll,
    text,
)
from alongside.membership.rules.chase import Reach, may_remind_school
from alongside.membership.rules.outlook import Case
from alongside.membership.tests.make import DATES
from alongside.partnerships.rules import Template

S = AnswerState
TODAY = date(2022, 3, 8)
DAYS = SchoolDays({})
OF_2022 = dates.dates_of(DATES, date(2022, 2, 7))


# States


def test_every_state_has_its_row_its_words_and_its_colours() -> None:
    assert set(answers.TRANSITIONS) == set(answers.LABELS) == set(answers.TONES) == set(answers.PICTURE_TONES) == set(S)


def test_every_state_can_be_reached_and_left() -> None:
    reached = {after for row in answers.TRANSITIONS.values() for after in row}
    assert reached == set(S) - {S.NO_REPLY}
    assert all(answers.TRANSITIONS[state] for state in S)


def test_nothing_leads_back_to_no_reply() -> None:
    assert not any(answers.may_become(state, S.NO_REPLY) for state in S)


@given(st.lists(st.sampled_from(list(S)), max_size=12))
def test_whatever_a_school_says_after_signing_it_has_signed(wanted: list[AnswerState]) -> None:
    state, has_signed = S.NO_REPLY, False
    for after in wanted:
        if state.value in answers.states_before(after):
            assert answers.may_become(state, after)
            state = after
        has_signed = has_signed or after is S.SIGNED
        assert (state is S.SIGNED) is has_signed


def test_a_signature_ends_by_withdrawing_or_by_decision_only() -> None:
    assert answers.TRANSITIONS[S.SIGNED] == {S.READING: answers.WITHDRAWN, S.DECLINED: answers.RELEASED}


@pytest.mark.parametrize(
    ("kind", "authorities"),
    [
        ("Academy converter", (Authority.TRUST, Authority.DELEGATED)),
        ("Academy sponsor led", (Authority.TRUST, Authority.DELEGATED)),
        ("Free schools", (Authority.TRUST, Authority.DELEGATED)),
        ("University technical college", (Authority.TRUST, Authority.DELEGATED)),
        ("Studio schools", (Authority.TRUST, Authority.DELEGATED)),
        ("Community school", (Authority.GOVERNING_BODY, Authority.HEAD)),
        ("Voluntary aided school", (Authority.GOVERNING_BODY, Authority.HEAD)),
        ("Other independent school", (Authority.PROPRIETOR, Authority.GOVERNING_BODY)),
        ("", (Authority.GOVERNING_BODY, Authority.HEAD)),
    ],
)
def test_who_may_decide_follows_from_the_kind_of_school(kind: str, authorities: tuple[Authority, ...]) -> None:
    assert answers.authorities_for(kind) == authorities


@pytest.mark.parametrize(
    ("authority", "kind", "posts", "allowed"),
    [
        (Authority.HEAD, "Community school", {Post.HEAD}, True),
        (Authority.HEAD, "Community school", {Post.GOVERNOR_CHAIR}, False),
        (Authority.HEAD, "Academy converter", {Post.HEAD}, False),
        (Authority.DELEGATED, "Academy converter", {Post.HEAD}, True),
        (Authority.TRUST, "Community school", {Post.TRUST_OFFICER}, False),
        (Authority.HEAD, "Community school", None, True),
    ],
)
def test_an_authority_fits_the_school_and_the_signer(
    authority: Authority, kind: str, posts: set[Post] | None, allowed: bool
) -> None:
    verdict = answers.may_rest_on(authority, "Elm", kind, frozenset(posts) if posts is not None else None)
    assert bool(verdict) is allowed
    assert ("Elm" in verdict.reason) is not allowed


@pytest.mark.parametrize(("days", "fine"), [(0, True), (-1, False), (365, True), (367, False)])
def test_the_meeting_is_to_come_and_within_a_year(days: int, fine: bool) -> None:
    assert (answers.subject_problem(TODAY + timedelta(days=days), TODAY) == "") is fine


# Dates


@pytest.mark.parametrize(
    ("started", "expected"),
    [
        (
            date(2022, 2, 10),
            (date(2022, 2, 24), date(2022, 3, 18), date(2022, 3, 21), date(2022, 3, 21), date(2022, 9, 1)),
        ),
        (
            date(2026, 11, 21),
            (date(2026, 12, 5), date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 4), date(2027, 9, 1)),
        ),
    ],
)
def test_dates_follow_from_the_day_of_the_start(started: date, expected: tuple[date, ...]) -> None:
    found = dates.dates_of(MembershipSettings.for_template(Template.LEARNING), started)
    assert (found.discussion_on, found.sign_by, found.board_first_meets_on, found.roll_freezes_on, found.support_from) == expected


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_dates_that_follow_by_themselves_are_always_in_order(started: date) -> None:
    found = dates.dates_of(MembershipSettings(), started)
    assert dates.dates_problems(found) == {}
    assert found.sign_by.weekday() == 4
    assert found.board_first_meets_on.weekday() == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"discussion_on": date(2022, 3, 19)}, "sign_by"),
        ({"roll_freezes_on": date(2022, 3, 18)}, "roll_freezes_on"),
        ({"support_from": date(2022, 3, 1)}, "support_from"),
    ],
)
def test_dates_out_of_order_say_which(changed: dict[str, date], field: str) -> None:
    assert list(dates.dates_problems(replace(OF_2022, **changed))) == [field]


@pytest.mark.parametrize(("start", "end"), [(date(2022, 3, 18), date(2024, 3, 18)), (date(2024, 2, 29), date(2026, 3, 1))])
def test_the_term_is_two_years(start: date, end: date) -> None:
    assert dates.term_ends_on(replace(OF_2022, sign_by=start), 2) == end


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 3, 8), "Ten days left"),
        (date(2022, 3, 7), "11 days left"),
        (date(2022, 3, 17), "One day left"),
        (date(2022, 3, 18), "Today is the last day"),
        (date(2022, 3, 19), "Sign-up closed on 18 March"),
    ],
)
def test_what_is_left_is_said_in_days(day: date, words: str) -> None:
    assert dates.days_left_words(day, date(2022, 3, 18)) == words


def test_what_comes_next_is_a_sentence_a_date() -> None:
    assert dates.next_dates(OF_2022, TODAY, frozen=False) == [
        "Friday 18 March, end of day: sign-up closes.",
        "Monday 21 March: the roll freezes and the board meets.",
        "Thursday 1 September 2022: support for schools begins.",
    ]


# Chase

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
        if chase.may_remind_today(day, DAYS) and may_remind_school(reach, day, at_most, DAYS, 3):
            sent.append(day)
            reach = replace(reach, reminders=reach.reminders + 1, reminded_on=day)
            assert not asks
    assert len(sent) <= at_most
    assert all(day.weekday() < 5 for day in sent)
    assert all(DAYS.count(one + timedelta(days=1), two) >= 3 for one, two in pairwise(sent))


def test_on_a_saturday_the_next_school_day_is_offered() -> None:
    assert chase.may_remind_today(date(2022, 3, 12), DAYS).reason.endswith("The next school day is Monday 14 March.")


def test_words_are_filled_in_and_other_braces_stay() -> None:
    filled = chase.fill("{school}, {partnership} by {sign_by}: {x} {0}", "Elthorne", date(2022, 3, 18), "Elm")
    assert filled == "Elm, Elthorne by Friday 18 March: {x} {0}"


@given(st.text(), st.text())
def test_any_words_can_be_filled(words: str, school: str) -> None:
    assert isinstance(chase.fill(words, "P", TODAY, school), str)


def test_the_chase_card_says_who_is_left() -> None:
    groups = {("no_reply", 0, True): 13, ("reading", 2, True): 6, ("no_reply", 0, False): 1, ("signed", 0, True): 61}
    assert chase.chase_words(groups, 2) == (
        13,
        [
            "20 schools have not replied.", "13 have had no reminder yet.", "6 have had two and are better called.",
            "1 has no e-mail address here: a letter reaches them.",
        ],
    )  # fmt: skip
    assert chase.chase_words({}, 2)[0] == 0


# What stands in the way

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
        (Case(S.SUBJECT, subject_to="governors", subject_on=march(7)), "Governors meet Monday 7 March", "ask how it went"),
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
        (Case(S.NO_REPLY), "Not invited yet", "invite"),
        (Case(S.READING, invited_on=date(2022, 2, 7), opened=2), "Opened the prospectus twice", "reminder"),
        (
            Case(S.NO_REPLY, invited_on=date(2022, 2, 7), reminders=1),
            "Invited 7 February; prospectus not opened by its link yet",
            "second reminder",
        ),
        (
            Case(S.READING, invited_on=date(2022, 2, 7), opened=1, reminders=2, phone="01632 960001", note="Head new in January"),
            "Opened the prospectus once; Head new in January",
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
    assert outlook.stands_in_the_way(case, SIGN_BY) == way
    assert outlook.next_contact(case, TODAY) == following


def test_a_long_question_is_cut_at_a_word() -> None:
    way = outlook.stands_in_the_way(Case(S.QUESTION, question="word " * 60), SIGN_BY)
    assert len(way) < 140
    assert way.endswith("word…” waiting for you")


def test_the_curve_counts_to_the_end_of_each_day_and_the_pace_says_where_it_leads() -> None:
    days = outlook.growth([(date(2022, 2, 24), 4), (date(2022, 3, 1), 10)], date(2022, 2, 24), TODAY)
    assert (days[0], days[5], days[-1], len(days)) == ((date(2022, 2, 24), 4), (date(2022, 3, 1), 14), (TODAY, 14), 13)
    assert outlook.projected(days, TODAY, SIGN_BY, 97) == 22
    assert outlook.pace_words(14, 97, 22, TODAY, SIGN_BY) == "At this pace 22 by the deadline."


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


@given(st.tuples(*[st.integers(0, 200)] * 6))
def test_outsiders_learn_the_same_total_and_not_who_declined(parts: tuple[int, ...]) -> None:
    counts = Counts(*parts)
    told = counts.for_everyone()
    assert (told.asked, told.signed, told.declined, told.reading) == (counts.asked, counts.signed, 0, 0)


# The roll

ENTRY = roll.Entry(900001, "Elm  Grove", "Primary", datetime(2022, 3, 4, 9, 30, tzinfo=UTC), "ab" * 32)


def test_the_roll_is_one_text_that_anybody_can_write_down_again() -> None:
    written = roll.roll_text("Elthorne", datetime(2022, 3, 21, tzinfo=UTC), [replace(ENTRY, urn=900002, is_late=True), ENTRY])
    assert written.split("\n") == [
        "Roll of Elthorne", "Frozen at 2022-03-21T00:00:00Z", roll.HEADING,
        f"900001\tElm Grove\tPrimary\t2022-03-04T09:30:00Z\t{'ab' * 32}\t",
        f"900002\tElm Grove\tPrimary\t2022-03-04T09:30:00Z\t{'ab' * 32}\tlate", "",
    ]  # fmt: skip
    assert len(roll.hash_of(written)) == 64
    assert roll.short_hash("945f89561d07ffff") == "945f 8956 1d07"


@given(st.permutations([replace(ENTRY, urn=900001 + number) for number in range(6)]))
def test_the_order_of_asking_does_not_change_the_roll(entries: list[roll.Entry]) -> None:
    at = datetime(2022, 3, 21, tzinfo=UTC)
    assert roll.roll_text("E", at, entries) == roll.roll_text("E", at, sorted(entries, key=lambda one: one.urn))


# The text


def test_the_default_words_name_the_partnership_and_no_other_place() -> None:
    words = text.default_text("Elthorne Learning Partnership", "Elthorne", OF_2022, 2)
    whole = text.whole_text("Elthorne Learning Partnership", 1, words, OF_2022)
    assert set(words) == set(text.FIELDS)
    assert text.publish_problems(words) == {}
    assert "{" not in whole
    assert "Hillingdon" not in whole
    assert "for two years, from Friday 18 March 2022 to Monday 18 March 2024" in words["agreement"]


def test_every_word_and_every_date_is_part_of_the_hash() -> None:
    words = text.default_text("E", "E", OF_2022, 2)
    whole = text.text_hash(text.whole_text("E", 1, words, OF_2022))
    changed = [
        text.text_hash(text.whole_text("E", 1, {**words, field: words[field] + " More."}, OF_2022)) for field in text.FIELDS
    ]
    changed += [text.text_hash(text.whole_text("E", 1, words, replace(OF_2022, sign_by=date(2022, 3, 17))))]
    assert len({whole, *changed}) == len(text.FIELDS) + 2


@given(st.text(alphabet="ab -\n\r\t ", max_size=80))
def test_tidying_twice_is_tidying_once(words: str) -> None:
    assert text.tidy(text.tidy(words)) == text.tidy(words)


def test_plain_words_become_paragraphs_and_lists() -> None:
    assert text.blocks("One.\n\n- a\n- b\nTwo.\n\n\n<b>Three</b>") == [
        ("p", ["One."]), ("ul", ["a", "b"]), ("p", ["Two."]), ("p", ["<b>Three</b>"]),
    ]  # fmt: skip


def test_what_changed_between_two_versions_is_shown_by_section() -> None:
    words = text.default_text("E", "E", OF_2022, 2)
    found = text.what_changed(words, {**words, "timeline": "New."})
    assert [(heading, [kind for kind, _ in lines]) for heading, lines in found] == [("What happens when", ["gone", "new"])]
    assert text.what_changed(words, words) == []


def test_dates_that_changed_are_said() -> None:
    later = replace(OF_2022, sign_by=date(2022, 3, 25))
    assert text.date_changes(OF_2022, later) == [
        "Schools sign up by the end of this day: Friday 25 March 2022 instead of Friday 18 March 2022"
    ]


def test_dates_are_kept_and_read_back() -> None:
    assert text.dates_read(text.dates_stored(OF_2022)) == OF_2022
    assert text.dates_read({}) is None
