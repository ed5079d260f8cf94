"""Who pays: for this invoice at once, for later ones when the school or the office has agreed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Refused
from alongside.ground.documents.actions import new_codes
from alongside.ground.web.needs import NeedRow
from alongside.money.invoices.actions import payers, payments, sending
from alongside.money.invoices.app import APP
from alongside.money.invoices.models.invoices import Invoice, Payer
from alongside.money.invoices.queries import waiting
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, as_school, room, text_of, words_of
from tests.shown import press, seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]
TRUST = {"name": "Colham Trust", "address": "1 High Street", "email": "accounts@colham.example"}


def with_code(invoice: Invoice) -> Client:
    """The browser of somebody who opened an invoice with its code and has no account."""
    client, code = Client(), new_codes([invoice])[invoice.pk]
    assert client.get(f"/invoice/{invoice.reference}/open/{code}/").status_code == 302
    return client


def say(client: Client, address: str, said: dict[str, str], *, follow: bool = False) -> Any:
    """Say on a page that was just opened who will pay."""
    return press(client, address, said, name="version", follow=follow)


def waits(invoice: Invoice, viewer: Standing) -> list[str]:
    """What waits about later payers, in the words of "Needs you"."""
    rows = [NeedRow(*row) for part in waiting.needs(viewer=viewer, on=clock.today()) for row in part]
    return [APP.rows[one.what].words(one.label) for one in rows if one.what == "invoices.payer_asked"]


def later(invoice: Invoice) -> tuple[str, str]:
    """Who pays later invoices of the school, and where they go."""
    found = Payer.objects.filter(school=invoice.school).values_list("name", "email").first()
    return found or ("", "")


def test_the_code_redirects_this_invoice_at_once_and_later_ones_after_somebody_agreed() -> None:
    invoice = make.issued(1, email="bursar@school.example")[0]
    client, of = with_code(invoice), invoice.partnership
    page = text_of(say(client, f"/invoice/{invoice.reference}/payer/", TRUST, follow=True))
    assert "Later ones go to them when the school or the office has agreed" in page
    invoice.refresh_from_db()
    assert (invoice.later_payer, invoice.payer_email, later(invoice)) == ("Colham Trust", "accounts@colham.example", ("", ""))
    said = [f"Say whether somebody else pays for {invoice.school_name} from now on"]
    assert waits(invoice, make.office(of)) == waits(invoice, make.in_school(of, invoice.school)) == said
    address = f"{room(of, 'invoices')}{invoice.reference}/"
    office = as_office(of)
    assert "Should later invoices for" in words_of(office, address)
    press(office, f"{address}payer/agree/", {"agreed": "yes"}, on=address)
    assert later(invoice) == ("Colham Trust", "accounts@colham.example") and waits(invoice, make.office(of)) == []
    assert office.post(f"{address}payer/agree/", {"agreed": "no"}).status_code == 409


@pytest.mark.parametrize("who", [as_office, as_school])
def test_it_may_be_declined_and_this_invoice_stays_with_its_payer(who: object) -> None:
    invoice = make.issued(1)[0]
    say(with_code(invoice), f"/invoice/{invoice.reference}/payer/", TRUST)
    client = as_office(invoice.partnership) if who is as_office else as_school(invoice)
    address = f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    press(client, f"{address}payer/agree/", {"agreed": "no"}, on=address)
    invoice.refresh_from_db()
    assert (invoice.later_payer, invoice.payer_asked, later(invoice)) == ("Colham Trust", False, ("", ""))


EVIL = {"name": "Evil Ltd", "address": "2 Low Street", "email": "evil@evil.example"}


@pytest.mark.parametrize(
    ("other", "changed"),
    [
        (EVIL, "who pays, their address and where it is sent"),
        ({**TRUST, "email": "evil@evil.example"}, "where it is sent"),
        ({**TRUST, "address": "2 Low Street"}, "their address"),
    ],
)
@pytest.mark.parametrize("agreed", ["yes", "no"])
def test_the_office_agrees_to_the_payer_whom_its_page_named_and_to_nobody_else(
    agreed: str, other: dict[str, str], changed: str
) -> None:
    invoice = make.issued(1, email="bursar@school.example")[0]
    outsider, office = with_code(invoice), as_office(invoice.partnership)
    address = f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    say(outsider, f"/invoice/{invoice.reference}/payer/", TRUST)
    page = words_of(office, address)
    assert "Colham Trust, 1 High Street, accounts@colham.example" in page
    say(outsider, f"/invoice/{invoice.reference}/payer/", other)
    refused = office.post(f"{address}payer/agree/", {"agreed": agreed, "seen": seen_on(page)})
    assert refused.status_code == 409 and not Payer.objects.exists()
    said = text_of(refused)
    assert "You saw Colham Trust, 1 High Street, accounts@colham.example; by now it is" in said
    assert other["email"] in said and f"This changed meanwhile: {changed}." in said
    assert press(office, f"{address}payer/agree/", {"agreed": agreed}, on=address).status_code == 302


def test_one_goes_back_from_the_payer_whom_the_page_named_and_from_nobody_else() -> None:
    invoice = make.issued(1, email="bursar@school.example")[0]
    outsider, office = with_code(invoice), as_office(invoice.partnership)
    address = f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    say(outsider, f"/invoice/{invoice.reference}/payer/", EVIL)
    seen = seen_on(words_of(office, address))
    say(office, f"{address}payer/", TRUST)
    assert office.post(f"{address}payer/after-all/", {"seen": seen}).status_code == 409
    invoice.refresh_from_db()
    assert invoice.later_payer == "Colham Trust"


def test_nobody_agrees_with_the_code_alone() -> None:
    invoice = make.issued(1)[0]
    say(with_code(invoice), f"/invoice/{invoice.reference}/payer/", TRUST)
    with pytest.raises(Refused):
        payers.agree_payer(invoice=invoice, agreed=True, seen=UNSEEN, by=Standing())


def test_the_school_and_the_office_say_it_for_later_ones_at_once() -> None:
    for number, invoice in enumerate(make.issued(2)):
        by = make.office(invoice.partnership) if number else make.in_school(invoice.partnership, invoice.school)
        payers.readdress_invoice(invoice=invoice, **TRUST, version=UNSEEN, by=by)
        assert later(invoice) == ("Colham Trust", "accounts@colham.example") and not invoice.payer_asked


def test_the_school_pays_after_all() -> None:
    invoice = make.issued(1, email="bursar@school.example")[0]
    address = f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    client = as_office(invoice.partnership)
    say(client, f"{address}payer/", TRUST)
    say(client, f"{address}payer/", {**TRUST, "name": "Colham Multi-Academy Trust", "email": "finance@colham.example"})
    assert f"{invoice.payer_name} pays after all" in words_of(client, address)
    page = text_of(press(client, f"{address}payer/after-all/", {}, on=address, follow=True))
    assert f"{invoice.payer_name} pays {invoice.reference} after all: it goes to bursar@school.example" in page
    invoice.refresh_from_db()
    assert (invoice.later_payer, invoice.notes, invoice.email_before, later(invoice)) == ("", [], "", ("", ""))
    with pytest.raises(Conflict, match="Nobody else is to pay"):
        payers.restore_payer(invoice=invoice, seen=UNSEEN, by=make.SYSTEM)


def test_with_the_code_it_is_taken_back_for_this_invoice_and_what_was_agreed_stays() -> None:
    invoice = make.issued(1)[0]
    payers.change_payer(
        partnership=invoice.partnership, school=invoice.school, **TRUST, purchase_order="", by=make.office(invoice.partnership)
    )
    client = with_code(invoice)
    say(client, f"/invoice/{invoice.reference}/payer/", {**TRUST, "name": "Somebody"})
    assert "pays after all" in words_of(client, f"/invoice/{invoice.reference}/")
    at = f"/invoice/{invoice.reference}/"
    assert press(client, f"{at}payer/after-all/", {}, on=at).status_code == 302
    invoice.refresh_from_db()
    assert (invoice.later_payer, invoice.payer_asked, later(invoice)[0]) == ("", False, "Colham Trust")


def test_what_is_paid_keeps_its_payer() -> None:
    invoice = make.issued(1)[0]
    payers.readdress_invoice(invoice=invoice, **TRUST, version=UNSEEN, by=make.SYSTEM)
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=5, paid_on=clock.today(), by=make.SYSTEM)
    with pytest.raises(Conflict):
        payers.restore_payer(invoice=invoice, seen=UNSEEN, by=make.SYSTEM)


def test_a_code_that_was_replaced_changes_nothing() -> None:
    invoice = make.issued(1, email="bursar@school.example")[0]
    client = with_code(invoice)
    sending.send_invoice(invoice=invoice, to="new@school.example", version=UNSEEN, by=make.SYSTEM)
    assert client.post(f"/invoice/{invoice.reference}/payer/after-all/").status_code == 302
    assert client.post(f"/invoice/{invoice.reference}/payer/", TRUST).headers["Location"].startswith("/invoice/?number=")


def test_what_is_paid_or_queried_is_told_before_anything_is_typed() -> None:
    paid, queried, open_still = make.issued(3)
    payments.record_payment(invoice=paid, key=keys.new_key(), amount=paid.total, paid_on=clock.today(), by=make.SYSTEM)
    payers.query_invoice(invoice=queried, key=keys.new_key(), name="A", email="", words="Why?", by=make.SYSTEM)
    office = as_office(paid.partnership)
    for one, page, words in (
        (paid, "query", "is paid in full"), (queried, "query", "is being queried already"), (open_still, "query", ""),
        (paid, "payer", "so its payer stays"), (queried, "payer", ""),
    ):  # fmt: skip
        name = {"query": "query_invoice", "payer": "readdress_invoice"}[page]
        shown = words_of(office, reverse(f"invoices:{name}", args=[one.partnership.slug, one.reference]))
        assert (words in shown, "<form" in shown.partition("<main")[2]) == (True, not words), (one.reference, page)
