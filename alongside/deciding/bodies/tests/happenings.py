"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from alongside.deciding.bodies.actions import bodies, people, scheme, tenures
from alongside.deciding.bodies.models import Check, Seat
from alongside.deciding.bodies.rules.kinds import BodyKind, ShownTo
from alongside.deciding.bodies.rules.people import EntryKind
from alongside.deciding.bodies.tests.make import body_of, seat_of
from alongside.ground.core import keys
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House

BEGAN = date(2022, 3, 1)


def sits(house: "House", seat: Seat, **who: str):
    """Somebody on a seat."""
    said = {"from_on": BEGAN, "key": keys.new_key(), "by": house.standing("manager"), **who}
    return tenures.appoint(seat=seat, **said)


def happen(house: "House") -> None:
    """A governing body with two on it, what they stated; another for everybody to see; a line of the scheme."""
    manager, partnership, things = house.standing("manager"), house.partnership, house.things
    made = {"started_on": BEGAN, "by": manager}
    body = things["body"] = body_of(partnership, "maintained", name=f"{house.name} governors", school=house.member, **made)
    things["seat"], things["vacant_seat"] = seat_of(body, "Co-opted governor 1"), seat_of(body, "Co-opted governor 4")
    tenure = things["tenure"] = sits(house, things["seat"], name=secret(house, "governor", "members"))
    sits(house, seat_of(body, "Co-opted governor 2"), person=house.people["second business_manager"].pk)
    holder = things["holder"] = tenure.holder
    said = {"from_on": BEGAN, "key": keys.new_key(), "by": manager}
    things["entry"] = people.add_entry(holder=holder, kind=EntryKind.INTEREST, words=secret(house, "interest"), **said)
    bodies.change_body(body=body, name=body.name, about="", shown=ShownTo.BODY, is_public=False, version=body.version, by=manager)
    things["check"] = Check.objects.filter(tenure=tenure).order_by("pk")[0]
    shown = things["public_body"] = body_of(partnership, "group", kind=BodyKind.COMMITTEE, name=f"{house.name} shown", **made)
    about = {"name": shown.name, "about": "", "shown": ShownTo.PUBLIC, "is_public": True}
    bodies.change_body(body=shown, **about, version=shown.version, by=manager)
    parts = {"Partnership board": "decides", "Office": "proposes"}
    decision = secret(house, "decision", "everyone asked")
    told = {"decision": decision, "parts": parts, "from_on": BEGAN, "key": keys.new_key(), "by": manager}
    things["line"] = scheme.delegate(partnership=partnership, **told)


def more(house: "House", places: Iterable[object]) -> None:
    """Another body, a seat more with somebody on it who states an interest, another quorum and line, for each."""
    manager = house.standing("manager")
    for number, _ in enumerate(places):
        body_of(house.partnership, "group", name=f"Group {number}", started_on=BEGAN, by=manager)
        seat = Seat.objects.get(pk=house.things["seat"].pk)
        said = {"title": f"Seat {number}", "seat_for": "", "filling": "co_opted", "filled_by": "", "deputy": "none"}
        counts = {"duty": "member", "votes": True, "term_years": 4, "others": [], "other_why": ""}
        made = {"from_on": BEGAN, "key": keys.new_key(), "by": manager}
        tenure = sits(house, bodies.add_seat(body=seat.body, **said, **counts, **made), name=f"Governor {number}")
        entry = {"kind": EntryKind.INTEREST, "words": f"Interest {number}", "from_on": BEGAN, "key": keys.new_key()}
        people.add_entry(holder=tenure.holder, **entry, by=manager)
        own = {**entry, "key": keys.new_key(), "words": f"Own {number}"}
        people.add_entry(holder=house.things["holder"], **own, by=manager)
        told = {"decision": f"Decision {number}", "parts": {f"Who {number}": "decides"}, "from_on": BEGAN}
        scheme.delegate(partnership=house.partnership, **told, key=keys.new_key(), by=manager)
