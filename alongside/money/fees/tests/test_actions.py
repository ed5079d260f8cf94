import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core import mail

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.documents.models import OpeningCode
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import mark_now
from alongside.members.partnerships.rules import Belonging, Template
from alongside.money.books import actions as books
from alongside.money.fees.actions import issuing, year_two
from alongside.money.fees.queries.due import preview_issue
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.fees.tests import make
from alongside.money.invoices.actions import payers, payments
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine, IssueRun, Series
from alongside.money.invoices.queries.papers import numbers_lost
from alongside.money.invoices.rules.settings import Issuer

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


@pytest.mark.slow
def test_97_members_get_97_invoices_of_1500_pounds_and_a_second_run_makes_none() -> None:
    of = make.ready(97)
    run = issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    assert run and (run.count, run.first, run.last) == (97, 1, 97)
    assert list(Invoice.objects.order_by("number").values_list("number", "total")) == [(n, 150_000) for n in range(1, 98)]
    assert issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of)) is None
    assert Invoice.objects.count() == 97 and numbers_lost(of, viewer=make.SYSTEM) == []


def test_the_same_press_twice_is_one_run() -> None:
    of, key = make.ready(3), keys.new_key()
    first, second = (issuing.issue_invoices(partnership=of, key=key, seen=UNSEEN, by=make.office(of)) for _ in range(2))
    assert first == second and IssueRun.objects.count() == 1 and Invoice.objects.count() == 3


def test_the_key_of_one_years_run_is_not_the_key_of_anothers() -> None:
    of, key = make.issued(2)[0].partnership, keys.new_key()
    make.sign(of, make.school(900_500, "Late School"))
    run = issuing.issue_invoices(partnership=of, key=key, number=1, seen=UNSEEN, by=make.office(of))
    year_two.open_next_year(partnership=of, by=make.SYSTEM)
    assert issuing.issue_invoices(partnership=of, key=key, number=1, seen=UNSEEN, by=make.office(of)) == run
    with pytest.raises(Conflict, match="sent before with something else"):
        issuing.issue_invoices(partnership=of, key=key, number=2, at_maximum=True, seen=UNSEEN, by=make.office(of))
    assert Invoice.objects.count() == 3


def test_a_late_signer_gets_the_next_number_in_a_later_run() -> None:
    of = make.issued(3)[0].partnership
    late = make.school(900_500, "Late School")
    make.sign(of, late)
    run = issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    assert run and (run.count, run.first) == (1, 4) and Invoice.objects.get(school=late).reference == "ELP-0004"


def test_what_was_previewed_is_what_is_issued_or_nothing_is() -> None:
    of = make.ready(2)
    seen = str(preview_issue(of, viewer=make.SYSTEM)[1].shown)
    make.sign(of, make.school(900_500, "Signed meanwhile"))
    said = "You saw 2 schools asked for £3,000.00 in all; by now it is 3 schools asked for £4,500.00 in all"
    with pytest.raises(Conflict, match=said):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=seen, by=make.office(of))
    assert not Invoice.objects.exists() and Series.objects.get(partnership=of).last == 0


def of_another_supplier(of: Partnership) -> None:
    make.set_up(of, supplier_name="Somebody Else Ltd")


def of_other_bank_details(of: Partnership) -> None:
    make.set_up(of, bank_words="Account 2")


def of_another_payer(of: Partnership) -> None:
    place = Membership.objects.filter(partnership=of).first().school
    said = {"name": "Colham Trust", "address": "1 High Street", "email": "a@colham.example", "purchase_order": ""}
    payers.change_payer(partnership=of, school=place, **said, by=make.SYSTEM)


@pytest.mark.parametrize(
    ("meanwhile", "changed"),
    [
        (lambda of: make.set_up(of, year_one_fee=120_000), "who is asked, and for what"),
        (of_another_supplier, "who issues, and what stands on the paper"),
        (of_other_bank_details, "who issues, and what stands on the paper"),
        (of_another_payer, "who is asked, and for what"),
        (lambda of: make.set_up(of, payment_days=14), "who is asked, and for what"),
        (lambda of: make.set_up(of, vat_code="exempt"), "who is asked, and for what"),
        (lambda of: Series.objects.filter(partnership=of).update(prefix="ZZZ"), "the numbers"),
    ],
)
def test_a_page_that_stood_open_issues_nothing_once_any_of_it_is_otherwise(
    meanwhile: Callable[[Partnership], object], changed: str
) -> None:
    of = make.ready(3)
    seen = str(preview_issue(of, viewer=make.SYSTEM)[1].shown)
    meanwhile(of)
    with pytest.raises(Conflict, match=f"This changed meanwhile: {changed}. Nothing was issued"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=seen, by=make.office(of))
    assert not Invoice.objects.exists()
    fresh = str(preview_issue(of, viewer=make.SYSTEM)[1].shown)
    run = issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=fresh, by=make.office(of))
    assert run and run.count == 3


def test_the_preview_says_who_gets_none_and_why() -> None:
    of = make.issued(1)[0].partnership
    left, unsigned, friend, asked = make.schools(4, 900_500)
    make.sign(of, left)
    Membership.objects.filter(school=left).update(until_on=date(2022, 3, 20))
    Membership.objects.create(partnership=of, school=unsigned, kind=Belonging.MEMBER, from_on=date(2022, 3, 1))
    Membership.objects.create(partnership=of, school=friend, kind=Belonging.ASSOCIATE, from_on=date(2022, 3, 1))
    Membership.objects.create(partnership=of, school=asked, kind=Belonging.ASKED, from_on=date(2022, 3, 1))
    _, preview = preview_issue(of, viewer=make.office(of))
    assert {one.urn: one.why for one in preview.not_due} == {
        900_001: "Has ELP-0001 already",
        unsigned.urn: "Has not signed",
        friend.urn: "Associate: no fee",
        asked.urn: "Has not signed",
    }
    (one,) = preview.ready
    assert one.urn == left.urn and one.note.startswith("Left on 20 March 2022, inside the two years"), "and it still owes"


