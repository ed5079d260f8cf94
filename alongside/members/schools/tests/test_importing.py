from datetime import date

import pytest

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Invalid, Refused
from alongside.members.schools.actions import importing, invented
from alongside.members.schools.models import Change, Establishment, School
from alongside.members.schools.tests import make
from alongside.members.schools.tests.make import SYSTEM, extract, imported, line, row_hash

pytestmark = [pytest.mark.django_db, pytest.mark.both]
JANUARY, JUNE = date(2024, 1, 1), date(2024, 6, 1)


def one(urn: int = 100001) -> Establishment:
    return Establishment.objects.get(urn=urn)


def test_each_establishment_gets_a_school_of_its_own() -> None:
    report = imported(line(100001), line(100002, "Birch School"))
    assert (report.added, report.bad_lines) == (2, 0)
    assert sorted(School.objects.values_list("current_id", flat=True)) == [100001, 100002]
    row = one()
    assert (row.name, row.la_code, row.easting, row.pupils, row.is_open, row.is_current) == (
        "Alder School",
        "990",
        507000,
        210,
        True,
        True,
    )
    assert row.facts_date("pupils") == JANUARY


def test_only_whoever_runs_the_installation_imports() -> None:
    manager = Standing(person="x", roles=frozenset({usual(Post.MANAGER, partnership="p")}))
    with pytest.raises(Refused):
        importing.import_schools(extract(line(100001)), by=manager)


@pytest.mark.parametrize("name", ["NA", "Not applicable", "", "  ", "n/a", "\u00a0"])
def test_na_never_becomes_a_name(name: str) -> None:
    report = imported(line(100001, name), line(100002))
    assert report.added == 1
    assert [(p.line, "has no name" in p.reason) for p in report.problems] == [(2, True)]
    imported(line(100002, name, NumberOfPupils="300"), name="edubasealldata20240601.csv")
    assert (one(100002).name, one(100002).pupils) == ("Alder School", 300)


def test_the_same_file_again_writes_nothing() -> None:
    rows = [line(100001), line(100002, "Birch, Ash and Oak"), line("nonsense")]
    imported(*rows)
    before = row_hash()
    again = imported(*rows)
    assert (again.written, again.unchanged, again.bad_lines) == (0, 2, 1)
    assert row_hash() == before


def test_names_with_commas_stay_one() -> None:
    imported(line(100001, "ENGAGE, ENRICH, EXCEL ACADEMY"))
    assert one().name == "ENGAGE, ENRICH, EXCEL ACADEMY"


def test_an_older_extract_never_overwrites_newer_facts_whatever_the_order() -> None:
    older = extract(line(100001, "Alder Infants", NumberOfPupils="180"), name="e20240101.csv")
    newer = extract(line(100001, "Alder Primary", NumberOfPupils="240"), name="e20240601.csv")
    importing.import_schools(newer, by=SYSTEM)
    before = row_hash()
    late = importing.import_schools(older, by=SYSTEM)
    assert (late.written, late.unchanged) == (0, 1)
    assert row_hash() == before
    assert (one().name, one().pupils) == ("Alder Primary", 240)


def test_newness_is_judged_fact_by_fact() -> None:
    imported({"urn": 100001, "name": "Alder", "status": "Open"}, name="status20240601.csv")
    imported(line(100001, "Alder as it was", **{"EstablishmentStatus (name)": "Closed"}), name="e20240101.csv")
    row = one()
    assert (row.name, row.status, row.pupils, row.town) == ("Alder", "Open", 210, "Alder")
    assert (row.facts_date("name"), row.facts_date("pupils")) == (JUNE, JANUARY)


def test_a_column_that_a_file_lacks_blanks_nothing() -> None:
    imported(line(100001, SchoolCapacity="300", HeadLastName="Ash"))
    imported({"URN": 100001, "EstablishmentName": "Alder School", "Postcode": "ZZ1 1AA"}, name="e20240601.csv")
    row = one()
    assert (row.pupils, row.capacity, row.head_last_name, row.town, row.easting) == (210, 300, "Ash", "Alder", 507000)


def test_an_empty_cell_blanks_nothing_either_but_a_flag_says_none() -> None:
    trust = {"TrustSchoolFlag (name)": "Supported by a trust", "Trusts (code)": "5001", "Trusts (name)": "ELM TRUST"}
    imported(line(100001, **trust))
    imported(
        line(100001, NumberOfPupils="", **{"TrustSchoolFlag (name)": "", "Trusts (code)": "", "Trusts (name)": ""}),
        name="e20240201.csv",
    )
    assert (one().pupils, one().trust_uid) == (210, 5001)
    imported(
        line(100001, **{"TrustSchoolFlag (name)": "Not applicable", "Trusts (code)": "", "Trusts (name)": ""}),
        name="e20240301.csv",
    )
    assert (one().trust_uid, one().trust_name) == (None, "")
    assert list(Change.objects.filter(fact="trust_name").values_list("old", "new", "seen_on")) == [
        ("ELM TRUST", "", date(2024, 3, 1))
    ]


