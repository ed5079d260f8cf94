"""The budget: headings, plans, promises and spending; once each, taken back and never deleted; the pages."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from alongside.core import clock, keys
from alongside.core.standing import Post
from alongside.core.verdict import Conflict, Invalid, Refused
from alongside.fees import actions, queries
from alongside.fees.models import BoardDecision, Commitment, FeeYear, Heading, Invoice, Reduction, Spending
from alongside.fees.tests import make
from alongside.partnerships.models import Partnership
from alongside.schools.models import Establishment
from alongside.web.rows import Stale
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


class Kept:
    """A partnership with three invoices and one heading, and short words for its deeds."""

    def __init__(self, count: int = 3) -> None:
        self.of: Partnership = make.issued(count)[0].partnership
        self.by = make.office(self.of, Post.FINANCE)
        self.year = FeeYear.objects.get(partnership=self.of)
        self.heading = actions.add_heading(partnership=self.of, name="Networks", year=self.year, planned=200_000, by=self.by)

    def promise(self, amount: int = 50_000, key: str = "", **more: Any) -> Commitment:
        """A promise."""
        said = {"heading": self.heading, "year": self.year, "to": "A speaker", "words": "A day", "due_on": date(2022, 6, 1)}
        return actions.promise_money(key=key or keys.new_key(), amount=amount, **said | more, by=self.by)

    def spend(self, amount: int = 30_000, key: str = "", **more: Any) -> Spending:
        """Money spent."""
        said = {"heading": self.heading, "year": self.year, "payee": "A hall", "spent_on": clock.today()}
        return actions.record_spending(key=key or keys.new_key(), amount=amount, **said | more, by=self.by)

    @property
    def budget(self) -> queries.Budget:
        """The year as the page shows it."""
        found = queries.budget_of(self.of, viewer=self.by)
        assert found
        return found

    @property
    def row(self) -> tuple[int, int, int, int]:
        """(planned, promised, spent, left) of the heading."""
        (one,) = self.budget.headings
        return one.planned, one.committed, one.spent, one.left


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
    with pytest.raises(Conflict, match="another amount"):
        kept.spend(31_000, key=other)


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
    for _ in range(2):
        actions.take_back_spending(spending=spent, key=key, why="Wrong school", by=kept.by)
    assert kept.row == (200_000, 50_000, 0, 150_000) and list(
        Spending.objects.order_by("amount").values_list("amount", flat=True)
    ) == [-50_000, 50_000]
    with pytest.raises(Conflict, match="taken back already"):
        actions.take_back_spending(spending=spent, key=keys.new_key(), why="Again", by=kept.by)
    with pytest.raises(Conflict, match="takes another one back"):
        actions.take_back_spending(spending=Spending.objects.get(amount=-50_000), key=keys.new_key(), why="No", by=kept.by)


def test_what_is_released_is_free_again_and_says_why() -> None:
    kept = Kept()
    promise = kept.promise()
    kept.spend(10_000, commitment=promise)
    actions.release_promise(commitment=promise, why="The speaker is ill", version=promise.version, by=kept.by)
    assert kept.row == (200_000, 0, 10_000, 190_000)
    with pytest.raises(Conflict, match="released already"):
        actions.release_promise(commitment=promise, why="Again", version=2, by=kept.by)


def test_two_people_who_correct_one_promise_are_told() -> None:
    kept = Kept()
    promise = kept.promise()
    said = {"heading": kept.heading, "to": "A speaker", "words": "Two days", "due_on": date(2022, 6, 1), "by": kept.by}
    actions.change_promise(commitment=promise, amount=60_000, version=1, **said)
    with pytest.raises(Stale):
        actions.change_promise(commitment=Commitment.objects.get(), amount=70_000, version=1, **said)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"to": " "}, "to"), ({"words": ""}, "words"), ({"amount": 0}, "amount"), ({"due_on": date(2023, 9, 1)}, "due_on")],
)
def test_a_promise_says_what_is_missing(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as problem:
        Kept().promise(**change)
    assert set(problem.value.problems) == {field}


def test_the_next_year_begins_with_what_is_carried_over() -> None:
    kept = Kept()
    kept.spend(100_000)
    with clock.at(clock.start_of(date(2023, 3, 20), 12)):
        actions.open_next_year(partnership=kept.of, by=kept.by)
        budget = kept.budget
        assert (budget.year.number, budget.working.carried_in) == (2, 350_000)
        actions.issue_invoices(partnership=kept.of, key=keys.new_key(), number=2, at_maximum=True, by=kept.by)
        assert kept.budget.working.carried_over == 350_000 + 450_000
        assert next(words for words, _ in kept.budget.working.rows) == "Brought in from the year before"


def test_what_is_credited_waived_or_written_off_is_no_income() -> None:
    kept = Kept()
    first, second, _ = Invoice.objects.order_by("number")
    minute = {"body": "Board", "decided_on": date(2022, 4, 1), "reference": "PB 3"}
    made, credit = (
        actions.record_board_decision(partnership=kept.of, kind=kind, amount=25_000, **minute, by=make.SYSTEM)
        for kind in ("waiver", "credit")
    )
    actions.issue_credit_note(
        invoice=first, key=keys.new_key(), amount=20_000, reason="Half a year", decision=credit, by=make.SYSTEM
    )
    actions.let_off_debt(
        invoice=second, key=keys.new_key(), kind="waived", amount=5_000, reason="Hardship", decision=made, by=make.SYSTEM
    )
    assert kept.budget.working.income == 450_000 - 25_000


def test_an_ended_heading_takes_no_more_promises_and_keeps_what_was_spent() -> None:
    kept = Kept()
    kept.spend()
    actions.change_heading(
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
        actions.add_heading(partnership=kept.of, name="networks", by=kept.by)


def test_a_school_may_not_touch_the_budget() -> None:
    kept = Kept()
    head = make.in_school(kept.of, Invoice.objects.first().school, Post.HEAD)
    with pytest.raises(Refused):
        actions.add_heading(partnership=kept.of, name="Mine", by=head)
    assert queries.budget_of(kept.of, viewer=head) is None
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


# Pages


def as_office(of: Partnership, post: Post = Post.MANAGER) -> Client:
    """The browser of somebody in the office."""
    return enter(Client(), make.person("The office", post, partnership=of))


def words_of(client: Client, address: str, status: int = 200) -> str:
    """The text of a page."""
    response = client.get(address, follow=True)
    assert response.status_code == status, response.content[:500]
    return unescape(response.content.decode())


def room(of: Partnership) -> str:
    """The address of the fees' room."""
    return f"/p/{of.slug}/fees/"


