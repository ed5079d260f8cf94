from datetime import date
from html import unescape

import pytest

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Invalid
from alongside.money.budget.actions import planning
from alongside.money.budget.models import Commitment, Heading, Spending
from alongside.money.budget.tests.make import Kept, year_of
from alongside.money.invoices.tests import make
from alongside.money.invoices.tests.make import as_office, day, key_on, room, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_a_promise_far_over_the_years_money_is_asked_about_once() -> None:
    of = make.issued(2)[0].partnership
    year = year_of(of)
    said = {"name": "Networks", "year": year, "planned": 0, "key": keys.new_key()}
    heading = planning.add_heading(partnership=of, **said, by=make.SYSTEM)
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


def test_from_an_empty_budget_to_spending_in_a_few_presses() -> None:
    of = make.issued(2)[0].partnership
    year_of(of)
    client, budget = as_office(of, Post.FINANCE), room(of, "budget")
    empty = words_of(client, budget)
    assert "No heading yet" in empty and "planned, promised or spent yet" in empty and "£0 of the plan" not in empty
    page = client.post(budget + "heading/?year=1", {"key": keys.new_key(), "name": "Networks", "planned": "1,000"}, follow=True)
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
    year, movements = (b"".join(client.get(budget + name).streaming_content) for name in ("budget.csv", "spending.csv"))
    assert b"Networks,1000.00,0.00,750.00,250.00\r\nTotal,1000.00,0.00,750.00,250.00\r\n\r\nFees asked for,3000.00" in year
    assert (
        movements.count(b"\r\n") == 5 and b"taken back,2022-04-01,Networks,<b>A hall</b>,Paid by the host,,-300.00," in movements
    )


def test_a_stale_page_of_a_heading_shows_both_texts() -> None:
    kept = Kept()
    client, address = as_office(kept.of), f"{room(kept.of, 'budget')}heading/{kept.heading.pk}/?year=1"
    form = {"name": "Networks and hubs", "planned": "500", "version": "1", "plan_version": "1"}
    assert client.post(address, form).status_code == 302
    stale = client.post(address, {**form, "name": "Clubs"})
    assert stale.status_code == 409 and "Networks and hubs" in stale.content.decode()


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("heading/", ["Enter a name for the heading", "Enter what is planned for the year"]),
        ("promise/", ["Choose a heading", "Enter to whom it is promised", "Enter what it is for", "Enter how much is promised"]),
        ("spend/", ["Choose a heading", "Enter who was paid", "Enter what was spent", "Enter the day on which it was spent"]),
    ],
)
def test_an_empty_box_says_in_a_sentence_what_to_enter(page: str, words: list[str]) -> None:
    of = make.issued(1)[0].partnership
    year_of(of)
    said = unescape(as_office(of).post(f"{room(of, 'budget')}{page}?year=1", {"key": keys.new_key()}).content.decode())
    assert not [one for one in words if one not in said]
