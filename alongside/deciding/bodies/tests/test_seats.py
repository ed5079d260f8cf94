"""The board of ten: made, filled, replaced on a day, and true on any past day."""

from datetime import date, timedelta

import pytest

from alongside.deciding.bodies.actions import bodies as actions, tenures
from alongside.deciding.bodies.models import Body, Holder, QuorumRule, Seat, Tenure
from alongside.deciding.bodies.queries.composition import composition
from alongside.deciding.bodies.queries.lists import bodies_of, tenures_of
from alongside.deciding.bodies.rules.holding import SeatState
from alongside.deciding.bodies.rules.kinds import Deputy, Duty, Filling, SeatFor, ShownTo
from alongside.deciding.bodies.rules.quorum import Share, each_vote
from alongside.deciding.bodies.tests.make import FIRST, SYSTEM, Board, body_of, seat_of
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Power, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.membership.tests.make import person, person_also, school
from alongside.members.notices.models import Notice
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import Establishment

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 21)]
LATER = date(2022, 9, 1)


@pytest.fixture
def board() -> Board:
    return Board()


def again(who: Standing) -> Standing:
    return standing_of(Person.objects.get(pk=who.person))


def test_at_the_first_meeting_five_sit_four_seats_and_the_chair_are_vacant_and_one_acts(board: Board) -> None:
    board.nominate()
    shown = board.on(FIRST)
    assert len(shown.places) == 10 and len(shown.vacant) == 5
    assert shown.to_fill == "5 seats and 1 office", "the clerk is wanted too"
    assert [one.seat.title for one in shown.seats if one.state is SeatState.VACANT] == [
        "Other primary head 1", "Other primary head 2", "Other primary head 3", "Other secondary head", "Clerk",
    ]  # fmt: skip
    assert shown.chair and (shown.chair.name, shown.chair.is_acting) == ("Lee Adams", True)
    assert (shown.quorum.in_post, shown.quorum.needed) == (5, 3)
    lee, pat, oak = (Holder.objects.get(name=name).pk for name in ("Lee Adams", "Pat Burns", "Oak’s head"))
    assert shown.is_quorate([lee, pat, oak]) and not shown.is_quorate([lee, lee, pat])
    assert not shown.is_quorate([pat, oak, board.heads["Ash"].person])  # nobody chairs
    assert bodies_of(board.partnership, viewer=board.manager)[0][1:] == (10, 5, False)


def test_the_representative_of_the_primary_forum_is_no_other_primary_head(board: Board) -> None:
    board.nominate()
    with pytest.raises(Invalid, match="is for somebody other: the prospectus says “other” heads") as refused:
        board.sits("Other primary head 1", board.heads["Oak"])
    assert set(refused.value.problems) == {"person"}
    with pytest.raises(Invalid, match="sits here already, on the seat “Local authority representative 2”"):
        board.sits("Other primary head 1", "Pat Burns", LATER)
    board.sits("Other primary head 1", board.heads["Elm"])
    with pytest.raises(Invalid, match="nobody sits on a body twice"):  # nor the other way round
        board.sits("Other primary head 2", board.heads["Elm"])


def test_an_exclusion_holds_from_either_seat(board: Board) -> None:
    board.sits("Other primary head 1", board.heads["Oak"])
    with pytest.raises(Invalid, match="“Primary Forum representative” is for somebody other: the prospectus"):
        board.sits("Primary Forum representative", board.heads["Oak"])


def test_a_seat_is_for_heads_of_its_phase_on_the_day_that_it_is_filled(board: Board) -> None:
    with pytest.raises(Invalid, match="Ash’s head: is head of secondary: the seat is for primary heads"):
        board.sits("Other primary head 1", board.heads["Ash"])
    clerk = person("Cy", Post.SCHOOL_ADMIN, school=board.schools["Oak"])
    with pytest.raises(Invalid, match="Cy: is not head of a member school"):
        board.sits("Other primary head 1", clerk)
    board.sits("Other primary head 1", "Somebody without an account")


def test_who_moves_on_has_lost_what_the_seat_asks_for_and_is_not_removed(board: Board) -> None:
    board.nominate()
    Role.objects.filter(person=board.heads["Oak"].person).update(until_on=LATER - timedelta(days=1))
    assert not board.on(LATER - timedelta(days=1)).lost
    (lost,) = board.on(LATER).lost
    assert (lost.name, lost.lost) == ("Oak’s head", "Is not head of a member school")
    assert board.on(LATER).quorum.in_post == 5