def day(name: str, on: date) -> dict[str, str]:
    """A day in three boxes."""
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def key_on(page: str) -> str:
    """The id that a page made for its form."""
    return page.split('name="key" value="')[1][:12]


def test_from_an_empty_budget_to_spending_in_a_few_presses() -> None:
    of = make.issued(2)[0].partnership
    client, budget = as_office(of, Post.FINANCE), room(of) + "budget/"
    assert "No heading yet" in words_of(client, budget)
    page = client.post(budget + "heading/?year=1", {"name": "Networks", "planned": "1,000"}, follow=True)
    assert "Networks" in page.content.decode()
    heading = Heading.objects.get()
    form = {
        "key": key_on(words_of(client, budget + "promise/?year=1")),
        "heading": heading.pk,
        "to": "A speaker",
        "words": "A day",
    }
    client.post(budget + "promise/?year=1", {**form, "amount": "800", **day("due_on", date(2022, 6, 1))})
    form = {"key": key_on(words_of(client, budget + "spend/?year=1")), "heading": heading.pk, "payee": "<b>A hall</b>"}
    for _ in range(2):
        client.post(budget + "spend/?year=1", {**form, "amount": "300", **day("spent_on", date(2022, 4, 1))})
    page = words_of(client, budget)
    assert "£100 more is promised and spent than planned. There is still time" in page
    assert b"<b>A hall" not in client.get(budget).content
    assert "Carried over" in page and "£1,900.00" in page
    promise = Commitment.objects.get()
    keep = words_of(client, f"{budget}promise/{promise.pk}/spend/")
    assert "£800.00 of £800.00 is still promised" in keep
    client.post(
        f"{budget}promise/{promise.pk}/spend/",
        {"key": key_on(keep), "payee": "A speaker", "amount": "750", "is_last": "on", **day("spent_on", date(2022, 4, 1))},
    )
    assert "Nothing is promised" in words_of(client, budget + "promises/")
    spent = Spending.objects.get(amount=30_000)
    back = words_of(client, f"{budget}spending/{spent.pk}/")
    client.post(f"{budget}spending/{spent.pk}/", {"key": key_on(back), "why": "Paid by the host"})
    assert "taken back" in words_of(client, budget + "spending/?words=hall")
    assert b"Networks,1000.00,0.00,750.00,250.00" in client.get(budget + "budget.csv").content
    assert client.get(budget + "spending.csv").content.count(b"\r\n") == 5


def test_a_stale_page_of_a_heading_shows_both_texts() -> None:
    kept = Kept()
    client, address = as_office(kept.of), f"{room(kept.of)}budget/heading/{kept.heading.pk}/?year=1"
    form = {"name": "Networks and hubs", "planned": "500", "version": "1", "plan_version": "1"}
    assert client.post(address, form).status_code == 302
    stale = client.post(address, {**form, "name": "Clubs"})
    assert stale.status_code == 409 and "Networks and hubs" in stale.content.decode()


