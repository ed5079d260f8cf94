from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as st

from alongside.members.membership.models import RollEntry
from alongside.members.membership.rules import dates, text
from alongside.members.membership.rules.costs import fee_said, is_most_said, most_said
from alongside.members.membership.rules.words import DEFAULTS
from alongside.members.membership.tests.make import DATES

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
        ("£0 a year.", 2, ""),
        ("The first year is free. After that £1,500 a year.", 2,
         "nothing for year 1 and £1,500 for year 2, £1,500 at most in all, until Saturday 31 August 2024"),
        ("There is no fee for schools; the council pays £20,000 a year.", 2, ""),
        ("£125 a month.", 2, ""),
    ],
)  # fmt: skip
def test_the_fee_is_said_with_its_term_and_what_it_comes_to(costs: str, years: int, words: str) -> None:
    assert text.fee_words(text.SET_IN.sub(" ", costs), OF_2022, years) == words


@pytest.mark.parametrize(
    ("costs", "schools", "said"),
    [
        ("£1,500 a year.", 3, [
            "For the school ticked: £1,500 a year, £3,000 at most in all.",
            "For the 2 schools ticked: £3,000 a year, £6,000 at most in all.",
            "For the 3 schools ticked: £4,500 a year, £9,000 at most in all.",
        ]),
        ("£1,500 in the first year and £1,200 in the second.", 2, [
            "For the school ticked: £1,500 for year 1 and £1,200 for year 2, £2,700 at most in all.",
            "For the 2 schools ticked: £3,000 for year 1 and £2,400 for year 2, £5,400 at most in all.",
        ]),
        ("The first year is free. After that £1,500 a year.", 2, [
            "For the school ticked: nothing for year 1 and £1,500 for year 2, £1,500 at most in all.",
            "For the 2 schools ticked: nothing for year 1 and £3,000 for year 2, £3,000 at most in all.",
        ]),
        ("£1,500 a year.", 1, []),
        ("£2 a pupil.", 3, []),
    ],
)  # fmt: skip
def test_for_several_schools_the_fee_is_said_for_those_ticked(costs: str, schools: int, said: list[str]) -> None:
    assert text.fee_totals(costs, OF_2022, 2, schools) == said


def test_for_several_schools_and_one_year_nothing_is_added_up() -> None:
    assert text.fee_totals("£900 a year.", OF_2022, 1, 2)[1] == "For the 2 schools ticked: £1,800 a year."


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
    assert "our area" in str(by_sign_up) and "our area" not in str(words) and "Elthorne" in words["why"]


def test_a_section_that_is_empty_is_left_out() -> None:
    words = text.default_text("E", "E", OF_2022, 2) | {"principles": " \n "}
    assert "How we will work" not in text.whole_text("E", 1, words, OF_2022)


def test_an_answer_is_known_by_its_words_and_by_who_may_read_it() -> None:
    assert len({text.mark_of_answer("Yes", "", is_public) for is_public in (True, False)}) == 2


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
    lines = text.what_changed({"summary": "One word.\n\nKept."}, {"summary": "One words.\n\nKept."})[0][1]
    assert lines == [("gone", "One word."), ("new", "One words."), ("same", "Kept.")]


def test_dates_that_changed_are_said() -> None:
    later = replace(OF_2022, sign_by=date(2022, 3, 25))
    assert text.date_changes(OF_2022, later) == [
        "Schools sign up by the end of this day: Friday 25 March 2022 instead of Friday 18 March 2022"
    ]
    assert text.date_changes(None, later) == text.date_changes(later, None) == []


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


ELTHORNE = "£1,500 for the first year, invoiced in April 2022. At most £1,500 for the second year, less if money is left over."


@pytest.mark.parametrize(
    ("costs", "first", "second"),
    [
        (ELTHORNE, False, True),
        (DEFAULTS["costs"].replace("\n  ", " "), False, True),
        ("£1,500 a year.", False, False),
        ("£1,500 a year, £3,000 at most in all.", False, False),
        ("£1,500 a year for two years, £3,000 at most.", False, False),
        ("At most £1,500 a year.", True, True),
        ("£1,500 a year at most.", True, True),
        ("Up to £1,500 a year, less if money is left over.", True, True),
        ("No more than £900 each year.", True, True),
        ("A maximum of £900 per year.", True, True),
        ("£900 a year or less, as the board decides.", True, True),
        ("£1,500 for the first year. Year two will not exceed £1,200.", False, True),
        ("£1,500 for the first year and £1,200 from the second year.", False, False),
        ("£1,500 for year 1, up to £1,200 thereafter.", False, True),
        ("It is free.", False, False),
    ],
)
def test_a_sum_that_is_the_most_is_told_as_the_most(costs: str, first: bool, second: bool) -> None:
    assert (is_most_said(costs, 1), is_most_said(costs, 2)) == (first, second)


@pytest.mark.parametrize(
    ("roll", "support", "month"),
    [
        (date(2022, 3, 21), date(2022, 9, 1), date(2022, 4, 1)),
        (date(2026, 12, 14), date(2027, 9, 1), date(2027, 4, 1)),
        (date(2022, 5, 16), date(2022, 9, 1), date(2022, 6, 1)),
        (date(2022, 4, 1), date(2022, 9, 1), date(2022, 5, 1)),
        (date(2021, 11, 30), date(2022, 1, 3), date(2021, 12, 1)),
        (date(2021, 3, 2), date(2022, 1, 3), date(2021, 4, 1)),
        (date(2022, 2, 1), date(2022, 4, 1), date(2022, 4, 1)),
    ],
)
def test_the_first_invoice_is_named_with_its_month_and_year(roll: date, support: date, month: date) -> None:
    dates = replace(OF_2022, roll_freezes_on=roll, support_from=support)
    assert text.first_invoice_in(dates) == month
    words = text.default_text("E", "E", dates, 2)
    assert f"The first invoice comes in {month:%B %Y}." in words["costs"] and "by June" not in words["timeline"]
