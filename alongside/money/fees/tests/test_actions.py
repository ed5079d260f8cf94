import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings, strategies as st

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.documents.models import Document
from alongside.ground.web.rows import Stale
from alongside.members.partnerships.models import Membership
from alongside.members.partnerships.rules import Kind, Template
from alongside.money.books import actions as books
from alongside.money.fees.actions import issuing, set_up
from alongside.money.fees.queries.due import preview_issue
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import papers, payers, payments
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine, IssueRun, OpeningCode, Payer, Payment, Series
from alongside.money.invoices.queries.numbers import numbers_lost
from alongside.money.invoices.queries.papers import noted_pdf
from alongside.money.invoices.rules.invoices import hash_of
from alongside.money.invoices.rules.settings import Issuer

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
Committed = Callable[..., object]


def test_97_members_get_97_invoices_of_1500_pounds_and_a_second_run_makes_none() -> None:
    of = make.ready(97)
    run = issuing.issue_invoices(partnership=of, key=keys.new_key(), expected=97, by=make.office(of))
    assert run and (run.count, run.first, run.last) == (97, 1, 97)
    assert list(Invoice.objects.order_by("number").values_list("number", "total")) == [(n, 150_000) for n in range(1, 98)]
    assert issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.office(of)) is None
    assert Invoice.objects.count() == 97 and numbers_lost(of, viewer=make.SYSTEM) == []


def test_the_same_press_twice_is_one_run() -> None:
    of, key = make.ready(3), keys.new_key()
    first, second = (issuing.issue_invoices(partnership=of, key=key, expected=3, by=make.office(of)) for _ in range(2))
    assert first == second and IssueRun.objects.count() == 1 and Invoice.objects.count() == 3


def test_a_late_signer_gets_the_next_number_in_a_later_run() -> None:
    of = make.issued(3)[0].partnership
    late = make.school(900_500, "Late School")
    make.sign(of, late)
    run = issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.office(of))
    assert run and (run.count, run.first) == (1, 4) and Invoice.objects.get(school=late).reference == "ELP-0004"


def test_what_was_previewed_is_what_is_issued_or_nothing_is() -> None:
    of = make.ready(2)
    make.sign(of, make.school(900_500, "Signed meanwhile"))
    with pytest.raises(Conflict, match="3 schools are due"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), expected=2, by=make.office(of))
    assert not Invoice.objects.exists() and Series.objects.get(partnership=of).last == 0


def test_the_preview_says_who_gets_none_and_why() -> None:
    of = make.issued(1)[0].partnership
    left, unsigned, friend, asked = make.schools(4, 900_500)
    make.sign(of, left)
    Membership.objects.filter(school=left).update(until_on=date(2022, 3, 20))
    Membership.objects.create(partnership=of, school=unsigned, kind=Kind.MEMBER, from_on=date(2022, 3, 1))
    Membership.objects.create(partnership=of, school=friend, kind=Kind.ASSOCIATE, from_on=date(2022, 3, 1))
    Membership.objects.create(partnership=of, school=asked, kind=Kind.ASKED, from_on=date(2022, 3, 1))
    _, preview = preview_issue(of, viewer=make.office(of))
    assert {one.urn: one.why for one in preview.not_due} == {
        900_001: "Has ELP-0001 already",
        unsigned.urn: "Has not signed",
        friend.urn: "Associate: no fee",
        asked.urn: "Has not signed",
    }
    (one,) = preview.ready
    assert one.urn == left.urn and one.note.startswith("Left on 20 March 2022, inside the two years"), "and it still owes"


def test_an_academy_owes_its_trust_without_signing_and_gets_a_journal() -> None:
    of = make.partnership("Colham Schools Trust", Template.TRUST)
    Membership.objects.create(partnership=of, school=make.school(), kind=Kind.MEMBER, from_on=date(2022, 3, 1))
    make.set_up(of, issuer=Issuer.TRUST, vat_code="ask finance")
    issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.office(of))
    journal = Invoice.objects.get()
    assert (journal.issuer, journal.total, journal.lines.get().vat_code) == ("trust", 150_000, "outside the scope")
    assert not mail.outbox and not OpeningCode.objects.exists()


