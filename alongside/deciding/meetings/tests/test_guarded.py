"""What goes no further than it may, and what a deed rests on: acting, restricted words, the day of a meeting, the votes there."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.bodies.actions.bodies import change_body
from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings import tasks
from alongside.deciding.meetings.actions import agendas, between, following, holding, planning
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, Assent, Decision, Meeting
from alongside.deciding.meetings.queries.lists import thread_of
from alongside.deciding.meetings.queries.needs import needs
from alongside.deciding.meetings.rules.kinds import DecisionState, HowOften, ItemKind, MeetingKind, MeetingState
from alongside.deciding.meetings.tests.make import FIRST, LATER, Heads, Meets
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.tests.make import person
from alongside.members.partnerships.rules import Template
from alongside.members.people.actions.acting import let_act
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.acting import my_headships
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]


def acting(heads: Heads, name: str) -> Standing:
    """The deputy of a school, who acts for its head."""
    deputy = person("Dee", "deputy", school=heads.schools[name])
    (role,) = my_headships(viewer=heads.heads[name])
    let_act(role=role, own=Role.objects.get(person=deputy.person), key=keys.new_key(), by=heads.heads[name])
    return standing_of(Person.objects.get(pk=deputy.person))


def test_whoever_acts_for_a_head_sits_on_no_headboard() -> None:
    heads = Heads()
    item = heads.item("Staff of one school", meeting=heads.week, is_restricted=True)
    deputy = acting(heads, "Oak")
    assert AgendaItem.objects.visible_to(heads.heads["Oak"]).filter(pk=item.pk).exists()
    assert not Meeting.objects.visible_to(deputy).exists() and not AgendaItem.objects.visible_to(deputy).exists()
    associate = AgendaItem.objects.visible_to(heads.heads["Yew"]).filter(meeting=heads.week)
    assert associate.filter(is_restricted=False).exists() and not associate.filter(is_restricted=True).exists()
    assert deputy.leads == [] and heads.heads["Oak"].leads == [(heads.schools["Oak"].pk, "")]


def test_what_is_restricted_is_followed_into_no_school_and_given_to_none() -> None:
    board = Meets()
    item = board.item("Pay", is_restricted=True)
    board.all_here()
    made = board.decided(item, "A bonus.")
    with pytest.raises(Conflict, match="read there"):
        following.follow(decision=made, due_on=LATER, by=board.manager)
    with pytest.raises(Invalid, match="read there"):
        holding.agree_action(
            item=item, words="Pay it", school=board.schools["Oak"], due_on=LATER, key=keys.new_key(), by=board.manager
        )
    row = {"partnership": board.partnership, "body": board.body, "item": item, "school": board.schools["Elm"], "due_on": LATER}
    ActionPoint.objects.create(words="Pay it", owner="Elm", **row)  # as if an older release had let it through
    elm = board.heads["Elm"]
    assert not ActionPoint.objects.visible_to(elm).exists()
    assert not [row for part in needs(viewer=elm, on=FIRST) for row in part if "Pay it" in map(str, row)]


def test_what_is_handed_on_stays_restricted_and_last_years_restricted_items_are_not_copied() -> None:
    board = Meets(Template.TRUST)
    other = Body.objects.create(partnership=board.partnership, kind="working_group", name="Group", started_on=FIRST)
    item = board.item("Pay", is_restricted=True)
    board.item("Open")
    board.all_here()
    made = board.decided(item, "A bonus.")
    brought = agendas.hand_on(decision=made, body=other, words="", key=keys.new_key(), by=board.manager)
    later = board.planned(LATER, other)
    said = {"kind": ItemKind.DISCUSSION, "minutes": 5, "is_restricted": False}
    assert agendas.place_proposal(proposal=brought, meeting=later, **said, by=board.manager).is_restricted
    copy = board.planned(LATER)
    AgendaItem.objects.filter(meeting=copy).delete()
    agendas_of = planning.fill_agenda(meeting=copy, like=board.meeting, by=board.manager)
    titles = AgendaItem.objects.filter(meeting=agendas_of).values_list("title", flat=True)
    assert "Open" in titles and "Pay" not in titles


def test_a_proposal_that_somebody_may_not_open_is_not_told_and_counts_are_of_all_schools() -> None:
    board = Meets()
    said = {"title": "Our minibus", "words": "It stands still.", "key": keys.new_key()}
    brought = agendas.bring(body=board.body, **said, by=board.heads["Yew"])
    item = agendas.place_proposal(
        proposal=brought, meeting=board.meeting, kind=ItemKind.DECISION, minutes=5, is_restricted=False, by=board.manager
    )
    board.all_here()
    made = board.decided(item, "Share it.")
    assert len(following.follow(decision=made, due_on=LATER, by=board.manager)) == 5
    seen = thread_of(Decision.objects.get(pk=made.pk), viewer=board.heads["Elm"])
    assert seen.proposal is None and len(seen.schools) == 1 and seen.words.startswith("0 of 5 schools")


def test_whoever_has_an_account_answers_to_a_resolution_themself_and_who_has_left_is_not_waited_for() -> None:
    board = Meets(Template.TRUST)
    trustees = Body.objects.get(pk=board.body.pk)
    Body.objects.filter(pk=trustees.pk).update(kind="trust_board")
    trustees.refresh_from_db()
    made = between.propose_resolution(body=trustees, words="Sign.", is_restricted=False, key=keys.new_key(), by=board.manager)
    for one in Assent.objects.filter(decision=made).select_related("decision__body__partnership"):
        if one.person:
            with pytest.raises(Refused, match="answer themself"):
                between.answer_resolution(assent=one, agrees=True, by=board.manager)
            if one.person != board.heads["Oak"].person:
                between.answer_resolution(assent=one, agrees=True, by=standing_of(Person.objects.get(pk=one.person)))
        else:
            between.answer_resolution(assent=one, agrees=True, by=board.manager)
    assert Decision.objects.get(pk=made.pk).state == DecisionState.ASKED
    left = Assent.objects.get(decision=made, person=board.heads["Oak"].person)
    board.seat("Primary Forum representative").tenures.update(until_on=FIRST - timedelta(days=1), from_on=date(2022, 1, 1))
    with pytest.raises(Conflict, match="answers for it no more"):
        between.answer_resolution(assent=left, agrees=False, by=board.heads["Oak"])
    tasks.settle_resolutions()
    assert Decision.objects.get(pk=made.pk).state == DecisionState.MADE


def test_a_meeting_is_held_on_its_day_and_one_that_took_place_is_not_cancelled() -> None:
    board = Meets()
    later = board.planned(LATER)
    with pytest.raises(Conflict, match="is on Monday 25 April"):
        holding.take_register(meeting=later, came={}, deputies={}, by=board.manager)
    board.all_here()
    with pytest.raises(Conflict, match="took place"):
        planning.cancel_meeting(meeting=Meeting.objects.get(pk=board.meeting.pk), why="Snow", by=board.manager)
    holding.close_meeting(meeting=Meeting.objects.get(pk=board.meeting.pk), by=board.manager)
    first = following.circulate(meeting=Meeting.objects.get(pk=board.meeting.pk), seen_by_chair=True, by=board.manager)
    off = planning.cancel_meeting(meeting=later, why="Snow", by=board.manager)
    moved = {"on": LATER, "begins": time(17), "lasts": 60, "place": "", "link": "", "version": off.version}
    with pytest.raises(Conflict, match="is over, or does not take place"):
        planning.change_meeting(meeting=off, **moved, by=board.manager)
    with pytest.raises(Invalid, match="that took place"):
        following.approve_minutes(meeting=first, at=off, by=board.manager)


def test_two_meetings_of_one_day_both_decide() -> None:
    board = Meets()
    second = board.planned(FIRST, begins=time(19))
    items = [board.item(), board.item(meeting=second)]
    for one in (board.meeting, second):
        board.all_here(one)
    references = [board.decided(one).reference for one in items]
    assert references == ["PB 2022-03-21/1", "PB 2022-03-21/2"]


def test_whoever_chairs_and_leaves_has_no_casting_vote_and_nothing_is_no_tie() -> None:
    board = Meets()
    item = board.item()
    board.all_here()
    with pytest.raises(Invalid, match="no tie"):
        board.decided(item, for_it=0, against=0, casting=True)
    chair = Meeting.objects.get(pk=board.meeting.pk).chair
    holding.declare(item=item, member=chair, words="A cousin bids", key=keys.new_key(), by=board.manager)
    with pytest.raises(Invalid, match=r"not quorate|has left for this item"):
        board.decided(item, for_it=2, against=2, casting=True)


def test_a_meeting_whose_agenda_went_in_time_is_not_moved_too_near_nor_into_the_past() -> None:
    board = Meets()
    later = board.planned(LATER)
    said = {"begins": time(16), "lasts": 90, "place": "", "link": ""}
    agendas.send_agenda(meeting=later, by=board.manager)
    for on, why in ((FIRST + timedelta(days=1), "or cancel it"), (FIRST - timedelta(days=20), "today or a later day")):
        with pytest.raises(Invalid, match=why):
            planning.change_meeting(
                meeting=Meeting.objects.get(pk=later.pk), on=on, version=later.version, **said, by=board.manager
            )
    moved = Meeting.objects.get(pk=later.pk)
    planning.change_meeting(meeting=moved, on=LATER + timedelta(days=7), version=moved.version, **said, by=board.manager)
    assert Meeting.objects.get(pk=later.pk).state == MeetingState.SENT


def test_an_agenda_that_went_as_urgent_is_urgent_for_that_day_alone() -> None:
    board = Meets()
    later = board.planned(FIRST + timedelta(days=2))
    said = {"begins": time(16), "lasts": 90, "place": "", "link": ""}
    agendas.send_agenda(meeting=later, urgent=True, by=board.manager)
    sent = Meeting.objects.get(pk=later.pk)
    assert sent.is_short
    moved = planning.change_meeting(meeting=sent, on=LATER, version=sent.version, **said, by=board.manager)
    assert not moved.is_short
    with clock.at(clock.start_of(LATER - timedelta(days=1), 9)), pytest.raises(Invalid, match="or cancel it"):
        planning.change_meeting(meeting=moved, on=LATER + timedelta(days=1), version=moved.version, **said, by=board.manager)


def test_a_typed_day_stands_beside_another_series_of_that_week() -> None:
    board = Meets()
    said = {"begins": time(16), "lasts": 60, "place": "", "link": "", "weekday": 0, "nth": 1, "kind": MeetingKind.ORDINARY}
    weekly = {"rhythm": HowOften.WEEKLY, "from_on": date(2022, 4, 25), "until_on": date(2022, 6, 30)}
    planning.plan_series(body=board.body, **weekly, **said, key=keys.new_key(), by=board.manager)
    typed = {"rhythm": HowOften.TYPED, "from_on": date(2022, 4, 25), "typed": [date(2022, 5, 12), date(2022, 6, 14)]}
    planning.plan_series(body=board.body, **typed, **said, key=keys.new_key(), by=board.manager)
    assert Meeting.objects.filter(on__in=typed["typed"]).count() == 2


def test_approved_minutes_say_what_the_body_was_called() -> None:
    board = Meets()
    board.item()
    holding.close_meeting(meeting=board.all_here(), by=board.manager)
    first = following.circulate(meeting=Meeting.objects.get(pk=board.meeting.pk), seen_by_chair=True, by=board.manager)
    done = following.approve_minutes(meeting=first, at=board.all_here(board.planned(LATER)), by=board.manager)
    body = Body.objects.get(pk=board.body.pk)
    said = {"about": "", "shown": body.shown, "is_public": False}
    change_body(body=body, name="Another board", **said, version=body.version, by=board.manager)
    tasks.fix(done.pk)
    assert Meeting.objects.get(pk=done.pk).body_then == "Partnership board"


def test_whoever_has_not_seen_the_others_text_does_not_write_over_it() -> None:
    board = Meets()
    item = board.item()
    client = enter(Client(), Person.objects.get(pk=board.manager.person))
    page = reverse("meetings:notes", args=[board.partnership.slug, item.pk])
    holding.save_notes(item=AgendaItem.objects.get(pk=item.pk), notes="A’s words", version=item.version, by=board.manager)
    for _ in range(2):
        kept = client.post(page, {"notes": "B’s words", "version": item.version}, headers={"HX-Request": "true"}).content.decode()
        assert f'value="{item.version}"' in kept and "nothing was overwritten" in kept
    both = client.post(page, {"notes": "B’s words", "version": item.version}).content.decode()
    assert "A’s words" in both and "B’s words" in both and AgendaItem.objects.get(pk=item.pk).notes == "A’s words"


def test_it_stands_beside_an_action_who_said_how_it_stands_and_for_whom(client: Client) -> None:
    board = Meets()
    board.all_here()
    following.follow(decision=board.decided(board.item(), "Each names a lead."), due_on=LATER, by=board.manager)
    of_elm = ActionPoint.objects.get(school=board.schools["Elm"])
    assert of_elm.told == ""
    enter(client, Person.objects.get(pk=acting(board, "Elm").person))
    page = reverse("meetings:action", args=[of_elm.partnership.slug, of_elm.pk])
    client.post(page, {"state": "done", "said": "Ms Fox."})
    told = f"Dee for {board.heads['Elm'].name}, 21 March 2022"
    assert ActionPoint.objects.get(pk=of_elm.pk).told == told
    assert told in client.get(page).content.decode()
