"""What no template may hold. Each check stands beside a planted fault that it must catch."""

import re

import pytest
from django.template import engines

from alongside.ground.web.mail import written
from alongside.members.notices.models import Notice
from tests.reading import templates
from tests.world import World

NOT_IN_PAGES = {
    r"\|\s*safe\b": "marks words safe",
    r"autoescape\s+false": "switches escaping off",
    r"\sstyle\s*=": "carries a style attribute",
    r"\son(click|change|submit|load|input)\s*=": "carries a script in an attribute",
    r"<script(?![^>]*\b(src|nonce)=)": "carries a script of its own",
    r"<style\b": "carries a style sheet of its own",
    r"javascript:": "links to a script",
    r"(?m)^(?!.*block before).*govuk-back-link": "writes a way back into its content: the page has one above (block before)",
    r"\w\[\d+\]": "reads a cell by its position: give it a name",
    r"(\bsrc(set)?|<link[^>]*\bhref|\baction)\s*=\s*[\"']?(https?:)?//": "loads from another machine",
}


def faults_in_page(text: str) -> list[str]:
    """What a template must not hold."""
    unpaged = "in table.rows" in text and "pages(table)" not in text
    found = [words for pattern, words in NOT_IN_PAGES.items() if re.search(pattern, text)]
    return found + ["draws the rows of a list, and leaves out the way to its other pages: tables.pages(table)"] * unpaged


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
        "{% for row in table.rows %}{{ row.name }}{% endfor %}",
        '{% block content %}\n<a class="govuk-back-link" href="/">Back</a>',
    ],
)
def test_a_planted_fault_in_a_page_is_caught(planted: str) -> None:
    assert faults_in_page(planted)


RUN_TOGETHER = re.compile(r"[a-z0-9)”’][.:?!](?:[A-Z][a-z ]|https?:)")
SWALLOWS = re.compile(r"^\{%-", re.M)  # takes the end of the line before it, and its own is not kept: two lines in one


@pytest.mark.django_db
def test_no_mail_of_a_year_runs_two_lines_into_one(world: World) -> None:
    found = Notice.objects.exclude(body="").values_list("kind", "body")
    run = {(kind, one[0]) for kind, body in found if (one := RUN_TOGETHER.search(body))}
    assert not run and len({kind for kind, _ in found}) > 10


def test_no_template_of_a_mail_swallows_the_end_of_a_line() -> None:
    assert not [name for name, text in templates() if name.endswith(".txt") and SWALLOWS.search(text)]
    assert SWALLOWS.search("{{ item.words }}\n{%- if item.link %}\n{{ item.link }}{% endif %}")
    assert RUN_TOGETHER.search("who that is.By 30 September") and RUN_TOGETHER.search("all answers stand:http://a.example")


def test_a_line_of_words_ends_where_it_ends_in_a_mail_and_a_line_of_tags_is_none() -> None:
    preprocess = engines["jinja2"].env.preprocess  # type: ignore[attr-defined]
    source = "{% if a %}\nAll answers stand:{% else %}On the page:{% endif %}\n{{ link }}\n{% endif %}\n"
    assert preprocess(source, "a.txt") == source.replace("page:{% endif %}", "page:{% endif +%}")
    assert preprocess(source, "a.html") == source
    words = {"asker": "Ann", "addressee": "Bo", "place": "Oak", "group": "SENDCos", "words": "Who?", "link": "https://a.example"}
    assert written("groups/asked.txt", words | {"by_mail": True})[1] == (
        "Dear Bo,\n\nAnn of Oak asks SENDCos:\n\nWho?\n\n"
        "Answer this message, or answer on the page, where all answers stand:\nhttps://a.example\n\nPlease name no child."
    )


def test_the_bulletin_says_what_is_asked_on_a_line_of_its_own() -> None:
    item = {
        "title": "Your DSL",
        "words": "Please tell us who that is.",
        "link": "https://a.example",
        "asked": "By 3 May",
        "page": "p",
    }
    words = {
        "partnership": "Elm",
        "on": "1 May 2022",
        "count": "1 item",
        "items": [item],
        "link": "https://b.example",
        "addressee": "",
    }
    lines = "Your DSL\nPlease tell us who that is.\nhttps://a.example\nBy 3 May. Say that it is done, or answer in a few words: p"
    assert f"\n\n{lines}\n\n" in written("bulletin/bulletin.txt", words | {"contact": ""})[1]
