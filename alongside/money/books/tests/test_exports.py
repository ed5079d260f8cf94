import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest

from alongside.ground.core import keys
from alongside.ground.core.clock import UTC
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Invalid
from alongside.ground.documents.actions import pdf_of
from alongside.money.books import actions as books
from alongside.money.books.rules.exports import SoldLine, double_entry, sage_rows, xero_rows
from alongside.money.invoices.actions import corrections
from alongside.money.invoices.models.invoices import InvoiceLine
from alongside.money.invoices.rules.statements import Happened, What
from alongside.money.invoices.tests import make

DAY = date(2022, 5, 3)


AT = datetime(2022, 5, 3, 12, tzinfo=UTC)


def happened(what: What, on: date, amount: int, other: str = "", school: str = "a") -> Happened:
    return Happened(what, on, AT, school, "Elm Grove", "ELP-0001", "words", amount, other=other)


SOLD = SoldLine(
    False, "ELP-0001", date(2022, 4, 1), date(2022, 5, 1), "=Elm", "1 High Street\nElthorne", "a@b.example", "PO 1", 900_001,
    "Membership", 150_000, "exempt", 0,
)  # fmt: skip


CREDIT = SoldLine(
    True, "ELP-C-0001", date(2022, 5, 1), date(2022, 5, 1), "Elm", "", "", "", 900_001, "Membership", 20_000, "ask finance", 0,
    "ELP-0001",
)  # fmt: skip


def test_xero_gets_what_its_import_asks_for_and_no_formula_and_no_made_up_tax() -> None:
    first, credit = xero_rows([SOLD, CREDIT], "200")
    assert len(first) == len(credit) == 27 and first[0] == "'=Elm" and first[2:4] == ("1 High Street", "Elthorne")
    assert first[11] == "PO 1"
    assert (first[10], first[12], first[13], first[17], first[19], first[20]) == (
        "ELP-0001", "01/04/2022", "01/05/2022", "1500.00", "200", "Exempt Income",
    )  # fmt: skip
    assert (credit[10], credit[11], credit[17], credit[20]) == ("ELP-C-0001", "ELP-0001", "-200.00", "")


def test_sage_gets_sales_credits_and_money_on_account() -> None:
    story = [
        happened(What.PAYMENT, date(2022, 4, 20), 100),
        happened(What.REFUNDED, date(2022, 5, 3), 50),
        happened(What.WRITTEN_OFF, date(2022, 5, 4), 25),
        happened(What.FREED, DAY, 1),
        happened(What.USED, DAY, 1),
    ]
    rows = sage_rows([SOLD, CREDIT], story, {"a": 900_001}, "4000", "1200")
    assert [(row[0], row[1], row[2], row[4], row[7], row[8]) for row in rows] == [
        ("SI", "900001", "4000", "01/04/2022", "1500.00", "T2"),
        ("SA", "900001", "1200", "20/04/2022", "1.00", "T9"),
        ("SC", "900001", "4000", "01/05/2022", "200.00", ""),
        ("SP", "900001", "1200", "03/05/2022", "0.50", "T9"),
        ("SC", "900001", "8100", "04/05/2022", "0.25", "T9"),
    ]
    assert [row[11] for row in rows] == ["PO 1", "", "ELP-0001", "", ""], "its order, or what it is about"
    silent = sage_rows([], [replace(story[0], words=""), story[0]], {}, "4000", "1200")
    assert [row[6] for row in silent] == ["Payment", "words"]


def test_in_xero_vat_that_is_no_fifth_to_the_penny_is_split_and_only_where_there_is_vat() -> None:
    taxed = replace(SOLD, net=27_777, code="standard 20%", vat=5_556)
    assert [(row[17], row[20]) for row in xero_rows([taxed, replace(SOLD, net=27_777)], "200")] == [
        ("277.74", "20% (VAT on Income)"), ("0.03", "20% (VAT on Income)"), ("277.77", "Exempt Income"),
    ]  # fmt: skip


def test_in_the_books_a_schools_account_has_its_name() -> None:
    text = double_entry("Elthorne", [happened(What.INVOICE, DAY, 5)], "partnership", {"b": 0}, {}, DAY)
    opened = [line.split()[2] for line in text.splitlines() if " open Assets:Schools:" in line]
    assert opened == ["Assets:Schools:Elm-Grove-a", "Assets:Schools:S-b"]


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
def test_the_files_hold_every_line_and_carry_what_finance_said_later() -> None:
    first, _ = make.issued(2)
    of = first.partnership
    corrections.issue_credit_note(
        invoice=first, key=keys.new_key(), amount=100, reason="r", seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
    )
    before = list(csv.DictReader(io.StringIO(books.export_xero(partnership=of, by=make.SYSTEM))))
    assert len(before) == 3 and {row["*TaxType"] for row in before} == {""}
    for code, words in (("standard 20%", "x"), ("exempt", " ")):
        with pytest.raises(Invalid):
            books.settle_vat_code(partnership=of, code=code, words=words, by=make.SYSTEM)
    assert books.settle_vat_code(partnership=of, code="exempt", words="The VAT officer", by=make.SYSTEM) == 2
    assert books.settle_vat_code(partnership=of, code="zero-rated", words="Again", by=make.SYSTEM) == 0
    after = list(csv.DictReader(io.StringIO(books.export_sage(partnership=of, by=make.SYSTEM))))
    assert [row["Tax Code"] for row in after] == ["T2"] * 3 and {row["Type"] for row in after} == {"SI", "SC"}
    assert set(InvoiceLine.objects.values_list("vat_code", flat=True)) == {"ask finance"}, "what was issued is unchanged"
    assert pdf_of(paper=first, by=make.SYSTEM).startswith(b"%PDF")
