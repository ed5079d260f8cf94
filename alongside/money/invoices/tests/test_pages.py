from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.members.partnerships.models import Membership
from alongside.money.invoices.models.invoices import Payer, Payment, Query
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, as_school, room, text_of, words_of
from tests.shown import press
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_a_school_sees_its_own_invoice_and_no_other() -> None:
    mine, other = make.issued(2)
    client = as_school(mine)
    page = words_of(client, room(mine.partnership))
    assert "ELP-0001" in page and "ELP-0002" not in page and "covers all of the partnership’s support" in page
    assert "Query this" in words_of(client, f"{room(mine.partnership, 'invoices')}ELP-0001/")
    assert "Record a payment" not in words_of(client, f"{room(mine.partnership, 'invoices')}ELP-0001/")
    assert client.get(f"{room(mine.partnership, 'invoices')}{other.reference}/").status_code == 404
    assert client.get(f"{room(mine.partnership, 'invoices')}ELP-0001/payment/").status_code == 403
    assert client.get(f"{room(mine.partnership)}issue/").status_code == 403


def test_an_invoice_of_another_partnership_is_not_found_under_this_address() -> None:
    mine = make.issued(1)[0]
    other = make.started(1, "Brent Learning Partnership")[0].partnership
    client = Client()
    somebody = make.person("Both offices", Post.MANAGER, partnership=mine.partnership)
    make.Role.objects.create(person=somebody, post=Post.MANAGER, partnership=other, from_on=date(2020, 1, 1))
    enter(client, somebody)
    assert client.get(f"{room(other, 'invoices')}{mine.reference}/").status_code == 404


def test_a_payment_is_recorded_once_and_too_much_is_refused_kindly() -> None:
    invoice = make.issued(1)[0]
    client, address = (
        as_office(invoice.partnership, Post.FINANCE),
        f"{room(invoice.partnership, 'invoices')}{invoice.reference}/payment/",
    )
    form = {"key": keys.new_key(), "amount": "1500", "paid_on_0": "1", "paid_on_1": "4", "paid_on_2": "2022", "method": "cheque"}
    form |= {"paid_on_day": "1", "paid_on_month": "4", "paid_on_year": "2022"}
    assert "Only £1,500 is owed" in unescape(client.post(address, {**form, "amount": "1500.01"}).content.decode())
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    assert Payment.objects.count() == 1
    assert "Nothing is owed on this any more" in unescape(
        client.post(address, {**form, "key": keys.new_key(), "amount": "1"}).content.decode()
    )


def test_no_page_of_an_invoice_shows_a_school_what_only_the_office_has_to_ask() -> None:
    invoice = make.issued(1, vat_code="ask finance")[0]
    for client in (as_school(invoice), as_office(invoice.partnership)):
        page = text_of(client.get(f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"))
        assert "None charged, to be confirmed" in page and "sk finance" not in page


def test_a_query_and_its_answer() -> None:
    invoice = make.issued(1)[0]
    one = f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    asked = {"key": keys.new_key(), "name": "Ms Bursar", "email": "b@school.example"}
    as_school(invoice).post(one + "query/", {**asked, "words": "<b>Why?</b>"})
    office = as_office(invoice.partnership)
    page = office.get(one).content.decode()
    assert "Queried" in page and "&lt;b&gt;Why?" in page
    assert "Your answer" in page and "We have answered" not in page
    answer = {"query": Query.objects.get().pk, "reply": "Because of <i>VAT</i>.\n\nIt stays."}
    assert "Write the answer" in text_of(office.post(one + "answered/", {**answer, "reply": " "}))
    assert "Answered and on its way to b@school.example" in text_of(office.post(one + "answered/", answer, follow=True))
    for client in (office, as_school(invoice)):
        page = client.get(one).content.decode()
        assert "Because of &lt;i&gt;VAT" in page and "It stays." in page and "The office," in page
    assert office.post(one + "answered/", {**answer, "reply": "No."}).status_code == 409
    assert Query.objects.get().reply == "Because of <i>VAT</i>.\n\nIt stays."


def test_who_pays_is_said_by_the_school_and_a_stale_page_shows_both_texts() -> None:
    of = make.started(1)[0].partnership
    client = Client()
    enter(client, make.person("The bursar", Post.BUSINESS_MANAGER, school=Membership.objects.get().school))
    address, form = (
        f"{room(of, 'invoices')}payers/900001/",
        {"version": "1", "name": "Colham Trust", "address": "", "email": "", "purchase_order": ""},
    )
    for name in ("Colham Trust", "Other Trust"):
        assert client.post(address, {**form, "name": name}).status_code == 302
    stale = client.post(address, {**form, "name": "Third Trust"})
    assert stale.status_code == 409 and "Other Trust" in stale.content.decode() and Payer.objects.get().name == "Other Trust"
    assert client.get(f"{room(of, 'invoices')}payers/123/").status_code == 404


def test_accounts_staff_open_an_invoice_from_the_mail_without_an_account(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make.issued(1, email="bursar@elm.example")
    body = mail.outbox[-1].body
    link = next(line for line in body.splitlines() if "/open/" in line).split("8000", 1)[1]
    client = Client()
    for path in ("", "invoice.pdf", "purchase-order/", "payer/", "query/"):
        assert client.get(f"/invoice/ELP-0001/{path}").headers["Location"].startswith("/invoice/?number=ELP-0001")
    assert "This link does not open the invoice" in words_of(client, "/invoice/ELP-0001/open/0000-0000-0000/")
    opened = client.get(link)
    assert opened.headers["Location"] == "/invoice/ELP-0001/", "the code does not stay in the address"
    page = words_of(client, link)
    assert "never change by" in page and "Not registered for VAT" in page and "01632 960 001" in page
    assert client.get("/invoice/ELP-0001/invoice.pdf").content.startswith(b"%PDF")
    assert "Add a purchase order" in words_of(client, "/invoice/ELP-0001/")
    press(client, "/invoice/ELP-0001/purchase-order/", {"order": "PO 4711"}, name="version")
    for path in ("", "purchase-order/"):
        page = words_of(client, f"/invoice/ELP-0001/{path}")
        assert "Change the purchase order" in page and "Add a purchase order" not in page
    press(client, "/invoice/ELP-0001/payer/", {"name": "Colham Trust", "address": "1 High Street"}, name="version")
    client.post(
        "/invoice/ELP-0001/query/",
        {"key": keys.new_key(), "words": "Is VAT due?", "name": "Accounts", "email": "a@colham.example"},
    )
    page = words_of(client, "/invoice/ELP-0001/")
    assert "PO 4711" in page and "Colham Trust" in page and "being queried" in page
    assert client.get("/invoice/ELP-0001/invoice.pdf?notes").content.startswith(b"%PDF")
    code = body.split("the code ")[1].split(".")[0]
    typed = Client().post("/invoice/", {"number": "elp-0001", "code": code.replace("-", " ")})
    assert typed.headers["Location"] == "/invoice/ELP-0001/"
    assert "do not belong together" in Client().post("/invoice/", {"number": "ELP-0001", "code": "x"}).content.decode()
