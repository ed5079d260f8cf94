"""Invoices that go out while a school may still withdraw, and what becomes of them when it does."""

from datetime import date

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.web.needs import NeedRow
from alongside.members.membership.actions import signing
from alongside.members.membership.models import Answer, Roll, Signature
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from alongside.money.fees.app import APP
from alongside.money.fees.queries import waiting
from alongside.money.fees.queries.due import preview_issue
from alongside.money.fees.queries.liability import liabilities_of
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import corrections, payments
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests.make import as_office, room, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 4)]
WARNING = "Until it is, a school may withdraw freely"


def freeze(of: Partnership) -> None:
    """The roll is frozen."""
    Roll.objects.create(partnership=of, frozen_at=clock.now(), text_hash="0" * 64, count=2, name=of.name)


def withdraw(invoice: Invoice, decision: str = "") -> None:
    """The school of an invoice withdraws."""
    signature = Signature.objects.get(school=invoice.school)
    said = {"partnership": invoice.partnership, "school": invoice.school, "state": "signed", "signature": signature}
    Answer.objects.create(**said, asked_on=date(2022, 3, 1))
    signing.withdraw(partnership=invoice.partnership, school=invoice.school, decision=decision, by=make.SYSTEM)


def waits(of: Partnership) -> list[str]:
    """What waits for the finance officer about schools that have gone, in the words of "Needs you"."""
    rows = [NeedRow(*row) for part in waiting.needs(viewer=make.office(of, Post.FINANCE), on=clock.today()) for row in part]
    said = {"fees.to_take_back", "fees.liabilities"}
    return [APP.rows[one.what].words(one.label, one.number) for one in rows if one.what in said]


def test_a_run_before_the_roll_is_frozen_is_marked_and_stays_possible() -> None:
    of = make.ready(2)
    assert preview_issue(of, viewer=make.office(of))[1].free_until
    page = words_of(as_office(of), f"{room(of)}issue/")
    assert WARNING in page and "Issue 2 invoices" in page
    freeze(of)
    assert WARNING not in words_of(as_office(of), f"{room(of)}issue/")


def test_a_trust_has_no_roll_and_no_warning() -> None:
    of = make.partnership("Harefield Trust", Template.TRUST)
    make.set_up(of, issuer="trust")
    assert preview_issue(of, viewer=make.office(of))[1].free_until is None


@pytest.mark.parametrize("paid", [0, 50_000, 150_000])
def test_a_school_that_withdraws_in_time_is_listed_with_its_invoice_until_it_is_credited(paid: int) -> None:
    invoice, other = make.issued(2)
    of = invoice.partnership
    assert waits(of) == []
    if paid:
        said = {"key": keys.new_key(), "amount": paid, "paid_on": clock.today()}
        payments.record_payment(invoice=invoice, **said, by=make.SYSTEM)
    withdraw(invoice)
    assert waits(of) == [f"{invoice.school_name} has withdrawn: credit its invoice"]
    (gone,) = liabilities_of(of, viewer=make.office(of)).gone
    assert (gone.fate.label, gone.since, gone.undecided) == ("Withdrew", clock.today(), 1)
    page = words_of(as_office(of), f"{room(of)}liability/")
    assert f"Credit {invoice.reference}" in page and "Write down the decision" not in page and other.reference not in page
    credit = words_of(as_office(of), f"{room(of, 'invoices')}{invoice.reference}/credit/?whole=yes&reason=It+withdrew.")
    assert 'value="1,500.00"' in credit and "It withdrew." in credit
    invoice.refresh_from_db()
    corrections.issue_credit_note(
        invoice=invoice, key=keys.new_key(), amount=150_000, reason="It withdrew.", seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
    )
    assert waits(of) == [] and liabilities_of(of, viewer=make.office(of)).gone == []


def test_a_school_that_left_by_decision_is_listed_with_the_credit_note_offered() -> None:
    invoice = make.issued(1)[0]
    freeze(invoice.partnership)
    withdraw(invoice, "The board, 4 April 2022")
    with clock.at(clock.start_of(date(2022, 4, 6), 12)):
        assert waits(invoice.partnership) == ["A school has gone: what becomes of its fee?"]
        page = words_of(as_office(invoice.partnership), f"{room(invoice.partnership)}liability/")
        assert "Credit it" in page and "Write down the decision" in page


def test_a_school_that_signs_again_is_none_of_them() -> None:
    invoice = make.issued(1)[0]
    withdraw(invoice)
    Signature.objects.update(withdrawn_at=None)
    assert waits(invoice.partnership) == [] and liabilities_of(invoice.partnership, viewer=make.SYSTEM).gone == []
