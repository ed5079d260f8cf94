"""Who decides in Elthorne: the board of ten with its first five people, the heads, and who decides what."""

from datetime import date
from typing import Any

from alongside.across.demo import elthorne
from alongside.across.demo.diary import FIRST_MONDAY, FROZEN_ON
from alongside.across.demo.elthorne import STORY
from alongside.deciding.bodies.actions import bodies, people, scheme, tenures
from alongside.deciding.bodies.models import Body, Holder, Seat
from alongside.deciding.bodies.queries.composition import heads_on
from alongside.deciding.bodies.rules.people import EntryKind
from alongside.deciding.bodies.rules.templates import BY_CODE
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from alongside.members.schools.models import School

STARTS: dict[str, date] = {Template.LEARNING: FROZEN_ON, Template.TRUST: FIRST_MONDAY}


def make_bodies(partnership: Partnership, by: Standing) -> None:
    """The board of ten and the meeting of all heads; five seats are nominated, and one of the five acts as chair."""
    board = made(partnership, "board", by)
    made(partnership, "headboard", by)
    about = {"name": board.name, "about": STORY["board"]["about"], "shown": "public", "is_public": True}
    bodies.change_body(body=board, **about, version=board.version, by=by)
    heads = heads_on(partnership.pk, clock.today())
    for title, counted in STORY["board"]["heads"].items():
        head = next((one for one in heads if one.counted == counted), None)
        if head:
            sits(board, title, by, person=head.person)
    chair, clerk = ({"name": elthorne.NAMES[one], "email": elthorne.EMAILS[one]} for one in elthorne.LENT)
    sits(board, "Local authority representative 1", by, **chair)
    sits(board, "Local authority representative 2", by, name=elthorne.lent(1))
    sits(board, "Independent chair", by, **chair, is_acting=True)
    sits(board, "Clerk", by, **clerk)
    for line in STORY["scheme"]:
        scheme.delegate(partnership=partnership, **line, from_on=FROZEN_ON, key=keys.new_key(), by=by)


def state_interests(partnership: Partnership, by: Standing) -> None:
    """On the day of the first meeting the first of them state interests, or that there is nothing to declare."""
    seated = Holder.objects.filter(partnership=partnership, tenures__is_struck=False).distinct().order_by("name")
    for number, holder in enumerate(seated[:3]):
        if number == 0:
            said = {"words": STORY["board"]["interest"], "from_on": clock.today(), "key": keys.new_key()}
            people.add_entry(holder=holder, kind=EntryKind.INTEREST, **said, by=by)
        people.confirm_interests(holder=holder, by=by)


def made(partnership: Partnership, code: str, by: Standing, *, name: str = "", school: School | None = None) -> Body:
    """A body as the template of that code has it, under its usual name or another."""
    start = BY_CODE[code]
    lines = [(one, one.title, one.number) for one in start.lines]
    quorum = {"share": start.share, "least": start.least, "needs_chair": start.needs_chair, "years": start.years}
    said: dict[str, Any] = {"kind": start.kind, "name": name or start.name, "school": school, "lines": lines, **quorum}
    return bodies.make_body(partnership=partnership, started_on=STARTS[partnership.template], **said, key=keys.new_key(), by=by)


def sits(board: Body, title: str, by: Standing, **who: Any) -> None:
    """Somebody holds the seat of that title from the body's first day."""
    seat = Seat.objects.select_related("body__partnership").get(body=board, title=title)
    rests_on = "Nominated for the first meeting" if seat.votes else ""
    said: dict[str, Any] = {"from_on": board.started_on, "rests_on": rests_on, "key": keys.new_key(), **who}
    tenures.appoint(seat=seat, **said, by=by)
