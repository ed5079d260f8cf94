"""Money between schools, payers of one name, addresses and tax: right in every file that leaves for other people's books."""

import csv
import io
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from beancount import loader

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.members.schools.models import Establishment, School
from alongside.money.books import actions as books
from alongside.money.books.rules.exports import SoldLine, contacts, taxed_parts, xero_rows
from alongside.money.invoices.actions import corrections
from alongside.money.invoices.actions.held import free_payment, hold_money, use_held_money
from alongside.money.invoices.models.corrections import Account
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.ledger import statement_for
from alongside.money.invoices.rules.invoices import VatCode, vat_on
from alongside.money.invoices.tests import make

DAY = date(2022, 5, 3)
pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 5, 3)]


def sage(of: Invoice) -> dict[str, int]:
    """What each account comes to in Sage, in pence: owed above nothing, held below."""
    sums: dict[str, int] = defaultdict(int)
    for row in csv.DictReader(io.StringIO(books.export_sage(partnership=of.partnership, by=make.SYSTEM))):
        amount = round(100 * (float(row["Net Amount"]) + float(row["Tax Amount"])))
        sums[row["Account Reference"]] += amount if row["Type"] in {"SI", "SP"} else -amount
    return dict(sums)


def books_are_right(one: Invoice, two: Invoice) -> None:
    """Statements, Sage and the independent checker all say what the invoices and accounts say."""
    held = dict(Account.objects.values_list("school_id", "held"))
    balances = {}
    for invoice in (one, two):
        invoice.refresh_from_db()
        owes = invoice.owed - held.get(invoice.school_id, 0)
        assert statement_for(invoice.partnership, invoice.school, viewer=make.SYSTEM).closing == owes
        balances[str(invoice.school_urn)] = owes
    assert sage(one) == balances
    _, errors, _ = loader.load_string(books.export_double_entry(partnership=one.partnership, by=make.SYSTEM))
    assert not errors


def test_money_held_for_one_school_and_used_for_another_is_right_in_every_file_and_comes_back_when_it_is_taken_off() -> None:
    one, two = make.issued(2)
    hold_money(partnership=one.partnership, school=one.school, key=keys.new_key(), amount=60_000, received_on=DAY, by=make.SYSTEM)
    books_are_right(one, two)
    account = Account.objects.get(school=one.school)
    payment = use_held_money(account=account, invoice=two, key=keys.new_key(), amount=50_000, by=make.SYSTEM)
    assert (sage(one)["900001"], sage(one)["900002"]) == (150_000 - 10_000, 100_000)
    books_are_right(one, two)
    back = free_payment(payment=payment, reason="It was for the other school", by=make.SYSTEM)
    assert back.account.school == one.school
    account.refresh_from_db()
    assert account.held == 60_000 and not Account.objects.filter(school=two.school).exists()
    books_are_right(one, two)
    lines = [line.words for line in statement_for(two.partnership, two.school, viewer=make.SYSTEM).lines]
    assert lines[-2:] == ["Paid from money held for another school", "Money of another school, given back"]
    again = use_held_money(account=account, invoice=one, key=keys.new_key(), amount=1, by=make.SYSTEM)
    free_payment(payment=again, reason="Of its own", by=make.SYSTEM)
    books_are_right(one, two)


def test_whoever_belongs_to_the_school_sees_what_came_back_and_not_whose_account_it_went_to() -> None:
    one, two = make.issued(2)
    hold_money(partnership=one.partnership, school=one.school, key=keys.new_key(), amount=500, received_on=DAY, by=make.SYSTEM)
    account = Account.objects.get()
    payment = use_held_money(account=account, invoice=two, key=keys.new_key(), amount=500, by=make.SYSTEM)
    free_payment(payment=payment, reason="A mistake", by=make.SYSTEM)
    for invoice in (one, two):
        bursar = make.in_school(invoice.partnership, invoice.school)
        theirs = statement_for(invoice.partnership, invoice.school, viewer=bursar)
        assert theirs == statement_for(invoice.partnership, invoice.school, viewer=make.SYSTEM)


def test_a_school_that_became_an_academy_has_one_account_in_sage_also_where_only_money_is_held_for_it() -> None:
    one, _ = make.issued(2)
    academy = Establishment.objects.create(urn=900_801, school=one.school, name="Elm Grove Academy")
    School.objects.filter(pk=one.school_id).update(current=academy)
    make.ask(make.claim(one.partnership, words="Fee for year 2"), School.objects.get(pk=one.school_id))
    hold_money(partnership=one.partnership, school=one.school, key=keys.new_key(), amount=7, received_on=DAY, by=make.SYSTEM)
    assert sage(one) == {"900001": 300_000 - 7, "900002": 150_000}
    third = make.started(1, "Another Partnership")[1][0]
    hold_money(
        partnership=third.memberships.get().partnership,
        school=third,
        key=keys.new_key(),
        amount=9,
        received_on=DAY,
        by=make.SYSTEM,
    )
    text = books.export_sage(partnership=third.memberships.get().partnership, by=make.SYSTEM)
    assert [row["Account Reference"] for row in csv.DictReader(io.StringIO(text))] == [str(third.urn)]


