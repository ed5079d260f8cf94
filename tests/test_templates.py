"""What no template may hold. Each check stands beside a planted fault that it must catch."""

import re

import pytest

from tests.reading import templates

NOT_IN_PAGES = {
    r"\|\s*safe\b": "marks words safe",
    r"autoescape\s+false": "switches escaping off",
    r"\sstyle\s*=": "carries a style attribute",
    r"\son(click|change|submit|load|input)\s*=": "carries a script in an attribute",
    r"<script(?![^>]*\b(src|nonce)=)": "carries a script of its own",
    r"<style\b": "carries a style sheet of its own",
    r"javascript:": "links to a script",
    r"\w\[\d+\]": "reads a cell by its position: give it a name",
    r"(\bsrc(set)?|<link[^>]*\bhref|\baction)\s*=\s*[\"']?(https?:)?//": "loads from another machine",
}


def faults_in_page(text: str) -> list[str]:
    """What a template must not hold."""
    return [words for pattern, words in NOT_IN_PAGES.items() if re.search(pattern, text)]


def test_no_page_carries_what_the_browser_must_refuse_or_nobody_can_read() -> None:
    found = [f"{name} {fault}" for name, text in templates() if not name.endswith(".txt") for fault in faults_in_page(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "{{ words|safe }}",
        "{% autoescape false %}",
        '<p style="color: red">',
        '<a onclick="x()">',
        "<script>x()</script>",
        "<style>p { }</style>",
        '<a href="javascript:x()">',
        "{{ row[7] }}",
        '<img src="https://cdn.example/x.png">',
    ],
)
def test_a_planted_fault_in_a_page_is_caught(planted: str) -> None:
    assert faults_in_page(planted)


# Lists and their files

WITHOUT_FILE = {  # templates of money that draw a list and offer no file of it, and why
    "fees/credit_reduction.html": "what a press would do; the credit notes then stand in the files for the books",
    "fees/extra_charges.html": "a check whose list is empty when all is well",
    "invoices/pieces.html": "the lines and the story of one invoice, which is a PDF; the statement has its own file",
    "bank/bank_line.html": "what became of one line",
    "bank/read_bank_file.html": "lines of the file in hand that need a correction",
}


def without_file(pages: list[tuple[str, str]]) -> set[str]:
    """The templates of the money rooms that draw a list by the kit and offer no file of it."""
    own = [(name.partition("/jinja2/")[2], text) for name, text in pages if name.startswith("alongside/money/")]
    return {name for name, text in own if "tables.rows(" in text and "parts.downloads(" not in text}


def test_every_list_of_money_offers_its_file_or_says_why_not() -> None:
    found = without_file(templates())
    assert found == set(WITHOUT_FILE), f"no file: {found - set(WITHOUT_FILE)}; listed and has one: {set(WITHOUT_FILE) - found}"
    planted = [("alongside/money/fees/jinja2/fees/planted.html", '{{ tables.rows(table, "Planted") }}')]
    assert without_file([*templates(), *planted]) - found == {"fees/planted.html"}, "an omission is caught"
