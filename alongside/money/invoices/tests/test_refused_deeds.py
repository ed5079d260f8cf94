"""What a page does not send is refused by the deed too."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.partnerships.models import Membership
from alongside.money.invoices.actions import corrections, held, issuing, payers, payments, reminders, sending
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import Claim, Invoice
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
TODAY, TOMORROW = date(2022, 4, 1), date(2022, 4, 2)


def hold(invoice: Invoice, amount: int = 5, on: date = TODAY) -> Any:
    """Money held for the invoice's school."""
    said = {"partnership": invoice.partnership, "school": invoice.school, "key": keys.new_key(), "by": SYSTEM}
    return held.hold_money(amount=amount, received_on=on, reference="R", **said)


def pay(invoice: Invoice, **said: Any) -> Any:
    """A payment."""
    facts = {"key": keys.new_key(), "amount": 5, "paid_on": TODAY, **said}
    return payments.record_payment(invoice=invoice, **facts, by=SYSTEM)


def query(invoice: Invoice) -> Any:
    """A query about a paid invoice."""
    pay(invoice, amount=invoice.total)
    invoice.refresh_from_db()
    return payers.query_invoice(invoice=invoice, key=keys.new_key(), name="Jo", email="", words="Why?", by=SYSTEM)


def to_chair(invoice: Invoice, step: str = "call", **facts: Any) -> Any:
    """A letter to the chair of governors."""
    Invoice.objects.update(**facts)
    invoice.refresh_from_db()
    reminder = Reminder.objects.create(invoice=invoice, step=step, on=TODAY, owed=invoice.owed, made_at=clock.now())
    return reminders.write_to_chair(reminder=reminder, seen=UNSEEN, by=SYSTEM)


REFUSED: dict[str, Callable[[Invoice], Any]] = {
    "Enter the purchase order": lambda of: payers.add_purchase_order(invoice=of, order=" ", version=UNSEEN, by=SYSTEM),
    "Enter who will pay": lambda of: payers.readdress_invoice(invoice=of, name=" ", address="", version=UNSEEN, by=SYSTEM),
    "This has been said already": lambda of: payers.agree_payer(invoice=of, agreed=True, seen=UNSEEN, by=SYSTEM),
    "This invoice is paid in full": query,
    "Only a charge that a host": lambda of: payers.record_host_number(invoice=of, host_number="C-1", version=UNSEEN, by=SYSTEM),
    "Enter what was paid": lambda of: pay(of, amount=0),
    "on which the money came in": lambda of: pay(of, paid_on=TOMORROW),
    "Choose how it was paid": lambda of: pay(of, method="barter"),
    "has no decision": lambda of: Invoice.objects.update(written_off=of.total) and pay(Invoice.objects.get()),
    "Enter an amount": lambda of: hold(of, 0),
    "Enter today or an earlier day": lambda of: hold(of, on=TOMORROW),
    "Enter what happened": lambda of: held.note_never_came(
        account=hold(of).account, key=keys.new_key(), amount=1, reason=" ", by=SYSTEM
    ),
    "was not loaded as we expected. Nothing was recorded": lambda of: corrections.issue_credit_note(
        invoice=of, key="x", amount=1, reason="r", seen=UNSEEN, shown=UNSEEN, by=SYSTEM
    ),
    "was not loaded as we expected. Nothing was issued": lambda of: issuing.run_before("x", of.partnership),
    "by another partnership": lambda of: issuing.open_claim(
        partnership=make.partnership("Another"), kind="fee", row=Claim.objects.get().row, words="", by=SYSTEM
    ),
    "Enter two to eight letters": lambda of: issuing.choose_series(of.partnership, "1", issued=False),
    "Invoices have gone out as": lambda of: issuing.choose_series(of.partnership, "XX", issued=True),
    "not of this partnership": lambda of: Membership.objects.all().delete() and make.ask(of.claim, of.school),
    "when a call is due": lambda of: to_chair(of, "first"),
    "settled or being queried": lambda of: to_chair(of, queried=True),
    "No address of the chair": to_chair,
    "Enter the e-mail address": lambda of: sending.send_invoice(invoice=of, to="", version=UNSEEN, by=SYSTEM),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_deed_refuses_what_its_page_does_not_send(why: str) -> None:
    with pytest.raises((Invalid, Conflict), match=why):
        REFUSED[why](make.issued(1)[0])


def test_a_run_of_another_partnership_is_not_taken_for_the_one_that_was_pressed() -> None:
    mine, other = make.issued(1)[0], make.issued(1, "Birch Learning Partnership")[0]
    with pytest.raises(Conflict, match="was not loaded as we expected"):
        issuing.run_before(other.run_id, mine.partnership)


def test_what_a_host_issues_has_its_number_and_is_not_sent_from_here() -> None:
    invoice = make.issued(1, issuer=Issuer.HOST, host_name="Elthorne Council")[0]
    for number in (" ", "9" * 41):
        with pytest.raises(Invalid, match="Enter the host's number"):
            payers.record_host_number(invoice=invoice, host_number=number, version=UNSEEN, by=SYSTEM)
    assert payers.record_host_number(invoice=invoice, host_number="9" * 40, version=UNSEEN, by=SYSTEM).host_number == "9" * 40
    with pytest.raises(Conflict, match="Only invoices that the partnership itself issues"):
        sending.send_invoice(invoice=invoice, to="a@elm.example", version=UNSEEN, by=SYSTEM)


def test_nothing_is_issued_without_what_must_stand_on_it() -> None:
    asked, places = make.started(1, supplier_address="")
    with pytest.raises(Conflict, match="Nothing was issued: the set-up does not say"):
        make.ask(asked, *places)


def test_a_credit_note_that_was_issued_is_given_again_to_the_office_alone() -> None:
    invoice, key = make.issued(1)[0], keys.new_key()

    def credit(by: Standing) -> Any:
        said = {"amount": 1, "reason": "r", "seen": UNSEEN, "shown": UNSEEN}
        return corrections.issue_credit_note(invoice=invoice, key=key, **said, by=by)

    assert credit(SYSTEM) == credit(make.office(invoice.partnership))
    with pytest.raises(Refused):
        credit(make.in_school(invoice.partnership, invoice.school))
