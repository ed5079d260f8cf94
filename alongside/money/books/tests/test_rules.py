from datetime import date

import pytest
from hypothesis import given, strategies as st

from alongside.money.books.rules.schedule import KnownCharge, read_schedule

TODAY = date(2022, 5, 3)


APRIL = date(2022, 4, 20)
KNOWN = {
    "ELP-0001": KnownCharge(150_000, 0, "", 0, None, 150_000),
    "ELP-0002": KnownCharge(150_000, 50_000, "C-1", 50_000, APRIL, 100_000),
}
CHANGED = {  # £1,500 each: what was done about it since
    "credited once paid": KnownCharge(150_000, 100_000, "", 150_000, APRIL, 0),
    "credited before": KnownCharge(150_000, 0, "", 0, None, 100_000),
    "credited before, the rest held": KnownCharge(150_000, 0, "", 50_000, APRIL, 100_000),
    "taken off as wrong": KnownCharge(150_000, 0, "", 150_000, APRIL, 150_000),
    "a part taken off": KnownCharge(150_000, 50_000, "", 100_000, APRIL, 100_000),
    "waived in part, paid": KnownCharge(150_000, 140_000, "", 140_000, APRIL, 0),
    "written off in part": KnownCharge(150_000, 100_000, "", 100_000, APRIL, 50_000),
    "credited in full": KnownCharge(150_000, 0, "", 150_000, APRIL, 0),
    "came on a day that nobody knows": KnownCharge(150_000, 0, "C-1", 150_000, None, 0),
}


HEAD = "reference,host_number,paid_so_far,paid_on,payment_reference\n"


def test_a_good_file_gives_numbers_and_what_has_come_in_since() -> None:
    entries, bad = read_schedule(
        HEAD + f'ELP-0001,{"9" * 40},1500.00,03/05/2022,BACS\nelp-0002,C-1,"1,500",2022-05-01,\n', KNOWN, TODAY
    )
    assert not bad
    assert [(one.reference, one.host_number, one.paid) for one in entries] == [
        ("ELP-0001", "9" * 40, 150_000),
        ("ELP-0002", "C-1", 100_000),
    ]


