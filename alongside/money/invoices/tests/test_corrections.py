"""Credit notes, write-offs and waivers, money held and paid back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import VISITOR
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.ground.documents.actions import pdf_of
from alongside.ground.documents.models import Altered, Document
from alongside.ground.documents.rules import hash_of_facts
from alongside.members.authority import actions as authority
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.money.invoices.actions import corrections, held, payments
from alongside.money.invoices.models.corrections import Account, CreditLine, CreditNote, HeldMoney, LetOffDebt
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine, MoneyPaper, Payment, Series
from alongside.money.invoices.queries.papers import credits_lost
from alongside.money.invoices.rules.corrections import LetOff, Moved
from alongside.money.invoices.rules.invoices import State
from alongside.money.invoices.rules.papers import credit_paper
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
Committed = Callable[..., object]


def credit(invoice: Invoice, amount: int, key: str = "", **more: object) -> CreditNote:
    """A credit note."""
    made = corrections.issue_credit_note(
        invoice=invoice,
        key=key or keys.new_key(),
        amount=amount,
        reason="Agreed by the board",
        seen=UNSEEN,
        shown=UNSEEN,
        by=make.SYSTEM,
        **more,
    )
    invoice.refresh_from_db()
    return made


def decided(invoice: Invoice, kind: DecisionKind, amount: int | None = 150_000, **more: object) -> Authority:
    """A decision of the board."""
    return authority.record_decision(
        partnership=invoice.partnership,
        kind=kind,
        body="Partnership Board",
        decided_on=date(2022, 3, 30),
        reference="minute 7.2",
        amount=amount,
        key=keys.new_key(),
        by=make.SYSTEM,
        **more,
    )


def pay(invoice: Invoice, amount: int) -> Payment:
    """A payment."""
    made = payments.record_payment(invoice=invoice, key=keys.new_key(), amount=amount, paid_on=clock.today(), by=make.SYSTEM)
    invoice.refresh_from_db()
    return made


# Credit notes


def test_a_credit_note_takes_the_next_number_of_its_own_and_the_invoice_stays_as_it_is() -> None:
    first, second = make.issued(2)
    before = (first.total, first.facts_hash, pdf_of(paper=first, by=make.SYSTEM))
    notes = [credit(first, 20_000), credit(second, 150_000), credit(first, 130_000)]
    assert [one.reference for one in notes] == ["ELP-C-0001", "ELP-C-0002", "ELP-C-0003"]
    assert (first.total, first.facts_hash, pdf_of(paper=first, by=make.SYSTEM)) == before
    assert first.owed == second.owed == 0 and first.state == State.CREDITED
    assert Series.objects.get().last_credit == 3 and credits_lost(first.partnership, viewer=make.SYSTEM) == []
    with pytest.raises(Invalid, match="Nothing of it is left"):
        credit(first, 1)


def test_the_same_press_twice_is_one_credit_note() -> None:
    invoice, key = make.issued(1)[0], keys.new_key()
    assert credit(invoice, 500, key) == credit(invoice, 500, key) and CreditNote.objects.count() == 1
    assert invoice.credited == 500 and Series.objects.get().last_credit == 1
    decision = authority.record_decision(
        partnership=invoice.partnership, kind=DecisionKind.CREDIT, body="Board", decided_on=clock.today(), reference="7",
        amount=10_000, key=keys.new_key(), by=make.SYSTEM,
    )  # fmt: skip
    said = {
        "invoice": invoice,
        "key": key,
        "amount": 500,
        "reason": CreditNote.objects.get().reason,
        "seen": UNSEEN,
        "shown": UNSEEN,
        "by": make.SYSTEM,
    }
    corrections.issue_credit_note(**said)
    for other in ({"amount": 600}, {"reason": "Another"}, {"decision": decision}, {"host_number": "C 1"}):
        with pytest.raises(Conflict, match="sent before with something else"):
            corrections.issue_credit_note(**said | other)
    assert CreditNote.objects.count() == 1


def test_a_credit_note_needs_a_reason_and_an_amount_that_is_left() -> None:
    invoice = make.issued(1)[0]
    for amount, reason, field in ((0, "x", "amount"), (150_001, "x", "amount"), (1, "  ", "reason")):
        with pytest.raises(Invalid) as problem:
            corrections.issue_credit_note(
                invoice=invoice, key=keys.new_key(), amount=amount, reason=reason, seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
            )
        assert set(problem.value.problems) == {field}
    assert not CreditNote.objects.exists() and Series.objects.get().last_credit == 0


def test_vat_goes_with_its_line_and_full_credit_takes_back_every_penny() -> None:
    invoice = make.issued(1, vat_code="standard 20%", vat_number="GB 123")[0]
    for amount in (1, 33_333, 7, 146_659):
        credit(invoice, amount)
    line = InvoiceLine.objects.get()
    sums = [sum(CreditLine.objects.values_list(name, flat=True)) for name in ("net", "vat")]
    assert sums == [line.net, line.vat] == [150_000, 30_000] and invoice.owed == 0
    assert all(note.facts().total == note.total for note in CreditNote.objects.all())


def test_what_was_paid_beyond_the_rest_is_freed_and_held_for_the_school() -> None:
    invoice = make.issued(1)[0]
    pay(invoice, 150_000)
    credit(invoice, 20_000, decision=decided(invoice, DecisionKind.REDUCTION, 100_000))
    account = Account.objects.get()
    assert (invoice.paid, invoice.credited, invoice.owed, account.held) == (130_000, 20_000, 0, 20_000)
    assert invoice.state == State.PAID
    freed = HeldMoney.objects.get()
    assert freed.kind == Moved.FREED and freed.credit_note == CreditNote.objects.get()
    assert freed.credit_note.authority and freed.credit_note.authority.words == "Partnership Board, 30 March 2022, minute 7.2"


def test_the_payer_is_told_with_a_link_that_opens_invoice_and_credit_note(django_capture_on_commit_callbacks: Committed) -> None:
    (invoice,) = make.issued(1, email="bursar@elm.example")
    pay(invoice, 150_000)
    with django_capture_on_commit_callbacks(execute=True):
        note = credit(invoice, 20_000)
    assert "ELP-C-0001" in mail.outbox[-1].subject and "£200 of your money is held" in mail.outbox[-1].body
    assert Document.objects.get(kind="invoices.creditnote").row == note.pk, "typeset after the transaction"
    assert Event.objects.get(act="invoices.credit").facts["hash"] == note.facts_hash == hash_of_facts(note.facts())
    assert CreditNote.objects.get().sent_at


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("invoices_creditnote", "total", 1),
        ("invoices_creditnote", "reason", "x"),
        ("invoices_creditline", "net", 1),
        ("invoices_letoffdebt", "amount", 1),
        ("invoices_letoffdebt", "decision_id", "x"),
        ("invoices_heldmoney", "amount", 1),
    ],
)
def test_the_database_refuses_to_change_what_was_corrected(table: str, column: str, value: object) -> None:
    invoice, other = make.issued(2)
    pay(invoice, 149_000)
    credit(invoice, 20_000)
    corrections.let_off_debt(
        invoice=other, key=keys.new_key(), kind=LetOff.WAIVED, amount=5, reason="Closed",
        decision=decided(other, DecisionKind.WAIVER), by=make.SYSTEM,
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])


@pytest.mark.parametrize("model", [Invoice, CreditNote])
def test_the_database_refuses_to_change_any_column_of_a_paper_that_says_something(model: type[MoneyPaper]) -> None:
    (invoice,) = make.issued(1)
    credit(invoice, 20_000, decision=decided(invoice, DecisionKind.REDUCTION, 100_000))
    changes = {one.attname for one in model._meta.concrete_fields} - set(model.FROZEN)
    assert changes == {
        Invoice: {
            "sent_at", "paid", "credited", "written_off", "waived", "payer_email", "host_number", "later_order", "later_order_at",
            "later_payer", "later_payer_address", "later_payer_at", "queried", "payer_asked", "email_before",
        },
        CreditNote: {"sent_at"},
    }[model]  # fmt: skip
    for column in model.FROZEN:
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = NULL")


def test_a_credit_note_that_was_tampered_with_is_not_served() -> None:
    invoice = make.issued(1)[0]
    note = credit(invoice, 20_000)
    line = InvoiceLine.objects.create(invoice=invoice, position=2, words="Catering", net=100, vat_code="exempt")
    CreditLine.objects.create(credit_note=note, line=line, net=1, vat_code="exempt")
    with pytest.raises(Altered):
        pdf_of(paper=note, by=make.SYSTEM)


def test_a_host_issues_its_own_credit_notes_and_a_trust_reverses_journals(django_capture_on_commit_callbacks: Committed) -> None:
    hosted = make.issued(1, issuer=Issuer.HOST, host_name="Elthorne Council")[0]
    with pytest.raises(Invalid) as problem:
        credit(hosted, 20_000)
    assert set(problem.value.problems) == {"host_number"}
    with django_capture_on_commit_callbacks(execute=True):
        note = credit(hosted, 20_000, host_number="CR-77")
    assert note.host_number == "CR-77" and hosted.owed == 130_000
    assert not mail.outbox and not Document.objects.exists()


def test_a_trusts_correction_is_called_a_journal_on_its_paper() -> None:
    journal = make.issued(1, issuer=Issuer.TRUST, vat_code="ask finance")[0]
    words = credit_paper(credit(journal, 100).facts())
    assert words["heading"] == "Reversing journal ELP-C-0001" and "Credit note" not in str(words)


# Write-offs and waivers


def let_off(invoice: Invoice, kind: LetOff, amount: int, decision: Authority | None, key: str = "") -> LetOffDebt:
    """A debt let off."""
    made = corrections.let_off_debt(
        invoice=invoice, key=key or keys.new_key(), kind=kind, amount=amount, reason="The school has closed", decision=decision,
        by=make.SYSTEM,
    )  # fmt: skip
    invoice.refresh_from_db()
    return made


def test_nothing_is_written_off_or_waived_without_its_authority() -> None:
    invoice = make.issued(1)[0]
    for kind in LetOff:
        with pytest.raises(Invalid, match="Without one nothing"):
            let_off(invoice, kind, 100, None)
    row = LetOffDebt(invoice=invoice, kind=LetOff.WAIVED, amount=1, on=clock.today(), reason="x", recorded_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert not LetOffDebt.objects.exists() and Invoice.objects.get().owed == 150_000


@pytest.mark.parametrize(
    ("kind", "wanted", "state"),
    [
        (LetOff.WRITTEN_OFF, DecisionKind.WRITE_OFF, State.WRITTEN_OFF),
        (LetOff.WAIVED, DecisionKind.WAIVER, State.WAIVED),
    ],
)
def test_what_is_let_off_rests_on_a_decision_and_shows_as_such(kind: LetOff, wanted: DecisionKind, state: State) -> None:
    invoice = make.issued(1)[0]
    decision, key = decided(invoice, wanted), keys.new_key()
    row, again = (let_off(invoice, kind, 150_000, decision, key) for _ in range(2))
    assert row == again and invoice.owed == 0 and invoice.state == state
    assert str(row.decision) == "Partnership Board, 30 March 2022, minute 7.2"
    with pytest.raises(Conflict):
        let_off(invoice, kind, 150_000, decided(invoice, wanted), key)
    with pytest.raises(Invalid, match="£0 is owed"):
        let_off(invoice, kind, 1, decision)


def elsewhere() -> list[Invoice]:
    """The invoices of another partnership."""
    return make.issued(1, "Brent Learning Partnership")


def test_no_money_rests_on_another_partnerships_decision() -> None:
    (mine,), (theirs,) = make.issued(1), elsewhere()
    with pytest.raises(Conflict, match="another partnership"):
        let_off(mine, LetOff.WAIVED, 1, decided(theirs, DecisionKind.WAIVER))


def test_what_happened_to_an_invoice_is_seen_by_its_school_and_its_office_only() -> None:
    (mine, other), (theirs,) = make.issued(2), elsewhere()
    payment = pay(mine, 5)
    for who, seen in (
        (make.SYSTEM, [payment]),
        (make.office(mine.partnership), [payment]),
        (make.in_school(mine.partnership, mine.school), [payment]),
        (make.in_school(mine.partnership, other.school), []),
        (make.office(theirs.partnership), []),
        (VISITOR, []),
    ):
        assert list(Payment.objects.visible_to(who)) == seen


def test_a_decision_is_about_this_about_this_school_not_replaced_and_not_used_up() -> None:
    first, second = make.issued(2)
    small = decided(first, DecisionKind.WRITE_OFF, 60_000, school=first.school)
    for invoice, kind, amount, decision, words in (
        (first, LetOff.WAIVED, 1, small, "about something else"),
        (second, LetOff.WRITTEN_OFF, 1, small, "another school"),
        (first, LetOff.WRITTEN_OFF, 60_001, small, "Only £600 of this decision"),
    ):
        with pytest.raises(Invalid, match=words):
            let_off(invoice, kind, amount, decision)
    let_off(first, LetOff.WRITTEN_OFF, 50_000, small)
    with pytest.raises(Invalid, match="Only £100 of this decision"):
        let_off(first, LetOff.WRITTEN_OFF, 10_001, small)
    decided(first, DecisionKind.WRITE_OFF, 10_000, school=first.school, supersedes=small)
    with pytest.raises(Invalid, match="taken its place"):
        let_off(first, LetOff.WRITTEN_OFF, 1, small)


# Money held


def test_money_held_is_used_paid_back_or_never_came_and_never_more_than_there_is() -> None:
    first, second = make.issued(2)
    payment = pay(first, 150_000)
    held.free_payment(payment=payment, reason="It was for another school", by=make.SYSTEM)
    account, key = Account.objects.get(), keys.new_key()
    for _ in range(2):
        held.use_held_money(account=account, invoice=second, key=key, amount=100_000, by=make.SYSTEM)
    refund = keys.new_key()
    for _ in range(2):
        held.refund_money(account=account, key=refund, amount=30_000, paid_on=clock.today(), reference="FP 12", by=make.SYSTEM)
    bounced = keys.new_key()
    for days in range(2):
        with clock.at(clock.now() + timedelta(days=days)):
            held.note_never_came(account=account, key=bounced, amount=5_000, reason="Cheque bounced", by=make.SYSTEM)
    account.refresh_from_db()
    assert (account.held, Invoice.objects.get(pk=first.pk).paid, Invoice.objects.get(pk=second.pk).paid) == (15_000, 0, 100_000)
    with pytest.raises(Invalid, match="Only £150 is held"):
        held.refund_money(
            account=account, key=keys.new_key(), amount=15_001, paid_on=clock.today(), reference="x", by=make.SYSTEM
        )
    with pytest.raises(Invalid, match="Only £150 is held"), transaction.atomic():
        held.use_held_money(account=account, invoice=second, key=keys.new_key(), amount=15_001, by=make.SYSTEM)
    with pytest.raises(Conflict, match="undone"):
        held.free_payment(payment=payment, reason="Again", by=make.SYSTEM)
    assert Payment.objects.filter(invoice=second).count() == 1


def test_money_held_is_never_used_for_another_partnerships_invoice() -> None:
    (mine,), (theirs,) = make.issued(1), elsewhere()
    account = held.hold_money(
        partnership=mine.partnership,
        school=mine.school,
        key=keys.new_key(),
        amount=500,
        received_on=clock.today(),
        by=make.SYSTEM,
    ).account
    with pytest.raises(Conflict, match="belongs to another partnership"):
        held.use_held_money(account=account, invoice=theirs, key=keys.new_key(), amount=1, by=make.SYSTEM)


def test_a_payment_is_taken_off_with_a_reason_once_and_while_it_is_whole() -> None:
    first, second = make.issued(2)
    payment = pay(first, 150_000)
    with pytest.raises(Invalid, match="Enter why"):
        held.free_payment(payment=payment, reason=" ", by=make.SYSTEM)
    held.free_payment(payment=payment, reason="Another school's", by=make.SYSTEM)
    pay(first, 150_000)
    with pytest.raises(Conflict, match="undone already"):
        held.free_payment(payment=payment, reason="Again", by=make.SYSTEM)
    assert Invoice.objects.get(pk=first.pk).paid == 150_000
    partly = pay(second, 150_000)
    credit(second, 1)
    with pytest.raises(Conflict, match="has freed a part"):
        held.free_payment(payment=partly, reason="Another school's", by=make.SYSTEM)


def test_a_refund_has_a_reference_and_is_not_dated_tomorrow() -> None:
    invoice = make.issued(1)[0]
    account = held.hold_money(
        partnership=invoice.partnership, school=invoice.school, key=keys.new_key(), amount=500, received_on=clock.today(),
        by=make.SYSTEM,
    ).account  # fmt: skip
    for reference, on, field in (("", date(2022, 4, 1), "reference"), ("x", date(2022, 4, 2), "paid_on")):
        with pytest.raises(Invalid) as problem:
            held.refund_money(account=account, key=keys.new_key(), amount=1, paid_on=on, reference=reference, by=make.SYSTEM)
        assert set(problem.value.problems) == {field}


def test_the_database_itself_keeps_invoices_and_accounts_from_going_below_nothing() -> None:
    invoice = make.issued(1)[0]
    held.hold_money(
        partnership=invoice.partnership, school=invoice.school, key=keys.new_key(), amount=500, received_on=clock.today(),
        by=make.SYSTEM,
    )  # fmt: skip
    for change in (
        lambda: Invoice.objects.update(paid=100_000, credited=50_001),
        lambda: Invoice.objects.update(written_off=75_000, waived=75_001),
        lambda: Account.objects.update(held=-1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_an_invoice_keeps_its_hash_through_every_correction() -> None:
    invoice = make.issued(1)[0]
    pay(invoice, 150_000)
    credit(invoice, 10)
    assert hash_of_facts(invoice.facts()) == invoice.facts_hash
