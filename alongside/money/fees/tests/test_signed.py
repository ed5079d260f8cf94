"""What a school signed for is the most that it is asked for."""

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.members.membership.models import Signature
from alongside.members.partnerships.models import Partnership
from alongside.money.budget.models import FeeYear
from alongside.money.fees.actions import issuing, year_two
from alongside.money.fees.queries.due import preview_issue
from alongside.money.fees.queries.signed import texts_of
from alongside.money.fees.queries.year_two import beyond_the_fee
from alongside.money.fees.rules.charges import why_no_charge
from alongside.money.fees.rules.signed import SignedText, fee_problem, suggested_fee
from alongside.money.fees.tests import make
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests.make import as_office, key_on, room, text_of, words_of
from tests.shown import seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
COSTS = "£1,500 a year, £3,000 at most in all."


def of_two(costs: str = COSTS) -> Partnership:
    """Two schools that have signed a text; no fee is set up yet."""
    of = make.partnership()
    make.says(of, costs)
    make.sign(of, *make.schools(2))
    return of


@pytest.mark.parametrize(
    ("amount", "signed_for", "refused"),
    [
        (150_000, 150_000, False),
        (150_001, 150_000, True),
        (90_000, 150_000, False),
        (200_000, None, False),
        (1, 0, True),
        (0, 0, False),
    ],
)
def test_a_fee_is_refused_above_what_was_signed(amount: int, signed_for: int | None, refused: bool) -> None:
    why = why_no_charge(amount, is_member=True, is_annual_fee=True, signed_for=signed_for)
    assert bool(why) is refused


@pytest.mark.parametrize(
    ("texts", "amount", "suggested", "refused"),
    [
        ([], 200_000, 150_000, False),
        ([SignedText(1, 2, 120_000, 120_000)], 120_000, 120_000, False),
        ([SignedText(1, 2, 120_000, 120_000)], 120_001, 120_000, True),
        ([SignedText(1, 2, 120_000, 120_000), SignedText(2, 0, 200_000, 200_000)], 200_000, 200_000, False),
        ([SignedText(1, 2, None, None)], 900_000, 150_000, False),
        ([SignedText(1, 2, None, 100_000)], 100_001, 100_000, True),
        ([SignedText(1, 2, None, 200_000)], 200_000, 150_000, False),
        ([SignedText(1, 2, None, None), SignedText(2, 0, 120_000, 120_000)], 200_000, 120_000, False),
        ([SignedText(1, 2, 200_000, 200_000), SignedText(2, 0, 120_000, 120_000)], 200_000, 120_000, False),
        ([SignedText(1, 2, 0, 0)], 1, 0, True),
    ],
)
def test_the_fee_comes_from_the_text_and_is_not_set_above_every_text(
    texts: list[SignedText], amount: int, suggested: int, refused: bool
) -> None:
    assert suggested_fee(texts, 150_000) == suggested and bool(fee_problem(amount, texts)) is refused


def test_what_a_text_calls_the_most_is_told_as_the_most() -> None:
    costs = "£1,500 for the first year. At most £1,500 for the second year, less if money is left over."
    first, second = (texts_of({(1, costs): 86}, year)[0].words for year in (1, 2))
    assert first == "Version 1 of the prospectus, signed by 86 schools, says £1,500 for this year."
    assert "says at most £1,500 for" in SignedText(1, 86, None, 150_000).words
    assert second == "Version 1 of the prospectus, signed by 86 schools, says at most £1,500 for this year."


def test_the_set_up_shows_and_suggests_the_sum_of_the_text_and_refuses_a_higher_one() -> None:
    of = of_two("£1,250.50 a year.")
    page = words_of(as_office(of), f"{room(of)}set-up/")
    assert (
        'value="1,250.50"' in page and "Version 1 of the prospectus, signed by 2 schools, says £1,250.50 for this year." in page
    )
    with pytest.raises(Invalid, match="publish a version that says £2,000"):
        make.set_up(of, year_one_fee=200_000)
    assert not FeeYear.objects.exists()


def test_what_was_set_before_the_text_is_not_asked_for_beyond_it() -> None:
    of = make.partnership()
    make.set_up(of, year_one_fee=200_000)
    make.says(of, COSTS)
    make.sign(of, *make.schools(2))
    with pytest.raises(Conflict, match="2 schools signed for less"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    page = words_of(as_office(of), f"{room(of)}issue/")
    assert "2 schools signed for less" in page and "Change the fee" in page and "Write a new version" in page
    assert "It signed for £1,500 a year at most: £2,000 is more (version 1)" in page and not Invoice.objects.exists()


def test_each_school_is_held_to_the_version_that_it_signed() -> None:
    of = of_two()
    make.says(of, "£2,000 a year.", 2)
    make.sign(of, make.school(900_500, "Signed the new one"), version=2)
    make.set_up(of, year_one_fee=200_000)
    preview = preview_issue(of, viewer=make.office(of))[1]
    assert [one.name for one in preview.ready] == ["Signed the new one"] and len(preview.beyond) == 2
    client = as_office(of)
    page = words_of(client, f"{room(of)}issue/")
    assert "2 schools signed for less than the fee that is set, and get none." in page
    sent = {"key": key_on(page), "seen": seen_on(page), "number": 1}
    assert "number ELP-0001" in text_of(client.post(f"{room(of)}issue/", sent, follow=True))
    assert list(Invoice.objects.values_list("school_name", "total")) == [("Signed the new one", 200_000)]


def test_a_school_that_signed_anew_is_held_to_what_it_signed_last() -> None:
    of = of_two()
    first = Signature.objects.order_by("pk").first()
    assert first
    Signature.objects.filter(pk=first.pk).update(withdrawn_at=first.signed_at, withdrawn_by_decision="The board, 1 April")
    Signature.objects.create(
        partnership=of, school=first.school, text_hash="2" * 64, name="The head", post="Headteacher",
        authority=first.authority, authority_on=first.authority_on,
        prospectus=make.says(of, "£2,000 a year.", 2), batch=keys.new_key(), signed_at=clock.now(),
    )  # fmt: skip
    make.set_up(of, year_one_fee=200_000)
    assert [one.school for one in preview_issue(of, viewer=make.office(of))[1].ready] == [first.school_id]


def test_year_two_opens_at_what_the_text_says_of_it() -> None:
    of = of_two("£1,500 for the first year, at most £1,200 for the second.")
    make.set_up(of)
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    assert "£1,200.00" in words_of(as_office(of), f"{room(of)}year-2/")
    assert year_two.open_next_year(partnership=of, by=make.office(of)).amount == 120_000


def test_the_check_finds_what_was_asked_beyond_the_signed_text() -> None:
    of = of_two("What the board decides.")
    make.set_up(of, year_one_fee=200_000)
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    assert beyond_the_fee(of, viewer=make.office(of)) == (2, [])
    make.says(of, COSTS)  # as if the schools had signed a text that says less: the check reads what they signed
    looked_at, found = beyond_the_fee(of, viewer=make.office(of))
    assert looked_at == 2 and [(one.amount, one.signed) for one in found] == [(200_000, "£1,500, version 1")] * 2
    assert "Extra charges to members" in words_of(as_office(of), f"{room(of)}extra-charges/")
