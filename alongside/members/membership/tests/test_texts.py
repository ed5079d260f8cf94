from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.membership.models import RollEntry
from alongside.members.membership.rules import dates, outlook, text
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.costs import fee_said, most_said
from alongside.members.membership.rules.outlook import Case, Counts
from alongside.members.membership.rules.words import DEFAULTS
from alongside.members.membership.tests.make import DATES

S = AnswerState
TODAY = date(2022, 3, 8)
DAYS = SchoolDays({})
OF_2022 = dates.dates_of(DATES, date(2022, 2, 7))


# What it costs


@pytest.mark.parametrize(
    "costs", ["£1500,000 a year.", "£0,500 a year.", "£15,00 a year.", "£1,500,00 a year.", "£1.500,00 a year."]
)
def test_a_sum_that_is_mistyped_is_no_sum(costs: str) -> None:
    assert most_said(costs, 1) is None


@pytest.mark.parametrize(
    ("costs", "years", "words"),
    [
        (DEFAULTS["costs"], 2, "£1,500 a year for two years, £3,000 at most in all, until Saturday 31 August 2024"),
        ("£900 each year.", 1, "£900 a year for one year, until Thursday 31 August 2023"),
        ("£1,500 for the first year, invoiced in April. At most £1,500 for the second year, less if money is left over.", 2,
         "£1,500 a year for two years, £3,000 at most in all, until Saturday 31 August 2024"),
        ("£1,500 for the first year; the board sets the second.", 2, ""),
        ("£1,200 a year for a primary school, £2,400 for a secondary.", 2, ""),
        ("£2 a pupil.", 2, ""),
        ("£10.50 a year.", 2, "£10.50 a year for two years, £21 at most in all, until Saturday 31 August 2024"),
        ("£1,500 a year, £3,000 at most.", 2,
         "£1,500 a year for two years, £3,000 at most in all, until Saturday 31 August 2024"),
        ("£1,500 in the first year and £1,200 in the second.", 2,
         "£1,500 for year 1 and £1,200 for year 2, £2,700 at most in all, until Saturday 31 August 2024"),
        ("It costs nothing.", 2, ""),
        ("The first year is free. After that £1,500 a year.", 2,
         "nothing for year 1 and £1,500 for year 2, £1,500 at most in all, until Saturday 31 August 2024"),
        ("There is no fee for schools; the council pays £20,000 a year.", 2, ""),
        ("£125 a month.", 2, ""),
    ],
)  # fmt: skip
def test_the_fee_is_said_with_its_term_and_what_it_comes_to(costs: str, years: int, words: str) -> None:
    assert text.fee_words(text.SET_IN.sub(" ", costs), OF_2022, years) == words


@pytest.mark.parametrize(
    ("costs", "first", "second"),
    [
        (text.SET_IN.sub(" ", DEFAULTS["costs"]), 150_000, 150_000),
        ("£1,500 a year, £3,000 at most in all.", 150_000, 150_000),
        ("1,500 pounds per year", 150_000, 150_000),
        ("£950.50 annually.", 95_050, 95_050),
        ("£1,500 plus VAT each year.", 150_000, 150_000),
        ("£1500 a school per annum.", 150_000, 150_000),
        ("An annual fee of £1,500 is due in April.", 150_000, 150_000),
        ("£1,500 for the first year and at most £1,200 for the second.", 150_000, 120_000),
        ("In year 1 £1,500, in year 2 £1,200.", 150_000, 120_000),
        ("£1,500 a year. The second invoice is at most £1,000.", 150_000, 100_000),
        ("£1,500 for the first year; the board sets the second.", 150_000, None),
        ("£1,200 a year for a primary school, £2,400 for a secondary.", 240_000, 240_000),
        ("Between £500 and £1,500 a year, by size.", 150_000, 150_000),
        ("Membership costs £1,500.", 150_000, 150_000),
        ("£3,000 in all, in two parts.", 300_000, 300_000),
        ("It costs a school nothing.", 0, 0),
        ("£2 a pupil, £400 a year at least.", None, None),
        ("What the board decides.", None, None),
        ("", None, None),
    ],
)  # fmt: skip
def test_no_more_is_asked_for_in_a_year_than_the_signed_words_can_mean(costs: str, first: int, second: int | None) -> None:
    assert (most_said(costs, 1), most_said(costs, 2)) == (first, second)


