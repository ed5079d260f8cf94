"""The pages of money in full: what a person may press, what two people at once meet, nonsense."""

from datetime import date
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.members.authority import actions as authority
from alongside.members.authority.rules import DecisionKind
from alongside.money.bank.models import BankLine
from alongside.money.bank.rules.reading import LineState
from alongside.money.fees.tests import make
from alongside.money.fees.tests.test_pages import as_office, as_school, room, words_of
from alongside.money.invoices.actions import corrections, payments
from alongside.money.invoices.models.corrections import Account, CreditNote, LetOffDebt, Reminder
from alongside.money.invoices.models.invoices import Invoice, Payer, Payment
from alongside.money.invoices.rules.reminders import Step
from alongside.money.invoices.rules.settings import Issuer
from tests.figures import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]


def text_of(response: object) -> str:
    """The words of an answer."""
    return unescape(response.content.decode())


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
    assert "looked at this line" in text_of(again) or Payment.objects.count() == 2
    waiting = BankLine.objects.get(state=LineState.WAITING)
    at = f"{room(of, 'bank')}{waiting.pk}/"
    assert "settled already" in words_of(client, at) and "No invoice that is still owed" in words_of(client, at + "?words=zzz")
    assert "Nothing was booked" in text_of(client.post(at + "book/", {"urn": "x"}, follow=True))
    client.post(at + "book/", {"urn": str(first.school_urn)})
    assert Account.objects.get(school=first.school).held == 150_000


def test_the_finance_officer_credits_lets_off_and_pays_back() -> None:
    invoice = make.issued(1)[0]
    of, client = invoice.partnership, as_office(invoice.partnership, Post.FINANCE)
    at = f"{room(of, 'invoices')}{invoice.reference}/"
    assert "Enter the reason" in text_of(client.post(at + "credit/", {"key": keys.new_key(), "amount": "10"}))
    key = keys.new_key()
    for _ in range(2):
        client.post(at + "credit/", {"key": key, "amount": "100", "reason": "Too much"})
    assert CreditNote.objects.count() == 1
    page = words_of(client, at + "let-off/")
    assert "No decision about this school" in page
    typed = {"key": keys.new_key(), "kind": "waived", "amount": "100", "reason": "Closed"}
    assert (
        "Choose the decision" in text_of(client.post(at + "let-off/", {**typed, "decision": ""}))
        and not LetOffDebt.objects.exists()
    )
    decision = authority.record_decision(
        partnership=of, kind=DecisionKind.WAIVER, body="Board", decided_on=date(2022, 5, 1), reference="7", amount=10_000,
        by=make.SYSTEM,
    )  # fmt: skip
    assert client.post(at + "let-off/", {**typed, "decision": decision.pk}).status_code == 302
    too_much = text_of(client.post(at + "let-off/", {**typed, "key": keys.new_key(), "decision": decision.pk}))
    assert "Only £0 of this decision is left" in too_much
    page = words_of(client, at)
    assert "Waived" in page and "Credited" in page and "£1,300.00" in page
    assert client.get(f"{at}ELP-C-0001.pdf").content.startswith(b"%PDF")
    assert client.get(f"{at}ELP-C-0002.pdf").status_code == 404


