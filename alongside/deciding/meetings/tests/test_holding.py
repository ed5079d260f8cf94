"""At the meeting: the register and its quorum, interests, minutes, decisions, money, actions."""

from datetime import timedelta

import pytest

from alongside.deciding.bodies.actions import bodies
from alongside.deciding.bodies.actions.tenures import appoint
from alongside.deciding.bodies.models import Seat, Tenure
from alongside.deciding.bodies.rules.kinds import BodyKind, Deputy, Duty, Filling, SeatFor
from alongside.deciding.bodies.tests.make import body_of
from alongside.deciding.meetings.actions import following, holding
from alongside.deciding.meetings.models import AgendaItem, Attendee, Meeting
from alongside.deciding.meetings.queries.agendas import agenda_of, attendees_of, presence_at
from alongside.deciding.meetings.queries.planning import replies_to, roster
from alongside.deciding.meetings.rules.kinds import Attendance, MeetingState
from alongside.deciding.meetings.tests.make import FIRST, LATER, SYSTEM, Heads, Meets
from alongside.ground.core import clock, keys
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.rules import Attending
from alongside.members.membership.tests.make import person, school
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]


@pytest.fixture
def board() -> Meets:
    return Meets()


def test_the_first_meeting_is_quorate_with_five_of_ten_seats_filled_and_says_who_acts(board: Meets) -> None:
    held = board.all_here()
    assert held.presence and held.presence.words == "5 of 5 filled seats of 10 are here; quorum 3; quorate"
    assert (held.chair_name, held.chair_acts) == ("Lee Adams", True)
    assert [one.said for one in Attendee.objects.filter(meeting=held, name="Lee Adams")] == ["Lee Adams, acting"]
    few = board.here("Lee Adams", "Pat Burns")
    assert few.presence and few.presence.words == "2 of 5 filled seats of 10 are here; quorum 3; not quorate"
    alone = board.here("Oak’s head", "Ash’s head", "Fir’s head", chair="")
    assert alone.presence and "not quorate: nobody chairs" in alone.presence.words
    with pytest.raises(Invalid, match="somebody who is here"):
        board.here("Oak’s head")
    with pytest.raises(Refused):
        holding.take_register(meeting=held, came={}, deputies={}, by=board.heads["Oak"])


def test_what_the_register_found_stays_when_seats_change(board: Meets) -> None:
    seat = {
        "title": "Finance expert", "seat_for": SeatFor.ANYONE, "filling": Filling.CO_OPTED, "filled_by": "", "duty": Duty.MEMBER,
        "votes": False, "deputy": Deputy.NONE, "term_years": None, "others": [], "other_why": "",
    }  # fmt: skip
    board.all_here()
    bodies.add_seat(body=board.body, **seat, from_on=LATER, key=keys.new_key(), by=board.manager)
    board.sits("Finance expert", "Jo Clark", LATER)
    board.sits("Other primary head 1", board.heads["Elm"], LATER)
    first = Meeting.objects.get(pk=board.meeting.pk)
    assert first.presence and first.presence.words == "5 of 5 filled seats of 10 are here; quorum 3; quorate"
    assert Attendee.objects.filter(meeting=first).count() == 5
    later = board.all_here(board.planned(LATER))
    assert later.presence and later.presence.words == "5 of 6 filled seats of 11 are here; quorum 3; quorate"


def test_on_a_headboard_only_full_members_count_and_executive_heads_have_their_schools_vote() -> None:
    heads = Heads()
    there = roster(heads.headboard, FIRST, viewer=SYSTEM)
    assert [(one.name, bool(one.vote), one.sits_fully) for one in there.members if one.name == "Yew’s head"] == [
        ("Yew’s head", False, False)
    ]
    held = heads.here("Yew’s head", "Elm’s head", meeting=heads.week, chair="Elm’s head")
    assert held.presence and held.presence.words == "1 of 4 votes is here; quorum 2; not quorate"
    assert held.chair_acts  # nobody was chosen, so who chairs acts


