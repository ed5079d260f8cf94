"""What each line of another list of a body’s people means, and what is wrong with it, by the rules."""

from datetime import date, timedelta

import pytest

from alongside.deciding.bodies.rules.bringing import BodyKnown, PersonLine, TimeKnown, look_at_people, words_of_people
from alongside.deciding.bodies.rules.columns import MEANINGS, SeatKnown, pieces, seat_words, seats_named
from alongside.deciding.bodies.rules.holding import Span
from alongside.ground.core.columns import LookedAt, columns_known, read_sheet

pytestmark = pytest.mark.on(2024, 3, 21)
HERE = Span(date(2020, 9, 1), None)
SEATS = [
    SeatKnown("p1", "Parent governor 1", HERE, 4), SeatKnown("p2", "Parent governor 2", HERE, 4),
    SeatKnown("c1", "Co-opted governor 1", HERE, 4), SeatKnown("la", "Local authority governor", HERE, 4),
    SeatKnown("h", "Headteacher", HERE), SeatKnown("chair", "Chair", HERE, 1, is_place=False),
    SeatKnown("by", "Headteachers of member schools", HERE, is_by_post=True),
]  # fmt: skip
HEAD = ["Governor name", "Category", "Date of appointment", "Term ends", "Email", "Declaration of interest", "Training"]


def known(*held: TimeKnown, entries: frozenset[tuple[str, str, str]] = frozenset(), seats: list[SeatKnown] = SEATS) -> BodyKnown:
    return BodyKnown(seats, held, entries, date(2024, 3, 21))


def look(*lines: list[str], of: BodyKnown | None = None, head: list[str] = HEAD) -> LookedAt[PersonLine]:
    return look_at_people(read_sheet([head, *lines], MEANINGS), of or known())


@pytest.mark.parametrize(
    ("head", "keys_of"),
    [
        (HEAD, "name seat from_on until_on email interest training"),
        (["Forename", "Surname", "Role", "Appointed", "End of term of office"], "first_name last_name seat from_on until_on"),
        (["Name", "Governor type", "Start date", "End date", "Date stepped down"], "name seat from_on until_on left_on"),
        (["Full Name", "Type of governor", "Term of office from", "Term of office to", "Appointed by"],
         "name seat from_on until_on rests_on"),
        (["Governor", "Governance role", "Date appointed (dd/mm/yyyy)", "Expiry date", "Pecuniary interests"],
         "name seat from_on until_on interest"),
    ],
)  # fmt: skip
def test_the_headings_of_portals_are_known(head: list[str], keys_of: str) -> None:
    assert set(columns_known(head, MEANINGS)[0]) == set(keys_of.split())


def test_no_heading_means_two_things() -> None:
    words = [word for one in MEANINGS for word in one.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trustee of Elm; Director, Bell Ltd", ["Trustee of Elm", "Director, Bell Ltd"]),
        ("- Trustee of Elm\r\n- Sister teaches here\n", ["Trustee of Elm", "Sister teaches here"]),
        ("None", []), ("nil", []), ("N/A", []), ("No", []), ("-", []), ("", []), ("No interests declared.", []),
        ("Nonesuch Ltd", ["Nonesuch Ltd"]), ("None; Trustee of Elm; Trustee of Elm", ["Trustee of Elm"]),
        ("Safeguarding 12/3/2023; Exclusions", ["Safeguarding 12/3/2023", "Exclusions"]),
    ],
)  # fmt: skip
def test_a_cell_may_hold_several_and_none_is_none(text: str, found: list[str]) -> None:
    assert pieces(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Parent governor", "p1 p2"), ("Parent", "p1 p2"), ("PARENT GOVERNORS", "p1 p2"), ("Elected parent", "p1 p2"),
        ("Parent governor 2", "p2"), ("Coopted", "c1"), ("Co-opted Governor", "c1"), ("LA", "la"), ("LA governor", "la"),
        ("Local Authority", "la"), ("Head teacher", "h"), ("Ex-officio (Headteacher)", "h"), ("Headteacher (ex officio)", "h"),
        ("Chair of Governors", "chair"), ("Chairman", "chair"), ("Associate member", ""), ("", ""), ("Governor", ""),
    ],
)  # fmt: skip
def test_a_category_means_the_seats_of_its_kind(text: str, found: str) -> None:
    assert [one.key for one in seats_named(text, SEATS)] == found.split()
    assert seat_words("Governor") == "governor"
    assert not seats_named("Associate member", [SeatKnown("x", "–", HERE)])  # nor does one without letters mean any


