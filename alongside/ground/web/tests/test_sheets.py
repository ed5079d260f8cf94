"""Lists as files, from the columns of the page."""

import io
from dataclasses import dataclass
from datetime import date

from django.test import RequestFactory
from openpyxl import load_workbook

from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Where, listed, pounds


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    urn: int
    name: str
    on: date
    owed: int


COLUMNS = (
    Column("urn", "URN", where=Where.FILE),
    Column("name", "School", ("name",)),
    Column("on", "Day"),
    pounds("owed", "Owed", sparse=True),
    Column("go", "Go", cell=lambda row: "Open", where=Where.PAGE),
)
ROWS = [Row(100_001, "=Elm\x0b", date(2026, 3, 8), 150_000), Row(100_002, "Oak", date(2026, 3, 9), 0)]


def test_the_page_and_its_file_have_the_columns_that_say_so():
    assert [one.key for one in listed(COLUMNS, ROWS).shown] == ["name", "on", "owed", "go"]
    text = b"".join(list_sheet(RequestFactory().get("/"), "owed", COLUMNS, ROWS).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "URN,School,Day,Owed"
    assert text.splitlines()[-1] == "100002,Oak,2026-03-09,"


def test_a_workbook_holds_numbers_and_days_and_runs_nothing():
    answer = list_sheet(RequestFactory().get("/?as=xlsx"), "owed", COLUMNS, ROWS)
    sheet = load_workbook(io.BytesIO(answer.content)).active
    head, first, second = sheet.iter_rows(values_only=True)
    assert head == ("URN", "School", "Day", "Owed")
    assert first[:2] == (100_001, "'=Elm") and first[2].date() == date(2026, 3, 8) and first[3] == 1500
    assert second[3] is None and 'filename="owed.xlsx"' in answer.headers["Content-Disposition"]
