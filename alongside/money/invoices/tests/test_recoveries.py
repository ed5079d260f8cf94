"""Money that comes after it was written off: a recovery, and nothing that is held for ever."""

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Invalid
from alongside.members.authority import actions as authority
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.money.invoices.actions import corrections
from alongside.money.invoices.actions.held import free_payment
from alongside.money.invoices.actions.payments import record_payment
from alongside.money.invoices.models.corrections import Account, LetOffDebt
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.queries.ledger import statement_for
from alongside.money.invoices.rules.invoices import State
from alongside.money.invoices.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def decided(invoice: Invoice, kind: DecisionKind, amount: int) -> Authority:
    """A decision of the board."""
    return authority.record_decision(
        partnership=invoice.partnership, kind=kind, body="The board", decided_on=clock.today(), reference="7", amount=amount,
        key=keys.new_key(), by=make.SYSTEM,
    )  # fmt: skip


def pay(invoice: Invoice, amount: int) -> Payment:
    """A payment of today."""
    return record_payment(invoice=invoice, key=keys.new_key(), amount=amount, paid_on=clock.today(), again=True, by=make.SYSTEM)


def written_off(amount: int = 100_000) -> Invoice:
    """An invoice of which £500 is paid and so much written off."""
    (invoice,) = make.issued(1)
    pay(invoice, 50_000)
    decision = decided(invoice, DecisionKind.WRITE_OFF, amount=amount)
    corrections.let_off_debt(
        invoice=invoice, key=keys.new_key(), kind="written off", amount=amount, reason="Lost", decision=decision, by=make.SYSTEM
    )
    return invoice


@pytest.mark.parametrize(
    ("lost", "came", "after", "owed", "state"),
    [
        (100_000, 100_000, 0, 0, State.PAID),
        (100_000, 30_000, 70_000, 0, State.PAID),
        (60_000, 100_000, 0, 0, State.PAID),  # £400 was still owed beside
        (60_000, 40_000, 60_000, 0, State.PAID),
        (60_000, 50_000, 50_000, 0, State.PAID),
    ],
)
def test_money_that_comes_after_a_writing_off_is_a_recovery(lost: int, came: int, after: int, owed: int, state: State) -> None:
    invoice = written_off(lost)
    pay(invoice, came)
    invoice.refresh_from_db()
    assert (invoice.written_off, invoice.owed, invoice.paid, invoice.state) == (after, owed, 50_000 + came, state)
    recovered = sum(LetOffDebt.objects.filter(kind="recovered").values_list("amount", flat=True))
    assert recovered == lost - after and not Account.objects.exists(), "nothing is held for the school"
    with pytest.raises(Invalid, match="is owed"):
        pay(invoice, after + 1)
    lines = [line.words for line in statement_for(invoice.partnership, invoice.school, viewer=make.SYSTEM).lines]
    assert ("Came after all: Written off on 1 April 2022" in lines) == bool(recovered)


def test_what_was_waived_is_not_taken_back_by_money_that_comes() -> None:
    (invoice,) = make.issued(1)
    decision = decided(invoice, DecisionKind.WAIVER, amount=150_000)
    corrections.let_off_debt(
        invoice=invoice, key=keys.new_key(), kind="waived", amount=150_000, reason="r", decision=decision, by=make.SYSTEM
    )
    with pytest.raises(Invalid, match="held for the school"):
        pay(invoice, 1)


def test_a_recovery_is_recorded_on_the_invoices_page_and_uses_no_decision_up() -> None:
    invoice = written_off()
    page = f"{make.room(invoice.partnership, 'invoices')}{invoice.reference}/payment/"
    said = make.words_of(make.as_office(invoice.partnership), page)
    assert "£1,000.00 was written off: what comes of it is recorded as a recovery" in said
    pay(invoice, 100_000)
    free_payment(payment=invoice.payments.order_by("-recorded_at")[0], reason="The cheque came back", by=make.SYSTEM)
    invoice.refresh_from_db()
    assert (invoice.written_off, invoice.owed) == (0, 100_000), "it is owed again, until somebody decides again"
