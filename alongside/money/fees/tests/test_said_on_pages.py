"""What the pages of money say in time: promises beyond the money, a year that is short, what is spent, what was taken over."""

from collections.abc import Iterator
from datetime import date
from html import unescape

import pytest
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Invalid
from alongside.members.authority import actions as authority
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.members.people.queries import standing_of
from alongside.members.schools.models import Change, Establishment, School
from alongside.money.budget.actions import planning, spending
from alongside.money.budget.models import Commitment, Heading
from alongside.money.budget.rules import beyond_words
from alongside.money.fees.actions import liability
from alongside.money.fees.queries.liability import liabilities_of, taken_over
from alongside.money.fees.rules.issuing import MARKS, Preview, fee_line
from alongside.money.fees.tests import make
from alongside.money.fees.tests.planning import day
from alongside.money.fees.tests.test_pages import as_office, room, words_of
from alongside.money.fees.tests.years import APRIL, MINUTE, issue, opened
from alongside.money.invoices.actions import corrections, payments, reminders
from alongside.money.invoices.models.invoices import FeeYear, Invoice
from alongside.money.invoices.queries.corrections import decisions_for
from alongside.money.invoices.rules.invoices import Party
from alongside.money.invoices.rules.issuing import Ready
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


# Promises


@pytest.mark.parametrize(
    ("amount", "free", "is_known", "words"),
    [
        (100, 100, True, ""),
        (100, 99, True, "has £0.99 left"),
        (1, 0, True, "has nothing left"),
        (1, -5_000, True, "has nothing left"),
        (10**9, 0, False, ""),
    ],
)
def test_a_promise_beyond_the_money_is_made_with_open_eyes(amount: int, free: int, is_known: bool, words: str) -> None:
    said = beyond_words(amount, free, is_known)
    assert (words in said) if words else said == ""


def test_a_promise_far_over_the_years_money_is_asked_about_once() -> None:
    of = make.issued(2)[0].partnership
    year = FeeYear.objects.get()
    heading = planning.add_heading(partnership=of, name="Networks", year=year, planned=0, by=make.SYSTEM)
    client, address = as_office(of), room(of, "budget") + "promise/?year=1"
    assert "Promise it all the same" not in words_of(client, address)
    said = {"key": keys.new_key(), "heading": heading.pk, "to": "A speaker", "words": "A day", **day("due_on", date(2022, 6, 1))}
    asked = unescape(client.post(address, {**said, "amount": "30000"}).content.decode())
    assert "The year has £3,000 left that is neither spent nor promised" in asked and "Promise it all the same" in asked
    assert not Commitment.objects.exists()
    assert client.post(address, {**said, "amount": "30000", "sure": "on"}).status_code == 302
    assert client.post(address, {**said, "key": keys.new_key(), "amount": "1"}).status_code == 200, "nothing is left now"
    made = Commitment.objects.get()
    change = {
        "commitment": made,
        "heading": heading,
        "to": made.to,
        "words": made.words,
        "due_on": made.due_on,
        "by": make.SYSTEM,
    }
    planning.change_promise(**change, amount=200_000, version=1)
    planning.change_promise(**change, amount=300_000, version=2)
    with pytest.raises(Invalid, match="Tick the box"):
        planning.change_promise(**change, amount=300_001, version=3)
    planning.change_promise(**change, amount=300_001, version=3, sure=True)


# The issue run


def test_the_issue_run_says_that_the_year_before_is_short() -> None:
    of = opened(2)
    with clock.at(APRIL):
        client = as_office(of)
        assert "is short by" not in words_of(client, room(of) + "issue/?year=2")
        year = FeeYear.objects.get(number=1)
        heading = planning.add_heading(partnership=of, name="Networks", year=year, planned=0, by=make.SYSTEM)
        spending.record_spending(
            key=keys.new_key(), heading=heading, year=year, payee="A hall", amount=312_345, spent_on=clock.today(), by=make.SYSTEM
        )
        page = words_of(client, room(of) + "issue/?year=2")
        assert "Year 1 is short by £123.45" in page and "is short by" not in words_of(client, room(of) + "issue/?year=1")
    assert Heading.objects.count() == 1


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        ([], ""),
        (["late"], "1 school is marked below: 1 signed late."),
        (["gone", "gone"], "2 schools are marked below: 2 have gone and still owe the fee."),
        (["gone", "late", "late", "taken"],
         "4 schools are marked below: 2 signed late, 1 has gone and still owes the fee and "
         "1 is paid for by whoever took it over."),
    ],
)  # fmt: skip
def test_what_is_marked_in_a_run_gives_the_reasons_that_there_are(marks: list[str], words: str) -> None:
    line = fee_line("Elthorne", 1, 150_000, "", "ask finance")
    ready = [Ready(keys.new_key(), "Oak", 1, Party("Oak"), "", "", line, "said", mark) for mark in marks]
    ready.append(Ready(keys.new_key(), "Ash", 2, Party("Ash"), "", "", line))
    assert Preview(ready, [], [], line, "", "").noted == words and set(marks) <= set(MARKS)


