"""Reminders on school days; none while queried, none once paid; a call at the end."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.core import mail
from hypothesis import given, strategies as st

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.partnerships.queries import mark_now
from alongside.money.invoices import tasks
from alongside.money.invoices.actions import payers, payments, reminders
from alongside.money.invoices.models.corrections import Reminder
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.reminders import latest_steps
from alongside.money.invoices.rules.reminders import (
    Overdue,
    Step,
    days_after_due,
    is_due_today,
    next_step,
    shown_steps,
    step_days_problem,
)
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings
from alongside.money.invoices.tests import make

Committed = Callable[..., object]
DUE = date(2022, 5, 1)
AFTER = days_after_due(IssuerSettings())


class Weekdays:
    """Schools are open Monday to Friday, and closed for a week in June."""

    def is_open(self, day: date) -> bool:
        return day.weekday() < 5 and not date(2022, 5, 30) <= day <= date(2022, 6, 3)

    def on_or_after(self, day: date) -> date | None:
        return next(day + timedelta(days=n) for n in range(20) if self.is_open(day + timedelta(days=n)))


def overdue(taken: dict[Step, date] | None = None, owed: int = 1, is_queried: bool = False) -> Overdue:
    return Overdue(DUE, owed, is_queried, taken or {})


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (overdue(), (Step.FIRST, date(2022, 5, 9))),  # the 8th is a Sunday
        (overdue({Step.FIRST: date(2022, 5, 9)}), (Step.SECOND, date(2022, 5, 23))),
        (overdue({Step.FIRST: date(2022, 5, 2)}), (Step.SECOND, date(2022, 5, 23))),  # never before its own day
        (overdue({Step.FIRST: date(2022, 5, 20)}), (Step.SECOND, date(2022, 6, 6))),  # late start; then the holiday
        (overdue({Step.FIRST: date(2022, 5, 9), Step.SECOND: date(2022, 5, 23)}), (Step.CALL, date(2022, 6, 6))),
        (overdue(dict.fromkeys(Step, date(2022, 6, 6))), None),
        (overdue(owed=0), None),
        (overdue(is_queried=True), None),
    ],
)
def test_the_next_step_and_its_school_day(one: Overdue, found: tuple[Step, date] | None) -> None:
    assert next_step(one, AFTER, Weekdays()) == found


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_steps_fall_on_school_days_in_their_order_and_keep_their_distance(due: date, late: int) -> None:
    days, taken = Weekdays(), {}
    today = due + timedelta(days=late)
    while found := next_step(Overdue(due, 1, False, taken), AFTER, days):
        step, day = found
        taken[step] = max(day, days.on_or_after(today) or day)
        assert days.is_open(taken[step]) and (taken[step] - due).days >= AFTER[step]
        today = taken[step]
    assert list(taken) == list(Step)
    gaps = [(taken[b] - taken[a]).days for a, b in ((Step.FIRST, Step.SECOND), (Step.SECOND, Step.CALL))]
    assert all(gap >= 14 for gap in gaps)


def test_a_step_is_due_on_its_day_and_after_it_and_never_without_one() -> None:
    assert is_due_today((Step.FIRST, DUE), DUE) and is_due_today((Step.FIRST, DUE), DUE + timedelta(days=3))
    assert not is_due_today((Step.FIRST, DUE), DUE - timedelta(days=1)) and not is_due_today(None, DUE)


@pytest.mark.parametrize(("days", "field"), [((7, 7, 35), "second_reminder"), ((7, 21, 21), "call_after"), ((7, 21, 35), None)])
def test_the_steps_come_one_after_the_other(days: tuple[int, int, int], field: str | None) -> None:
    assert list(step_days_problem(*days)) == ([field] if field else [])


# The real calendar: 2 May 2022 is a bank holiday


@pytest.fixture
def invoices() -> Iterator[list[Invoice]]:
    """Two invoices of 1 April, due on 1 May; the first has an address, and a chair of governors."""
    with clock.at(clock.start_of(date(2022, 4, 1), 12)):
        made = make.issued(2)
        Invoice.objects.filter(pk=made[0].pk).update(payer_email="bursar@elm.example")
        make.person("The chair", Post.GOVERNOR_CHAIR, school=made[0].school)
    yield made


def remind(on: date, of: Invoice) -> int:
    """What the day's round takes."""
    with clock.at(clock.start_of(on, 8)):
        return reminders.send_reminders(partnership=of.partnership, seen=UNSEEN, by=make.SYSTEM)


def waiting(first: Invoice) -> list[Reminder]:
    """The steps that wait for somebody, as the office sees them first."""
    return [one for one in latest_steps(first.partnership, viewer=make.SYSTEM) if not one.done_at]