def test_an_address_changes_as_a_whole_when_the_postcode_does() -> None:
    imported(line(100001, Street="1 Old Road"))
    imported({"URN": 100001, "EstablishmentName": "Alder School", "Postcode": "ZZ9 9ZZ", "Town": "Birch"}, name="e20240601.csv")
    assert (one().street, one().town, one().postcode) == ("", "Birch", "ZZ9 9ZZ")


def test_a_file_without_a_date_fills_gaps_and_overwrites_nothing_until_it_is_given_one() -> None:
    imported(line(100001))
    rows = [line(100001, "Another name", SchoolCapacity="300"), line(100002)]
    report = imported(*rows, name="schools.csv")
    assert (report.as_of, report.added, one().name, one().capacity) == (None, 1, "Alder School", 300)
    assert any("--date" in words for words in report.lines())
    imported(*rows, name="schools.csv", on=JUNE)
    assert one().name == "Another name"


def test_a_row_may_say_its_own_date() -> None:
    imported(
        line(100001, "Newest", SnapshotCommitDate="2026-08-06"),
        line(100002, "Older", SnapshotCommitDate="2026-04-08"),
        name="s.csv",
    )
    imported(line(100001, "Between"), line(100002, "Between"), name="e20260601.csv")
    assert (one().name, one(100002).name) == ("Newest", "Between")


def test_damaged_letters_never_replace_whole_ones() -> None:
    imported(line(100001, "École Alder"))
    imported(line(100001, "\ufffdcole Alder", NumberOfPupils="5"), name="e20240601.csv")
    assert (one().name, one().pupils) == ("École Alder", 5)
    head = {"HeadFirstName": "Ma\ufffdve", "HeadLastName": "Dav\ufffd", "SchoolWebsite": "www.a.example or www.b.example"}
    report = imported(line(100002, "Alder \ufffd Oak", **head), name="e20240601.csv")
    assert [problem.line for problem in report.problems] == [2, 2, 2, 2] and not report.bad_lines
    new = one(100002)
    assert (new.name, new.head_first_name, new.head_last_name, new.website) == ("Alder \ufffd Oak", "Ma\ufffdve", "Dav\ufffd", "")


@pytest.mark.parametrize(
    ("status", "is_open"), [("Open, but proposed to close", True), ("Proposed to open", False), ("Closed", False)]
)
def test_proposed_to_close_is_open(status: str, is_open: bool) -> None:
    imported(line(100001, **{"EstablishmentStatus (name)": status}))
    assert one().is_open is is_open


def test_every_bad_line_is_reported_with_its_number_and_the_rest_is_imported() -> None:
    report = imported(
        line(100001),
        line("12x"),
        line(""),
        line(100001, "Again"),
        line(100003, Easting="west"),
        line(100004, "x" * 201),
        line(100005),
    )
    assert [(p.line, p.lost) for p in report.problems] == [(3, True), (4, True), (5, True), (6, False), (7, False), (7, True)]
    assert (report.added, report.bad_lines) == (3, 4)
    assert (one(100003).easting, one(100003).northing) == (None, None)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no line of headings"),
        (b"\n\n\n", "no line of headings"),
        (b"Name,Town\nAlder,Birch\n", "no column URN"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no column URN"),
        (b"%PDF-1.7\n1 0 obj", "no column URN"),
        (b"PK\x03\x04nothing", "damaged zip"),
        (b"\x1f\x8bnothing", "damaged or cut off"),
    ],
)
def test_a_file_that_is_no_extract_is_refused_whole(content: bytes, words: str) -> None:
    imported(line(100001))
    before = row_hash()
    with pytest.raises(Invalid, match=words):
        importing.import_schools(make.Upload(content), by=SYSTEM)
    assert row_hash() == before


