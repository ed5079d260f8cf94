from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.members.partnerships.models import Membership, Partnership
from alongside.money.fees.actions import issuing
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import payments
from alongside.money.invoices.models.invoices import Invoice, Payer, Payment, Query
from alongside.money.invoices.rules.settings import Issuer
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
SET_UP = {
    "issuer": "partnership",
    "supplier_name": "Elthorne",
    "supplier_address": "1 High Street",
    "supplier_email": "a@elthorne.example",
    "supplier_phone": "01632 960 001",
    "bank_words": "Account 1",
    "vat_code": "ask finance",
    "year_one_fee": "1,500",
    "payment_days": "30",
    "series": "ELP",
}


def as_office(of: Partnership, post: Post = Post.MANAGER) -> Client:
    """The browser of somebody in the office."""
    return enter(Client(), make.person("The office", post, partnership=of))


def as_school(invoice: Invoice, post: Post = Post.BUSINESS_MANAGER) -> Client:
    """The browser of somebody of the invoice's school."""
    return enter(Client(), make.person("The bursar", post, school=invoice.school))


def words_of(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    response = client.get(address, follow=True)
    assert response.status_code == status, response.content[:500]
    return unescape(response.content.decode())


def room(of: Partnership, name: str = "fees") -> str:
    """The address of a room of money."""
    return f"/p/{of.slug}/{name}/"


def test_from_nothing_to_invoices_in_three_pages() -> None:
    of = make.partnership()
    make.sign(of, *make.schools(3))
    client = as_office(of)
    assert "Fees are not set up yet" in words_of(client, room(of))
    assert "Please say who issues the invoices" in words_of(client, room(of) + "issue/")
    assert client.post(room(of) + "set-up/", SET_UP).status_code == 302
    assert "3 schools have signed" in words_of(client, room(of))
    page = words_of(client, room(of) + "issue/")
    assert "Ask 3 schools for the fee" in page and "ELP-0001 to ELP-0003" in page and "£4,500" in page
    pdf = client.get(room(of) + "issue/draft.pdf")
    assert pdf.content.startswith(b"%PDF") and not Invoice.objects.exists()
    key = page.split('name="key" value="')[1][:12]
    for _ in range(2):
        assert "Who owes what" in unescape(
            client.post(room(of) + "issue/", {"key": key, "expected": "3"}, follow=True).content.decode()
        )
    assert Invoice.objects.count() == 3
    assert client.get(f"{room(of, 'invoices')}ELP-0001/invoice.pdf").content.startswith(b"%PDF")


def test_a_set_up_that_leaves_something_out_says_what() -> None:
    of = make.partnership()
    page = unescape(
        as_office(of).post(room(of) + "set-up/", {**SET_UP, "bank_words": "", "year_one_fee": "lots"}).content.decode()
    )
    assert "Enter how to pay" in page and "Enter an amount in pounds" in page


def test_a_host_needs_no_bank_details() -> None:
    of = make.partnership()
    asked = {
        **dict.fromkeys(SET_UP, ""),
        "issuer": "host",
        "host_name": "Elthorne Council",
        "vat_code": "ask finance",
        "year_one_fee": "1500",
    }
    assert as_office(of).post(room(of) + "set-up/", {**asked, "payment_days": "30", "series": "ELP"}).status_code == 302


def test_the_list_filters_sorts_and_pages_in_a_constant_number_of_queries(
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    of = make.issued(60)[0].partnership
    client = as_office(of)
    payments.record_payment(
        invoice=Invoice.objects.get(number=1), key=keys.new_key(), amount=150_000, paid_on=clock.today(), by=make.SYSTEM
    )
    with django_assert_max_num_queries(11):  # ten, and the demonstration's own
        page = words_of(client, room(of))
    assert "£90,000" in page and "1 to 50 of 60" in page
    assert words_of(client, room(of) + "?show=paid").count("/ELP-") == 1
    assert "No invoice is like that" in words_of(client, room(of) + "?words=nowhere")
    for nonsense in ("?show=x&sort=y&page=-1", "?page=999999999999", "?sort=-state&page=2", "?words=%25%27"):
        assert "Who owes what" in words_of(client, room(of) + nonsense)


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
    other = make.ready(1, "Brent Learning Partnership")
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


def test_a_query_and_its_answer() -> None:
    invoice = make.issued(1)[0]
    one = f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    as_school(invoice).post(one + "query/", {"words": "<b>Why?</b>", "name": "Ms Bursar", "email": "b@school.example"})
    office = as_office(invoice.partnership)
    page = office.get(one).content.decode()
    assert "Queried" in page and "&lt;b&gt;Why?" in page
    assert "Marked as answered" in unescape(office.post(one + "answered/", follow=True).content.decode())
    assert Query.objects.get().answered_at


def test_who_pays_is_said_by_the_school_and_a_stale_page_shows_both_texts() -> None:
    of = make.ready(1)
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


def test_the_hosts_file_is_reported_line_by_line() -> None:
    of = make.issued(2, issuer=Issuer.HOST, host_name="Elthorne Council")[0].partnership
    client = as_office(of)
    out = client.get(room(of, "books") + "schedule.csv")
    assert out.headers["Content-Type"].startswith("text/csv") and b"ELP-0002" in out.content

    def send(data: bytes) -> str:
        return unescape(
            client.post(
                room(of, "books") + "schedule/", {"file": SimpleUploadedFile("s.csv", data)}, follow=True
            ).content.decode()
        )

    assert "1 line needs a correction" in send(b"reference,host_number\nELP-0001,C-1\nELP-0009,C-2\n")
    assert not Invoice.objects.exclude(host_number="").exists()
    assert "2 numbers of the host’s" in send("reference,host_number\nELP-0001,C-é\nELP-0002,C-2\n".encode("cp1252"))
    assert "not a CSV file" in send(b"PK\x00\x01")
    assert "Choose the schedule" in unescape(client.post(room(of, "books") + "schedule/").content.decode())
    assert "C-2" in words_of(client, room(of))


def test_accounts_staff_open_an_invoice_from_the_mail_without_an_account(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    of = make.ready(1)
    make.person("The bursar", Post.BUSINESS_MANAGER, school=Membership.objects.get().school)
    with django_capture_on_commit_callbacks(execute=True):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), by=make.SYSTEM)
    body = mail.outbox[-1].body
    link = next(line for line in body.splitlines() if "/open/" in line).split("8000", 1)[1]
    client = Client()
    for path in ("", "invoice.pdf", "purchase-order/", "payer/", "query/"):
        assert client.get(f"/invoice/ELP-0001/{path}").headers["Location"].startswith("/invoice/?number=ELP-0001")
    assert client.get("/invoice/ELP-0001/open/0000-0000-0000/").headers["Location"].startswith("/invoice/?number=")
    opened = client.get(link)
    assert opened.headers["Location"] == "/invoice/ELP-0001/", "the code does not stay in the address"
    page = words_of(client, link)
    assert "never change by" in page and "Not registered for VAT" in page and "01632 960 001" in page
    assert client.get("/invoice/ELP-0001/invoice.pdf").content.startswith(b"%PDF")
    client.post("/invoice/ELP-0001/purchase-order/", {"order": "PO 4711"})
    client.post("/invoice/ELP-0001/payer/", {"name": "Colham Trust", "address": "1 High Street"})
    client.post("/invoice/ELP-0001/query/", {"words": "Is VAT due?", "name": "Accounts", "email": "a@colham.example"})
    page = words_of(client, "/invoice/ELP-0001/")
    assert "PO 4711" in page and "Colham Trust" in page and "being queried" in page
    assert client.get("/invoice/ELP-0001/invoice.pdf?notes").content.startswith(b"%PDF")
    code = body.split("the code ")[1].split(".")[0]
    typed = Client().post("/invoice/", {"number": "elp-0001", "code": code.replace("-", " ")})
    assert typed.headers["Location"] == "/invoice/ELP-0001/"
    assert "do not belong together" in Client().post("/invoice/", {"number": "ELP-0001", "code": "x"}).content.decode()


def test_no_page_offers_to_add_a_charge_to_a_member() -> None:
    """Every form in the room of fees, as the manager sees it, and not one field for another line."""
    invoice = make.issued(2)[0]
    client = as_office(invoice.partnership)
    at = f"invoices/{invoice.reference}/"
    pages = ["fees/", "fees/issue/", "books/schedule/", at, f"{at}payment/", f"{at}query/"]
    names = {
        part.split('"')[0]
        for page in pages
        for part in words_of(client, f"/p/{invoice.partnership.slug}/{page}").split(' name="')[1:]
    } - {"viewport", "theme-color", "htmx-config", "csrfmiddlewaretoken", "q"}
    assert names <= {
        "words",
        "show",
        "key",
        "expected",
        "file",
        "order",
        "to",
        "amount",
        "paid_on_day",
        "paid_on_month",
        "paid_on_year",
        "method",
        "reference",
        "name",
        "email",
    }
    client.post(f"{room(invoice.partnership, 'invoices')}{invoice.reference}/payment/", {"key": keys.new_key(), "amount": "-25"})
    assert Invoice.objects.get(pk=invoice.pk).total == 150_000
