"""The reduction to the penny, the budget, the two years, the evaluation, and that nothing else is charged."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, strategies as st

from alongside.money.fees.permissions import may_charge
from alongside.money.fees.rules.charges import CLAUSE
from alongside.money.fees.rules.evaluation import Anchor, evaluation_on, why_late
from alongside.money.fees.rules.liability import Fate, Outcome, begins_with, fate_of, liability_words, owes_year, paid_words
from alongside.money.fees.rules.reduction import (
    JoinerCut,
    ShareOut,
    cut_for,
    fee_for_year,
    months_left,
    pool_for,
    share_out,
    to_credit,
)
from tests.figures import Figure

FULL = 150_000
PENCE = st.integers(0, 40_000_000)
Share = Callable[[int, int, list[int], int], ShareOut]


@pytest.mark.parametrize(
    ("pool", "members", "fee", "reserve"),
    [
        (1_234_567, 97, 137_273, 48),  # evidence H5
        (16_000_000, 97, 0, 1_450_000),
        (14_550_000, 97, 0, 0),
        (0, 97, 150_000, 0),
        (96, 97, 150_000, 96),
        (97, 97, 149_999, 0),
        (5_000, 0, 150_000, 5_000),
    ],
)
def test_what_is_given_back_is_shared_out_to_the_penny(pool: int, members: int, fee: int, reserve: int) -> None:
    shared = share_out(pool, FULL, [FULL] * members, FULL)
    assert (shared.fee, shared.reserve) == (fee, reserve)


def agrees(share: Share, pool: int, charged: list[int], joiners: str) -> bool:
    """Whether every school's invoice, what is given back and the reserve come out even, within the bounds."""
    shared = share(pool, FULL, charged, FULL, joiners)
    cuts = [cut_for(shared.each, charged_before=one, full_before=FULL, joiners=joiners) for one in charged]
    fees = [fee_for_year(FULL, cut) for cut in cuts]
    even = sum(fees) + pool == FULL * len(charged) + shared.reserve and sum(cuts) == shared.given
    odd = 2 * shared.members if joiners == JoinerCut.SHARE else shared.members  # parts are rounded down as well
    best = shared.each == FULL or not shared.members or shared.reserve < odd
    return even and best and shared.reserve >= 0 and all(0 <= one <= FULL for one in fees)


@given(PENCE, st.lists(st.sampled_from([FULL, FULL, 0, 62_500, 137_500]), max_size=300), st.sampled_from(list(JoinerCut)))
def test_not_a_penny_is_lost_or_made_whoever_joined_when(pool: int, charged: list[int], joiners: str) -> None:
    assert agrees(share_out, pool, charged, joiners)


def test_a_share_out_that_rounds_up_or_forgets_the_cap_is_caught(figure: Figure) -> None:
    def rounding_up(pool: int, maximum: int, charged: list[int], full: int, joiners: str) -> ShareOut:
        right = share_out(pool, maximum, charged, full, joiners)
        return ShareOut(pool, right.members, maximum, right.each + 1, right.given + right.members)

    def without_cap(pool: int, maximum: int, charged: list[int], full: int, joiners: str) -> ShareOut:
        each = pool // (len(charged) or 1)
        return ShareOut(pool, len(charged), maximum, each, each * len(charged))

    cases = [(pool, [FULL] * n) for pool in range(0, 16_000_001, 123_457) for n in (1, 3, 80, 97)]
    right = sum(agrees(share_out, pool, charged, "no") for pool, charged in cases)
    caught = [sum(not agrees(wrong, pool, charged, "no") for pool, charged in cases) for wrong in (rounding_up, without_cap)]
    figure(
        "H5", f"{len(cases)} share-outs, {len(cases) - right} wrong; planted rounding caught {caught[0]}, missing cap {caught[1]}"
    )
    assert right == len(cases) and min(caught) > 0


def test_equal_parts_agree_with_the_plain_sum() -> None:
    shared = share_out(1_234_567, FULL, [FULL] * 97, FULL)
    assert shared.fee * 97 + shared.pool == shared.maximum * shared.members + shared.reserve


