"""Inviting many people from one sheet: read whatever the spreadsheet wrote, all lines or none, each wrong one with its remedy."""

import csv
import html
import io
import random
import re
import time
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from alongside.ground.core.sheets import rows_of, unread_in
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Invalid, Refused
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import offers
from alongside.members.people.models import Invitation
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.bulk import columns_of
from alongside.members.people.tests.make import admitted, case, holder, person, role, workbook
from alongside.members.schools.tests.make import school as new_school
from tests.figures import Figure
from tests.shown import seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
HEAD = "Name,E-mail,Post,URN\r\n"


@pytest.fixture
def elm() -> Partnership:
    made = new_partnership("Elm Valley")
    admitted(
        made,
        *(new_school(f"School {number}", urn=900_500 + number) for number in range(6)),
        new_school("Twin", urn=900_600),
        new_school("Twin", urn=900_601),
    )
    return made


@pytest.fixture
def office(elm: Partnership) -> Client:
    client = Client()
    client.force_login(holder(Post.MANAGER, elm)[0])
    return client


def sheet(text: str | bytes, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def look(office: Client, elm: Partnership, data: str | bytes) -> str:
    return str(office.post(reverse("people:invite_many", args=[elm.slug]), {"file": sheet(data)}).content.decode())


def send(office: Client, elm: Partnership, page: str) -> Any:
    rows = re.search(r'name="rows" value="([^"]*)"', page, re.DOTALL)
    assert rows, page
    said = {"rows": html.unescape(rows[1]), "seen": seen_on(page)}
    return office.post(reverse("people:invite_many", args=[elm.slug]), said, follow=True)


def test_a_sheet_invites_those_whom_its_page_showed(office: Client, elm: Partnership) -> None:
    page = look(office, elm, HEAD + "Sam Okafor,sam@oak.example,head,900500\nBo Okafor,bo@oak.example,head,900501\n")
    other = look(office, elm, HEAD + "Sam Okafor,sam@oak.example,head,900500\n")
    assert b"1 invitation on the way" in send(office, elm, other).content
    refused = send(office, elm, page)
    assert refused.status_code == 409 and b"You saw 2 people; by now it is 1 person." in refused.content
    assert Invitation.objects.count() == 1


def test_a_dry_run_and_then_the_invitations(
    office: Client, elm: Partnership, mailoutbox: list, django_capture_on_commit_callbacks: Any
) -> None:
    text = HEAD + "Sam Okafor,Sam@Oak.example,headteacher,900500\r\n,,,900501\r\nBo,bo@oak.example,Bursar,900502\r\n"
    page = look(office, elm, text)
    assert "2 people would be invited" in page and "School 0" in page and "School business manager" in page
    assert not Invitation.objects.exists() and not mailoutbox
    with django_capture_on_commit_callbacks(execute=True):
        done = send(office, elm, page)
    assert b"2 invitations on the way" in done.content
    assert {(one.email, one.post) for one in Invitation.objects.all()} == {
        ("sam@oak.example", "head"),
        ("bo@oak.example", "business_manager"),
    }
    assert {one.to[0] for one in mailoutbox} == {"sam@oak.example", "bo@oak.example"}
    assert "Nobody to invite" in look(office, elm, text), "the same sheet would invite again"
    assert b"0 invitations" in send(office, elm, page).content and Invitation.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        (",bo@oak.example,Head,900500", "Enter the person"),
        ("Bo,not an address,Head,900500", "Enter an e-mail address like"),
        ("Bo,bo@oak.example,Wizard,900500", "Write the post as one of"),
        ("Bo,bo@oak.example,Partnership manager,900500", "Write the post as one of"),
        ("Bo,bo@oak.example,Head,123456", "No school of this partnership has the URN 123456"),
        ("Bo,bo@oak.example,Head,twelve", "No school of this partnership has the URN twelve"),
        ("Bo,bo@oak.example,Head,", "Enter the school"),
        ("Bo,<b>x</b>@oak.example,Head,900500", "Enter an e-mail address like"),
    ],
)
def test_one_wrong_line_stops_all_and_says_what_to_do(office: Client, elm: Partnership, line: str, remedy: str) -> None:
    page = look(office, elm, f"{HEAD}Sam,sam@oak.example,Head,900500\r\n{line}\r\n")
    assert "1 line to put right" in page and remedy in page and ">Line 3<" in page and 'name="rows"' not in page
    rows = list(csv.reader(io.StringIO(f"{HEAD}Sam,sam@oak.example,Head,900500\r\n{line}")))
    with pytest.raises(Invalid):
        offers.invite_many(partnership=elm, rows=rows, seen=UNSEEN, by=standing_of(role(Post.MANAGER, elm).person))
    assert not Invitation.objects.exists()


def test_a_school_by_its_name_unless_two_have_it(office: Client, elm: Partnership) -> None:
    head = "Email;School;Role;Full name\n"
    assert "1 person would be invited" in look(office, elm, head + "a@b.example;school  3;Chair;Al\n")
    assert "2 schools of this partnership have this name" in look(office, elm, head + "a@b.example;Twin;Chair;Al\n")
    assert "No school of this partnership has this name" in look(office, elm, head + "a@b.example;Nowhere;Chair;Al\n")


def test_the_same_line_twice_and_who_is_there_already(office: Client, elm: Partnership) -> None:
    place = elm.memberships.get(school__current__urn=900_500).school
    role(Post.HEAD, place, person("Ada", email="ada@oak.example"))
    twice = "Bo,bo@oak.example,Head,900500\r\n" * 2
    page = look(office, elm, HEAD + "Ada,ada@oak.example,Head,900500\r\n" + twice)
    assert "The same as line 3" in page
    page = look(office, elm, HEAD + "Ada,ada@oak.example,Head,900500\r\nBo,bo@oak.example,Head,900500\r\n")
    assert "1 person would be invited" in page and "holds this post already" in page