def test_nothing_is_issued_before_the_set_up_is_complete() -> None:
    of = make.partnership()
    make.sign(of, make.school())
    with pytest.raises(Conflict, match="not complete"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.office(of))
    make.set_up(of, supplier_phone="")
    with pytest.raises(Conflict, match="not complete"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.office(of))


@pytest.mark.parametrize("post", [Post.HEAD, Post.BUSINESS_MANAGER, Post.TRUST_OFFICER])
def test_a_school_may_not_act_on_money(post: Post) -> None:
    invoice = make.issued(1)[0]
    of, who = invoice.partnership, make.in_school(invoice.partnership, invoice.school, post)
    for deed in (
        lambda: issuing.issue_invoices(partnership=of, key=keys.new_key(), by=who),
        lambda: payments.record_payment(invoice=invoice, key=keys.new_key(), amount=1, paid_on=clock.today(), by=who),
        lambda: set_up.set_up_fees(partnership=of, settings=make.SUPPLIER, by=who),
        lambda: payers.answer_query(invoice=invoice, by=who),
        lambda: books.export_schedule(partnership=of, by=who),
    ):
        with pytest.raises(Refused):
            deed()


# Set-up


def test_the_finance_officer_sets_fees_up_too() -> None:
    of = make.partnership()
    year = set_up.set_up_fees(partnership=of, settings=make.SUPPLIER, by=make.office(of, Post.FINANCE))
    assert (year.number, year.amount) == (1, 150_000) and Series.objects.get(partnership=of).prefix == "ELP"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issuer": Issuer.HOST}, "issuer"),
        ({"year_one_fee": 140_000}, "year_one_fee"),
        ({"vat_code": "standard 20%"}, "vat_code"),
    ],
)
def test_what_was_chosen_once_stays_when_invoices_have_gone_out(changes: dict[str, object], field: str) -> None:
    of = make.issued(1)[0].partnership
    with pytest.raises(Invalid) as problem:
        make.set_up(of, **changes)
    assert set(problem.value.problems) == {field}


def test_two_partnerships_never_share_a_series() -> None:
    first, second = make.ready(1), make.ready(1, "East London Partnership")
    assert [Series.objects.get(partnership=one).prefix for one in (first, second)] == ["ELP", "ELP2"]
    with pytest.raises(Invalid, match="Another partnership"):
        set_up.set_up_fees(partnership=second, settings=make.SUPPLIER, prefix="elp", by=make.SYSTEM)


def test_the_fee_may_change_until_the_first_invoice() -> None:
    of = make.ready(1)
    make.set_up(of, year_one_fee=120_000)
    issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.SYSTEM)
    assert Invoice.objects.get().total == 120_000


def test_standard_rated_vat_is_added_to_the_fee() -> None:
    assert make.issued(1, vat_code="standard 20%", vat_number="GB 123")[0].total == 180_000


# What is issued is frozen


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("invoices_invoice", "total", 1),
        ("invoices_invoice", "payer_name", "x"),
        ("invoices_invoice", "number", 9),
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
    papers.invoice_pdf(invoice=invoice, by=make.SYSTEM)
    for change in (lambda: Payment.objects.update(amount=6), lambda: Document.objects.update(sha256="0" * 64)):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_a_line_slipped_in_after_issue_shows_when_the_paper_is_made() -> None:
    invoice = make.issued(1)[0]
    InvoiceLine.objects.create(invoice=invoice, position=2, words="Catering", net=2_500, vat_code="exempt")
    with pytest.raises(papers.Tampered):
        papers.invoice_pdf(invoice=invoice, by=make.SYSTEM)


def test_the_paper_is_made_once_and_its_hash_is_in_the_record() -> None:
    invoice = make.issued(1)[0]
    first, again = (papers.invoice_pdf(invoice=invoice, by=make.SYSTEM) for _ in range(2))
    kept = Document.objects.get(row=invoice.pk)
    assert first == again == bytes(kept.pdf) and Event.objects.get(act="documents.keep").facts["sha256"] == kept.sha256
    assert hash_of(invoice.facts()) == invoice.facts_hash == Event.objects.get(act="fees.invoice").facts["hash"]


