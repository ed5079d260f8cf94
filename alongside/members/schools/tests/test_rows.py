"""Files that are not quite as the register publishes them: nothing of one school ever reaches another."""

from datetime import date

import pytest

from alongside.ground.core.verdict import Invalid
from alongside.members.schools.actions import importing
from alongside.members.schools.models import Establishment
from alongside.members.schools.register import headings, words
from alongside.members.schools.register.kinds import FileKind, kind_of
from alongside.members.schools.register.records import Records
from alongside.members.schools.register.report import Report
from alongside.members.schools.register.rows import Places
from alongside.members.schools.register.source import Source
from alongside.members.schools.tests import make
from alongside.members.schools.tests.make import SYSTEM, imported, line, row_hash

HEADS = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),"
    "PhaseOfEducation (name),OpenDate,CloseDate,Postcode,Town,TelephoneNum,HeadLastName"
).split(",")
ROW = "159915,999,Elmshire,2001,Ash,Academy converter,Open,Primary,01-09-2012,,ZZ1 1AA,Elmtown,02079460000,Bell".split(",")
WEB = [*HEADS, "SchoolWebsite"]


def changed(at: str, *cells: str, row: list[str] = ROW, heads: list[str] = HEADS) -> list[str]:
    """The row with other cells, fewer or more, in the place of one."""
    place = heads.index(at)
    return [*row[:place], *cells, *row[place + 1 :]]


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (HEADS, ROW),
        (HEADS, [*ROW, ""]),
        (HEADS, [*ROW, "", "", "", ""]),
        (HEADS, [*ROW, "https://elm.example", "https://elm.example/news"]),
        (HEADS, [*ROW, "a remark"]),
        (HEADS, ROW[:-1]),
        ([*HEADS, "Links"], [*ROW, "https://a.example", "https://b.example", "https://c.example"]),
        (WEB, [*ROW, "https://a.example", "https://b.example"]),
        ([*HEADS, "Diocese (name)", "Links"], [*ROW, "Elm", "https://a.example", "https://b.example"]),
        ([*HEADS, "SEN1 (name)", "SEN2 (name)"], ROW),
        ([*HEADS, "SEN1 (name)", "SEN2 (name)"], [*ROW, "ASD"]),
        (HEADS, changed("OpenDate", "")),
        (HEADS, changed("EstablishmentStatus (name)", "Open, but proposed to close")),
        (["URN", "EstablishmentName", "EstablishmentStatus (name)"], ["159915", "Ash"]),
        (HEADS, changed("EstablishmentStatus (name)", "Quarantined", row=changed("TypeOfEstablishment (name)", "Of tomorrow"))),
    ],
)
def test_a_row_is_kept_where_no_known_column_can_have_moved(heads: list[str], row: list[str]) -> None:
    assert Places(headings.columns(heads, headings.FACTS), heads).problem(row) == ""


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (HEADS, changed("EstablishmentName", "Ash", " Birch and Oak")),
        (HEADS, changed("EstablishmentName", "Ash", " Birch", " Oak")),
        (HEADS, changed("Town", "Elmtown", " near Oakham")),
        (HEADS, [*changed("Town", "Elmtown", " near Oakham")[:-1], ""]),
        (HEADS, changed("EstablishmentName", 'Broken,Academy converter"')[:5] + ROW[6:]),
        (HEADS, changed("Town")),
        (HEADS, changed("EstablishmentName")),
        (HEADS, ROW[:3]),
        (HEADS, ROW[1:]),
        (HEADS, ["", *ROW]),
        (HEADS, [*ROW, *["x"] * 40]),
        (HEADS, changed("EstablishmentName", "Ash", " Birch")[:-1]),
        (WEB, [*changed("Town", "Elmtown", " near Oakham"), ""]),
        (["URN", "EstablishmentName", "Town"], ["159915", "Ash", " Birch", "Elmtown"]),
        (["URN", "EstablishmentName", "Town"], ["159915", "Ash", "Elmtown", ""]),
        (["URN", "EstablishmentName", "Town"], ["159915", "Ash"]),
        (["URN", "EstablishmentName", "Notes", "Town"], ["159915", "Ash", "a", "b", "Elmtown"]),
    ],
)
def test_a_row_is_refused_where_cells_may_have_moved(heads: list[str], row: list[str]) -> None:
    assert "cells" in Places(headings.columns(heads, headings.FACTS), heads).problem(row)


