"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Any

from alongside.deciding.bodies.actions.tenures import appoint
from alongside.deciding.bodies.tests.make import seat_of
from alongside.deciding.meetings.actions import agendas, between, following, holding, planning
from alongside.deciding.meetings.models import AgendaItem, Assent, Business, Meeting
from alongside.deciding.meetings.queries.planning import roster
from alongside.deciding.meetings.rules.kinds import ActionState, Attendance, HowOften, ItemKind, MeetingKind
from alongside.ground.core import clock, keys
from tests.happenings import TODAY, secret

if TYPE_CHECKING:
    from tests.world import House

BEGAN, PAST, NEXT, COMING, LATER = date(2022, 3, 1), TODAY, TODAY, date(2022, 3, 28), date(2022, 4, 25)
MEMBER = "second governor_chair"  # who sits there besides: nobody whom the table of access asks


def planned(house: "House", on: date, **facts: Any) -> Meeting:
    """A meeting of the body of the house that everybody may know of."""
    said = {
        "kind": MeetingKind.ORDINARY,
        "begins": time(16),
        "lasts": 90,
        "place": "Here",
        "link": "",
        "key": keys.new_key(),
        **facts,
    }
    return planning.plan_meeting(body=house.things["public_body"], on=on, **said, by=house.standing("manager"))


def added(house: "House", meeting: Meeting, title: str, **facts: Any) -> AgendaItem:
    """An item of a meeting."""
    said = {"kind": ItemKind.DECISION, "minutes": 10, "presenter": "", "about": "", "is_restricted": False, **facts}
    return agendas.add_item(meeting=meeting, title=title, **said, key=keys.new_key(), by=house.standing("manager"))


def here(house: "House", meeting: Meeting) -> Meeting:
    """Everybody is here, and one of them chairs."""
    members = [one for one in roster(meeting.body, meeting.on, viewer=house.standing("manager")).members if one.vote]
    came = {one.key: Attendance.HERE for one in members}
    said = {"deputies": {}, "chair": house.things["member"], "by": house.standing("manager")}
    with clock.at(max(clock.now(), clock.start_of(meeting.on, 16))):  # on its day
        return holding.take_register(meeting=Meeting.objects.get(pk=meeting.pk), came=came, **said)


def to_read(house: "House", what: str) -> str:
    """Words for the body and its office."""
    words = secret(house, what)
    house.secrets[words] |= {MEMBER}
    return words


def happen(house: "House") -> None:
    """A meeting whose minutes are approved, one that goes on, and a series; what was brought, decided, and is to be done."""
    manager, things, body = house.standing("manager"), house.things, house.things["public_body"]
    things["member"] = house.people[MEMBER].pk
    said = {"person": things["member"], "from_on": BEGAN, "key": keys.new_key(), "by": manager}
    appoint(seat=seat_of(body, "Member 1"), **said)
    named = appoint(seat=seat_of(body, "Member 2"), **{**said, "key": keys.new_key(), "person": "", "name": "Lee Adams"})
    things["other_member"] = named.holder_id
    things["begins"], things["rhythm"], things["state"] = time(16), HowOften.WEEKLY, ActionState.DONE
    meeting = things["meeting"] = here(house, planned(house, NEXT, link="https://video.example/1"))
    things["at"] = here(house, planned(house, LATER))
    things["coming"] = planned(house, COMING)
    things["agenda_item"] = added(house, meeting, to_read(house, "item"))
    things["restricted_item"] = added(house, meeting, to_read(house, "restricted item"), is_restricted=True)
    data = {"name": "paper.txt", "data": to_read(house, "text of a paper").encode()}
    things["item_paper"] = agendas.add_paper(
        item=things["restricted_item"], **data, title=to_read(house, "paper"), key=keys.new_key(), by=manager
    )
    interest = {"member": things["member"], "words": to_read(house, "interest in an item"), "leaves": False}
    things["declared"] = holding.declare(item=things["restricted_item"], **interest, key=keys.new_key(), by=manager)
    brought = {"title": secret(house, "what was brought", "member"), "words": "Why", "key": keys.new_key()}
    things["proposal"] = agendas.bring(body=body, **brought, by=house.standing("member head"))
    house.secrets[brought["title"]] = frozenset({"manager", "finance", "member head"})
    decided(house, meeting)
    over = planned(house, PAST)
    following_up(house, over, added(house, over, to_read(house, "item that is over")))
    things["line_of_year"] = Business.objects.filter(body=body).order_by("position")[0]
    series = {"rhythm": HowOften.MONTHLY, "kind": MeetingKind.WORKING, "weekday": 3, "nth": 1, "from_on": date(2022, 6, 6)}
    place = {"begins": time(9), "lasts": 60, "place": "", "link": "", "key": keys.new_key()}
    things["series"] = planning.plan_series(body=body, **series, **place, by=manager)


