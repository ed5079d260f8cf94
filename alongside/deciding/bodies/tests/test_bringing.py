"""A body's people brought along from another list: all or none of them, once, and the page."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.actions import bringing as actions, people, tenures
from alongside.deciding.bodies.actions.bringing import PeopleBrought
from alongside.deciding.bodies.models import Body, Holder, HolderEntry, Tenure
from alongside.deciding.bodies.queries.bringing import body_known
from alongside.deciding.bodies.rules.bringing import look_at_people, words_of_people
from alongside.deciding.bodies.rules.columns import MEANINGS
from alongside.deciding.bodies.rules.people import EntryKind
from alongside.deciding.bodies.tests.make import FIRST, SYSTEM, Board, body_of, seat_of
from alongside.deciding.bodies.tests.test_bringing_lines import HEAD
from alongside.ground.audit.models import Event
from alongside.ground.core import keys
from alongside.ground.core.columns import read_sheet
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.tests.make import person
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import workbook
from tests.signing_in import enter

pytestmark = pytest.mark.on(2024, 3, 21)


@pytest.fixture
def board(db: None) -> Board:
    return Board()


@pytest.fixture
def body(board: Board) -> Body:
    return body_of(board.partnership, "maintained", name="Governors of Oak", school=board.schools["Oak"])


LINES = [
    ["Ann Bell", "Parent governor", "1/9/2022", "", "ann@oak.example", "Trustee of Elm; Sister teaches here", "Safeguarding"],
    ["Bo Clay", "Parent", "1 Sept 2022", "31/8/2023", "bo@oak.example", "Shop", ""],
    ["Cy Dunn", "Co-opted", "2023-09-01", "", "", "none", ""],
]


def rows_of(*lines: list[str]) -> tuple[list[list[str]], dict[str, int]]:
    rows = [["Governors of Oak; printed 1/3/2024"], [], HEAD, *lines]
    return rows, dict(read_sheet(rows, MEANINGS).at)


def bring(board: Board, body: Body, *lines: list[str], key: str = "", **more: Any) -> PeopleBrought:
    rows, columns = rows_of(*lines)
    said = {"rows": rows, "columns": columns, "seen": UNSEEN, "key": key or keys.new_key(), "by": board.manager, **more}
    return actions.bring_people(body=body, **said)


def test_all_of_a_sheet_sit_by_the_usual_deeds_and_twice_is_once(board: Board, body: Body) -> None:
    key = keys.new_key()
    assert bring(board, body, *LINES, key=key) == (3, 3, 0, 0)
    held = Tenure.objects.filter(seat__body=body).order_by("holder__name").values_list("holder__name", "seat__title", "until_on")
    assert list(held) == [
        ("Ann Bell", "Parent governor 1", date(2026, 8, 31)), ("Bo Clay", "Parent governor 2", date(2023, 8, 31)),
        ("Cy Dunn", "Co-opted governor 1", date(2027, 8, 31)),
    ]  # fmt: skip
    ann, cy = (Holder.objects.get(name=name) for name in ("Ann Bell", "Cy Dunn"))
    assert Person.objects.get(pk=ann.person).email == "ann@oak.example" and cy.person == ""
    assert set(HolderEntry.objects.values_list("holder__name", "words")) == {
        ("Ann Bell", "Trustee of Elm"), ("Ann Bell", "Sister teaches here"), ("Ann Bell", "Safeguarding"),
    }  # fmt: skip
    assert [one.to for one in Notice.objects.all()] == ["ann@oak.example"]  # whose time is over hears nothing
    acts = list(Event.objects.filter(act__startswith="bodies.").values_list("act", flat=True))
    assert acts.count("bodies.appoint") == acts.count("bodies.add_entry") == 3 and acts[-1] == "bodies.bring_people"
    assert bring(board, body, *LINES, key=key)[0] == 3  # the same press
    assert bring(board, body, *LINES) == (0, 0, 3, 0)  # the same file
    more, again = [[*LINES[0][:5], "Trustee of Elm; Governor of Fir"], *LINES[1:]], keys.new_key()
    assert bring(board, body, *more, key=again) == (0, 1, 2, 0) and bring(board, body, *more, key=again).entries == 0
    assert (Tenure.objects.filter(seat__body=body).count(), HolderEntry.objects.count(), Notice.objects.count()) == (3, 4, 1)


def test_a_bad_line_stops_all_and_is_named(board: Board, body: Body) -> None:
    events = Event.objects.count()
    with pytest.raises(Invalid, match="put right what is listed below"):
        bring(board, body, *LINES, ["Dee East", "Parent", "soon"])
    seat = seat_of(body, "Headteacher")  # a rule that only the deed knows: today's head of a member school
    tenures.appoint(seat=seat, name="Hal Head", from_on=FIRST, until_on=FIRST, key=keys.new_key(), by=board.manager)
    stranger = person("Eve Fox", Post.SCHOOL_ADMIN, school=board.schools["Elm"])
    email = Person.objects.get(pk=stranger.person).email or ""
    with pytest.raises(Invalid, match=r"Line 7: Eve Fox: is not head of a member school\. Nobody was brought along"):
        bring(board, body, *LINES, ["Eve Fox", "Headteacher", "1/4/2024", "", email])
    assert not Holder.objects.exclude(name="Hal Head").exists() and not Notice.objects.exists()
    assert not HolderEntry.objects.exists() and Event.objects.count() == events + 1


def test_only_what_was_seen_is_done_and_only_by_who_keeps_the_body(board: Board, body: Body) -> None:
    with pytest.raises(Conflict, match="Nobody was brought along"):
        bring(board, body, *LINES, seen="0123456789abcdef 2 seats would be filled")
    rows, columns = rows_of(*LINES)
    with pytest.raises(Invalid, match="say which column holds Name"):
        bring(board, body, *LINES, columns={})
    looked = look_at_people(read_sheet(rows, MEANINGS, columns), body_known(body, viewer=SYSTEM))
    seen = str(looked.on_page(words_of_people(looked)))
    with pytest.raises(Refused, match="clerk of the body"):
        bring(board, body, *LINES, seen=seen, by=board.heads["Oak"])
    seat = body.seats.create(partnership=board.partnership, title="Clerk", duty="clerk", votes=False, filling="ex_officio",
                             from_on=FIRST)  # fmt: skip
    clerk = person("Col Clerk", Post.SCHOOL_ADMIN, school=board.schools["Elm"])
    tenures.appoint(seat=seat, person=clerk.person or "", from_on=FIRST, key=keys.new_key(), by=board.manager)
    clerk = standing_of(Person.objects.get(pk=clerk.person))
    assert bring(board, body, *LINES, seen=seen, by=clerk).seats == 3


def test_who_is_here_by_name_stays_one_person_and_what_they_stated_stays(board: Board, body: Body) -> None:
    said = {"from_on": date(2022, 9, 1), "key": keys.new_key(), "by": board.manager}
    ann = tenures.appoint(seat=seat_of(body, "Parent governor 1"), name="Ann Bell", **said).holder
    entry = {"kind": EntryKind.INTEREST, "words": "Trustee of Elm", "from_on": FIRST, "key": keys.new_key()}
    people.add_entry(holder=ann, **entry, by=board.manager)
    chair = ["Ann Bell", "Chair", "1/9/2023", "", "ann@oak.example", "Trustee of Elm"]
    assert bring(board, body, chair) == (1, 0, 0, 1) and Holder.objects.count() == 1
    ann.refresh_from_db()
    assert Person.objects.get(pk=ann.person).email == "ann@oak.example"
    assert [one.to for one in Notice.objects.all()] == ["ann@oak.example"] * 2, (
        "she hears of the seat that she had, and of the new"
    )
    assert bring(board, body, chair) == (0, 0, 1, 0)


def test_the_page_says_that_an_address_is_added(board: Board, body: Body) -> None:
    tenures.appoint(
        seat=seat_of(body, "Parent governor 1"), name="Ann Bell", from_on=date(2022, 9, 1), key=keys.new_key(), by=board.manager
    )
    desk = Desk(board, body)
    page = desk.upload(b"Name,Category,Appointed,Email\nAnn Bell,Parent governor 1,1/9/2022,ann@oak.example\n")
    assert "Here by name until now: added" in page and "1 person with an e-mail address can sign in" in page
    done = desk.send(**carried(page, "rows", "columns", "key", "seen"))
    assert "1 address added. Messages to who can sign in are" in done


class Desk:
    """The office's browser at the page."""

    def __init__(self, board: Board, body: Body) -> None:
        self.client = enter(Client(), Person.objects.get(pk=board.manager.person))
        self.address = reverse("bodies:bring_people", args=[board.partnership.slug, body.pk])

    def send(self, **typed: object) -> str:
        """What the page says then."""
        return self.client.post(self.address, typed, follow=True).content.decode()

    def upload(self, data: bytes, name: str = "governors.csv") -> str:
        """What it says to a file."""
        return self.send(file=SimpleUploadedFile(name, data))


