"""The agenda: items, papers, sending it, and what people bring."""

from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from alongside.deciding.bodies.actions import tenures
from alongside.deciding.bodies.actions.bodies import end_body
from alongside.deciding.bodies.tests.make import body_of, seat_of
from alongside.deciding.meetings.actions import agendas, holding, planning
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, AgendaProposal, Declared, ItemPaper
from alongside.deciding.meetings.permissions import may_see_meetings
from alongside.deciding.meetings.queries.agendas import agenda_of
from alongside.deciding.meetings.queries.lists import actions_of, proposals_of
from alongside.deciding.meetings.rules.kinds import ItemKind, MeetingKind, PaperState, ProposalState
from alongside.deciding.meetings.tests.make import FIRST, LATER, Heads, Meets
from alongside.deciding.meetings.word import word_of
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Held, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.files.models import StoredFile
from alongside.ground.files.queries import opened
from alongside.ground.web.models import Stale
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


@pytest.fixture
def board() -> Meets:
    return Meets()


def paper(board: Meets, item: AgendaItem, title: str = "Options", **facts: Any) -> ItemPaper:
    said = {"name": "options.txt", "data": b"Three options.", "title": title, "key": keys.new_key(), **facts}
    return agendas.add_paper(item=item, **said, by=board.manager)


def titles(board: Meets) -> list[str]:
    return list(AgendaItem.objects.filter(meeting=board.meeting).values_list("title", flat=True))


def test_what_a_colleague_has_taken_off_meanwhile_is_moved_and_taken_off_no_more(board: Meets) -> None:
    fee = board.item("The fee")
    agendas.remove_item(item=AgendaItem.objects.get(pk=fee.pk), by=board.manager)
    for deed in (partial(agendas.raise_item, version=fee.version), agendas.remove_item):
        with pytest.raises(Conflict, match="has taken this away meanwhile"):
            deed(item=fee, by=board.manager)


def test_items_come_before_those_that_end_the_meeting_and_restricted_ones_last(board: Meets) -> None:
    key = keys.new_key()
    board.item("Restricted", is_restricted=True)
    fee, chair = board.item("The fee"), board.item("The chair")
    assert titles(board)[3:] == ["The fee", "The chair", "Any other business, and the next meeting", "Restricted"]
    agendas.raise_item(item=chair, version=chair.version, by=board.manager)
    assert titles(board)[3:5] == ["The chair", "The fee"]
    with pytest.raises(Stale):
        agendas.raise_item(item=AgendaItem.objects.get(pk=fee.pk), version=99, by=board.manager)
    said = {"kind": ItemKind.DECISION, "minutes": 30, "presenter": "Mo", "about": "How much?", "is_restricted": False}
    fee.refresh_from_db()
    agendas.change_item(item=fee, title="The fee  of 2023", version=fee.version, **said, by=board.manager)
    with pytest.raises(Stale):
        agendas.change_item(item=fee, title="Mine", version=1, **said, by=board.manager)
    agenda = agenda_of(board.meeting, viewer=board.manager)
    shown = next(one for one in agenda.items if one.item.pk == fee.pk)
    assert (shown.item.title, shown.number, agenda.minutes) == ("The fee of 2023", 5, 2 + 3 + 5 + 10 + 30 + 5 + 10)
    assert f"{shown.at.astimezone(clock.LONDON):%H:%M}" == "16:20"
    with pytest.raises(Refused):
        agendas.add_item(meeting=board.meeting, title="Mine", key=key, **said, by=board.heads["Oak"])


def test_the_agenda_for_word_has_its_items_as_headings(board: Meets) -> None:
    item = board.item("The fee of 2023")
    paper(board, item, title="Options\x07 and costs")
    document = Document(BytesIO(word_of(agenda_of(board.meeting, viewer=board.manager))))
    lines = [(one.style.name, one.text) for one in document.paragraphs if one.style and one.text]
    fee = lines.index(("Heading 1", "4. The fee of 2023"))
    assert lines[0] == ("Title", f"{board.meeting.body}: Ordinary meeting")
    assert ("Normal", "Options and costs") in lines[fee:]
    assert document.core_properties.author == ""