@given(
    st.integers(0, FULL),
    st.lists(st.sampled_from([FULL, 0, 62_500, 37_501]), min_size=1, max_size=120),
    st.sampled_from(list(JoinerCut)),
)
def test_a_figure_for_each_school_comes_out_as_the_board_said_it(each: int, charged: list[int], joiners: str) -> None:
    charged = [FULL, *charged]
    assert share_out(pool_for(each, charged, FULL, joiners), FULL, charged, FULL, joiners).each == each


@pytest.mark.parametrize(
    ("joiners", "charged", "cut"),
    [
        ("no", 150_000, 12_727),
        ("no", 0, 0),
        ("no", 75_000, 0),
        ("yes", 0, 12_727),
        ("share", 0, 0),
        ("share", 75_000, 6_363),
    ],
)
def test_a_school_that_did_not_pay_the_year_before_gets_what_was_settled(joiners: str, charged: int, cut: int) -> None:
    assert cut_for(12_727, charged_before=charged, full_before=FULL, joiners=joiners) == cut


@pytest.mark.parametrize(
    ("cut", "months", "fee"),
    [(0, 12, FULL), (12_727, 12, 137_273), (200_000, 12, 0), (-5, 12, FULL), (0, 5, 62_500), (0, 0, 0), (0, 14, FULL)],
)
def test_a_fee_is_never_above_the_maximum_and_never_below_nothing(cut: int, months: int, fee: int) -> None:
    assert fee_for_year(FULL, cut, months=months) == fee


@pytest.mark.parametrize(
    ("joined", "left"),
    [((2022, 9), 12), ((2022, 10), 11), ((2023, 4), 5), ((2023, 8), 1), ((2023, 9), 0), ((2023, 11), 0), ((2022, 3), 12)],
)
def test_months_that_are_left_count_the_month_of_joining(joined: tuple[int, int], left: int) -> None:
    assert months_left(joined, (2022, 9)) == months_left(joined, (2022, 9), (2023, 8)) == left


@pytest.mark.parametrize(
    ("joined", "left"),
    [((2022, 3), 12), ((2022, 4), 11), ((2023, 1), 2), ((2023, 2), 1), ((2023, 3), 1), ((2023, 4), 0), ((2021, 12), 12)],
)
def test_who_joins_in_the_last_month_of_a_year_from_sign_up_pays_for_one(joined: tuple[int, int], left: int) -> None:
    assert months_left(joined, (2022, 3), (2023, 3)) == left  # 18 March 2022 to 18 March 2023
    assert fee_for_year(FULL, 0, months=left) == FULL * left // 12


@pytest.mark.parametrize(
    ("asked", "credited", "fee", "left", "credit"),
    [
        (150_000, 0, 137_273, 150_000, 12_727),
        (150_000, 12_727, 137_273, 137_273, 0),
        (150_000, 12_727, 120_000, 137_273, 17_273),
        (150_000, 20_000, 137_273, 130_000, 0),  # nothing is taken back
        (150_000, 0, 0, 40_000, 40_000),  # no more than is left of it
    ],
)
def test_a_cut_agreed_later_is_credited_once(asked: int, credited: int, fee: int, left: int, credit: int) -> None:
    assert to_credit(asked, credited, fee, left) == credit


# Decisions, liability, evaluation, charges


@pytest.mark.parametrize(
    ("left", "is_open", "merged", "fate"),
    [
        (False, True, False, Fate.MEMBER),
        (False, True, True, Fate.MEMBER),  # a conversion: the same school under another URN
        (True, True, False, Fate.LEFT),
        (False, False, False, Fate.CLOSED),
        (True, False, False, Fate.CLOSED),
        (False, False, True, Fate.MERGED),
    ],
)
def test_what_happened_to_a_school(left: bool, is_open: bool, merged: bool, fate: Fate) -> None:
    assert fate_of(left=left, is_open=is_open, merged=merged) == fate