def test_nothing_inside_a_members_entitlement_can_raise_a_charge() -> None:
    """No action but the issue run makes a line or an invoice, and none takes words or an amount to charge."""
    invoice = make.issued(1)[0]
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=5, paid_on=clock.today(), by=make.SYSTEM)
    payers.query_invoice(invoice=invoice, name="A", email="", words="Why?", by=make.SYSTEM)
    payers.add_purchase_order(invoice=invoice, order="PO 1", by=make.SYSTEM)
    assert Invoice.objects.get().total == 150_000 and InvoiceLine.objects.count() == 1
    makes_lines = {
        path.name
        for path in Path(inspect.getfile(issuing)).parents[2].glob("*/actions/**/*.py")
        if re.search(r"InvoiceLine(\.objects\.(bulk_)?create)?\(", path.read_text())
    }
    assert makes_lines == {"issuing.py"}, "and it asks may_charge"


# Payments


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
            try:
                payments.record_payment(invoice=invoice, key=keys.new_key(), amount=amount, paid_on=clock.today(), by=make.SYSTEM)
            except Invalid:
                assert amount > invoice.owed
            invoice.refresh_from_db()
        assert invoice.paid == sum(Payment.objects.filter(invoice=invoice).values_list("amount", flat=True)) <= invoice.total
        transaction.set_rollback(True)


# Payers, orders, queries


def test_a_payer_said_before_the_run_stands_on_the_invoice() -> None:
    of = make.ready(1)
    place = Membership.objects.get().school
    payers.change_payer(
        partnership=of,
        school=place,
        name="Colham Trust",
        address="1 High Street",
        email="ap@colham.example",
        purchase_order="PO 7",
        by=make.in_school(of, place),
    )
    issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.SYSTEM)
    invoice = Invoice.objects.get()
    assert (invoice.payer_name, invoice.purchase_order, invoice.payer_email) == ("Colham Trust", "PO 7", "ap@colham.example")


def test_two_people_who_change_a_payer_do_not_overwrite_each_other() -> None:
    of = make.ready(1)
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
    before = papers.invoice_pdf(invoice=invoice, by=make.SYSTEM)
    payers.add_purchase_order(invoice=invoice, order="PO 9", by=make.in_school(invoice.partnership, invoice.school))
    payers.readdress_invoice(
        invoice=invoice, name="Colham Trust", address="1 High Street", by=make.in_school(invoice.partnership, invoice.school)
    )
    invoice.refresh_from_db()
    assert invoice.notes == [
        "Purchase order PO 9, added on 1 April 2022.",
        "To be paid by Colham Trust, 1 High Street; told us on 1 April 2022.",
    ]
    assert papers.invoice_pdf(invoice=invoice, by=make.SYSTEM) == before and Payer.objects.get().name == "Colham Trust"
    assert noted_pdf(invoice, viewer=make.SYSTEM) != before


def test_the_payer_stays_once_something_is_paid() -> None:
    invoice = make.issued(1)[0]
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=5, paid_on=clock.today(), by=make.SYSTEM)
    with pytest.raises(Conflict):
        payers.readdress_invoice(invoice=invoice, name="Colham Trust", address="", by=make.SYSTEM)


def test_a_query_stands_until_it_is_answered(django_capture_on_commit_callbacks: Committed) -> None:
    invoice = make.issued(1)[0]
    with django_capture_on_commit_callbacks(execute=True):
        payers.query_invoice(invoice=invoice, name="Ms Bursar", email="", words="Is VAT due?", by=make.SYSTEM)
    assert mail.outbox[-1].to == ["finance@elthorne.example"] and "Is VAT due?" in mail.outbox[-1].body
    with pytest.raises(Conflict):
        payers.query_invoice(invoice=invoice, name="Ms Bursar", email="", words="Again", by=make.SYSTEM)
    payers.answer_query(invoice=invoice, by=make.office(invoice.partnership))
    assert not Invoice.objects.get().queried
    with pytest.raises(Conflict):
        payers.answer_query(invoice=invoice, by=make.office(invoice.partnership))
