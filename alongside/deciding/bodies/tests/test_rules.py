"""Who may hold a seat, when, and how many make a quorum, by the rules."""

from datetime import date

import pytest

from alongside.deciding.bodies.permissions import (
    may_keep_body,
    may_keep_holder,
    may_make_body,
    may_see_bodies,
    may_see_interests,
    may_see_skills,
)
from alongside.deciding.bodies.rules.holding import (
    OtherSeat,
    Span,
    ends_soon,
    last_day,
    long_served,
    term_end,
    who_comes_by_post,
    why_not_also,
    why_not_from,
    why_not_qualified,
    why_not_so_long,
)
from alongside.deciding.bodies.rules.kinds import BodyKind, BodySettings, SeatFor, ShownTo, is_in_gias, shown_usually, term_words
from alongside.deciding.bodies.rules.quorum import Quorum, Share, is_quorate, quorum_of
from alongside.deciding.bodies.rules.templates import BEGINNINGS, BY_CODE, beginnings_for, seat_titles
from alongside.ground.core.standing import SEATS_OPEN, Held, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.partnerships.rules import Belonging, Template

MARCH = date(2022, 3, 21)
OAK = frozenset({("alder", "oak")})
OFFICE = Standing("mo", roles=frozenset({usual(Post.MANAGER, partnership="alder")}))
HEAD = Standing("ann", roles=frozenset({usual(Post.HEAD, school="oak")}), memberships=OAK, belonging=OAK)
ASKED = Standing("bo", roles=frozenset({usual(Post.HEAD, school="ash")}), memberships=frozenset({("alder", "ash")}))


def seated(duty: str, body: str = "board") -> Standing:
    return Standing("cy", roles=frozenset({Held(duty, through="alder", opens=SEATS_OPEN[duty], body=body)}))


@pytest.mark.parametrize(
    ("share", "least", "in_post", "needed"),
    [
        (Share.HALF, 0, 5, 3),
        (Share.HALF, 0, 10, 5),
        (Share.HALF, 0, 0, 1),
        (Share.MOST, 0, 4, 3),
        (Share.THIRD, 3, 8, 3),
        (Share.THIRD, 3, 10, 4),
        (Share.NUMBER, 2, 9, 2),
    ],
)
def test_a_quorum_is_a_share_of_those_in_post_and_never_less_than_the_least(
    share: Share, least: int, in_post: int, needed: int
) -> None:
    assert quorum_of(share, least, in_post) == needed


@pytest.mark.parametrize(
    ("present", "chair", "needs", "quorate"),
    [
        ("abc", True, True, True),
        ("ab", True, True, False),
        ("abc", False, True, False),
        ("abc", False, False, True),
        (["a", "a", "b", ""], True, True, False),  # two heads of one school share a vote, who has none does not count
    ],
)
def test_a_body_decides_with_enough_votes_and_a_chair(present: str, chair: bool, needs: bool, quorate: bool) -> None:
    assert is_quorate(Quorum(Share.HALF, 0, needs, 5), list(present), chair) is quorate


@pytest.mark.parametrize(
    ("share", "least", "words"),
    [
        (Share.HALF, 0, "half of them, rounded up, make one"), (Share.MOST, 0, "more than half of them make one"),
        (Share.THIRD, 3, "a third of them, rounded up, make one"), (Share.NUMBER, 2, "2 make one"),
    ],
)  # fmt: skip
def test_a_quorum_of_nobody_says_what_will_make_one(share: Share, least: int, words: str) -> None:
    assert Quorum(share, least, True, 0).words == f"nobody who votes sits there yet; once they do, {words}"


@pytest.mark.parametrize(
    ("belongs", "template", "schools", "heads", "words"),
    [
        (Belonging.MEMBER, Template.LEARNING, 0, 0, "a school that has signed sits here by itself; no school has signed yet"),
        (Belonging.MEMBER, Template.LEARNING, 1, 0,
         "a school that has signed sits here by itself; of 1 such school no head is here yet"),
        (Belonging.MEMBER, Template.LEARNING, 3, 2, "a school that has signed sits here by itself"),
        (Belonging.MEMBER, Template.TRUST, 0, 0, "a member school sits here by itself; no member school is there yet"),
        (Belonging.ASSOCIATE, Template.TRUST, 0, 0, "an associate school sits here by itself; no associate school is there yet"),
        (Belonging.ASSOCIATE, Template.LEARNING, 0, 1, "an associate school sits here by itself"),
    ],
)  # fmt: skip
def test_a_seat_by_post_says_who_comes_and_why_nobody_has(
    belongs: Belonging, template: Template, schools: int, heads: int, words: str
) -> None:
    assert who_comes_by_post(belongs, template, schools, heads) == f"Each head of {words}"


