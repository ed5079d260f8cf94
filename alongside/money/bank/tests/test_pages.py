import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.money.bank.models import BankLine
from alongside.money.bank.rules.reading import LineState, kinds_of
from alongside.money.invoices.actions import payments
from alongside.money.invoices.models.corrections import Account
from alongside.money.invoices.models.invoices import Payment
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, room, text_of, words_of
from tests.shown import seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]


def sent(client: Client, of: object, data: bytes, name: str = "may.csv") -> str:
    """Read a statement by its page."""
    file = SimpleUploadedFile(name, data)
    return text_of(client.post(room(of, "bank") + "read/", {"key": keys.new_key(), "file": file}, follow=True))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_statement_is_read_however_it_is_encoded(coding: str) -> None:
    invoice = make.issued(1)[0]
    text = "Date,Description,Amount\n03/05/2022,St Bride’s £ ELP-0001,£1500.00\n"
    page = sent(as_office(invoice.partnership), invoice.partnership, text.encode(coding))
    assert "1 new line" in page and "St Bride’s £" in page and "Book the ticked lines" in page


@pytest.mark.parametrize("data", [b"PK\x03\x04nothing", b"%PDF-1.7", b"Date,Amount\x00\n", b"", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_csv_is_refused_kindly(data: bytes) -> None:
    invoice = make.issued(1)[0]
    page = sent(as_office(invoice.partnership), invoice.partnership, data)
    assert ("not a CSV" in page or "empty" in page or "cannot be understood" in page) and not BankLine.objects.exists()


def test_ticked_lines_are_booked_as_they_were_shown_and_a_second_press_books_nothing() -> None:
    first, second = make.issued(2)
    of, client = first.partnership, as_office(first.partnership, Post.FINANCE)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,ELP-0001,1500\n03/05/2022,ELP-0002,1500\n03/05/2022,ELP-0002 B,1500\n")
    page = words_of(client, room(of, "bank"))
    values = [part.split('"')[0] for part in page.split('name="book" value="')[1:]]
    assert len(values) == 2, "the second line for ELP-0002 is not proposed"
    for _ in range(2):
        client.post(room(of, "bank") + "book/", {"book": [*values, "nonsense", "a:b", f"{keys.new_key()}:{second.pk}"]})
    assert Payment.objects.count() == 2 and BankLine.objects.filter(state=LineState.BOOKED).count() == 2
    again = client.post(room(of, "bank") + "book/", {"book": values}, follow=True)
    assert "booked already" in text_of(again) and Payment.objects.count() == 2
    waiting = BankLine.objects.get(state=LineState.WAITING)
    at = f"{room(of, 'bank')}{waiting.pk}/"
    assert "settled already" in words_of(client, at) and "No invoice that is still owed" in words_of(client, at + "?words=zzz")
    assert "Nothing was booked" in text_of(client.post(at + "book/", {"urn": "x"}, follow=True))
    client.post(at + "book/", {"urn": str(first.school_urn)})
    assert Account.objects.get(school=first.school).held == 150_000


def test_all_that_probably_fit_are_ticked_at_once_without_a_script_and_nothing_else_is() -> None:
    invoices = make.issued(3)
    of, client = invoices[0].partnership, as_office(invoices[0].partnership, Post.FINANCE)
    lines = "".join(f"03/05/2022,{one.reference},1500\n" for one in invoices[:2])
    sent(client, of, f"Date,Description,Amount\n{lines}03/05/2022,A cake sale,31\n".encode())
    page = words_of(client, room(of, "bank"))
    assert "Tick all 2 that probably fit" in page and page.count('name="book"') == 2 and " checked" not in page
    link = page.split('data-tick="all"')[0].rsplit('href="', 1)[1].split('"')[0]
    ticked = words_of(client, f"{room(of, 'bank')}{link}")
    assert ticked.count(" checked>") == 2 and "Untick all 2" in ticked and not Payment.objects.exists()
    client.post(room(of, "bank") + "book/", {"book": [ticked.split('name="book" value="')[1].split('"')[0]]})
    assert "Tick all" not in words_of(client, room(of, "bank")), "one line is ticked by itself"


@pytest.mark.parametrize("by_list", [True, False])
def test_a_line_is_booked_to_what_the_page_said_was_owed_or_not_at_all(by_list: bool) -> None:
    first = make.issued(2)[0]
    of, client = first.partnership, as_office(first.partnership)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,ELP-0001,1500\n")
    line = BankLine.objects.get()
    page, at = words_of(client, room(of, "bank")), f"{room(of, 'bank')}{line.pk}/"
    said = {"book": seen_on(page, "book")} if by_list else {"invoice": seen_on(words_of(client, at), "invoice")}
    payments.record_payment(invoice=first, key=keys.new_key(), amount=40_000, paid_on=clock.today(), by=make.SYSTEM)
    refused = client.post(room(of, "bank") + "book/" if by_list else at + "book/", said, follow=True)
    assert "ELP-0001: you saw £1,500.00 to come, by now it is £1,100.00. Nothing was booked" in text_of(refused)
    line.refresh_from_db()
    assert (line.state, Payment.objects.count()) == (LineState.WAITING, 1)


@pytest.mark.parametrize("lost", ["", ".x", ".-1", ".\u0661"])
def test_a_choice_without_what_was_owed_books_nothing(lost: str) -> None:
    first = make.issued(1)[0]
    of, client = first.partnership, as_office(first.partnership)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,ELP-0001,1500\n")
    refused = client.post(f"{room(of, 'bank')}{BankLine.objects.get().pk}/book/", {"invoice": f"{first.pk}{lost}"})
    assert refused.status_code == 409 and not Payment.objects.exists()


def test_hosts_and_trusts_are_told_where_their_money_is() -> None:
    hosted = make.issued(1, issuer=Issuer.HOST, host_name="Elthorne Council")[0]
    client, of = as_office(hosted.partnership), hosted.partnership
    assert "at the host’s bank" in words_of(client, room(of, "bank") + "read/")
    assert "host sends its own reminders" in words_of(client, room(of, "invoices") + "reminders/")
    page = words_of(client, f"{room(of, 'invoices')}{hosted.reference}/credit/")
    assert "The host’s number of its credit note" in page and "The host issues the credit note" in page


def test_after_a_statement_the_page_says_what_it_brought_and_what_needs_a_look() -> None:
    first, second = make.issued(2)
    of, client = first.partnership, as_office(first.partnership)
    lines = b"03/05/2022,ELP-0001,1500\n03/05/2022,Somebody,20\n02/05/2022,Bank charge,-5\n"
    page = sent(client, of, b"Date,Description,Amount\n" + lines)
    assert "3 new lines to look at: £1,520.00 came in, £5.00 went out. 1 probably fits an invoice; 2 need a closer look." in page
    page = sent(client, of, b"Date,Description,Amount\n" + lines + b"02/05/2022,ELP-0002,1500\n")
    assert "1 new line to look at: £1,500.00 came in. 1 probably fits an invoice; none needs a closer look. 3 lines were" in page
    assert "Nothing new. 3 lines were here already." in sent(client, of, b"Date,Description,Amount\n" + lines)
    assert second.school_name in words_of(client, room(of, "bank"))


def test_a_line_that_names_a_school_which_has_paid_says_so_and_offers_to_hold_the_money() -> None:
    first = make.issued(2)[0]
    of, client = first.partnership, as_office(first.partnership)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,ELP-0001,1500\n03/05/2022,ELM GROVE PRIMARY FEE,1500\n")
    page = words_of(client, room(of, "bank"))
    client.post(room(of, "bank") + "book/", {"book": [page.split('name="book" value="')[1].split('"')[0]]})
    waiting = BankLine.objects.get(state=LineState.WAITING)
    said = "The line names Elm Grove Primary: ELP-0001 is paid or settled already"
    at = f"{room(of, 'bank')}{waiting.pk}/"
    assert said in words_of(client, room(of, "bank"))
    page = words_of(client, at)
    assert said in page and "Hold it for Elm Grove Primary" in page and f"/statement/{first.school_urn}/" in page
    done = text_of(client.post(at + "book/", {"urn": str(first.school_urn)}, follow=True))
    assert "Use the money held" in done and "Pay it back" in done
    assert Account.objects.get(school=first.school).held == 150_000


def test_the_second_person_is_told_which_line_and_who_was_quicker() -> None:
    first = make.issued(2)[0]
    of, client = first.partnership, as_office(first.partnership, Post.FINANCE)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,ELM ELP-0001,1500\n03/05/2022,ELP-0002,1500\n")
    values = [part.split('"')[0] for part in words_of(client, room(of, "bank")).split('name="book" value="')[1:]]
    booked = text_of(client.post(room(of, "bank") + "book/", {"book": values}, follow=True))
    assert "2 lines are booked, £3,000.00 in all." in booked and "See what was booked, and undo it" in booked
    assert f"{room(of, 'bank')}?show=booked" in booked
    again = text_of(client.post(room(of, "bank") + "book/", {"book": values}, follow=True))
    for words in ("“ELM ELP-0001”", "“ELP-0002”"):
        assert f"£1,500.00 of 3 May 2022 ({words}) was booked already by The office" in again
    line = BankLine.objects.get(words="ELM ELP-0001")
    page = words_of(client, f"{room(of, 'bank')}{line.pk}/")
    assert "Booked by The office" in page and "Open ELP-0001" in page and f"{room(of, 'invoices')}ELP-0001/" in page
    late = client.post(f"{room(of, 'bank')}{line.pk}/ignore/", {"kind": "interest"})
    assert late.status_code == 409 and "was booked already by The office" in text_of(late)


def test_a_line_is_held_for_a_school_chosen_by_its_name() -> None:
    invoice = make.issued(2)[0]
    of, client = invoice.partnership, as_office(invoice.partnership)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,UNKNOWN,20\n")
    line = BankLine.objects.get()
    at = f"{room(of, 'bank')}{line.pk}/"
    page = words_of(client, at)
    assert f'<option value="{invoice.school_urn}">{invoice.school_name}</option>' in page and "school’s URN" not in page
    client.post(at + "book/", {"urn": str(invoice.school_urn)})
    assert f"/statement/{invoice.school_urn}/" in words_of(client, at)


def test_what_is_not_ours_is_chosen_from_what_such_money_can_be() -> None:
    into, out = ([one.value for one in kinds_of(came_in=one)] for one in (True, False))
    assert into == ["interest", "grant", "transfer", "other"] and out == ["charges", "interest", "transfer", "bill", "other"]
    invoice = make.issued(1)[0]
    of, client = invoice.partnership, as_office(invoice.partnership)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,INTEREST GROSS,4.17\n02/05/2022,FEES,-4.17\n")
    received, paid = BankLine.objects.order_by("position")
    pages = [words_of(client, f"{room(of, 'bank')}{line.pk}/") for line in (received, paid)]
    assert ["Bank charges" in page for page in pages] == [False, True]
    assert client.post(f"{room(of, 'bank')}{paid.pk}/ignore/", {"kind": "charges"}).status_code == 302
    answer = text_of(client.post(f"{room(of, 'bank')}{received.pk}/ignore/", {"kind": "charges"}))
    assert "money in is no charge and no bill" in answer


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "interest"}, "Interest"),
        ({"kind": "interest", "why": "April"}, "Interest: April"),
        ({"kind": "charges"}, ""),
        ({"kind": "bill", "why": "A refund"}, ""),
        ({"kind": "other", "why": "A refund of the hall"}, "A refund of the hall"),
        ({"kind": "grant", "why": "A legacy"}, "A grant or other income: A legacy"),
        ({"kind": "other"}, ""),
        ({}, ""),
    ],
)
def test_what_is_not_ours_says_what_it_is(typed: dict[str, str], said: str) -> None:
    invoice = make.issued(1)[0]
    of, client = invoice.partnership, as_office(invoice.partnership)
    sent(client, of, b"Date,Description,Amount\n03/05/2022,INTEREST GROSS,1.20\n")
    line = BankLine.objects.get()
    answer = client.post(f"{room(of, 'bank')}{line.pk}/ignore/", typed)
    line.refresh_from_db()
    assert line.why_ignored == said and (answer.status_code == 302) is bool(said)
    if said:
        assert "Put aside by The office" in words_of(client, f"{room(of, 'bank')}{line.pk}/")