def test_a_deputy_comes_where_the_seat_has_one_and_counts_where_the_seat_says_so(board: Meets) -> None:
    oak, lee = board.heads["Oak"].person or "", Tenure.objects.get(holder__name="Lee Adams", is_acting=True).holder_id
    with pytest.raises(Invalid, match="Enter who came"):
        holding.take_register(meeting=board.meeting, came={oak: Attendance.DEPUTY}, deputies={}, by=board.manager)
    came = {oak: Attendance.DEPUTY, lee: Attendance.HERE}
    held = holding.take_register(meeting=board.meeting, came=came, deputies={oak: "Di Deputy"}, chair=lee, by=board.manager)
    assert held.votes_here == 1  # the seat's deputy speaks, and does not vote
    Seat.objects.filter(title="Primary Forum representative").update(deputy=Deputy.VOTES, version=2)
    held = holding.take_register(meeting=held, came=came, deputies={oak: "Di Deputy"}, chair=lee, by=board.manager)
    assert held.votes_here == 2 and "Oak’s head (represented by Di Deputy)" in [one.said for one in held.attendees.all()]
    Seat.objects.filter(title="Primary Forum representative").update(deputy=Deputy.NONE, version=3)
    with pytest.raises(Invalid, match="no deputy"):
        holding.take_register(meeting=held, came=came, deputies={oak: "Di"}, by=board.manager)


def test_replies_from_the_diary_are_known_to_who_keeps_the_meeting(board: Meets) -> None:
    thing = Dated(f"meetings.meeting/{board.partnership.slug}/{board.meeting.pk}", "", "", "", "", "", "", FIRST, FIRST)
    DiaryDate.objects.create(
        person_id=board.heads["Oak"].person, partnership=board.partnership, uid=thing.uid, organiser="o", digest="d", times="t",
        first_on=FIRST, last_on=FIRST, first_sent_at=clock.now(), answer="DECLINED",
    )  # fmt: skip
    replies = replies_to(board.meeting, viewer=board.manager)
    assert [one.attending for one in replies.values()] == [Attending.NO]


def test_minutes_are_kept_and_never_overwrite_anothers_text(board: Meets) -> None:
    item = board.item()
    other = AgendaItem.objects.get(pk=item.pk)
    holding.save_notes(item=item, notes="We spoke of the fee.", version=1, by=board.manager)
    with pytest.raises(Stale) as stale:
        holding.save_notes(item=other, notes="Nobody spoke.", version=1, by=board.manager)
    assert stale.value.mine == {"Minutes": "Nobody spoke."} and stale.value.theirs == {"Minutes": "We spoke of the fee."}
    with pytest.raises(Refused):
        holding.save_notes(item=item, notes="X", version=2, by=board.heads["Oak"])


def test_a_decision_is_known_by_its_number_and_made_once(board: Meets) -> None:
    item, key = board.item(), keys.new_key()
    with pytest.raises(Invalid, match="not quorate"):
        board.decided(item)
    board.all_here()
    first = board.decided(item, "The chair acts until June.", key=key)
    assert board.decided(item, "The chair acts until June.", key=key) == first and first.reference == "PB 2022-03-21/1"
    lost = board.decided(item, "We meet daily.", for_it=1, against=4)
    assert (lost.reference, lost.state, lost.votes.words) == ("PB 2022-03-21/2", "lost", "1 for, 4 against")
    with pytest.raises(Invalid, match="5 votes may be cast"):
        board.decided(item, for_it=6, against=0)
    later = board.planned(LATER)
    board.all_here(later)
    again = board.decided(board.item(meeting=later), "The chair acts until July.", supersedes=first)
    assert first.superseded_by == again
    with pytest.raises(Conflict, match="taken its place"):
        board.decided(board.item(meeting=later), "No: August.", supersedes=first)
    with pytest.raises(Refused):
        board.decided(item, by=board.heads["Oak"])


