from collections.abc import Callable
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.ground.core import clock, keys
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Template, mark_of
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import payments
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests.make import as_office, room, words_of
from tests.shown import seen_on

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


def typed(of: Partnership) -> dict[str, str]:
    """What the set-up page sends."""
    return {**SET_UP, "version": mark_of(settings_of(of, FeeSettings))}


def test_from_nothing_to_invoices_in_three_pages() -> None:
    of = make.partnership()
    make.sign(of, *make.schools(3))
    client = as_office(of)
    assert "Fees are not set up yet" in words_of(client, room(of))
    assert "Please say who issues the invoices" in words_of(client, room(of) + "issue/")
    assert client.post(room(of) + "set-up/", typed(of)).status_code == 302
    assert "3 schools have signed" in words_of(client, room(of))
    page = words_of(client, room(of) + "issue/")
    assert "Ask 3 schools for the fee" in page and "ELP-0001 to ELP-0003" in page and "£4,500" in page
    pdf = client.get(room(of) + "issue/draft.pdf")
    assert pdf.content.startswith(b"%PDF") and not Invoice.objects.exists()
    key = page.split('name="key" value="')[1][:12]
    for _ in range(2):
        assert "Who owes what" in unescape(
            client.post(room(of) + "issue/", {"key": key, "seen": seen_on(page)}, follow=True).content.decode()
        )
    assert Invoice.objects.count() == 3
    assert client.get(f"{room(of, 'invoices')}ELP-0001/invoice.pdf").content.startswith(b"%PDF")


def test_set_up_leads_to_whom_it_asks_where_schools_have_signed_and_a_learning_partnership_issues_itself() -> None:
    of = make.partnership("Ash Partnership")
    client = as_office(of)
    assert 'value="partnership" checked' in client.get(room(of) + "set-up/").content.decode()
    assert client.post(room(of) + "set-up/", typed(of))["Location"] == room(of)
    make.sign(of, *make.schools(2))
    assert client.post(room(of) + "set-up/", typed(of))["Location"] == f"{room(of)}issue/"
    trust = make.partnership("Our Trust", template=Template.TRUST)
    assert 'value="trust" checked' in as_office(trust).get(room(trust) + "set-up/").content.decode()


def test_a_set_up_that_leaves_something_out_says_what() -> None:
    of = make.partnership()
    page = unescape(
        as_office(of).post(room(of) + "set-up/", {**typed(of), "bank_words": "", "year_one_fee": "lots"}).content.decode()
    )
    assert "Enter how to pay" in page and "Enter an amount in pounds" in page


def test_a_host_needs_no_bank_details() -> None:
    of = make.partnership()
    asked = {
        **dict.fromkeys(SET_UP, ""),
        "version": mark_of(settings_of(of, FeeSettings)),
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
    words_of(client, room(of))  # from the first page on the session keeps where one is
    with django_assert_max_num_queries(11):  # ten, and the demonstration's own
        page = words_of(client, room(of))
    assert "£90,000" in page and "1 to 50 of 60" in page
    assert words_of(client, room(of) + "?show=paid").count("/ELP-") == 1
    assert "No invoice is like that" in words_of(client, room(of) + "?words=nowhere")
    for nonsense in ("?show=x&sort=y&page=-1", "?page=999999999999", "?sort=-state&page=2", "?words=%25%27"):
        assert "Who owes what" in words_of(client, room(of) + nonsense)


def test_the_hosts_file_is_reported_line_by_line() -> None:
    of = make.issued(2, issuer=Issuer.HOST, host_name="Elthorne Council")[0].partnership
    client = as_office(of)
    out = client.get(room(of, "books") + "schedule.csv")
    assert out.headers["Content-Type"].startswith("text/csv") and b"ELP-0002" in b"".join(out.streaming_content)

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
        "seen",
        "version",
        "file",
        "order",
        "to",
        "amount",
        "again",
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
