from tests.audiences import Line, room
from tests.world import World


def one(world: World) -> dict[str, object]:
    return {**room(world), "key": world.alder.things["mail"].pk}


LINES = {
    "mail:mails": Line(room),
    "mail:forwarding": Line(room),
    "mail:mail": Line(one),
    "mail:mail_file": Line(one),
    "mail:see_to": Line(one, post={}, methods=("POST",)),
}
ASKS_NOBODY = {"called by other deeds, which have asked": "forget_answers"}
UNRECORDED = {"the deed that calls it says what was erased": "forget_answers"}
NOT_HERE = {"the mail in hand stands with an office already": "hand_to_office"}