def test_no_two_decisions_of_a_partnership_are_known_alike(board: Meets) -> None:
    other = body_of(board.partnership, "board", name="Programme board")
    board.all_here()
    first = board.decided(board.item())
    meeting = board.planned(FIRST, other)
    Meeting.objects.filter(pk=meeting.pk).update(in_post=1, needed=1, needs_chair=False, places=1, votes_here=1, chair="x")
    meeting = Meeting.objects.get(pk=meeting.pk)
    for number in range(1):
        Attendee.objects.create(
            partnership=board.partnership, meeting=meeting, member=f"m{number}", name="Ann", seat="S", vote=f"v{number}",
            duty="member", deputy_may="none", came=Attendance.HERE,
        )  # fmt: skip
    second = board.decided(board.item(meeting=meeting))
    assert (first.reference, second.reference) == ("PB 2022-03-21/1", "PB 2022-03-21/2")


def test_what_the_register_has_no_quorum_for_is_marked_in_the_minutes(board: Meets) -> None:
    item = board.item()
    board.all_here()
    made = board.decided(item, "Agreed.", for_it=4, against=1)

    def said() -> dict[str, str]:
        meeting = Meeting.objects.select_related("body").get(pk=board.meeting.pk)
        return agenda_of(meeting, viewer=SYSTEM).doubts(attendees_of(meeting, viewer=SYSTEM))

    assert said() == {}
    board.here("Lee Adams", "Pat Burns")
    assert said() == {
        made.pk: "The register says of this item: 2 of 5 filled seats of 10 are here; quorum 3; not quorate. 5 votes counted"
    }
    board.here("Oak’s head", "Lee Adams", "Pat Burns")  # a quorum, and fewer than have voted
    assert said()[made.pk].endswith("3 of 5 filled seats of 10 are here; quorum 3; quorate. 5 votes counted")
    board.all_here()
    holding.declare(
        item=item, member=board.heads["Oak"].person or "", words="Its head", key=keys.new_key(), by=board.heads["Oak"]
    )
    assert said()[made.pk].startswith("The register says of this item: 4 of 5")


def test_whoever_acts_as_chair_keeps_the_deputy_of_their_own_seat(board: Meets) -> None:
    there = {one.name: one.deputy for one in roster(board.body, FIRST, viewer=SYSTEM).members}
    assert there["Lee Adams"] == there["Pat Burns"] == Deputy.SPEAKS


def test_who_has_an_interest_leaves_and_neither_counts_nor_votes(board: Meets) -> None:
    item = board.item()
    board.here("Oak’s head", "Lee Adams", "Pat Burns")
    there = presence_at(item, viewer=board.manager)
    assert there and there.is_quorate
    oak = board.heads["Oak"]
    made = holding.declare(item=item, member=oak.person or "", words="Our school bids.", key=keys.new_key(), by=oak)
    assert (made.name, made.leaves) == ("Oak’s head", True)
    with pytest.raises(Invalid, match="not quorate"):
        board.decided(item)
    with pytest.raises(Refused):
        holding.declare(item=item, member=board.heads["Ash"].person or "", words="X", key=keys.new_key(), by=oak)
    with pytest.raises(Invalid, match="sits there"):
        holding.declare(item=item, member="x" * 12, words="X", key=keys.new_key(), by=board.manager)
    holding.strike_declared(declared=made, by=board.manager)
    with pytest.raises(Conflict):
        holding.strike_declared(declared=made, by=board.manager)
    assert board.decided(item, for_it=2, against=1).state == "made"


def test_a_decision_on_the_fee_becomes_what_money_rests_on(board: Meets) -> None:
    board.all_here()
    made = board.decided(board.item(), "£100 less for all.", money=DecisionKind.REDUCTION, amount=50_000)
    rests = Authority.objects.get()
    assert (str(rests), rests.kind, rests.amount, made.authority) == (
        "Partnership board, 21 March 2022, PB 2022-03-21/1", "reduction", 50_000, rests,
    )  # fmt: skip
    clerk = person("Cy", Post.SCHOOL_ADMIN, school=board.schools["Oak"])
    board.sits("Clerk", clerk)
    again = standing_of(Person.objects.get(pk=clerk.person))
    waits = board.decided(board.item(), "No fee for Elm.", money=DecisionKind.WAIVER, school=board.schools["Elm"], by=again)
    assert waits.authority is None and Authority.objects.count() == 1
    with pytest.raises(Refused):
        holding.authorise(decision=waits, by=again)
    assert holding.authorise(decision=waits, by=board.manager).authority.school == board.schools["Elm"]
    with pytest.raises(Conflict):
        holding.authorise(decision=waits, by=board.manager)
    with pytest.raises(Invalid, match="Enter the amount"):
        board.decided(board.item(), money=DecisionKind.CREDIT)
    elsewhere = school(991_000, "Elsewhere")
    with pytest.raises(Refused):
        board.decided(board.item(), money=DecisionKind.WAIVER, school=elsewhere)


