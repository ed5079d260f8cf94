"""The same press twice at once, and other people at once: one deed, and nobody meets an error. On PostgreSQL too."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.money.invoices.actions.held import free_payment, hold_money, use_held_money
from alongside.money.invoices.actions.payments import record_payment
from alongside.money.invoices.models.corrections import Account, HeldMoney
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, room
from tests import at_once as threads

NOON = clock.start_of(date(2022, 5, 3), 12)


def at_once(deed: Callable[[int], Any], times: int) -> list[Any]:
    return threads.at_once(*(partial(deed, number) for number in range(times)), at=NOON)


def held(count: int = 2, amount: int = 100_000) -> tuple[list[Invoice], list[Account]]:
    """Invoices, and as much held for the school of each."""
    with clock.at(NOON):
        invoices = make.issued(count)
        for invoice in invoices:
            hold_money(partnership=invoice.partnership, school=invoice.school, key=keys.new_key(), amount=amount,
                               received_on=date(2022, 5, 2), by=make.SYSTEM)  # fmt: skip
    return invoices, [Account.objects.get(school=invoice.school) for invoice in invoices]


@pytest.mark.django_db(transaction=True)
def test_one_press_that_arrives_six_times_uses_the_money_once() -> None:
    (first, _), (account, _) = held()
    key = keys.new_key()
    outcomes = at_once(lambda _: use_held_money(account=account, invoice=first, key=key, amount=30_000, by=make.SYSTEM), 6)
    assert {getattr(one, "pk", one) for one in outcomes} == {key}
    account.refresh_from_db()
    first.refresh_from_db()
    assert (account.held, first.paid, Payment.objects.count()) == (70_000, 30_000, 1)
    assert HeldMoney.objects.filter(used_as=key).count() == Event.objects.filter(act="invoices.used").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_key_for_two_schools_money_is_used_for_one_of_them() -> None:
    (first, _), accounts = held()
    key = keys.new_key()
    outcomes = at_once(
        lambda n: use_held_money(account=accounts[n % 2], invoice=first, key=key, amount=30_000, by=make.SYSTEM), 2
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["Conflict", "Payment"]
    first.refresh_from_db()
    assert sorted(Account.objects.values_list("held", flat=True)) == [70_000, 100_000] and first.paid == 30_000


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
def test_a_key_that_was_used_for_another_school_or_invoice_is_refused() -> None:
    (first, second), (account, other) = held()
    key = keys.new_key()
    done = use_held_money(account=account, invoice=first, key=key, amount=30_000, by=make.SYSTEM)
    with clock.at(clock.now() + timedelta(days=1)):  # pressed again after midnight
        assert use_held_money(account=account, invoice=first, key=key, amount=30_000, by=make.SYSTEM) == done
    for words in (
        {"account": other, "invoice": first, "amount": 30_000},
        {"account": account, "invoice": second, "amount": 30_000},
        {"account": account, "invoice": first, "amount": 29_999},
    ):
        with pytest.raises(Conflict, match="was sent before with something else"):
            use_held_money(key=key, by=make.SYSTEM, **words)
    assert Payment.objects.count() == HeldMoney.objects.filter(used_as__isnull=False).count() == 1


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
def test_a_second_press_after_the_invoice_is_settled_is_answered_like_the_first() -> None:
    (first, _), _ = held(amount=150_000)
    client, address = as_office(first.partnership), f"{room(first.partnership, 'invoices')}statement/{first.school.urn}/use/"
    typed = {"key": keys.new_key(), "invoice": first.pk, "amount": "1500"}
    answers = [client.post(address, typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302], answers[1].content.decode()
    assert Payment.objects.count() == 1
    late = client.post(address, typed | {"key": keys.new_key()})
    assert late.status_code == 200 and b"There is a problem" in late.content
    gone = client.post(address, typed | {"key": keys.new_key(), "invoice": keys.new_key()})
    assert gone.status_code == 200 and Payment.objects.count() == 1


MAY_2 = date(2022, 5, 2)


@pytest.mark.django_db(transaction=True)
def test_the_same_payment_from_two_windows_at_once_is_recorded_once_and_asked_about_once() -> None:
    with clock.at(NOON):
        (invoice,) = make.issued(1)
    said = {"amount": 30_000, "paid_on": MAY_2, "reference": "BACS 77"}
    outcomes = at_once(lambda _: record_payment(invoice=invoice, key=keys.new_key(), **said, by=make.SYSTEM), 4)
    assert sorted(type(one).__name__ for one in outcomes) == ["Invalid"] * 3 + ["Payment"]
    assert all(list(one.problems) == ["again"] for one in outcomes if isinstance(one, Invalid))
    invoice.refresh_from_db()
    assert (invoice.paid, Payment.objects.count()) == (30_000, 1)


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
@pytest.mark.parametrize(
    ("other", "asked"),
    [
        ({}, True), ({"method": "cheque"}, True), ({"reference": " BACS 77 "}, True), ({"again": True}, False),
        ({"amount": 30_001}, False), ({"paid_on": date(2022, 5, 1)}, False), ({"reference": "BACS 78"}, False),
    ],
)  # fmt: skip
def test_what_is_recorded_already_is_asked_for_once_more(other: dict[str, Any], asked: bool) -> None:
    first, second = make.issued(2)
    said = {"amount": 30_000, "paid_on": MAY_2, "reference": "BACS 77"}
    key = keys.new_key()
    done = record_payment(invoice=first, key=key, **said, by=make.SYSTEM)
    assert record_payment(invoice=first, key=key, **said, by=make.SYSTEM) == done, "the same press is answered like the first"
    record_payment(invoice=second, key=keys.new_key(), **said, by=make.SYSTEM)
    try:
        record_payment(invoice=first, key=keys.new_key(), **said | other, by=make.SYSTEM)
    except Invalid as problem:
        assert asked and "a second time" in problem.problems["again"]
    else:
        assert not asked


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
def test_a_payment_that_was_undone_is_recorded_anew_unasked() -> None:
    (invoice,) = make.issued(1)
    said = {"amount": 30_000, "paid_on": MAY_2, "reference": "BACS 77"}
    wrong = record_payment(invoice=invoice, key=keys.new_key(), **said, by=make.SYSTEM)
    free_payment(payment=wrong, reason="The wrong school", by=make.SYSTEM)
    assert record_payment(invoice=invoice, key=keys.new_key(), **said, by=make.SYSTEM).pk != wrong.pk


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
def test_a_page_shows_the_box_when_it_is_asked_for_and_only_then() -> None:
    (invoice,) = make.issued(1)
    client, at = as_office(invoice.partnership), f"{room(invoice.partnership, 'invoices')}{invoice.reference}/payment/"
    day = {"paid_on_day": "2", "paid_on_month": "5", "paid_on_year": "2022"}
    typed = {"amount": "300", **day, "method": "bank transfer", "reference": "BACS 77"}
    box = b"As much came in a second time"
    assert box not in client.get(at).content
    assert client.post(at, typed | {"key": keys.new_key(), "again": "False"}).status_code == 302
    asked = client.post(at, typed | {"key": keys.new_key(), "again": ""})
    assert asked.status_code == 200 and box in asked.content and b"recorded here already" in asked.content
    assert client.post(at, typed | {"key": keys.new_key(), "again": "on"}).status_code == 302
    assert Payment.objects.count() == 2
    for page, dated in (("hold_money", "received_on"), ("refund_money", "paid_on")):
        at = reverse(f"invoices:{page}", args=[invoice.partnership.slug, invoice.school.urn])
        again = {name.replace("paid_on", dated): value for name, value in day.items()} | {"amount": "10", "reference": "BACS 9"}
        answers = [client.post(at, again | {"key": keys.new_key()}) for _ in range(2)]
        assert [one.status_code for one in answers] == [302, 200] and b"recorded here already" in answers[1].content