@pytest.mark.parametrize(
    ("costs", "first", "second"),
    [  # a year that is free
        ("The first year is free. After that £1,500 a year.", 0, 150_000),
        ("First year free, then £1,500 a year.", 0, 150_000),
        ("£1,500 a year from the second year; nothing in the first.", 0, 150_000),
        ("No fee for year 1, £1,500 thereafter.", 0, 150_000),
        ("Year 1 is free, £1,500 from year 2.", 0, 150_000),
        ("Nothing in the first year, £1,500 in the second.", 0, 150_000),
        ("£1,500 a year, the first year free.", 0, 150_000),
        ("- Year 1: nothing\n- Year 2: £1,500", 0, 150_000),
        ("Your first year is free of charge; from year two you pay £1,500.", 0, 150_000),
        ("We charge nothing for year one but £1,500 for year two.", 0, 150_000),
        ("The fee is £1,500 in year 2 and nothing in year 1.", 0, 150_000),
        ("£0 in the first year, £1,500 in the second.", 0, 150_000),
        ("£1,500 for the first year. The second year is free.", 150_000, 0),
        ("£1,500 in year 1, free afterwards.", 150_000, 0),
        ("For the first year £1,500, afterwards £1,000 a year.", 150_000, 100_000),
        # free under a condition, or for a time that is none of the years
        ("The first 12 months are free, £1,500 a year after that.", None, None),
        ("Year 1 is free if you sign by March; £1,500 a year.", None, None),
        ("Free until September 2023, then £1,500 a year.", None, None),
        ("£1,500 a year, half in the first year.", None, None),
        # somebody else pays, or the words contradict
        ("There is no fee for schools; the council pays £20,000 a year.", None, None),
        ("The host gives £5,000 a year, so membership costs schools nothing.", None, None),
        ("The council contributes £20,000 a year. Each school pays £1,500 a year.", None, None),
        ("£1,500 a year, paid by Elthorne Council.", None, None),
        ("A grant of £10,000 a year pays for it.", None, None),
        ("Membership is free. £1,500 a year.", None, None),
        ("Support worth £5,000 a year for £1,500 a year.", None, None),
        ("£1,500 a year plus £100 for the website.", None, None),
        ("£1.5k a year.", None, None),
        ("€1,500 a year.", None, None),
        # by the month, the term or in instalments
        ("£125 a month.", None, None),
        ("£125 pcm", None, None),
        ("£500 a term.", None, None),
        ("£500 a half-term.", None, None),
        ("£500 termly.", None, None),
        ("£400 every quarter.", None, None),
        ("£750 twice a year.", None, None),
        ("Two instalments of £750.", None, None),
        ("The first £500 is due in April, £1,000 in September.", None, None),
        ("£750 in April and £750 in September.", None, None),
        ("£1,500 a year or £130 a month.", None, None),
        ("£1,500 a year (£125 a month).", 150_000, 150_000),
        ("£1,500 annually, in three payments of £500.", 150_000, 150_000),
        ("£1,500 a year. The first invoice, £750, comes in April; the second, £750, in September.", 150_000, 150_000),
        ("£1,500 each year (two years: £3,000).", 150_000, 150_000),
        ("£3,000 over two years, £1,500 a year.", 150_000, 150_000),
        ("The yearly fee is £1,500; events are free.", 150_000, 150_000),
    ],
)  # fmt: skip
def test_a_free_year_costs_nothing_and_what_cannot_be_read_surely_names_no_sum(
    costs: str, first: int | None, second: int | None
) -> None:
    assert (fee_said(costs, 1), fee_said(costs, 2)) == (first, second)
    assert (most_said(costs, 1), most_said(costs, 2)) == (first, second)


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


# The roll


def on_roll(urn: int, is_late: bool = False) -> RollEntry:
    signed_at = datetime(2022, 3, 4, 9, 30, tzinfo=UTC)
    return RollEntry(
        urn=urn, name="Elm  Grove", constituency="Primary", signed_at=signed_at, text_hash="ab" * 32, is_late=is_late
    )


def test_the_roll_is_one_text_that_anybody_can_write_down_again() -> None:
    written = text.roll_text("Elthorne", datetime(2022, 3, 21, tzinfo=UTC), [on_roll(900002, is_late=True), on_roll(900001)])
    assert written.split("\n") == [
        "Roll of Elthorne", "Frozen at 2022-03-21T00:00:00Z", text.HEAD_OF_ROLL,
        f"900001\tElm Grove\tPrimary\t2022-03-04T09:30:00Z\t{'ab' * 32}\t",
        f"900002\tElm Grove\tPrimary\t2022-03-04T09:30:00Z\t{'ab' * 32}\tlate", "",
    ]  # fmt: skip
    assert len(text.hash_of(written)) == 64
    assert text.short_hash("945f89561d07ffff") == "945f 8956 1d07"


@given(st.permutations([on_roll(900001 + number) for number in range(6)]))
def test_the_order_of_asking_does_not_change_the_roll(entries: list[RollEntry]) -> None:
    at = datetime(2022, 3, 21, tzinfo=UTC)
    assert text.roll_text("E", at, entries) == text.roll_text("E", at, sorted(entries, key=lambda one: one.urn))


# The text


