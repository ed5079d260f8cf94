"""Which invoice a line of the bank is proposed for, and what the proposal says."""

from dataclasses import replace

import pytest

from alongside.money.bank.rules.matching import OpenInvoice, named_in, numbers_in, propose

INVOICES = {
    1: OpenInvoice("k1", "ELP-0001", 150_000, "Elm Grove Primary"),
    2: OpenInvoice("k2", "ELP-0002", 150_000, "St Bride’s Catholic Primary"),
    3: OpenInvoice("k3", "ELP-0003", 0, "Ickenden Special School"),
    4: OpenInvoice("k4", "ELP-0004", 150_000, "Colham Park Primary", "Colham Schools Trust"),
    5: OpenInvoice("k5", "ELP-0005", 150_000, "Cowley Marsh Academy", "Colham Schools Trust"),
    6: OpenInvoice("k6", "ELP-0006", 120_000, "Elm Bank Primary"),
    7: OpenInvoice("k7", "ELP-0007", 90_000, "Red House", "Bourne Valley Trust"),
    9: OpenInvoice("k9", "ELP-0009", 0, "Larch Wood Primary", lost=90_000),
    12: OpenInvoice("k12", "ELP-0012", 150_000, "Elm Tree Grove Nursery"),
}


@pytest.mark.parametrize(
    ("amount", "words", "why", "found"),
    [
        (150_000, "BGC ELP-0001 SOMETHING", "The line names ELP-", ["ELP-0001"]),
        (150_000, "elp1 membership", "The line names ELP-", ["ELP-0001"]),
        (150_000, "ELP 0012", "The line names ELP-", ["ELP-0012"]),
        (50_000, "ELP-0001 PART", "The line names ELP-0001: a part of what is owed", ["ELP-0001"]),
        (160_000, "ELP-0001 OVER", "ELP-0001: it is more than is owed, and the rest is held for the school", ["ELP-0001"]),
        (90_000, "ELP-0009", "The line names ELP-0009, which was written off: it came after all", ["ELP-0009"]),
        (90_001, "ELP-0009", "it came after all, and the rest is held for the school", ["ELP-0009"]),
        (90_000, "BOURNE VALLEY", "The line names Red House and the amount fits", ["ELP-0007"]),
        (80_000, "BOURNE VALLEY", "Red House, but the amount is not what it owes (ELP-0007)", []),
        (200_000, "COLHAM SCHOOLS TRUST BACS", "No invoice number", []),
        (300_000, "MEMBERSHIP FEES", "No invoice number", []),
        (1, "ELM TREE GROVE", "Elm Tree Grove Nursery, but the amount is not", []),
        (150_000, "ELP-0001 ELP-0012", "The line names ELP-0001 and ELP-0012: a part", ["ELP-0001", "ELP-0012"]),
        (0, "ELP-0001", "Money out", []),
        (300_000, "ELP-0001 AND ELP-0002", "The line names ELP-", ["ELP-0001", "ELP-0002"]),
        (150_000, "ST BRIDES PRIMARY SCH", "the amount fits", ["ELP-0002"]),
        (150_000, "COLHAM PARK", "the amount fits", ["ELP-0004"]),
        (300_000, "COLHAM SCHOOLS TRUST BACS", "all that Colham Schools Trust owes", ["ELP-0004", "ELP-0005"]),
        (120_000, "ELM BANK", "the amount fits", ["ELP-0006"]),
        (150_000, "ELP-0003", "settled already", []),
        (150_000, "ELP-0099", "No invoice number", []),
        (150_000, "MEMBERSHIP FEE", "No invoice number", []),
        (149_999, "ST BRIDES", "the amount is not what it owes", []),
        (150_000, "XELP-0001", "No invoice number", []),
        (-150_000, "ELP-0001", "Money out", []),
        (150_000, "THE PRIMARY SCHOOL TRUST", "No invoice number", []),
    ],
)
def test_what_a_line_is_probably_about(amount: int, words: str, why: str, found: list[str]) -> None:
    proposal = propose(amount, words, "ELP", INVOICES)
    assert why in proposal.why and [one.reference for one in proposal.invoices] == found


def test_what_cannot_be_told_apart_is_not_proposed() -> None:
    twins = {n: OpenInvoice(f"k{n}", f"ELP-000{n}", 150_000, "Elm Grove Primary") for n in (1, 2)}
    proposal = propose(150_000, "ELM GROVE", "ELP", twins)
    assert not proposal.invoices and "choose" in proposal.why
    paid = {1: INVOICES[1], 7: INVOICES[7], 8: replace(INVOICES[7], key="k8", reference="ELP-0008", owed=0)}
    of_one = propose(90_000, "BOURNE VALLEY ELM GROVE", "ELP", {**paid, 1: replace(INVOICES[1], owed=90_000)})
    assert not of_one.invoices and of_one.why == "It may be Elm Grove Primary or Red House: choose"


def test_a_line_that_names_nobody_is_not_said_to_name_the_only_school() -> None:
    assert propose(5, "MEMBERSHIP", "ELP", {1: INVOICES[1]}).why.startswith("No invoice number")


@pytest.mark.parametrize("amount", [150_000, 90_000])
def test_what_is_paid_to_the_penny_is_said_without_more(amount: int) -> None:
    why = propose(amount, "ELP-0001" if amount == 150_000 else "ELP-0009", "ELP", INVOICES).why
    assert why in {"The line names ELP-0001", "The line names ELP-0009, which was written off: it came after all"}


@pytest.mark.parametrize(
    ("name", "words", "count"),
    [
        ("Elm School", "ELM", 1), ("Elm School", "ELMSIDE", 0), ("Elms School", "ELMSIDE", 1), ("Harefield", "HARE", 1),
        ("Harefield", "HAR", 0), ("Ox Hill Primary School", "HILL", 1), ("The Primary School", "THE PRIMARY", 0),
    ],
)  # fmt: skip
def test_words_are_the_same_where_four_letters_are(name: str, words: str, count: int) -> None:
    assert named_in(name, words) == count


def test_names_are_found_where_the_bank_cuts_them_short() -> None:
    assert named_in("Bishop Wynfrith Church of England High", "BISHOP WYNFR CE HIGH") == 2
    assert named_in("Harefield Cross Academy", "HAREFIELD CR") == 0 and named_in("Elm Grove", "PINE GROVE") == 0
    assert named_in("Harefield Cross Valley Academy", "HAREFIELD CROSS PAYMT") == 2, "two of three"
    assert numbers_in("ELP-0007/ELP-8, ELP0009", "ELP") == [7, 8, 9]
