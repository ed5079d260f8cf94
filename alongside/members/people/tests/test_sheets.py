"""Sheets of people as they really come: whatever the spreadsheet wrote is read, and what cannot be meant is named."""

from datetime import date, datetime

import pytest

from alongside.ground.core.sheets import hidden_rows, rows_of
from alongside.ground.core.verdict import Invalid
from alongside.members.people.rules.bulk import KnownPeople, read_lines
from alongside.members.people.tests.make import case, workbook
from alongside.members.posts.tests.make import OF_SCHOOLS

LINE = "Ada,ada@oak.example,Head,900500"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("divider", [",", ";", "\t"])
def test_whatever_a_spreadsheet_writes_is_read(encoding: str, divider: str) -> None:
    text = "\r\n".join(
        divider.join(row) for row in (["Name", "E-mail", "Post", "URN"], ["Zoë O’Neil", "z@x.example", "Head", "900500"])
    )
    assert rows_of(text.encode(encoding)) == [["Name", "E-mail", "Post", "URN"], ["Zoë O’Neil", "z@x.example", "Head", "900500"]]


def test_a_workbook_is_read_with_its_numbers() -> None:
    data = workbook(["Name", "E-mail", "Post", "URN"], ["Bo", "bo@x.example", "Head", 900500.0], [None, None, None, 900501], [])
    assert rows_of(data) == [["Name", "E-mail", "Post", "URN"], ["Bo", "bo@x.example", "Head", "900500"], ["", "", "", "900501"]]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f'Name,E-mail,Post,URN,Notes\n{LINE},"rang her\nBo,bo@x.example,Head,900501\nCy,cy@x.example,Head,900502\n', 2),
        (f'Name,E-mail,Post,URN,Notes\n{LINE},"rang her\nBo,bo@x.example,Head,900501,fine"\nCy,cy@x.example,Head,900502\n', 2),
        (f'Name,E-mail,Post,URN\n{LINE}\n"Bo,bo@x.example,Head,900501\nCy,cy@x.example,Head,900502"\n', 3),
        (f'Name;E-mail;Post;URN\r\n{LINE.replace(",", ";")}\r\n"Bo;bo@x.example;Head;900501\r\n', 3),
        (f'sep=,\nName,E-mail,Post,URN\n{LINE}\nBo,bo@x.example,Head,"900501\n', 3),
        ('Name,E-mail,Post,URN\n"Ada "Countess" Lovelace",ada@oak.example,Head,900500\n', 2),
        ('"Name,E-mail,Post,URN\nAda,ada@oak.example,Head,900500\n', 1),
    ],
)
def test_a_mark_that_is_not_closed_is_named_by_line_and_nobody_is_lost(text: str, line: int) -> None:
    with pytest.raises(Invalid) as refused:
        rows_of(text.encode())
    assert refused.value.problems["file"].startswith(f"Line {line}: its quotation marks")


def test_marks_that_are_right_are_read() -> None:
    sheet = 'Name,E-mail,Post,URN,Notes\r"Lovelace, ""Ada""",ada@oak.example,Head,900500,"rang her,\rthen him: a@b.example"\r'
    assert rows_of(sheet.encode())[1] == [
        'Lovelace, "Ada"', "ada@oak.example", "Head", "900500", "rang her,\nthen him: a@b.example",
    ]  # fmt: skip
    assert rows_of(b'Name,E-mail\nAda "Countess" Lovelace,a@b.example\n')[1] == ['Ada "Countess" Lovelace', "a@b.example"]


@pytest.mark.parametrize(
    ("xml", "numbers"),
    [
        (b'<row r="1" hidden="1"/><row r="4" spans="1:4" hidden="1" ht="15"><c r="A4"/></row><row r="5"/>', {4}),
        (b"<x:row r='2'/><x:row hidden = 'true'/><x:row/>", {3}),
        (b'<row r="7" ht="0" customHeight="1"/><row r="8" ht="0.0"/><row r="9" ht="10"/>', {7, 8}),
        (b'<row r="2" hidden="0"/><rowBreaks hidden="1"/><col min="1" max="1" hidden="1"/>', set()),
    ],
)
def test_which_rows_of_a_worksheet_are_hidden(xml: bytes, numbers: set[int]) -> None:
    assert hidden_rows(xml) == numbers


