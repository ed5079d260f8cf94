"""The pages of money in full: what a person may press, what two people at once meet, nonsense."""

from datetime import date

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.members.authority import actions as authority
from alongside.members.authority.rules import DecisionKind
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.members.people.models import Person
from alongside.money.invoices.actions import payments, reminders
from alongside.money.invoices.models.corrections import Account, CreditNote, LetOffDebt, Reminder
from alongside.money.invoices.models.invoices import Invoice, Payer
from alongside.money.invoices.rules.reminders import Step
from alongside.money.invoices.rules.settings import IssuerSettings
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, as_school, room, text_of, words_of
from tests.figures import Figure
from tests.shown import press, seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]


def test_the_finance_officer_credits_lets_off_and_pays_back() -> None:
    invoice = make.issued(1)[0]
    of, client = invoice.partnership, as_office(invoice.partnership, Post.FINANCE)
    at = f"{room(of, 'invoices')}{invoice.reference}/"
    assert "Enter the reason" in text_of(client.post(at + "credit/", {"key": keys.new_key(), "amount": "10"}))
    key = keys.new_key()
    typed = {"key": key, "amount": "100", "reason": "Too much"}
    shown = seen_on(client.post(at + "credit/", typed), "shown")
    for _ in range(2):
        client.post(at + "credit/", {**typed, "issue": "yes", "seen": "", "shown": shown})
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
        key=keys.new_key(), by=make.SYSTEM,
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
    assert lines[0].startswith("Day,What,Number") and lines[-1].endswith(",1500.00")


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


def test_whoever_reminds_notes_and_changes_the_days() -> None:
    invoice = make.issued(1)[0]
    of, client = invoice.partnership, as_office(invoice.partnership)
    version = mark_of(settings_of(of, IssuerSettings), reminders.STEP_DAYS)
    days = {"first_reminder": "9", "second_reminder": "9", "call_after": "30", "version": version}
    assert "comes after the first" in text_of(client.post(room(of, "invoices") + "reminders/days/", days))
    assert client.post(room(of, "invoices") + "reminders/days/", {**days, "second_reminder": "20"}).status_code == 302
    assert "when you press the button" in words_of(client, room(of, "invoices") + "reminders/")
    with clock.at(clock.start_of(date(2022, 6, 13), 12)):
        assert "1 step is due today" in words_of(client, room(of, "invoices") + "reminders/")
        assert client.post(room(of, "invoices") + "reminders/send/").status_code == 409
        press(client, room(of, "invoices") + "reminders/send/", {}, on=room(of, "invoices") + "reminders/")
        step = Reminder.objects.get()
        assert "print and post or ring" in words_of(client, room(of, "invoices") + "reminders/")
        client.post(f"{room(of, 'invoices')}reminders/{step.pk}/", {"words": "Posted", "spoke_to": ""})
        assert "Posted" in words_of(client, room(of, "invoices") + "reminders/")
        assert client.post(f"{room(of, 'invoices')}reminders/{step.pk}/", {"words": "Again"}).status_code == 409
    assert "Posted" not in words_of(as_school(invoice), f"{room(of, 'invoices')}{invoice.reference}/"), (
        "notes of a call stay in the office"
    )


def test_reminders_and_the_letter_to_the_chair_go_as_they_were_shown() -> None:
    invoice = make.issued(2, email="bursar@elm.example")[0]
    of, client = invoice.partnership, as_office(invoice.partnership)
    make.person("The chair", Post.GOVERNOR_CHAIR, school=invoice.school)
    page, send = room(of, "invoices") + "reminders/", room(of, "invoices") + "reminders/send/"
    with clock.at(clock.start_of(date(2022, 6, 13), 12)):
        seen = seen_on(words_of(client, page))
        payments.record_payment(invoice=invoice, key=keys.new_key(), amount=100, paid_on=clock.today(), by=make.SYSTEM)
        refused = client.post(send, {"seen": seen})
        assert refused.status_code == 409 and "This changed meanwhile: the steps. Nothing was sent." in text_of(refused)
        assert not Reminder.objects.exists() and press(client, send, {}, on=page).status_code == 302
    for day in (date(2022, 6, 27), date(2022, 7, 11)):
        with clock.at(clock.start_of(day, 12)):
            press(client, send, {}, on=page)
    call = Reminder.objects.get(invoice=invoice, step=Step.CALL)
    at = f"{page}{call.pk}/"
    seen = seen_on(words_of(client, at))
    Person.objects.filter(name="The chair").update(email="evil@evil.example")
    refused = client.post(f"{at}chair/", {"seen": seen})
    assert refused.status_code == 409 and "by now it is The chair, evil@evil.example, about £1,499.00" in text_of(refused)
    assert press(client, f"{at}chair/", {}, on=at).status_code == 302