def carried(page: str, *names: str) -> dict[str, str]:
    """What the page carries unseen."""
    found = {name: re.findall(rf'name="{name}" value="([^"]*)"', page) for name in names}
    return {name: unescape(values[-1]) for name, values in found.items()}


CSV = """Governors of Oak; printed 1/3/2024
Governor name,Category,Date of appointment,Term ends,Email,Phone,Declaration of interest
Ann Bell,Parent governor,1/9/2022,,ann@oak.example,1,"Trustee of Elm
Sister teaches here"
Bo Clay,Co-opted,1 Sept 2022,31/8/2026,,2,nil
"""


def test_a_sheet_is_brought_along_from_upload_to_done(board: Board, body: Body) -> None:
    desk = Desk(board, body)
    link = reverse("bodies:body", args=[board.partnership.slug, body.pk])
    assert desk.address in desk.client.get(link).content.decode()
    assert "Last day" in desk.client.get(desk.address).content.decode()
    page = desk.upload(CSV.encode())
    for words in ("2 seats would be filled, 2 interests and courses", "Not read: “Phone”", "Name from “Governor name”",
                  "1 person with an e-mail address can sign in", "31 August 2026"):  # fmt: skip
        assert words in unescape(page), words
    said = carried(page, "rows", "columns", "key", "seen")
    bad = desk.upload(CSV.replace("1 Sept 2022", "soon").encode())
    assert "1 line to put right" in bad and "Line 4" in bad and "“soon” is not a day" in bad and 'name="key"' not in bad
    done = unescape(desk.send(**said))
    assert "2 seats are filled, 2 interests and courses written down." in done
    assert "Everybody who sat here" in done and "Ann Bell" in done and Tenure.objects.filter(seat__body=body).count() == 2
    desk.send(**said)
    assert Tenure.objects.filter(seat__body=body).count() == 2
    assert "Nothing to bring" in desk.upload(CSV.encode())


