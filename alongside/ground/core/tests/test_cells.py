"""Cells on a page and in a file."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from alongside.ground.core.cells import Address, Pounds, Tag, Text, csv_rows, drawn, plain, safe_cell
from alongside.ground.core.choice import Choice


class Door(Choice):
    """A state to show."""

    OPEN = "open", "Stands open", "blue"


@pytest.mark.parametrize(
    ("value", "on_page", "in_file"),
    [
        (None, "–", ""),
        ("", "–", ""),
        (0, "0", 0),
        (12_500, "12,500", 12_500),
        (date(2026, 3, 8), "8 March 2026", "2026-03-08"),
        (datetime(2026, 6, 8, 22, 30, tzinfo=UTC), "8 June 2026, 11:30pm", "2026-06-08 23:30:00"),
        (Door.OPEN, "Stands open", "Stands open"),
        ("=1+1", "=1+1", "'=1+1"),
    ],
)
def test_a_cell_is_said_to_people_and_plain_to_programs(value, on_page, in_file):
    assert (drawn(value), plain(value)) == (on_page, in_file)


@pytest.mark.parametrize(
    ("cell", "html", "in_file"),
    [
        (Pounds(150_000), "£1,500.00", Decimal("1500.00")),
        (Address("a&b@elm.example"), "a&amp;b@<wbr>elm.<wbr>example", "a&b@elm.example"),
        (Text("<b>Elm</b>", "/a?b=1&c=2"), '<a href="/a?b=1&amp;c=2">&lt;b&gt;Elm&lt;/b&gt;</a>', "<b>Elm</b>"),
        (Text("Elm", under="A & B"), 'Elm<span class="al-under">A &amp; B</span>', "Elm (A & B)"),
        (Text("=Elm"), "=Elm", "'=Elm"),
        (Tag.of(Door.OPEN), '<strong class="al-tag al-tag--blue">Stands open</strong>', "Stands open"),
    ],
)
def test_what_people_typed_is_escaped_on_a_page_and_runs_nowhere_in_a_file(cell, html, in_file):
    assert (drawn(cell).__html__(), plain(cell)) == (html, in_file)


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "\u00a0=1", "\u200b+1", "\u202e=1", "\ufeff@A", "＝1"],
)
def test_no_cell_runs_as_a_formula(words):
    assert safe_cell(words) == f"'{words}"


def test_plain_words_and_numbers_stay_as_they_are():
    assert [safe_cell(one) for one in ("Elm Grove", 900_001, "1500.00", "")] == ["Elm Grove", 900_001, "1500.00", ""]


@pytest.mark.parametrize(
    ("text", "rows", "broken"),
    [
        ("a,b\r\nc,d", [(1, ["a", "b"]), (2, ["c", "d"])], 0),
        ("a,b\rc,d\r", [(1, ["a", "b"]), (2, ["c", "d"])], 0),
        ('a,"b\nb"\nc,d', [(1, ["a", "b\nb"]), (3, ["c", "d"])], 0),
        ('a,b\nc,"d\ne,f\n', [(1, ["a", "b"])], 2),
        ('a,b\nc,"d "e" f"\n', [(1, ["a", "b"])], 2),
        ('a,"b""b"\nc,d "e" f', [(1, ["a", 'b"b']), (2, ["c", 'd "e" f'])], 0),
        (f"a,b\n{'x' * 200_000},c", [(1, ["a", "b"])], 2),
        ("", [], 0),
    ],
)
def test_rows_are_read_up_to_a_mark_that_is_not_closed(text, rows, broken):
    assert csv_rows(text) == (rows, broken)
