"""What the pages of money say in time: promises beyond the money, a year that is short, what is spent, what was taken over."""

from datetime import date

import pytest
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import Change, Establishment, School
from alongside.money.budget.actions import planning, spending
from alongside.money.budget.models import FeeYear, Heading
from alongside.money.fees.actions import issuing, liability
from alongside.money.fees.queries.liability import WentOn, liabilities_of, taken_over
from alongside.money.fees.rules.issuing import MARKS, Preview, fee_line
from alongside.money.fees.tests import make
from alongside.money.fees.tests.years import APRIL, MINUTE, issue, opened
from alongside.money.invoices.actions import payers, payments
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.rules.invoices import Party, Ready
from alongside.money.invoices.tests.make import as_office, as_school, day, room, words_of
from tests.shown import press
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


# The issue run


def test_the_issue_run_says_that_the_year_before_is_short() -> None:
    of = opened(2)
    with clock.at(APRIL):
        client = as_office(of)
        assert "is short by" not in words_of(client, room(of) + "issue/?year=2")
        year = FeeYear.objects.get(number=1)
        said = {"name": "Networks", "year": year, "planned": 0, "key": keys.new_key()}
        heading = planning.add_heading(partnership=of, **said, by=make.SYSTEM)
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
    ready = [Ready(keys.new_key(), "Oak", 1, Party("Oak"), "", "", (line,), date(2022, 5, 1), "said", mark) for mark in marks]
    ready.append(Ready(keys.new_key(), "Ash", 2, Party("Ash"), "", "", (line,), date(2022, 5, 1)))
    assert Preview(ready, [], [], line, "", "").noted == words and set(marks) <= set(MARKS)


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
        assert press(office, address, {**said, "to_urn": "900002"}).status_code == 302
        page = words_of(client, room(of))
        assert f"{gone.name}, year 2" in page and "Not yet" in page
        issue(of, at_maximum=True)
        taken = Invoice.objects.get(school=gone, claim__fee_year__number=2)
        page = words_of(client, room(of))
        assert taken.payer_name == taker.name and taken.reference in page and "£1,500.00" in page
        assert client.get(f"{room(of, 'invoices')}{taken.reference}/").status_code == 404, "the school's own page stays its own"
        assert taken_over(of, viewer=standing_of(other)) == {}
        liability.settle_liability(
            key=keys.new_key(),
            partnership=of,
            school=gone,
            year=2,
            outcome="due",
            **MINUTE | {"reference": "PB 9"},
            seen=UNSEEN,
            by=make.SYSTEM,
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
        assert found.went_on == [WentOn(school.name, 900_001, None, "Harefield Trust")]
        page = words_of(as_office(of), room(of) + "liability/")
        assert school.name in page and "Harefield Trust" in page
        assert issue(of, at_maximum=True) == [150_000] * 2, "asked once, as before"
        years = Invoice.objects.filter(school=school).order_by("number").values_list("claim__fee_year__number", "total")
        assert list(years) == [(1, 150_000), (2, 150_000)]


def test_the_run_says_which_working_day_is_due_and_who_gets_several_invoices() -> None:
    of = make.ready(3)
    schools = list(School.objects.order_by("current__urn"))
    Establishment.objects.filter(urn__in=[schools[0].urn, schools[1].urn]).update(trust_name="Colham Trust")
    for one in schools[:2]:
        said = {"name": "", "address": "", "email": "Accounts@colham.example", "purchase_order": ""}
        payers.change_payer(partnership=of, school=one, **said, by=make.SYSTEM)
    office = as_office(of)
    page = words_of(office, f"{room(of)}issue/")
    assert page.count("the school, through Colham Trust") == 2
    assert "The 30 days end on Sunday 1 May 2022. Due is the next working day," in page
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    assert {one.due_on for one in Invoice.objects.all()} == {date(2022, 5, 3)}


def test_a_trusts_officer_sees_first_what_all_its_schools_owe() -> None:
    first, second, other = make.issued(3)
    officer = make.person("The trust's officer", Post.TRUST_OFFICER, school=first.school)
    make.below.Role.objects.create(person=officer, post=Post.TRUST_OFFICER, school=second.school, from_on=date(2020, 1, 1))
    client = enter(Client(), officer)
    said = {"key": keys.new_key(), "amount": 50_000, "paid_on": clock.today()}
    payments.record_payment(invoice=first, **said, by=make.SYSTEM)
    page = words_of(client, room(first.partnership))
    assert "£2,500" in page.split("al-card")[0] and "owed for your 2 schools" in page and other.reference not in page
    assert page.index("What your schools still owe") < page.index("Still owed")
    assert "owed for your" not in words_of(as_school(other), room(first.partnership)), "one school needs no sum"