def test_the_default_words_name_the_partnership_and_no_other_place() -> None:
    words = text.default_text("Elthorne Learning Partnership", "Elthorne", OF_2022, 2)
    whole = text.whole_text("Elthorne Learning Partnership", 1, words, OF_2022)
    assert set(words) == set(text.HEADINGS)
    assert text.publish_problems(words) == {}
    assert "{" not in whole
    assert "Hillingdon" not in whole
    assert "for two years, from Thursday 1 September 2022 to Saturday 31 August 2024" in words["agreement"]
    assert "one other secondary head" in words["governance"]
    assert "two members from the local authority and one special school representative" in words["governance"]
    assert "Whoever leads reaches out to every school in Elthorne" in words["offer"]
    assert "a closing event, open to every school in Elthorne," in words["offer"] and "available to all" in words["offer"]
    three = text.default_text("E", "E", OF_2022, 2, schools=3)
    assert three["governance"].startswith("The heads of the schools that sign are the board.") and "independent" not in str(three)
    by_sign_up = text.default_text("E", "", replace(OF_2022, counts_from="sign-up"), 2)
    assert "for two years, from Friday 18 March 2022 to Monday 18 March 2024" in by_sign_up["agreement"]


def test_every_word_and_every_date_is_part_of_the_hash() -> None:
    words = text.default_text("E", "E", OF_2022, 2)
    whole = text.hash_of(text.whole_text("E", 1, words, OF_2022))
    changed = [
        text.hash_of(text.whole_text("E", 1, {**words, field: words[field] + " More."}, OF_2022)) for field in text.HEADINGS
    ]
    changed += [text.hash_of(text.whole_text("E", 1, words, replace(OF_2022, sign_by=date(2022, 3, 17))))]
    assert len({whole, *changed}) == len(text.HEADINGS) + 2


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
    before = {name: value for name, value in text.dates_stored(OF_2022).items() if name != "counts_from"}
    assert text.dates_read(before) == replace(OF_2022, counts_from="sign-up"), "older versions counted from the sign-up"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("We ask you to sign by Friday 18 March 2022.", []),
        ("We ask you to sign by Friday 25 March 2022.", [("In short", "25 March 2022")]),
        ("The roll is frozen on 21 march 2022", []),
        ("From 1 September 2022 to 31 August 2024.", []),
        ("From 18 March 2022 to 18 March 2024.", [("In short", "18 March 2024")]),
        ("Come on 1 April. The 200 schools of 1 May 2022 and of 1 May 2022.", [("In short", "1 May 2022")]),
        ("Nothing in March 2022, and nothing on 31 2022", []),
        *(
            (f"Sign by {day}, or later.", [("In short", day)])
            for day in (
                "25th March 2022",
                "March 25th",
                "25 Mar 2022",
                "25/03/2022",
                "25 March, 2022",
                "March 25, 2022",
                "25th of March 2022",
                "25 March",
                "March 25",
                "25.3.2022",
                "25-03-22",
                "25/3/22",
                "2022-03-25",
                "25 MARCH 2022",
                "March the 25th, 2022",
                "25-Mar-2022",
                "25th March.2022",
                "25 March ’22",
                "25/3",
                "1 Sept 2021",
                "18 May",
                "18 March 2023",
                "3 April",
            )
        ),
        *(
            (f"Sign by {day}, or later.", [])
            for day in (
                "18th March 2022",
                "March 18th",
                "18 Mar",
                "18/03/2022",
                "18 March, 2022",
                "March 18, 2022",
                "21st March.2022",
                "18.3.22",
                "2022-03-18",
                "the 18th of March",
                "18 March ’22",
                "1 Sept 2022",
                "31/8/2024",
                "31 August",
            )
        ),
        ("Last day: Friday 25th March. Sign up until 24 March", [("In short", "25th March"), ("In short", "24 March")]),
        ("By then 25 may join, by March 12 schools have, £25.03 a head; by 2022/23 half; 24/7; 3 March meetings.", []),
    ],
)
def test_words_that_name_another_day_than_the_dates_are_pointed_at(words: str, named: list[tuple[str, str]]) -> None:
    assert text.other_days({"summary": words}, OF_2022, 2) == named


def test_the_words_that_we_begin_with_name_no_other_day() -> None:
    assert text.other_days(text.default_text("E", "E", OF_2022, 2), OF_2022, 2) == []
    moved = replace(OF_2022, sign_by=date(2022, 3, 25))
    old = text.other_days(text.default_text("E", "E", OF_2022, 2), moved, 2)
    assert old == [("In short", "18 March 2022")]
    signed = text.default_text("E", "E", replace(OF_2022, counts_from="sign-up"), 2)
    days = [("In short", "18 March 2022"), ("The agreement", "18 March 2022"), ("The agreement", "18 March 2024")]
    assert text.other_days(signed, moved, 2) == days
