from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from alongside.members.partnerships.rules import Template
from alongside.money.books.rules.schedule import Known, read_schedule, safe_cell
from alongside.money.fees.rules.charges import covers
from alongside.money.fees.rules.issuing import fee_line, why_no_invoice
from alongside.money.invoices.rules.invoices import (
    Facts,
    Line,
    Party,
    State,
    Supplier,
    VatCode,
    due_on,
    hash_of,
    numbers_missing,
    reference,
    series_for,
    state_of,
    vat_on,
)
from alongside.money.invoices.rules.papers import paper
from alongside.money.invoices.rules.settings import FeeSettings, Issuer, missing_details

TODAY = date(2022, 5, 3)
LINE = Line("Membership", 150_000, VatCode.ASK_FINANCE, 0)
FACTS = Facts(
    "ELP-0001",
    Issuer.PARTNERSHIP,
    date(2022, 4, 1),
    date(2022, 5, 1),
    Supplier("Elthorne", "1 High Street", "", "a@b.example", "01632", "Account 1"),
    Party("Elm Grove"),
    Party("Elm Grove", "URN 900001"),
    "",
    (LINE,),
)
codes = st.sampled_from([code.value for code in VatCode])
lines = st.builds(
    lambda words, net, code: Line(words, net, code, vat_on(net, code)), st.text(max_size=20), st.integers(0, 10**8), codes
)


@pytest.mark.parametrize(
    ("net", "code", "vat"),
    [
        (150_000, "ask finance", 0),
        (150_000, "exempt", 0),
        (150_000, "outside the scope", 0),
        (150_000, "zero-rated", 0),
        (150_000, "standard 20%", 30_000),
        (12, "standard 20%", 2),
        (13, "standard 20%", 3),
        (0, "standard 20%", 0),
    ],
)
def test_vat_is_a_fifth_of_a_standard_rated_line_and_nothing_of_any_other(net: int, code: str, vat: int) -> None:
    assert vat_on(net, code) == vat


@given(st.integers(0, 10**9))
def test_vat_is_never_more_than_half_a_penny_from_a_fifth(net: int) -> None:
    assert abs(5 * vat_on(net, VatCode.STANDARD) - net) * 2 <= 5


@given(st.lists(lines, min_size=1, max_size=8))
def test_the_total_is_the_sum_of_the_lines_to_the_penny(some: list[Line]) -> None:
    facts = replace(FACTS, lines=tuple(some))
    assert facts.total == facts.net + facts.vat == sum(line.net + line.vat for line in some)
    assert paper(facts)["total"].replace("£", "").replace(",", "").replace(".", "") == f"{facts.total:03d}"


def test_the_default_fee_is_1500_pounds_and_says_that_it_covers_everything() -> None:
    settings = FeeSettings.for_template(Template.LEARNING)
    line = fee_line("Elthorne", 1, settings.year_one_fee, "September 2022 to August 2023", settings.vat_code)
    assert (line.net, line.vat, line.vat_code) == (150_000, 0, "ask finance")
    assert "covers all of the partnership’s support" in line.words and "Nothing" in covers()


def test_a_trust_starts_with_journals_and_a_learning_partnership_decides() -> None:
    assert FeeSettings.for_template(Template.TRUST).issuer == Issuer.TRUST
    assert FeeSettings.for_template(Template.LEARNING).issuer == Issuer.UNDECIDED
    assert [Issuer(one).document for one in ("partnership", "host", "trust")] == ["invoice", "charge", "journal"]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ["who issues the invoices"]),
        ({"issuer": "host"}, ["the name of the council or school that issues"]),
        ({"issuer": "host", "host_name": "Elthorne Council"}, []),
        ({"issuer": "trust"}, ["the trust's name as it stands in its books"]),
    ],
)
def test_what_has_to_be_said_before_anything_is_issued(changes: dict[str, str], missing: list[str]) -> None:
    assert missing_details(replace(FeeSettings(), **changes)) == missing


