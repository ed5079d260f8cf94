"""Sheets of people at their borders: which line is right, and what is said of another."""

import pytest

from alongside.ground.core.sheets import MOST_LINES, without_apostrophe
from alongside.members.people.rules.bulk import KnownPeople, place_of, read_lines
from alongside.members.posts.tests.make import OF_SCHOOLS

KNOWN = KnownPeople(OF_SCHOOLS, {900_032: ("s", "St Bride’s")}, {}, frozenset(), frozenset())


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
    [
        ("900032", ""),
        ("900032.0", ""),
        ("900,032", ""),
        ("900 032.00", ""),
        ("900033.0", "has the URN 900033"),
        ("900033", "has the URN 900033"),
        ("²", "has this name"),
        ("Elm", "has this name"),
        ("", "or its name"),
    ],
)
def test_a_number_in_the_place_of_a_name_is_a_urn(school: str, remedy: str) -> None:
    place = place_of("", school, KNOWN)
    assert (remedy in place) if remedy else place == KNOWN.by_urn[900_032]


@pytest.mark.parametrize(
    "name",
    "tbd/TBC/t.b.c./Vacant Post/Interim Head/Mr/Mrs./Acting Headteacher/To be confirmed/Not yet appointed/No-one/Head teacher/"
    "Chair of Governors (vacant)/School Office/Business Manager/x/N.A./see above/Maternity cover/SBM/Dr/Post vacant"
    .split("/"),
)  # fmt: skip
def test_what_stands_there_for_nobody_is_no_name(name: str) -> None:
    (wrong,) = read_lines([["Name", "E-mail", "Post", "URN"], [name, "bo@elm.example", "Head", "900032"]], KNOWN).wrong
    assert "is not a name" in wrong.remedy


@pytest.mark.parametrize(
    "name",
    [
        "Bo",
        "Jo Head",
        "Mary Post",
        "Mr Chair-Jones",
        "Li 李",
        "王",
        "Grace Teacher",
        "Ng",
        "Will New",
        "May Day",
        "J. Doe",
        "Ms Özil",
    ],
)
def test_a_name_is_one_whatever_else_it_means(name: str) -> None:
    assert read_lines([["Name", "E-mail", "Post", "URN"], [name, "bo@elm.example", "Head", "900032"]], KNOWN).ready


@pytest.mark.parametrize(
    ("one", "two", "may"),
    [
        ("Jo Smith", "Jo Smith", True),
        ("Jo Smith", "JO SMITH", True),
        ("Jo Smith", "J. Smith", True),
        ("Jo Smith", "Mrs Smith", True),
        ("Jo Smith", "Smith, Jo", True),
        ("Jo", "Jo Smith", True),
        ("Siobhán O’Neill", "Siobhan O'Neill", True),
        ("Jo Smith", "Mo Smith", False),
        ("Jo", "Mo", False),
        ("Jo Smith", "Jo Brown", False),
        ("Jo Smith", "Mr M Smith", False),
    ],
)
def test_two_names_at_one_address_are_one_person_or_told(one: str, two: str, may: bool) -> None:
    lines = [[one, "jo@elm.example", "Head", "900032"], [two, "JO@elm.example", "Chair of governors", "900032"]]
    reading = read_lines([["Name", "E-mail", "Post", "URN"], *lines], KNOWN)
    assert len(reading.ready) == 1 + may
    assert may or f"Line 2 gives jo@elm.example to {one}" in reading.wrong[0].remedy


def test_a_first_name_and_a_surname_are_a_name() -> None:
    (wrong,) = read_lines([["First name", "Surname"]], KNOWN).wrong
    assert wrong.remedy == "Put the columns’ names here. Missing: “E-mail”, “Post”, “URN”"


def test_a_sheet_holds_two_thousand_lines() -> None:
    rows = [["Name", "E-mail", "Post", "URN"], *[[""] * 4] * MOST_LINES]
    assert not read_lines(rows, KNOWN).wrong
    assert "at most 2,000" in read_lines([*rows, [""] * 4], KNOWN).wrong[0].remedy


def test_an_apostrophe_goes_only_before_what_a_spreadsheet_might_run() -> None:
    assert without_apostrophe(["'=1", "'+1", "'x", "'", "''", "=1", ""]) == ["=1", "+1", "'x", "'", "''", "=1", ""]