def test_a_category_takes_the_next_free_seat_of_its_name() -> None:
    found = look(
        ["Ann Bell", "Parent governor", "1/9/2022", "", "ann@oak.example", "Trustee of Elm; None", "Safeguarding"],
        ["Bo Clay", "Parent", "1 Sept 2022", "31/8/2023", "", "n/a", ""],
        ["Cy Dunn", "Parent", "2023-09-01", "", "", "", ""],
        ["Ann Bell", "Chair", "1/9/2023", "", "", "", ""],
    )
    assert not found.wrong and words_of_people(found) == "4 seats would be filled, 2 interests and courses written down"
    assert [(one.name, one.seat, str(one.until_on), one.email, one.is_over) for one in found.ready] == [
        ("Ann Bell", "p1", "2026-08-31", "ann@oak.example", False), ("Bo Clay", "p2", "2023-08-31", "", True),
        ("Cy Dunn", "p2", "2027-08-31", "", False), ("Ann Bell", "chair", "2024-08-31", "ann@oak.example", False),
    ]  # fmt: skip
    assert found.ready[0].entries == (("interest", "Trustee of Elm"), ("training", "Safeguarding"))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (["Ann", "Bell", "Parent", "1/9/2022", ""], "Ann Bell"),
        (["", "", "Parent", "1/9/2022", "Ann  Bell"], "Ann Bell"),  # the other column, where these are empty
        (["Ann", "Bell", "Parent", "1/9/2022", "Oak School"], "Ann Bell"),
    ],
)
def test_a_name_may_stand_in_two_columns(line: list[str], name: str) -> None:
    assert [one.name for one in look(line, head=["Forename", "Surname", "Role", "Appointed", "Name"]).ready] == [name]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(0, f"Ann {'b' * 116}"), (5, "x" * 300)],
    ids=["a name of 120 letters", "an interest of 300"],
)
def test_what_just_fits_is_taken(cell: int, text: str) -> None:
    line = ["Ann Bell", "Parent", "1/9/2022", "", "", "", ""]
    assert look([*line[:cell], text, *line[cell + 1 :]]).ready


@pytest.mark.parametrize(("last", "is_over"), [("20/3/2024", True), ("21/3/2024", False), ("", False)])
def test_a_time_is_over_after_its_last_day(last: str, is_over: bool) -> None:
    assert [one.is_over for one in look(["Ann Bell", "Headteacher", "1/9/2022", last]).ready] == [is_over]


def test_people_of_one_name_with_an_address_each_are_several() -> None:
    ann = [["Ann Bell", seat, "1/9/2022", "", email] for seat, email in (("LA", "a@oak.example"), ("Co-opted", "b@elm.example"))]
    found = look(*ann, ["Ann Bell", "Parent", "1/9/2022"])
    assert [one.email for one in found.ready] == ["a@oak.example", "b@elm.example", ""] and not found.wrong


@pytest.mark.parametrize(
    ("here", "has_account", "brought", "sat_until", "kept_and_added"),
    [
        (None, False, "ann@oak.example", None, (True, False)),  # somebody new
        ("", False, "ann@oak.example", None, (True, True)),  # here by name alone
        ("", False, "ann@oak.example", date(2024, 3, 21), (True, True)),
        ("", False, "ann@oak.example", date(2024, 3, 20), (False, False)),  # whose time is over
        ("", True, "ann@oak.example", None, (False, False)),  # with an account, and no address
        ("", False, "", None, (True, False)),
        ("ann@oak.example", True, "ann@oak.example", None, (True, False)),
        ("ann@oak.example", True, "", None, (True, False)),
    ],
)
def test_an_address_is_added_to_whom_is_here_by_name_alone(
    here: str | None, has_account: bool, brought: str, sat_until: date | None, kept_and_added: tuple[bool, bool]
) -> None:
    held = [TimeKnown("h", "hal", "Hal Head", "hal@oak.example", HERE)]
    sat = Span(HERE.from_on, sat_until)
    held += [TimeKnown("p1", "ann", "Ann Bell", here, sat, has_account=has_account)] if here is not None else []
    found = look(["Ann Bell", "Chair", "1/9/2022", "", brought], of=known(*held))  # a year that is over
    assert [(one.keeps_address, one.adds_address) for one in found.ready] == [kept_and_added]
    assert words_of_people(found).endswith("1 address added") is kept_and_added[1]


