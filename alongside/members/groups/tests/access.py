from collections.abc import Callable

from alongside.ground.core import keys
from tests.audiences import Audience as A, Line, room
from tests.world import World

BOTH = ("GET", "POST")


def thing(name: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {**room(world), "key": world.alder.things[name].pk}


def nobodys(world: World) -> dict[str, object]:
    return {**room(world), "key": "0" * 12}


def words(_: World) -> dict[str, object]:
    return {"words": "Who has a spare kiln?", "key": keys.new_key()}


LINES = {
    "groups:groups": Line(room),
    "groups:add_group": Line(room, post=lambda _: {"name": "Bursars", "key": keys.new_key()}, methods=BOTH),
    "groups:group": Line(thing("group")),
    "groups:people": Line(thing("group")),
    "groups:change_group": Line(thing("group"), post={"name": "Heads", "version": "1"}, methods=BOTH),
    "groups:end_group": Line(thing("group"), post={}, methods=("POST",)),
    "groups:ask": Line(thing("group"), post=words, methods=BOTH),
    "groups:send_address": Line(thing("group"), post={}, methods=("POST",)),
    "groups:enquiry": Line(thing("enquiry")),
    "groups:reply": Line(thing("enquiry"), post=words, methods=BOTH),
    "groups:change_words": Line(nobodys, post=words, audience=A.NOBODY, methods=BOTH),  # whoever asked, and the office
    "groups:take_back": Line(nobodys, post={}, audience=A.NOBODY, methods=("POST",)),  # whoever asked, and the office
    "groups:close": Line(nobodys, post={}, audience=A.NOBODY, methods=("POST",)),  # whoever asked, and the office
    "groups:correct_reply": Line(nobodys, post=words, audience=A.NOBODY, methods=BOTH),  # whoever answered
    "groups:take_back_reply": Line(nobodys, post={}, audience=A.NOBODY, methods=("POST",)),  # whoever answered, and the office
    "groups:thank": Line(nobodys, post={}, audience=A.NOBODY, methods=("POST",)),  # whoever asked
}
BLIND = {"whoever sees a group sees who is in it": "people_of"}
UNRECORDED = {"the row of the message is the record": "send_address tell_group"}
KNOWN_TO_ALL = {
    "which groups there are is known to every member school": "PostGroup",
    "what is asked of a group is asked of everybody in it": "Enquiry",
}
TWICE_IS_TWICE = {"whoever asks for the message again wants it again": "send_address"}