def test_an_item_goes_unless_something_is_there(board: Meets) -> None:
    item = board.item()
    paper(board, item)
    with pytest.raises(Conflict, match="it stays"):
        agendas.remove_item(item=item, by=board.manager)
    agendas.take_out_paper(paper=ItemPaper.objects.get(), by=board.manager)
    with pytest.raises(Conflict, match="taken out already"):
        agendas.take_out_paper(paper=ItemPaper.objects.get(), by=board.manager)
    agendas.remove_item(item=item, by=board.manager)
    assert "The fee" not in titles(board)


def test_a_paper_is_kept_once_and_opened_by_who_sees_its_item(board: Meets) -> None:
    item, key = board.item(), keys.new_key()
    assert paper(board, item, key=key) == paper(board, item, key=key)
    kept = ItemPaper.objects.get()
    assert (kept.title, kept.state, kept.format) == ("Options", PaperState.WITH_AGENDA, "txt")
    assert opened(kept.file, viewer=board.heads["Oak"]) and opened(kept.file, viewer=board.heads["Elm"]) is None
    assert (
        kept in ItemPaper.objects.visible_to(board.heads["Oak"]) and StoredFile.objects.get().partnership == board.partnership.pk
    )
    with pytest.raises(Invalid, match=r"Choose a PDF"):
        paper(board, item, name="virus.exe", data=b"MZ")


def test_the_agenda_goes_to_each_with_what_needs_them_and_a_late_paper_as_a_supplement(board: Meets) -> None:
    item = board.item(presenter="Ash’s head")
    agendas.send_agenda(meeting=board.meeting, by=board.manager)
    sent = Notice.objects.filter(kind="meetings.agenda")
    assert sorted(one.person for one in sent) == sorted(board.heads[name].person or "" for name in ("Oak", "Ash", "Fir"))
    mine = sent.get(person=board.heads["Ash"].person)
    assert "You present:\n- The fee" in mine.body and "1. Welcome and apologies" in mine.body
    assert "You present" not in sent.get(person=board.heads["Oak"].person).body
    with pytest.raises(Conflict):
        agendas.send_agenda(meeting=board.meeting, by=board.manager)
    late = paper(board, item, title="Figures")
    tabled = paper(board, item, title="Slides", state=PaperState.TABLED)
    assert (late.state, tabled.state) == (PaperState.LATE, PaperState.TABLED)
    told = Notice.objects.filter(kind="meetings.late_paper")
    assert told.count() == 3 and all("Figures" in one.subject for one in told)


def test_shorter_notice_than_the_rule_has_is_for_the_chair_to_say(board: Meets) -> None:
    with clock.at(clock.start_of(date(2022, 3, 15), 9)):
        with pytest.raises(
            Invalid, match="5 clear days, and by the body’s own rule it needs 7: 13 March 2022 was the last day"
        ) as refused:
            agendas.send_agenda(meeting=board.meeting, by=board.manager)
        assert set(refused.value.problems) == {"urgent"}
        assert agendas.send_agenda(meeting=board.meeting, urgent=True, by=board.manager).is_short
    empty = board.planned(date(2022, 6, 6))
    AgendaItem.objects.filter(meeting=empty).delete()
    with pytest.raises(Invalid, match="nothing on the agenda"):
        agendas.send_agenda(meeting=empty, by=board.manager)


def test_what_a_head_brings_gets_an_answer_and_a_place(board: Meets) -> None:
    key, said = keys.new_key(), {"title": "Minibus", "words": "Let us share one."}
    made = agendas.bring(body=board.body, **said, key=key, by=board.heads["Yew"])
    assert agendas.bring(body=board.body, **said, key=key, by=board.heads["Yew"]) == made and made.school == board.schools["Yew"]
    seen = [AgendaProposal.objects.visible_to(who).exists() for who in (board.heads["Yew"], board.manager, board.heads["Elm"])]
    assert seen == [True, True, False]
    left = Standing(board.heads["Yew"].person)  # who has nothing to do with the partnership any more
    assert not AgendaProposal.objects.visible_to(left).exists()
    with pytest.raises(Refused):
        agendas.decline_proposal(proposal=made, reason="No", by=board.heads["Yew"])
    item = agendas.place_proposal(
        proposal=made, meeting=board.meeting, kind=ItemKind.DISCUSSION, minutes=15, is_restricted=False, by=board.manager
    )
    assert (item.title, item.presenter, item.proposal) == ("Minibus", "Yew’s head", made)
    told = Notice.objects.get(kind="meetings.answered")
    assert told.person == board.heads["Yew"].person and "on the agenda of Partnership board, Monday 21 March" in told.body
    with pytest.raises(Conflict):
        agendas.decline_proposal(proposal=made, reason="No", by=board.manager)