def test_an_address_alone_is_something_to_do_and_of_two_lines_the_first_does_it() -> None:
    held = [TimeKnown("p1", "ann", "Ann Bell", "", Span(date(2022, 9, 1), date(2026, 8, 31)))]
    line = ["Ann Bell", "Parent governor 1", "1/9/2022", "", "ann@oak.example"]
    found = look(line, ["Ann Bell", "Chair", "1/9/2022", "", "ann@oak.example"], of=known(*held))
    assert [(one.sits, one.adds_address) for one in found.ready] == [(False, True), (True, False)]
    assert words_of_people(found) == "1 seat would be filled, 1 address added"
    alone = look(line, of=known(*held))
    assert words_of_people(alone) == "1 address added" and not look([*line[:4], ""], of=known(*held)).ready


@pytest.mark.parametrize("excluding", ["h", "x"])
def test_a_line_says_why_a_seat_is_for_somebody_other_whichever_of_the_two_says_so(excluding: str) -> None:
    says = {"others": frozenset("hx") - {excluding}, "other_why": "so says the scheme"}
    seats = [SeatKnown(key, title, HERE, **(says if key == excluding else {})) for key, title in (("h", "Head"), ("x", "Expert"))]
    found = look(["Hal Head", "Expert", "1/1/2023"], of=known(TimeKnown("h", "hal", "Hal Head", "", HERE), seats=seats))
    why = "Hal Head holds the seat “Head”, and “Expert” is for somebody other: so says the scheme"
    assert [one.remedy for one in found.wrong] == [why]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["", "Parent", "1/9/2022"], "The name is missing"),
        (["Mr", "Parent", "1/9/2022"], "“Mr” is not a name"),
        (["Ann Bell", "", "1/9/2022"], "The seat is missing"),
        (
            ["Ann Bell", "Foundation", "1/9/2022"],
            "No seat here is called “Foundation”: write it as one of “Parent governor”, “C",
        ),
        (["Ann Bell", "Parent", ""], "First day: it is missing"),
        (["Ann Bell", "Parent", "spring"], "First day: “spring” is not a day. Write it like 1/9/2022"),
        (["Ann Bell", "Parent", "1/9/2022", "later"], "Last day: “later” is not a day"),
        (["Ann Bell", "Parent", "1/9/2022", "31/8/2022"], "Last day: 31 August 2022 is before the first day, 1 September 2022"),
        (
            ["Ann Bell", "Parent", "1/9/2019"],
            "“Parent governor 1” is there from 1 September 2020 on: enter that day",
        ),
        (["Ann Bell", "Parent", "1/9/2029"], "Enter a first day within the next two years"),
        (["Ann Bell", "Parent", "1/9/2022", "", "ann at oak"], "Enter an e-mail address like"),
        (["Ann Bell", "Parent", "1/9/2022", "", "", "x" * 301], "Interests: 301 letters in one. Shorten it to 300"),
        (["A" * 30_000, "Parent", "1/9/2022"], "in at most 120 letters"),
        (["=cmd|' /C calc'!A0", "Parent", "1/9/2022"], "is a formula"),
        (["Ann Bell", "Headteacher", "1/1/2023"], "Hal Head holds “Headteacher” from 1 September 2021: correct the days"),
        (["Hal Head", "Parent", "1/1/2023"], "Hal Head sits here already, on the seat “Headteacher”"),
        (["Hal Head", "Headteacher", "1/1/2023"], "Hal Head holds “Headteacher” from 1 September 2021: correct the days"),
        (["Ann Bell", "Headteacher", "1/9/2021"], "Hal Head holds “Headteacher” from 1 September 2021: correct the days"),
        (
            ["Hal Head", "Chair", "1/1/2023", "", "other@oak.example"],
            "Hal Head is here with another e-mail address",
        ),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_remedy(line: list[str], why: str) -> None:
    hal = TimeKnown("h", "hal", "Hal Head", "hal@oak.example", Span(date(2021, 9, 1), None))
    found = look(["Zoe Young", "Co-opted", "1/9/2022"], line, of=known(hal))
    assert [one.number for one in found.wrong] == [3] and why in found.wrong[0].remedy, found.wrong
    assert [one.name for one in found.ready] == ["Zoe Young"]


