"""What the words that a school signs say of the fee, in pounds; None where they name no sum, or cannot be read surely."""

import pytest

from alongside.members.membership.rules.costs import fee_said, is_most_said, most_said

NOT_SURE = (None, None)


def pence(*pounds: int | None) -> list[int | None]:
    return [None if one is None else 100 * one for one in pounds]


@pytest.mark.parametrize(
    ("costs", "fee", "most"),
    [
        # of each of the first two years: the fee, and the most that can be asked for
        ("£1,500 a year, or €1,800.", NOT_SURE, NOT_SURE),
        ("It costs schools nothing: the council pays.", NOT_SURE, (0, 0)),
        ("Membership is free. Year 2 costs £300.", (None, 300), (None, 300)),
        ("Membership is free. From the second year it costs £300.", (None, 300), (None, 300)),
        ("Membership comes free of charge; year 2 costs £100.", (None, 100), (None, 100)),
        ("£500 for each school. The second year is free.", (None, 0), (500, 0)),
        ("£300 from the second year, £1,200 in all.", (None, 300), (None, 300)),
        ("£500 a year; the second year, free.", (500, 0), (500, 0)),
        ("£500 a year, free from year 3.", (500, 500), (500, 500)),
        ("From year 3 it is free.", NOT_SURE, NOT_SURE),
        ("Half, but £500 in year 2.", NOT_SURE, NOT_SURE),
        ("From year 1 £500.", NOT_SURE, NOT_SURE),
        ("In the first year £2 a pupil.", NOT_SURE, NOT_SURE),
        ("£500 in year 1 or year 2.", NOT_SURE, NOT_SURE),
        ("£500 a year. A school may leave in year 1 or year 2.", (500, 500), (500, 500)),
        ("Year 2: £1,200; year 2 for a small school: £500.", (None, 1_200), (None, 1_200)),
        ("The third year £300, the first year £500, then £200.", (500, None), (500, None)),
        ("The first year, as agreed, £500.", (500, None), (500, None)),
        ("In year 2 £500 a year.", (None, 500), (None, 500)),
        ("The second is £300.", (None, 300), (None, 300)),
        ("The first invoice is £500 a year.", (500, 500), (500, 500)),
        # by the month, or in a month
        ("£500 a year: £300 in autumn, £200 in spring.", (500, 500), (500, 500)),
        ("£500 a year: £300 in autumn, £100 in spring.", NOT_SURE, NOT_SURE),
        ("It costs £500. Pay in April or in September.", NOT_SURE, (500, 500)),
        ("The first year costs £500, in April or in May.", (500, None), (500, None)),
        ("In autumn or in spring £500 a year.", (500, 500), (500, 500)),
    ],
)
def test_the_fee_and_the_most_are_read_from_the_words(
    costs: str, fee: tuple[int | None, int | None], most: tuple[int | None, int | None]
) -> None:
    assert [fee_said(costs, 1), fee_said(costs, 2)] == pence(*fee)
    assert [most_said(costs, 1), most_said(costs, 2)] == pence(*most)


def test_the_most_of_a_later_year_is_not_said_of_the_first() -> None:
    assert [is_most_said("At most £500 from the second year.", year) for year in (1, 2, 3)] == [False, True, True]
