from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings, strategies as st

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.ground.documents.actions import pdf_of
from alongside.ground.documents.models import Altered, Document
from alongside.ground.documents.rules import hash_of_facts
from alongside.ground.web.models import Stale
from alongside.members.partnerships.models import Membership
from alongside.money.invoices.actions import issuing, payers, payments
from alongside.money.invoices.models.invoices import Claim, Invoice, InvoiceLine, Payer, Payment, Query, Series
from alongside.money.invoices.queries.ledger import statement_for
from alongside.money.invoices.queries.papers import noted_pdf, numbers_lost
from alongside.money.invoices.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


Committed = Callable[..., object]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("invoices_invoice", "total", 1),
        ("invoices_invoice", "payer_name", "x"),
        ("invoices_invoice", "number", 9),
        ("invoices_invoice", "claim_id", "x"),
        ("invoices_invoiceline", "net", 1),
    ],
)
def test_the_database_refuses_to_change_what_was_issued(table: str, column: str, value: object) -> None:
    make.issued(1)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])


def test_payments_and_papers_are_frozen_too() -> None:
    invoice = make.issued(1)[0]
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=5, paid_on=clock.today(), by=make.SYSTEM)
    pdf_of(paper=invoice, by=make.SYSTEM)
    for change in (lambda: Payment.objects.update(amount=6), lambda: Document.objects.update(sha256="0" * 64)):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_a_line_slipped_in_after_issue_shows_when_the_paper_is_made() -> None:
    invoice = make.issued(1)[0]
    InvoiceLine.objects.create(invoice=invoice, position=2, words="Catering", net=2_500, vat_code="exempt")
    with pytest.raises(Altered):
        pdf_of(paper=invoice, by=make.SYSTEM)


def test_the_paper_is_made_once_and_its_hash_is_in_the_record() -> None:
    invoice = make.issued(1)[0]
    first, again = (pdf_of(paper=invoice, by=make.SYSTEM) for _ in range(2))
    kept = Document.objects.get(row=invoice.pk)
    assert first == again == bytes(kept.pdf) and Event.objects.get(act="documents.keep").facts["sha256"] == kept.sha256
    assert hash_of_facts(invoice.facts()) == invoice.facts_hash == Event.objects.get(act="invoices.invoice").facts["hash"]


def test_a_payment_pressed_twice_is_one_payment() -> None:
    invoice, key = make.issued(1)[0], keys.new_key()
    for _ in range(2):
        payments.record_payment(invoice=invoice, key=key, amount=50_000, paid_on=clock.today(), by=make.SYSTEM)
    assert Payment.objects.count() == 1 and Invoice.objects.get().paid == 50_000
    with pytest.raises(Conflict):
        payments.record_payment(invoice=invoice, key=key, amount=60_000, paid_on=clock.today(), by=make.SYSTEM)


def test_nobody_pays_more_than_is_owed_nor_tomorrow() -> None:
    invoice = make.issued(1)[0]
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=100_000, paid_on=clock.today(), by=make.SYSTEM)
    for amount, on, words in (
        (50_001, date(2022, 4, 1), "Only £500 is owed"),
        (1, date(2022, 4, 2), "today or earlier"),
        (0, date(2022, 4, 1), "Enter what"),
    ):
        with pytest.raises(Invalid, match=words):
            payments.record_payment(invoice=invoice, key=keys.new_key(), amount=amount, paid_on=on, by=make.SYSTEM)
    assert Payment.objects.count() == 1


@settings(max_examples=25)
@given(st.lists(st.integers(1, 90_000), max_size=6))
def test_what_is_paid_is_the_sum_of_the_payments_and_never_more_than_the_total(amounts: list[int]) -> None:
    with transaction.atomic(), clock.at(clock.start_of(date(2022, 4, 1), 12)):
        invoice = make.issued(1)[0]
        for amount in amounts:
            said = {"amount": amount, "paid_on": clock.today(), "again": True}
            try:
                payments.record_payment(invoice=invoice, key=keys.new_key(), **said, by=make.SYSTEM)
            except Invalid:
                assert amount > invoice.owed
            invoice.refresh_from_db()
        assert invoice.paid == sum(Payment.objects.filter(invoice=invoice).values_list("amount", flat=True)) <= invoice.total
        transaction.set_rollback(True)


def test_two_people_who_change_a_payer_do_not_overwrite_each_other() -> None:
    of = make.started(1)[0].partnership
    words = {
        "partnership": of,
        "school": Membership.objects.get().school,
        "address": "",
        "email": "",
        "purchase_order": "",
        "by": make.SYSTEM,
    }
    payers.change_payer(name="First", **words)
    payers.change_payer(name="Second", version=1, **words)
    with pytest.raises(Stale):
        payers.change_payer(name="Third", version=1, **words)
    assert Payer.objects.get().name == "Second"


