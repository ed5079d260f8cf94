from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from alongside.members.contributions import rules
from alongside.members.contributions.rules import Gift, GiftKind, Unit, much_words

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
        (GiftKind.VISIT, "1", "b", rules.EARLIEST, []),
        (GiftKind.VISIT, str(rules.MOST[Unit.DAYS]), "b", TODAY, []),
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
        (Unit.DAYS, "1", "1 day"), (Unit.DAYS, "1.00", "1 day"), (Unit.DAYS, "2.50", "2½ days"), (Unit.DAYS, "0.5", "half a day"),
        (Unit.DAYS, "1200", "1,200 days"), (Unit.DAYS, "1.27", "1½ days"), (Unit.DAYS, "2.1", "2 days"),
        (Unit.DAYS, "0.25", "1 hour 38 minutes"), (Unit.DAYS, "0.07", "27 minutes"), (Unit.DAYS, "0.001", "under a minute"),
        (Unit.PLACES, "100", "100 places"), (Unit.USES, "1", "1 use"), (Unit.PLACES, "1.5", "2 places"),
        (Unit.HOURS, "0.25", "15 minutes"), (Unit.HOURS, "1", "1 hour"), (Unit.HOURS, "2.5", "2 hours 30 minutes"),
        (Unit.HOURS, "0.07", "4 minutes"), (Unit.HOURS, "0.999", "1 hour"), (Unit.HOURS, "0.004", "under a minute"),
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
    assert side.words == "1½ days, 15 places"
    assert rules.side_of([]) == rules.Side() and rules.Side().words == ""


@pytest.mark.parametrize(
    ("unit", "amount", "pupils", "words"),
    [
        (Unit.DAYS, "3", 60, "5 days"),
        (Unit.DAYS, "3", 300, "1 day"),
        (Unit.DAYS, "3", 1_200, "1 hour 38 minutes"),
        (Unit.HOURS, "0.25", 370, "4 minutes"),
        (Unit.HOURS, "6", 240, "2 hours 30 minutes"),
        (Unit.USES, "1", 370, "1 use for every 370 pupils"),
        (Unit.USES, "3", 1_000, "1 use for every 333 pupils"),
        (Unit.USES, "12", 370, "3 uses"),
        (Unit.PLACES, "2", 201, "1 place for every 101 pupils"),
        (Unit.PLACES, "2", 200, "1 place"),
        (Unit.DAYS, "3", 0, ""),
        (Unit.DAYS, "3", None, ""),
    ],
)
def test_beside_the_plain_amount_stands_that_for_every_hundred_pupils(
    unit: Unit, amount: str, pupils: int | None, words: str
) -> None:
    assert rules.for_size(rules.Side(2, 1, ((unit, D(amount)),)), pupils) == words


@given(st.sampled_from(Unit), st.integers(1, 4_000), st.integers(1, 4_000))
def test_no_figure_is_a_fraction_in_digits(unit: Unit, quarters: int, pupils: int) -> None:
    side = rules.Side(1, 1, ((unit, D(quarters) / 4),))
    assert "." not in side.words + rules.for_size(side, pupils) and rules.for_size(side, pupils)[:2] != "0 "


GIFTS = st.lists(
    st.tuples(st.sampled_from(GiftKind), st.integers(1, 100).map(lambda n: D(n) / 2), st.sampled_from("abcdef")), max_size=40
)


@given(GIFTS, GIFTS)
def test_adding_is_the_same_in_one_heap_as_in_two(one: list, two: list) -> None:
    whole, first, second = (dict(rules.side_of(rows).amounts) for rows in (one + two, one, two))
    assert whole == {unit: first.get(unit, D(0)) + second.get(unit, D(0)) for unit in whole}
    assert rules.side_of(one + two).pieces == len(one) + len(two)
    assert sum(whole.values()) == sum(amount for _, amount, _ in one + two)


@pytest.mark.parametrize(
    ("kind", "amount", "words"),
    [
        (GiftKind.VISIT, 1, "a review or visit, 1 day"),
        (GiftKind.RESOURCE, 1, "a resource, used once"),
        (GiftKind.RESOURCE, 3, "a resource, used 3 times"),
    ],
)
def test_a_piece_of_work_is_told_within_a_sentence(kind: GiftKind, amount: int, words: str) -> None:
    assert f"{kind.in_a_sentence}, {much_words(kind, D(amount))}" == words
