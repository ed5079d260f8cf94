"""The days of a register: of the file, of its rows, and with the month first."""

from datetime import date

import pytest

from alongside.ground.core.verdict import Invalid
from alongside.members.schools.models import Establishment, GroupLink
from alongside.members.schools.tests.make import imported, line

pytestmark = [pytest.mark.django_db, pytest.mark.both]
JANUARY, JUNE = date(2024, 1, 1), date(2024, 6, 1)


def one(urn: int = 100001) -> Establishment:
    return Establishment.objects.get(urn=urn)


@pytest.mark.parametrize(
    ("name", "on", "says"),
    [
        ("edubasealldata20991231.csv", None, "of 31 December 2099, a day to come"),
        ("edubasealldata20011231.csv", None, "of 31 December 2001, a day before the register began"),
        ("schools.csv", date(2206, 1, 1), "of 1 January 2206, a day to come"),
        ("schools.csv", date(1801, 1, 1), "a day before the register began"),
        ("schools.csv", date(2027, 1, 1), "a day to come"),
    ],
)
@pytest.mark.on(2026, 11, 30)
def test_an_extract_from_the_future_or_from_before_the_register_is_refused(name: str, on: date | None, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        imported(line(100001), on=on, name=name)
    assert not Establishment.objects.exists()


@pytest.mark.on(2026, 11, 30)
def test_a_row_that_names_a_day_to_come_is_kept_as_of_its_file_and_told() -> None:
    told = imported(line(100001, LastChangedDate="01-01-2099"), line(100002, LastChangedDate="01-10-2026"), name="schools.csv")
    assert told.added == 2 and any("1 row named a day to come" in one.reason for one in told.problems)
    later = imported(line(100001, "Ash School"), on=date(2026, 11, 1), name="schools.csv")
    assert later.changed == 1 and Establishment.objects.get(urn=100001).name == "Ash School"


AMERICAN = "08/31/2025"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    ("rows", "opened", "doubts"),
    [
        ([{"CloseDate": AMERICAN, "OpenDate": "09/01/2020"}], [None], [2, 2]),
        ([{"OpenDate": "09/01/2020"}, {"OpenDate": AMERICAN}], [None, None], [2, 3]),
        ([{"OpenDate": "9-1-2020"}, {"OpenDate": "8-31-2025 00:00"}], [None, None], [2, 3]),
        ([{"OpenDate": "09/01/2020", "Seen": AMERICAN}], [None], [2]),
        ([{"OpenDate": "05/05/2020"}, {"OpenDate": AMERICAN}], [date(2020, 5, 5), None], [3]),
        ([{"OpenDate": "31/08/2020"}, {"OpenDate": "09/01/2020"}, {"OpenDate": AMERICAN}], [date(2020, 8, 31), None, None],
         [3, 4]),
        ([{"OpenDate": "2020-01-09"}, {"OpenDate": AMERICAN}], [date(2020, 1, 9), None], [3]),
        ([{"OpenDate": "09/01/2020"}, {"OpenDate": "31/08/2025"}], [date(2020, 1, 9), date(2025, 8, 31)], []),
        (
            [{"OpenDate": "09/01/2020"}, *[{"OpenDate": f"{day}/08/2025"} for day in range(13, 32)], {"OpenDate": "30/09/2025"},
             {"OpenDate": AMERICAN}],
            [date(2020, 1, 9), *[date(2025, 8, day) for day in range(13, 32)], date(2025, 9, 30), None],
            [23],
        ),
    ],
)  # fmt: skip
def test_where_days_have_their_month_first_none_is_read_the_other_way_round(
    rows: list[dict[str, object]], opened: list[date | None], doubts: list[int], encoding: str
) -> None:
    report = imported(*[line(100001 + n, **{"Seen": "", **row}) for n, row in enumerate(rows)], encoding=encoding)
    assert list(Establishment.objects.order_by("urn").values_list("opened_on", flat=True)) == opened
    assert [problem.line for problem in report.problems] == doubts and report.bad_lines == 0


def test_a_file_whose_days_were_put_right_is_read_once_more() -> None:
    rows = line(100001, OpenDate="09/01/2020"), line(100002, OpenDate=AMERICAN)
    imported(*rows)
    imported(rows[0], {**rows[1], "OpenDate": "31/08/2025"})
    assert [one(100001).opened_on, one(100002).opened_on] == [date(2020, 1, 9), date(2025, 8, 31)]


def test_a_link_of_a_day_that_may_be_either_has_no_day() -> None:
    imported(line(100001), line(100002))
    trust = {"Group UID": 5001, "Group Name": "ELM", "Group Type": "Multi-academy trust", "Group Status": "Open"}
    rows = {**trust, "Joined date": "09/01/2020", "URN": 100001}, {**trust, "Joined date": AMERICAN, "URN": 100002}
    assert [problem.line for problem in imported(*rows).problems] == [2, 3]
    assert set(GroupLink.objects.values_list("joined_on", flat=True)) == {None}
    assert [problem.reason for problem in imported({**rows[0], "Group UID": ""}).problems] == [
        "URN 100001 is linked to no Group UID"
    ]


@pytest.mark.parametrize(("code", "is_open"), [("01", True), ("1.0", True), ("02", False), ("03", True), ("04", False)])
def test_a_status_may_be_a_code_with_a_nought(code: str, is_open: bool) -> None:
    row = {"EstablishmentStatus (code)": code, "PhaseOfEducation (code)": "02"}
    named = ("EstablishmentStatus (name)", "PhaseOfEducation (name)")
    report = imported({head: cell for head, cell in line(100001, **row).items() if head not in named})
    assert report.problems == [] and (one().is_open, one().phase) == (is_open, "Primary")


DATED, TO_COME, BARE = {"LastChangedDate": "01-03-2024"}, {"LastChangedDate": "01-03-2199"}, {"LastChangedDate": ""}


@pytest.mark.parametrize(
    ("rows", "name", "undated"),
    [
        ([DATED, DATED], "sample.csv", 0),
        ([DATED, BARE], "sample.csv", 1),
        ([BARE, BARE, TO_COME], "sample.csv", 3),
        ([{}, {}], "sample.csv", 2),
        ([BARE, {}], "edubasealldata20240101.csv", 0),
        ([{"SnapshotCommitDate": "01-03-2024"}], "sample.csv", 0),
        ([{"LastChangedDate": "soon"}, DATED], "sample.csv", 1),
    ],
)
def test_rows_without_a_date_are_said_where_there_are_some(rows: list[dict[str, object]], name: str, undated: int) -> None:
    imported(*[line(100001 + n) for n in range(len(rows))], name="edubasealldata20230101.csv")
    report = imported(*[line(100001 + n, NumberOfPupils="300", **row) for n, row in enumerate(rows)], name=name)
    assert report.changed == len(rows) - undated, "what has no date overwrites nothing"
    said = [words for words in report.lines() if "without a date" in words]
    assert [words.split()[0] for words in said] == ([str(undated)] if undated else [])
