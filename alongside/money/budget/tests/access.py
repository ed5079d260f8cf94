from alongside.ground.core import keys
from tests.audiences import Line, day, room, thing
from tests.rooms import LATER
from tests.world import World


def with_heading(world: World) -> dict[str, object]:
    return {**SPENDING, "key": keys.new_key(), "heading": world.things["heading"].pk}


BOTH = ("GET", "POST")


PROMISE = {"to": "A speaker", "words": "A day", "amount": "10", **day("due_on")}


SPENDING = {"payee": "A hall", "amount": "10", **day("spent_on")}


LINES = {
    "budget:budget": Line(room),
    "budget:budget_csv": Line(room),
    "budget:movements_csv": Line(room),
    "budget:add_heading": Line(room, post=lambda _: {"key": keys.new_key(), "name": "Events", "planned": "10"}, methods=BOTH),
    "budget:heading": Line(
        thing("heading"), post={"name": "Events", "planned": "10", "version": "1", "plan_version": "0"}, methods=BOTH
    ),
    "budget:promises": Line(room),
    "budget:promise": Line(
        room,
        post=lambda world: {**PROMISE, "key": keys.new_key(), "heading": world.things["heading"].pk},
        methods=BOTH,
        query="?year=1",
    ),
    "budget:change_promise": Line(
        thing("promise"),
        post=lambda world: {**PROMISE, "version": "1", "heading": world.things["heading"].pk},
        methods=BOTH,
    ),
    "budget:release_promise": Line(thing("promise"), post={"why": "Not needed"}, methods=BOTH),
    "budget:keep_promise": Line(thing("promise"), post=with_heading, methods=BOTH),
    "budget:spending": Line(room, query="?year=1"),
    "budget:spend": Line(room, post=with_heading, methods=BOTH, query="?year=1"),
    "budget:take_back": Line(thing("spending"), post=lambda _: {"key": keys.new_key(), "why": "Twice"}, methods=BOTH),
}
KNOWN_TO_ALL = {"names, numbers and amounts of the partnership's own, of no school": "FeeYear"}
STAY_FEW = {"one of each, or one a year, in a partnership": "FeeYear"}
NOT_TRIED = {LATER: "heading"}