@pytest.mark.parametrize(
    ("year", "belongs", "begins", "owes"),
    [(1, True, 1, True), (2, False, 1, True), (3, False, 1, False), (3, True, 1, True), (1, True, 2, False), (2, False, 2, True)],
)
def test_who_signed_owes_the_two_years_also_after_leaving(year: int, belongs: bool, begins: int, owes: bool) -> None:
    assert owes_year(year, term_years=2, belongs=belongs, begins_with=begins) is owes


def test_a_school_begins_with_the_year_that_was_open_when_it_joined() -> None:
    opened = {2: date(2023, 3, 20)}
    assert [begins_with(day, opened) for day in (date(2022, 3, 1), date(2023, 3, 20), date(2023, 3, 21))] == [1, 1, 2]


def test_a_liability_is_due_until_a_decision_says_otherwise() -> None:
    assert liability_words("", "", "") == "Due; nobody has decided otherwise"
    assert liability_words(Outcome.WAIVED, "Board, PB 1", "") == "Waived: Board, PB 1"
    assert liability_words(Outcome.TRANSFERRED, "Board, PB 1", "Elm Trust") == "Taken over by Elm Trust: Board, PB 1"


@pytest.mark.parametrize(
    ("anchor", "day", "evaluated", "late"),
    [
        (Anchor.SIGN_UP, date(2022, 3, 18), date(2023, 9, 18), False),
        (Anchor.FIRST_INVOICE, date(2022, 4, 1), date(2023, 10, 1), True),
        (Anchor.SUPPORT, date(2022, 9, 1), date(2024, 3, 1), True),
    ],
)
def test_each_anchor_gives_its_day_and_a_warning_under_six_months_before_the_end(
    anchor: Anchor, day: date, evaluated: date, late: bool
) -> None:
    assert evaluation_on(day) == evaluated and bool(why_late(evaluated, date(2024, 3, 18))) is late
    assert anchor.label


def test_the_warning_says_how_much_time_is_left() -> None:
    end = date(2024, 3, 18)
    assert "only 5 months before" in why_late(date(2023, 10, 1), end)
    assert "less than a month before" in why_late(date(2024, 3, 1), end)
    assert "after the two years have ended" in why_late(date(2024, 4, 1), end)
    assert evaluation_on(date(2022, 8, 31)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("evaluated", "ends", "said"),
    [
        (date(2024, 3, 1), date(2024, 8, 31), ""),  # support from 1 September 2022: the default way of counting
        (date(2024, 3, 2), date(2024, 8, 31), "only 5 months"),
        (date(2024, 2, 29), date(2024, 8, 31), ""),
        (date(2023, 9, 18), date(2024, 3, 18), ""),
        (date(2023, 9, 19), date(2024, 3, 18), ""),
        (date(2023, 9, 20), date(2024, 3, 18), "only 5 months"),
        (date(2023, 8, 31), date(2024, 2, 28), ""),
        (date(2024, 8, 1), date(2024, 8, 31), "only 1 month"),
        (date(2024, 8, 2), date(2024, 8, 31), "less than a month"),
        (date(2024, 8, 31), date(2024, 8, 31), "less than a month"),
        (date(2024, 9, 1), date(2024, 8, 31), "after the two years"),
    ],
)
def test_the_last_day_of_the_term_is_one_of_its_days(evaluated: date, ends: date, said: str) -> None:
    why = why_late(evaluated, ends)
    assert said in why and bool(why) is bool(said)


def test_a_lead_school_that_would_charge_members_25_pounds_is_refused_with_the_clause() -> None:
    refused = may_charge(2_500, is_member=True)
    assert not refused and CLAUSE in refused.reason
    assert may_charge(0, is_member=True) and may_charge(150_000, is_member=True, is_annual_fee=True)
    assert not may_charge(2_500, is_member=False) and may_charge(2_500, is_member=False, others_pay=True)


@pytest.mark.parametrize(("outcome", "paid", "told"), [("waived", 5, True), ("waived", 0, False), ("due", 5, False)])
def test_what_was_paid_of_a_fee_that_is_waived_is_to_be_given_back(outcome: str, paid: int, told: bool) -> None:
    assert bool(paid_words(outcome, "ELP-0001", paid)) is told
