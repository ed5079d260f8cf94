"""Statements, aged debt, money by month; files for other people's books; what waits and what is dated."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from alongside.ground.core import clock, keys
from alongside.ground.core.clock import UTC
from alongside.ground.core.standing import Post
from alongside.ground.web import declared
from alongside.ground.web.needs import DateRow, NeedRow, joined
from alongside.money.invoices.actions import payers, payments
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.invoices import totals_of, who_owes
from alongside.money.invoices.queries.waiting import dates, needs
from alongside.money.invoices.rules.invoices import Supplier
from alongside.money.invoices.rules.papers import statement_paper
from alongside.money.invoices.rules.reminders import Step
from alongside.money.invoices.rules.statements import (
    BUCKETS,
    Happened,
    What,
    aged_debt,
    bucket_of,
    by_month,
    spans,
    statement_of,
    words_of,
)
from alongside.money.invoices.tests import make

DAY = date(2022, 5, 3)
AT = datetime(2022, 5, 3, 12, tzinfo=UTC)


def happened(what: What, on: date, amount: int, other: str = "", school: str = "a") -> Happened:
    return Happened(what, on, AT, school, "Elm Grove", "ELP-0001", "words", amount, other=other)


def test_a_statement_begins_with_what_was_owed_before_and_ends_with_the_balance() -> None:
    story = [
        happened(What.INVOICE, date(2022, 4, 1), 150_000),
        happened(What.PAYMENT, date(2022, 4, 20), 100_000),
        happened(What.CREDIT, date(2022, 5, 2), 70_000),
        happened(What.FREED, date(2022, 5, 2), 20_000),
        happened(What.REFUNDED, date(2022, 5, 3), 20_000),
        happened(What.INVOICE, date(2022, 6, 1), 1),
    ]
    found = statement_of(story, date(2022, 5, 1), DAY)
    assert (found.opening, found.closing) == (50_000, 0)
    assert [(one.more, one.less, one.balance) for one in found.lines] == [(0, 70_000, -20_000), (20_000, 0, 0)]
    paper = statement_paper(found, Supplier("E", "", "", "", "01", "Account 1"), "Elm Grove", 900_001, 0)
    assert paper["opening"] == "£500.00" and paper["total_words"] == "Nothing to pay" and paper["pay"] is None


@pytest.mark.parametrize(
    ("what", "other", "effect"),
    [
        (What.INVOICE, "", 5), (What.PAYMENT, "", -5), (What.RECEIVED, "b", -5), (What.USED, "a", 5),
        (What.FREED, "b", -5), (What.FREED, "a", 0), (What.FREED, "", 0),
    ],
)  # fmt: skip
def test_what_is_freed_is_owed_less_only_where_it_was_another_schools(what: What, other: str, effect: int) -> None:
    assert happened(what, DAY, 5, other=other).effect == effect


def test_a_statement_is_shown_with_what_was_owed_before_where_something_was() -> None:
    owed, nothing = (statement_of([happened(What.INVOICE, DAY, 5)], first, DAY) for first in (DAY + timedelta(days=1), DAY))
    assert [one.words for one in owed.shown] == ["Owed before"] and [one.words for one in nothing.shown] == ["Invoice: words"]


@pytest.mark.parametrize(("words", "said"), [("BACS 7", "Payment, BACS 7"), ("", "Payment")])
def test_a_payment_is_said_with_the_words_of_the_bank(words: str, said: str) -> None:
    assert words_of(replace(happened(What.PAYMENT, DAY, 5), words=words)) == said


def test_money_held_and_used_for_the_same_school_is_no_line_and_for_another_school_is_one() -> None:
    own = [happened(What.USED, DAY, 5, other="a"), happened(What.FROM_HELD, DAY, 5, other="a")]
    assert not statement_of(own, DAY, DAY).lines
    assert [one.balance for one in statement_of([happened(What.USED, DAY, 5, other="b")], DAY, DAY).lines] == [5]
    assert [one.balance for one in statement_of([happened(What.FROM_HELD, DAY, 5, other="b")], DAY, DAY).lines] == [-5]


@given(
    st.lists(st.tuples(st.sampled_from(list(What)), st.integers(0, 60), st.integers(1, 10**6)), max_size=20), st.integers(0, 60)
)
def test_wherever_a_statement_begins_it_ends_at_the_same_balance(rows: list[tuple[What, int, int]], start: int) -> None:
    story = [happened(what, DAY + timedelta(days=days), amount, other="b") for what, days, amount in rows]
    last = DAY + timedelta(days=99)
    whole, part = statement_of(story, DAY, last), statement_of(story, DAY + timedelta(days=start), last)
    assert whole.closing == part.closing == sum(one.effect for one in story) and whole.opening == 0


@pytest.mark.parametrize(
    ("days", "bucket"), [(-400, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (4_000, 4)]
)
def test_debt_is_aged_by_the_days_since_it_was_due(days: int, bucket: int) -> None:
    assert bucket_of(DAY - timedelta(days=days), DAY) == bucket


@given(st.integers(-5_000, 5_000))
def test_every_debt_stands_in_exactly_one_bucket(days: int) -> None:
    due = DAY - timedelta(days=days)
    assert sum(first <= due <= last for first, last in spans(DAY)) == 1


def test_each_schools_debts_are_added_up_and_the_oldest_comes_first() -> None:
    debts = [
        ("a", "Elm", 1, DAY, 100),
        ("b", "Oak", 2, DAY - timedelta(days=100), 50),
        ("b", "Oak", 2, DAY - timedelta(days=5), 7),
        ("c", "Ash", 3, DAY, 0),
    ]
    found = aged_debt(debts, {"a": 9}, DAY)
    assert [(one.name, one.owed, one.total, one.late, one.held) for one in found] == [
        ("Oak", (0, 7, 0, 0, 50), 57, 57, 0),
        ("Elm", (100, 0, 0, 0, 0), 100, 0, 9),
    ]


def test_money_is_added_up_by_month_and_empty_months_are_shown() -> None:
    rows = [(date(2022, 5, 1), 5, 0), (date(2022, 5, 31), 0, 2), (date(2021, 6, 1), 1, 0), (date(2021, 5, 31), 99, 0)]
    months = by_month(rows, DAY)
    assert len(months) == 12 and months[0] == (date(2021, 6, 1), 1, 0) and months[-1] == (date(2022, 5, 1), 5, 2)
    assert sum(came for _, came, _ in months) == 6


# From the rows


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
class TestOfRows:
    def test_what_waits_for_the_office_and_for_a_school(self) -> None:
        with clock.at(clock.start_of(date(2022, 3, 1), 12)):
            first, second, third = make.issued(3)
        of, on = first.partnership, clock.today()
        payers.query_invoice(invoice=second, key=keys.new_key(), name="A", email="", words="Why?", by=make.SYSTEM)
        payments.record_payment(invoice=third, key=keys.new_key(), amount=150_000, paid_on=on, by=make.SYSTEM)
        Reminder.objects.create(invoice=first, step=Step.CALL, on=on, owed=1, made_at=clock.now())
        rows = [NeedRow(*row) for row in joined(needs(viewer=make.office(of), on=on))]
        assert {(row.what, row.slug, row.number) for row in rows} == {
            ("invoices.overdue", of.slug, 1),
            ("invoices.query", of.slug, 1),
            ("invoices.to_ring", of.slug, 1),
        }
        late = who_owes(of, declared.rows()["invoices.overdue"].query.removeprefix("?show="), viewer=make.office(of))
        assert [one.pk for one in late] == [first.pk]
        (query,) = [row for row in rows if row.what == "invoices.query"]
        assert (query.key, query.due_on) == ("ELP-0002", on + timedelta(days=7)), "from the asking, not from the invoice"
        mine = make.in_school(of, first.school, Post.HEAD)
        rows = [NeedRow(*row) for row in joined(needs(viewer=mine, on=on))]
        assert [(row.what, row.key, row.label) for row in rows] == [("invoices.to_pay", "ELP-0001", first.school_name)]
        payers.query_invoice(invoice=first, key=keys.new_key(), name="B", email="", words="Why?", by=make.SYSTEM)
        later = on + timedelta(days=3)
        rows = [NeedRow(*row) for row in joined(needs(viewer=make.office(of), on=later))]
        assert [(row.number, row.due_on) for row in rows if row.what == "invoices.queried"] == [(2, on + timedelta(days=7))]

    def test_due_dates_stand_in_the_calendars_and_what_is_settled_is_cancelled(self) -> None:
        first, second = make.issued(2)
        of, due = first.partnership, first.due_on
        payments.record_payment(invoice=first, key=keys.new_key(), amount=150_000, paid_on=clock.today(), by=make.SYSTEM)
        for invoice, over in ((first, True), (second, False)):
            who = make.in_school(of, invoice.school, Post.HEAD)
            (row,) = [DateRow(*row) for row in joined(dates(viewer=who, start=due, end=due))]
            assert (row.what, row.key, row.first_on, bool(row.is_cancelled)) == ("invoices.due", invoice.reference, due, over)
        (row,) = [DateRow(*row) for row in joined(dates(viewer=make.office(of), start=due, end=due))]
        assert (row.what, row.key, bool(row.is_cancelled)) == ("invoices.run_due", Invoice.objects.first().run_id, False)

    def test_the_overview_adds_up_by_age(self) -> None:
        with clock.at(clock.start_of(date(2022, 3, 1), 12)):
            first, _ = make.issued(2)
        totals = totals_of(first.partnership, viewer=make.SYSTEM)
        assert len(totals.aged) == len(BUCKETS) and sum(totals.aged) == totals.owed == 300_000 == totals.aged[2]