def test_what_a_workbook_hides_is_not_read_and_said_so(office: Client, elm: Partnership) -> None:
    book = Workbook()
    last, heads, more = book.active, book.create_sheet("Heads"), book.create_sheet("Governors")
    last.title, last.sheet_state, book.create_sheet("Notes").sheet_state = "Last year", "hidden", "veryHidden"
    for sheet_, names in ((last, "X"), (heads, "ABCD"), (more, "G")):
        sheet_.append(["Name", "E-mail", "Post", "URN"])
        for name in names:
            sheet_.append([f"{name} Bell", f"{name}@x.example", "Head", 900500])
    for number in (3, 5, 9):  # the last without anybody
        heads.row_dimensions[number].hidden = True
    out = io.BytesIO()
    book.save(out)
    assert [row[0] for row in rows_of(out.getvalue()) if row] == ["Name", "A Bell", "C Bell"]
    hidden = "2 lines of the sheet are hidden, by a filter or by hand, and not read: 3 and 5"
    other = "Only the sheet “Heads” was read, not “Last year” (hidden) and “Governors”"
    assert unread_in(out.getvalue()) == [hidden, other] and unread_in(b"Name,E-mail") == []
    page = look(office, elm, out.getvalue())
    assert "2 people would be invited" in page and page.index(hidden) < page.index(other) < page.index("Send 2 invitations")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"PK\x03\x04 not a workbook", b"a\x00b,c\n", bomb(), b"x" * 2_000_001])
def test_what_is_no_sheet_is_refused_kindly(office: Client, elm: Partnership, data: bytes) -> None:
    page = look(office, elm, data)
    assert "There is a problem" in page and not Invitation.objects.exists()


def test_a_sheet_without_its_columns_says_which(office: Client, elm: Partnership) -> None:
    page = look(office, elm, "Nome,Posta\nBo,bo@x.example\n")
    assert "Missing: “Name”, “E-mail”, “Post”, “URN”" in page
    assert columns_of([" NAME ", "mail", "job", "Establishment Name"]) == {"name": 0, "email": 1, "post": 2, "school": 3}


def test_the_sheet_to_fill_in_comes_back_as_it_went(office: Client, elm: Partnership) -> None:
    admitted(elm, new_school("=HYPERLINK(1)", urn=900_700))
    answer = office.get(reverse("people:invite_template", args=[elm.slug]))
    text = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK(1)" in text and "900500,School 0" in text
    assert "Nobody to invite" in look(office, elm, text)
    filled = text.replace(",,,900700,", "Bo,bo@x.example,Head,,")
    assert "1 person would be invited" in look(office, elm, filled)


@pytest.mark.slow
def test_a_thousand_people_at_once(office: Client, elm: Partnership, figure: Figure) -> None:
    text = HEAD + "".join(f"Person {n},p{n}@x.example,Head,{900_500 + n % 6}\r\n" for n in range(1_000))
    with CaptureQueriesContext(connection) as queries:
        page = look(office, elm, text)
    asked_of = len(queries)
    assert "1,000 people would be invited" in page and asked_of < 20
    began = time.monotonic()
    done = send(office, elm, page)
    assert b"1,000 invitations on the way" in done.content and Invitation.objects.count() == 1_000
    figure("R2", f"a sheet of 1,000 people looked through in {asked_of} queries, invited in {time.monotonic() - began:.1f} s")


@pytest.mark.slow
def test_a_mutilated_sheet_never_breaks_the_page(office: Client, elm: Partnership, figure: Figure) -> None:
    good = (HEAD + "Sam,sam@oak.example,Head,900500\r\nBo,bo@x.example,Chair,School 2\r\n").encode()
    book = workbook(["Name", "E-mail", "Post", "URN"], ["Sam", "sam@oak.example", "Head", 900_500])
    chance, tried = random.Random(7), 0
    for data in (good, book):
        for _ in range(150):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 8)):
                match chance.randrange(3):
                    case 0:
                        broken[chance.randrange(len(broken))] = chance.randrange(256)
                    case 1:
                        del broken[chance.randrange(len(broken)) :][: chance.randint(1, 40)]
                    case _:
                        at = chance.randrange(len(broken))
                        broken[at:at] = chance.randbytes(chance.randint(1, 9))
            answer = office.post(reverse("people:invite_many", args=[elm.slug]), {"file": sheet(bytes(broken) or b"x")})
            tried += 1
            assert answer.status_code == 200
    assert not Invitation.objects.exists()
    figure("promise 17", f"{tried} mutilated sheets of people, 0 tracebacks, 0 invitations")


def test_only_the_office_sends_a_sheet(elm: Partnership) -> None:
    place = elm.memberships.get(school__current__urn=900_500).school
    with pytest.raises(Refused):
        offers.invite_many(partnership=elm, rows=[["Name"]], seen=UNSEEN, by=holder(Post.HEAD, place)[1])


def test_letters_that_are_guessed_are_shown_before_anything_is_sent(office: Client, elm: Partnership) -> None:
    sheet = case("14-mac-roman.csv").replace(b"900032", b"900500")
    assert "Are these names right?</strong> Zoë Bell." in look(office, elm, sheet)
    assert "Are these names right" not in look(office, elm, sheet.decode("mac_roman"))
    assert "Are these names right?</strong> Zoë Bell." in look(office, elm, HEAD + "ZoÃ« Bell,z@elm.example,head,900500\n")
