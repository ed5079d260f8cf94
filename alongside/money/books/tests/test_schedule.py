from datetime import date

import pytest
from django.test import RequestFactory

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.web.sheets import list_sheet
from alongside.money.bank.rules.reading import BadLines
from alongside.money.books import actions as books
from alongside.money.books.queries import SCHEDULE, schedule_of
from alongside.money.invoices.actions import corrections, held, payers
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, room

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_the_schedule_goes_out_comes_back_and_is_taken_whole_or_not_at_all() -> None:
    first, second = make.issued(2, issuer=Issuer.HOST, host_name="Elthorne Council")
    of, by = first.partnership, make.office(first.partnership)
    page = as_office(of).get(room(of, "books") + "schedule.csv")
    lines = b"".join(page.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == (
        "reference,urn,school,payer,payer_address,payer_email,purchase_order,what_for,vat_code,amount,due_on,host_number,"
        "paid_so_far,paid_on,payment_reference"
    )
    assert len(lines) == 3 and lines[1].endswith("ask finance,1500.00,2022-05-01,,,,")
    assert books.import_schedule(partnership=of, text="\n".join(lines), by=by) == books.ScheduleTaken(0, 0, 0), (
        "our own file is no news"
    )
    head = "reference,host_number,paid_so_far,paid_on\n"
    with pytest.raises(BadLines) as wrong:
        books.import_schedule(partnership=of, text=head + "ELP-0001,C-1,1500,2022-04-01\nELP-0002,C-2,9999,2022-04-01\n", by=by)
    assert [one.line for one in wrong.value.lines] == [3]
    assert not Payment.objects.exists() and not Invoice.objects.exclude(host_number="").exists()
    good = head + "ELP-0001,C-1,1500,2022-04-01\nELP-0002,C-2,,\n"
    taken, again = (books.import_schedule(partnership=of, text=good, by=by) for _ in range(2))
    assert (taken.numbers, taken.payments, taken.pence) == (2, 1, 150_000) and (again.numbers, again.payments) == (0, 0)
    assert Payment.objects.count() == 1 and Invoice.objects.get(pk=second.pk).host_number == "C-2"


def test_what_was_credited_held_or_taken_off_meanwhile_is_not_recorded_again() -> None:
    first, second, third = make.issued(3, issuer=Issuer.HOST, host_name="Elthorne Council")
    of, by, line = first.partnership, make.office(first.partnership), "{},,1500,2022-04-01\n"
    text = "reference,host_number,paid_so_far,paid_on\n" + line.format("ELP-0001") + line.format("ELP-0002")
    books.import_schedule(partnership=of, text=text, by=by)
    for credited in (first, third):
        credit = {"amount": 50_000, "reason": "Less for year 2", "host_number": "C-9", "seen": UNSEEN, "shown": UNSEEN, "by": by}
        corrections.issue_credit_note(invoice=credited, key=keys.new_key(), **credit)
    held.free_payment(payment=second.payments.get(), reason="it was for another school", by=by)
    assert books.import_schedule(partnership=of, text=text, by=by).payments == 0
    with pytest.raises(BadLines) as wrong:
        books.import_schedule(partnership=of, text=text + line.format("ELP-0003"), by=by)
    assert [one.line for one in wrong.value.lines] == [4] and "the £500 too much as money held" in wrong.value.lines[0].why
    day, said = date(2022, 4, 1), {"reference": "ELP-0003", "by": by}
    held.hold_money(partnership=of, school=third.school, key=keys.new_key(), amount=50_000, received_on=day, **said)
    taken, again = (books.import_schedule(partnership=of, text=text + line.format("ELP-0003"), by=by) for _ in range(2))
    assert (taken.pence, again.pence) == (100_000, 0)
    assert [(row.paid, row.paid_on) for row in schedule_of(of, viewer=by)] == [(100_000, day), (0, None), (100_000, day)]


def test_a_formula_in_a_payers_name_leaves_as_text() -> None:
    invoice = make.issued(1)[0]
    payers.readdress_invoice(invoice=invoice, name="=HYPERLINK(1)", address="", version=UNSEEN, by=make.SYSTEM)
    rows = books.export_schedule(partnership=invoice.partnership, by=make.SYSTEM)
    answer = list_sheet(RequestFactory().get("/"), "fees", SCHEDULE, rows)
    assert b"'=HYPERLINK(1)" in b"".join(answer.streaming_content)