def test_a_partnership_needs_five_details_and_blanks_do_not_count() -> None:
    assert len(missing_details(FeeSettings(issuer=Issuer.PARTNERSHIP, supplier_name="  "))) == 5


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ({}, ""),
        ({"invoiced_as": "ELP-0001"}, "Has ELP-0001 already"),
        ({"owes": False}, "Has left"),
        ({"owes": False, "begins": 2}, "Joined later: begins with year 2"),
        ({"waived": "Board, 13 March 2023, PB 23/07"}, "Waived: Board, 13 March 2023, PB 23/07"),
        ({"signed": False}, "Has not signed"),
        ({"kind": "asked", "signed": False}, "Has not signed"),
        ({"kind": "associate"}, "Associate: no fee"),
    ],
)
def test_who_gets_no_invoice_and_why(case: dict[str, Any], why: str) -> None:
    assert why_no_invoice(**{"kind": "member", "signed": True, "invoiced_as": ""} | case) == why


@pytest.mark.parametrize(
    ("name", "taken", "series"),
    [
        ("Elthorne Learning Partnership", [], "ELP"),
        ("Elthorne Learning Partnership", ["ELP"], "ELP2"),
        ("East London Partnership", ["ELP", "ELP2"], "ELP3"),
        ("Schools of the Vale and Hill", [], "SVH"),
        ("123 456", [], "INV"),
    ],
)
def test_a_series_is_the_initials_and_nobody_elses(name: str, taken: list[str], series: str) -> None:
    assert series_for(name, taken) == series


def test_numbers_and_due_dates() -> None:
    assert (reference("ELP", 7), reference("ELP", 12_345)) == ("ELP-0007", "ELP-12345")
    assert due_on(date(2022, 4, 1), 30) == date(2022, 5, 1)


@given(st.sets(st.integers(1, 60)), st.integers(0, 60))
def test_every_missing_number_is_found(there: set[int], last: int) -> None:
    missing = numbers_missing(there, last)
    assert set(missing) | {one for one in there if one <= last} == set(range(1, last + 1)) and not set(missing) & there


@pytest.mark.parametrize(
    ("paid", "queried", "on", "state"),
    [
        (150_000, True, date(2022, 6, 1), State.PAID),
        (0, True, date(2022, 6, 1), State.QUERIED),
        (1, False, date(2022, 5, 2), State.OVERDUE),
        (0, False, date(2022, 5, 1), State.OWED),
        (1, False, date(2022, 5, 1), State.PART_PAID),
    ],
)
def test_how_an_invoice_stands(paid: int, queried: bool, on: date, state: State) -> None:
    assert state_of(150_000, paid, date(2022, 5, 1), queried, on) == state


@given(st.sampled_from(["reference", "issuer", "purchase_order"]), st.text(min_size=1))
def test_any_change_of_what_an_invoice_says_shows_in_its_hash(field: str, words: str) -> None:
    assert (hash_of(replace(FACTS, **{field: words})) == hash_of(FACTS)) == (getattr(FACTS, field) == words)


def test_a_journal_asks_for_no_payment_and_is_never_called_an_invoice() -> None:
    words = paper(replace(FACTS, issuer=Issuer.TRUST))
    assert words["pay"] is None and words["heading"] == "Journal ELP-0001" and "It is not an invoice." in words["notes"][0]
    assert "Invoice" not in str({key: value for key, value in words.items() if key != "notes"})


def test_an_invoice_says_that_bank_details_never_change_by_e_mail() -> None:
    pay = paper(FACTS)["pay"]
    assert pay["never"] == "Our bank details never change by e-mail." and "01632" in pay["ring"]


# The host's schedule

KNOWN = {"ELP-0001": Known(150_000, 0, ""), "ELP-0002": Known(150_000, 50_000, "C-1")}
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


@pytest.mark.parametrize("words", ["=1+1", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_no_cell_runs_as_a_formula(words: str) -> None:
    assert safe_cell(words) == f"'{words}"


def test_plain_words_stay_as_they_are() -> None:
    assert [safe_cell(one) for one in ("Elm Grove", 900_001, "1500.00", "")] == ["Elm Grove", "900001", "1500.00", ""]