def test_a_quorum_says_what_it_rests_on() -> None:
    first = Quorum(Share.HALF, 0, True, 5)
    assert first.words == "3 of 5 voting members in post (half, rounded up), with the chair or an acting chair"
    assert Quorum(Share.THIRD, 3, False, 8).words == "3 of 8 voting members in post (a third, rounded up, at least 3)"
    assert Quorum(Share.NUMBER, 2, False, 1).words == "2 of 1 voting member in post (a fixed number)"


@pytest.mark.parametrize(
    ("years", "last"), [(4, date(2026, 3, 20)), (2, date(2024, 3, 20)), (1, date(2023, 3, 20)), (None, None), (0, None)]
)
def test_a_term_ends_the_day_before_its_years_are_full(years: int | None, last: date | None) -> None:
    assert term_end(MARCH, years) == last


ENDS, LATER = date(2023, 8, 31), date(2030, 8, 31)


@pytest.mark.parametrize(
    ("until", "years", "seat_until", "last"),
    [
        (None, 4, None, date(2026, 3, 20)),
        (None, 4, ENDS, ENDS),
        (None, 4, LATER, date(2026, 3, 20)),
        (None, None, ENDS, ENDS),
        (ENDS, 4, LATER, ENDS),
        (ENDS, None, None, ENDS),
    ],
)
def test_a_seat_is_held_until_the_day_that_was_said_or_its_term_or_the_seat_ends(
    until: date | None, years: int | None, seat_until: date | None, last: date
) -> None:
    assert last_day(MARCH, until, years, seat_until) == last


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (MARCH, None, ""),
        (MARCH, date(2022, 3, 20), "The last day cannot be before the first"),
        (date(2022, 3, 20), None, "This seat is there from 21 March 2022 on"),
        (date(2024, 6, 1), None, ""),
        (date(2024, 6, 2), None, "Enter a first day within the next two years"),
        (date(2022, 9, 1), None, "Somebody holds this seat from 1 September 2022 until 31 August 2023: replace them, or"),
        (date(2023, 8, 31), None, "Somebody holds this seat from 1 September 2022 until 31 August 2023: replace them, or"),
        (date(2023, 9, 1), None, ""),
        (MARCH, date(2022, 8, 31), ""),
        (MARCH, date(2022, 9, 1), "Somebody holds this seat from 1 September 2022 until 31 August 2023: replace them, or"),
    ],
)
def test_a_seat_has_one_holder_on_every_day(first: date, last: date | None, why: str) -> None:
    others = [Span(date(2022, 9, 1), date(2023, 8, 31))] if "replace" in why or first != MARCH or last else []
    found = why_not_from(Span(first, last), Span(MARCH, None), others, date(2022, 6, 1))
    assert found.startswith(why) and bool(found) is bool(why)


def test_nobody_holds_a_seat_after_it_has_ended() -> None:
    seat = Span(MARCH, date(2022, 12, 31))
    assert not why_not_from(Span(MARCH, date(2022, 12, 31)), seat, [], MARCH)
    for last in (date(2023, 1, 1), None):
        found = why_not_from(Span(MARCH, last), seat, [], MARCH)
        assert found == "This seat ends on 31 December 2022: enter a last day until then"


PRIMARY = OtherSeat("pf", "Primary Forum representative", Span(MARCH, None))