def test_what_has_no_answer_after_two_meetings_is_overdue(board: Meets) -> None:
    made = agendas.bring(body=board.body, title="Minibus", words="?", key=keys.new_key(), by=board.heads["Yew"])
    for day in (FIRST, LATER):
        meeting = board.meeting if day == FIRST else board.planned(day)
        with clock.at(clock.start_of(day, 18)):
            holding.close_meeting(meeting=board.all_here(meeting), by=board.manager)
    made.refresh_from_db()
    assert made.missed == 2
    agendas.decline_proposal(proposal=made, reason="The council runs one.", by=board.manager)
    made.refresh_from_db()
    assert (made.state, made.reason) == (ProposalState.DECLINED, "The council runs one.")


def test_it_comes_to_a_coming_meeting_of_its_own_body(board: Meets) -> None:
    other = board.planned(LATER, body_of(board.partnership, "group"))
    made = agendas.bring(body=board.body, title="Minibus", words="?", key=keys.new_key(), by=board.heads["Yew"])
    said = {"kind": ItemKind.DECISION, "minutes": 5, "is_restricted": False}
    with pytest.raises(Conflict, match="coming meeting of the body"):
        agendas.place_proposal(proposal=made, meeting=other, **said, by=board.manager)
    planning.cancel_meeting(meeting=board.meeting, why="", by=board.manager)
    with pytest.raises(Conflict, match="coming meeting of the body"):
        agendas.place_proposal(proposal=made, meeting=board.meeting, **said, by=board.manager)
    with pytest.raises(Conflict, match="does not take place"):
        board.item()


def test_open_actions_of_an_extraordinary_meeting_come_to_whichever_is_next_and_no_open_one_leaves_the_list(
    board: Meets,
) -> None:
    one = board.planned(FIRST, kind=MeetingKind.EXTRAORDINARY)
    action = board.all_here(one) and holding.agree_action(
        item=board.item(meeting=one), words="Ring the insurer", owner="The council", due_on=LATER, key=keys.new_key(),
        by=board.manager,
    )  # fmt: skip
    assert [each.words for each in agenda_of(board.planned(LATER), viewer=board.manager).carried] == ["Ring the insurer"]
    facts = {"partnership": board.partnership, "body": board.body, "owner": "X", "due_on": date(2020, 9, 1), "state": "done"}
    ActionPoint.objects.bulk_create(ActionPoint(words=f"Old {number}", **facts) for number in range(501))
    listed = actions_of(board.partnership, viewer=board.manager)
    assert listed[0] == action and len(listed) == 502
    who = {"partnership": board.partnership, "body": board.body, "name": "X", "words": "", "made_at": clock.now()}
    AgendaProposal.objects.bulk_create(AgendaProposal(title=str(number), state="declined", **who) for number in range(301))
    waits = AgendaProposal.objects.create(title="Waits", state="waiting", **{**who, "made_at": clock.now()})
    assert proposals_of(board.partnership, viewer=board.manager)[0] == waits