def test_a_file_that_says_what_is_known_changes_nothing() -> None:
    assert read_schedule(HEAD + "ELP-0002,C-1,500.00,,\n\n,,,,\n", KNOWN, TODAY) == ([], [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ELP-0009,C-9,,,", "We have no charge"),
        (",C-9,,,", "The reference is empty"),
        ("ELP-0001,C-9,1500.01,2022-05-01,", "more than the £1,500 charged. If it came"),
        ("ELP-0002,C-1,499.99,2022-05-01,", "£500 is recorded as paid already"),
        ("ELP-0002,C-2,,,", "was C-1 before, now C-2"),
        ("ELP-0001,,100,2022-05-04,", "dated in the future"),
        ("ELP-0001,,100,1999-12-31,", "before the year 2000"),
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
    for head in ("a,b", "reference,b", "host_number,paid_so_far"):
        assert "headings" in read_schedule(f"{head}\n1,2\n", KNOWN, TODAY)[1][0].why
    assert "headings" in read_schedule("", KNOWN, TODAY)[1][0].why
    assert "not closed" in read_schedule(HEAD + "x" * 140_000, KNOWN, TODAY)[1][0].why
    assert not read_schedule(HEAD.replace("\n", "\r") + "ELP-0001,C-9,,,\r", KNOWN, TODAY)[1]
    assert "no line" in read_schedule(HEAD, KNOWN, TODAY)[1][0].why


@pytest.mark.parametrize(
    ("since", "so_far", "on", "new"),
    [
        ("credited once paid", "1500", "2022-04-20", 0),
        ("credited once paid", "1000", "", 0),
        ("credited before", "1000", "2022-05-01", 100_000),
        ("credited before, the rest held", "1500", "2022-05-01", 100_000),
        ("taken off as wrong", "1500", "2022-04-20", 0),
        ("taken off as wrong", "0", "", 0),
        ("taken off as wrong", "3000", "2022-05-01", 150_000),
        ("a part taken off", "1000", "2022-04-20", 0),
        ("a part taken off", "1500", "2022-05-01", 50_000),
        ("written off in part", "1500", "2022-05-01", 50_000),
        ("credited in full", "1500", "2022-04-20", 0),
        ("credited in full", "1500", "", 0),
        ("came on a day that nobody knows", "1500", "2022-05-01", 0),
        ("a part taken off", "500", "2022-05-04", 0),
        ("credited before", "1000", "2000-01-01", 100_000),
    ],
)
def test_a_running_total_is_compared_with_all_that_came_in(since: str, so_far: str, on: str, new: int) -> None:
    entries, bad = read_schedule(f"{HEAD}ELP-0001,,{so_far},{on},\n", {"ELP-0001": CHANGED[since]}, TODAY)
    assert not bad and sum(one.paid for one in entries) == new


@pytest.mark.parametrize(
    ("since", "so_far", "on", "why"),
    [
        ("credited before", "1500", "2022-05-01", "£1,500 is more than the £1,500 charged, of which £500 is credited or waived"),
        ("credited once paid", "1600", "2022-05-01", "record the £100 too much as money held"),
        (
            "waived in part, paid",
            "1500",
            "2022-05-01",
            "of which £100 is credited or waived. If it came, record the £100 too much",
        ),
        ("taken off as wrong", "1500", "2022-05-01", "If this is other money, record it on the charge's page"),
        ("credited in full", "1500", "2022-05-03", "the last on 20 April 2022"),
        ("a part taken off", "400", "2022-04-20", "£500 is recorded as paid already"),
    ],
)
def test_what_exceeds_the_debt_or_may_be_other_money_is_named(since: str, so_far: str, on: str, why: str) -> None:
    entries, bad = read_schedule(f"{HEAD}ELP-0001,,{so_far},{on},\n", {"ELP-0001": CHANGED[since]}, TODAY)
    assert not entries and [one.line for one in bad] == [2] and why in bad[0].why


NOTES = "reference,host_number,paid_so_far,paid_on,payment_reference,notes\n"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        (HEAD + 'ELP-0001,H1,1500,01/05/2022,"x\nELP-0002,C-1,1500,01/05/2022,y\n', 2, "one opened and not closed"),
        (NOTES + 'ELP-0001,H1,1500,01/05/2022,,"rang\nELP-0002,C-1,1500,01/05/2022,,\n', 2, "one opened and not closed"),
        (NOTES + 'ELP-0001,H1,,,,\nELP-0002,C-1,1500,01/05/2022,"y,\n', 3, "one opened and not closed"),
        (NOTES + 'ELP-0001,H1,,,,"a" b\n', 2, "one opened and not closed"),
        (NOTES + 'ELP-0001,H1,,,,"rang\nELP-0002,C-1,1500,01/05/2022,,"\n', 2, "The line of ELP-0002 stands within a cell"),
        (NOTES + 'ELP-0001,H1,,,,"rang\n\'elp-0002\t,C-1,1500,,,"\n', 2, "The line of ELP-0002 stands within a cell"),
        ('host_number,reference,notes\nH1,ELP-0001,"rang\nH2,ELP-0002,"\n', 2, "The line of ELP-0002 stands within a cell"),
        ("reference,paid_so_far,Paid so far\nELP-0001,1500,0\n", 1, "two columns paid_so_far"),
        ("reference,host_number,reference\nELP-0001,H1,ELP-0002\n", 1, "two columns reference"),
        ("reference,paid_so_far,paid_on,paid_on\nELP-0001,1500,01/05/2022,\n", 1, "two columns paid_on"),
    ],
)
def test_a_line_that_would_be_swallowed_stops_the_file(text: str, line: int, why: str) -> None:
    entries, bad = read_schedule(text, KNOWN, TODAY)
    assert not entries and [one.line for one in bad] == [line] and why in bad[0].why


def test_a_note_may_go_over_two_lines_and_columns_that_are_not_read_may_be_named_alike() -> None:
    text = 'reference,host_number,notes,notes\nELP-0001,H1,"rang,\nthen wrote to ELP-0002",\n'
    assert [one.host_number for one in read_schedule(text, KNOWN, TODAY)[0]] == ["H1"]


@given(st.text(max_size=300))
def test_nonsense_never_breaks_the_reader_and_never_records_anything(text: str) -> None:
    assert read_schedule(HEAD + text, {}, TODAY)[0] == []