@pytest.mark.parametrize(
    ("net", "vat", "parts"),
    [
        (150_000, 30_000, [150_000]),
        (27_777, 5_556, [27_774, 3]),  # £333.33 of £1,500 and a fifth
        (27_778, 5_556, [27_778]),
        (8, 1, [6, 2]),  # one below a fifth
        (2, 1, [2]),  # too little to split: the page of Xero gets the penny in a line of its own
        (0, 1, [0]),
        (0, 0, []),
    ],
)
def test_an_amount_is_split_until_a_fifth_of_each_part_is_its_vat(net: int, vat: int, parts: list[int]) -> None:
    assert taxed_parts(net, vat) == parts


@pytest.mark.parametrize("amounts", [[33_333], [1], [2, 3, 7], [33_333, 33_333, 33_333], [99_999, 80_001], [6, 6, 6, 11]])
def test_what_is_credited_comes_to_the_penny_where_xero_works_out_the_tax(amounts: list[int]) -> None:
    (invoice,) = make.issued(1, vat_code=VatCode.STANDARD, vat_number="GB 123")
    for amount in amounts:
        corrections.issue_credit_note(
            invoice=invoice, key=keys.new_key(), amount=amount, reason="r", seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
        )
    sums: dict[str, int] = defaultdict(int)
    for row in csv.DictReader(io.StringIO(books.export_xero(partnership=invoice.partnership, by=make.SYSTEM))):
        net = round(100 * float(row["*UnitAmount"]))
        tax = vat_on(abs(net), VatCode.STANDARD) if row["*TaxType"] == "20% (VAT on Income)" else 0
        sums[row["*InvoiceNumber"]] += net + (tax if net > 0 else -tax)
    assert list(sums.values()) == [180_000, *(-one for one in amounts)]


SOLD = SoldLine(
    False, "ELP-0001", DAY, DAY, "St Mary’s Primary", "1 Church Lane\nElthorne EL2 3AB", "", "", 900_001, "Fee", 100, "exempt", 0,
    school="a", school_name="St Mary’s Primary",
)  # fmt: skip
OTHER = replace(SOLD, number="ELP-0002", urn=900_002, school="b", address="Hill Road\nYeading EL4 9ZZ")
TRUST = replace(SOLD, payer="Mary Trust", address="2 High Street\nEL1 1AA", urn=900_003, school="c", school_name="Oak Primary")


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([SOLD, OTHER], ["St Mary’s Primary (URN 900001)", "St Mary’s Primary (URN 900002)"]),
        ([SOLD, replace(OTHER, payer="ST MARY'S PRIMARY", school_name="St Mary's Primary")],
         ["St Mary’s Primary (URN 900001)", "ST MARY'S PRIMARY (URN 900002)"]),
        ([SOLD, replace(SOLD, number="ELP-0009", address="Moved")], ["St Mary’s Primary"] * 2),
        ([TRUST, replace(TRUST, urn=900_004, school="d", address="2 High St, EL1 1AA")], ["Mary Trust"] * 2),
        ([TRUST, replace(TRUST, urn=900_004, school="d", address="Elsewhere\nEL7 7AA")],
         ["Mary Trust (URN 900003)", "Mary Trust (URN 900004)"]),
        ([replace(TRUST, address="High Street"), replace(TRUST, urn=900_004, school="d", address="Low Road")],
         ["Mary Trust (URN 900003)", "Mary Trust (URN 900004)"]),
        ([SOLD, TRUST], ["St Mary’s Primary", "Mary Trust"]),
    ],
)  # fmt: skip
def test_two_payers_of_one_name_are_told_apart_and_one_of_several_schools_is_one(lines: list[SoldLine], names: list[str]) -> None:
    assert contacts(lines) == names
    assert [row[0] for row in xero_rows(lines, "200")] == names


@pytest.mark.parametrize(
    ("address", "cells"),
    [
        ("1 Church Lane\nElthorne\nEL2 3AB", ("1 Church Lane", "Elthorne", "", "", "", "", "EL2 3AB", "")),
        ("Civic Centre, High Street\nElthorne EL1 1AA", ("Civic Centre, High Street", "Elthorne", "", "", "", "", "EL1 1AA", "")),
        ("1 Church Lane, Elthorne, el23ab.", ("1 Church Lane, Elthorne", "", "", "", "", "", "EL2 3AB", "")),
        ("A\nB\nC\nD\nE\nF\nG\nUB8 1UW", ("A", "B", "C", "D", "E", "F, G", "UB8 1UW", "")),
        ("1 Lane\nUB8 1UW\nUnited Kingdom", ("1 Lane", "United Kingdom", "", "", "", "", "UB8 1UW", "")),
        ("Unit B1 2AB House\nElthorne", ("Unit B1 2AB House", "Elthorne", "", "", "", "", "", "")),
        ("", ("", "", "", "", "", "", "", "")),
    ],
)
def test_a_postcode_stands_in_its_own_column_and_no_line_is_lost(address: str, cells: tuple[str, ...]) -> None:
    assert xero_rows([replace(SOLD, address=address)], "200")[0][2:10] == cells
