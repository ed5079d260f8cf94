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
NOT_HERE = {"the mail in hand stands with an office already": "hand_to_office"}
