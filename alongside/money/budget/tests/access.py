from alongside.ground.core import keys
from tests.audiences import Audience as A, Line, day, room, thing
from tests.world import World


def with_heading(world: World) -> dict[str, object]:
    return {**SPENDING, "key": keys.new_key(), "heading": world.things["heading"].pk}


BOTH = ("GET", "POST")


PROMISE = {"to": "A speaker", "words": "A day", "amount": "10", **day("due_on")}


SPENDING = {"payee": "A hall", "amount": "10", **day("spent_on")}


LINES = {
    "budget:budget": Line(A.FINANCE, room),
    "budget:budget_csv": Line(A.FINANCE, room),
    "budget:movements_csv": Line(A.FINANCE, room),
    "budget:add_heading": Line(A.FINANCE, room, post={"name": "Events", "planned": "10"}, methods=BOTH),
    "budget:heading": Line(
        A.FINANCE, thing("heading"), post={"name": "Events", "planned": "10", "version": "1", "plan_version": "0"}, methods=BOTH
    ),
    "budget:promises": Line(A.FINANCE, room),
    "budget:promise": Line(
        A.FINANCE,
        room,
        post=lambda world: {**PROMISE, "key": keys.new_key(), "heading": world.things["heading"].pk},
        methods=BOTH,
        query="?year=1",
    ),
    "budget:change_promise": Line(
        A.FINANCE,
        thing("promise"),
        post=lambda world: {**PROMISE, "version": "1", "heading": world.things["heading"].pk},
        methods=BOTH,
    ),
    "budget:release_promise": Line(A.FINANCE, thing("promise"), post={"version": "1", "why": "Not needed"}, methods=BOTH),
    "budget:keep_promise": Line(A.FINANCE, thing("promise"), post=with_heading, methods=BOTH),
    "budget:spending": Line(A.FINANCE, room, query="?year=1"),
    "budget:spend": Line(A.FINANCE, room, post=with_heading, methods=BOTH, query="?year=1"),
    "budget:take_back": Line(A.FINANCE, thing("spending"), post=lambda _: {"key": keys.new_key(), "why": "Twice"}, methods=BOTH),
}