NOTED = {
    "purchase-order": ({"order": "PO-111"}, {"order": "PO-222"}, "PO-111", "PO-222"),
    "payer": ({"name": "First Trust", "address": "1"}, {"name": "Second Trust", "address": "1"}, "First Trust", "Second Trust"),
    "send": ({"to": "one@elm.example"}, {"to": "two@elm.example"}, "one@elm.example", "two@elm.example"),
}


@pytest.mark.parametrize("page", NOTED)
@pytest.mark.parametrize("from_the_invoice", [True, False])
def test_what_is_noted_beside_an_invoice_is_not_noted_over_without_a_word(page: str, from_the_invoice: bool) -> None:
    invoice = make.issued(1, email="bursar@elm.example")[0]
    at = f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    first, second, theirs, mine = NOTED[page]
    one, other = as_office(invoice.partnership), as_office(invoice.partnership)
    boxes = words_of(other, at).split(f'action="{at}{page}/"')
    opened = boxes[1] if from_the_invoice and len(boxes) > 1 else words_of(other, f"{at}{page}/")
    version = seen_on(opened, "version")
    assert press(one, f"{at}{page}/", first, name="version").status_code == 302
    late = other.post(f"{at}{page}/", {**second, "version": version})
    assert late.status_code == 409 and theirs in text_of(late) and mine in text_of(late)
    assert other.post(f"{at}{page}/", {**first, "version": version}).status_code == 302, "the same again overwrites nothing"
    assert other.post(f"{at}{page}/", second).status_code == 200, "without its mark nothing is noted"
    assert press(other, f"{at}{page}/", second, name="version").status_code == 302


def test_the_hosts_number_is_not_written_over_without_a_word() -> None:
    invoice = make.issued(1, issuer="host", host_name="Elthorne Council")[0]
    client, at = as_office(invoice.partnership), f"{room(invoice.partnership, 'invoices')}{invoice.reference}/"
    version = seen_on(words_of(client, f"{at}host-number/"), "version")
    client.post(f"{at}host-number/", {"host_number": "C 1", "version": version})
    late = client.post(f"{at}host-number/", {"host_number": "C 2", "version": version})
    assert late.status_code == 409 and "C 1" in text_of(late) and "C 2" in text_of(late)


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


def test_writing_off_leads_to_the_decision_and_back() -> None:
    invoice = make.issued(1)[0]
    of, manager = invoice.partnership, as_office(invoice.partnership)
    at = f"{room(of, 'invoices')}{invoice.reference}/let-off/"
    page = words_of(manager, at)
    assert "Record the decision first" in page and 'name="amount"' not in page
    finance = words_of(as_office(of, Post.FINANCE), at)
    assert "Record the decision first" not in finance and "Only the partnership's manager writes down" in finance
    address = next(part.split('"')[0] for part in page.split('href="') if part.startswith(f"/p/{of.slug}/authority/record/"))
    assert f'value="{invoice.school_urn}" selected' in words_of(manager, address)
    said = {"key": keys.new_key(), "kind": "waiver", "body": "Board", "reference": "PB 4", "urn": invoice.school_urn}
    answer = manager.post(address, {**said, **make.day("decided_on", date(2022, 5, 2))})
    assert answer.headers["Location"] == at
    assert 'name="amount"' in words_of(manager, at)


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/p/another/", "\\\\evil", "/p/elthorne-learning-partnership\\@x/"]
)
def test_after_a_decision_nobody_is_led_elsewhere(onward: str) -> None:
    invoice = make.issued(1)[0]
    of, manager = invoice.partnership, as_office(invoice.partnership)
    said = {
        "key": keys.new_key(),
        "kind": "waiver",
        "body": "Board",
        "reference": "PB 4",
        **make.day("decided_on", date(2022, 5, 2)),
    }
    answer = manager.post(f"/p/{of.slug}/authority/record/?next={onward}", said)
    assert answer.headers["Location"] == f"/p/{of.slug}/authority/"
