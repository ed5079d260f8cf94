from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import assume, given, strategies as st

from alongside.ground.documents.rules import hash_of_facts, numbers_missing, reference
from alongside.members.calendar.rules.bank_holidays import WorkingDays
from alongside.members.partnerships.rules import Template
from alongside.money.invoices.rules.corrections import CreditFacts, LineLeft, credit_lines, freed_by
from alongside.money.invoices.rules.invoices import (
    Facts,
    Line,
    PaperFacts,
    Party,
    State,
    Supplier,
    VatCode,
    due_on,
    series_for,
    state_of,
    vat_on,
    vat_told,
    why_due_later,
)
from alongside.money.invoices.rules.papers import credit_paper, later_notes, paper, statement_paper, vat_words
from alongside.money.invoices.rules.settings import Issuer, IssuerSettings, missing_details
from alongside.money.invoices.rules.statements import Statement, StatementLine

LINE = Line("Membership", 150_000, VatCode.ASK_FINANCE, 0)
FACTS = Facts(
    reference="ELP-0001",
    issuer=Issuer.PARTNERSHIP,
    issued_on=date(2022, 4, 1),
    due_on=date(2022, 5, 1),
    supplier=Supplier("Elthorne", "1 High Street", "", "a@b.example", "01632", "Account 1"),
    payer=Party("Elm Grove"),
    school=Party("Elm Grove", "URN 900001"),
    purchase_order="",
    lines=(LINE,),
)
codes = st.sampled_from([code.value for code in VatCode])
lines = st.builds(
    lambda words, net, code: Line(words, net, code, vat_on(net, code)), st.text(max_size=20), st.integers(0, 10**8), codes
)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("ask finance", "None charged, to be confirmed"),
        ("outside the scope", "Outside the scope"),
        ("exempt", "Exempt"),
        ("zero-rated", "Zero-rated"),
        ("standard 20%", "Standard 20%"),
    ],
)
def test_a_school_reads_of_each_line_what_vat_is_charged_on_it(code: str, told: str) -> None:
    assert vat_told(code) == told
    said = paper(replace(FACTS, lines=(Line("Membership", 150_000, code, 0),)))
    assert [line["vat"] for line in said["lines"]] == [told] and "sk finance" not in str(said)


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


def test_a_trust_starts_with_journals_and_a_learning_partnership_decides() -> None:
    assert IssuerSettings.for_template(Template.TRUST).issuer == Issuer.TRUST
    assert IssuerSettings.for_template(Template.LEARNING).issuer == Issuer.UNDECIDED
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
    assert missing_details(replace(IssuerSettings(), **changes)) == missing


def test_a_partnership_needs_five_details_and_blanks_do_not_count() -> None:
    assert len(missing_details(IssuerSettings(issuer=Issuer.PARTNERSHIP, supplier_name="  "))) == 5


@pytest.mark.parametrize(
    ("name", "taken", "series"),
    [
        ("Elthorne Learning Partnership", [], "ELP"),
        ("Elthorne Learning Partnership", ["ELP"], "ELP2"),
        ("East London Partnership", ["ELP", "ELP2"], "ELP3"),
        ("Schools of the Vale and Hill", [], "SVH"),
        ("123 456", [], "INV"),
        ("3 Rivers Trust", [], "RT"),
        ("!", [], "INV"),
    ],
)
def test_a_series_is_the_initials_and_nobody_elses(name: str, taken: list[str], series: str) -> None:
    assert series_for(name, taken) == series


def test_numbers_and_due_dates() -> None:
    assert (reference("ELP", 7), reference("ELP", 12_345)) == ("ELP-0007", "ELP-12345")