def test_what_a_seat_was_stays_on_the_pages_of_the_days_before_it_was_described_otherwise(board: Board) -> None:
    seat = board.seat("Special school representative")
    described = {
        "seat_for": SeatFor.SPECIAL, "filling": Filling.NOMINATED, "filled_by": "", "other_why": "", "term_years": 3,
        "others": [], "by": board.manager,
    }  # fmt: skip
    before, later = (seat.title, seat.how), date(2022, 9, 1)

    def said(on: date) -> tuple[str, str]:
        (row,) = [one.seat for one in board.on(on).seats if one.seat.pk == seat.pk]
        return row.title, row.deputy

    with pytest.raises(Invalid, match="today or an earlier"):
        actions.change_seat(seat=seat, title="S", deputy=Deputy.VOTES, from_on=later, version=1, **described)
    with clock.at(clock.start_of(date(2023, 1, 9), 9)):
        actions.change_seat(seat=seat, title="Special schools", deputy=Deputy.VOTES, from_on=later, version=1, **described)
        seat = board.seat("Special schools")
        first = date(2022, 6, 1)
        actions.change_seat(seat=seat, title="Specials", deputy=Deputy.SPEAKS, from_on=date(2022, 11, 1), version=2, **described)
        assert said(later - timedelta(days=1))[0] == before[0] == said(FIRST)[0]
        assert (
            said(later) == said(date(2022, 10, 31)) == ("Special schools", "votes") and said(date(2022, 11, 1))[0] == "Specials"
        )
        seat = board.seat("Specials")
        actions.change_seat(seat=seat, title="Spec", deputy=Deputy.NONE, from_on=first, version=3, **described)  # put right
        assert said(first - timedelta(days=1))[0] == before[0] and said(first)[0] == said(date(2023, 1, 9))[0] == "Spec"
        seat = board.seat("Spec")
        actions.change_seat(seat=seat, title="Always", deputy=Deputy.NONE, from_on=seat.from_on, version=4, **described)
    assert said(FIRST)[0] == "Always"


def test_replacing_a_nominee_ends_the_tenure_before_the_day_before(board: Board) -> None:
    board.nominate()
    lee = Tenure.objects.get(seat__title="Local authority representative 1")
    key, said = keys.new_key(), {"name": "Jo Clark", "from_on": LATER, "rests_on": "Nominated by the council"}
    made = tenures.replace_holder(tenure=lee, **said, key=key, by=board.manager)
    assert tenures.replace_holder(tenure=lee, **said, key=key, by=board.manager) == made
    lee.refresh_from_db()
    assert (lee.until_on, lee.ended_because, made.until_on) == (date(2022, 8, 31), "Replaced", date(2024, 3, 20))
    for day, name in ((FIRST, "Lee Adams"), (date(2022, 8, 31), "Lee Adams"), (LATER, "Jo Clark")):
        (seat,) = [one for one in board.on(day).seats if one.seat.title == lee.seat.title]
        assert [one.name for one in seat.sitting] == [name]
    with pytest.raises(Invalid, match="enter a later day"):
        tenures.replace_holder(tenure=made, name="X", from_on=LATER, key=keys.new_key(), by=board.manager)
    with pytest.raises(Conflict, match="had ended by then"):
        tenures.replace_holder(tenure=lee, name="X", from_on=date(2022, 10, 1), key=keys.new_key(), by=board.manager)


def test_the_chair_from_a_competition_takes_over_from_who_acts(board: Board) -> None:
    board.nominate()
    board.sits("Independent chair", "Dr Chair", date(2022, 6, 1))
    acting = Tenure.objects.get(is_acting=True)
    assert (acting.until_on, acting.ended_because) == (date(2022, 5, 31), "Somebody holds the seat")
    june = board.on(date(2022, 6, 1))
    assert june.chair and june.chair.name == "Dr Chair" and (june.quorum.in_post, june.quorum.needed) == (6, 3)
    (chair,) = [one for one in board.on(FIRST).seats if one.seat.duty == Duty.CHAIR]
    assert chair.coming and chair.coming.holder.name == "Dr Chair"


def test_a_seat_has_one_holder_at_a_time_and_a_press_counts_once(board: Board) -> None:
    key = keys.new_key()
    made = board.sits("Local authority representative 1", "Lee Adams", key=key)
    assert board.sits("Local authority representative 1", "Lee Adams", key=key) == made and Tenure.objects.count() == 1
    with pytest.raises(Conflict):
        board.sits("Local authority representative 1", "Lee Adams", LATER, key=key)
    with pytest.raises(Invalid, match="Somebody holds this seat from 21 March 2022 until 20 March 2024"):
        board.sits("Local authority representative 1", "Pat Burns", LATER)
    with pytest.raises(Invalid, match="Choose somebody, or enter a name"):
        board.sits("Local authority representative 2", " ")


