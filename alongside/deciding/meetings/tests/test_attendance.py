"""How often governors and trustees came is published with their body, as its kind has it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.actions import bodies, tenures
from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import BodyKind, publishes_attendance
from alongside.deciding.bodies.tests.make import body_of, seat_of
from alongside.deciding.meetings.actions import holding
from alongside.deciding.meetings.models import Meeting
from alongside.deciding.meetings.queries.lists import attendance_of
from alongside.deciding.meetings.queries.planning import roster
from alongside.deciding.meetings.rules.kinds import Attendance
from alongside.deciding.meetings.tests.make import FIRST, SYSTEM, Meets
from alongside.ground.core import clock, keys
from tests.visiting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]


@pytest.mark.parametrize("kind", BodyKind)
def test_of_governors_trustees_and_local_governors_attendance_is_published(kind: BodyKind) -> None:
    assert publishes_attendance(kind) is (kind in {BodyKind.MAINTAINED, BodyKind.TRUST_BOARD, BodyKind.LOCAL})


def governors(board: Meets) -> Body:
    """A governing body with a clerk, of which Ann came three times and Ben twice; shown to everybody."""
    body = body_of(board.partnership, "maintained", name="Governors of Oak", school=board.schools["Oak"])
    for title, name in (("Co-opted governor 1", "Ann"), ("Co-opted governor 2", "Ben"), ("Clerk", "Cleo")):
        tenures.appoint(seat=seat_of(body, title), name=name, from_on=FIRST, key=keys.new_key(), by=board.manager)
    for on, ben in ((FIRST, Attendance.VIDEO), (date(2022, 6, 20), Attendance.EXCUSED), (date(2022, 9, 12), Attendance.HERE)):
        meeting = board.planned(on, body)
        with clock.at(clock.start_of(on, 18)):
            came = {one.key: ben if one.name == "Ben" else Attendance.HERE for one in roster(body, on, viewer=SYSTEM).members}
            holding.take_register(meeting=meeting, came=came, deputies={}, by=board.manager)
            holding.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=board.manager)
    board.planned(date(2022, 11, 28), body)
    said = {"name": body.name, "about": "", "shown": "public", "is_public": True}
    return bodies.change_body(body=body, **said, version=body.version, by=board.manager)


def test_the_attendance_of_the_last_academic_year_stands_on_the_public_page_of_governors() -> None:
    board = Meets()
    body, visitor = governors(board), Client()
    args = [board.partnership.slug, body.pk]
    public, page = reverse("bodies:public", args=args), reverse("meetings:attendance", args=args)
    assert "Attendance at meetings" not in text_of(visitor.get(public)), "no year is over yet"
    assert visitor.get(page).status_code == 404
    with clock.at(clock.start_of(date(2022, 10, 3), 9)):
        assert page in (shown := visitor.get(public).content.decode()) and "Attendance at meetings, 2021/22" in shown
        assert [(one.name, one.came, one.of) for one in attendance_of(body, viewer=SYSTEM)] == [("Ann", 2, 2), ("Ben", 1, 2)]
        assert "Attendance, 2021/22" in (text := text_of(visitor.get(page))) and "Cleo" not in text
        assert text_of(visitor.get(f"{page}?as=csv")).splitlines()[-2:] == [
            "Ann (Co-opted governor 1),2,2",
            "Ben (Co-opted governor 2),1,2",
        ]
    board_page = reverse("meetings:attendance", args=[board.partnership.slug, board.body.pk])
    with clock.at(clock.start_of(date(2022, 10, 3), 9)):
        assert visitor.get(board_page).status_code == 404, "the partnership’s own board publishes none"
        bodies.change_body(
            body=body, name=body.name, about="", shown="body", is_public=False, version=body.version, by=board.manager
        )
        assert visitor.get(page).status_code == 404


def test_who_left_more_than_a_year_ago_stands_there_no_more() -> None:
    board = Meets()
    body = governors(board)
    ben = tenures.Tenure.objects.get(holder__name="Ben")
    with clock.at(clock.start_of(date(2022, 9, 30), 9)):
        said = {"from_on": FIRST, "until_on": date(2022, 9, 20), "ended_because": "Moved", "version": ben.version}
        tenures.change_tenure(tenure=ben, **said, by=board.manager)
    for on, names in ((date(2023, 8, 31), ["Ann", "Ben"]), (date(2023, 9, 21), ["Ann"])):
        with clock.at(clock.start_of(on, 9)):
            assert [one.name for one in attendance_of(body, viewer=SYSTEM)] == names, on
