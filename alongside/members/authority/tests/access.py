from alongside.ground.core import keys
from tests.audiences import Line, day, room

BOTH = ("GET", "POST")


MINUTE = {"body": "Board", "reference": "PB 2", **day("decided_on")}


LINES = {
    "authority:decisions": Line(room),
    "authority:record_decision": Line(room, post=lambda _: {**MINUTE, "key": keys.new_key(), "kind": "waiver"}, methods=BOTH),
}
