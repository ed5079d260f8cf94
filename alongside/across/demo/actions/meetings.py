"""The board of Elthorne meets: the agenda with its papers, the first meeting, what came of it, and the next one."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.across.demo.diary import FIRST_MONDAY, FROZEN_ON
from alongside.across.demo.elthorne import STORY
from alongside.across.demo.year import mornings
from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.queries.composition import heads_on
from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.actions import agendas, following, holding, planning
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, AgendaProposal, Meeting
from alongside.deciding.meetings.queries.planning import roster
from alongside.deciding.meetings.rules.kinds import AHEAD, ActionState, Attendance, HowOften, ItemKind, MeetingKind
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.documents.typesetting import typeset
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

SYSTEM = Standing.system()
TOLD: dict[str, Any] = STORY["meeting"]
NEXT: date = TOLD["next"]
HEADBOARD_FROM = date(2022, 4, 25)


def deeds() -> Iterator[tuple[datetime, Callable[..., None]]]:
    """What happens, and when."""
    day = timedelta(days=1)
    yield clock.start_of(FIRST_MONDAY, 17, 10), _plan
    yield clock.start_of(date(2022, 3, 10), 12), _bring
    yield clock.start_of(date(2022, 3, 17), 9), _late
    yield clock.start_of(FROZEN_ON, 18, 30), _hold
    yield clock.start_of(FROZEN_ON + day, 7, 5), _send_actions
    yield clock.start_of(FROZEN_ON + 2 * day, 10), _after
    yield clock.start_of(FROZEN_ON + 9 * day, 15), _report
    yield clock.start_of(date(2022, 4, 4), 16), _headboard
    yield clock.start_of(FROZEN_ON + 4 * day, 9), _advert_is_out
    yield clock.start_of(NEXT, 18, 30), _meet_again
    yield clock.start_of(NEXT + 2 * day, 10), _circulate
    for one in mornings(since=FIRST_MONDAY):
        yield clock.start_of(one, 20), _hold_series
    yield clock.start_of(date(2022, 5, 3), 15), _board_year


def _board(partnership: Partnership, kind: BodyKind = BodyKind.PARTNERSHIP_BOARD) -> Body:
    board = Body.objects.filter(partnership=partnership, kind=kind, ended_on=None).first()
    if board is None:
        raise Conflict("There is no such body here.")
    return board


def _meeting(partnership: Partnership, on: date) -> Meeting:
    found = Meeting.objects.filter(body=_board(partnership), on=on).exclude(state="cancelled").first()
    if found is None:
        raise Conflict("The board does not meet that day.")
    return found


def _planned(partnership: Partnership, on: date, by: Standing) -> Meeting:
    said: dict[str, Any] = {
        "kind": MeetingKind.ORDINARY,
        "begins": time(17),
        "lasts": 90,
        "place": TOLD["place"],
        "link": "",
        "key": keys.new_key(),
    }
    return planning.plan_meeting(body=_board(partnership), on=on, **said, by=by)


def _plan(partnership: Partnership, by: Callable[[], Standing]) -> None:
    meeting = _planned(partnership, FROZEN_ON, by())
    for told in TOLD["items"]:
        said: dict[str, Any] = {
            "kind": ItemKind(told["kind"]),
            "minutes": told["minutes"],
            "about": told["about"],
            "presenter": "",
        }
        added = {"meeting": meeting, "title": told["title"], "is_restricted": False, "key": keys.new_key()}
        item = agendas.add_item(**added, **said, by=by())
        if "paper" in told:
            _paper(item, told["paper"], by())
    agendas.send_agenda(meeting=meeting, by=by())


def _paper(item: AgendaItem, told: dict[str, str], by: Standing) -> None:
    pdf = typeset("demo/paper", {"title": told["title"], "words": told["text"]}, dated=clock.today())
    said: dict[str, Any] = {"name": "paper.pdf", "data": pdf, "title": told["title"], "key": keys.new_key()}
    agendas.add_paper(item=item, **said, by=by)


def _bring(partnership: Partnership, by: Callable[[], Standing]) -> None:
    head = heads_on(partnership.pk, clock.today())[3].person
    who = standing_of(Person.objects.get(pk=head))
    agendas.bring(body=_board(partnership), **TOLD["brought"], key=keys.new_key(), by=who)


def _late(partnership: Partnership, by: Callable[[], Standing]) -> None:
    item = AgendaItem.objects.get(meeting=_meeting(partnership, FROZEN_ON), title=TOLD["late"]["item"])
    _paper(item, TOLD["late"], by())


def register_all(meeting: Meeting, by: Standing) -> Meeting:
    """Everybody who sits there is here, and who holds the chair chairs; where nobody does, the first of them acts."""
    there = roster(meeting.body, meeting.on, viewer=SYSTEM)
    leads = there.shown.chair
    came = {one.key: Attendance.HERE for one in there.members}
    others = [one.key for one in there.members if one.vote]
    chair = (leads.person or leads.holder) if leads else next(iter(others), "")
    return holding.take_register(meeting=meeting, came=came, deputies={}, chair=chair, by=by)


def _hold(partnership: Partnership, by: Callable[[], Standing]) -> None:
    meeting = register_all(_meeting(partnership, FROZEN_ON), by())
    for told in TOLD["items"]:
        item = AgendaItem.objects.get(meeting=meeting, title=told["title"])
        holding.save_notes(item=item, notes=told["notes"], version=item.version, by=by())
        if "decided" in told:
            made = holding.decide(item=item, **told["decided"], key=keys.new_key(), by=by())
            if "follow_by" in told:
                following.follow(decision=made, due_on=told["follow_by"], by=by())
        if "action" in told:
            owner = next(one.key for one in roster(meeting.body, meeting.on, viewer=SYSTEM).members if one.person)
            holding.agree_action(item=item, **told["action"], member=owner, key=keys.new_key(), by=by())
    holding.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=by())


def _send_actions(partnership: Partnership, by: Callable[[], Standing]) -> None:
    following.send_actions(by=SYSTEM)


def _after(partnership: Partnership, by: Callable[[], Standing]) -> None:
    following.circulate(meeting=_meeting(partnership, FROZEN_ON), seen_by_chair=True, by=by())
    later = _planned(partnership, NEXT, by())
    brought = AgendaProposal.objects.filter(body=later.body, state="waiting").first()
    if brought:
        said: dict[str, Any] = {"kind": ItemKind.DISCUSSION, "minutes": 15, "is_restricted": False}
        agendas.place_proposal(proposal=brought, meeting=later, **said, by=by())


def _report(partnership: Partnership, by: Callable[[], Standing]) -> None:
    rows = ActionPoint.objects.filter(partnership=partnership, state=ActionState.OPEN).exclude(school=None)
    for said, action in zip(TOLD["reports"] * 5, rows.order_by("owner", "pk"), strict=False):
        following.report(action=action, state=ActionState.DONE, said=said, by=by())


def _headboard(partnership: Partnership, by: Callable[[], Standing]) -> None:
    said: dict[str, Any] = {"kind": MeetingKind.STRATEGY, "weekday": 0, "nth": 2}
    place: dict[str, Any] = {"begins": time(8), "lasts": 90, "place": "", "link": "", "key": keys.new_key()}
    heads = _board(partnership, BodyKind.HEADBOARD)
    planning.plan_series(body=heads, rhythm=HowOften.MONTHLY, from_on=HEADBOARD_FROM, **said, **place, by=by())


def _advert_is_out(partnership: Partnership, by: Callable[[], Standing]) -> None:
    action = ActionPoint.objects.get(partnership=partnership, school=None)
    owner = standing_of(Person.objects.get(pk=action.person))
    following.report(action=action, state=ActionState.DONE, said=TOLD["advert_said"], by=owner)


def _board_year(partnership: Partnership, by: Callable[[], Standing]) -> None:
    said: dict[str, Any] = {
        "kind": MeetingKind.ORDINARY,
        "weekday": 0,
        "nth": 1,
        "typed": TOLD["days"],
        "until_on": TOLD["days"][-1],
    }
    place: dict[str, Any] = {"begins": time(17), "lasts": 90, "place": TOLD["place"], "link": "", "key": keys.new_key()}
    planning.plan_series(body=_board(partnership), rhythm=HowOften.TYPED, from_on=clock.today(), **said, **place, by=by())


def _meet_again(partnership: Partnership, by: Callable[[], Standing]) -> None:
    later = register_all(_meeting(partnership, NEXT), by())
    following.approve_minutes(meeting=_meeting(partnership, FROZEN_ON), at=later, by=by())
    for item in AgendaItem.objects.filter(meeting=later):
        holding.save_notes(item=item, notes=TOLD["minibus_said"], version=item.version, by=by())
    holding.close_meeting(meeting=Meeting.objects.get(pk=later.pk), by=by())


def _hold_series(_: Partnership, by: Callable[[], Standing]) -> None:
    """What meets this day by a series: who is there, and the minutes of the one before, here and in the trust."""
    today = Meeting.objects.filter(on=clock.today(), state__in=AHEAD, partnership__is_invented=True)
    for meeting in today.exclude(series=None).select_related("body__partnership"):
        held = holding.close_meeting(meeting=register_all(meeting, SYSTEM), by=SYSTEM)
        before = Meeting.objects.filter(body=held.body_id, kind=held.kind, state="circulated").order_by("-on").first()
        if before and held.presence and held.presence.is_quorate:
            following.approve_minutes(meeting=before, at=held, by=SYSTEM)
        following.circulate(meeting=held, seen_by_chair=True, by=SYSTEM)


def _circulate(partnership: Partnership, by: Callable[[], Standing]) -> None:
    following.circulate(meeting=_meeting(partnership, NEXT), seen_by_chair=True, by=by())
