"""The budget's and year 2's pages, pressed through as the office does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post
from alongside.members.partnerships.queries import mark_now, settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.members.schools.models import Establishment
from alongside.money.budget.actions import planning
from alongside.money.budget.models import FeeYear
from alongside.money.budget.tests.make import Kept
from alongside.money.fees.actions import issuing, year_two
from alongside.money.fees.models import Reduction
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.fees.tests import make
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests.make import as_office, day, key_on, room, text_of, words_of
from tests.shown import press, seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1), pytest.mark.slow]


def test_year_2_from_the_page_that_opens_it_to_its_invoices_and_credit_notes() -> None:
    of = make.issued(3)[0].partnership
    with clock.at(clock.start_of(date(2023, 3, 20), 12)):
        client = as_office(of)
        assert "Open year 2" in words_of(client, room(of) + "year-2/")
        client.post(room(of) + "year-2/open/")
        page = words_of(client, room(of) + "year-2/")
        assert "The board has not decided" in page and "£4,500.00" in page
        assert "No decision on the reduction is written down" in words_of(client, room(of) + "issue/?year=2")
        page = words_of(client, room(of) + "issue/?year=2")
        form = {"key": key_on(page), "seen": seen_on(page), "number": "2"}
        assert client.post(room(of) + "issue/", form).status_code == 409
        said = {"key": key_on(words_of(client, room(of) + "year-2/reduction/")), "basis": "all", "amount": "100", "body": "Board"}
        said |= day("decided_on", date(2023, 3, 13))
        refused = client.post(room(of) + "year-2/reduction/", {**said, "reference": ""})
        assert "Enter the reference of the minute" in unescape(refused.content.decode()) and not Reduction.objects.exists()
        press(client, room(of) + "year-2/reduction/", {**said, "reference": "PB 23/07"})
        page = words_of(client, room(of) + "year-2/")
        assert "£33.33" in page and "£0.01" in page and "Board, 13 March 2023, PB 23/07" in page
        page = words_of(client, room(of) + "issue/?year=2")
        stale = client.post(room(of) + "issue/", form)
        assert stale.status_code == 409 and "£4,500.00 in all; by now it is 3 schools asked for £4,400.01" in text_of(stale)
        form["seen"] = seen_on(page)
        assert "£1,466.67" in page and client.post(room(of) + "issue/", form).status_code == 302
        assert set(Invoice.objects.filter(claim__fee_year__number=2).values_list("total", flat=True)) == {146_667}
        said |= {"key": keys.new_key(), "basis": "each", "amount": "50", "reference": "PB 23/08"}
        press(client, room(of) + "year-2/reduction/", said)
        page = words_of(client, room(of) + "year-2/credit-notes/")
        assert "Credit 3 invoices" in page and "£16.67" in page
        for _ in range(2):
            client.post(room(of) + "year-2/credit-notes/", {"seen": seen_on(page)})
        assert set(Invoice.objects.filter(claim__fee_year__number=2).values_list("credited", flat=True)) == {1_667}
        assert "Nothing to credit" in words_of(client, room(of) + "year-2/credit-notes/")
        assert "A later decision has taken its place" in words_of(client, room(of, "authority"))


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
    press(client, address, {**said, "payer_name": "Elm Trust"})
    assert "Taken over by Elm Trust: Board, 1 April 2022, PB 4" in words_of(finance, room(of) + "liability/")


def test_how_later_schools_are_asked_and_the_evaluation() -> None:
    of = make.issued(1)[0].partnership
    client = as_office(of)
    said = {
        "version": mark_of(settings_of(of, FeeSettings), year_two.JOINING),
        "joiner_cut": "share",
        "joiner_fee": "pro rata",
        "evaluation_from": "sign-up",
        **day("year_two_on", date(2023, 4, 17)),
    }
    assert client.post(room(of) + "year-2/joiners/", said).status_code == 302
    page = words_of(client, room(of) + "year-2/")
    assert "a reduction in proportion" in page and "17 April 2023" in page and "counted from the last day to sign" in page
    assert FeeYear.objects.get().next_on == date(2023, 4, 17) and FeeYear.objects.get().supported_until
    stale = client.post(room(of) + "year-2/joiners/", said | {"joiner_fee": "full"})
    shown = unescape(stale.content.decode())
    assert stale.status_code == 409 and "Joiner fee" in shown and "pro rata" in shown and "Joiner cut" not in shown
    assert settings_of(of, FeeSettings).joiner_fee == "pro rata"
    issuing.set_up_fees(
        partnership=of, settings=replace(make.SUPPLIER, payment_days=21), version=mark_now(of, FeeSettings), by=make.SYSTEM
    )
    fresh = {**said, "version": mark_of(settings_of(of, FeeSettings), year_two.JOINING)}
    assert f'value="{fresh["version"]}"' in words_of(client, room(of) + "year-2/joiners/")
    issuing.set_up_fees(
        partnership=of, settings=replace(make.SUPPLIER, payment_days=28), version=mark_now(of, FeeSettings), by=make.SYSTEM
    )
    again = client.post(room(of) + "year-2/joiners/", fresh)
    assert again.status_code == 302, "what another page settled is no matter of this one"


def test_the_report_of_extra_charges_is_a_page() -> None:
    of = make.issued(2)[0].partnership
    page = words_of(as_office(of), room(of) + "extra-charges/")
    assert "The list of extra charges is empty" in page and "2 invoices were looked at" in page


@pytest.mark.parametrize(
    "page",
    ["budget/", "fees/year-2/", "fees/liability/", "authority/", "budget/promises/", "budget/spending/", "fees/issue/?year=1"],
)
def test_a_page_asks_as_often_with_many_rows(page: str, django_assert_max_num_queries: Callable[..., object]) -> None:
    kept = Kept(12)
    for number in range(12):
        kept.promise(1_000 + number)
        kept.spend(1_000 + number)
        said = {"name": f"Heading {number}", "year": kept.year, "planned": 100, "key": keys.new_key()}
        planning.add_heading(partnership=kept.of, **said, by=kept.by)
    Establishment.objects.filter(urn__lte=900_010).update(is_open=False)
    client = as_office(kept.of)
    words_of(client, f"/p/{kept.of.slug}/{page}")
    with django_assert_max_num_queries(10):
        words_of(client, f"/p/{kept.of.slug}/{page}")
