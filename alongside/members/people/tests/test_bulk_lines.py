"""Sheets of people at their borders: which line is right, and what is said of another."""

import pytest

from alongside.ground.core.sheets import MOST_LINES, without_apostrophe
from alongside.members.people.rules.bulk import KnownPeople, place_of, read_lines

KNOWN = KnownPeople({900_032: ("s", "St Bride’s")}, {}, frozenset(), frozenset())


@pytest.mark.parametrize(
    ("name", "urn", "remedy"),
    [
        ("B" * 120, "900032", ""),
        ("B" * 121, "900032", "one line of at most 120 letters"),
        ("Bo\nBell", "900032", "one line of at most 120 letters"),
        ("Bo", "900032.0", ""),
        ("Bo", "9" * 5_000, f"has the URN {'9' * 20}:"),
        ("Bo", "٩٠٠٠٣٢", "has the URN ٩٠٠٠٣٢:"),
        ("Bo", "²", "has the URN ²:"),
    ],
)
def test_a_line_names_one_person_and_one_school(name: str, urn: str, remedy: str) -> None:
    reading = read_lines([["Name", "E-mail", "Post", "URN"], [name, "bo@elm.example", "Head", urn]], KNOWN)
    assert len(reading.ready) == (not remedy) and all(remedy in one.remedy for one in reading.wrong)


@pytest.mark.parametrize(("rows", "said"), [([], ""), ([["Nome", "Posta"]], "Nome · Posta")])
def test_a_sheet_without_columns_is_said_as_it_begins(rows: list[list[str]], said: str) -> None:
    (wrong,) = read_lines(rows, KNOWN).wrong
    assert wrong.said == said


@pytest.mark.parametrize(
    ("school", "remedy"),
    [("900032", ""), ("900033", "has the URN 900033"), ("²", "has this name"), ("Elm", "has this name"), ("", "or its name")],
)
def test_a_number_in_the_place_of_a_name_is_a_urn(school: str, remedy: str) -> None:
    place = place_of("", school, KNOWN)
    assert (remedy in place) if remedy else place == KNOWN.by_urn[900_032]


def test_a_first_name_and_a_surname_are_a_name() -> None:
    (wrong,) = read_lines([["First name", "Surname"]], KNOWN).wrong
    assert wrong.remedy == "Put the columns’ names here. Missing: “E-mail”, “Post”, “URN”"


def test_a_sheet_holds_two_thousand_lines() -> None:
    rows = [["Name", "E-mail", "Post", "URN"], *[[""] * 4] * MOST_LINES]
    assert not read_lines(rows, KNOWN).wrong
    assert "at most 2,000" in read_lines([*rows, [""] * 4], KNOWN).wrong[0].remedy


def test_an_apostrophe_goes_only_before_what_a_spreadsheet_might_run() -> None:
    assert without_apostrophe(["'=1", "'+1", "'x", "'", "''", "=1", ""]) == ["=1", "+1", "'x", "'", "''", "=1", ""]