def test_a_later_order_and_payer_stand_beside_the_invoice_which_stays_as_it_is() -> None:
    invoice = make.issued(1)[0]
    before = pdf_of(paper=invoice, by=make.SYSTEM)
    payers.add_purchase_order(
        invoice=invoice, order="PO 9", version=UNSEEN, by=make.in_school(invoice.partnership, invoice.school)
    )
    payers.readdress_invoice(
        invoice=invoice,
        name="Colham Trust",
        address="1 High Street",
        version=UNSEEN,
        by=make.in_school(invoice.partnership, invoice.school),
    )
    invoice.refresh_from_db()
    assert invoice.notes == [
        "Purchase order PO 9, added on 1 April 2022.",
        "To be paid by Colham Trust, 1 High Street; told us on 1 April 2022.",
    ]
    assert pdf_of(paper=invoice, by=make.SYSTEM) == before and Payer.objects.get().name == "Colham Trust"
    assert noted_pdf(invoice, viewer=make.SYSTEM) != before


def test_the_payer_stays_once_something_is_paid() -> None:
    invoice = make.issued(1)[0]
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=5, paid_on=clock.today(), by=make.SYSTEM)
    with pytest.raises(Conflict):
        payers.readdress_invoice(invoice=invoice, name="Colham Trust", address="", version=UNSEEN, by=make.SYSTEM)


def test_a_query_stands_until_it_is_answered(django_capture_on_commit_callbacks: Committed) -> None:
    invoice = make.issued(1)[0]
    with django_capture_on_commit_callbacks(execute=True):
        payers.query_invoice(
            invoice=invoice, key=keys.new_key(), name="Ms Bursar", email="b@school.example", words="Is VAT due?", by=make.SYSTEM
        )
    assert {one.to[0]: "Is VAT due?" in one.body for one in mail.outbox} == dict.fromkeys(
        ("finance@elthorne.example", "b@school.example"), True
    )
    with pytest.raises(Conflict):
        payers.query_invoice(invoice=invoice, key=keys.new_key(), name="Ms Bursar", email="", words="Again", by=make.SYSTEM)
    said = {"invoice": invoice, "query": Query.objects.get().pk, "by": make.office(invoice.partnership)}
    with pytest.raises(Invalid, match="Write the answer"):
        payers.answer_query(**said, reply=" ")
    with django_capture_on_commit_callbacks(execute=True):
        payers.answer_query(**said, reply="No.")
    answer = mail.outbox[-1]
    assert answer.to == ["b@school.example"] and "Is VAT due?" in answer.body and "No." in answer.body
    assert "/invoice/" in answer.body and "never change by e-mail" in answer.body
    assert not Invoice.objects.get().queried
    with pytest.raises(Conflict, match="answered this query meanwhile"):
        payers.answer_query(**said, reply="Yes.")


def test_no_school_gets_the_years_invoice_twice_and_no_number_is_lost() -> None:
    first = make.issued(2)
    with pytest.raises(Conflict, match="already"):
        make.ask(first[0].claim, first[0].school)
    assert Series.objects.get().last == first[-1].number


def test_an_event_is_asked_for_beside_the_fee_in_the_same_numbers_once_a_school() -> None:
    fee, places = make.started(3)
    of = fee.partnership
    event = make.claim(of, "event", "Heads’ conference")
    made = [*make.ask(fee, *places[:2]), *make.ask(event, *places, amounts=(2_000, 500)), *make.ask(fee, places[2])[2:]]
    assert [one.number for one in made] == [1, 2, 3, 4, 5, 6] and not numbers_lost(of, viewer=make.SYSTEM)
    assert [str(one.claim) for one in made] == ["Fee for year 1"] * 2 + ["Heads’ conference"] * 3 + ["Fee for year 1"]
    assert [(one.total, one.lines.count()) for one in Invoice.objects.filter(claim=event)] == [(2_500, 2)] * 3
    lines = statement_for(of, places[0], viewer=make.SYSTEM).lines
    assert {one.words for one in lines} == {"Invoice: Fee for year 1", "Invoice: Heads’ conference"}
    with pytest.raises(Conflict, match="Heads’ conference"):
        make.ask(event, places[0])
    twice = Invoice.objects.get(pk=made[1].pk)
    twice.pk, twice.number, twice.reference = keys.new_key(), 9, "ELP-0009"
    with pytest.raises(IntegrityError, match="claim"), transaction.atomic():  # a run that forgot to ask stops here
        twice.save(force_insert=True)
    assert Series.objects.get().last == 6 and pdf_of(paper=made[2], by=make.SYSTEM).startswith(b"%PDF")


def test_the_same_press_is_the_same_run_and_a_claim_is_opened_once() -> None:
    fee, places = make.started(1)
    event = make.claim(fee.partnership, "event", "Heads’ conference")
    said = {"partnership": fee.partnership, "kind": event.kind, "row": event.row, "by": make.SYSTEM}
    assert issuing.open_claim(words="Something else", **said) == event
    (invoice,) = make.ask(fee, *places)
    said = {"ready": [], "key": invoice.run_id, "by": make.SYSTEM}
    assert issuing.issue_run(claim=fee, **said) == invoice.run
    with pytest.raises(Conflict, match="something else"):
        issuing.issue_run(claim=event, **said)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Claim.objects.filter(pk=fee.pk).update(words="Another")