@pytest.mark.parametrize(
    ("held", "excluded", "beside", "why"),
    [
        ([], set(), False, ""),
        (
            [PRIMARY],
            {"pf"},
            False,
            "Ann holds the seat “Primary Forum representative”, and “Other primary head 1” is for somebody",
        ),
        (
            [PRIMARY],
            set(),
            False,
            "Ann sits here already, on the seat “Primary Forum representative”: nobody sits on a body twice",
        ),
        ([PRIMARY], set(), True, ""),  # acts as chair
        ([PRIMARY], {"pf"}, True, "Ann holds the seat “Primary Forum representative”"),
        ([OtherSeat("pf", "Chair", Span(MARCH, None), is_beside=True)], set(), False, ""),
        ([OtherSeat("pf", "Chair", Span(MARCH, None), is_acting=True)], set(), False, ""),
        ([OtherSeat("pf", "Before", Span(MARCH, date(2022, 8, 31)))], {"pf"}, False, ""),
    ],
)
def test_other_heads_are_other_than_those_who_sit_already(held: list, excluded: set, beside: bool, why: str) -> None:
    span = Span(date(2022, 9, 1), None)
    found = why_not_also("Ann", "Other primary head 1", excluded, "", span, held, is_beside=beside)
    assert found.startswith(why) and bool(found) is bool(why)


def test_a_refusal_says_the_reason_that_the_seat_gives() -> None:
    why = why_not_also(
        "Ann", "Head 1", {"pf"}, "the prospectus says “other” heads", Span(MARCH, None), [PRIMARY], is_beside=False
    )
    assert why.endswith("is for somebody other: the prospectus says “other” heads")


@pytest.mark.parametrize(
    ("seat_for", "heads_of", "why"),
    [
        (SeatFor.PRIMARY, {"primary"}, ""),
        (SeatFor.PRIMARY, {"primary", "special"}, ""),
        (SeatFor.PRIMARY, {"secondary"}, "Is head of secondary: the seat is for primary heads"),
        (SeatFor.PRIMARY, {"nursery"}, "Is head of nursery: the seat is for primary heads"),
        (SeatFor.PRIMARY, set(), "Is not head of a member school"),
        (SeatFor.PRIMARY, None, ""),  # a name without an account
        (SeatFor.HEADS, {"nursery"}, ""),
        (SeatFor.AUTHORITY, set(), ""),
    ],
)
def test_a_seat_for_heads_is_held_by_a_head_of_its_phase(seat_for: SeatFor, heads_of: set[str] | None, why: str) -> None:
    assert why_not_qualified(seat_for, heads_of, BodySettings()) == why


def test_nursery_heads_fit_a_seat_once_the_partnership_says_so() -> None:
    assert not why_not_qualified(SeatFor.PRIMARY, {"nursery"}, BodySettings(primary=("primary", "nursery")))
    assert not why_not_qualified(SeatFor.SPECIAL, {"alternative"}, BodySettings(special=("alternative",)))
    assert why_not_qualified(SeatFor.SECONDARY, {"secondary"}, BodySettings(secondary=("post-16",)))


@pytest.mark.parametrize(
    ("until", "soon"),
    [(None, False), (date(2022, 3, 20), False), (MARCH, True), (date(2022, 7, 19), True), (date(2022, 7, 20), False)],
)
def test_a_term_that_ends_within_four_months_is_shown(until: date | None, soon: bool) -> None:
    assert ends_soon(until, MARCH) is soon


@pytest.mark.parametrize(
    ("kind", "until", "fine"),
    [
        (BodyKind.MAINTAINED, date(2026, 3, 20), True), (BodyKind.MAINTAINED, date(2026, 3, 21), False),
        (BodyKind.MAINTAINED, None, True), (BodyKind.TRUST_BOARD, date(2042, 3, 20), True),
    ],
)  # fmt: skip
def test_a_maintained_governor_serves_four_years_at_a_time(kind: BodyKind, until: date | None, fine: bool) -> None:
    assert (why_not_so_long(kind, MARCH, until) == "") is fine