def test_about_money_only_the_board_decides(board: Meets) -> None:
    group = body_of(board.partnership, "group", kind=BodyKind.WORKING_GROUP, needs_chair=False)
    appoint(seat=Seat.objects.get(body=group, title="Member 1"), name="Jo Clark", from_on=FIRST, key=keys.new_key(), by=SYSTEM)
    meeting = board.planned(FIRST, group)
    board.here("Jo Clark", meeting=meeting, chair="")
    with pytest.raises(Invalid, match="its board decides: hand this on to the board"):
        board.decided(board.item(meeting=meeting), money=DecisionKind.WAIVER)


def test_an_action_has_an_owner_and_a_day(board: Meets) -> None:
    item, said = board.item(), {"words": "Write the advert", "due_on": LATER}
    with pytest.raises(Invalid, match="Choose who does it"):
        holding.agree_action(item=item, **said, key=keys.new_key(), by=board.manager)
    with pytest.raises(Invalid, match="day of the meeting or a later one"):
        early = {**said, "due_on": FIRST - timedelta(days=1), "owner": "The council"}
        holding.agree_action(item=item, **early, key=keys.new_key(), by=board.manager)
    lee = Tenure.objects.get(holder__name="Lee Adams", is_acting=True).holder_id
    owners = [
        holding.agree_action(item=item, **said, **who, key=keys.new_key(), by=board.manager)
        for who in (
            {"member": lee},
            {"member": board.heads["Oak"].person},
            {"school": board.schools["Elm"]},
            {"owner": "The council"},
        )
    ]
    assert [(one.owner, bool(one.person), bool(one.school_id)) for one in owners] == [
        ("Lee Adams", False, False), ("Oak’s head", True, False), ("Elm", False, True), ("The council", False, False),
    ]  # fmt: skip


def test_a_meeting_is_over_once_after_its_register(board: Meets) -> None:
    before = board.meeting.on - timedelta(days=1)
    with clock.at(clock.start_of(before, 9)), pytest.raises(Conflict, match="Until then apologies are entered"):
        holding.close_meeting(meeting=board.meeting, by=board.manager)
    with clock.at(clock.start_of(board.meeting.on, 15)), pytest.raises(Conflict, match="“Who is here” beside the minutes"):
        holding.close_meeting(meeting=board.meeting, by=board.manager)
    board.all_here()
    fresh = Meeting.objects.get(pk=board.meeting.pk)
    assert holding.close_meeting(meeting=fresh, by=board.manager).state == MeetingState.HELD
    with pytest.raises(Conflict):
        holding.close_meeting(meeting=fresh, by=board.manager)


def test_a_decision_written_down_by_mistake_is_struck_out_until_the_draft_minutes_go(board: Meets) -> None:
    board.all_here()
    wrong = board.decided(board.item("The advert"), "Not so.", for_it=1, against=2)
    with pytest.raises(Refused):
        holding.strike_decision(decision=wrong, by=board.heads["Oak"])
    holding.strike_decision(decision=wrong, by=board.manager)
    again = board.decided(board.item("The advert again"), "So.", for_it=2, against=1)
    assert again.reference == wrong.reference, "its number is free again"
    following.follow(decision=again, due_on=LATER, by=board.manager)
    with pytest.raises(Conflict, match="Something came of it"):
        holding.strike_decision(decision=again, by=board.manager)
    late = board.decided(board.item("Late"))
    holding.close_meeting(meeting=board.meeting, by=board.manager)
    following.circulate(meeting=board.meeting, seen_by_chair=True, by=board.manager)
    with pytest.raises(Conflict, match="takes its place"):
        holding.strike_decision(decision=late, by=board.manager)
