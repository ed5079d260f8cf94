from collections.abc import Callable

from alongside.ground.core import keys
from alongside.ground.web.models import marked
from alongside.members.bulletin.models import AskedOfSchool
from alongside.members.bulletin.queries import to_remind
from alongside.members.bulletin.rules import BulletinSettings
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from tests.audiences import Audience as A, Line, room
from tests.world import World

BOTH = ("GET", "POST")
TAKEN = A.OFFICE  # what the office has taken is its own; until then it is its author's too (tests/test_bulletin.py)
SAID = {"title": "Census", "words": "Please look at your figures."}


def thing(name: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {**room(world), "key": world.alder.things[name].pk}


def of_school(world: World) -> dict[str, object]:
    return {**thing("request")(world), "urn": world.school.urn}


def answered(world: World) -> dict[str, object]:
    row = AskedOfSchool.objects.get(item=world.alder.things["request"], school=world.school)
    return {"words": "Three pupils.", "version": marked(row, "words")}


def settled(world: World) -> dict[str, object]:
    return {"is_on": "on", "weekday": "2", "version": mark_of(settings_of(world.partnership, BulletinSettings))}


def reminding(world: World) -> dict[str, object]:
    return {"seen": str(to_remind(world.alder.things["request"], viewer=world.alder.standing("manager")).shown)}


LINES = {
    "bulletin:bulletins": Line(room),
    "bulletin:propose": Line(room, post=lambda _: {**SAID, "key": keys.new_key()}, methods=BOTH),
    "bulletin:next_one": Line(room),
    "bulletin:minutes": Line(room),
    "bulletin:settings": Line(room, post=settled, methods=BOTH),
    "bulletin:bulletin": Line(thing("bulletin")),
    "bulletin:item": Line(thing("request")),
    "bulletin:change": Line(thing("approved"), post={**SAID, "version": "1"}, methods=BOTH, audience=TAKEN),
    "bulletin:approve": Line(thing("proposed"), post={}, methods=("POST",)),
    "bulletin:decline": Line(thing("proposed"), post={"reason": "Not this time"}, methods=BOTH),
    "bulletin:withdraw": Line(thing("approved"), post={}, methods=BOTH, audience=TAKEN),
    "bulletin:remind": Line(thing("request"), post=reminding, methods=BOTH),
    "bulletin:answers": Line(thing("request")),
    "bulletin:answer": Line(of_school, post=answered, methods=BOTH),
    "bulletin:done": Line(of_school, post={}, methods=("POST",)),
}
KNOWN_TO_ALL = {"the day on which a bulletin went, to members: what is in it each finds for themselves": "Bulletin"}
BLIND = {"the day is the same for everybody": "day_after"}