def test_rows_of_a_whole_extract_stand_or_fall_by_where_a_cell_is_too_many_or_missing() -> None:
    """All 140 columns, of which a third is known: what is cut off or put behind is kept, what stands in the middle is not."""
    sample = make.ROOT / "data" / "samples" / "edubasealldata_202402_fullcolumns_41rows.csv"
    with Source.of(sample) as source:
        records = Records(source.lines())
        names, rows = records.headings, [row for _, row in records if isinstance(row, list)]
    places = Places(headings.columns(names, headings.FACTS), names)
    for row in rows:
        for kept in (row, [*row, ""], [*row, "https://a.example", "https://b.example"], row[:-1], row[:-9]):
            assert places.problem(kept) == ""
        for column in ("EstablishmentName", "Town", "Postcode", "OfstedLastInsp", "EstablishmentNumber"):
            assert places.problem(changed(column, "Ash", " Oak", row=row, heads=names))
            assert places.problem(changed(column, row=row, heads=names))


def take(text: str, name: str = "e20260501.csv", encoding: str = "utf-8") -> Report:
    """What came of importing a file of that text."""
    return importing.import_schools(make.Upload(text.encode(encoding), name), by=SYSTEM)


def written(*rows: list[str], heads: list[str] = HEADS) -> str:
    """A file with every cell in quotation marks, as the register publishes it."""
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in [heads, *rows])


def other(urn: str = "159916", **cells: str) -> list[str]:
    """A sound row of another school."""
    return [urn, *[cells.get(head, cell) for head, cell in zip(HEADS[1:], ROW[1:], strict=True)]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        ('"Ash",', '"Ash,'),
        ('"Elmtown",', '"Elmtown,'),
        ('"Academy converter",', '"Academy converter,'),
        ('"Bell"', '"Bell'),
        ('"Ash",', 'Ash",'),
        ('"159915",', '"159915,'),
        ('"Ash"', '"Ash "Oak" Lodge"'),
    ],
)
def test_an_open_quotation_mark_never_shifts_cells_into_another_school(broken: tuple[str, str]) -> None:
    report = take(written(ROW, other()).replace(*broken, 1))
    kept = Establishment.objects.get(urn=159916)
    assert (kept.name, kept.type, kept.status, kept.town, kept.head_last_name) == (
        "Ash", "Academy converter", "Open", "Elmtown", "Bell",
    )  # fmt: skip
    first = Establishment.objects.filter(urn=159915).first()
    assert [(one.line, one.lost) for one in report.problems if one.lost] == ([] if first else [(2, True)])
    assert first is None or (first.status, first.type, first.town) == ("Open", "Academy converter", "Elmtown")


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["Pending approval", "Created in error", "PENDING APPROVAL"])
def test_a_school_that_is_not_there_yet_or_never_was_is_not_open(status: str) -> None:
    report = imported(line(100001, **{"EstablishmentStatus (name)": status}))
    row = Establishment.objects.get()
    assert (row.status, row.is_open, report.problems) == (status.capitalize(), False, [])


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["Opne", "Quarantined", "Under review", "9", "De-registered as a children’s home, since 2019"])
def test_an_unknown_status_is_not_open_and_says_so(status: str) -> None:
    imported(line(100001), name="e20240101.csv")
    report = imported(line(100001, **{"EstablishmentStatus (name)": status}), name="e20240601.csv")
    row = Establishment.objects.get()
    assert (row.status, row.is_open) == (status[:40], False)
    assert [(one.line, one.lost, "does not count as open" in one.reason) for one in report.problems] == [(2, False, True)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("odd", "stored"),
    [("Zoë Primary", "Zoë Primary"), ("St Mary’s – Élan", "St Mary’s – Élan"), ("ZoÃ« Primary", "Zoë Primary"),
     ("St Maryâ€™s", "St Mary’s"), ("Ïsà £5", "Ïsà £5")],
)  # fmt: skip
def test_letters_of_two_encodings_are_a_doubt_by_line_and_stored_right(odd: str, stored: str) -> None:
    before, after = written(ROW), written(other("159920", EstablishmentName="Fierté"), heads=[]).strip("\n").encode("cp1252")
    mixed = before.encode() + written(other(EstablishmentName=odd), heads=[]).strip("\n").encode() + b"\n" + after + b"\n"
    report = importing.import_schools(make.Upload(mixed, "e20260503.csv"), by=SYSTEM)
    assert [Establishment.objects.get(urn=urn).name for urn in (159916, 159920)] == [stored, "Fierté"]
    assert [(one.line, one.lost) for one in report.problems] == [(3, False), (4, False)]
    assert all("encoding" in one.reason for one in report.problems)


