"""Reading files: no database."""

import gzip
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from alongside.members.schools.register import cells, words
from alongside.members.schools.register.kinds import FileKind, kind_of
from alongside.members.schools.register.layout import SchoolLayout, urn_of
from alongside.members.schools.register.records import Problem, Records
from alongside.members.schools.register.source import NotARegisterFile, Source, date_in
from alongside.members.schools.tests.make import Upload


def lines(content: bytes, name: str = "x.csv") -> list[str]:
    return list(Source.of(Upload(content, name)).lines())


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("St Mary's", "St Mary's"),
        ("  St Mary's\u00a0", "St Mary's"),
        ("A  B\tC", "A B C"),
        ("NA", None),
        ("n/a", None),
        ("Not applicable", None),
        ("NOT APPLICABLE", None),
        ("", None),
        ("   ", None),
        ("-", None),
        ("Not recorded", None),
        ("ENGAGE, ENRICH, EXCEL ACADEMIES", "ENGAGE, ENRICH, EXCEL ACADEMIES"),
        ("Nascot Wood", "Nascot Wood"),
    ],
)
def test_na_and_blanks_are_no_names(cell: str, name: str | None) -> None:
    assert cells.name(cell) == name


@pytest.mark.parametrize("cell", ["16-11-2023", "16/11/2023", "20231116", "2023-11-16", "2023-11-16T09:00:00", " 16-11-2023 "])
def test_dates_come_in_four_forms(cell: str) -> None:
    assert cells.day(cell) == date(2023, 11, 16)


@pytest.mark.parametrize("cell", ["", "NA", "01-01-1900", "1900-01-01"])
def test_before_records_began_is_no_date(cell: str) -> None:
    assert cells.day(cell) is None


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("31/08/2025", date(2025, 8, 31)), ("05/05/2020", date(2020, 5, 5)), ("2020-01-09", date(2020, 1, 9)), ("", None),
        ("20200109", date(2020, 1, 9)), ("01/01/1900", None), ("09/01/2020", "month first"), ("9-1-2020", "month first"),
        ("12/11/2020 00:00", "month first"), ("1.12.2020", "month first"), ("08/31/2025", "not a date"),
    ],
)  # fmt: skip
def test_among_days_with_the_month_first_one_that_may_be_either_is_none(cell: str, found: date | str | None) -> None:
    if isinstance(found, str):
        with pytest.raises(ValueError, match=found):
            cells.unsure_day(cell)
    else:
        assert cells.unsure_day(cell) == found