def test_which_column_is_which_is_asked_where_the_headings_do_not_say(board: Board, body: Body) -> None:
    desk = Desk(board, body)
    data = workbook(["Who", "As what", "Since", "Contact"], ["Ann Bell", "Parent", date(2022, 9, 1), "ann@oak.example"])
    page = desk.upload(data, "governors.xlsx")
    assert "Which column is which?" in page and "Name, Seat, First day" in page and "B: As what" in page
    rows = carried(page, "rows")
    wrong = desk.send(**rows, column_name="0", column_seat="0")
    assert "Column A is chosen for “Name” already" in wrong and "Choose the column that holds: First day" in unescape(wrong)
    looked = desk.send(**rows, column_name="0", column_seat="1", column_from_on="2")
    assert "1 seat would be filled" in looked and "Not read: “Contact”" in looked
    assert "1 seat is filled." in desk.send(**carried(looked, "rows", "columns", "key", "seen"))
    assert Tenure.objects.get(seat__body=body).from_on == date(2022, 9, 1)


@pytest.mark.parametrize(
    "typed",
    [
        {"rows": "[", "key": "x"}, {"rows": "[[1]]"}, {"rows": ""}, {"key": "0" * 12}, {},
        {"rows": "{}", "columns": "[1]", "key": "0"},
        {"rows": '[["Name"]]', "columns": '{"name": "x", "seat": 99999}', "key": "0" * 12, "seen": ""},
        {"rows": '[["Name"]]', "column_name": "77"},
    ],
)  # fmt: skip
def test_nonsense_brings_nobody(typed: dict[str, str], board: Board, body: Body) -> None:
    desk = Desk(board, body)
    assert desk.client.post(desk.address, typed).status_code in {200, 302}
    assert not Tenure.objects.exists()


def test_what_is_no_sheet_is_said_beside_the_file(board: Board, body: Body) -> None:
    desk = Desk(board, body)
    assert "This file is empty" in desk.upload(b" ") and "There is a problem" in desk.send()
    assert "holds too much text" in desk.upload(b"Name,Role\n" + (b"x" * 99_000 + b",x\n") * 11)