def test_an_academy_owes_its_trust_without_signing_and_gets_a_journal() -> None:
    of = make.partnership("Colham Schools Trust", Template.TRUST)
    Membership.objects.create(partnership=of, school=make.school(), kind=Belonging.MEMBER, from_on=date(2022, 3, 1))
    make.set_up(of, issuer=Issuer.TRUST, vat_code="ask finance")
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    journal = Invoice.objects.get()
    assert (journal.issuer, journal.total, journal.lines.get().vat_code) == ("trust", 150_000, "outside the scope")
    assert not mail.outbox and not OpeningCode.objects.exists()


def test_nothing_is_issued_before_the_set_up_is_complete() -> None:
    of = make.partnership()
    make.sign(of, make.school())
    with pytest.raises(Conflict, match="not complete"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))
    make.set_up(of, supplier_phone="")
    with pytest.raises(Conflict, match="not complete"):
        issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.office(of))


@pytest.mark.parametrize("post", [Post.HEAD, Post.BUSINESS_MANAGER, Post.TRUST_OFFICER])
def test_a_school_may_not_act_on_money(post: Post) -> None:
    invoice = make.issued(1)[0]
    of, who = invoice.partnership, make.in_school(invoice.partnership, invoice.school, post)
    for deed in (
        lambda: issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=who),
        lambda: payments.record_payment(invoice=invoice, key=keys.new_key(), amount=1, paid_on=clock.today(), by=who),
        lambda: issuing.set_up_fees(partnership=of, settings=make.SUPPLIER, version=mark_now(of, FeeSettings), by=who),
        lambda: payers.answer_query(invoice=invoice, query="x", reply="So.", by=who),
        lambda: books.export_schedule(partnership=of, by=who),
    ):
        with pytest.raises(Refused):
            deed()


# Set-up


def test_the_finance_officer_sets_fees_up_too() -> None:
    of = make.partnership()
    year = issuing.set_up_fees(
        partnership=of, settings=make.SUPPLIER, version=mark_now(of, FeeSettings), by=make.office(of, Post.FINANCE)
    )
    assert (year.number, year.amount) == (1, 150_000) and Series.objects.get(partnership=of).prefix == "ELP"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issuer": Issuer.HOST}, "issuer"),
        ({"year_one_fee": 140_000}, "year_one_fee"),
        ({"vat_code": "standard 20%"}, "vat_code"),
    ],
)
def test_what_was_chosen_once_stays_when_invoices_have_gone_out(changes: dict[str, object], field: str) -> None:
    of = make.issued(1)[0].partnership
    with pytest.raises(Invalid) as problem:
        make.set_up(of, **changes)
    assert set(problem.value.problems) == {field}


def test_two_partnerships_never_share_a_series() -> None:
    first, second = make.ready(1), make.ready(1, "East London Partnership")
    assert [Series.objects.get(partnership=one).prefix for one in (first, second)] == ["ELP", "ELP2"]
    with pytest.raises(Invalid, match="Another partnership"):
        issuing.set_up_fees(
            partnership=second, settings=make.SUPPLIER, version=mark_now(second, FeeSettings), prefix="elp", by=make.SYSTEM
        )


def test_the_fee_may_change_until_the_first_invoice() -> None:
    of = make.ready(1)
    make.set_up(of, year_one_fee=120_000)
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
    assert Invoice.objects.get().total == 120_000


def test_standard_rated_vat_is_added_to_the_fee() -> None:
    assert make.issued(1, vat_code="standard 20%", vat_number="GB 123")[0].total == 180_000


# Charges


def test_nothing_inside_a_members_entitlement_can_raise_a_charge() -> None:
    """No action but the issue run makes a line or an invoice, and none takes words or an amount to charge."""
    invoice = make.issued(1)[0]
    payments.record_payment(invoice=invoice, key=keys.new_key(), amount=5, paid_on=clock.today(), by=make.SYSTEM)
    payers.query_invoice(invoice=invoice, key=keys.new_key(), name="A", email="", words="Why?", by=make.SYSTEM)
    payers.add_purchase_order(invoice=invoice, order="PO 1", version=UNSEEN, by=make.SYSTEM)
    assert Invoice.objects.get().total == 150_000 and InvoiceLine.objects.count() == 1
    money = Path(inspect.getfile(issuing)).parents[2]

    def who_says(pattern: str) -> set[str]:
        files = [*money.glob("*/actions/*.py"), *money.glob("*/actions.py")]
        return {str(path.relative_to(money)) for path in files if re.search(pattern, path.read_text())}

    assert who_says(r"InvoiceLine(\.objects\.(bulk_)?create)?\(") == {"invoices/actions/issuing.py"}
    assert who_says(r"(?<!def )\bissue_run\(") == {"fees/actions/issuing.py"}, "and it asks may_charge"


# Payers


def test_a_payer_said_before_the_run_stands_on_the_invoice() -> None:
    of = make.ready(1)
    place = Membership.objects.get().school
    payers.change_payer(
        partnership=of,
        school=place,
        name="Colham Trust",
        address="1 High Street",
        email="ap@colham.example",
        purchase_order="PO 7",
        by=make.in_school(of, place),
    )
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
    invoice = Invoice.objects.get()
    assert (invoice.payer_name, invoice.purchase_order, invoice.payer_email) == ("Colham Trust", "PO 7", "ap@colham.example")
