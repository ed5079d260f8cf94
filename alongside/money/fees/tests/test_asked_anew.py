"""What was credited in full can be asked anew; what the board cut to nothing cannot."""

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.money.fees.actions import issuing, year_two
from alongside.money.fees.queries.due import count_due, preview_issue
from alongside.money.fees.tests import make
from alongside.money.fees.tests.years import APRIL, MINUTE, issue, opened
from alongside.money.invoices.actions import corrections
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.invoices import totals_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def credit(invoice: Invoice, amount: int) -> None:
    corrections.issue_credit_note(
        invoice=invoice, key=keys.new_key(), amount=amount, reason="To the wrong payer", seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
    )


def test_a_fee_that_was_credited_in_full_is_asked_anew_once_with_the_next_number() -> None:
    wrong, _ = make.issued(2)
    of = wrong.partnership
    credit(wrong, 149_999)
    assert count_due(of, viewer=make.office(of)) == {}, "a penny of it still stands"
    credit(wrong, 1)
    assert count_due(of, viewer=make.office(of)) == {1: 1}
    _, preview = preview_issue(of, viewer=make.office(of))
    (ready,) = preview.ready
    assert (ready.school, ready.note, preview.first) == (wrong.school_id, "ELP-0001 was credited in full", "ELP-0003")
    assert preview.noted == "1 school is marked below: 1 is asked anew after a credit in full."
    run = issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
    assert run is not None and run.count == 1
    again = Invoice.objects.get(run=run)
    assert (again.school_id, again.reference, again.owed) == (wrong.school_id, "ELP-0003", 150_000)
    assert count_due(of, viewer=make.office(of)) == {}
    assert issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM) is None
    assert totals_of(of, viewer=make.office(of)).owed == 300_000
    credit(again, 150_000)
    assert count_due(of, viewer=make.office(of)) == {1: 1}, "and once more"


def test_a_fee_of_the_second_year_counts_as_asked_by_the_invoice_that_stands() -> None:
    of = opened(2)
    first = Invoice.objects.get(reference="ELP-0001")
    credit(first, 150_000)
    with clock.at(APRIL):
        assert count_due(of, viewer=make.office(of)) == {1: 1, 2: 2}
        issuing.issue_invoices(partnership=of, key=keys.new_key(), number=1, seen=UNSEEN, by=make.SYSTEM)
        year_two.agree_reduction(partnership=of, each=10_000, **MINUTE, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
        assert issue(of) == [140_000, 140_000], "who was asked anew for the first year has its part of the cut"


def test_what_the_board_cut_to_nothing_after_the_issue_is_not_asked_again() -> None:
    of = opened(2)
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        year_two.agree_reduction(partnership=of, each=150_000, **MINUTE, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
        year_two.credit_reduction(partnership=of, seen=UNSEEN, by=make.office(of))
        assert {one.owed for one in Invoice.objects.filter(claim__fee_year__number=2)} == {0}
        assert 2 not in count_due(of, viewer=make.office(of))
