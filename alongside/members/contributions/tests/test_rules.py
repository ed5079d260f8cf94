from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from alongside.members.contributions import rules
from alongside.members.contributions.rules import Gift, GiftKind, Unit

TODAY = date(2022, 3, 8)
D = Decimal


@pytest.mark.parametrize(
    ("kind", "amount", "receiver", "on", "fields"),
    [
        (GiftKind.VISIT, "0.5", "b", TODAY, []),
        (GiftKind.VISIT, "0.25", "b", TODAY, ["amount"]),
        (GiftKind.VISIT, "0", "b", TODAY, ["amount"]),
        (GiftKind.VISIT, "-1", "b", TODAY, ["amount"]),
        (GiftKind.VISIT, "201", "b", TODAY, ["amount"]),
        (GiftKind.ADVICE, "0.25", "b", TODAY, []),
        (GiftKind.ADVICE, "0.1", "b", TODAY, ["amount"]),
        (GiftKind.SESSION, "12", "b", TODAY, []),
        (GiftKind.SESSION, "1.5", "b", TODAY, ["amount"]),
        (GiftKind.RESOURCE, "1", "b", TODAY, []),
        (GiftKind.VISIT, "1", "a", TODAY, ["receiver"]),
        (GiftKind.VISIT, "1", "b", date(2022, 3, 9), ["on"]),
        (GiftKind.VISIT, "1", "b", date(1999, 12, 31), ["on"]),
        (GiftKind.VISIT, "0.3", "a", date(2022, 3, 9), ["receiver", "on", "amount"]),
    ],
)
def test_a_contribution_that_makes_no_sense_says_what_to_do(
    kind: GiftKind, amount: str, receiver: str, on: date, fields: list[str]
) -> None:
    assert list(rules.problem_of(Gift(kind, D(amount), "a", receiver, on), TODAY)) == fields


@pytest.mark.parametrize(
    ("unit", "amount", "words"),
    [
        (Unit.DAYS, "1", "1 day"), (Unit.DAYS, "1.00", "1 day"), (Unit.DAYS, "2.50", "2.5 days"), (Unit.DAYS, "0.5", "0.5 days"),
        (Unit.PLACES, "100", "100 places"), (Unit.USES, "1", "1 use"), (Unit.HOURS, "0.25", "0.25 hours"),
    ],
)  # fmt: skip
def test_an_amount_in_words(unit: Unit, amount: str, words: str) -> None:
    assert unit.words(D(amount)) == words


def test_amounts_are_added_unit_by_unit_and_each_partner_counts_once() -> None:
    side = rules.side_of(
        [
            (GiftKind.VISIT, D("1"), "b"),
            (GiftKind.SUPPORT, D("0.5"), "c"),
            (GiftKind.SESSION, D("12"), "b"),
            (GiftKind.HOSTING, D("3"), "b"),
        ]
    )
    assert side == rules.Side(4, 2, ((Unit.DAYS, D("1.5")), (Unit.PLACES, D("15"))))
    assert side.words == "1.5 days, 15 places"
    assert rules.side_of([]) == rules.Side() and rules.Side().words == ""


@pytest.mark.parametrize(("pupils", "words"), [(60, "5 days"), (300, "1 day"), (1_200, "0.25 days"), (0, None), (None, None)])
def test_beside_the_plain_amount_stands_that_for_every_hundred_pupils(pupils: int | None, words: str | None) -> None:
    scaled = rules.for_size(rules.Side(2, 1, ((Unit.DAYS, D("3")),)), pupils)
    assert (scaled and scaled.words) == words


GIFTS = st.lists(
    st.tuples(st.sampled_from(GiftKind), st.integers(1, 100).map(lambda n: D(n) / 2), st.sampled_from("abcdef")), max_size=40
)


@given(GIFTS, GIFTS)
def test_adding_is_the_same_in_one_heap_as_in_two(one: list, two: list) -> None:
    whole, first, second = (dict(rules.side_of(rows).amounts) for rows in (one + two, one, two))
    assert whole == {unit: first.get(unit, D(0)) + second.get(unit, D(0)) for unit in whole}
    assert rules.side_of(one + two).pieces == len(one) + len(two)
    assert sum(whole.values()) == sum(amount for _, amount, _ in one + two)
