from datetime import date

import pytest
from hypothesis import given, strategies as st

from alongside.money.books.rules.schedule import KnownCharge, read_schedule

TODAY = date(2022, 5, 3)


KNOWN = {"ELP-0001": KnownCharge(150_000, 0, ""), "ELP-0002": KnownCharge(150_000, 50_000, "C-1")}


HEAD = "reference,host_number,paid_so_far,paid_on,payment_reference\n"


def test_a_good_file_gives_numbers_and_what_has_come_in_since() -> None:
    entries, bad = read_schedule(HEAD + 'ELP-0001,C-9,1500.00,03/05/2022,BACS\nelp-0002,C-1,"1,500",2022-05-01,\n', KNOWN, TODAY)
    assert not bad
    assert [(one.reference, one.host_number, one.paid) for one in entries] == [
        ("ELP-0001", "C-9", 150_000),
        ("ELP-0002", "C-1", 100_000),
    ]


def test_a_file_that_says_what_is_known_changes_nothing() -> None:
    assert read_schedule(HEAD + "ELP-0002,C-1,500.00,,\n\n,,,,\n", KNOWN, TODAY) == ([], [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ELP-0009,C-9,,,", "We have no charge"),
        (",C-9,,,", "The reference is empty"),
        ("ELP-0001,C-9,1500.01,2022-05-01,", "more than the £1,500 charged"),
        ("ELP-0002,C-1,499.99,2022-05-01,", "£500 is recorded as paid already"),
        ("ELP-0002,C-2,,,", "was C-1 before, now C-2"),
        ("ELP-0001,,100,2022-05-04,", "dated in the future"),
        ("ELP-0001,,100,,", "Write paid_on like"),
        ("ELP-0001,,a lot,2022-05-01,", "Enter an amount in pounds"),
        ("ELP-0001,,-5,2022-05-01,", "recorded as paid already"),
        (f"ELP-0001,{'9' * 41},,,", "longer than 40 characters"),
        ("ELP-0001,C-9,,,,more", "more columns"),
    ],
)
def test_one_bad_line_stops_the_file_and_is_named(line: str, why: str) -> None:
    entries, bad = read_schedule(HEAD + line + "\nELP-0001,C-5,,,\n" if "0001" not in line else HEAD + line + "\n", KNOWN, TODAY)
    assert not entries and len(bad) == 1 and why in bad[0].why and bad[0].line == 2


def test_a_charge_named_twice_and_files_that_are_no_schedule_are_refused() -> None:
    assert "stands on line 2 already" in read_schedule(HEAD + "ELP-0001,C-9,,,\nELP-0001,C-9,,,\n", KNOWN, TODAY)[1][0].why
    assert "headings" in read_schedule("a,b\n1,2\n", KNOWN, TODAY)[1][0].why
    assert "headings" in read_schedule("", KNOWN, TODAY)[1][0].why
    assert "cannot be read" in read_schedule(HEAD + "x" * 140_000, KNOWN, TODAY)[1][0].why
    assert not read_schedule(HEAD.replace("\n", "\r") + "ELP-0001,C-9,,,\r", KNOWN, TODAY)[1]
    assert "no line" in read_schedule(HEAD, KNOWN, TODAY)[1][0].why


@given(st.text(max_size=300))
def test_nonsense_never_breaks_the_reader_and_never_records_anything(text: str) -> None:
    assert read_schedule(HEAD + text, {}, TODAY)[0] == []