HOLIDAYS = {date(2022, 4, 15): "Good Friday", date(2022, 4, 18): "Easter Monday", date(2022, 5, 2): "Early May bank holiday"}
WORKING = WorkingDays(HOLIDAYS, date(2019, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("issued", "days", "due", "why"),
    [
        (date(2022, 4, 1), 27, date(2022, 4, 28), ""),
        (date(2022, 4, 1), 30, date(2022, 5, 3), "the weekend and Early May bank holiday come between"),
        (date(2022, 3, 16), 30, date(2022, 4, 19), "Good Friday, the weekend and Easter Monday come between"),
        (date(2022, 4, 1), 29, date(2022, 5, 3), "Saturday 30 April 2022"),
        (date(2022, 11, 26), 30, date(2022, 12, 26), ""),
        (date(2020, 11, 25), 30, date(2020, 12, 28), "Christmas Day and the weekend come between"),
    ],
)
def test_an_invoice_is_due_on_a_working_day(issued: date, days: int, due: date, why: str) -> None:
    assert due_on(issued, days, WORKING) == due
    said = why_due_later(issued, days, WORKING)
    assert why in said and bool(said) is bool(why)


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


@pytest.mark.parametrize(
    ("paid", "credited", "written_off", "waived", "state"),
    [
        (149_999, 0, 1, 0, State.PAID),
        (149_999, 0, 0, 1, State.PAID),
        (149_999, 1, 0, 0, State.PAID),
        (50_000, 50_000, 25_000, 25_000, State.PAID),
        (1, 0, 149_999, 0, State.PAID),
        (0, 0, 150_000, 0, State.WRITTEN_OFF),
        (0, 149_999, 1, 0, State.WRITTEN_OFF),
        (0, 0, 0, 150_000, State.WAIVED),
        (0, 100_000, 0, 50_000, State.WAIVED),
        (0, 150_000, 0, 0, State.CREDITED),
        (149_998, 0, 1, 0, State.OVERDUE),
    ],
)
def test_what_is_settled_is_paid_or_where_nothing_was_paid_let_off(
    paid: int, credited: int, written_off: int, waived: int, state: State
) -> None:
    off = credited, written_off, waived
    assert state_of(150_000, paid, date(2022, 5, 1), False, date(2022, 6, 1), *off) == state


@given(st.sampled_from(["reference", "issuer", "purchase_order"]), st.text(min_size=1))
def test_any_change_of_what_an_invoice_says_shows_in_its_hash(field: str, words: str) -> None:
    assert (hash_of_facts(replace(FACTS, **{field: words})) == hash_of_facts(FACTS)) == (getattr(FACTS, field) == words)


def test_a_journal_asks_for_no_payment_and_is_never_called_an_invoice() -> None:
    words = paper(replace(FACTS, issuer=Issuer.TRUST))
    assert words["pay"] is None and words["heading"] == "Journal ELP-0001" and "It is not an invoice." in words["notes"][0]
    assert "Invoice" not in str({key: value for key, value in words.items() if key != "notes"})


@pytest.mark.parametrize(
    ("issuer", "heading", "total_words", "notes"),
    [
        (
            Issuer.PARTNERSHIP,
            "Credit note",
            "Credited",
            ["Reason: Agreed", "VAT: our", "Questions: a@b.example or"],
        ),
        (Issuer.TRUST, "Reversing journal", "Moved back", ["Reason: Agreed"]),
    ],
)
def test_a_credit_note_says_why_and_a_trusts_is_a_reversing_journal(
    issuer: Issuer, heading: str, total_words: str, notes: list[str]
) -> None:
    credit = CreditFacts(
        **{one.name: getattr(FACTS, one.name) for one in fields(PaperFacts)} | {"issuer": issuer},
        invoice="ELP-0001", invoice_on=FACTS.issued_on, reason="Agreed", authority=None, host_number="",
    )  # fmt: skip
    said = credit_paper(credit)
    assert (said["heading"], said["total_words"]) == (f"{heading} ELP-0001", total_words)
    assert len(said["notes"]) == len(notes)
    assert all(note.startswith(words) for words, note in zip(notes, said["notes"], strict=True))


@pytest.mark.parametrize(("issuer", "words"), [(Issuer.PARTNERSHIP, "To pay"), (Issuer.TRUST, "To be moved")])
def test_an_invoice_is_to_be_paid_and_a_journal_to_be_moved(issuer: Issuer, words: str) -> None:
    assert paper(replace(FACTS, issuer=issuer))["total_words"] == words


ON = date(2022, 5, 3)


@pytest.mark.parametrize(
    ("order", "order_on", "payer", "payer_on", "said"),
    [
        ("PO 7", ON, "Vale Trust", ON, ["Purchase order PO 7, added on", "To be paid by Vale Trust, 1 High Street; told us on"]),
        ("", ON, "", ON, []),
        ("PO 7", None, "Vale Trust", None, []),
    ],
)
def test_what_is_told_after_issue_stands_with_its_day(
    order: str, order_on: date | None, payer: str, payer_on: date | None, said: list[str]
) -> None:
    notes = later_notes(order, order_on, payer, "1 High Street", payer_on)
    assert notes == [f"{words} 3 May 2022." for words in said]


def test_how_to_reach_the_supplier_leaves_out_what_is_not_known() -> None:
    said = paper(replace(FACTS, supplier=replace(FACTS.supplier, email="")))
    assert said["supplier"]["contact"] == "1 High Street\n01632" and said["notes"][1] == "Questions about this invoice: 01632."


@pytest.mark.parametrize(
    ("total", "settled", "paid", "credit", "freed"),
    [(100, 100, 100, 50, 50), (100, 100, 40, 50, 40), (100, 60, 60, 50, 10), (100, 20, 20, 50, 0)],
)
def test_a_credit_frees_what_was_paid_too_much(total: int, settled: int, paid: int, credit: int, freed: int) -> None:
    assert freed_by(total, settled, paid, credit) == freed


def test_an_invoice_says_that_bank_details_never_change_by_e_mail() -> None:
    pay = paper(FACTS)["pay"]
    assert pay["never"] == "Our bank details never change by e-mail." and "01632" in pay["ring"]


def test_a_credit_is_at_least_a_penny_and_at_most_what_is_left_in_proportion_to_the_penny() -> None:
    left = [LineLeft("a", "A", "S", 100, 20), LineLeft("b", "B", "S", 0, 0), LineLeft("c", "C", "Z", 50, 0)]
    shared = {amount: [(one.key, net, vat) for one, net, vat in credit_lines(left, amount)] for amount in (1, 85, 170)}
    assert shared == {
        1: [("a", 1, 0)],
        85: [("a", 50, 10), ("c", 25, 0)],
        170: [("a", 100, 20), ("c", 50, 0)],
    }
    assert [(net, vat) for _, net, vat in credit_lines(left[:1], 3)] == [(2, 1)]  # half a penny of VAT goes up
    for amount in (0, 171):
        with pytest.raises(ValueError, match="at least a penny"):
            credit_lines(left, amount)
    with pytest.raises(ValueError, match="at least a penny"):
        credit_lines([], 0)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=5), st.data())
