from datetime import date

import pytest

from alongside.ground.core.standing import Held, Post, Standing
from alongside.members.schools import rules
from alongside.members.schools.permissions import may_decide_succession
from alongside.members.schools.rules import Constituency as C


@pytest.mark.parametrize(
    ("phase", "type_", "words"),
    [
        ("Primary", "Community school", "Primary"),
        ("All-through", "Free schools", "All-through"),
        ("Secondary", "Free schools special", "Secondary"),
        ("Not applicable", "Community special school", "Special"),
        ("Not applicable", "Pupil referral unit", "Alternative provision"),
        ("", "Miscellaneous", "Other"),
    ],
)
def test_a_school_without_a_phase_is_called_by_what_it_is_for(phase: str, type_: str, words: str) -> None:
    assert rules.phase_in_words(phase, type_) == words


@pytest.mark.parametrize(
    ("typed", "is_meant"),
    [
        ("Oaklands Primary School", True),
        ("oaklands primary school ealing", True),
        ("Oaklands Primary School, Ealing", True),
        ("Oaklands Primary School London", True),
        ("Oaklands Primary School, Ealing, London W7 2DP", True),
        ("Oaklands Primary School W72DP", True),
        ("Oaklands Primary School Harrow", False),
        ("Oaklands Primary", False),
        ("Oaklands Primary Schools", False),
        ("Ealing", False),
    ],
)
def test_a_school_is_meant_by_its_name_and_where_it_is(typed: str, is_meant: bool) -> None:
    assert rules.is_meant(typed, "Oaklands Primary School", ("Ealing", "London", "W7 2DP")) is is_meant


@pytest.mark.parametrize(
    ("status", "closed_on", "is_open"),
    [
        ("Open", None, True),
        ("Open, but proposed to close", None, True),
        ("open, but proposed to close", date(2024, 8, 31), True),
        ("Closed", None, False),
        ("Proposed to open", None, False),
        ("", None, True),
        ("", date(2020, 8, 31), False),
    ],
)
def test_a_school_is_open_until_it_closes(status: str, closed_on: date | None, is_open: bool) -> None:
    assert rules.is_open(status, closed_on) is is_open


@pytest.mark.parametrize(
    ("phase", "type_", "ages", "constituency"),
    [
        ("Nursery", "Local authority nursery school", (2, 5), C.NURSERY),
        ("Primary", "Community school", (3, 11), C.PRIMARY),
        ("Primary", "Academy converter", (7, 11), C.PRIMARY),
        ("Middle deemed primary", "Community school", (8, 12), C.PRIMARY),
        ("Middle deemed secondary", "Academy converter", (9, 13), C.SECONDARY),
        ("Secondary", "Academy sponsor led", (11, 18), C.SECONDARY),
        ("All-through", "Free schools", (4, 19), C.SECONDARY),
        ("Not applicable", "Community special school", (3, 19), C.SPECIAL),
        ("Not applicable", "Academy special converter", (None, None), C.SPECIAL),
        ("Secondary", "Free schools special", (11, 19), C.SPECIAL),
        ("Not applicable", "Pupil referral unit", (11, 16), C.ALTERNATIVE),
        ("Not applicable", "Free schools alternative provision", (None, None), C.ALTERNATIVE),
        ("Secondary", "University technical college", (14, 19), C.SECONDARY),
        ("Not applicable", "Studio schools", (14, 19), C.SECONDARY),
        ("16 plus", "Free schools 16 to 19", (16, 19), C.POST_16),
        ("Not applicable", "Further education", (16, 99), C.POST_16),
        ("Not applicable", "Special post 16 institution", (16, 25), C.SPECIAL),
        ("Not applicable", "Other independent school", (3, 11), C.PRIMARY),
        ("Not applicable", "Other independent school", (11, 18), C.SECONDARY),
        ("Not applicable", "Other independent school", (None, None), C.OTHER),
        ("", "Children's centre", (None, None), C.OTHER),
        ("", "Other independent school", (2, 5), C.NURSERY),
        ("", "Other independent school", (2, 6), C.PRIMARY),
        ("", "Other independent school", (4, 12), C.PRIMARY),
        ("", "Other independent school", (4, 13), C.SECONDARY),
        ("", "Other independent school", (15, 19), C.SECONDARY),
        ("", "Other independent school", (16, 19), C.POST_16),
        ("", "Other independent school", (None, 19), C.SECONDARY),
    ],
)
def test_each_school_is_in_one_constituency(phase: str, type_: str, ages: tuple[int | None, int | None], constituency: C) -> None:
    assert rules.constituency(phase, type_, *ages) is constituency


def test_dates_of_facts_are_read_as_they_were_written() -> None:
    dates = {"name": date(2023, 11, 16), "status": date(2024, 6, 17), "point": date(2023, 11, 16), "head": date.min}
    assert rules.known_dates(rules.written_dates(dates)) == dates
    assert rules.written_dates(dates) == "0001-01-01 head;2023-11-16 name point;2024-06-17 status"
    assert rules.known_dates("") == {}