# Reminders


@pytest.fixture
def called() -> Iterator[tuple[Invoice, Invoice, Client]]:
    """Two invoices for which somebody has to ring, and the office's browser."""
    first, second = make.issued(2)
    for on in (date(2022, 5, 9), date(2022, 5, 23), date(2022, 6, 6)):
        with clock.at(clock.start_of(on, 8)):
            reminders.send_reminders(partnership=first.partnership, by=make.SYSTEM)
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


# Decisions


def decided(invoice: Invoice, amount: int | None, **more: object) -> Authority:
    said = {"kind": DecisionKind.WAIVER, "body": "Board", "decided_on": date(2022, 4, 1), "reference": "PB 4", **more}
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


# Liabilities


def test_a_school_that_takes_a_fee_over_sees_it_beside_its_own() -> None:
    of = opened(2)
    gone, taker = (School.objects.get(current__urn=urn) for urn in (900_001, 900_002))
    other = make.person("Elsewhere", Post.HEAD, school=make.school(900_300, "Elsewhere"))
    Establishment.objects.filter(urn=900_001).update(is_open=False, closed_on=date(2023, 3, 25))
    mine = make.person("Bursar", Post.BUSINESS_MANAGER, school=taker)
    with clock.at(APRIL):
        client, office = enter(Client(), mine), as_office(of)
        assert "Taken over" not in words_of(client, room(of))
        said = {
            "key": keys.new_key(),
            "outcome": "transferred",
            "body": "Board",
            "reference": "PB 4",
            **day("decided_on", date(2023, 4, 3)),
        }
        address = f"{room(of)}liability/900001/year-2/"
        for wrong in ("900001", "5"):
            assert "to_urn" in office.post(address, {**said, "payer_name": "X", "to_urn": wrong}).content.decode()
        assert office.post(address, {**said, "to_urn": "900002"}).status_code == 302
        page = words_of(client, room(of))
        assert f"{gone.name}, year 2" in page and "Not yet" in page
        issue(of, at_maximum=True)
        taken = Invoice.objects.get(school=gone, fee_year__number=2)
        page = words_of(client, room(of))
        assert taken.payer_name == taker.name and taken.reference in page and "£1,500.00" in page
        assert client.get(f"{room(of, 'invoices')}{taken.reference}/").status_code == 404, "the school's own page stays its own"
        assert taken_over(of, viewer=standing_of(other)) == {}
        liability.settle_liability(
            partnership=of, school=gone, year=2, outcome="due", **MINUTE | {"reference": "PB 9"}, by=make.SYSTEM
        )
        assert "Taken over" not in words_of(client, room(of))


def test_a_school_that_moves_to_another_trust_owes_what_it_owed_and_nothing_is_to_be_decided() -> None:
    of = opened(2)
    school = School.objects.get(current__urn=900_001)
    Establishment.objects.filter(urn=900_001).update(trust_name="Harefield Trust", trust_uid="99001")
    Change.objects.create(establishment=school.current, fact="trust_name", old="Elthorne Trust", new="Harefield Trust",
                          seen_on=date(2023, 1, 9))  # fmt: skip
    with clock.at(APRIL):
        found = liabilities_of(of, viewer=make.office(of))
        assert found.gone == [] and found.undecided == 0
        assert found.went_on == [(school.name, 900_001, None, "Harefield Trust")]
        page = words_of(as_office(of), room(of) + "liability/")
        assert school.name in page and "Harefield Trust" in page
        assert issue(of, at_maximum=True) == [150_000] * 2, "asked once, as before"
        years = Invoice.objects.filter(school=school).order_by("fee_year__number").values_list("fee_year__number", "total")
        assert list(years) == [(1, 150_000), (2, 150_000)]
