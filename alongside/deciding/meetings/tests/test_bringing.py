"""Open actions brought along from another list: what each line means, all or none of them, once, and the page."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alongside.deciding.meetings.actions import bringing as actions, following
from alongside.deciding.meetings.actions.bringing import ActionsBrought
from alongside.deciding.meetings.models import ActionPoint
from alongside.deciding.meetings.queries.agendas import agenda_of
from alongside.deciding.meetings.rules.bringing import (
    MEANINGS,
    ActionLine,
    ActionsKnown,
    is_closed,
    look_at_actions,
    words_of_actions,
)
from alongside.deciding.meetings.tests.make import FIRST, LATER, SYSTEM, Meets
from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.columns import LookedAt, read_sheet
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.tests.make import browser
from alongside.members.notices.models import Notice

pytestmark = pytest.mark.on(2022, 3, 21)
HEAD = ["Action", "Owner", "Due date", "Status", "Confidential"]
KNOWN = ActionsKnown(
    {"a": "Ann Bell", "b": "Bo Clay", "c": "Jo Day", "d": "Jo Day"},
    frozenset({("write to parents", "ann bell", date(2022, 4, 1))}),
)


def look(*lines: list[str]) -> LookedAt[ActionLine]:
    return look_at_actions(read_sheet([HEAD, *lines], MEANINGS), KNOWN)


def test_a_line_is_an_action_of_somebody_who_sits_there_or_of_a_name() -> None:
    found = look(["Write  policy", "ANN BELL", "1 Sept 2022", "In progress", "No"], ["Ask", "The council", "1/4/2022", "", "yes"])
    assert not found.wrong and words_of_actions(found) == "2 open actions would be written down"
    assert found.ready == [
        ActionLine(2, "Write policy", "Ann Bell", "a", date(2022, 9, 1), False),
        ActionLine(3, "Ask", "The council", "", date(2022, 4, 1), True),
    ]
    passed = look(["Write to parents", "Ann Bell", "1/4/2022"], ["Ask", "Bo Clay", "", "Completed"]).needless
    assert [(one.number, one.remedy[:12]) for one in passed] == [(2, "This action "), (3, "It is done a")]


@pytest.mark.parametrize(
    ("state", "closed"),
    [
        ("", False), ("Open", False), ("In progress", False), ("Not started", False), ("not complete", False), ("50%", False),
        ("Ongoing", False), ("Carried forward", False), ("No", False), ("Completed", True), ("12/10/2023", True),
        ("Completed 12/10/2023", True), ("Done - see minutes", True), ("100%", True), ("TRUE", True), ("Superseded", True),
        ("Yes", True), ("see SBM", None), ("half, 50%", None), ("?", None), ("Amber", None),
    ],
)  # fmt: skip
def test_what_is_done_elsewhere_is_known_by_its_words_or_asked_about(state: str, closed: bool | None) -> None:
    assert is_closed(state) is closed


@pytest.mark.parametrize(("words", "owner"), [("x" * 500, "Ann Bell"), ("Write", "y" * 120)], ids=["what", "who"])
def test_what_just_fits_is_taken(words: str, owner: str) -> None:
    assert look([words, owner, "1/4/2022"]).ready


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (["", "Ann Bell", "1/4/2022"], "Enter what is to be done"),
        (["x" * 30_000, "Ann Bell", "1/4/2022"], "in at most 500 letters: these are 30,000"),
        (["Write", "", "1/4/2022"], "Enter who does it"), (["Write", "x" * 121, "1/4/2022"], "Enter who does it"),
        (["Write", "Jo Day", "1/4/2022"], "2 people who sit here are called Jo Day"),
        (["Write", "Ann Bell", ""], "By when: it is missing"), (["Write", "Ann Bell", "asap"], "By when: “asap” is not a day"),
        (["Write", "Ann Bell", "1/4/2022", "", "perhaps"], "“perhaps” is neither yes nor no"),
        (["Write", "Ann Bell", "1/4/2022", "Amber"], "“Amber” says neither that it is open nor that it is done"),
        (["=1+1", "Ann Bell", "1/4/2022"], "is a formula"), (["First", "bo clay", "2022-04-01"], "The same as line 2"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_named_with_its_remedy(line: list[str], why: str) -> None:
    found = look(["First", "Bo Clay", "1/4/2022"], line)
    assert [one.number for one in found.wrong] == [3] and why in found.wrong[0].remedy, found.wrong


def test_no_heading_means_two_things() -> None:
    words = [word for one in MEANINGS for word in one.words]
    assert len(words) == len(set(words))


LINES = [["Write to parents", "Lee Adams", "1/9/2022"], ["Ask the council", "Oak’s head", "30/6/2022", "", "yes"]]


def bring(board: Meets, *lines: list[str], key: str = "", **more: Any) -> ActionsBrought:
    rows = [["Actions of the board"], HEAD, *lines]
    said = {"rows": rows, "columns": dict(read_sheet(rows, MEANINGS).at), "seen": UNSEEN, "key": key or keys.new_key()}
    return actions.bring_actions(body=board.body, **{**said, "by": board.manager, **more})


@pytest.mark.django_db
def test_all_of_a_list_are_actions_of_the_body_and_twice_is_once() -> None:
    board, key = Meets(), keys.new_key()
    assert bring(board, *LINES, key=key) == bring(board, *LINES, key=key) == (2, 0) and bring(board, *LINES) == (0, 2)
    own = ActionPoint.objects.get(owner="Oak’s head")
    assert own.person == board.heads["Oak"].person and own.is_restricted and own.due_on == date(2022, 6, 30)
    assert ActionPoint.objects.count() == 2 and Event.objects.filter(act="meetings.bring_actions").count() == 1
    coming = board.planned(LATER)
    assert {one.words for one in agenda_of(coming, viewer=SYSTEM).carried} == {"Write to parents", "Ask the council"}
    before = Notice.objects.count()
    with clock.at(clock.start_of(FIRST + timedelta(days=1), 8)):
        assert following.send_actions(by=SYSTEM) == 1
    assert Notice.objects.count() == before + 1


@pytest.mark.django_db
def test_a_bad_line_stops_all_and_only_what_was_seen_is_done_by_who_keeps_the_meetings() -> None:
    board = Meets()
    for more, why in (({"columns": {}}, "say which column holds What is to be done, Who, By when"), ({}, "put right what is")):
        with pytest.raises(Invalid, match=why):
            bring(board, *LINES, ["Ask", "Bo", "soon"], **more)
    with pytest.raises(Conflict, match="No action was brought along"):
        bring(board, *LINES, seen="0123456789abcdef 3 open actions")
    with pytest.raises(Refused, match="the clerk and the chair"):
        bring(board, *LINES, by=board.heads["Oak"])
    assert not ActionPoint.objects.exists()
    many = [[f"Write {at}", "Lee Adams", "1/9/2022"] for at in range(200)]
    assert bring(board, *many).actions == 200 and ActionPoint.objects.count() == 200


def test_two_thousand_lines_are_looked_through() -> None:
    assert len(look(*[[f"Write {at}", "Ann Bell", "1/9/2022"] for at in range(1999)]).ready) == 1999
    assert "at most 2,000 lines" in look(*[["Write", "Bo Clay", f"{at}/9/2022", "done"] for at in range(2001)]).wrong[0].remedy


@pytest.mark.django_db
def test_a_list_is_brought_along_from_upload_to_done() -> None:
    board = Meets()
    client, address = browser(board.manager), reverse("meetings:bring_actions", args=[board.partnership.slug, board.body.pk])
    assert address in client.get(reverse("meetings:year", args=[board.partnership.slug, board.body.pk])).content.decode()

    def sends(**typed: Any) -> str:
        return unescape(client.post(address, typed, follow=True).content.decode())

    text = "Minutes of 1/3/2022\nAction,Owner,Due,Agenda item\nWrite,Lee Adams,1/9/2022,4\nAsk,The council,1 Sept 2022,5\n"
    page = client.post(address, {"file": SimpleUploadedFile("actions.csv", text.encode())}).content.decode()
    said = {
        name: unescape(re.findall(rf'name="{name}" value="([^"]*)"', page)[-1]) for name in ("rows", "columns", "key", "seen")
    }
    for words in ("2 open actions would be written down", "A name: hears of nothing", "Not read: “Agenda item”", "Sits here"):
        assert words in unescape(page), words
    done = sends(**said)
    assert "2 actions are written down, to go out tomorrow." in done and "The council" in done
    assert "“soon” is not a day" in sends(file=SimpleUploadedFile("a.csv", text.replace("1 Sept 2022", "soon").encode()))
    assert "Nothing to bring" in sends(file=SimpleUploadedFile("a.csv", text.encode()))
