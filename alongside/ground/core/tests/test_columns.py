"""Which line of a sheet holds its headings, which column is which, and how people write days."""

from datetime import date

import pytest

from alongside.ground.core.columns import Meaning, columns_known, letter_of, line_of_headings, read_sheet
from alongside.ground.core.days import day_in, read_day
from alongside.ground.core.keys import is_key, key_from
from alongside.ground.core.sheets import text_rows

MEANINGS = (
    Meaning("name", "Name", ("full name", "name"), needed=True, instead=("first", "last")),
    Meaning("first", "First name", ("forename",)),
    Meaning("last", "Last name", ("surname",)),
    Meaning("on", "Day", ("appointed", "date"), needed=True),
    Meaning("mail", "E-mail", ("e-mail", "email")),
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/9/2022", date(2022, 9, 1)), ("01/09/2022", date(2022, 9, 1)), ("1.9.22", date(2022, 9, 1)),
        ("01-09-2022", date(2022, 9, 1)), ("2022-09-01", date(2022, 9, 1)), ("2022-09-01T00:00:00", date(2022, 9, 1)),
        ("2022-09-01 00:00:00", date(2022, 9, 1)), ("1 Sept 2022", date(2022, 9, 1)), ("1 sept. 2022", date(2022, 9, 1)),
        ("1st September 2022", date(2022, 9, 1)), ("Thursday 1st September, 2022", date(2022, 9, 1)),
        ("01-Sep-22", date(2022, 9, 1)), ("22/2/2022", date(2022, 2, 22)), ("Thu, 3 March 2022", date(2022, 3, 3)),
        ("29/2/2024", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_here_write_them(text: str, day: date) -> None:
    assert read_day(text) == day == day_in(text, "First day")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("soon", "Term: “soon” is not a day. Write it like 1/9/2022"), ("9/31/2022", "is not a day"),
        ("29/2/2023", "is not a day"),
        ("44805", "is not a day"), ("September 2022", "is not a day"), ("1/9/0022", "is not a day between 1950 and 2100"),
        ("1/9/2222", "is not a day between 1950 and 2100"), ("x" * 9999, f"“{'x' * 40}” is not a day"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_named_with_its_remedy(text: str, why: str) -> None:
    assert why in str(day_in(text, "Term"))


@pytest.mark.parametrize(
    ("head", "found", "twice"),
    [
        (["Name", "Appointed"], {"name": 0, "on": 1}, []),
        (["E‑mail*", "DATE", " full  name : "], {"name": 2, "on": 1, "mail": 0}, []),
        (["Name", "Full name", "Appointed", "Date"], {"name": 1, "on": 2}, []),
        (["Name (as published)", "Date (dd/mm/yyyy)"], {"name": 0, "on": 1}, []),
        (["Name", "Email", "Email"], {"name": 0}, ["mail"]),
        (["Who", "When"], {}, []),
        ([], {}, []),
    ],
)
def test_columns_are_known_by_their_headings(head: list[str], found: dict[str, int], twice: list[str]) -> None:
    assert columns_known(head, MEANINGS) == (found, twice)


TITLE = [["Governors of Oak, printed 1/9/2022"], [], ["Confidential"], [], [""]]


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["Name", "Date"], ["Ann", "1/9/2022"]], 0),
        ([*TITLE, ["Name", "Date"], ["Ann", "1/9/2022"]], 5),
        ([["Name", ""], [], ["Forename", "Surname", "Appointed"]], 2),
        ([["Governors"], ["Who", "When"], ["Ann", "1/9/2022"]], 1),
        ([["Governors"]], 0),
        ([*TITLE, ["One more"], ["Name", "Date"]], 0),
    ],
)
def test_up_to_five_lines_of_title_may_stand_above_the_headings(rows: list[list[str]], at: int) -> None:
    assert line_of_headings(rows, MEANINGS) == at


def test_a_sheet_is_read_by_its_headings_and_says_what_it_did_not_read() -> None:
    sheet = read_sheet([["Oak"], ["Name", "Date", "Phone", ""], ["Ann ", "1/9/2022", "1"], [], ["Bo"], ["", "", "2"]], MEANINGS)
    assert sheet.head == 2 and sheet.unread == ["Phone", "(column D)"] and not sheet.unsure
    assert sheet.lines == [
        (3, {"name": "Ann", "on": "1/9/2022"}), (5, {"name": "Bo", "on": ""}), (6, {"name": "", "on": ""}),
    ]  # fmt: skip
    assert [one.title for one in read_sheet([["Who", "When"]], MEANINGS).unsure] == ["Name", "Day"]
    assert [one.title for one in read_sheet([["Forename", "Surname", "Date", "Date"]], MEANINGS).unsure] == ["Day"]
    chosen = read_sheet([["Who", "When"], ["Ann", "Today"]], MEANINGS, {"name": 0, "on": 1, "mail": 9})
    assert not chosen.unsure and chosen.lines == [(2, {"name": "Ann", "on": "Today"})]
    assert read_sheet([], MEANINGS).unsure


def test_formulas_cells_without_heading_and_too_many_lines_are_named() -> None:
    rows = [["Name", "Date"], ["=1+1", "1/9/2022"], ["Bell", "Ann", "1/9/2022"], ["Cy", "1/9/2022"]]
    sheet = read_sheet(rows, MEANINGS)
    assert [one.number for one in sheet.wrong] == [2, 3] and [number for number, _ in sheet.lines] == [4]
    assert "is a formula" in sheet.wrong[0].remedy and "“1/9/2022” stands under no heading" in sheet.wrong[1].remedy
    many = read_sheet([["Name", "Date"], *[["Ann", "1/9/2022"]] * 2001], MEANINGS)
    assert [(one.number, one.remedy) for one in many.wrong] == [(2002, "Send at most 2,000 lines at a time")]


def test_columns_have_their_letters_and_the_same_parts_the_same_key() -> None:
    assert [letter_of(at) for at in (0, 25, 26, 52)] == ["A", "Z", "AA", "BA"]
    assert is_key(key_from("a", "b")) and key_from("a", "b") == key_from("a", "b") != key_from("ab")


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Governors; Oak\nName,Role,From\n", ["Name", "Role", "From"]),
        ("Governors, Oak\n\nName;Role;From\n", []),
        ('Oak\n"Name","Role","From"\n', ["Name", "Role", "From"]),
        ('Name;Role\nAnn;"a,b,c"\n', ["Ann", "a,b,c"]),
        ("Name;Role;x\nAnn;a,b,c,d,e;\n", ["Ann", "a,b,c,d,e"]),
    ],
)
def test_a_title_above_does_not_decide_what_divides_columns(text: str, second: list[str]) -> None:
    assert text_rows(text)[1] == second