@pytest.mark.parametrize("cell", ["31-02-2023", "2023", "yesterday", "99999999", "2023-13-01"])
def test_nonsense_is_no_date(cell: str) -> None:
    with pytest.raises(ValueError, match="not a date"):
        cells.day(cell)


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (cells.number, "1,569", 1569),
        (cells.number, "271.0", 271),
        (cells.number, "SUPP", None),
        (cells.number, "0", 0),
        (cells.percent, "18.1", Decimal("18.1")),
        (cells.percent, "14.50%", Decimal("14.5")),
        (cells.percent, "z", None),
        (cells.metres, "533498", 533498),
        (cells.metres, "0", None),
        (cells.metres, "533498.5", 533498),
        (cells.postcode, "ub109pj", "UB10 9PJ"),
        (cells.postcode, "700000", "700000"),
        (cells.authority, "1", "001"),
        (cells.phone, "2072831147", "02072831147"),
        (cells.phone, "020 7283 1147", "020 7283 1147"),
        (cells.website, "www.school.org", "http://www.school.org"),
        (cells.website, "office@school.org", None),
        (cells.website, "https://school.org/", "https://school.org/"),
        (cells.website, "javascript:alert(1).x", None),
        (cells.website, "/www.ashtead.example", "http://www.ashtead.example"),
        (cells.website, "https//www.x.example", "https://www.x.example"),
        (cells.website, "http:www.leghvale.example", "http://www.leghvale.example"),
        (cells.website, "www.b.example/childrens centres", "http://www.b.example/childrens%20centres"),
        (cells.website, "http://https://www.x.example/a b?c=d", "https://www.x.example/a%20b?c=d"),
        (cells.website, "htp:/www.x.example.", "http://www.x.example"),
        (cells.website, "<hhtps;\\\\www. x.example\\page>", "https://www.x.example/page"),
        (cells.website, "www.x.example/@school", "http://www.x.example/@school"),
        (cells.website, "HTTPS://www.x.example:8080/?a=b", "HTTPS://www.x.example:8080/?a=b"),
        (cells.website, "http://office@x.example", None),
        (cells.website, "Via Sefton.gov.uk", None),
        (cells.website, "020.8840", None),
        (cells.phone, "'02083334444", "02083334444"),
        (cells.phone, '="2083334444"', "02083334444"),
        (cells.phone, "01895 234567 (mornings)", "01895 234567 (mornings)"),
        (cells.phone, "n/a", None),
        (cells.postcode, "UB8-1UW", "UB8 1UW"),
        (cells.postcode, "(ub8–iuw).", "UB8 1UW"),
        (cells.postcode, "EC1A\u00a0OBB", "EC1A 0BB"),
        (cells.postcode, "UB8_1UW", "UB8 1UW"),
        (cells.postcode, "BFPO 57", "BFPO 57"),
        (cells.name, "St Mary&amp;s", "St Mary&s"),
        (cells.name, "St Anne&rsquo;s &amp;amp; St&nbsp;&#74;ohn", "St Anne’s & St John"),
        (cells.name, "M&S; Marks & Spencer;", "M&S; Marks & Spencer;"),
        (words.status, "open, BUT proposed to close", "Open, but proposed to close"),
        (words.status, "2", "Closed"),
        (words.status, "04", "Proposed to open"),
        (words.status, "01", "Open"),
        (words.status, "2.0", "Closed"),
        (words.status, " 003 ", "Open, but proposed to close"),
        (words.listed("phase", cells.text), "7", "All-through"),
        (words.listed("phase", cells.text), "02", "Primary"),
        (words.listed("phase", cells.text), "00", "Not applicable"),
        (words.listed("phase", cells.text), "4.0", "Secondary"),
    ],
)
def test_cells_are_read_as_they_are_written_in_any_extract(reader: cells.Reader, cell: str, value: object) -> None:
    assert reader(cell) == value


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (cells.number, "12a3"),
        (cells.number, "9" * 40),
        (cells.number, "-5"),
        (cells.metres, "9999999"),
        (cells.age, "300"),
        (cells.percent, "140"),
        (words.status, "Opne"),
        *((cells.phone, cell) for cell in ("2.08333E+09", "2,08e10", "########", "office@x.example", "999", "see website")),
        *((cells.website, cell) for cell in ("http://", "www.a.example or www.b.example", "http://javascript:alert(1).x")),
        *((cells.name, cell) for cell in ("St Thomas \ufffd Becket", "Aret\ufffd Trust", "ST. JAMES\ufffd")),
        (words.status, "05"),
        (words.status, "0"),
        (words.status, "40"),
    ],
)
def test_nonsense_is_said_to_be_nonsense(reader: cells.Reader, cell: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        reader(cell)


def test_the_encoding_is_found_by_itself() -> None:
    text = "URN,EstablishmentName\n100001,St Bride’s – École\n"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        assert "".join(lines(text.encode(encoding))) == text, encoding
    assert "".join(lines(gzip.compress(text.encode("cp1252")))) == text


def test_control_characters_from_a_wrong_encoding_are_repaired() -> None:
    assert lines("100001,St Bride\u0092s \u0096 Infants\u00a0\x00\n".encode()) == ["100001,St Bride’s – Infants \n"]


def test_a_zip_with_one_csv_is_read_and_one_with_two_is_refused() -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("edubasealldata.csv", "URN,EstablishmentName\n")
    assert lines(packed.getvalue()) == ["URN,EstablishmentName\n"]
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("links.csv", "URN,LinkURN\n")
    with pytest.raises(NotARegisterFile, match="2 CSV files"):
        lines(packed.getvalue())


def test_a_file_that_is_cut_off_is_refused() -> None:
    whole = gzip.compress(b"URN,EstablishmentName\n" + b"100001,Alder\n" * 5000)
    with pytest.raises(NotARegisterFile, match="damaged or cut off"):
        lines(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("edubase_establishments_20231116_slim.csv.gz", date(2023, 11, 16)),
        ("links_edubasealldata20250422.csv", date(2025, 4, 22)),
        ("edubasealldata_202402_fullcolumns.csv", date(2024, 2, 1)),
        ("gias 2024-05-30.csv", date(2024, 5, 30)),
        ("gias_establishments_2026_54cols.csv", None),
        ("hillingdon_312.csv", None),
        ("20249999.csv", None),
        ("", None),
    ],
)
def test_the_date_of_an_extract_stands_in_its_name(name: str, day: date | None) -> None:
    assert date_in(name) == day


def records(text: str) -> list[tuple[int, list[str] | Problem]]:
    return list(Records(iter(text.splitlines(keepends=True))))


def test_a_name_with_a_comma_stays_one() -> None:
    assert records('URN,Name\n1,"A, B"\n') == [(2, ["1", "A, B"])]