@pytest.mark.django_db
@pytest.mark.parametrize(("encoding", "odd_line"), [("utf-8", 5), ("cp1252", 5)])
def test_of_two_encodings_the_rarer_is_the_doubt(encoding: str, odd_line: int) -> None:
    rows = [other(str(urn), EstablishmentName="Fierté") for urn in (159916, 159917, 159918)]
    odd = written(other("159919", EstablishmentName="École"), heads=[]).strip("\n")
    mixed = written(*rows).encode(encoding) + odd.encode("cp1252" if encoding == "utf-8" else "utf-8") + b"\n"
    report = importing.import_schools(make.Upload(mixed, "e20260503.csv"), by=SYSTEM)
    assert [one.line for one in report.problems] == [odd_line] and "“École”" in report.problems[0].reason
    assert set(Establishment.objects.values_list("name", flat=True)) == {"Fierté", "École"}


@pytest.mark.django_db
def test_capitals_before_a_curly_apostrophe_are_letters_of_windows() -> None:
    report = take(written(other(EstablishmentName="CAFÉ’S École")), encoding="cp1252")
    assert (Establishment.objects.get().name, report.problems) == ("CAFÉ’S École", [])


@pytest.mark.django_db
def test_numbers_with_a_nought_behind_a_point_are_numbers() -> None:
    row = dict(zip(HEADS, ROW, strict=True)) | {"LA (code)": "999.0", "EstablishmentNumber": "2001.0", "UKPRN": "10012345.0"}
    report = imported(row | {"URN": "159910.0"}, row | {"URN": "159910.5"}, row | {"URN": "1.6E+05"}, row | {"URN": "159910"})
    kept = Establishment.objects.get()
    assert (kept.urn, kept.la_code, kept.number, kept.ukprn) == (159910, "999", "2001", 10012345)
    assert [(one.line, one.lost) for one in report.problems] == [(3, True), (4, True), (5, True)]
    links = imported({"URN": "159910.0", "LinkURN": "159909.0", "LinkType": "Predecessor"}, name="links20260505.csv")
    assert links.added == 1


TABLES = [
    "RECTYPE,LEA,ESTAB,URN,SCHNAME,ADDRESS1,TOWN,PCODE,TOTPUPS,P8MEA",
    "URN,SCHNAME,TOWN,PCODE",
    "URN,EstablishmentName,ATT8SCR",
    "URN,LA,ESTAB,PERCTOT,PPERSABS10,ENROLMENTS",
    "URN,School name,Postcode,Overall effectiveness,Inspection date",
    "URN,School Name,Local Authority,Number of pupils,Allocation of pupil premium",
    "time_period,geographic_level,school_urn,school_name,la_name,headcount",
    "URN,School name,Head’s e-mail,Fee paid,Remarks",
    "URN,Group UID,Group Name,Progress 8,Attainment 8,EBacc",
]


@pytest.mark.django_db
@pytest.mark.parametrize("heads", TABLES)
def test_a_table_of_another_kind_is_refused_whole(heads: str) -> None:
    imported(line(100001))
    before = row_hash()
    with pytest.raises(Invalid, match="table of another kind"):
        take(f"{heads}\n" + ",".join(["100001"] * (heads.count(",") + 1)) + "\n")
    assert row_hash() == before


def test_an_extract_with_a_column_of_ones_own_is_one() -> None:
    assert kind_of([*HEADS, "Inspected by us"]) is FileKind.SCHOOLS