def test_year_2_from_the_page_that_opens_it_to_its_invoices_and_credit_notes() -> None:
    of = make.issued(3)[0].partnership
    with clock.at(clock.start_of(date(2023, 3, 20), 12)):
        client = as_office(of)
        assert "Open year 2" in words_of(client, room(of) + "year-2/")
        client.post(room(of) + "year-2/open/")
        page = words_of(client, room(of) + "year-2/")
        assert "The board has not decided" in page and "£4,500.00" in page
        assert "No decision on the reduction is written down" in words_of(client, room(of) + "issue/?year=2")
        form = {"key": key_on(words_of(client, room(of) + "issue/?year=2")), "expected": "3", "number": "2"}
        assert client.post(room(of) + "issue/", form).status_code == 409
        said = {"key": key_on(words_of(client, room(of) + "year-2/reduction/")), "basis": "all", "amount": "100", "body": "Board"}
        said |= day("decided_on", date(2023, 3, 13))
        refused = client.post(room(of) + "year-2/reduction/", {**said, "reference": ""})
        assert "Enter reference of the minute" in unescape(refused.content.decode()) and not Reduction.objects.exists()
        client.post(room(of) + "year-2/reduction/", {**said, "reference": "PB 23/07"})
        page = words_of(client, room(of) + "year-2/")
        assert "£33.33" in page and "£0.01" in page and "Board, 13 March 2023, PB 23/07" in page
        assert "£1,466.67" in words_of(client, room(of) + "issue/?year=2")
        assert client.post(room(of) + "issue/", form).status_code == 302
        assert set(Invoice.objects.filter(fee_year__number=2).values_list("total", flat=True)) == {146_667}
        said |= {"key": keys.new_key(), "basis": "each", "amount": "50", "reference": "PB 23/08"}
        client.post(room(of) + "year-2/reduction/", said)
        page = words_of(client, room(of) + "year-2/credit-notes/")
        assert "Credit 3 invoices" in page and "£16.67" in page
        for _ in range(2):
            client.post(room(of) + "year-2/credit-notes/", {"expected": "3"})
        assert set(Invoice.objects.filter(fee_year__number=2).values_list("credited", flat=True)) == {1_667}
        assert "Nothing to credit" in words_of(client, room(of) + "year-2/credit-notes/")
        assert "A later decision has taken its place" in words_of(client, room(of) + "decisions/")


def test_a_closed_school_is_listed_and_its_fee_is_waived_by_the_manager_only() -> None:
    of = make.issued(2)[0].partnership
    Establishment.objects.filter(urn=900_001).update(is_open=False, closed_on=date(2022, 3, 31))
    client, finance = as_office(of), as_office(of, Post.FINANCE)
    assert "1 school waits for a decision" in words_of(client, room(of) + "liability/")
    address = f"{room(of)}liability/900001/year-2/"
    assert finance.get(address).status_code == 403 and client.get(f"{room(of)}liability/1/year-2/").status_code == 404
    said = {"key": key_on(words_of(client, address)), "outcome": "transferred", "body": "Board", "reference": "PB 4"}
    said |= day("decided_on", date(2022, 4, 1))
    assert "Enter who takes the fee over" in unescape(client.post(address, said).content.decode())
    client.post(address, {**said, "payer_name": "Elm Trust"})
    assert "Taken over by Elm Trust: Board, 1 April 2022, PB 4" in words_of(finance, room(of) + "liability/")


def test_a_decision_is_written_down_and_an_unknown_school_is_said() -> None:
    of = make.issued(1)[0].partnership
    client, address = as_office(of), room(of) + "decisions/record/"
    said = {"key": key_on(words_of(client, address)), "kind": "waiver", "body": "Board", "reference": "PB 4", "urn": "5"}
    said |= day("decided_on", date(2022, 4, 1))
    assert "No school of the partnership has this URN" in unescape(client.post(address, said).content.decode())
    client.post(address, {**said, "urn": "900001"})
    assert BoardDecision.objects.get().school.name == "Elm Grove Primary"
    assert "Elm Grove Primary" in words_of(client, room(of) + "decisions/")


def test_how_later_schools_are_asked_and_the_evaluation() -> None:
    of = make.issued(1)[0].partnership
    client = as_office(of)
    said = {
        "joiner_cut": "share",
        "joiner_fee": "pro rata",
        "evaluation_from": "sign-up",
        **day("year_two_on", date(2023, 4, 17)),
    }
    assert client.post(room(of) + "year-2/joiners/", said).status_code == 302
    page = words_of(client, room(of) + "year-2/")
    assert "a reduction in proportion" in page and "17 April 2023" in page and "counted from the last day to sign" in page
    assert FeeYear.objects.get().next_on == date(2023, 4, 17) and FeeYear.objects.get().supported_until


def test_the_report_of_extra_charges_is_a_page() -> None:
    of = make.issued(2)[0].partnership
    page = words_of(as_office(of), room(of) + "extra-charges/")
    assert "The list of extra charges is empty" in page and "2 invoices were looked at" in page


@pytest.mark.parametrize(
    "page", ["budget/", "year-2/", "liability/", "decisions/", "budget/promises/", "budget/spending/", "issue/?year=1"]
)
def test_a_page_asks_as_often_with_many_rows(page: str, django_assert_max_num_queries: Callable[..., object]) -> None:
    kept = Kept(12)
    for number in range(12):
        kept.promise(1_000 + number)
        kept.spend(1_000 + number)
        actions.add_heading(partnership=kept.of, name=f"Heading {number}", year=kept.year, planned=100, by=kept.by)
    Establishment.objects.filter(urn__lte=900_010).update(is_open=False)
    client = as_office(kept.of)
    words_of(client, room(kept.of) + page)
    with django_assert_max_num_queries(10):
        words_of(client, room(kept.of) + page)
