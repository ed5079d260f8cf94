"""What accounts staff and hosts do: an invoice opened from the mail, the schedule out and in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import VISITOR, Post
from alongside.ground.core.verdict import Conflict, Refused
from alongside.ground.documents.models import Document, OpeningCode
from alongside.ground.files import actions as files
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Paper, Readers
from alongside.ground.files.tests.make import paper
from alongside.members.partnerships.models import Partnership
from alongside.money.invoices.actions import payers, sending
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.invoices import opened_invoice
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, as_school, room
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
Committed = Callable[..., object]


# Opened from the mail


def mailed(callbacks: Committed) -> tuple[Invoice, str]:
    """An invoice that was mailed, and the code in the mail."""
    with callbacks(execute=True):
        (invoice,) = make.issued(1, email="bursar@elm.example")
    words = mail.outbox[-1].body
    return invoice, words.split("the code ")[1].split(".")[0]


def test_the_mail_goes_to_accounts_with_a_code_that_is_kept_only_as_a_hash(django_capture_on_commit_callbacks: Committed) -> None:
    invoice, code = mailed(django_capture_on_commit_callbacks)
    assert (
        "ELP-0001" in mail.outbox[-1].subject
        and "never change by e-mail" in mail.outbox[-1].body
        and "£1,500.00" in mail.outbox[-1].body
    )
    assert Document.objects.filter(row=invoice.pk).exists(), "typeset after the transaction"
    bare = code.replace("-", "")
    for row in [*OpeningCode.objects.values(), *Event.objects.values(), *Invoice.objects.values()]:
        assert code not in str(row) and bare not in str(row)
    opened = sending.open_invoice(reference=" elp-0001 ", code=code.upper().replace("0", "O"), by=VISITOR)
    assert opened.invoice == invoice and opened_invoice("ELP-0001", opened.proof, viewer=VISITOR) == invoice
    payers.add_purchase_order(invoice=invoice, order="PO 1", proof=opened.proof, version=UNSEEN, by=VISITOR)
    with pytest.raises(Refused):
        payers.add_purchase_order(invoice=invoice, order="PO 2", proof="0" * 64, version=UNSEEN, by=VISITOR)


def test_guessing_is_slowed_down_for_the_guesser_and_closes_the_form_for_nobody_else(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    _, code = mailed(django_capture_on_commit_callbacks)
    guesser, payer = Client(REMOTE_ADDR="198.51.100.1"), Client(REMOTE_ADDR="198.51.100.2")
    tries = [{"number": number, "code": f"{n:012d}"} for n in range(15) for number in ("ELP-0001", "ELP-9999")]
    answers = [guesser.post("/invoice/", one) for one in tries]
    assert [one.status_code for one in answers] == [200] * 20 + [429] * 10
    said = {one.content.decode().count("This number and this code do not belong together") for one in answers[:20]}
    assert len(said) == 1 and said != {0}, "a number that does not exist is answered like a wrong code"
    opened = payer.post("/invoice/", {"number": "ELP-0001", "code": code})
    assert opened.headers["Location"] == "/invoice/ELP-0001/"


def test_the_link_of_an_earlier_mail_opens_the_invoice_after_a_later_one(django_capture_on_commit_callbacks: Committed) -> None:
    invoice, code = mailed(django_capture_on_commit_callbacks)
    office = make.office(invoice.partnership)
    sending.write_about(invoice, "invoices/first_reminder.txt", make.IssuerSettings(), office)
    sending.send_invoice(invoice=invoice, to=invoice.payer_email, version=UNSEEN, by=office)
    client = Client()
    assert client.get(f"/invoice/ELP-0001/open/{code}/").headers["Location"] == "/invoice/ELP-0001/"
    assert client.get("/invoice/ELP-0001/").status_code == 200


def said_of_a_dead_link(code: str) -> str:
    """What the link of a mail says when it opens nothing."""
    return Client().get(f"/invoice/ELP-0001/open/{code}/").content.decode()


def test_a_link_that_was_replaced_says_so_and_whom_to_ask(django_capture_on_commit_callbacks: Committed) -> None:
    invoice, code = mailed(django_capture_on_commit_callbacks)
    client = Client()
    client.get(f"/invoice/ELP-0001/open/{code}/")
    sending.send_invoice(invoice=invoice, to="new@school.example", version=UNSEEN, by=make.office(invoice.partnership))
    words = said_of_a_dead_link(code)
    assert "was sent again, to another address" in words
    assert "Ask Elthorne Learning Partnership for a new link" in words and "mailto:finance@elthorne.example" in words
    assert "mailto:finance@elthorne.example" in client.post("/invoice/", {"number": "ELP-0001", "code": code}).content.decode()
    assert client.get("/invoice/ELP-0001/").status_code == 302, "what was open with it is closed"


def test_a_link_opens_its_invoice_for_400_days_and_says_then_that_it_is_too_old(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    _, code = mailed(django_capture_on_commit_callbacks)
    with clock.at(clock.start_of(date(2023, 5, 5), 9)):
        assert sending.open_invoice(reference="ELP-0001", code=code, by=VISITOR).invoice
    with clock.at(clock.start_of(date(2023, 5, 7), 9)):
        words = said_of_a_dead_link(code)
    assert "more than a year old" in words and "for a new link" in words


def test_a_link_that_was_never_right_tells_nothing_about_the_invoice(django_capture_on_commit_callbacks: Committed) -> None:
    mailed(django_capture_on_commit_callbacks)
    words = said_of_a_dead_link("000000000000")
    assert "does not open the invoice" in words and "latest e-mail" in words
    assert "mailto:" not in words and "Elthorne" not in words


# Supplier evidence


def evidence(
    of: Partnership, title: str, audience: Readers = Readers.MEMBERS, kind: Paper = Paper.SUPPLIER_EVIDENCE
) -> StoredFile:
    """A paper that the office keeps."""
    return paper(of.pk, title, words=f"The words of {title}.", kind=kind, audience=audience)


def test_accounts_staff_download_the_supplier_form_beside_the_invoice_that_they_opened(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    invoice, code = mailed(django_capture_on_commit_callbacks)
    of, other = invoice.partnership, make.partnership("Another")
    form = evidence(of, "Supplier form")
    closed = [
        evidence(of, "For the office alone", Readers.OFFICE),
        evidence(of, "The agreement", kind=Paper.AGREEMENT),
        evidence(other, "Bank letter of another"),
    ]
    client, page = Client(), "/invoice/ELP-0001/"
    assert client.get(f"{page}paper/{form.pk}/").status_code == 302, "only with the code"
    client.post("/invoice/", {"number": "ELP-0001", "code": code})
    words = client.get(page).content.decode()
    assert "Supplier form" in words and f"{page}paper/{form.pk}/" in words
    got = client.get(f"{page}paper/{form.pk}/")
    assert got.content == b"The words of Supplier form." and got.headers["Content-Disposition"].startswith("attachment")
    for one in closed:
        assert one.title not in words and client.get(f"{page}paper/{one.pk}/").status_code == 404
    files.take_out_file(file=form, by=make.SYSTEM)
    assert client.get(f"{page}paper/{form.pk}/").status_code == 404 and b"Supplier form" not in client.get(page).content


def test_the_invoices_page_links_the_evidence_that_its_reader_may_open() -> None:
    invoice = make.issued(1)[0]
    of, page = invoice.partnership, f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    form, own = evidence(of, "Supplier form"), evidence(of, "For the office alone", Readers.OFFICE)
    for client, shown in ((as_office(of), [form, own]), (as_school(invoice), [form])):
        words = client.get(page).content.decode()
        assert [one for one in (form, own) if f"/files/{one.pk}/" in words or one.title in words] == shown
        assert all(client.get(reverse("files:download", args=[one.pk])).status_code == 200 for one in shown)


def test_who_is_signed_in_need_not_type_their_name_and_address_to_query(django_capture_on_commit_callbacks: Committed) -> None:
    invoice, code = mailed(django_capture_on_commit_callbacks)
    mine = make.person("The bursar", Post.BUSINESS_MANAGER, school=invoice.school)
    client = enter(Client(), mine)
    client.post("/invoice/", {"number": "ELP-0001", "code": code})
    for page in (f"{room(invoice.partnership, 'invoices')}ELP-0001/query/", "/invoice/ELP-0001/query/"):
        words = client.get(page).content.decode()
        assert f'value="{mine.name}"' in words and f'value="{mine.email}"' in words
    visitor = Client()
    visitor.post("/invoice/", {"number": "ELP-0001", "code": code})
    assert mine.email not in visitor.get("/invoice/ELP-0001/query/").content.decode()


# A host


def test_a_host_sends_its_own_invoices_so_nothing_is_mailed_from_here() -> None:
    invoice = make.issued(1, issuer=Issuer.HOST, host_name="Elthorne Council")[0]
    assert not OpeningCode.objects.exists()
    with pytest.raises(Conflict):
        sending.send_invoice(invoice=invoice, to="a@b.example", version=UNSEEN, by=make.SYSTEM)
    payers.record_host_number(invoice=invoice, host_number=" C-9 ", version=UNSEEN, by=make.SYSTEM)
    assert Invoice.objects.get().host_number == "C-9"
