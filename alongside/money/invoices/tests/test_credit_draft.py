"""A credit note is seen before it goes out, once, and put right where it was a mistake."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.money.invoices.actions import corrections, payments
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.corrections import LastCredit
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, key_on, room, text_of, words_of
from tests.shown import seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]


def at(invoice: Invoice) -> str:
    """The page on which an invoice is credited."""
    return f"{room(invoice.partnership, 'invoices')}{invoice.reference}/credit/"


def draft(client: Client, invoice: Invoice, amount: str = "100", reason: str = "Agreed", **more: str) -> dict[str, str]:
    """What the page sends when the draft is pressed, after it was looked at."""
    key = key_on(words_of(client, at(invoice)))
    typed = {"key": key, "amount": amount, "reason": reason, **more}
    page = text_of(client.post(at(invoice), typed))
    assert ("Nothing has gone out yet" in page and "Issue" in page) or "another" in page or "Record" in page, page
    return {**typed, "seen": seen_on(page), "shown": seen_on(page, "shown"), "issue": "yes"}


def test_the_draft_says_what_it_will_say_to_whom_and_sends_nothing() -> None:
    invoice = make.issued(1, email="bursar@school.example", vat_code="standard 20%", vat_number="GB 1")[0]
    client = as_office(invoice.partnership)
    page = text_of(client.post(at(invoice), {"key": keys.new_key(), "amount": "600", "reason": "Agreed with the board"}))
    for words in ("Agreed with the board", "bursar@school.example", "£600.00", "£100.00", "£1,200.00", "Issue the credit note"):
        assert words in page, words
    assert not CreditNote.objects.exists() and not mail.outbox
    changed = text_of(client.post(at(invoice), {"key": keys.new_key(), "amount": "600", "reason": "Agreed", "change": "yes"}))
    assert 'value="600"' in changed and "See it first" in changed and not CreditNote.objects.exists()


def test_two_windows_give_one_credit_note_and_the_second_is_told_of_the_first() -> None:
    invoice = make.issued(1)[0]
    first, second = as_office(invoice.partnership), as_office(invoice.partnership)
    one, other = draft(first, invoice), draft(second, invoice)
    assert first.post(at(invoice), one).status_code == 302
    refused = text_of(second.post(at(invoice), other))
    assert "£100.00 was credited a minute ago by The office (ELP-C-0001)" in refused and CreditNote.objects.count() == 1
    again = draft(second, invoice)
    assert second.post(at(invoice), again).status_code == 302 and CreditNote.objects.count() == 2
    assert second.post(at(invoice), again).status_code == 302 and CreditNote.objects.count() == 2, "the same press is one note"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": "2,000"}, "At most £1,500 can still be credited"),
        ({"reason": ""}, "Enter the reason"),
        ({"amount": "0"}, "Enter an amount between"),
    ],
)
def test_what_cannot_be_credited_is_said_before_the_draft(changes: dict[str, str], words: str) -> None:
    invoice = make.issued(1)[0]
    typed = {"key": keys.new_key(), "amount": "100", "reason": "Agreed", **changes}
    page = text_of(as_office(invoice.partnership).post(at(invoice), typed))
    assert words in page and "See it first" in page


def test_a_hosts_credit_is_seen_before_it_is_recorded() -> None:
    invoice = make.issued(1, issuer="host", host_name="Elthorne Council")[0]
    client = as_office(invoice.partnership)
    typed = draft(client, invoice, host_number="C 17")
    assert client.post(at(invoice), typed).status_code == 302 and CreditNote.objects.get().host_number == "C 17"


def test_a_draft_that_would_be_another_by_now_is_not_issued() -> None:
    invoice = make.issued(1)[0]
    client = as_office(invoice.partnership)
    typed = draft(client, invoice)
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=145_000, paid_on=clock.today(), by=make.SYSTEM)
    refused = client.post(at(invoice), typed)
    assert refused.status_code == 409 and "£1,400.00 left to pay then" in text_of(refused) and not CreditNote.objects.exists()
    assert client.post(at(invoice), draft(client, invoice)).status_code == 302


@pytest.mark.parametrize(("minutes", "said"), [(1, "a minute"), (2, "2 minutes"), (59, "59 minutes"), (60, "on Tues")])
def test_the_last_credit_says_when_and_by_whom(minutes: int, said: str) -> None:
    now = clock.now()
    last = LastCredit("k", "ELP-C-0001", 10_000, now - timedelta(minutes=minutes), "Pat")
    assert f"£100.00 was credited {said}" in last.words(now) and "by Pat (ELP-C-0001)" in last.words(now)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(10_000, ("Credit the rest", "£1,400.00")), (150_000, ("is credited in full", "See it in the next run"))],
)
def test_a_mistaken_credit_leads_to_asking_for_the_sum_again(amount: int, words: tuple[str, ...]) -> None:
    invoice = make.issued(1)[0]
    said: dict[str, Any] = {"key": keys.new_key(), "amount": amount, "reason": "Agreed"}
    corrections.issue_credit_note(invoice=invoice, **said, seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM)
    client, of = as_office(invoice.partnership), f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    assert "It was a mistake" in words_of(client, of)
    page = words_of(client, f"{of}ELP-C-0001/wrong/")
    assert all(one in page for one in words)
