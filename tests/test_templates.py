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