@pytest.mark.parametrize(
    ("kind", "pair"),
    [
        ("Predecessor", (2, 1)),
        ("Predecessor - merged", (2, 1)),
        ("Successor", (1, 2)),
        ("Successor - Split School", (1, 2)),
        ("Result of Amalgamation", (1, 2)),
        ("Sixth Form Centre Link", None),
        ("Other", None),
    ],
)
def test_a_link_says_which_came_first(kind: str, pair: tuple[int, int] | None) -> None:
    assert rules.order_of_link(1, 2, kind) == pair


def test_a_school_does_not_follow_itself() -> None:
    with pytest.raises(ValueError, match="itself"):
        rules.order_of_link(7, 7, "Successor")


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [("ub109pj", "UB10 9PJ"), (" UB10  9PJ", "UB10 9PJ"), ("ub10", "UB10"), ("W1A 1AA", "W1A 1AA"), ("Uxbridge", ""), ("10", "")],
)
def test_postcodes_are_known_however_they_are_typed(typed: str, postcode: str) -> None:
    assert rules.postcode_of(typed) == postcode


@pytest.mark.parametrize(("typed", "district"), [("ub109pj", "UB10"), ("W1A 1AA", "W1A"), ("UB10", ""), ("Uxbridge", "")])
def test_the_district_of_a_whole_postcode(typed: str, district: str) -> None:
    assert rules.district_of(typed) == district


@pytest.mark.parametrize(
    ("status", "closed_on", "words", "told"),
    [
        ("Open", None, "", ""),
        ("Open, but proposed to close", date(2030, 8, 31), "", ""),
        ("Closed", date(1995, 8, 31), "Closed 1995", "Hayes Infants closed in 1995: Hayes School followed it."),
        ("", date(2003, 8, 31), "Closed 2003", "Hayes Infants closed in 2003: Hayes School followed it."),
        ("Closed", None, "Closed", "Hayes Infants is closed: Hayes School followed it."),
        ("Proposed to open", date(2003, 8, 31), "Proposed to open", ""),
        ("Proposed to open", None, "Proposed to open", "Hayes Infants is not open (proposed to open): Hayes School followed it."),
    ],
)
def test_a_school_that_is_not_open_is_marked_and_told(status: str, closed_on: date | None, words: str, told: str) -> None:
    assert rules.not_open_words(rules.is_open(status, closed_on), status, closed_on) == words
    assert not told or rules.told_not_open("Hayes Infants", words, ["Hayes School"]) == told


def test_of_a_closed_school_that_none_followed_no_other_is_named() -> None:
    assert rules.told_not_open("Elm", "Closed 1995", []) == "Elm closed in 1995."
    assert rules.told_not_open("Elm", "Closed 1995", ["Oak", "Ash"]) == "Elm closed in 1995: Oak and Ash followed it."


@pytest.mark.parametrize(
    ("status", "closed_on", "words"),
    [
        ("Open", None, ""),
        ("Open, but proposed to close", date(2030, 8, 31), ""),
        ("Closed", date(2021, 8, 31), "Closed 31 August 2021"),
        ("", date(2021, 8, 31), "Closed 31 August 2021"),
        ("Closed", None, "Closed"),
        ("Proposed to open", None, "Proposed to open"),
        ("De-registered as EY Setting", date(2021, 8, 31), "De-registered as EY Setting"),
    ],
)
def test_a_list_says_since_when_a_school_is_closed(status: str, closed_on: date | None, words: str) -> None:
    assert rules.not_open_since(rules.is_open(status, closed_on), status, closed_on) == words


@pytest.mark.parametrize(
    ("status", "type", "opened_on", "closed_on", "words"),
    [
        (
            "Closed", "Community school", date(1952, 9, 1), date(2021, 8, 31),
            "The register shows it as closed since 31 August 2021. What it was: Community school, opened on 1 September 1952.",
        ),
        ("Closed", "Free schools", None, None,
         "The register shows it as closed, and does not say since when. What it was: Free schools."),
        ("Closed", "", None, date(2021, 8, 31), "The register shows it as closed since 31 August 2021."),
        ("Proposed to open", "Free schools", None, None, "The register says of it: proposed to open."),
        ("", "", None, date(2021, 8, 31), "The register shows it as closed since 31 August 2021."),
    ],
)  # fmt: skip
def test_its_page_says_since_when_and_what_it_was(
    status: str, type: str, opened_on: date | None, closed_on: date | None, words: str
) -> None:
    assert rules.told_on_its_page(status, type, opened_on, closed_on) == words


@pytest.mark.parametrize(
    ("codes", "english"),
    [
        (["201", "213", "301", "312", "394", "420", "800", "886", "933", "943", "999"], True),
        (["660", "681", "701", "702", "704", "708", "000", "280x", "", "2013", "٣١٢", "abc"], False),
    ],
)
def test_only_authorities_of_england_are_offered(codes: list[str], english: bool) -> None:
    assert {rules.is_english(code) for code in codes} == {english}


def closed(urn: int, year: int = 0) -> rules.Lifetime:
    return rules.Lifetime(urn, False, date(year, 8, 31) if year else None)