def following_up(house: "House", over: Meeting, item: AgendaItem) -> None:
    """Its minutes go to the members, are approved, and something in them was wrong."""
    manager, when = house.standing("manager"), planned(house, date(2022, 3, 14))
    here(house, over)
    holding.save_notes(item=item, notes=to_read(house, "minutes"), version=1, by=manager)
    over = holding.close_meeting(meeting=Meeting.objects.get(pk=over.pk), by=manager)
    following.circulate(meeting=over, seen_by_chair=True, by=manager)
    house.things["approved_meeting"] = following.approve_minutes(meeting=over, at=here(house, when), by=manager)
    following.publish_minutes(meeting=house.things["approved_meeting"], is_public=True, by=manager)
    house.things["approved_item"] = AgendaItem.objects.get(pk=item.pk)
    approved = house.things["approved_item"]
    note = {"at": when, "words": to_read(house, "note of a mistake"), "version": approved.version}
    following.note_later(item=approved, **note, by=manager)


def decided(house: "House", meeting: Meeting) -> None:
    """Two decisions, one of them written down by mistake; an action; a resolution that is being answered."""
    manager, things = house.standing("manager"), house.things
    item = added(house, meeting, "Decided here")
    things["mistaken"] = holding.decide(item=item, words=to_read(house, "mistaken decision"), key=keys.new_key(), by=manager)
    things["decision"] = holding.decide(item=item, words=to_read(house, "decision of a body"), key=keys.new_key(), by=manager)
    said = {"words": to_read(house, "action of a person"), "member": things["member"], "due_on": LATER}
    things["action"] = holding.agree_action(item=item, **said, key=keys.new_key(), by=manager)
    resolved = {"words": to_read(house, "resolution"), "is_restricted": False, "key": keys.new_key()}
    made = between.propose_resolution(body=things["public_body"], **resolved, by=manager)
    things["assent"] = Assent.objects.get(decision=made, person="")  # who has an account answers alone


def more(house: "House", places: Iterable[object]) -> None:
    """Another meeting, item, paper, interest, decision, action, proposal, line of the year and answer for each."""
    manager, things = house.standing("manager"), house.things
    for number, _ in enumerate(places):
        planned(house, date(2022, 5, 1 + number % 28))
        item = added(house, things["meeting"], f"Item {number}", is_restricted=bool(number % 2))
        said = {"name": "a.txt", "data": f"Paper {number}".encode(), "title": f"Paper {number}", "key": keys.new_key()}
        agendas.add_paper(item=item, **said, by=manager)
        interest = {"member": things["member"], "words": f"Interest {number}", "leaves": False, "key": keys.new_key()}
        holding.declare(item=item, **interest, by=manager)
        holding.decide(item=item, words=f"Decided {number}", key=keys.new_key(), by=manager)
        for of in (item, things["decision"].item):
            action = {"words": f"Act {number}", "member": things["member"], "due_on": LATER, "key": keys.new_key()}
            holding.agree_action(item=of, **action, by=manager)
        brought = {"title": f"Brought {number}", "words": "Why", "key": keys.new_key()}
        agendas.bring(body=things["public_body"], **brought, by=house.standing("member head"))
        line = {"title": f"Line {number}", "kind": ItemKind.DECISION, "minutes": 5, "about": "", "meeting_kind": "", "month": 11}
        planning.add_business(body=things["public_body"], **line, is_restricted=False, key=keys.new_key(), by=manager)
        resolved = {"words": f"Resolution {number}", "is_restricted": False, "key": keys.new_key()}
        between.propose_resolution(body=things["public_body"], **resolved, by=manager)
