"""The budget: headings, plans, promises and spending; once each, taken back and never deleted; the pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.authority import actions as authority
from alongside.money.budget.actions import planning, spending, years
from alongside.money.budget.models import Commitment, Heading, Spending
from alongside.money.budget.queries import budget_of
from alongside.money.budget.tests.make import Kept
from alongside.money.invoices.actions import corrections, issuing
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.invoices import Line, Party, Ready, VatCode
from alongside.money.invoices.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_planned_promised_spent_and_left_by_heading() -> None:
    kept = Kept()
    kept.promise()
    kept.spend()
    assert kept.row == (200_000, 50_000, 30_000, 120_000)
    assert kept.budget.working.carried_over == 450_000 - 30_000 - 50_000 and kept.budget.unplanned == 250_000


def test_pressed_twice_is_once() -> None:
    kept, key, other = Kept(), keys.new_key(), keys.new_key()
    for _ in range(2):
        kept.promise(key=key)
        kept.spend(key=other)
    assert kept.row == (200_000, 50_000, 30_000, 120_000)
    with pytest.raises(Conflict, match="something else"):
        kept.spend(31_000, key=other)


def test_fee_years_are_opened_one_after_another() -> None:
    kept = Kept()
    said = {"partnership": kept.of, "amount": 150_000, "by": kept.by}
    with pytest.raises(Conflict, match="comes after fee year 2"):
        years.open_fee_year(number=3, **said)
    assert [years.open_fee_year(number=number, **said).number for number in (2, 3)] == [2, 3]


def test_spending_keeps_a_promise_in_parts_and_the_last_part_frees_the_rest() -> None:
    kept = Kept()
    promise = kept.promise()
    kept.spend(20_000, commitment=promise)
    assert kept.row == (200_000, 30_000, 20_000, 150_000)
    kept.spend(25_000, commitment=promise, is_last=True)
    assert kept.row == (200_000, 0, 45_000, 155_000) and Commitment.objects.get().state == "spent"
    promise.refresh_from_db()
    with pytest.raises(Conflict, match="spent already"):
        kept.spend(1, commitment=promise)


def test_a_spending_is_taken_back_by_a_second_row_and_the_promise_is_open_again() -> None:
    kept = Kept()
    promise = kept.promise()
    spent = kept.spend(50_000, commitment=promise)
    assert kept.row == (200_000, 0, 50_000, 150_000)
    key = keys.new_key()
    for days in range(2):  # pressed again after midnight it is the same press
        with clock.at(clock.now() + timedelta(days=days)):
            spending.take_back_spending(spending=spent, key=key, why="Wrong school", by=kept.by)
    assert kept.row == (200_000, 50_000, 0, 150_000) and list(
        Spending.objects.order_by("amount").values_list("amount", flat=True)
    ) == [-50_000, 50_000]
    with pytest.raises(Conflict, match="taken back already"):
        spending.take_back_spending(spending=spent, key=keys.new_key(), why="Again", by=kept.by)
    with pytest.raises(Conflict, match="takes another one back"):
        spending.take_back_spending(spending=Spending.objects.get(amount=-50_000), key=keys.new_key(), why="No", by=kept.by)


def test_what_is_released_is_free_again_and_says_why() -> None:
    kept = Kept()
    promise = kept.promise()
    kept.spend(10_000, commitment=promise)
    planning.release_promise(commitment=promise, why="The speaker is ill", by=kept.by)
    assert kept.row == (200_000, 0, 10_000, 190_000)
    with pytest.raises(Conflict, match="released already"):
        planning.release_promise(commitment=promise, why="Again", by=kept.by)


def test_two_people_who_correct_one_promise_are_told() -> None:
    kept = Kept()
    promise = kept.promise()
    said = {"heading": kept.heading, "to": "A speaker", "words": "Two days", "due_on": date(2022, 6, 1), "by": kept.by}
    planning.change_promise(commitment=promise, amount=60_000, version=1, **said)
    with pytest.raises(Stale):
        planning.change_promise(commitment=Commitment.objects.get(), amount=70_000, version=1, **said)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"to": " "}, "to"), ({"words": ""}, "words"), ({"amount": 0}, "amount"), ({"due_on": date(2023, 9, 1)}, "due_on")],
)
def test_a_promise_says_what_is_missing(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as problem:
        Kept().promise(**change)
    assert set(problem.value.problems) == {field}


def test_what_is_credited_waived_or_written_off_is_no_income() -> None:
    kept = Kept()
    first, second, _ = Invoice.objects.order_by("number")
    minute = {"body": "Board", "decided_on": date(2022, 4, 1), "reference": "PB 3"}
    made, credit = (
        authority.record_decision(partnership=kept.of, kind=kind, amount=25_000, **minute, key=keys.new_key(), by=make.SYSTEM)
        for kind in ("waiver", "credit")
    )
    corrections.issue_credit_note(
        invoice=first,
        key=keys.new_key(),
        amount=20_000,
        reason="Half a year",
        decision=credit,
        seen=UNSEEN,
        shown=UNSEEN,
        by=make.SYSTEM,
    )
    corrections.let_off_debt(
        invoice=second, key=keys.new_key(), kind="waived", amount=5_000, reason="Hardship", decision=made, by=make.SYSTEM
    )
    assert kept.budget.working.income == 450_000 - 25_000


def of_different_vat(_count: int) -> list[Invoice]:
    """£1,500 net each: two exempt, one of the standard rate, and one of both."""
    asked, places = make.started(4)
    exempt, standard = (Line("Fee", 150_000, VatCode.EXEMPT, 0),), (Line("Fee", 150_000, VatCode.STANDARD, 30_000),)
    both = (Line("Fee", 100_000, VatCode.EXEMPT, 0), Line("Books", 50_000, VatCode.STANDARD, 10_000))
    ready = [
        Ready(one.pk, one.name, one.urn, Party(one.name, ""), "", "", lines, date(2022, 5, 1))
        for one, lines in zip(places, (exempt, exempt, standard, both), strict=True)
    ]
    issuing.issue_run(claim=asked, ready=ready, key=keys.new_key(), by=make.SYSTEM)
    return list(Invoice.objects.order_by("number"))


@pytest.mark.parametrize(
    ("credited", "let_off", "less"),
    [
        ({}, {0: 150_000}, 150_000),
        ({}, {2: 180_000}, 150_000),
        ({}, {2: 90_000}, 75_000),
        ({}, {3: 160_000}, 150_000),
        ({}, {0: 150_000, 2: 180_000}, 300_000),
        ({2: 60_000}, {2: 120_000}, 150_000),
        ({1: 150_000}, {0: 75_000}, 225_000),
        ({3: 160_000}, {}, 150_000),
    ],
)
def test_what_is_let_off_is_less_income_by_the_vat_of_its_own_invoice(
    credited: dict[int, int], let_off: dict[int, int], less: int
) -> None:
    kept = Kept(issued=of_different_vat)
    invoices, minute = (
        list(Invoice.objects.order_by("pk")),
        {"body": "Board", "decided_on": date(2022, 4, 1), "reference": "PB 3"},
    )
    invoices.sort(key=lambda one: one.school_urn)
    said = {"reason": "Hardship", "by": make.SYSTEM}
    made = authority.record_decision(
        partnership=kept.of, kind="write-off", amount=900_000, **minute, key=keys.new_key(), by=make.SYSTEM
    )
    for number, amount in credited.items():
        corrections.issue_credit_note(
            invoice=invoices[number], key=keys.new_key(), amount=amount, seen=UNSEEN, shown=UNSEEN, **said
        )
    for number, amount in let_off.items():
        invoices[number].refresh_from_db()
        corrections.let_off_debt(
            invoice=invoices[number], key=keys.new_key(), kind="written off", amount=amount, decision=made, **said
        )
    assert kept.budget.working.income == 600_000 - less


def test_an_ended_heading_takes_no_more_promises_and_keeps_what_was_spent() -> None:
    kept = Kept()
    kept.spend()
    planning.change_heading(
        heading=kept.heading,
        year=kept.year,
        name="Networks",
        planned=30_000,
        is_ended=True,
        version=1,
        plan_version=1,
        by=kept.by,
    )
    kept.heading.refresh_from_db()
    with pytest.raises(Invalid, match="has ended"):
        kept.promise()
    assert kept.row == (30_000, 0, 30_000, 0)
    with pytest.raises(Invalid, match="already"):
        kept.plan("networks")


def test_a_school_may_not_touch_the_budget() -> None:
    kept = Kept()
    head = make.in_school(kept.of, Invoice.objects.first().school, Post.HEAD)
    with pytest.raises(Refused):
        kept.plan("Mine", by=head)
    assert budget_of(kept.of, viewer=head) is None
    assert not Heading.objects.visible_to(head).exists() and not Spending.objects.visible_to(head).exists()


def test_the_database_refuses_what_must_not_be() -> None:
    kept = Kept()
    kept.promise()
    spent = kept.spend()
    with pytest.raises(DatabaseError), transaction.atomic():
        Spending.objects.filter(pk=spent.pk).update(amount=1)
    rows = {"heading": kept.heading, "fee_year": kept.year, "spent_on": clock.today(), "payee": "x", "recorded_at": clock.now()}
    for wrong in ({"amount": -5}, {"amount": 5, "reverses": spent}, {"amount": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spending.objects.create(**rows | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Heading.objects.create(partnership=kept.of, name="Networks")


def test_a_deed_refuses_what_its_page_does_not_send() -> None:
    kept = Kept()
    promise, spent, key = kept.promise(), kept.spend(), keys.new_key()
    for field, deed in (
        ("amount", lambda: kept.spend(0)),
        ("spent_on", lambda: kept.spend(spent_on=clock.today() + timedelta(days=1))),
        ("payee", lambda: kept.spend(payee=" ")),
        ("why", lambda: planning.release_promise(commitment=promise, why=" ", by=kept.by)),
        ("why", lambda: spending.take_back_spending(spending=spent, key=key, why=" ", by=kept.by)),
        ("year_one_fee", lambda: years.open_fee_year(partnership=kept.of, number=1, amount=make.FEE + 1, by=kept.by)),
    ):
        with pytest.raises(Invalid) as refused:
            deed()
        assert list(refused.value.problems) == [field]
    assert kept.spend(1, spent_on=clock.today()).amount == 1
