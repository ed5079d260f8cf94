"""Promise 12: money balances to the penny, and a checker that is none of ours agrees."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from beancount import loader
from django.db import connection, transaction
from django.db.models import F
from hypothesis import given, settings, strategies as st

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.members.authority import actions as authority
from alongside.members.authority.rules import DecisionKind
from alongside.money.books import actions as books
from alongside.money.invoices.actions import corrections
from alongside.money.invoices.actions.held import free_payment, hold_money, note_never_came, refund_money, use_held_money
from alongside.money.invoices.actions.payments import record_payment
from alongside.money.invoices.models.corrections import Account, CreditLine, CreditNote, HeldMoney, LetOffDebt
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine, Payment
from alongside.money.invoices.queries.ledger import aged_debt_of, money_by_month, statement_for
from alongside.money.invoices.rules.corrections import LetOff
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.tests import make
from tests.figures import Figure

HISTORIES = {"test": 60, "check": 300, "nightly": 10_000}[os.environ.get("ALONGSIDE_SPEED", "test")]
CHECKED = 1_000  # what the independent checker reads
PLANTED = 25
DAY = date(2022, 5, 3)
FEE = 180_000
amounts = st.one_of(st.integers(1, 60_000), st.sampled_from([1, 99, 50_000, 90_000, FEE, FEE + 1]))
places = st.integers(0, 1)
kinds = ["credit", "pay", "hold", "use", "refund", "never", "free", "write off", "waive"]
steps = st.tuples(st.sampled_from(kinds), places, places, amounts)
histories = st.lists(steps, min_size=1, max_size=9)


@dataclass
class Ledger:
    """The same history kept by hand, for two schools: what is owed on each invoice, and what is held."""

    owed: list[int] = field(default_factory=lambda: [FEE, FEE])
    credited: list[int] = field(default_factory=lambda: [0, 0])
    let_off: list[int] = field(default_factory=lambda: [0, 0])
    lost: list[int] = field(default_factory=lambda: [0, 0])
    paid: list[int] = field(default_factory=lambda: [0, 0])
    held: list[int] = field(default_factory=lambda: [0, 0])
    bank: int = 0
    payments: list[tuple[int, int, int]] = field(default_factory=list)

    def pays(self, one: int, amount: int, source: int) -> bool:
        """Whether so much may come in for an invoice: what is owed, and what was written off."""
        if amount > self.owed[one] + self.lost[one]:
            return False
        came = max(0, amount - self.owed[one])
        self.lost[one], self.let_off[one] = self.lost[one] - came, self.let_off[one] - came
        self.owed[one] -= amount - came
        self.paid[one] += amount
        self.payments.append((one, amount, source))
        return True

    def does(self, kind: str, one: int, two: int, amount: int) -> bool:
        """Whether the step is possible; when it is, it is done here too."""
        if kind == "credit":
            if self.credited[one] + self.let_off[one] + amount > FEE:
                return False
            self.credited[one] += amount
            freed = max(0, amount - self.owed[one])
            self.owed[one], self.held[one] = self.owed[one] - amount + freed, self.held[one] + freed
            self.paid[one] -= freed
        elif kind == "pay":
            if not self.pays(one, amount, one):
                return False
            self.bank += amount
        elif kind == "hold":
            self.held[one] += amount
            self.bank += amount
        elif kind == "use":
            if amount > self.held[one] or not self.pays(two, amount, one):
                return False
            self.held[one] -= amount
        elif kind in {"refund", "never"}:
            if amount > self.held[one]:
                return False
            self.held[one] -= amount
            self.bank -= amount
        elif kind == "free":
            number = amount % len(self.payments) if self.payments else -1
            if number < 0 or self.payments[number][1] > self.paid[self.payments[number][0]] or self.payments[number][1] == 0:
                return False
            place, was, source = self.payments[number]
            self.payments[number] = (place, 0, source)
            self.paid[place] -= was
            self.owed[place] += was
            self.held[source] += was
        else:
            if amount > self.owed[one]:
                return False
            self.owed[one] -= amount
            self.let_off[one] += amount
            self.lost[one] += amount * (kind == "write off")
        return True


@dataclass
class Life:
    """Two invoices and all that is done about them."""

    invoices: list[Invoice]
    decisions: dict[LetOff, object]
    payments: list[Payment] = field(default_factory=list)

    def account(self, one: int) -> Account:
        """The account of one of the schools."""
        invoice = self.invoices[one]
        made, _ = Account.objects.get_or_create(partnership=invoice.partnership, school=invoice.school)
        return made

    def does(self, kind: str, one: int, two: int, amount: int) -> None:
        """Do the step by its action. Raises what the action raises."""
        invoice, key, by = self.invoices[one], keys.new_key(), make.SYSTEM
        if kind == "credit":
            corrections.issue_credit_note(invoice=invoice, key=key, amount=amount, reason="r", seen=UNSEEN, shown=UNSEEN, by=by)
        elif kind == "pay":
            self.payments.append(record_payment(invoice=invoice, key=key, amount=amount, paid_on=DAY, again=True, by=by))
        elif kind == "hold":
            hold_money(
                partnership=invoice.partnership, school=invoice.school, key=key, amount=amount, received_on=DAY, again=True, by=by
            )
        elif kind == "use":
            self.payments.append(
                use_held_money(account=self.account(one), invoice=self.invoices[two], key=key, amount=amount, by=by)
            )
        elif kind == "refund":
            refund_money(account=self.account(one), key=key, amount=amount, paid_on=DAY, reference="r", again=True, by=by)
        elif kind == "never":
            note_never_came(account=self.account(one), key=key, amount=amount, reason="r", by=by)
        elif kind == "free":
            if not self.payments:
                raise Conflict("There is no payment")
            free_payment(payment=self.payments[amount % len(self.payments)], reason="r", by=by)
        else:
            what = LetOff.WAIVED if kind == "waive" else LetOff.WRITTEN_OFF
            corrections.let_off_debt(
                invoice=invoice, key=key, kind=what, amount=amount, reason="r", decision=self.decisions[what], by=by
            )


def begin() -> Life:
    """Two schools, each asked for £1,500 and VAT."""
    with clock.at(clock.start_of(date(2022, 4, 1), 12)):
        invoices = make.issued(2, vat_code=VatCode.STANDARD, vat_number="GB 123")
        decided = {
            what: authority.record_decision(
                partnership=invoices[0].partnership, kind=kind, body="The board", decided_on=date(2022, 3, 1), reference="7",
                amount=10**8, key=keys.new_key(), by=make.SYSTEM,
            )
            for what, kind in ((LetOff.WAIVED, DecisionKind.WAIVER), (LetOff.WRITTEN_OFF, DecisionKind.WRITE_OFF))
        }  # fmt: skip
    return Life(invoices, decided)


def live(life: Life, history: list[tuple[str, int, int, int]]) -> Ledger:
    """Live a history twice, by the actions and by hand: what one refuses, the other refuses."""
    by_hand = Ledger()
    life.payments.clear()
    for step in history:
        wanted = by_hand.does(*step)
        try:
            with transaction.atomic():
                life.does(*step)
        except (Invalid, Conflict) as refused:
            assert not wanted, f"{step} was refused: {refused}"
        else:
            assert wanted, f"{step} should have been refused"
    return by_hand


def faults(life: Life) -> list[str]:
    """What the independent checker says of the books."""
    text = books.export_double_entry(partnership=life.invoices[0].partnership, by=make.SYSTEM)
    _, errors, _ = loader.load_string(text)
    return [str(one.message) for one in errors]


def check(life: Life, by_hand: Ledger) -> None:
    """The counters, the rows, the statement, the aged debt and the hand-kept ledger all agree."""
    of = life.invoices[0].partnership
    for number, invoice in enumerate(life.invoices):
        invoice.refresh_from_db()
        assert (invoice.owed, invoice.paid, invoice.credited) == (
            by_hand.owed[number], by_hand.paid[number], by_hand.credited[number],
        )  # fmt: skip
        assert invoice.written_off + invoice.waived == by_hand.let_off[number]
        assert life.account(number).held == by_hand.held[number]
        lines = InvoiceLine.objects.filter(invoice=invoice).values_list("net", "vat")
        assert sum(net + vat for net, vat in lines) == invoice.total == FEE
        statement = statement_for(of, invoice.school, viewer=make.SYSTEM)
        assert statement.closing == by_hand.owed[number] - by_hand.held[number]
    for note in CreditNote.objects.all():
        assert sum(net + vat for net, vat in CreditLine.objects.filter(credit_note=note).values_list("net", "vat")) == note.total
    taken = [sum(CreditLine.objects.values_list(name, flat=True)) for name in ("net", "vat")]
    whole = [sum(InvoiceLine.objects.values_list(name, flat=True)) for name in ("net", "vat")]
    assert sum(taken) == sum(by_hand.credited) and taken[0] <= whole[0] and taken[1] <= whole[1]
    assert sum(one.total for one in aged_debt_of(of, viewer=make.SYSTEM)) == sum(by_hand.owed)
    months = money_by_month(of, viewer=make.SYSTEM)
    assert sum(came - went for _, came, went in months) == by_hand.bank


@pytest.mark.slow
@pytest.mark.django_db
def test_money_balances_to_the_penny_and_an_independent_checker_accepts_the_books(figure: Figure) -> None:
    life, lived = begin(), {"histories": 0, "steps": 0, "checked": 0}

    @settings(max_examples=HISTORIES // (5 if connection.vendor == "postgresql" else 1))
    @given(histories)
    def one(history: list[tuple[str, int, int, int]]) -> None:
        with transaction.atomic(), clock.at(clock.start_of(DAY, 12)):
            by_hand = live(life, history)
            check(life, by_hand)
            lived["histories"] += 1
            lived["steps"] += len(history)
            if lived["checked"] < CHECKED:
                said = faults(life)
                assert not said, said
                lived["checked"] += 1
            transaction.set_rollback(True)

    one()
    figure(
        "promise 12",
        f"{connection.vendor}: {lived['histories']:,} histories of {lived['steps']:,} steps balance to the penny; "
        f"bean-check accepts {lived['checked']:,} of {lived['checked']:,}",
    )


def paid_twice(life: Life) -> None:
    """A payment is booked twice and counted once."""
    first = Payment.objects.first() or record_payment(
        invoice=life.invoices[0], key=keys.new_key(), amount=7, paid_on=DAY, by=make.SYSTEM
    )
    Payment.objects.create(invoice=first.invoice, amount=first.amount, paid_on=DAY, method="cheque", recorded_at=clock.now())


def penny_lost(life: Life) -> None:
    """A penny of what was credited is lost on the way to the counter."""
    corrections.issue_credit_note(
        invoice=life.invoices[0], key=keys.new_key(), amount=2, reason="r", seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
    )
    Invoice.objects.filter(pk=life.invoices[0].pk).update(credited=F("credited") - 1)


def held_and_forgotten(life: Life) -> None:
    """Money is held and no row says where it came from."""
    Account.objects.filter(pk=life.account(1).pk).update(held=F("held") + 1)


def written_off_in_silence(life: Life) -> None:
    """A debt disappears without a decision."""
    Invoice.objects.filter(pk=life.invoices[1].pk).update(written_off=F("written_off") + 1)


def refund_without_money(life: Life) -> None:
    """A refund is written down and the account does not go down."""
    HeldMoney.objects.create(account=life.account(0), kind="refunded", amount=1, on=DAY, recorded_at=clock.now())


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("plant", [paid_twice, penny_lost, held_and_forgotten, written_off_in_silence, refund_without_money])
def test_a_planted_fault_is_caught(plant: Callable[[Life], None], figure: Figure) -> None:
    life, caught = begin(), []
    gentle = st.lists(st.tuples(st.sampled_from(["pay", "hold"]), places, places, st.integers(1, 5_000)), max_size=5)

    @settings(max_examples=PLANTED)
    @given(gentle)
    def one(history: list[tuple[str, int, int, int]]) -> None:
        with transaction.atomic(), clock.at(clock.start_of(DAY, 12)):
            live(life, history)
            assert not faults(life)
            plant(life)
            caught.append(bool(faults(life)))
            transaction.set_rollback(True)

    one()
    figure("promise 12", f"planted, {plant.__name__.replace('_', ' ')}: {sum(caught)} of {len(caught)} histories caught")
    assert caught and all(caught)


@pytest.mark.django_db
def test_what_is_let_off_is_a_row_with_its_decision_whatever_the_history() -> None:
    life = begin()
    with clock.at(clock.start_of(DAY, 12)):
        life.does("write off", 0, 0, 60_000)
        life.does("waive", 0, 0, 120_000)
    rows = LetOffDebt.objects.values_list("kind", "amount", "decision__reference")
    assert sorted(rows) == [("waived", 120_000, "7"), ("written off", 60_000, "7")]
    assert not faults(life)