def test_an_open_quotation_mark_costs_its_own_line_only() -> None:
    found = records('URN,Name\n100001,"A\n100002,B\n100003,C\n')
    assert [(line, isinstance(record, Problem)) for line, record in found] == [(2, True), (3, False), (4, False)]
    found = records('URN,Name,Town\n100001,A,"X\n100002,B,"Y"\n100003,C,Z\n')
    assert [(line, isinstance(record, Problem)) for line, record in found] == [(2, True), (3, False), (4, False)]


def test_a_line_break_inside_a_cell_is_part_of_it() -> None:
    assert records('URN,Name\n100001,"A\nB"\n') == [(2, ["100001", "A\nB"])]


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (["URN", "EstablishmentName"], FileKind.SCHOOLS),
        (["urn", "name", "status"], FileKind.SCHOOLS),
        (["URN", "LAId", "LAName", "TotalPupils"], FileKind.SCHOOLS),
        (["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"], FileKind.SUCCESSIONS),
        (["Group UID", "Group ID", "Group Name", "Joined date", "Academy URN"], FileKind.GROUP_LINKS),
        (["", "URN", "Group UID", "Group Name", "EstablishmentName"], FileKind.GROUP_LINKS),
        (["Group UID", "Group Name", "Group Type"], FileKind.GROUPS),
    ],
)
def test_a_file_says_by_its_headings_what_it_is(heads: list[str], kind: FileKind) -> None:
    assert kind_of(heads) is kind


@pytest.mark.parametrize(
    "heads", [["Name", "Town"], ["LAESTAB"], [""], ["URN"], ["URN", "Colour"], ["Group UID"], ["URN", "LinkURN"]]
)
def test_a_file_that_is_no_extract_is_refused_with_a_reason(heads: list[str]) -> None:
    with pytest.raises(NotARegisterFile, match=r"."):
        kind_of(heads)


@pytest.mark.parametrize("cell", ["", "abc", "12345678", "-1", "0", "1e5", "１２３", "10 0001"])
def test_what_is_no_urn(cell: str) -> None:
    with pytest.raises(ValueError, match="URN"):
        urn_of(cell)


def test_what_a_row_does_not_say_is_not_given_and_nonsense_costs_its_own_fact_only() -> None:
    layout = SchoolLayout(
        today=date(2026, 11, 30),
        months_first=False,
        names=[
            "URN",
            "EstablishmentName",
            "Easting",
            "Northing",
            "NumberOfPupils",
            "TrustSchoolFlag (name)",
            "Trusts (code)",
            "Trusts (name)",
        ],
    )
    lot = layout.read([["1", "Alder", "1000", "", "many", "Not applicable", "", ""], ["2", "NA", "", "", "5", "", "", ""]])
    assert lot.given(0) == {"name": ("Alder",), "point": (1000, None), "trust": (None, "")}
    assert lot.given(1) == {"pupils": (5,)}
    assert [row for row, _ in lot.doubts] == [0]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Hillingdon", "London Borough of Hillingdon"), ("Hillingdon", "LB Hillingdon"), ("Hillingdon", "L.B. of Hillingdon"),
        ("Hillingdon", "HILLINGDON LBC"), ("Hillingdon", "Hillingdon Council"), ("Bristol, City of", "Bristol City of"),
        ("Bristol, City of", "City of Bristol"), ("Bristol, City of", "Bristol City Council"), ("Kent", "Kent County Council"),
        ("Herefordshire, County of", "Herefordshire"), ("Kingston upon Hull, City of", "Hull City Council"),
        ("County Durham", "Durham"), ("St. Helens", "St Helens MBC"), ("St. Helens", "Saint Helens"),
        ("Telford and Wrekin", "Telford & Wrekin"), ("Kingston upon Thames", "Royal Borough of Kingston-upon-Thames"),
        ("Westminster", "City of Westminster"), ("Windsor and Maidenhead", "Royal Borough of Windsor & Maidenhead"),
        ("City of London", "City of London Corporation"), ("Isle of Wight", "Isle of Wight Council"),
        ("Isles Of Scilly", "Council of the Isles of Scilly"), ("Rhondda Cynon Taf", "Rhondda Cynon Taf County Borough Council"),
    ],
)  # fmt: skip
def test_an_authority_is_known_by_what_its_name_tells(name: str, other: str) -> None:
    assert words.authority_key(name) == words.authority_key(other) != ""


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Derby", "Derbyshire"), ("Nottingham City", "Nottinghamshire County Council"), ("Bedford", "Central Bedfordshire"),
        ("York", "North Yorkshire"), ("Dorset", "Pre-LGR 2019 Dorset"), ("City of London", "London Borough of Hillingdon"),
        ("Cheshire East", "Cheshire West and Chester"), ("Newport", "Isle of Wight"), ("Newcastle", "Newcastle upon Tyne"),
    ],
)  # fmt: skip
def test_authorities_of_like_names_stay_two(name: str, other: str) -> None:
    assert words.authority_key(name) != words.authority_key(other)