@pytest.mark.django_db
def test_reminders_go_out_once_each_on_school_days(
    invoices: list[Invoice], django_capture_on_commit_callbacks: Committed
) -> None:
    first = invoices[0]
    assert not school_days_of(first.partnership).is_open(date(2022, 5, 8))
    with django_capture_on_commit_callbacks(execute=True):
        taken = [remind(date(2022, 5, day), first) for day in (7, 8, 9, 9, 10)]
    assert taken == [0, 0, 2, 0, 0] and len(mail.outbox) == 1
    body = mail.outbox[0].body
    assert "friendly reminder" in body and "£1,500.00" in body and "never change by e-mail" in body and "/open/" in body
    calls = waiting(first)
    assert [one.invoice for one in calls] == [invoices[1]], "without an address somebody has to print, post or ring"
    with django_capture_on_commit_callbacks(execute=True):
        assert remind(date(2022, 5, 23), first) == 2
    assert "Second reminder" in mail.outbox[1].subject


@pytest.mark.django_db
def test_none_goes_to_who_has_paid_or_queries(invoices: list[Invoice]) -> None:
    first, second = invoices
    with clock.at(clock.start_of(date(2022, 5, 3), 12)):
        payments.record_payment(invoice=first, key=keys.new_key(), amount=150_000, paid_on=date(2022, 5, 3), by=make.SYSTEM)
        asked = payers.query_invoice(invoice=second, key=keys.new_key(), name="A", email="", words="Why?", by=make.SYSTEM)
    assert remind(date(2022, 5, 9), first) == 0 and not Reminder.objects.exists()
    with clock.at(clock.start_of(date(2022, 5, 10), 12)):
        payers.answer_query(invoice=second, query=asked.pk, reply="So.", by=make.SYSTEM)
    assert remind(date(2022, 5, 10), first) == 1


@pytest.mark.django_db
def test_at_the_end_somebody_rings_and_the_chair_may_be_written_to(
    invoices: list[Invoice], django_capture_on_commit_callbacks: Committed
) -> None:
    first = invoices[0]
    for day in (date(2022, 5, 9), date(2022, 5, 23), date(2022, 6, 6)):
        remind(day, first)
    call = Reminder.objects.get(invoice=first, step=Step.CALL)
    assert call in waiting(first)
    mail.outbox.clear()
    with clock.at(clock.start_of(date(2022, 6, 6), 9)), django_capture_on_commit_callbacks(execute=True):
        reminders.write_to_chair(reminder=call, seen=UNSEEN, by=make.SYSTEM)
        with pytest.raises(Conflict):
            reminders.write_to_chair(reminder=call, seen=UNSEEN, by=make.SYSTEM)
        with pytest.raises(Invalid):
            reminders.note_call(reminder=call, spoke_to="", words=" ", by=make.SYSTEM)
        reminders.note_call(reminder=call, spoke_to="The bursar", words="Pays on Friday", by=make.SYSTEM)
        with pytest.raises(Conflict):
            reminders.note_call(reminder=call, spoke_to="", words="Again", by=make.SYSTEM)
    assert len(mail.outbox) == 1 and "Dear The chair" in mail.outbox[0].body and "after two reminders" in mail.outbox[0].body
    assert call not in waiting(first)
    early = Reminder.objects.get(invoice=first, step=Step.FIRST)
    with pytest.raises(Conflict, match="after the reminders"):
        reminders.write_to_chair(reminder=early, seen=UNSEEN, by=make.SYSTEM)


@pytest.mark.django_db
def test_the_morning_round_looks_at_every_partnership_that_lets_it(invoices: list[Invoice]) -> None:
    of = invoices[0].partnership
    with clock.at(clock.start_of(date(2022, 5, 9), 8)):
        reminders.change_reminders(
            partnership=of,
            first_reminder=7,
            second_reminder=21,
            call_after=35,
            reminders_by_themselves=False,
            version=mark_now(of, IssuerSettings, reminders.STEP_DAYS),
            by=make.SYSTEM,
        )
        tasks.remind()
        assert not Reminder.objects.exists()
        reminders.change_reminders(
            partnership=of,
            first_reminder=7,
            second_reminder=21,
            call_after=35,
            reminders_by_themselves=True,
            version=mark_now(of, IssuerSettings, reminders.STEP_DAYS),
            by=make.SYSTEM,
        )
        tasks.remind()
        tasks.remind()
    assert Reminder.objects.count() == 2


@pytest.mark.django_db
def test_a_host_sends_its_own_reminders() -> None:
    with clock.at(clock.start_of(date(2022, 4, 1), 12)):
        hosted = make.issued(1, issuer=Issuer.HOST, host_name="Elthorne Council")[0]
    assert remind(date(2022, 5, 9), hosted) == 0 and not Reminder.objects.exists()


@pytest.mark.parametrize(("steps", "words"), [(1, "1 step that is due"), (2, "2 steps that are due")])
def test_the_page_of_steps_says_how_many_are_due(steps: int, words: str) -> None:
    assert shown_steps([(f"ELP-{at}", "Ash", "First", 5, "") for at in range(steps)]).words == words
