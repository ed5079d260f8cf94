"""Who stands, who watches, what a ballot may hold, and when people vote, by the rules."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.deciding.elections.permissions import (
    may_answer_nomination,
    may_cast_vote,
    may_name_voter,
    may_nominate_candidate,
    may_open_box,
    may_run_election,
    may_see_roll,
    may_tell_voters,
    may_watch_box,
)
from alongside.deciding.elections.rules.picture import transfers
from alongside.deciding.elections.rules.published import votes_words
from alongside.deciding.elections.rules.standing import (
    CandidateState,
    ContestOutcome,
    Method,
    can_be_opened,
    choice_problem,
    in_order,
    is_few,
    is_small,
    nominated_already,
    nomination_shown,
    outcome_of,
    scrutineer_problem,
    shortfall_words,
    statement_problem,
    what_they_are,
    why_not_stand,
)
from alongside.deciding.elections.rules.timetable import ballot_problem, nominations_problem, suggested_ballot, vacancy_words
from alongside.ground.core.standing import ACTING, Held, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.calendar.rules.days import Named, SchoolDays

EASTER = Named("Easter holidays", date(2022, 4, 2), date(2022, 4, 18))
ACROSS = {"closes_on": "The ballot would lie in or across a holiday (Easter holidays): choose other days"}
HALF_TERM = Named("Half-term", date(2022, 5, 30), date(2022, 6, 3))  # until a Friday
DAYS = SchoolDays({date(2022, 5, 2): "Early May bank holiday"}, (EASTER, HALF_TERM))


@pytest.mark.parametrize(
    ("opens", "closes", "problem"),
    [
        (date(2022, 3, 28), date(2022, 4, 1), {}),
        (date(2022, 3, 28), date(2022, 3, 31), {"closes_on": "A ballot lasts at least 5 school days: this one has 4"}),
        (date(2022, 3, 28), date(2022, 3, 28), {"closes_on": "A ballot lasts at least 5 school days: this one has 1"}),
        (date(2022, 3, 29), date(2022, 4, 20), ACROSS),
        (date(2022, 3, 28), EASTER.first_on, ACROSS),
        (EASTER.last_on, date(2022, 4, 25), ACROSS),
        (date(2022, 3, 31), date(2022, 3, 30), {"closes_on": "The last day cannot be before the first"}),
        (date(2022, 3, 25), date(2022, 4, 1), {"opens_on": "The ballot opens on 28 March 2022 at the earliest"}),
        (date(2022, 4, 29), date(2022, 5, 6), {}),  # a bank holiday is no school day, and no holiday to be crossed
        (date(2022, 5, 2), date(2022, 5, 6), {"closes_on": "A ballot lasts at least 5 school days: this one has 4"}),
    ],
)  # fmt: skip
def test_a_ballot_lasts_five_school_days_and_crosses_no_holiday(opens: date, closes: date, problem: dict[str, str]) -> None:
    assert ballot_problem(opens, closes, date(2022, 3, 28), DAYS) == problem


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (date(2022, 3, 18), (date(2022, 3, 23), date(2022, 3, 29))),
        (date(2022, 3, 24), (date(2022, 4, 19), date(2022, 4, 25))),  # five days before Easter are not left
        (date(2022, 4, 28), (date(2022, 5, 4), date(2022, 5, 10))),
        (date(2022, 5, 19), (date(2022, 6, 6), date(2022, 6, 10))),  # not from the Saturday after half-term
    ],
)
def test_the_first_days_that_may_be_are_suggested(after: date, days: tuple[date, date]) -> None:
    assert suggested_ballot(after, DAYS) == days


def test_where_no_school_day_is_known_three_weeks_are_suggested_and_refused() -> None:
    closed = SchoolDays({}, (Named("Closed", date(2022, 1, 1), date(2030, 1, 1)),))
    first, last = suggested_ballot(date(2022, 3, 18), closed)
    assert last == first + timedelta(days=20) and "holiday (Closed)" in ballot_problem(first, last, first, closed)["closes_on"]


@pytest.mark.parametrize(("until", "fine"), [(date(2022, 3, 8), False), (date(2022, 3, 9), True), (date(2023, 3, 8), False)])
def test_nominations_stay_open_for_another_day_at_least(until: date, fine: bool) -> None:
    assert (nominations_problem(until, date(2022, 3, 8)) == "") is fine


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, ""),
        (-1, ""),
        (0, "may stay vacant until then"),
        (183, "may stay vacant until then"),
        (184, "serves the rest of the term, until 8 September 2022"),
    ],
)
def test_a_vacancy_in_term_brings_a_by_election_or_stays_vacant_for_less_than_six_months(left: int | None, words: str) -> None:
    today = date(2022, 3, 8)
    said = vacancy_words(None if left is None else today + timedelta(days=left), today)
    assert words in said and bool(words) == bool(said)


@pytest.mark.parametrize(
    ("candidates", "seats", "outcome"),
    [(0, 1, "uncontested"), (3, 3, "uncontested"), (4, 3, "contested"), (2, 1, "contested")],
)
def test_who_is_not_contested_is_elected(candidates: int, seats: int, outcome: str) -> None:
    assert outcome_of(candidates, seats) == ContestOutcome(outcome)


@pytest.mark.parametrize(
    ("candidates", "seats", "is_second", "words"),
    [
        (3, 3, False, ""),
        (1, 3, False, "2 seats have no candidate: nominations can be opened once more"),
        (0, 1, True, "1 seat has no candidate, and stays vacant"),
    ],
)
def test_a_shortfall_opens_nominations_once_more(candidates: int, seats: int, is_second: bool, words: str) -> None:
    assert shortfall_words(candidates, seats, is_second) == words


@pytest.mark.parametrize(
    ("unqualified", "held", "stood", "why"),
    [
        ("", [], "", ""),
        ("", [("a", "Other primary head 1")], "", ""),  # their own seat, which this election fills
        ("not head of a member school", [], "", "Ann is not head of a member school"),
        ("", [("z", "HASH representative")], "", "Ann sits on the body already: HASH representative"),
        ("", [], "Other secondary head", "Ann stands for Other secondary head already"),
    ],
)
def test_who_may_stand(unqualified: str, held: list[tuple[str, str]], stood: str, why: str) -> None:
    assert why_not_stand("Ann", unqualified, held, {"a", "b"}, stood) == why
    to_herself = why.replace("Ann is", "You are").replace("Ann sits", "You sit").replace("Ann stands", "You stand")
    assert why_not_stand("", unqualified, held, {"a", "b"}, stood) == to_herself


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ((), "not head of a member school"),
        (("primary",), "head of a primary school, and the seat is for secondary heads"),
        (("primary", "all-through"), "head of an all-through school and a primary school, and the seat is for secondary heads"),
    ],
)
def test_what_somebody_is_who_is_not_what_a_seat_asks_for(kinds: tuple[str, ...], words: str) -> None:
    assert what_they_are(kinds, "Secondary heads") == words


WAITS = "Nominated, has not answered yet"


@pytest.mark.parametrize(
    ("state", "is_nominating", "shown", "again"),
    [
        (
            CandidateState.ASKED,
            True,
            ("Nominated, has not answered yet", "amber"),
            "Ann is nominated already, and has not answered yet",
        ),
        (CandidateState.ASKED, False, ("Did not answer, does not stand", "grey"), ""),
        (CandidateState.STANDS, True, ("Stands", "green"), "Ann stands already"),
        (CandidateState.DECLINED, False, ("Declined", "grey"), "Ann was nominated already, and does not stand"),
    ],
)
def test_a_nomination_in_words_while_it_is_open_and_after(
    state: CandidateState, is_nominating: bool, shown: tuple[str, str], again: str
) -> None:
    assert nomination_shown(state, is_nominating) == shown
    assert not again or nominated_already("Ann", state) == again


@pytest.mark.parametrize(("words", "why"), [(0, ""), (150, ""), (151, "Use at most 150 words: it has 151")])
def test_a_statement_has_at_most_150_words(words: int, why: str) -> None:
    assert statement_problem("word’s \n" * words) == why


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ("abc", ""),
        ("ab", "Choose three people"),
        ("aab", "Choose three people"),
        ("abB", "Choose people of three different schools"),
        ("abX", ""),
        ("ab-", "Choose people of the partnership"),
        ("aAX", "Choose people of three different schools"),
        ("abk", "A candidate"),
        ("abo", "The returning"),
        ("abp", "The returning"),
    ],
)
def test_three_others_of_three_schools_watch(people: str, why: str) -> None:
    """A and B are of the schools of a and b; X leads the schools of a and c."""
    schools = {one: {"X": "ac", "-": ""}.get(one, one.lower()) for one in people}
    said = scrutineer_problem(schools, {"k"}, {"o", "p"}, 3)
    assert said.startswith(why) and bool(said) == bool(why)


def test_where_two_schools_vote_both_watch() -> None:
    assert not scrutineer_problem({"a": "x", "b": "x", "c": "y"}, {"k"}, {"o"}, 2)
    assert scrutineer_problem({"a": "x", "b": "x", "c": "x"}, {"k"}, {"o"}, 2)


@pytest.mark.parametrize(
    ("chosen", "method", "fine"),
    [
        ([], Method.MARKS, True),
        ([0, 1], Method.MARKS, True),
        ([0, 1, 2], Method.MARKS, False),
        ([0, 1, 2], Method.TRANSFERABLE, True),
        ([0, 0], Method.TRANSFERABLE, False),
        ([3], Method.MARKS, False),
        ([-1], Method.MARKS, False),
    ],
)
def test_what_a_ballot_may_hold(chosen: list[int], method: Method, fine: bool) -> None:
    assert (choice_problem(chosen, 3, 2, method) == "") is fine


@pytest.mark.parametrize(
    ("numbers", "order"),
    [([2, None, 1], (2, 0)), ([None] * 3, ()), ([1, 3, None], None), ([1, 1, None], None), ([2, None, None], None)],
)
def test_numbers_beside_candidates_say_an_order_or_none(numbers: list[int | None], order: tuple[int, ...] | None) -> None:
    assert in_order(numbers) == order


@pytest.mark.parametrize(("schools", "small"), [(0, True), (5, True), (6, False), (97, False)])
def test_fewer_than_six_schools_are_told_that_the_result_may_tell(schools: int, small: bool) -> None:
    assert is_small(schools) is small


@pytest.mark.parametrize(("votes", "words"), [(0, "0"), (1_234 * 100_000, "1,234"), (33_333, "0.33333"), (400_005, "4.00005")])
def test_votes_are_written_whole_or_with_five_decimals(votes: int, words: str) -> None:
    assert votes_words(votes) == words


def test_the_picture_keeps_every_vote_in_every_column() -> None:
    stages = [
        {"votes": [600_000, 200_000, 200_000], "spent": 0, "elected": [0], "mover": None, "out": False},
        {"votes": [400_000, 350_000, 200_000], "spent": 50_000, "elected": [1], "mover": 0, "out": False},
    ]
    drawn = transfers(stages, ["Ann", "Bo", "Cy"], ["First", "Surplus"])
    assert [round(sum(one.height for one in drawn.blocks if one.x == x)) for x in (0, 170)] == [240, 240]
    assert [len([one for one in drawn.blocks if one.x == x]) for x in (0, 170)] == [3, 4]  # nothing of nobody’s at first
    ends = [re.findall(r" ([\d.]+)V([\d.]+)C", one.path)[0] for one in drawn.flows]
    assert [(one.tone, round(float(low) - float(high))) for one, (high, low) in zip(drawn.flows, ends, strict=True)] == [
        ("green", 96), ("green", 48), ("amber", 36), ("light", 48), ("amber", 12),
    ]  # fmt: skip
    assert [words for _, _, words in drawn.texts] == ["Ann", "Bo", "Cy", "1", "2"]


OAK = frozenset({("elm", "oak")})
HEAD = Standing("ann", roles=frozenset({usual(Post.HEAD, school="oak")}), memberships=OAK, belonging=OAK)
ASKED = Standing("bo", roles=frozenset({usual(Post.HEAD, school="ash")}), memberships=frozenset({("elm", "ash")}))
CLERK = Standing("cy", roles=frozenset({usual(Post.BUSINESS_MANAGER, school="oak")}), memberships=OAK, belonging=OAK)
OFFICE = Standing("mo", roles=frozenset({usual(Post.MANAGER, partnership="elm")}))
ACTS = Held(Post.HEAD, school="oak", opens=ACTING, acts_for="ann", for_name="Ann")
ACTING_HEAD = Standing("al", roles=frozenset({ACTS}), memberships=OAK, belonging=OAK)
THROUGH = Standing("di", roles=frozenset({usual(Post.HEAD, school="oak", through="fir")}), memberships=OAK, belonging=OAK)


@pytest.mark.parametrize(
    ("who", "nominates", "names", "casts"),
    [
        (HEAD, True, True, True),
        (CLERK, False, False, True),
        (ASKED, False, False, False),
        (OFFICE, False, False, False),
        (THROUGH, False, False, False),
        (ACTING_HEAD, False, False, False),  # who acts for a head does not act in an election
        (Standing(), False, False, False),
    ],
)
def test_who_nominates_names_and_votes(who: Standing, nominates: bool, names: bool, casts: bool) -> None:
    assert may_nominate_candidate(who, "elm").allowed is nominates
    assert may_name_voter(who, "elm", "oak").allowed is names
    assert may_cast_vote(who, "elm", "oak", who.person or "-").allowed is casts  # named, and at the school
    assert not may_cast_vote(who, "elm", "oak", "somebody")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (HEAD, True),
        (replace(CLERK, person="ann"), True),  # whatever their post
        (replace(HEAD, belonging=frozenset()), False),  # the school has left
        (replace(HEAD, roles=frozenset()), False),
        (replace(OFFICE, person="ann"), False),
        (replace(THROUGH, person="ann"), False),
        (replace(ACTING_HEAD, person="ann"), False),
    ],
)
def test_a_scrutineer_watches_and_opens_while_they_are_of_a_school_of_the_partnership(who: Standing, may: bool) -> None:
    assert may_open_box(who, "elm", ("ann",)).allowed is may_watch_box(who, "elm", "ann").allowed is may


@pytest.mark.parametrize(("ballots", "few"), [(0, True), (9, True), (10, False)])
def test_fewer_than_ten_ballots_are_not_listed(ballots: int, few: bool) -> None:
    assert is_few(ballots) is few


@pytest.mark.parametrize(("left", "opens"), [(3, True), (2, True), (1, False), (0, False)])
def test_two_scrutineers_open_the_box(left: int, opens: bool) -> None:
    assert can_be_opened(left) is opens


@pytest.mark.parametrize(("candidates", "scrutineers", "runs"), [((), (), True), (("mo",), (), False), ((), ("mo",), False)])
def test_a_returning_officer_neither_stands_nor_watches(
    candidates: tuple[str, ...], scrutineers: tuple[str, ...], runs: bool
) -> None:
    assert may_run_election(OFFICE, "elm", candidates, scrutineers).allowed is runs
    assert not may_run_election(HEAD, "elm", candidates, scrutineers)


def test_the_roll_is_seen_and_the_box_opened_by_those_who_watch() -> None:
    assert may_see_roll(OFFICE, "elm", (), False) and not may_see_roll(HEAD, "elm", ("ann",), False)
    assert may_see_roll(HEAD, "elm", ("ann",), True) and not may_see_roll(HEAD, "elm", ("bo",), True)
    assert not may_open_box(OFFICE, "elm", ("ann",)) and not may_open_box(Standing(), "elm", ("ann",))
    assert not may_watch_box(HEAD, "elm", "bo")
    assert may_answer_nomination(HEAD, "ann") and not may_answer_nomination(OFFICE, "ann")
    assert may_tell_voters(Standing.system()) and not may_tell_voters(OFFICE)
