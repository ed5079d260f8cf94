"""Lists by their address."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template import engines

from alongside.ground.audit.models import Event
from alongside.ground.core.cells import Text
from alongside.ground.core.clock import now
from alongside.ground.web.tables import Column, Table, ordering, paged, table

COLUMNS = [Column("act", "Act", ("act", "id")), Column("row", "Row")]


def listing(rows: int = 0, asked: str = "") -> Table:
    Event.objects.bulk_create(Event(at=now(), act=f"a{n:04}") for n in range(rows))
    return table(QueryDict(asked), Event.objects.all(), COLUMNS, fields=["act", "row"], sort="act", chosen={"q": "x y"})


@pytest.mark.parametrize(
    ("sort", "order"),
    [("act", ["act", "id"]), ("-act", ["-act", "-id"]), ("row", []), ("nonsense", []), ("--act", ["-act", "-id"])],
)
def test_only_columns_that_sort_are_sorted_by(sort, order):
    assert ordering(COLUMNS, sort) == order


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "page", "first", "last"),
    [
        ("", 1, 1, 50),
        ("page=3", 3, 101, 120),
        ("page=99", 3, 101, 120),
        ("page=0", 1, 1, 50),
        ("page=-1", 1, 1, 50),
        ("page=²", 1, 1, 50),
        ("page=99999999999999", 1, 1, 50),
    ],
)
def test_nonsense_pages_are_the_nearest_that_exist(asked, page, first, last):
    shown = listing(120, asked)
    assert (shown.page, shown.first, shown.last, shown.count) == (page, first, last, 120)


@pytest.mark.parametrize(
    ("asked", "page", "rows"),
    [("", 1, (0, 49)), ("page=3", 3, (100, 119)), ("page=99", 3, (100, 119)), ("page=nonsense&sort=act", 1, (0, 49))],
)
def test_a_list_that_is_read_already_has_pages_in_its_own_order(asked, page, rows):
    shown = paged(QueryDict(asked), COLUMNS, range(120), chosen={"show": "late"})
    assert (shown.page, shown.pages, shown.count, (shown.rows[0], shown.rows[-1])) == (page, 3, 120, rows)
    assert shown.address(page=2) == "?show=late&page=2" and not any(one.order for one in shown.columns)


@pytest.mark.django_db
def test_a_page_costs_two_queries_whatever_its_size(django_assert_num_queries):
    Event.objects.bulk_create(Event(at=now(), act=f"a{n:04}") for n in range(500))
    with django_assert_num_queries(2):
        listing()


@pytest.mark.django_db
def test_an_empty_list_has_one_page_and_no_rows():
    shown = listing()
    assert (shown.count, shown.pages, shown.first, shown.last, shown.rows) == (0, 1, 0, 0, [])


@pytest.mark.django_db
def test_the_address_keeps_what_was_chosen():
    shown = listing(120, "page=2&sort=-act")
    assert shown.address(page=3) == "?q=x+y&sort=-act&page=3"
    assert shown.sort_address(COLUMNS[0]) == "?q=x+y&sort=act"
    assert shown.sorted_as(COLUMNS[0]) == "descending"
    assert shown.near_pages() == [1, 2, 3]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("£5", ' data-label="Owed">£5'),
        ("", ' data-label="Owed" data-none>–'),
        (None, ' data-label="Owed" data-none>–'),
        (0, ' data-label="Owed">0'),
        ("<td>", ' data-label="Owed">&lt;td&gt;'),
        (Text("Oak", "/oak/"), ' data-label="Owed"><a href="/oak/">Oak</a>'),
    ],
)
def test_each_cell_names_its_column_for_a_phone(value: Any, shown: str) -> None:
    rows = '("School", "Owed", "Since"), [("Oak", value, "March")]'
    page = f'{{% import "web/table.html" as tables %}}{{{{ tables.plain({rows}, "Debts") }}}}'
    said = str(engines["jinja2"].from_string(page).render({"value": value}))
    assert f'<td class="govuk-table__cell">Oak</td><td class="govuk-table__cell"{shown}</td>' in said


def test_every_table_can_be_reached_by_keyboard_and_stacks_unless_it_is_narrow() -> None:
    page = '{% import "web/table.html" as tables %}{{ tables.plain(head, [("Oak", "£5", "March")], "Debts") }}'
    wide = str(engines["jinja2"].from_string(page).render({"head": ("School", "Owed", "Since")}))
    assert 'class="al-scroll al-stacked" tabindex="0" role="region" aria-label="Debts"' in wide
    narrow = str(engines["jinja2"].from_string(page).render({"head": ("School", "Owed")}))
    assert 'class="al-scroll" tabindex="0" role="region" aria-label="Debts"' in narrow and "data-label" not in narrow
