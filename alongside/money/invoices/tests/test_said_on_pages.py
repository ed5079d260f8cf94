from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.authority import actions as authority
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.money.invoices.actions import corrections, payments, reminders
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.papers import decisions_for
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, room, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


@pytest.fixture
def called() -> Iterator[tuple[Invoice, Invoice, Client]]:
    """Two invoices for which somebody has to ring, and the office's browser."""
    first, second = make.issued(2)
    for on in (date(2022, 5, 9), date(2022, 5, 23), date(2022, 6, 6)):
        with clock.at(clock.start_of(on, 8)):
            reminders.send_reminders(partnership=first.partnership, seen=UNSEEN, by=make.SYSTEM)
    with clock.at(clock.start_of(date(2022, 6, 7), 12)):
        yield first, second, as_office(first.partnership)


def test_who_has_paid_meanwhile_waits_for_no_call(called: tuple[Invoice, Invoice, Client]) -> None:
    first, second, client = called
    address = room(first.partnership, "invoices") + "reminders/"
    page = words_of(client, address)
    assert "Nothing: every invoice that is past its day has had all its steps." in page and "waiting" not in page
    to_ring, done = page.split("What comes next")
    assert first.reference in to_ring and second.reference in to_ring and first.reference not in done
    payments.record_payment(invoice=first, key=keys.new_key(), amount=150_000, paid_on=clock.today(), by=make.SYSTEM)
    to_ring, done = words_of(client, address).split("What comes next")
    assert first.reference not in to_ring and second.reference in to_ring
    assert "not needed: settled since" in done and "waiting" not in done
    payments.record_payment(invoice=second, key=keys.new_key(), amount=150_000, paid_on=clock.today(), by=make.SYSTEM)
    assert "Nothing: no invoice is past its day." in words_of(client, address)


def decided(invoice: Invoice, amount: int | None, **more: object) -> Authority:
    said = {
        "kind": DecisionKind.WAIVER,
        "body": "Board",
        "decided_on": date(2022, 4, 1),
        "reference": "PB 4",
        "key": keys.new_key(),
        **more,
    }
    return authority.record_decision(partnership=invoice.partnership, amount=amount, by=make.SYSTEM, **said)


def test_a_decision_that_is_used_up_is_not_offered_again() -> None:
    first, second = make.issued(2)
    spent, rest, open_ended = (
        decided(first, 50_000),
        decided(first, 90_000, reference="PB 5"),
        decided(first, None, reference="PB 6"),
    )
    for decision, amount in ((spent, 50_000), (rest, 40_000), (open_ended, 10_000)):
        key = keys.new_key()
        corrections.let_off_debt(
            invoice=first, key=key, kind="waived", amount=amount, reason="Deficit", decision=decision, by=make.SYSTEM
        )
    offered = decisions_for(second, ("waiver",), viewer=make.SYSTEM)
    assert {one.reference for one in offered} == {"PB 5", "PB 6"}
    client, at = as_office(first.partnership), f"{room(first.partnership, 'invoices')}{second.reference}/let-off/"
    assert f'value="{spent.pk}"' not in words_of(client, at) and f'value="{rest.pk}"' in words_of(client, at)
    said = {"key": keys.new_key(), "kind": "waived", "amount": "500", "reason": "Deficit", "decision": rest.pk}
    assert [client.post(at, said).status_code for _ in range(2)] == [302, 302], "the second press is answered like the first"
    late = client.post(at, said | {"key": keys.new_key(), "decision": spent.pk})
    assert late.status_code == 200 and b"There is a problem" in late.content