def test_no_line_is_credited_beyond_what_is_left_of_its_net_or_its_vat(left: list[tuple[int, int]], data: st.DataObject) -> None:
    lines = [LineLeft(str(n), "", "S", net, vat) for n, (net, vat) in enumerate(left)]
    whole = sum(one.gross for one in lines)
    assume(whole)
    amount = data.draw(st.integers(1, whole))
    shared = credit_lines(lines, amount)
    assert sum(net + vat for _, net, vat in shared) == amount
    assert all(0 <= net <= one.net and 0 <= vat <= one.vat and net + vat for one, net, vat in shared)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (
            [VatCode.ASK_FINANCE],
            "VAT: our finance office has not yet confirmed the treatment of this charge. No VAT is charged on this invoice.",
        ),
        ([VatCode.OUTSIDE], "VAT: outside the scope of VAT."),
        ([VatCode.EXEMPT], "VAT: exempt."),
        ([VatCode.ZERO], "VAT: zero-rated."),
        ([VatCode.STANDARD], "VAT: charged at 20%."),
        ([VatCode.STANDARD, VatCode.EXEMPT], "VAT: exempt. VAT: charged at 20%."),
    ],
)
def test_an_invoice_says_how_vat_was_treated_and_by_whom(codes: list[VatCode], said: str) -> None:
    assert vat_words(codes, "") == f"{said} The supplier is not registered for VAT."
    assert vat_words(codes, "GB123456789") == f"{said} VAT registration number GB123456789."


def test_an_invoice_names_the_order_and_the_vat_number_where_there_are_any() -> None:
    numbered = replace(FACTS, purchase_order="PO 7", supplier=replace(FACTS.supplier, vat_number="GB1"))
    plain, full = paper(FACTS), paper(numbered)
    assert full["facts"] == [*plain["facts"], ["Your purchase order", "PO 7"]]
    assert (plain["foot"], full["foot"]) == ("Elthorne · not registered for VAT", "Elthorne · VAT registration number GB1")
    assert paper(replace(numbered, issuer=Issuer.TRUST))["foot"] == "Elthorne"


@pytest.mark.parametrize(
    ("balance", "words", "total", "is_to_pay"),
    [(5, "To pay", "£0.05", True), (0, "Nothing to pay", "£0.00", False), (-5, "Held for you", "£0.05", False)],
)
def test_a_statement_ends_with_what_is_to_be_paid(balance: int, words: str, total: str, is_to_pay: bool) -> None:
    lines = [
        StatementLine(date(2022, 4, 1), "Invoice", "ELP-0001", 5, 0, 5),
        StatementLine(date(2022, 5, 1), "Paid", "", 0, 5, balance),
    ]
    said = statement_paper(Statement(date(2022, 4, 1), date(2022, 6, 1), 0, lines), FACTS.supplier, "Elm", 1, max(-balance, 0))
    assert (said["total_words"], said["total"], bool(said["pay"])) == (words, total, is_to_pay)
    assert [(line["more"], line["less"]) for line in said["lines"]] == [("£0.05", ""), ("", "£0.05")]
    assert bool(said["held"]) is (balance < 0)


def test_a_statement_without_bank_details_asks_for_no_payment() -> None:
    owed = Statement(date(2022, 4, 1), date(2022, 6, 1), 5, [])
    assert statement_paper(owed, replace(FACTS.supplier, bank_words=""), "Elm", 1, 0)["pay"] is None


def test_an_invoice_of_nothing_asks_for_nothing() -> None:
    for net, asks in ((1, True), (0, False)):
        said = paper(replace(FACTS, lines=(Line("Fee", net, VatCode.ZERO, 0),)))
        assert (bool(said["pay"]), "Please pay by" in dict(said["facts"])) == (asks, asks)