def test_a_payment_is_taken_off_held_and_used_for_another_schools_invoice() -> None:
    first, second = make.issued(2)
    of, client = first.partnership, as_office(first.partnership)
    payment = payments.record_payment(invoice=first, key=keys.new_key(), amount=150_000, paid_on=clock.today(), by=make.SYSTEM)
    client.post(f"{room(of, 'invoices')}{first.reference}/payment/{payment.pk}/off/", {"reason": "It was for the other school"})
    at = f"{room(of, 'invoices')}statement/{first.school_urn}/"
    assert "£1,500.00 is held" in words_of(client, at)
    typed = {"key": keys.new_key(), "invoice": second.pk, "amount": "1500"}
    for _ in range(2):
        client.post(at + "use/", typed)
    assert Invoice.objects.get(pk=second.pk).owed == 0 and Account.objects.get().held == 0
    assert "used for another school" in words_of(client, at)
    assert "paid from money held" in words_of(client, f"{room(of, 'invoices')}statement/{second.school_urn}/").lower()
    assert client.get(at + "statement.pdf").content.startswith(b"%PDF")
    lines = b"".join(client.get(at + "statement.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("day,what,number") and lines[-1].endswith(",1500.00")


def test_a_school_sees_its_own_statement_and_credit_note_and_presses_nothing() -> None:
    mine, other = make.issued(2)
    corrections.issue_credit_note(invoice=mine, key=keys.new_key(), amount=100, reason="r", by=make.SYSTEM)
    client, at = as_school(mine), f"{room(mine.partnership, 'invoices')}statement/"
    page = words_of(client, f"{at}{mine.school_urn}/")
    assert "ELP-C-0001" in page and "Money came in for no invoice" not in page
    assert client.get(f"{at}{other.school_urn}/").status_code in {403, 404}
    assert client.get(f"{room(mine.partnership, 'invoices')}ELP-0001/ELP-C-0001.pdf").content.startswith(b"%PDF")
    for path in (
        "invoices/aged-debt/",
        "bank/",
        "invoices/reminders/",
        "books/",
        "books/vat/",
        f"invoices/statement/{mine.school_urn}/refund/",
    ):
        assert client.get(f"/p/{mine.partnership.slug}/{path}").status_code == 403, path


@pytest.mark.parametrize(
    "nonsense", ["?first_on_day=99", "?first_on_day=1&first_on_month=1&first_on_year=2023", "?last_on_day=x"]
)
def test_nonsense_in_a_period_shows_a_statement_all_the_same(nonsense: str) -> None:
    invoice = make.issued(1)[0]
    page = words_of(
        as_office(invoice.partnership), f"{room(invoice.partnership, 'invoices')}statement/{invoice.school_urn}/{nonsense}"
    )
    assert "Statement" in page


@pytest.mark.parametrize(
    "backwards",
    [
        "?first_on_day=1&first_on_month=5&first_on_year=2022&last_on_day=1&last_on_month=4&last_on_year=2022",
        "?first_on_day=4&first_on_month=5&first_on_year=2022",
    ],
)
def test_a_statement_that_ends_before_it_begins_is_refused_and_does_not_say_that_nothing_is_owed(backwards: str) -> None:
    invoice = make.issued(1)[0]
    page = words_of(
        as_office(invoice.partnership), f"{room(invoice.partnership, 'invoices')}statement/{invoice.school_urn}/{backwards}"
    )
    assert "Enter a day that is not after the last day of the statement" in page and "£1,500.00 is owed" in page


def test_whoever_rings_a_school_finds_its_own_number_where_none_of_its_people_gave_one() -> None:
    invoice = make.issued(1)[0]
    type(invoice.school.current).objects.filter(pk=invoice.school.current_id).update(phone="020 7946 0125")
    step = Reminder.objects.create(invoice=invoice, step=Step.CALL, on=clock.today(), owed=150_000, made_at=clock.now())
    assert "020 7946 0125" in words_of(
        as_office(invoice.partnership), f"{room(invoice.partnership, 'invoices')}reminders/{step.pk}/"
    )


def test_hosts_and_trusts_are_told_where_their_money_is() -> None:
    hosted = make.issued(1, issuer=Issuer.HOST, host_name="Elthorne Council")[0]
    client, of = as_office(hosted.partnership), hosted.partnership
    assert "at the host’s bank" in words_of(client, room(of, "bank") + "read/")
    assert "host sends its own reminders" in words_of(client, room(of, "invoices") + "reminders/")
    page = words_of(client, f"{room(of, 'invoices')}{hosted.reference}/credit/")
    assert "The host’s number of its credit note" in page and "The host issues the credit note" in page


def test_whoever_reminds_notes_and_changes_the_days() -> None:
    invoice = make.issued(1)[0]
    of, client = invoice.partnership, as_office(invoice.partnership)
    days = {"first_reminder": "9", "second_reminder": "9", "call_after": "30"}
    assert "comes after the first" in text_of(client.post(room(of, "invoices") + "reminders/days/", days))
    assert client.post(room(of, "invoices") + "reminders/days/", {**days, "second_reminder": "20"}).status_code == 302
    assert "when you press the button" in words_of(client, room(of, "invoices") + "reminders/")
    with clock.at(clock.start_of(date(2022, 6, 13), 12)):
        assert "1 step is due today" in words_of(client, room(of, "invoices") + "reminders/")
        client.post(room(of, "invoices") + "reminders/send/")
        step = Reminder.objects.get()
        assert "print and post or ring" in words_of(client, room(of, "invoices") + "reminders/")
        client.post(f"{room(of, 'invoices')}reminders/{step.pk}/", {"words": "Posted", "spoke_to": ""})
        assert "Posted" in words_of(client, room(of, "invoices") + "reminders/")
        assert client.post(f"{room(of, 'invoices')}reminders/{step.pk}/", {"words": "Again"}).status_code == 409
    assert "Posted" not in words_of(as_school(invoice), f"{room(of, 'invoices')}{invoice.reference}/"), (
        "notes of a call stay in the office"
    )


def test_every_form_of_fees_that_edits_a_row_refuses_the_second_stale_save(figure: Figure) -> None:
    invoice = make.issued(1)[0]
    of, place = invoice.partnership, invoice.school
    client, at = as_office(of), f"{room(of, 'invoices')}payers/{invoice.school_urn}/"
    typed = {"name": "First", "address": "", "email": "", "purchase_order": "", "version": "1"}
    assert client.post(at, typed).status_code == 302
    version = str(Payer.objects.get(school=place).version)
    assert client.post(at, {**typed, "name": "Second", "version": version}).status_code == 302
    stale = client.post(at, {**typed, "name": "Third", "version": version})
    assert stale.status_code == 409 and "Second" in text_of(stale) and "Third" in text_of(stale)
    assert Payer.objects.get(school=place).name == "Second"
    figure("promise 14", "fees, who pays for a school: the stale save refused with both texts, 0 overwrites")
