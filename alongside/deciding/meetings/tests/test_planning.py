"""Planning: a series in turn, a day that cannot be kept, one that moves, what fills agendas."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest

from alongside.deciding.meetings import tasks
from alongside.deciding.meetings.actions import planning
from alongside.deciding.meetings.models import AgendaItem, Business, Meeting, MeetingSeries
from alongside.deciding.meetings.queries.lists import business_of, meetings_of
from alongside.deciding.meetings.queries.needs import needs
from alongside.deciding.meetings.queries.planning import other_days
from alongside.deciding.meetings.rules.kinds import HowOften, ItemKind, MeetingKind
from alongside.deciding.meetings.tests.make import FIRST, SYSTEM, Heads, Meets
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.calendar.actions import years as calendar
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.diary import actions as diary
from alongside.members.diary.models import DiaryDate
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


@pytest.fixture
def board() -> Meets:
    return Meets()


@pytest.fixture
def heads() -> Heads:
    return Heads()


def series(heads: Heads, from_on: date = date(2022, 3, 28), until_on: date | None = None, **facts: object) -> MeetingSeries:
    said = {
        "rhythm": HowOften.ALTERNATING, "kind": MeetingKind.STRATEGY, "weekday": 0, "nth": 1, "other_kind": MeetingKind.BUSINESS,
        "other_weekday": 2, "begins": time(8), "lasts": 60, "place": "Oak", "link": "", "key": keys.new_key(), **facts,
    }  # fmt: skip
    return planning.plan_series(body=heads.headboard, from_on=from_on, until_on=until_on, **said, by=heads.manager)


def test_a_meeting_is_planned_in_one_press_with_an_agenda_begun(board: Meets) -> None:
    key = keys.new_key()
    assert board.planned(date(2022, 4, 25), key=key) == board.planned(date(2022, 4, 25), key=key)
    assert Meeting.objects.count() == 2
    titles = list(AgendaItem.objects.filter(meeting=board.meeting).values_list("title", flat=True))
    assert titles[0] == "Welcome and apologies" and titles[-1] == "Any other business, and the next meeting"
    assert board.meeting.send_by == date(2022, 3, 11), "the Friday before the last day of notice, a Sunday"
    with pytest.raises(Invalid, match="today or a later day"):
        board.planned(date(2022, 3, 7))
    with pytest.raises(Refused):
        planning.plan_meeting(
            body=board.body, kind=MeetingKind.ORDINARY, on=FIRST, begins=time(16), lasts=60, place="", link="",
            key=keys.new_key(),
            by=board.heads["Oak"],
        )  # fmt: skip


def test_no_meeting_begins_in_the_hour_that_is_missing_when_clocks_go_forward(board: Meets) -> None:
    with pytest.raises(Invalid, match="no 01:30 on 27 March 2022: the clocks go forward"):
        board.planned(date(2022, 3, 27), begins=time(1, 30))
    assert board.planned(date(2022, 10, 30), begins=time(1, 30)).starts_at.astimezone(clock.LONDON).time() == time(1, 30)


def test_the_headboards_year_alternates_over_teaching_weeks_and_a_new_series_goes_on_in_turn(heads: Heads) -> None:
    spring = series(heads, until_on=date(2022, 4, 29))
    found = list(Meeting.objects.exclude(series=None).order_by("on"))
    assert [(one.on, one.kind) for one in found] == [
        (date(2022, 3, 28), "strategy"), (date(2022, 4, 20), "business"), (date(2022, 4, 25), "strategy"),
    ]  # fmt: skip  # the weeks between are the Easter holidays
    summer = series(heads, from_on=date(2022, 4, 25))
    assert summer != spring
    every = list(Meeting.objects.exclude(series=None).order_by("slot_on"))
    assert all(one.kind != other.kind for one, other in pairwise(every)) and len(every) > 12
    clashes = {(one.on, one.clash) for one in every if one.clash}
    assert (date(2022, 5, 2), "Early May bank holiday") not in clashes  # that week it is business, on a Wednesday
    with pytest.raises(Invalid, match="planned already"):
        series(heads, from_on=date(2022, 5, 2), until_on=date(2022, 5, 6))


def test_what_closes_schools_after_the_year_was_planned_stands_on_the_meeting_by_the_next_morning(heads: Heads) -> None:
    meeting = heads.planned(date(2022, 4, 27), heads.headboard, MeetingKind.BUSINESS)
    heads.planned(date(2022, 5, 11), heads.headboard, MeetingKind.BUSINESS)
    tasks.look_at_days()
    assert not Meeting.objects.exclude(clash="").exists()
    inset = {"partnership": heads.partnership, "kind": ClosureKind.INSET, "first_on": meeting.on}
    closed = [calendar.add_closure(key=keys.new_key(), school=one, **inset, by=SYSTEM) for one in heads.schools.values()]
    with pytest.raises(Refused):
        planning.look_at_days(body=heads.headboard, by=heads.manager)
    assert planning.look_at_days(body=heads.headboard, by=SYSTEM) == 1
    assert list(Meeting.objects.exclude(clash="").values_list("on", "clash")) == [(meeting.on, "INSET day")]
    assert "meetings.clash" in {row[0] for part in needs(viewer=heads.manager, on=FIRST) for row in part}
    for one in closed:
        calendar.remove_closure(partnership=heads.partnership, school=one.school, closure_id=one.pk, by=SYSTEM)
    tasks.look_at_days()
    assert not Meeting.objects.exclude(clash="").exists()


def test_a_day_on_which_schools_are_closed_offers_two_others_with_who_cannot_and_the_turn_goes_on(heads: Heads) -> None:
    made = series(
        heads, from_on=date(2022, 4, 25), kind=MeetingKind.BUSINESS, other_kind=MeetingKind.STRATEGY, weekday=2, other_weekday=0
    )
    calendar.add_closure(
        key=keys.new_key(), partnership=heads.partnership, school=heads.schools["Oak"], kind=ClosureKind.INSET,
        first_on=date(2022, 5, 3),
        by=SYSTEM,
    )  # fmt: skip
    clash = Meeting.objects.exclude(clash="").get(series=made, on=date(2022, 5, 2))
    assert (clash.kind, clash.clash) == ("strategy", "Early May bank holiday")
    tuesday, wednesday = other_days(clash, viewer=heads.manager)
    assert (tuesday.day, tuesday.cannot) == (date(2022, 5, 3), ["Oak’s head: INSET day"])
    assert (wednesday.day, wednesday.cannot) == (date(2022, 5, 4), [])
    moved = planning.change_meeting(
        meeting=clash, on=wednesday.day, begins=time(8), lasts=60, place="Oak", link="", version=clash.version, by=heads.manager
    )
    assert (moved.on, moved.slot_on, moved.clash, moved.was_moved) == (date(2022, 5, 4), date(2022, 5, 2), "", True)
    after = Meeting.objects.filter(series=made).order_by("slot_on").values_list("kind", flat=True)
    assert all(one != other for one, other in pairwise(after))
    told = Notice.objects.filter(kind="meetings.moved")
    assert told.count() == 5 and "Headboard on Monday 2 May 2022, 8am: now Wednesday 4 May 2022, 8am" in told[0].subject
    with pytest.raises(Stale):
        planning.change_meeting(
            meeting=clash, on=tuesday.day, begins=time(8), lasts=60, place="Oak", link="", version=1, by=heads.manager
        )


def test_who_has_accepted_another_date_of_the_partnership_is_known_not_to_come(heads: Heads) -> None:
    clash = heads.planned(date(2022, 5, 2), heads.headboard, MeetingKind.EXTRAORDINARY)
    DiaryDate.objects.create(
        person_id=heads.heads["Elm"].person, partnership=heads.partnership, uid="u", organiser="o", digest="d", times="t",
        first_on=date(2022, 5, 4), last_on=date(2022, 5, 4), first_sent_at=clock.now(), answer="ACCEPTED",
    )  # fmt: skip
    assert [one.cannot for one in other_days(clash, viewer=heads.manager)] == [[], ["Elm’s head: has accepted another date"]]


def test_a_meeting_that_is_cancelled_keeps_its_place_in_the_rhythm_and_leaves_the_diaries(heads: Heads) -> None:
    series(heads, until_on=date(2022, 4, 29))
    one = Meeting.objects.get(on=date(2022, 3, 28))
    head = Person.objects.get(pk=heads.heads["Oak"].person)
    with clock.at(clock.start_of(date(2022, 3, 9), 9)):
        diary.send_dates(person=head, by=SYSTEM)
    assert DiaryDate.objects.filter(person=head, first_on=one.on, is_cancelled=False).exists()
    planning.cancel_meeting(meeting=one, why="The hall is flooded.", by=heads.manager)
    with pytest.raises(Conflict):
        planning.cancel_meeting(meeting=one, why="", by=heads.manager)
    with clock.at(clock.start_of(date(2022, 3, 10), 9)):
        diary.send_dates(person=head, by=SYSTEM)
    assert DiaryDate.objects.filter(person=head, first_on=one.on, is_cancelled=True).exists()
    series(heads, from_on=date(2022, 5, 2), until_on=date(2022, 5, 6))
    assert Meeting.objects.get(slot_on=date(2022, 5, 4)).kind == "business"
    said = Notice.objects.filter(kind="meetings.moved").first()
    assert said and "Headboard on 28 March 2022: cancelled" in said.subject and "The hall is flooded." in said.body


def test_what_the_year_has_for_a_month_fills_its_agendas(board: Meets) -> None:
    def line(title: str, month: int, **facts: object) -> Business:
        said = {"kind": ItemKind.DECISION, "minutes": 15, "about": "", "meeting_kind": "", "is_restricted": False, **facts}
        return planning.add_business(body=board.body, title=title, month=month, **said, key=keys.new_key(), by=board.manager)

    budget, pay = line("Approve the budget", 4), line("Pay", 4, is_restricted=True)
    line("Audit", 11)
    line("Strategy only", 4, meeting_kind=MeetingKind.STRATEGY)
    april = board.planned(date(2022, 4, 25))
    titles = list(AgendaItem.objects.filter(meeting=april).values_list("title", flat=True))
    assert titles[3:] == ["Approve the budget", "Any other business, and the next meeting", "Pay"]
    assert [one.title for one in business_of(board.body, viewer=board.manager)][-4:] == [
        "Audit", "Approve the budget", "Pay", "Strategy only",
    ]  # fmt: skip
    planning.end_business(line=budget, version=budget.version, by=board.manager)
    with pytest.raises(Stale):
        planning.end_business(line=budget, version=1, by=board.manager)
    assert budget.pk not in [one.pk for one in business_of(board.body, viewer=board.manager)]
    assert not business_of(board.body, viewer=board.heads["Oak"]) and pay


def test_last_years_meeting_is_the_starting_copy(board: Meets) -> None:
    board.item("The fee for next year", presenter="Mo")
    with clock.at(clock.start_of(date(2023, 3, 1), 9)):
        again = board.planned(date(2023, 3, 20))
        AgendaItem.objects.filter(meeting=again).delete()
        planning.fill_agenda(meeting=again, like=board.meeting, by=board.manager)
        items = list(AgendaItem.objects.filter(meeting=again))
        assert [one.title for one in items][-2:] == ["The fee for next year", "Any other business, and the next meeting"]
        assert not any(one.notes for one in items)
        with pytest.raises(Conflict, match="has items already"):
            planning.fill_agenda(meeting=again, by=board.manager)


def test_no_agenda_begins_like_that_of_another_body(heads: Heads) -> None:
    AgendaItem.objects.filter(meeting=heads.week).delete()
    with pytest.raises(Conflict, match="of another body"):
        planning.fill_agenda(meeting=heads.week, like=heads.meeting, by=heads.manager)
    assert not AgendaItem.objects.filter(meeting=heads.week).exists()


def test_the_practice_slot_goes_round_among_the_heads_who_sit_fully(heads: Heads) -> None:
    names = []
    for week in range(5):
        one = heads.planned(FIRST + timedelta(days=7 * (week + 1)), heads.headboard, MeetingKind.STRATEGY)
        names.append(AgendaItem.objects.get(meeting=one, kind=ItemKind.PRACTICE).presenter)
    first = AgendaItem.objects.get(meeting=heads.week, kind=ItemKind.PRACTICE).presenter
    assert [first, *names] == ["Ash’s head", "Elm’s head", "Fir’s head", "Oak’s head", "Ash’s head", "Elm’s head"]


def test_meetings_are_seen_by_who_sits_there_and_by_the_office(heads: Heads) -> None:
    stranger = Standing("x" * 12)
    associate = heads.heads["Yew"]
    assert [len(meetings_of(heads.partnership, viewer=who).ahead) for who in (heads.manager, associate, heads.heads["Elm"],
    stranger)] == [
        2, 1, 1, 0,
    ]  # fmt: skip
    series(heads, until_on=date(2022, 4, 1))
    with clock.at(clock.start_of(FIRST, 9)):  # on the day from which they sit there
        seen = [MeetingSeries.objects.visible_to(who).count() for who in (heads.manager, associate, heads.heads["Elm"], stranger)]
    assert seen == [1, 1, 1, 0]
