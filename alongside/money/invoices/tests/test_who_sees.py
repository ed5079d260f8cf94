"""What is owed, paid, credited and let off is shown to the office and to the school's own people."""

import pytest
from django.db.models import Model

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.authority.rules import DecisionKind
from alongside.money.invoices.actions import corrections, held, payers, payments
from alongside.money.invoices.models import corrections as corrected, invoices as sent
from alongside.money.invoices.rules.corrections import LetOff
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import SYSTEM
from alongside.money.invoices.tests.test_corrections import decided

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]


@pytest.fixture
def invoice() -> sent.Invoice:
    """An invoice of which some was paid, credited and let off, that was asked about, with money held for its school."""
    one = make.issued(1)[0]
    new, on = {"amount": 5, "by": SYSTEM}, clock.today()
    payments.record_payment(invoice=one, key=keys.new_key(), paid_on=on, **new)
    corrections.issue_credit_note(invoice=one, key=keys.new_key(), reason="r", seen=UNSEEN, shown=UNSEEN, **new)
    decision = decided(one, DecisionKind.WAIVER)
    corrections.let_off_debt(invoice=one, key=keys.new_key(), kind=LetOff.WAIVED, reason="Closed", decision=decision, **new)
    held.hold_money(partnership=one.partnership, school=one.school, key=keys.new_key(), received_on=on, reference="R", **new)
    payers.query_invoice(invoice=one, key=keys.new_key(), name="Jo", email="", words="Why?", by=SYSTEM)
    corrected.Reminder.objects.create(invoice=one, step="call", on=on, owed=5, made_at=clock.now())
    return one


TABLES: list[type[Model]] = [
    sent.Invoice, sent.InvoiceLine, sent.Payment, sent.Query,
    corrected.CreditNote, corrected.CreditLine, corrected.LetOffDebt, corrected.Account, corrected.HeldMoney, corrected.Reminder,
]  # fmt: skip


def test_each_table_of_money_is_shown_to_the_office_and_the_schools_people_and_to_no_other(invoice: sent.Invoice) -> None:
    of, another = invoice.partnership, make.partnership("Another")
    who = [
        make.office(of),
        make.in_school(of, invoice.school),
        make.office(another),
        make.in_school(of, make.school(900_777, "A")),
    ]
    shown = {model.__name__: [model._default_manager.visible_to(one).exists() for one in who] for model in TABLES}
    assert shown == {name: [True, True, False, False] for name in shown}