def test_a_missing_file_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="cannot be opened"):
        importing.import_schools("/nowhere/edubase.csv", by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_a_crash_half_way_leaves_everything_as_it_was() -> None:
    imported(line(100001))
    before = row_hash()

    def break_off(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.import_schools(
            extract(*(line(n) for n in range(100001, 104000)), name="e20240601.csv"), progress=break_off, by=SYSTEM
        )
    assert row_hash() == before


def test_a_dry_run_says_what_the_real_run_does_and_writes_nothing() -> None:
    imported(line(100001), line(100002), line(100003))
    rows = [line(100001, "Renamed"), line(100002), line(100004), line("bad")]
    before = row_hash()
    rehearsal = imported(*rows, name="e20240601.csv", dry_run=True)
    assert row_hash() == before
    real = imported(*rows, name="e20240601.csv")
    assert rehearsal.figures() == real.figures() == {"rows": 4, "added": 1, "changed": 1, "confirmed": 1, "bad_lines": 1}
    assert (rehearsal.facts, rehearsal.samples, rehearsal.problems) == (real.facts, real.samples, real.problems)
    assert any("would be" in words for words in rehearsal.lines())
    assert "Nothing was written" in rehearsal.lines()[-1]


def test_what_changed_is_kept_as_history() -> None:
    imported(line(100001))
    imported(line(100001, **{"EstablishmentStatus (name)": "Closed"}, CloseDate="31-05-2024"), name="e20240601.csv")
    assert list(Change.objects.values_list("establishment_id", "fact", "old", "new", "seen_on")) == [
        (100001, "status", "Open", "Closed", JUNE)
    ]
    assert one().closed_on == date(2024, 5, 31)


def test_a_demonstrations_schools_are_never_overwritten() -> None:
    school = make.school("Elm Grove")
    report = imported(line(school.urn, "A real name"))
    assert Establishment.objects.get(urn=school.urn).name == "Elm Grove"
    assert (report.added, report.bad_lines) == (0, 1)


def test_invented_schools_have_numbers_of_their_own() -> None:
    with pytest.raises(Invalid):
        invented.add_invented_schools([{"urn": 100001, "name": "Elm Grove"}], by=SYSTEM)


def test_older_headings_and_lower_case_ones_are_known() -> None:
    imported(
        {"urn": 100001, "name": "Alder", "local_authority_name": "Alderbury", "phase_of_education": "Primary", "status": "Open"}
    )
    imported(
        {
            "URN": 100002,
            "EstablishmentName": "Birch",
            "LAId": "990",
            "LAName": "Alderbury",
            "TotalPupils": "210",
            "AgeRangeLow": "3",
            "AgeRangeHigh": "11",
            "EstablishmentStatusId": "3",
        },
        name="e20240601.csv",
    )
    imported({"urn": 100003, "name": "Cedar", "local_authority_name": "Alderbury"}, name="e20240701.csv")
    assert (one(100002).pupils, one(100002).low_age, one(100002).status) == (210, 3, "Open, but proposed to close")
    assert one(100003).la_code == "990", "the code of an authority that the register knows by name"


def test_the_rows_of_a_packed_windows_file_arrive_whole() -> None:
    imported(line(100001, "St Bride’s – École"), encoding="cp1252", packed=True)
    assert one().name == "St Bride’s – École"


def test_progress_is_told() -> None:
    told: list[int] = []
    importing.import_schools(extract(*(line(n) for n in range(100001, 104501))), progress=told.append, by=SYSTEM)
    assert told == sorted(told)
    assert told[-1] == 4500
    assert len(told) > 2


KNOWN_AUTHORITIES = [("312", "Hillingdon"), ("801", "Bristol, City of"), ("831", "Derby"), ("835", "Dorset"), ("838", "Dorset")]


@pytest.mark.parametrize(
    ("named", "code", "name"),
    [
        ("London Borough of Hillingdon", "312", "Hillingdon"),
        ("Bristol City of", "801", "Bristol, City of"),
        ("Derby City Council", "831", "Derby"),
        ("Hillingdon", "312", "Hillingdon"),
        ("Derbyshire", "", "Derbyshire"),
        ("Dorset Council", "", "Dorset Council"),
        ("Hilingdon", "", "Hilingdon"),
        ("", "", ""),
    ],
)
def test_an_authority_without_its_code_is_found_by_its_name_or_named(named: str, code: str, name: str) -> None:
    there = {"LA (code)": "831", "LA (name)": "Derby"}
    known = [{**there, "LA (code)": code, "LA (name)": name} for code, name in KNOWN_AUTHORITIES]
    imported(line(100002, **there), *[line(200001 + n, **one) for n, one in enumerate(known)], name="e20230101.csv")
    rows = [line(100001, **{"LA (name)": named}), line(100002, **{"LA (name)": named})]
    report = imported(*[{head: cell for head, cell in row.items() if head != "LA (code)"} for row in rows])
    assert (one(100001).la_code, one(100001).la_name) == (code, name)
    assert (one(100002).la_code, one(100002).la_name) == ((code, name) if code else ("831", "Derby")), "no half of another"
    assert [problem.line for problem in report.problems] == ([2, 3] if name and not code else [])
    assert all(f"“{named}” is no authority that the register knows" in problem.reason for problem in report.problems)


def test_where_no_authority_is_known_it_is_said_once() -> None:
    rows = [{head: cell for head, cell in line(100001 + n).items() if head != "LA (code)"} for n in range(3)]
    report = imported(*rows)
    assert [(problem.line, "knows no authorities yet" in problem.reason) for problem in report.problems] == [(1, True)]
    assert (one().la_code, one().la_name) == ("", "Alderbury")
    imported(line(100001), name="e20240601.csv")
    assert (one().la_code, one().la_name) == ("990", "Alderbury")
