from alongside.ground.core import keys
from tests.audiences import Audience as A, Line, day, room

BOTH = ("GET", "POST")


MINUTE = {"body": "Board", "reference": "PB 2", **day("decided_on")}


LINES = {
    "authority:decisions": Line(A.FINANCE, room),
    "authority:record_decision": Line(
        A.MANAGER, room, post=lambda _: {**MINUTE, "key": keys.new_key(), "kind": "waiver"}, methods=BOTH
    ),
}