def test_what_was_entered_wrongly_is_corrected_or_struck_out(board: Board) -> None:
    made = board.sits("Local authority representative 1", "Lee Adams")
    said = {"from_on": date(2022, 3, 28), "until_on": LATER, "ended_because": "Moved away"}
    tenures.change_tenure(tenure=made, **said, version=1, by=board.manager)
    with pytest.raises(Stale):
        tenures.change_tenure(tenure=made, **said, version=1, by=board.manager)
    assert not any(one.sitting for one in board.on(FIRST).seats)
    other = board.sits("Local authority representative 1", "Pat Burns", date(2022, 9, 2))
    made.refresh_from_db()
    with pytest.raises(Invalid, match="Somebody holds this seat from 2 September"):
        tenures.change_tenure(tenure=made, **{**said, "until_on": None}, version=made.version, by=board.manager)
    tenures.strike_tenure(tenure=other, by=board.manager)
    with pytest.raises(Conflict, match="struck out already"):
        tenures.strike_tenure(tenure=other, by=board.manager)
    with pytest.raises(Conflict, match="Enter it anew"):
        tenures.change_tenure(tenure=other, **said, version=other.version, by=board.manager)
    assert [one.is_struck for one in tenures_of(board.body, viewer=SYSTEM)] == [True, False]
    assert not any(one.sitting for one in board.on(date(2022, 9, 2)).seats)


def test_a_seat_without_vote_from_a_day_changes_no_day_before(board: Board) -> None:
    board.nominate()
    said = {
        "title": "Finance expert", "seat_for": SeatFor.ANYONE, "filling": Filling.CO_OPTED, "filled_by": "The board",
        "duty": Duty.MEMBER, "votes": False, "deputy": Deputy.NONE, "term_years": 1, "others": [], "other_why": "",
    }  # fmt: skip
    seat = actions.add_seat(body=board.body, **said, from_on=LATER, key=keys.new_key(), by=board.manager)
    board.sits("Finance expert", "Fi", LATER)
    before, after = board.on(date(2022, 8, 31)), board.on(LATER)
    assert (len(before.places), len(after.places)) == (10, 11) and before.quorum == after.quorum
    assert "Fi" in [one.name for one in after.sitting] and Holder.objects.get(name="Fi").pk not in after.votes
    with pytest.raises(Invalid, match="A clerk does not vote"):
        wrong = {**said, "duty": Duty.CLERK, "votes": True}
        actions.add_seat(body=board.body, **wrong, from_on=LATER, key=keys.new_key(), by=board.manager)
    with pytest.raises(Invalid, match="The body is there from 21 March 2022"):
        actions.add_seat(body=board.body, **said, from_on=date(2022, 3, 1), key=keys.new_key(), by=board.manager)
    actions.end_seat(seat=seat, until_on=date(2022, 12, 31), by=board.manager)
    assert Tenure.objects.get(seat=seat).until_on == date(2022, 12, 31) and len(board.on(date(2023, 1, 1)).places) == 10
    with pytest.raises(Invalid, match="The seat began on 1 September 2022"):
        actions.end_seat(seat=seat, until_on=date(2022, 8, 31), by=board.manager)
    with pytest.raises(Conflict, match="ends on 31 December 2022 already"):
        actions.end_seat(seat=seat, until_on=date(2023, 1, 31), by=board.manager)


def test_another_quorum_holds_from_its_day(board: Board) -> None:
    board.nominate()
    actions.set_quorum(body=board.body, share=Share.NUMBER, least=4, needs_chair=False, from_on=LATER, by=board.manager)
    assert (board.on(FIRST).quorum.needed, board.on(LATER).quorum.needed) == (3, 4)
    with pytest.raises(Invalid, match="The body began on 21 March 2022"):
        actions.set_quorum(
            body=board.body, share=Share.HALF, least=0, needs_chair=False, from_on=date(2022, 3, 1), by=board.manager
        )


