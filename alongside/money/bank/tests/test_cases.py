"""Statements that were once read wrongly without a word, each with its relatives and what is right."""

from datetime import date
from pathlib import Path

import pytest

from alongside.ground.core.days import read_day
from alongside.ground.core.money import pounds
from alongside.money.bank.rules.matching import OpenInvoice, propose
from alongside.money.bank.rules.reading import BankStatement, read_statement

CASES = Path(__file__).parent / "cases"
TODAY = date(2022, 7, 1)


def read(text: str) -> BankStatement:
    """A statement, as a form decodes it."""
    if text.endswith(".csv"):
        data = (CASES / text).read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
    return read_statement(text, TODAY)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("01-direction-in-own-column.csv", "-£1,500.00 -£40.00 £1,500.00"),
        ("Date,Details,Debit/Credit,Amount\n21/06/2022,A,Debit,5\n21/06/2022,B,Credit,5\n", "-£5.00 £5.00"),
        ("Date,Details,Amount,Type\n21/06/2022,A,5,D\n21/06/2022,B,5,C\n", "-£5.00 £5.00"),
        ("Date,Details,Amount,Direction\n21/06/2022,A,-5,OUT\n21/06/2022,B,5,IN\n", "-£5.00 £5.00"),
        ("Date,Details,Amount,Type\n21/06/2022,A,-5,DD\n21/06/2022,B,5,BACS\n", "-£5.00 £5.00"),  # a type is no direction
        ("08-moment-with-z.csv", "£1,500.00"),
        ("10-preamble-pound-cp1252.csv", "£1,500.00"),
        ("Date,Details,Amount,Status\n21/06/2022,A,5,COMPLETED\n21/06/2022,B,6,REVERTED\n21/06/2022,C,7,Pending\n", "£5.00"),
        ("Completed Date,Description,Amount\n2022-06-21 10:00:03,A,5\n", "£5.00"),
        ("Posting Date,Value Date,Details,Amount\n21/06/2022,20/06/2022,A,5\n", "£5.00"),
        ("Date,Details,Amount,DR/CR,Type\n21/06/2022,A,5,DR,C\n", "-£5.00"),  # a column of directions says it first
        ("Date,Type,Details,Amount\n21/06/2022,D,A,5\n21/06/2022,D\n21/06/2022,D,B\n", "-£5.00"),  # lines without amount
        ("Date,Details,Amount,Type\n21/06/2022,A,5,D\n21/06/2022,B,,note\n21/06/2022,C,\n", "-£5.00"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,5,,\n", "£5.00"),  # empty cells at the end move nothing
        ("04-balance-rows.csv", "£1,500.00"),
        *(
            (f"Date,Description,Amount,{head}\n21/06/2022,Rest,30.00,{went}\n", "-£30.00")
            for head, went in {
                "Credit Debit Indicator": "DBIT", "Sign": "-", "Money in/out": "Out", "Debit or Credit": "Debit",
                "D/C Indicator": "D", "CreditDebit": "DBIT", "Dr / Cr": "Dr", "+/-": "-", "CdtDbtInd": "DBIT",
                "Transaction direction": "OUT",
                "Flow of funds": "outgoing", "Column 7": "Money out",
            }.items()
        ),
        ("Date,Details,Amount,+ or not\n21/06/2022,A,5,-\n21/06/2022,B,6,+\n", "-£5.00 £6.00"),
        ("Date,Details,Amount,Kind\n21/06/2022,A,5,Payment\n21/06/2022,B,6,Receipt\n", "-£5.00 £6.00"),
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Direct debit\n21/06/2022,B,0.00,Bank credit\n", "-£5.00"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,5,DR\n21/06/2022,B,0.00,CR\n", "-£5.00"),
        ("Date,Details,Amount,Remarks\n21/06/2022,A,5,-\n21/06/2022,B,6,-\n", "£5.00 £6.00"),  # a dash for nothing
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Payment\n21/06/2022,B,6,Payment\n", "£5.00 £6.00"),  # ours or theirs
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Bank credit\n21/06/2022,B,6,Direct Debit\n", "£5.00 -£6.00"),
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Credit\n21/06/2022,B,6,Debit\n21/06/2022,C,-1,Fee\n", "£5.00 -£6.00 -£1.00"),
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Payment in\n21/06/2022,B,6,Outgoing payment\n", "£5.00 -£6.00"),
        ("Date,Details,Amount,Kind\n21/06/2022,A,5,Counter credit\n21/06/2022,B,6,Debit card\n", "£5.00 -£6.00"),
        ("Date,Details,Amount,Type\n21/06/2022,A,-5,Direct debit\n21/06/2022,A,5,Direct debit came back\n", "-£5.00 £5.00"),
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Debit\n21/06/2022,B,-6,DD\n21/06/2022,C,7,FPI\n", "-£5.00 -£6.00 £7.00"),
        ("Date,Details,Amount,Flow\n21/06/2022,A,5,DBIT\n21/06/2022,B\n21/06/2022,C\n", "-£5.00"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,5,DR\n21/06/2022,Closing balance,9,\n", "-£5.00"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,5,5\n22/06/2022,B,5,\n23/06/2022,C,5,15\n", "£5.00 £5.00 £5.00"),
        ("Date,Details,Amount,Subcategory\n21/06/2022,A,5,Counter credit\n21/06/2022,B,6,Debit card\n", "£5.00 -£6.00"),
        ("Date,Details,Amount\n21/06/2022,Direct debit A,5\n21/06/2022,Debit B,6\n", "£5.00 £6.00"),  # words, not a type
        *(
            (f"Date,Type,Details,Amount\n21/06/2022,{went},A,25\n21/06/2022,{came},B,1500\n", "-£25.00 £1,500.00")
            for went, came in {
                "Card payment": "Bank Giro Credit", "DD": "FPI", "D/D": "BGC", "SO": "DEP", "S/O": "Counter credit",
                "Standing order": "Faster payment in", "FPO": "MPI", "BP": "CR", "CHQ": "Cheque deposit", "DEB": "fpi",
                "ATM": "Bacs credit", "CPT": "Receipt", "Bill payment": "Transfer in", "Card purchase": "Incoming",
                "Bank charge": "Credit", "POS": "Deposit",
            }.items()
        ),
        ("Date,Type,Details,Amount\n21/06/2022,DD,A,25\n21/06/2022,DD,B,5\n", "-£25.00 -£5.00"),
        ("Date,Type,Details,Amount\n21/06/2022,BGC,A,25\n21/06/2022,FPI,B,5\n", "£25.00 £5.00"),
        ("Date,Type,Details,Amount\n21/06/2022,TFR,A,+25\n21/06/2022,XYZ,B,5\n", "£25.00 £5.00"),  # a sign stands there
        ("Date,Type,Details,Amount\n21/06/2022,TFR,A,25 CR\n21/06/2022,XYZ,B,5 CR\n", "£25.00 £5.00"),
        ("Date,Type,Details,Amount\n21/06/2022,TFR,A,-25\n21/06/2022,DD,B,5\n", "-£25.00 £5.00"),
        ("Date,Category,Details,Amount\n21/06/2022,Fees,A,25\n21/06/2022,Grants,B,5\n", "£25.00 £5.00"),  # of their own
        ("Date,Details,Paid out,Paid in\n21/06/2022,A,12.00,-\n21/06/2022,A BACK,-12.00,\n", "-£12.00 £12.00"),
        ("Date,Details,Paid out,Paid in\n21/06/2022,A,-5,–\n21/06/2022,B,-6,—\n21/06/2022,B BACK,6,£ -\n", "-£5.00 -£6.00 £6.00"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,12,DR\n21/06/2022,A BACK,-12,DR\n", "-£12.00 £12.00"),
        ("Date,Details,Amount,Currency\n21/06/2022,A,5,EUR\n21/06/2022,B,6,GBP\n21/06/2022,C,7,\n", "£6.00 £7.00"),
        ("Date,Details,Amount,Account Ccy\n21/06/2022,A,5,USD\n21/06/2022,B,6,Sterling\n", "£6.00"),
        ("Date,Details,Amount,Currency,Local amount,Local currency\n21/06/2022,A,-5,GBP,-6,EUR\n", "-£5.00"),
        ("Currency:,GBP\nDate,Details,Amount (GBP)\n21/06/2022,A,5\n", "£5.00"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,-5,95\n22/06/2022,B,5,100\n22/06/2022,C,5,105\n", "-£5.00 £5.00 £5.00"),
        ("Date,Details,Amount,Balance\n22/06/2022,C,5,105\n22/06/2022,B,5,100\n21/06/2022,A,-5,95\n", "£5.00 £5.00 -£5.00"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,5,95 OD\n22/06/2022,B,5,20\n", "£5.00 £5.00"),  # a line between is missing
        ("Date,Details,Amount,Balance\n21/06/2022,A,30,70\n21/06/2022,B,30,40\n", "£30.00 £30.00"),  # the newest may stand first
    ],
)  # fmt: skip
def test_what_came_and_what_went(text: str, amounts: str) -> None:
    entries, bad, _ = read(text)
    assert not bad and " ".join(pounds(one.amount).replace("−", "-") for one in entries) == amounts


@pytest.mark.parametrize("head", ["Type", "Transaction Type", "Payment type", "transaction_code"])
@pytest.mark.parametrize("said", ["TFR", "BACS", "Cheque", "INT", "Pmt", "Online", "Credit card"])
def test_a_type_that_is_not_known_is_asked_about_where_no_amount_has_a_sign(head: str, said: str) -> None:
    entries, bad, _ = read(f"Date,{head},Details,Amount\n21/06/2022,BGC,A,1500\n22/06/2022,{said},B,25\n")
    assert not entries and [(one.line, one.why.partition(",")[0]) for one in bad] == [
        (3, f"Did this money come or go? Its type says “{said}”")
    ]


def test_a_column_without_a_heading_is_named_by_its_number() -> None:
    [one] = read("Date,Details,,Amount\n21/06/2022,A,6.10,5\n").left_out
    assert one.why == "the column “3” is not read"


def test_the_column_of_directions_is_no_words() -> None:
    [entry] = read("Date,Details,Amount,Type\n21/06/2022,A,5,Debit\n").entries
    assert entry.words == "A"


def test_a_type_that_is_not_asked_about_stays_among_the_words() -> None:
    went, came = read("Date,Details,Amount,Type\n21/06/2022,A,-5,XYZ\n21/06/2022,B,6,XYZ\n").entries
    assert "XYZ" in went.words and "XYZ" in came.words


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("02-quote-never-closed.csv", 3, "quotation marks"),
        ('Date;Details;Amount\n21/06/2022;A;5\n21/06/2022;B;6\n21/06/2022;"C;7\n', 4, "quotation marks"),
        ("03-thousands-not-quoted.csv", 2, "more cells than there are headings"),
        ("Date,Details,Amount\n21/06/2022,A,5\n21/06/2022,FEES, YEAR 1,5\n", 3, "more cells than there are headings"),
        ("07-no-headings.csv", 1, "add a first line that names the columns"),
        ("Details,Amount\nA,5\n", 1, "add a first line that names the columns"),
        ("Date,Details\n21/06/2022,A\n", 1, "add a first line that names the columns"),
        ("Date,Details,Amount,\n21/06/2022,A,5,6\n", 2, "more cells than there are headings"),
        (
            "Date,Details,Amount\n21/06/2022,A,5\n21/06/2022,B,6\n21/06/2022,Balance,11\n21/06/2022,C,1\n",
            4,
            "or money that moved?",
        ),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,5,DR\n21/06/2022,B,5,?\n", 3, "come or go"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,-5,CR\n", 2, "one of the two"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,5,D\n21/06/2022,B,5,X\n", 3, "come or go"),
        ("Date,Details,Amount,D/C\n21/06/2022,A,5,\n", 2, "come or go"),
        ("Date,Details,Amount,Status\n21/06/2022,A,5,WHO KNOWS\n", 2, "Its status is"),
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Credit\n21/06/2022,B,5,Debit\n21/06/2022,C,1,Interest\n", 4, "come or go"),
        ("Date,Details,Amount,Type\n21/06/2022,A,5,Direct debit\n21/06/2022,B,5,Credit card\n", 3, "come or go"),
        ("Date,Details,Amount,Flow\n21/06/2022,A,5,DBIT\n21/06/2022,B,5,\n", 3, "come or go"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,30,970\n22/06/2022,B,20,950\n", 3, "balance beside it moves the other way"),
        ("Date,Details,Amount,Balance\n22/06/2022,B,20,950\n21/06/2022,A,30,970\n", 2, "balance beside it moves the other way"),
        ("Date,Details,Amount,Running balance\n21/06/2022,A,30,£0.00\n21/06/2022,B,20,-20.00\n", 3, "moves the other way"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,30,70\n21/06/2022,B,30,40\n22/06/2022,C,-20,20\n", 3, "moves the other way"),
        ("Date,Details,Amount,Balance\n20/06/2022,Opening balance,,100\n21/06/2022,A,30,70\n", 3, "moves the other way"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,30,70\n20/06/2022,Brought forward,100,100\n", 2, "moves the other way"),
        ("Date,Money in,Money out,Balance\n21/06/2022,1,,1\n22/06/2022,,4,5\n", 3, "moves the other way"),
        ("Date,Details,Amount,Currency\n21/06/2022,A,5,EUR\n", 2, "it is in EUR, not in pounds"),
        ("Date,Details,Amount (EUR)\n21/06/2022,A,5\n", 1, "not in pounds"),
        ("Date,Details,Paid in (€),Paid out (€)\n21/06/2022,A,5,\n", 1, "not in pounds"),
        ("Account currency: USD\nDate,Details,Amount\n21/06/2022,A,5\n", 2, "not in pounds"),
        ("Date,Details,Amount\n21/06/2022,A,5\n22/06/2022,BALANCE,500\n23/06/2022,B,5\n", 3, "or money that moved?"),
        ("Date,Details,Amount\n21/06/2022,A,5\n22/06/2022,Total,5\n23/06/2022,B,5\n", 3, "or money that moved?"),
        ("Date,Details,Amount\n22/06/2022,Opening balance,500\n", 2, "or money that moved?"),
        ("Date,Details,Amount,Balance\n21/06/2022,A,5,5\n22/06/2022,FINAL BALANCE,500,505\n", 3, "or money that moved?"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_read(text: str, line: int, why: str) -> None:
    entries, bad, _ = read(text)
    assert not entries and [one.line for one in bad] == [line] and why in bad[0].why


@pytest.mark.parametrize(
    "words",
    [
        "Balance brought forward", "Closing balance", "Opening Balance", "BALANCE C/F", "Total", "Total paid in", "Sub-total:",
        "Brought forward", "BAL B/F", "Bal. c/fwd", "Brought fwd", "B/F", "Closing balance at 30 Jun",
        "Statement balance at 30/06/2022", "Available balance", "Grand total",
    ],
)  # fmt: skip
def test_sums_are_left_out_and_said_so(words: str) -> None:
    entries, bad, left_out = read(f"Date,Details,Amount\n21/06/2022,A,5\n30/06/2022,{words},12000.00\n")
    assert not bad and len(entries) == 1
    assert [(one.line, one.why) for one in left_out] == [(3, "a balance or a total, not money that moved")]


@pytest.mark.parametrize(
    ("lines", "left_out"),
    [
        ("21/06/2022,Opening balance,100\n22/06/2022,A,5\n22/06/2022,C/F,105\n23/06/2022,B,6\n24/06/2022,Balance,111", [2, 4, 6]),
        ("21/06/2022,A,5\n22/06/2022,Total paid in,5\n22/06/2022,Closing balance,105", [3, 4]),
        ("21/06/2022,A,5\n21/06/2022,B,-2\n21/06/2022,Subtotal,5\n22/06/2022,C,6\n22/06/2022,D,6", [4]),
        ("21/06/2022,A,5\n21/06/2022,B,-2\n21/06/2022,Total paid out,2\n22/06/2022,C,6\n22/06/2022,D,6", [4]),
        ("21/06/2022,A,5\n,Balance,105\n22/06/2022,C,6", [3]),  # money has a day
        ("21/06/2022,A,5\n22/06/2022,Balance at 21 June 2022,105", [3]),
        ("21/06/2022,A,5\n22/06/2022,Closing balance 12345678 £105.00,105", [3]),
    ],
)  # fmt: skip
def test_a_sum_is_told_by_where_it_stands_or_what_it_amounts_to(lines: str, left_out: list[int]) -> None:
    _, bad, found = read(f"Date,Details,Amount\n{lines}\n")
    assert not bad and [one.line for one in found] == left_out


def test_the_running_balance_tells_a_sum_within_a_statement() -> None:
    text = "Date,Details,Type,Amount,Balance\n21/06/2022,A,,5,5\n21/06/2022,Balance,BAL,5,5\n22/06/2022,B,,6,11\n"
    assert [one.line for one in read(text).left_out] == [3]


@pytest.mark.parametrize(
    ("head", "cells", "is_named"),
    [
        ("Fee", "15.00", True), ("Bank charges", "15", True), ("VAT", "£3", True), ("Gross", "5.15", True),
        ("Local amount", "6.10", True), ("Fee", "0.00", False), ("Reference", "12.50", False), ("Local amount", "-5.00", False),
        ("Sort code", "200000", False),
        ("Cheque", "101", False),
        ("Available balance", "99.00", False), ("Tax code", "", False),
    ],
)  # fmt: skip
def test_a_column_with_other_money_is_named(head: str, cells: str, is_named: bool) -> None:
    left_out = read(f"Date,Details,Amount,{head}\n21/06/2022,A,5.00,{cells}\n").left_out
    assert [(one.line, one.why) for one in left_out] == [(2, f"the column “{head}” is not read")] * is_named


@pytest.mark.parametrize(
    "words",
    [
        "BALANCE OF FEE ELP-0050", "TOTAL FITNESS LTD", "FORWARD TRUST", "Balance Primary School", "ELP-0063 BALANCE",
        "ELP-0063 TOTAL", "FINAL BALANCE ELP0063", "TOTAL ELP 63", "BALANCE 0063", "OAK SCHOOL BALANCE",
    ],
)  # fmt: skip
def test_money_whose_words_only_begin_like_a_sum_is_read(words: str) -> None:
    assert [one.words for one in read(f"Date,Details,Amount\n21/06/2022,{words},5\n").entries] == [words]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-06-21T10:00:03.123Z", 21), ("2022-06-21T23:30:00Z", 22), ("2022-06-21T23:30:00+01:00", 21),
        ("2022-06-21 09:15:00 UTC", 21), ("21/06/2022 09:15", 21), ("21/06/2022 9:15 PM", 21), ("21 Jun 2022 09:15:10.5", 21),
    ],
)  # fmt: skip
def test_a_moment_is_a_day_in_london(text: str, day: int) -> None:
    assert read_day(text) == date(2022, 6, day)


INVOICES = {number: OpenInvoice(f"k{number}", f"ELP-{number:04}", 150_000, f"School {number}") for number in (42, 43, 44, 63)}


@pytest.mark.parametrize(
    ("words", "amount", "numbers"),
    [
        (read("19-several-numbers-one-prefix.csv").entries[0].words, 300_000, [63, 42]),
        ("TRUST ELP 63 & 42", 300_000, [63, 42]),
        ("ELP-0063, 0042 and 0044", 450_000, [63, 42, 44]),
        ("ELP-0042 to 0044", 450_000, [42, 43, 44]),
        ("ELP-0042-0044", 450_000, [42, 43, 44]),
        ("ELP-0042 to 0044", 150_000, [42]),  # a range only when the money fits
        ("ELP-0042/44", 150_000, [42]),
        ("ELP-0042 21/06", 150_000, [42]),
        ("ELP-0063 ELP-0042", 300_000, [63, 42]),
        ("ELP-0063-42", 150_000, [63]),  # downwards it is no range
        ("ELP-0063-42", 300_000, [63, 42]),
        *((words, 300_000, [63, 42]) for words in (
            "ELP 0063 0042", "ELP0063ELP0042", "ELP-0063;0042", "ELP-0063\\0042", "ELP00630042", "ELP-0063 (0042)",
            "ELP 63 | 42", "TRUST ELP 0063 0042 21/06 BGC", "ELP-0063/0042 05JUN",
        )),
        ("ELP-0063/0042/0099", 300_000, [63]),  # one of them is unknown
        ("ELP0063ELP0042ELP0044", 450_000, [63, 42, 44]),
        ("ELP006300420044", 450_000, [63, 42, 44]),
        ("ELP-0063/42 ELP-44", 450_000, [63, 42, 44]),
        ("ELP 0063 0042", 150_000, [63]),
        ("ELP00630042", 150_000, []),
        ("ELP-0041-2022", 150_000, []),  # a year, not a range in which one happens to be owed
    ],
)  # fmt: skip
def test_numbers_may_share_one_prefix(words: str, amount: int, numbers: list[int]) -> None:
    assert [one.key for one in propose(amount, words, "ELP", INVOICES).invoices] == [f"k{number}" for number in numbers]