def test_lines_that_do_not_go_together_name_each_other() -> None:
    ann = ["Ann Bell", "LA", "1/9/2022", "", "ann@oak.example"]
    assert "The same as line 2" in look(ann, ann).wrong[0].remedy
    assert "Line 2 gives “Local authority governor” to Ann Bell" in look(ann, ["Bo Clay", "LA", "1/9/2023"]).wrong[0].remedy
    assert "Ann Bell sits here already" in look(ann, ["Ann Bell", "Parent", "1/9/2023"]).wrong[0].remedy
    shared = ["Bo Clay", "Parent", "1/9/2022", "", "ann@oak.example"]
    assert "Line 2 gives ann@oak.example to Ann Bell" in look(ann, shared).wrong[0].remedy
    full = look(*[[f"{name} Bell", "Parent", "1/9/2022"] for name in ("Ann", "Bo", "Cy")])
    assert "None of the 2 seats “Parent governor” is free on all these days. Line 2 gives" in full.wrong[0].remedy
    twins = [TimeKnown("p1", key, "Jo Day", "", Span(date(2021, 1, at), date(2021, 1, at))) for at, key in ((1, "a"), (2, "b"))]
    assert "Several people called Jo Day" in look(["Jo Day", "Parent", "1/9/2022"], of=known(*twins)).wrong[0].remedy
    both = [SeatKnown("a", "Staff", HERE), SeatKnown("b", "Staff governor", HERE)]
    assert (
        "may be “Staff” or “Staff governor”"
        in look(["Ann Bell", "Elected staff", "1/9/2022"], of=known(seats=both)).wrong[0].remedy
    )


def test_what_is_here_already_is_passed_over_and_said() -> None:
    span = Span(date(2022, 9, 1), date(2026, 8, 31))
    ann = TimeKnown("p2", "ann", "Ann Bell", "ann@oak.example", span)
    stated = frozenset({("ann", "interest", "Trustee of Elm")})
    line = ["Anna Bell", "Parent", "1/9/2022", "", "ann@oak.example", "Trustee of Elm"]
    found = look(
        line,
        ["Vacant", "Co-opted", ""],
        ["Any Head", "Headteachers of member schools", "1/9/2022"],
        of=known(ann, entries=stated),
    )
    assert not found.ready and not found.wrong
    assert [(one.number, one.remedy) for one in found.needless] == [
        (2, "Anna Bell holds “Parent governor 2” for the same days already"), (3, "A vacancy: nobody to bring"),
        (4, "Whoever holds the post sits on “Headteachers of member schools” by that fact: nobody is brought there"),
    ]  # fmt: skip
    more = look([*line[:5], "Trustee of Elm; Governor of Fir"], of=known(ann, entries=stated)).ready
    assert [(one.sits, one.holder, one.entries) for one in more] == [(False, "ann", (("interest", "Governor of Fir"),))]
    acting = TimeKnown("la", "x", "Xi Young", "", Span(date(2022, 1, 1), None), is_acting=True)
    assert look(["Ann Bell", "LA", "1/9/2022"], of=known(acting)).ready  # who acts makes way
    assert "Xi Young holds" in look(["Ann Bell", "LA", "1/1/2022"], of=known(acting)).wrong[0].remedy  # not from their first day
    elsewhere = TimeKnown("made meanwhile", "ann", "Ann Bell", "", HERE)
    assert look(["Ann Bell", "LA", "1/9/2022"], of=known(elsewhere)).ready


def test_two_thousand_lines_are_looked_through() -> None:
    seats = [SeatKnown(f"s{at}", f"Seat {chr(65 + at)}", HERE, 1) for at in range(20)]
    days = [f"{date(2020, 9, 1) + timedelta(days=at):%d/%m/%Y}" for at in range(100)]
    lines = [[f"Ann Bell{one.title[-1].lower()}", one.title, day, day] for one in seats for day in days]
    found = look(*lines, of=known(seats=seats))
    assert len(found.ready) == 2000 and not found.wrong
