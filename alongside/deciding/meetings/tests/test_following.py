"""After the meeting: actions that go out, minutes that are fixed, decisions followed into schools and back, and between
meetings."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from alongside.deciding.bodies.actions.tenures import appoint
from alongside.deciding.bodies.models import Body, Seat
from alongside.deciding.bodies.tests.make import body_of
from alongside.deciding.meetings import tasks
from alongside.deciding.meetings.actions import agendas, between, following, holding
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, AgendaProposal, Assent, Decision, Meeting
from alongside.deciding.meetings.queries.agendas import agenda_of, presence_at
from alongside.deciding.meetings.queries.lists import actions_of, decisions_of, thread_of
from alongside.deciding.meetings.queries.needs import needs
from alongside.deciding.meetings.rules.kinds import ActionState, ItemKind, MeetingSettings
from alongside.deciding.meetings.tests.make import FIRST, LATER, SYSTEM, Heads, Meets
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.documents.models import Document
from alongside.members.notices.models import Notice
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import mark_now
from alongside.members.partnerships.rules import Template
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
NEXT_DAY = FIRST + timedelta(days=1)


@pytest.fixture
def board() -> Meets:
    return Meets()


def again(who: Standing) -> Standing:
    return standing_of(Person.objects.get(pk=who.person))


def held(board: Meets, meeting: Meeting | None = None) -> Meeting:
    """The meeting is over, with everybody there."""
    return holding.close_meeting(meeting=board.all_here(meeting), by=board.manager)


def approved(board: Meets, later: Meeting) -> Meeting:
    following.circulate(meeting=board.meeting, seen_by_chair=True, by=board.manager)
    board.all_here(later)
    return following.approve_minutes(meeting=board.meeting, at=later, by=board.manager)


def test_actions_go_out_the_day_after_one_mail_an_owner_and_each_once(board: Meets) -> None:
    item = board.item()
    for words in ("Write the advert", "Ring the council"):
        holding.agree_action(
            item=item, words=words, member=board.heads["Oak"].person or "", due_on=LATER, key=keys.new_key(), by=board.manager
        )
    holding.agree_action(
        item=item, words="Name a lead", school=board.schools["Elm"], due_on=LATER, key=keys.new_key(), by=board.manager
    )
    held(board)
    assert following.send_actions(by=SYSTEM) == 0  # not on the day itself
    with pytest.raises(Refused):
        following.send_actions(by=board.manager)
    with clock.at(clock.start_of(NEXT_DAY, 7)):
        tasks.send_actions()
        assert following.send_actions(by=SYSTEM) == 0
    sent = {one.person: one for one in Notice.objects.filter(kind="meetings.actions")}
    assert set(sent) == {board.heads["Oak"].person, board.heads["Elm"].person}
    mine = sent[board.heads["Oak"].person or ""]
    assert mine.subject == "Your 2 actions from meetings" and "- Ring the council (Partnership board; by 25 April)" in mine.body


def test_draft_minutes_go_out_when_the_chair_has_seen_them_and_are_fixed_by_the_next_meeting(board: Meets) -> None:
    item = board.item("The fee")
    board.all_here()
    holding.save_notes(item=item, notes="We spoke of the fee 😀.\nAt length.", version=1, by=board.manager)
    board.decided(item, "£100 less.", for_it=4, against=1)
    held(board)
    with pytest.raises(Refused, match="say so first"):
        following.circulate(meeting=board.meeting, by=board.manager)
    later = board.planned(LATER)
    with pytest.raises(Conflict):
        following.approve_minutes(meeting=board.meeting, at=board.all_here(later), by=board.manager)
    done = approved(board, later)
    assert done.state == "approved" and len(done.facts_hash) == 64
    assert Notice.objects.filter(kind="meetings.minutes").count() == 3
    tasks.fix(done.pk)
    assert [one.kind for one in Document.objects.all()] == ["meetings.minutes"] and bytes(Document.objects.get().pdf)[
        :5
    ] == b"%PDF-"
    tasks.fix(done.pk)
    fresh = Meeting.objects.get(pk=done.pk)
    item.refresh_from_db()
    for deed in (
        lambda: holding.save_notes(item=item, notes="No.", version=item.version, by=board.manager),
        lambda: board.decided(item, "More."),
        lambda: board.all_here(fresh),
        lambda: board.item(meeting=fresh),
    ):
        with pytest.raises(Conflict, match="approved and stay as they are"):
            deed()
    following.note_later(item=item, at=later, words="It was £110.", version=item.version, by=board.manager)
    assert item.later == "25 April 2022: It was £110."
    with pytest.raises(Invalid, match="later meeting"):
        following.note_later(item=item, at=fresh, words="X", version=item.version, by=board.manager)


def test_minutes_that_say_something_else_than_was_approved_are_not_typeset(board: Meets) -> None:
    held(board)
    done = approved(board, board.planned(LATER))
    Meeting.objects.filter(pk=done.pk).update(approved_as=[], version=9)
    with pytest.raises(Conflict, match="no longer say"):
        tasks.fix(done.pk)


def test_minutes_are_approved_at_a_later_quorate_meeting_of_the_body(board: Meets) -> None:
    held(board)
    following.circulate(meeting=board.meeting, seen_by_chair=True, by=board.manager)
    later = board.planned(LATER)
    with pytest.raises(Invalid, match="not quorate"):
        following.approve_minutes(meeting=board.meeting, at=later, by=board.manager)
    other = board.planned(LATER, body_of(board.partnership, "group"))
    with pytest.raises(Invalid, match="same body"):
        following.approve_minutes(meeting=board.meeting, at=other, by=board.manager)
    with pytest.raises(Conflict, match="Approved minutes of a body that stands on the public page"):
        following.publish_minutes(meeting=board.meeting, is_public=True, by=board.manager)
    with pytest.raises(Conflict, match="not approved yet"):
        item = board.meeting.items.first()
        following.note_later(item=item, at=later, words="X", version=item.version, by=board.manager)


def test_a_board_decision_is_followed_into_each_school_and_comes_back(board: Meets) -> None:
    board.all_here()
    made = board.decided(board.item(), "Each school names a lead for SEND.")
    assert len(following.follow(decision=made, due_on=LATER, by=board.manager)) == 5
    with pytest.raises(Conflict, match="followed into schools already"):
        following.follow(decision=made, due_on=LATER, by=board.manager)
    elm, yew = board.heads["Elm"], board.heads["Yew"]
    mine = ActionPoint.objects.get(school=board.schools["Elm"])
    assert [one.pk for one in actions_of(board.partnership, viewer=elm)] == [mine.pk]  # not those of other schools
    assert [one.pk for one in decisions_of(board.partnership, viewer=elm)] == [made.pk]
    with pytest.raises(Refused):
        following.report(action=mine, state=ActionState.DONE, said="", by=yew)
    following.report(action=mine, state=ActionState.DONE, said="Ms Fox leads.", by=elm)
    with pytest.raises(Conflict):
        following.report(action=mine, state=ActionState.DONE, said="", by=elm)
    with pytest.raises(Refused):
        following.report(action=mine, state=ActionState.DROPPED, said="", by=elm)
    of_yew = ActionPoint.objects.get(school=board.schools["Yew"])
    following.report(action=of_yew, state=ActionState.NOT_FOR_US, said="We have none.", by=yew)
    row = decisions_of(board.partnership, viewer=board.manager).get(pk=made.pk)
    assert (row.done, row.schools) == (1, 5)
    thread = thread_of(row, viewer=board.heads["Oak"])
    assert thread.words == "1 of 5 schools has done it, 1 says that it does not apply"
    assert [one.said for one in thread.schools if one.said] == ["Ms Fox leads.", "We have none."]
    following.report(action=mine, state=ActionState.OPEN, said="", by=elm)


def test_schools_that_have_not_answered_are_asked_again_after_a_week_and_no_others(board: Meets) -> None:
    board.all_here()
    made = board.decided(board.item(), "Each school names a lead for SEND.")
    holding.close_meeting(meeting=board.meeting, by=board.manager)
    following.follow(decision=made, due_on=LATER, by=board.manager)
    elm = board.heads["Elm"]
    following.report(
        action=ActionPoint.objects.get(school=board.schools["Elm"]), state=ActionState.DONE, said="Ms Fox leads.", by=elm
    )
    with pytest.raises(Conflict, match="within the last seven days"):  # they hear of it tomorrow for the first time
        following.remind_schools(decision=made, by=board.manager)
    with clock.at(clock.start_of(NEXT_DAY, 7)):
        tasks.send_actions()
    with clock.at(clock.start_of(NEXT_DAY + timedelta(days=6), 9)), pytest.raises(Conflict, match="within the last seven days"):
        following.remind_schools(decision=made, by=board.manager)
    first = Notice.objects.filter(kind="meetings.actions").count()
    with clock.at(clock.start_of(NEXT_DAY + timedelta(days=7), 9)):
        with pytest.raises(Refused):
            following.remind_schools(decision=made, by=elm)
        assert following.remind_schools(decision=made, by=board.manager) == 4
        with pytest.raises(Conflict):
            following.remind_schools(decision=made, by=board.manager)
    with clock.at(clock.start_of(NEXT_DAY + timedelta(days=8), 7)):
        tasks.send_actions()
    again = Notice.objects.filter(kind="meetings.actions").order_by("-written_at")[: Notice.objects.count() - first]
    told = Notice.objects.filter(kind="meetings.actions").count() - first
    assert told == 4 and elm.person not in {one.person for one in again[:told]}


def test_a_decision_says_where_the_register_shows_no_quorum_for_it(board: Meets) -> None:
    item = board.item()
    board.all_here()
    board.decided(item, "Agreed.")
    assert (there := presence_at(item, viewer=SYSTEM)) and there.is_quorate
    board.here("Lee Adams", "Pat Burns")
    item.refresh_from_db()
    there = presence_at(AgendaItem.objects.select_related("meeting").get(pk=item.pk), viewer=SYSTEM)
    assert there and there.words == "2 of 5 filled seats of 10 are here; quorum 3; not quorate"


def test_only_a_school_says_that_something_does_not_apply_there(board: Meets) -> None:
    oak = board.heads["Oak"]
    said = {"item": board.item(), "words": "Write", "member": oak.person or "", "due_on": LATER}
    one = holding.agree_action(**said, key=keys.new_key(), by=board.manager)
    with pytest.raises(Invalid, match="Only a school"):
        following.report(action=one, state=ActionState.NOT_FOR_US, said="", by=oak)
    following.report(action=one, state=ActionState.DONE, said="Sent.", by=oak)


def test_a_thread_is_followed_from_what_was_brought_to_what_another_body_made_of_it() -> None:
    heads = Heads()
    brought = agendas.bring(
        body=heads.body, title="SEND", words="A lead in each school.", key=keys.new_key(), by=heads.heads["Elm"]
    )
    said = {"kind": ItemKind.DECISION, "minutes": 10, "is_restricted": False}
    item = agendas.place_proposal(proposal=brought, meeting=heads.meeting, **said, by=heads.manager)
    agendas.add_paper(item=item, name="a.txt", data=b"Why.", title="Why", key=keys.new_key(), by=heads.manager)
    heads.all_here()
    made = heads.decided(item, "A lead in each school.")
    with pytest.raises(Conflict, match="another body"):
        agendas.hand_on(decision=made, body=heads.body, words="", key=keys.new_key(), by=heads.manager)
    handed = agendas.hand_on(decision=made, body=heads.headboard, words="", key=keys.new_key(), by=heads.manager)
    assert thread_of(made, viewer=heads.manager).waiting == 1
    next_one = agendas.place_proposal(proposal=handed, meeting=heads.week, **said, by=heads.manager)
    assert [one.title for one in next_one.papers.all()] == ["Why"]
    heads.here("Oak’s head", "Elm’s head", meeting=heads.week, chair="Oak’s head")
    heads.decided(next_one, "By Easter.")
    thread = thread_of(Decision.objects.select_related("item__proposal").get(pk=made.pk), viewer=heads.manager)
    assert thread.proposal == brought and [one.meeting for one in thread.handed_on] == [heads.week]
    assert [each.words for each in thread.handed_on[0].decisions.all()] == ["By Easter."] and not thread.waiting
    assert AgendaProposal.objects.get(pk=handed.pk).came_from == made


def test_the_chair_decides_between_meetings_and_the_next_one_hears_of_it(board: Meets) -> None:
    board.sits("Independent chair", board.heads["Elm"], LATER - timedelta(days=20))
    with clock.at(clock.start_of(LATER - timedelta(days=10), 9)):
        chair, key = again(board.heads["Elm"]), keys.new_key()
        with pytest.raises(Refused):
            between.take_chairs_action(body=board.body, words="X", is_restricted=False, key=keys.new_key(), by=board.manager)
        made = between.take_chairs_action(body=board.body, words="The hall is booked.", is_restricted=False, key=key, by=chair)
        assert (
            between.take_chairs_action(body=board.body, words="The hall is booked.", is_restricted=False, key=key, by=chair)
            == made
        )
        assert made.reference == "PB 2022-04-15/1C"
        later, after = board.planned(LATER), board.planned(LATER + timedelta(days=28))
    assert [one.pk for one in agenda_of(later, viewer=board.manager).between] == [made.pk]
    assert not agenda_of(after, viewer=board.manager).between and not agenda_of(board.meeting, viewer=board.manager).between


def trustees(board: Meets) -> Body:
    """A trust board of two: one with an account, one without."""
    body = body_of(board.partnership, "trust_board")
    for title, who in (
        ("Trustee appointed by the members 1", {"person": board.heads["Oak"].person}),
        ("Chief executive", {"name": "Ce O"}),
    ):
        appoint(seat=Seat.objects.get(body=body, title=title), **who, from_on=FIRST, key=keys.new_key(), by=SYSTEM)
    return body


def test_a_trust_board_resolves_in_writing_when_all_agree() -> None:
    board = Meets(Template.TRUST)
    body, said = trustees(board), {"words": "We buy the hall.", "is_restricted": False}
    made = between.propose_resolution(body=body, **said, key=keys.new_key(), by=board.manager)
    assert made.state == "asked" and Notice.objects.get(kind="meetings.resolution").person == board.heads["Oak"].person
    mine, other = Assent.objects.get(person=board.heads["Oak"].person), Assent.objects.get(name="Ce O")
    assert [Assent.objects.visible_to(board.heads[name]).count() for name in ("Oak", "Elm")] == [2, 0]
    with pytest.raises(Refused):
        between.answer_resolution(assent=mine, agrees=True, by=board.heads["Elm"])
    assert between.answer_resolution(assent=mine, agrees=True, by=board.heads["Oak"]).state == "asked"
    with pytest.raises(Conflict, match="answered already"):
        between.answer_resolution(assent=mine, agrees=False, by=board.heads["Oak"])
    assert between.answer_resolution(assent=other, agrees=True, by=board.manager).state == "made"
    with pytest.raises(Conflict, match="settled"):
        between.answer_resolution(assent=other, agrees=True, by=board.manager)
    fallen = between.propose_resolution(body=body, words="We sell it.", is_restricted=False, key=keys.new_key(), by=board.manager)
    no = Assent.objects.get(decision=fallen, name="Ce O")
    assert between.answer_resolution(assent=no, agrees=False, by=board.manager).state == "lost"
    heard = Notice.objects.filter(kind="meetings.outcome", person=board.heads["Oak"].person).order_by("written_at")
    assert [one.subject.partition(": ")[2].partition(",")[0] for one in heard] == ["agreed in writing", "not agreed"]
    assert "We buy the hall." in heard[0].body and "somebody who votes did not agree" in heard[1].body


def test_who_is_asked_in_writing_is_named_before_and_after() -> None:
    board = Meets(Template.TRUST)
    body = trustees(board)
    client, slug = enter(Client(), Person.objects.get(pk=board.manager.person)), board.partnership.slug
    lead = f"/p/{slug}/meetings/body/{body.pk}/resolution/"
    assert f'href="{lead}"' in client.get(f"/p/{slug}/meetings/").content.decode()
    first = client.post(lead, {"words": "We buy the hall.", "key": keys.new_key()}).content.decode()
    said = "1 person is asked by mail: Oak’s head. Ce O has no account here: you enter their answer."
    assert said in first and not Decision.objects.filter(body=body).exists()
    fields = dict(re.findall(r'name="(key|looked)" value="([^"]*)"', first))
    done = client.post(lead, {"words": "We buy the hall.", **fields}, follow=True).content.decode()
    assert f"{said} Whoever is asked by mail hears how it went." in done


def test_a_body_on_which_nobody_sits_resolves_nothing() -> None:
    board = Meets(Template.TRUST)
    with pytest.raises(Conflict, match="Nobody votes on this body today"):
        said = {"body": body_of(board.partnership, "trust_board"), "words": "X", "is_restricted": False}
        between.propose_resolution(**said, key=keys.new_key(), by=board.manager)


@pytest.mark.parametrize(
    ("code", "why"), [("maintained", "by proxy, in advance or by e-mail"), ("board", "office can change the rule")]
)
def test_who_may_not_resolve_in_writing_is_told_why(board: Meets, code: str, why: str) -> None:
    body, own = body_of(board.partnership, code, name="Another"), MeetingSettings(written_resolutions=False)
    marked = {"version": mark_now(board.partnership, MeetingSettings), "may": may_run_partnership}
    change_settings(partnership=board.partnership, settings=own, **marked, by=board.manager)
    with pytest.raises(Conflict, match=why):
        between.propose_resolution(body=body, words="X", is_restricted=False, key=keys.new_key(), by=board.manager)


def test_a_chairs_action_on_the_evening_of_a_meeting_comes_to_the_next(board: Meets) -> None:
    board.sits("Independent chair", board.heads["Elm"], FIRST + timedelta(days=1))
    middle, later = FIRST + timedelta(days=7), board.planned(LATER)
    meeting = board.planned(middle)
    for hour, words in ((9, "Before"), (20, "After")):
        with clock.at(clock.start_of(middle, hour)):
            chair = again(board.heads["Elm"])
            between.take_chairs_action(body=board.body, words=words, is_restricted=False, key=keys.new_key(), by=chair)
    heard = {one.on: [each.words for each in agenda_of(one, viewer=SYSTEM).between] for one in (meeting, later)}
    assert heard == {middle: ["Before"], LATER: ["After"]}


def test_a_trust_board_knows_no_chairs_action() -> None:
    board = Meets(Template.TRUST)
    with pytest.raises(Conflict, match="no chair’s action"):
        between.take_chairs_action(body=trustees(board), words="X", is_restricted=False, key=keys.new_key(), by=SYSTEM)


def needed(who: Standing) -> list[str]:
    return sorted(row[0] for part in needs(viewer=who, on=clock.today()) for row in part)


def test_what_waits_stands_with_whom_it_waits_for(board: Meets) -> None:
    item, oak = board.item(), board.heads["Oak"]
    agendas.bring(body=board.body, title="Minibus", words="?", key=keys.new_key(), by=board.heads["Yew"])
    assert needed(board.manager) == ["meetings.agenda", "meetings.brought"] and needed(oak) == []
    board.all_here()
    made = board.decided(item)
    holding.agree_action(item=item, words="Write", member=oak.person or "", due_on=LATER, key=keys.new_key(), by=board.manager)
    following.follow(decision=made, due_on=LATER, by=board.manager)
    held(board, Meeting.objects.get(pk=board.meeting.pk))
    assert needed(board.manager) == ["meetings.brought", "meetings.draft"]
    assert needed(oak) == ["meetings.action", "meetings.school_action"] and needed(board.heads["Elm"]) == [
        "meetings.school_action"
    ]
    AgendaProposal.objects.update(missed=2)
    assert "meetings.overdue" in needed(board.manager)