def test_every_head_of_a_member_sits_on_the_headboard_by_that_fact_and_associates_do_not_vote(board: Board) -> None:
    headboard = body_of(board.partnership, "headboard")
    Role.objects.filter(school=board.schools["Yew"]).update(until_on=date(2022, 8, 31))
    co_head = person("Co-head", Post.HEAD, school=board.schools["Oak"])
    board.schools["Ivy"] = type(board.schools["Oak"]).objects.get(pk=board.schools["Yew"].pk)
    shown = composition(headboard, FIRST, viewer=SYSTEM)
    assert len(shown.sitting) == 6 and shown.quorum.in_post == 5  # two heads of one school have one vote
    assert shown.is_quorate([co_head.person, board.heads["Ash"].person, board.heads["Elm"].person]) is False  # nobody chairs
    chair = tenures.appoint(
        seat=seat_of(headboard, "Chair"), person=co_head.person, from_on=FIRST, key=keys.new_key(), by=board.manager
    )
    assert chair.holder.name == "Co-head"
    shown = composition(headboard, FIRST, viewer=SYSTEM)
    assert shown.is_quorate([co_head.person, board.heads["Ash"].person, board.heads["Elm"].person])
    assert not shown.is_quorate([co_head.person, board.heads["Oak"].person, board.heads["Elm"].person])
    assert len(composition(headboard, LATER, viewer=SYSTEM).sitting) == 6  # five heads by post, and the chair beside
    with pytest.raises(Conflict, match="sits here by that fact"):
        seat = seat_of(headboard, "Headteachers of member schools")
        tenures.appoint(seat=seat, name="X", from_on=FIRST, key=keys.new_key(), by=board.manager)


@pytest.mark.parametrize(
    ("filling", "by", "said"),
    [
        (Filling.NOMINATED, "the council", "Nominated by the council"),
        (Filling.NOMINATED, "", "Nominated"),
        (Filling.EX_OFFICIO, "the council", "By post (ex officio)"),
    ],
)
def test_who_fills_a_seat_is_said_unless_a_post_does(filling: Filling, by: str, said: str) -> None:
    assert Seat(filling=filling, filled_by=by).how == said


def test_nobody_is_put_on_a_governing_body_of_a_maintained_school_for_more_than_four_years(board: Board) -> None:
    seat = seat_of(body_of(board.partnership, "maintained", school=board.schools["Oak"]), "Co-opted governor 1")
    said = {"seat": seat, "name": "Gov", "from_on": FIRST, "key": keys.new_key(), "by": board.manager}
    with pytest.raises(Invalid, match="at most four years at a time"):
        tenures.appoint(until_on=date(2026, 3, 21), **said)
    assert tenures.appoint(until_on=date(2026, 3, 20), **said).until_on == date(2026, 3, 20)


@pytest.mark.parametrize("name", ["Oak", "AAA Oak"])
def test_each_school_has_one_vote_whoever_leads_it_and_whatever_it_is_called(board: Board, name: str) -> None:
    executive = person("Exec", Post.EXECUTIVE_HEAD, school=board.schools["Elm"])
    person_also(executive, Post.EXECUTIVE_HEAD, school=board.schools["Oak"])
    Role.objects.filter(person=board.heads["Oak"].person).update(until_on=FIRST - timedelta(days=1))
    Establishment.objects.filter(current_of=board.schools["Oak"]).update(name=name)
    shown = composition(body_of(board.partnership, "headboard"), FIRST, viewer=SYSTEM)
    assert shown.quorum.in_post == 5
    (theirs,) = [one for one in shown.sitting if one.person == executive.person]
    assert len(each_vote([theirs.vote])) == 2 and shown.votes_of([executive.person or ""]) == each_vote([theirs.vote])
    assert len(shown.votes_of([executive.person or "", board.heads["Elm"].person or ""])) == 2


def test_a_head_of_an_associate_speaks_and_does_not_vote(board: Board) -> None:
    headboard = body_of(board.partnership, "headboard")
    board.schools["Ivy"] = school(990_009, "Ivy", phase="Primary")
    board.admit("Ivy", Belonging.ASSOCIATE)
    ivy = person("Ivy’s head", Post.HEAD, school=board.schools["Ivy"])
    shown = composition(headboard, FIRST, viewer=SYSTEM)
    assert [one.vote for one in shown.sitting if one.person == ivy.person] == [""] and shown.quorum.in_post == 5