@pytest.mark.parametrize(
    ("sheet", "name", "email"),
    [
        (case("11-apostrophe-in-address.csv"), "Niamh O'Brien", "n.o'brien@elm.example"),
        (case("12-first-and-last-name.csv"), "Niamh Bell", "n.bell@elm.example"),
        (case("14-mac-roman.csv"), "Zoë Bell", "z.bell@elm.example"),
        (case("15-curly-apostrophe-in-school.csv"), "Niamh Bell", "n2@elm.example"),
        (case("15b-straight.csv"), "Niamh Bell", "n3@elm.example"),
        (b"Surname,Given name,Email,Post,School\nBell,Niamh,N.Bell@elm.example.,Headteacher,ST BRIDES CATHOLIC PRIMARY\n",
         "Niamh Bell", "n.bell@elm.example"),
        (b"sep=|\nName|E-mail|Post|URN\nNiamh Bell|<n.bell@elm.example>|head|900032\n", "Niamh Bell", "n.bell@elm.example"),
        ("Name,E-mail,Post,URN\nSeán O’Brien,s@elm.example,head,900032\n".encode("cp1252"), "Seán O’Brien", "s@elm.example"),
        ("Name,E-mail,Post,URN\nZoë Bell,z@elm.example,Headteacher,900032\n".encode("utf-16"), "Zoë Bell", "z@elm.example"),
        (b"sep=\t\r\nName\tE-mail\tPost\tURN\r\nNiamh Bell\tn@elm.example\thead\t900032\r\n", "Niamh Bell", "n@elm.example"),
        ("Name,E-mail,Post,URN\nZoÃ« Bell,z@elm.example,head,900032\n".encode(), "Zoë Bell", "z@elm.example"),
        ("Name,E-mail,Post,URN\nSeÃƒÂ¡n Oâ€™Brien,s@elm.example,head,900032\n".encode(), "Seán O’Brien", "s@elm.example"),
        (workbook(["Name", "E-mail", "Post", "URN"], ["ZoÃ« Bell", "z@elm.example", "head", 900032]),
         "Zoë Bell", "z@elm.example"),
        (b'"sep=;"\nName;E-mail;Post;URN\n"Bell; Niamh";n@elm.example;head;900032\n', "Bell; Niamh", "n@elm.example"),
        (b"\xef\xbb\xbfSEP=;\nName;E-mail;Post;URN\nNiamh Bell;n@elm.example;head;900032\n", "Niamh Bell", "n@elm.example"),
        ("Name,E-mail,Post,URN\n\u202eNiamh\u2066 Bell,n@elm.example,head,900032\n".encode(), "Niamh Bell", "n@elm.example"),
        ("Name;E-mail;Post;School\nMaëlle Bell;m@elm.example;head;ST. BRIDE'S catholic-primary\n".encode("mac_roman"),
         "Maëlle Bell", "m@elm.example"),
        ("Name;E-mail;Post;School\nJosé Núñez;j@elm.example;head;St Bride`s Catholic  Primary\n".encode("mac_roman"),
         "José Núñez", "j@elm.example"),
    ],
)  # fmt: skip
def test_a_sheet_as_people_really_send_it(sheet: bytes, name: str, email: str) -> None:
    known = KnownPeople(
        OF_SCHOOLS,
        {900_032: ("s", "St Bride’s")},
        {"st brides catholic primary": [("s", "St Bride’s")]},
        frozenset(),
        frozenset(),
    )
    reading = read_lines(rows_of(sheet), known)
    assert not reading.wrong and [(one.name, one.email) for one in reading.ready] == [(name, email)]