def test_a_restricted_item_is_kept_from_whoever_leaves_for_it_and_from_nobody_else(board: Meets) -> None:
    item = board.item("Pay", is_restricted=True)
    oak, ash = board.heads["Oak"], board.heads["Ash"]
    said = {"item": item, "member": oak.person or "", "words": "Mine", "by": oak}
    stays = holding.declare(**said, leaves=False, key=keys.new_key())

    def seen() -> list[bool]:
        return [AgendaItem.objects.visible_to(who).filter(pk=item.pk).exists() for who in (oak, ash, board.manager)]

    assert seen() == [True, True, True]
    assert [Declared.objects.visible_to(who).count() for who in (oak, ash, board.heads["Yew"])] == [1, 1, 0]
    holding.strike_declared(declared=stays, by=board.manager)
    leaves = holding.declare(**said, key=keys.new_key())
    action = {"item": item, "words": "Write", "member": oak.person or "", "due_on": LATER, "by": board.manager}
    holding.agree_action(**action, key=keys.new_key())
    assert seen() == [False, True, True]
    # what somebody is to do they read all the same, while they are of the partnership
    assert [ActionPoint.objects.visible_to(who).exists() for who in (oak, Standing(oak.person))] == [True, False]
    holding.strike_declared(declared=leaves, by=board.manager)
    assert seen() == [True, True, True]


def test_nothing_is_brought_to_or_planned_for_a_body_that_has_ended(board: Meets) -> None:
    group = body_of(board.partnership, "group", started_on=date(2022, 3, 1))
    end_body(body=group, until_on=date(2022, 3, 7), by=board.manager)
    with pytest.raises(Conflict, match="has ended"):
        agendas.bring(body=group, title="Minibus", words="?", key=keys.new_key(), by=board.heads["Yew"])
    with pytest.raises(Conflict, match="has ended"):
        board.planned(LATER, group)


def test_a_post_that_counts_through_a_partnership_is_no_seat_there() -> None:
    through = Standing("a", "A", frozenset({Held("head", school="s", through="p")}))
    seated = Standing("b", "B", frozenset({Held("member", through="p", body="board")}))
    assert not may_see_meetings(through, "p") and may_see_meetings(seated, "p") and not may_see_meetings(seated, "q")


def test_whoever_leaves_for_a_restricted_item_reads_the_others_by_the_numbers_that_all_have(board: Meets) -> None:
    first = board.item("One", is_restricted=True)
    board.item("Two", is_restricted=True)
    holding.declare(item=first, member=board.heads["Oak"].person or "", words="Mine", key=keys.new_key(), by=board.heads["Oak"])
    full = {one.item.title: (one.number, one.at) for one in agenda_of(board.meeting, viewer=board.manager).items}
    theirs = {one.item.title: (one.number, one.at) for one in agenda_of(board.meeting, viewer=board.heads["Oak"]).items}
    assert "One" not in theirs and theirs == {title: said for title, said in full.items() if title != "One"}


def test_open_actions_come_to_the_next_meeting_of_the_same_kind() -> None:
    heads = Heads()
    item = heads.item("Marking", meeting=heads.week)
    heads.here("Oak’s head", "Elm’s head", "Ash’s head", meeting=heads.week, chair="Oak’s head")
    said = {"item": item, "words": "Find examples", "member": heads.heads["Elm"].person, "due_on": date(2022, 4, 1)}
    action = holding.agree_action(**said, key=keys.new_key(), by=heads.manager)
    kinds = {}
    for kind, day in (("business", date(2022, 3, 30)), ("strategy", date(2022, 4, 25))):
        meeting = heads.planned(day, heads.headboard, MeetingKind(kind))
        kinds[kind] = [one.words for one in agenda_of(meeting, viewer=heads.heads["Elm"]).carried]
    assert kinds == {"business": [], "strategy": ["Find examples"]}
    agendas.send_agenda(meeting=meeting, by=heads.manager)
    told = Notice.objects.get(kind="meetings.agenda", person=heads.heads["Elm"].person)
    assert "Still yours from before:\n- Find examples (by 1 April 2022)" in told.body
    assert action.owner == "Elm’s head"


def test_the_agenda_says_where_one_says_whether_one_comes_and_names_the_clerk(board: Meets) -> None:
    said = {"from_on": FIRST, "key": keys.new_key(), "by": board.manager}
    tenures.appoint(seat=seat_of(board.body, "Clerk"), person=board.heads["Elm"].person or "", **said)
    address = Person.objects.get(pk=board.heads["Elm"].person).email
    agendas.send_agenda(meeting=board.meeting, by=board.manager)
    mail = Notice.objects.get(kind="meetings.agenda", person=board.heads["Oak"].person).body
    assert f"Say so on that page, or tell the clerk: Elm’s head, {address}." in mail and f"meetings/{board.meeting.pk}/" in mail