def test_a_seat_opens_its_body_and_nothing_else(board: Board) -> None:
    for title, name in (("Independent chair", "Dr Chair"), ("Clerk", "Cleo Clerk")):
        board.sits(title, name, email=f"{name.split()[0].lower()}@county.example")
    chair, clerk = (standing_of(Person.objects.get(name=name)) for name in ("Dr Chair", "Cleo Clerk"))
    assert chair.can(Power.CHAIR, body=board.body.pk) and clerk.can(Power.CLERK, body=board.body.pk)
    assert chair.partnerships == {board.partnership.pk} and not chair.offices and not chair.belonging
    assert Notice.objects.filter(kind="bodies.appointed").count() == 2
    for who, seen in ((chair, 1), (board.heads["Oak"], 1), (Standing(), 0)):
        assert QuorumRule.objects.visible_to(who).count() == Body.objects.visible_to(who).count() == seen
    board.sits("Local authority representative 1", "Lee Adams", by=clerk)
    for who in (chair, board.heads["Oak"], Standing()):
        with pytest.raises(Refused):
            board.sits("Local authority representative 2", "Pat Burns", by=who)
    with pytest.raises(Refused):
        actions.set_quorum(body=board.body, share=Share.HALF, least=0, needs_chair=True, from_on=LATER, by=clerk)
    with clock.at(clock.start_of(date(2024, 3, 21), 9)):
        assert not again(chair).roles and again(clerk).bodies() == {board.body.pk}  # the chair's term of two years is over


def test_nobody_of_another_partnership_is_put_on_a_seat_by_their_id(board: Board) -> None:
    stranger = person("Stranger", Post.HEAD, school=school(990_099, "Far"))
    with pytest.raises(Invalid, match="holds no post in the partnership"):
        board.sits("Local authority representative 1", stranger)
    board.sits("Local authority representative 1", "As the office calls them", email="stranger@example.org")
    assert Holder.objects.get(person=stranger.person).name == "As the office calls them"
    assert again(stranger).partnerships == {board.partnership.pk}


def test_bodies_are_called_otherwise_shown_and_ended(board: Board) -> None:
    with pytest.raises(Invalid, match="body of this name"):
        body_of(board.partnership, name="partnership BOARD")
    other = body_of(board.partnership, "group")
    said = {"about": "", "shown": ShownTo.BODY, "is_public": True, "by": board.manager}
    with pytest.raises(Invalid, match="body of this name"):
        actions.change_body(body=other, name="Partnership board", version=1, **said)
    other.refresh_from_db()
    actions.change_body(body=other, name="Heads at work", version=1, **said)
    with pytest.raises(Stale):
        actions.change_body(body=Body.objects.get(pk=other.pk), name="Heads at work", version=1, **said)
    tenures.appoint(seat=seat_of(other, "Member 1"), name="Ann", from_on=FIRST, key=keys.new_key(), by=board.manager)
    tenures.appoint(seat=seat_of(other, "Member 2"), name="Bo", from_on=LATER, key=keys.new_key(), by=board.manager)
    with pytest.raises(Invalid, match="It began on 21 March 2022"):
        actions.end_body(body=other, until_on=date(2022, 3, 1), by=board.manager)
    actions.end_body(body=other, until_on=date(2022, 7, 31), by=board.manager)
    assert {one.holder.name: one.is_struck for one in tenures_of(other, viewer=SYSTEM)} == {"Ann": False, "Bo": True}
    assert not composition(other, date(2022, 8, 1), viewer=SYSTEM).seats
    with pytest.raises(Conflict, match="has ended already"):
        actions.end_body(body=other, until_on=date(2022, 7, 31), by=board.manager)
    assert [row.body.name for row in bodies_of(board.partnership, viewer=board.manager)] == ["Partnership board", "Heads at work"]


def test_a_seat_is_described_otherwise_and_never_other_than_a_seat_elsewhere(board: Board) -> None:
    seat, other = board.seat("Special school representative"), body_of(board.partnership, "group")
    said = {
        "title": "Special schools", "seat_for": SeatFor.SPECIAL, "filling": Filling.NOMINATED, "filled_by": "", "other_why": "",
        "deputy": Deputy.VOTES, "term_years": 3, "from_on": FIRST, "version": 1, "by": board.manager,
    }  # fmt: skip
    with pytest.raises(Conflict, match="another body"):
        actions.change_seat(seat=seat, others=[Seat.objects.filter(body=other)[0].pk], **said)
    actions.change_seat(seat=seat, others=[seat.pk, board.seat("HASH representative").pk], **said)
    seat = Seat.objects.get(pk=seat.pk)
    assert (seat.title, seat.term_years, len(seat.others), seat.how) == ("Special schools", 3, 1, "Nominated")
    with pytest.raises(Stale):
        actions.change_seat(seat=seat, others=[], **said)
