"""Statements that were once read wrongly without a word, each with its relatives and what is right."""

from datetime import date
from pathlib import Path

import pytest

from alongside.ground.core.money import pounds
from alongside.money.bank.rules.matching import OpenInvoice, propose
from alongside.money.bank.rules.reading import BankStatement, read_day, read_statement

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
        ("Date,Details,Amount,Balance\n21/06/2022,A,5,,\n", "£5.00"),  # empty cells at the end move nothing
        ("04-balance-rows.csv", "£1,500.00"),
    ],
)
def test_what_came_and_what_went(text: str, amounts: str) -> None:
    entries, bad, _ = read(text)
    assert not bad and " ".join(pounds(one.amount).replace("−", "-") for one in entries) == amounts


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("02-quote-never-closed.csv", 3, "quotation marks"),
        ('Date;Details;Amount\n21/06/2022;A;5\n21/06/2022;B;6\n21/06/2022;"C;7\n', 4, "quotation marks"),
        ("03-thousands-not-quoted.csv", 2, "more cells than there are headings"),
        ("Date,Details,Amount\n21/06/2022,A,5\n21/06/2022,FEES, YEAR 1,5\n", 3, "more cells than there are headings"),
        ("07-no-headings.csv", 1, "add a first line that names the columns"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,5,DR\n21/06/2022,B,5,?\n", 3, "come or go"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,-5,CR\n", 2, "one of the two"),
        ("Date,Details,Amount,DR/CR\n21/06/2022,A,5,D\n21/06/2022,B,5,X\n", 3, "come or go"),
        ("Date,Details,Amount,D/C\n21/06/2022,A,5,\n", 2, "come or go"),
        ("Date,Details,Amount,Status\n21/06/2022,A,5,WHO KNOWS\n", 2, "Its status is"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_read(text: str, line: int, why: str) -> None:
    entries, bad, _ = read(text)
    assert not entries and [one.line for one in bad] == [line] and why in bad[0].why


@pytest.mark.parametrize(
    "words",
    [
        "Balance brought forward", "Closing balance", "Opening Balance", "BALANCE C/F", "Total", "Total paid in", "Sub-total:",
        "Brought forward", "Statement balance at 30/06/2022", "Available balance", "Grand total",
    ],
)  # fmt: skip
def test_sums_are_left_out_and_said_so(words: str) -> None:
    entries, bad, left_out = read(f"Date,Details,Amount\n21/06/2022,A,5\n30/06/2022,{words},12000.00\n")
    assert not bad and len(entries) == 1
    assert [(one.line, one.why) for one in left_out] == [(3, "a balance or a total, not money that moved")]


@pytest.mark.parametrize("words", ["BALANCE OF FEE ELP-0050", "TOTAL FITNESS LTD", "FORWARD TRUST", "Balance Primary School"])
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
        ("ELP-0041-2022", 150_000, []),  # a year, not a range in which one happens to be owed
    ],
)
def test_numbers_may_share_one_prefix(words: str, amount: int, numbers: list[int]) -> None:
    assert [one.key for one in propose(amount, words, "ELP", INVOICES).invoices] == [f"k{number}" for number in numbers]
