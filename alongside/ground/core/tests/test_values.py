"""The plain values: verdicts, money, words, ids, who is asking."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, strategies as some

from alongside.ground.core import keys, money, words
from alongside.ground.core.standing import OPENS, SEATS_OPEN, VISITOR, Held, Post, Power, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import YES, Refused, first_no, no, require

HEAD = Standing("p1", "Head", frozenset({usual(Post.HEAD, school="s1")}), frozenset({("a", "s1"), ("b", "s1")}))
MANAGER = Standing("p2", "Manager", frozenset({usual(Post.MANAGER, partnership="a")}))


@pytest.mark.parametrize(
    ("who", "of", "shown"),
    [
        (replace(MANAGER, is_proven=True), "a", True),
        (MANAGER, "a", False),
        (MANAGER, "b", True),
        (MANAGER, None, False),
        (HEAD, "a", True),
        (HEAD, None, True),
        (replace(HEAD, roles=HEAD.roles | MANAGER.roles), "a", False),
        (replace(HEAD, roles=HEAD.roles | MANAGER.roles), "b", True),
        (Standing.system(), "a", True),
    ],
)
def test_an_office_shows_who_it_is_before_it_sees_its_money(who: Standing, of: str | None, shown: bool):
    assert who.sees_money_of(of) is shown


def test_the_first_refusal_is_the_one_that_is_shown():
    assert first_no(YES, no("closed"), no("late")).reason == "closed"
    assert first_no(YES, YES) == YES


def test_a_refusal_stops_the_deed_with_its_reason():
    require(YES)
    with pytest.raises(Refused, match="closed"):
        require(no("closed"))


@pytest.mark.parametrize(
    ("pence", "long", "short"),
    [
        (150_000, "£1,500.00", "£1,500"),
        (5, "£0.05", "£0.05"),
        (-5, "-£0.05", "-£0.05"),
        (0, "£0.00", "£0"),
        (123_456_789, "£1,234,567.89", "£1,234,567.89"),
    ],
)
def test_pence_as_people_read_them(pence, long, short):
    assert (money.pounds(pence), money.short_pounds(pence)) == (long, short)


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("1500", 150_000),
        ("£1,500.00", 150_000),
        (" 12.3 ", 1_230),
        ("0.05", 5),
        ("-2.50", -250),
        ("1,234,567.89", 123_456_789),
        ("£ 1 500", 150_000),
        ("1, 500", 150_000),
        ("-1", -100),
        ("£-1,500", -150_000),
        ("0", 0),
        ("0123", 12_300),
        ("- 5", -500),
        ("-0.50", -50),
        ("21474836.47", 2_147_483_647),
    ],
)
def test_pounds_as_people_type_them(typed, pence):
    assert money.parse_pounds(typed) == pence


@pytest.mark.parametrize(
    "typed",
    [
        "", "abc", "1.234", "1,50", "£", "12.", "1e9", "１５", "1500,000", "1500,00", "1500 000", "15,00", "150,0", "1,5000",
        "1500,000.00", "12 3", "1 50", "0,500", "00,500", "0 500", "1,500,00", "1,500 00", "1.500,00", "1.500.000", "1,,500",
        ",500", "1500.0 0", "-1500,000", "£1500,000",
    ],
)  # fmt: skip
def test_an_amount_that_cannot_be_read_is_refused_with_the_remedy(typed):
    with pytest.raises(ValueError, match="amount in pounds"):
        money.parse_pounds(typed)


@given(some.integers(-99_999_999_999, 99_999_999_999))
def test_what_is_printed_can_be_typed_again(pence):
    assert money.parse_pounds(money.pounds(pence).replace("-£", "-")) == pence


def test_ids_are_twelve_characters_and_do_not_repeat():
    made = {keys.new_key() for _ in range(10_000)}
    assert len(made) == 10_000
    assert all(keys.is_key(key) for key in made)
    assert not keys.is_key("hello") and not keys.is_key("il0o" * 3)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), "Tuesday 24 November 2026, 4pm"),
        (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "Wednesday 1 July 2026, 9:30am"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sunday 25 October 2026, 1:30am"),
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), "Thursday 1 January 2026, 12am"),
    ],
)
def test_moments_are_said_in_london(at, said):
    assert words.moment(at) == said


def test_dates_and_counts_as_people_say_them():
    assert words.long_date(date(2022, 3, 8)) == "Tuesday 8 March 2022"
    assert words.weekday_date(date(2022, 3, 18)) == "Friday 18 March"
    assert words.near_date(date(2022, 3, 18), date(2022, 8, 1)) == "18 March"
    assert words.near_date(date(2022, 12, 31), date(2023, 1, 1)) == "31 December 2022"
    assert words.weekday_near(date(2022, 3, 18), date(2022, 8, 1)) == "Friday 18 March"
    assert words.weekday_near(date(2022, 3, 18), date(2023, 4, 17)) == "Friday 18 March 2022"
    assert words.weekday_near(date(2023, 1, 6), date(2022, 12, 9)) == "Friday 6 January 2023"
    assert [words.plural(n, "school") for n in (0, 1, 1200)] == ["0 schools", "1 school", "1,200 schools"]
    assert [words.in_words(n) for n in (0, 10, 11)] == ["No", "Ten", "11"]
    assert words.listed([]) == "" and words.listed(["A"]) == "A" and words.listed(["A", "B", "C"]) == "A, B and C"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Elthorne Learning Partnership", "elthorne-learning-partnership"),
        ("St Bride’s & St Mary's", "st-brides-st-marys"),
        ("École", "ecole"),
        ("日本", ""),
    ],
)
def test_a_name_as_it_stands_in_an_address(name, slug):
    assert words.slug_of(name) == slug


def test_standing_is_what_is_held_today():
    assert HEAD.holds(school="s1") and not HEAD.holds(school="s2")
    assert HEAD.can(Power.ANSWER, school="s1") and not HEAD.can(Power.ANSWER, school="s2") and not HEAD.can(Power.RUN)
    assert MANAGER.can(Power.MONEY, partnership="a") and not MANAGER.can(Power.MONEY, partnership="b")
    assert HEAD.partnerships == {"a", "b"} and HEAD.schools_in("a") == {"s1"} and not HEAD.runs("a")
    assert MANAGER.runs("a") and not MANAGER.runs("b") and MANAGER.offices == {"a"}
    gave = usual(Post.HEAD, school="s1", through="b")
    both = Standing("p", roles=frozenset({gave}), memberships=HEAD.memberships, belonging=frozenset({("a", "s1"), ("b", "s1")}))
    assert both.homes == {"a", "b"} and both.posts_in("b") == {gave} and not both.posts_in("a")
    assert not HEAD.homes and not HEAD.posts_in("a") and not MANAGER.posts_in("a")  # only asked; works in the office
    seated = Standing("p", roles=frozenset({Held("chair", through="c", opens=SEATS_OPEN["chair"], body="board")}))
    assert seated.partnerships == {"c"} and not seated.offices and not seated.counting_in("a").bodies()
    assert seated.bodies() == seated.bodies(Power.CHAIR, Power.CLERK) == {"board"} and not seated.bodies(Power.CLERK)
    assert seated.can(Power.SIT, body="board") and not seated.can(Power.SIT, body="other") and not seated.can(Power.OFFICE)
    assert VISITOR.is_visitor and not VISITOR.holds() and not VISITOR.partnerships
    assert Standing.system().runs("anything") and not Standing.system().is_visitor


def test_every_post_opens_something_and_no_power_is_nobodys():
    opened = {one for powers in (*OPENS.values(), *SEATS_OPEN.values()) for one in powers}
    assert set(OPENS) == set(Post) and all(OPENS.values()) and {*Power} == opened
    with_it = {power: {post for post, powers in OPENS.items() if power in powers} for power in Power}
    heads, office = {Post.HEAD, Post.EXECUTIVE_HEAD}, {Post.MANAGER, Post.FINANCE}
    assert with_it[Power.RUN] == {Post.MANAGER} and with_it[Power.DAYS] == heads | {Post.SCHOOL_ADMIN}
    assert with_it[Power.DATES] == heads | {Post.SCHOOL_ADMIN, Post.BUSINESS_MANAGER}
    assert with_it[Power.ANSWER] == with_it[Power.PEOPLE] == set(Post) - office - {Post.BUSINESS_MANAGER}
    assert with_it[Power.OFFICE] == with_it[Power.MONEY] == office and with_it[Power.NOTE] == set(Post) - office


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Headteacher", "headteacher"), ("SENDCo", "SENDCo"), ("ECT lead", "ECT lead"), ("English lead", "English lead"),
        ("Chair of governors", "chair of governors"), ("", ""), ("Head’s assistant", "head’s assistant"),
    ],
)  # fmt: skip
def test_what_something_is_called_stands_in_a_sentence(name: str, said: str) -> None:
    assert words.in_a_sentence(name) == said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ada\u202e evoL", "Ada evoL"), ("Sam\u200b Okafor", "Sam Okafor"), ("Sam\u00ad", "Sam"), ("\ufeffSam", "Sam"),
        ("\u2060S\u2064am", "Sam"), ("\u3164", ""), ("\u2800\u115f\uffa0", ""), ("S\u200da\u200cm", "Sam"),
        ("a\u200d\u200d\u200db", "ab"),
        ("Sam\x1b[2J\x07", "Sam[2J"), ("Sam\x9b", "Sam"), ("hi\U000e0041\U000e0042", "hi"), ("S\u034fam\u180e", "Sam"),
        ("\ufff9a\ufffab\ufffb", "ab"), ("Zo\u00eb O\u2019Brien\u2013Ma\u0301e", "Zo\u00eb O\u2019Brien\u2013Ma\u0301e"),
        ("one\ntwo\tthree\r\n", "one\ntwo\tthree\r\n"), ("a\u00a0b", "a\u00a0b"), ("\x00", "\x00"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"), ("\u05e9\u05dc\u05d5\u05dd\u200f", "\u05e9\u05dc\u05d5\u05dd"),
        ("\U0001f469\u200d\U0001f3eb \u2764\ufe0f\u200d\U0001f525", "\U0001f469\u200d\U0001f3eb \u2764\ufe0f\u200d\U0001f525"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
         "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
    ],
)  # fmt: skip
def test_what_is_not_seen_is_taken_out_of_text_and_what_letters_need_stays(typed, kept):
    assert words.without_marks(typed) == kept


def test_nobody_has_an_empty_id() -> None:
    with pytest.raises(ValueError, match="nobody's"):
        Standing(person="")