def still_open(urn: int) -> rules.Lifetime:
    return rules.Lifetime(urn, True, None)


@pytest.mark.parametrize(
    ("stages", "links", "current"),
    [
        ([closed(107447, 2002), closed(107445, 2021)], [(107447, 107445)], 107445),
        ([closed(109372, 2017), closed(109400, 1995)], [(109400, 109372)], 109372),
        ([closed(300, 1999), closed(100, 2005), closed(200, 2012)], [(300, 100), (100, 200)], 200),
        ([closed(300, 1999), closed(200, 2005), closed(100, 2012)], [(300, 200), (200, 100)], 100),
        ([closed(300), closed(100)], [(300, 100)], 100),
        ([closed(100, 2012), closed(200, 2005)], [(100, 200)], 200),
        ([closed(100, 1999), closed(200, 2005)], [(100, 200)], 200),
        ([closed(300, 1999), closed(200, 2005), closed(100, 2012)], [(300, 100), (200, 100)], 100),
        ([closed(300, 1999), closed(200, 2005), still_open(250)], [(300, 200), (200, 250)], 250),
        ([still_open(100), closed(200, 2005)], [(100, 200)], 100),
        ([still_open(300), still_open(100), closed(200, 2005)], [(300, 100), (100, 200)], 100),
        ([still_open(300), closed(200, 2005), still_open(100)], [(300, 200), (200, 100)], 100),
        ([closed(300, 2012), closed(100, 2005)], [(300, 100), (100, 300)], 300),
        ([closed(100, 2012), closed(300, 2005)], [], 100),
        ([closed(100), closed(300)], [], 300),
        ([closed(300, 1999), closed(100, 2005)], [(300, 999), (999, 100)], 100),
        ([closed(100)], [], 100),
        ([closed(100, 2005), closed(300)], [], 100),
        ([closed(100, 1999), closed(200, 2005), closed(300, 2012)], [(100, 200)], 200),
        ([closed(100, 2012), closed(200, 2005), closed(300, 1990), closed(400, 1991)], [(100, 200), (200, 100), (300, 400)], 400),
    ],
)
def test_a_school_is_the_open_one_or_the_last_that_followed(
    stages: list[rules.Lifetime], links: list[tuple[int, int]], current: int
) -> None:
    assert {rules.current_of(stages[turn:] + stages[:turn], links) for turn in range(len(stages))} == {current}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Brookfield Primary School", "Brookfield Primary"),
        ("Ash Infants School", "Ash Infants"),
        ("Birch High  School", "Birch High"),
        ("Elm Secondary Academy", "Elm Secondary"),
        ("Reed Academy", ""),
        ("Hayes Park School", ""),
        ("Primary School Support Centre", ""),
        ("", ""),
    ],
)
def test_a_name_with_its_kind_is_written_without_its_last_word_too(name: str, short: str) -> None:
    assert rules.short_name(name) == short


@pytest.mark.parametrize(
    ("of", "which"),
    [
        (None, ""),
        (date(2001, 12, 31), "a day before the register began"),
        (date(2002, 1, 1), ""),
        (date(2022, 3, 8), ""),
        (date(2022, 3, 9), "a day to come"),
    ],
)
def test_an_extract_is_of_a_day_that_the_register_has_seen(of: date | None, which: str) -> None:
    told = rules.wrong_with_date(of, date(2022, 3, 8))
    assert which in told and bool(told) is bool(which)


@pytest.mark.parametrize(("code", "number", "dfe"), [("312", "3404", "3123404"), ("312", "", ""), ("", "3404", "")])
def test_a_school_is_found_by_a_number_that_is_whole(code: str, number: str, dfe: str) -> None:
    found = rules.found_by("Ash", "Hayes", "", "Elthorne", "UB4 8AA", 139609, code, number, "Ash Trust")
    assert found == ("Ash", "Hayes  Elthorne UB4 8AA", f"Ash Trust 139609 {dfe}")


@pytest.mark.parametrize(
    ("typed", "words"), [("ub109pj", "UB10 9PJ"), ("312/3404", "3123404"), ("URN: 139609", "139609"), ("oak w72dp", "oak W7 2DP")]
)
def test_a_number_or_postcode_is_looked_for_as_it_is_kept(typed: str, words: str) -> None:
    assert rules.search_words(typed) == words


def test_nothing_is_meant_by_a_name_of_marks_alone() -> None:
    assert not rules.is_meant("?", "!", ())


@pytest.mark.parametrize(
    ("homes", "agreed", "may"),
    [
        ({"alder"}, False, True),
        ({"alder", "birch"}, True, True),
        ({"alder", "birch"}, False, False),
        ({"birch"}, True, False),
        (set(), True, False),
    ],
)
def test_an_office_decides_of_schools_that_belong_to_it_and_elsewhere_when_both_agree(
    homes: set[str], agreed: bool, may: bool
) -> None:
    office = Standing("mo", roles=frozenset({Held(Post.MANAGER, partnership="alder")}))
    assert bool(may_decide_succession(office, frozenset(homes), agreed)) is may
    assert may_decide_succession(Standing.system(), frozenset(homes), agreed)