def test_who_has_sat_for_nine_years_is_named() -> None:
    four = [(date(2013, 3, 21), date(2017, 3, 20)), (date(2017, 3, 21), date(2021, 3, 20)), (date(2021, 3, 21), None)]
    sat = [*(("Long", Span(*one)) for one in four), ("Past", Span(date(2010, 1, 1), date(2022, 3, 20)))]
    sat.append(("Nearly", Span(date(2013, 3, 22), None)))
    sat += [("Back", Span(date(2012, 1, 1), date(2012, 12, 31))), ("Back", Span(date(2021, 6, 1), None))]
    sat += [("Pause", Span(date(2012, 1, 1), date(2016, 3, 1))), ("Pause", Span(date(2017, 3, 1), None))]
    sat += [("A year", Span(date(2012, 1, 1), date(2016, 3, 1))), ("A year", Span(date(2017, 3, 2), None))]
    sat += [("Chaired", Span(date(2013, 1, 1), None)), ("Chaired", Span(date(2019, 1, 1), date(2021, 1, 1)))]
    sat += [("To return", Span(date(2012, 1, 1), date(2022, 3, 20))), ("To return", Span(date(2022, 9, 1), None))]
    assert long_served(sat, MARCH) == [
        ("Chaired", date(2013, 1, 1)), ("Long", date(2013, 3, 21)), ("Pause", date(2012, 1, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "shown", "gias"),
    [
        (BodyKind.TRUST_BOARD, ShownTo.PUBLIC, True),
        (BodyKind.MAINTAINED, ShownTo.PUBLIC, True),
        (BodyKind.PARTNERSHIP_BOARD, ShownTo.MEMBERS, False),
        (BodyKind.COMMITTEE, ShownTo.MEMBERS, False),
        (BodyKind.WORKING_GROUP, ShownTo.BODY, False),
    ],
)
def test_what_is_published_and_stands_in_gias_follows_from_the_kind(kind: BodyKind, shown: ShownTo, gias: bool) -> None:
    assert (shown_usually(kind), is_in_gias(kind)) == (shown, gias)


def test_the_board_of_the_prospectus_has_ten_places_and_each_template_stands_by_itself() -> None:
    board = [title for one in BY_CODE["board"].lines if one.title != "Clerk" for title in seat_titles(one.title, one.number)]
    assert len(board) == 10 and "Other primary head 3" in board and "Independent chair" in board
    for one in BEGINNINGS:
        titles = [line.title for line in one.lines]
        assert len(titles) == len(set(titles)) and not {other for line in one.lines for other in line.other_than} - set(titles)
    assert term_words(4) == "4 years" and term_words(None) == "No set term"


@pytest.mark.parametrize(
    ("template", "schools", "first"),
    [
        (Template.LEARNING, 3, ["steering", "board"]),
        (Template.LEARNING, 10, ["steering", "board"]),
        (Template.LEARNING, 11, ["board", "steering"]),
        (Template.TRUST, 3, ["headboard", "members"]),
    ],
)
def test_the_simplest_board_comes_first_where_schools_are_few(template: Template, schools: int, first: list[str]) -> None:
    assert [one.code for one in beginnings_for(template, schools)][:2] == first


@pytest.mark.parametrize(
    ("who", "makes", "keeps", "sees"),
    [
        (OFFICE, True, True, True),
        (HEAD, False, False, True),
        (ASKED, False, False, False),
        (seated("member"), False, False, True),
        (seated("chair"), False, False, True),
        (seated("clerk"), False, True, True),
        (seated("clerk", "another"), False, False, True),
        (Standing(), False, False, False),
    ],
)
def test_the_office_makes_bodies_and_a_clerk_keeps_their_own(who: Standing, makes: bool, keeps: bool, sees: bool) -> None:
    assert may_make_body(who, "alder").allowed is makes
    assert may_keep_body(who, "alder", "board").allowed is keeps
    assert may_see_bodies(who, "alder").allowed is sees
    assert may_keep_holder(who, "alder", ["board"], "somebody").allowed is keeps
    assert may_keep_holder(who, "alder", [], who.person or "").allowed is (who.person is not None)
    assert not may_see_bodies(who, "birch")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (OFFICE, "body members public"),
        (HEAD, "members public"),
        (ASKED, "public"),
        (seated("member"), "body members public"),
        (seated("member", "another"), "members public"),
        (Standing(), "public"),
    ],
)
def test_interests_are_shown_as_the_kind_of_body_has_it(who: Standing, seen: str) -> None:
    assert [one.value for one in ShownTo if may_see_interests(who, "alder", "board", one)] == seen.split()
    assert may_see_skills(who, "alder", "board").allowed is ("body" in seen.split())  # of the body alone