OAK, MARYS, JUNIOR, INFANT = (
    ("o", "Oak Primary School"), ("m", "St Mary’s School"), ("j", "Elm Junior School"), ("i", "Elm Infant School"),
)  # fmt: skip
FOUR = KnownPeople(
        OF_SCHOOLS,
    {100_001: OAK, 100_002: MARYS, 100_003: JUNIOR, 100_004: INFANT},
    {"oak primary school": [OAK], "st marys school": [MARYS], "elm junior school": [JUNIOR], "elm infant school": [INFANT]},
    frozenset(), frozenset(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("head", "line", "name"),
    [
        ("Name,First name,Surname,E-mail,Post,URN", "Oak Primary School,Ada,Lovelace,a@b.example,head,100001", "Ada Lovelace"),
        ("Name,Contact name,E-mail,Post,URN", "Oak Primary School,Ada Lovelace,a@b.example,head,100001", "Ada Lovelace"),
        ("Name,Contact,E-mail,Post,URN", "Ada Lovelace,020 7946 0000,a@b.example,head,100001", "Ada Lovelace"),
        ("Full name,Name,E-mail,Post,URN", "Ada Lovelace,Oak Primary School,a@b.example,head,100001", "Ada Lovelace"),
        ("Name,Forename,Family name,Email,Role,School", "Ada B Lovelace,,,a@b.example,head,Oak Primary School", "Ada B Lovelace"),
        ("Name*,E\u2011mail:,Post ?,URN", "Ada Lovelace,a@b.example,head,100001", "Ada Lovelace"),
        ("Name,E-mail,Post,URN", "May Day,a@b.example,head,100001", "May Day"),
        ("Name,E-mail,Post,URN", "Marion 3,a@b.example,head,100001", "Marion 3"),
        ("Name,E-mail,Post,URN", "True Na,a@b.example,head,100001", "True Na"),
        ("Name,E-mail,Post,URN", "李小龍,a@b.example,head,100001", "李小龍"),
    ],
)
def test_which_column_is_the_person(head: str, line: str, name: str) -> None:
    reading = read_lines([head.split(","), line.split(",")], FOUR)
    assert not reading.wrong and [(one.name, one.school) for one in reading.ready] == [(name, "o")]


@pytest.mark.parametrize("twice", ["Name,name ", "E-mail,E-Mail", "E-mail,Email address", "Post,post", "URN,URN"])
def test_a_heading_that_stands_there_twice_is_named(twice: str) -> None:
    [remark] = read_lines([[*"Name,E-mail,Post,URN".split(","), *twice.split(",")], ["x"]], FOUR).wrong
    assert remark.number == 1 and remark.remedy.startswith(f"Two columns are called “{twice.split(',')[0].lower()}”")


@pytest.mark.parametrize(
    "name",
    [
        "#N/A", "#REF!", "#NAME?", "Ada #VALUE!", "########", "2026-05-01", "2026-05-01T00:00:00 Bell", "01/05/2026", "01-May",
        "1 May 2026", "May-26", "TRUE", "False", "136542", "-", "?", "n/a", "TBC", "Vacant", "ada@b.example", "Zo\ufffd Bell",
        "Oak Primary School", "st mary's school",
    ],
)  # fmt: skip
def test_what_is_no_persons_name_is_named(name: str) -> None:
    reading = read_lines([["Name", "E-mail", "Post", "URN"], [name, "a@b.example", "head", "100001"]], FOUR)
    assert not reading.ready and [one.remedy.startswith(f"“{name}” is ") for one in reading.wrong] == [True]


def test_the_cells_of_a_workbook_that_are_no_names_are_named() -> None:
    values = ("#N/A", datetime(2026, 5, 1), date(2026, 5, 1), True, 12.0, 1.5)
    rows = [[value, "a@b.example", "head", 100_001] for value in values]
    reading = read_lines(rows_of(workbook(["Name", "E-mail", "Post", "URN"], *rows)), FOUR)
    assert not reading.ready and [one.number for one in reading.wrong] == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("urn", "school", "is_same"),
    [
        ("100001", "Oak Primary School", True),
        ("100001", "oak primary", True),
        ("100001.0", "Oak Academy, Elmtown", True),
        ("100001", "The Primary School", True),
        ("100001", "100001", True),
        ("100001", "", True),
        ("100002", "ST MARYS", True),
        ("100001", "St Mary’s School", False),
        ("100001", "Saint Marys", False),
        ("100001", "Ash School", False),
        ("100001", "100002", False),
        ("100003", "Elm Infant School", False),
    ],
)
def test_a_urn_and_a_name_beside_it_are_of_one_school(urn: str, school: str, is_same: bool) -> None:
    reading = read_lines([["Name", "E-mail", "Post", "URN", "School"], ["Ada", "a@b.example", "head", urn, school]], FOUR)
    assert bool(reading.ready) is is_same
    assert is_same or reading.wrong[0].remedy.endswith(f"the school of the line is “{school}”: correct the one that is wrong")


@pytest.mark.parametrize(
    "line",
    [
        "Ada,a@b.example,head,100001,100002",
        "Lovelace, Ada,a@b.example,head,100001",
        "Ada,a@b.example,head,100001,,,rang her",
        "Ada,a@b.example,c@d.example,head,100001",
    ],
)
def test_a_cell_too_many_is_named(line: str) -> None:
    reading = read_lines(rows_of(f"Name,E-mail,Post,URN\n{line}\n".encode()), FOUR)
    assert not reading.ready and "stands under no heading" in reading.wrong[0].remedy