@pytest.mark.django_db
def test_columns_that_are_not_read_are_named_in_rehearsal_and_report() -> None:
    row = line(100001, **{"Our remarks": "x", "Diocese (name)": "Elm", "TypeOfEstablishment (code)": "1", "": "y"})
    for dry_run in (True, False):
        report = imported(row, dry_run=dry_run)
        assert report.unread == ["Our remarks", "Diocese (name)", "TypeOfEstablishment (code)"]
        assert "  Columns not known here, and not read: Our remarks" in report.lines()
        assert "  Columns of the register that are not read: Diocese (name), TypeOfEstablishment (code)" in report.lines()


@pytest.mark.django_db
def test_older_headings_are_known() -> None:
    report = imported(
        {
            "URN": "100001", "Establishment Name": "Alder", "LEA (code)": "999", "Type of establishment": "Academy Converter",
            "Phase of education": "All Through", "Establishment status": "Open", "Opening date": "01/09/2012",
            "Closing date": "", "Website address": "www.alder.example", "Headteacher": "Mrs Noor Bell",
            "Head teacher’s job title": "Headteacher", "Statutory lowest age": "3", "Statutory highest age": "18",
            "Sixth form (name)": "Has a Sixth Form", "Gender of entry": "Co-educational", "Telephone number": "020 7946 0000",
            "Number on roll": "210", "Admission policy": "Comprehensive", "Religion": "C of E",
        }
    )  # fmt: skip
    row = Establishment.objects.get()
    assert (report.unread, report.problems) == ([], [])
    assert (row.name, row.la_code, row.type, row.phase, row.status) == (
        "Alder",
        "999",
        "Academy converter",
        "All-through",
        "Open",
    )
    assert (row.opened_on, row.website, row.low_age, row.high_age) == (date(2012, 9, 1), "http://www.alder.example", 3, 18)
    assert (row.head_title, row.head_first_name, row.head_last_name, row.head_post) == ("Mrs", "Noor", "Bell", "Headteacher")
    assert (row.sixth_form, row.gender, row.admissions, row.religion, row.pupils) == (
        "Has a sixth form", "Mixed", "Non-selective", "Church of England", 210,
    )  # fmt: skip


@pytest.mark.django_db
def test_one_column_that_says_several_facts_counts_where_they_have_none_of_their_own() -> None:
    imported({"URN": "100001", "Name": "Alder", "DfE number": "312/3404", "Age range": "11 to 18", "Principal": "Bell, Noor"})
    row = Establishment.objects.get()
    assert (row.la_code, row.number, row.low_age, row.high_age) == ("312", "3404", 11, 18)
    assert (row.head_first_name, row.head_last_name) == ("Noor", "Bell")
    imported({"URN": "100002", "Name": "Birch", "LAESTAB": "3123405", "EstablishmentNumber": "9999"})
    assert Establishment.objects.get(urn=100002).number == "9999"


@pytest.mark.parametrize(
    ("column", "written", "today"),
    [
        ("phase", "All Through", "All-through"),
        ("phase", "16 Plus", "16 plus"),
        ("phase", "MIDDLE DEEMED SECONDARY", "Middle deemed secondary"),
        ("phase", "7", "All-through"),
        ("type", "Academy Converter", "Academy converter"),
        ("type", "Voluntary Aided School", "Voluntary aided school"),
        ("type", "Free Schools - 16-19", "Free schools 16 to 19"),
        ("type", "Free School", "Free schools"),
        ("type", "Pupil Referral Unit", "Pupil referral unit"),
        ("type", "Children’s Centre", "Children's centre"),
        ("type", "A type of tomorrow", "A type of tomorrow"),
        ("nursery", "Has nursery classes", "Has Nursery Classes"),
        ("sixth_form", "Does Not Have a Sixth Form", "Does not have a sixth form"),
        ("admissions", "Selective (grammar)", "Selective"),
        ("provision", "SEN Unit", "SEN unit"),
        ("religion", "Roman catholic", "Roman Catholic"),
        ("gender", "girls", "Girls"),
        ("kind", "Multi Academy Trust", "Multi-academy trust"),
        ("link", "Successor - Amalgamated", "Successor - amalgamated"),
    ],
)
def test_words_of_closed_lists_become_todays(column: str, written: str, today: str) -> None:
    assert words.listed(column)(written) == today


def test_every_word_of_today_stays_as_it_is() -> None:
    for column, known in words.LISTS.items():
        for one in known:
            word = one.partition("|")[0].replace("’", "'")
            assert words.listed(column, str.strip)(word) == word
