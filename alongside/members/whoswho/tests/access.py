from alongside.ground.core import keys
from alongside.ground.core.standing import Standing
from alongside.members.whoswho import queries, rules
from alongside.members.whoswho.rules import Chosen
from tests.audiences import Audience as A, Line, room
from tests.world import World

BOTH = ("GET", "POST")


def cluster(world: World) -> dict[str, object]:
    return {**room(world), "key": world.things["cluster"].pk}


def named(world: World) -> dict[str, object]:
    return {"name": "Riverside", "schools": [world.school.pk], "key": keys.new_key()}


def of_list(world: World) -> dict[str, object]:
    return {**room(world), "key": world.things["saved_list"].pk}


def ended(world: World) -> dict[str, object]:
    return {**room(world), "key": world.things["ended_cluster"].pk}


def to_end(world: World) -> dict[str, object]:
    return {"seen": str(queries.resting_on(world.things["cluster"], viewer=Standing.system()).shown)}


def to_take_back(world: World) -> dict[str, object]:
    waiting = queries.still_waiting(world.things["circular"], viewer=Standing.system())
    return {"seen": str(rules.shown_waiting([one.pk for one in waiting]))}


def to_write(world: World) -> dict[str, object]:
    """A message to everybody, which the address of the page alone says."""
    whom = queries.whom_it_reaches(world.partnership, Chosen(), viewer=world.alder.standing("manager"))
    said = {"subject": "Training", "words": "On 5 May.", "goes": "at_once", "deed": "send", "seen": str(whom.shown)}
    return {**said, "key": keys.new_key()}


LINES = {
    "whoswho:whos_who": Line(room),
    "whoswho:addresses": Line(room),
    "whoswho:save_list": Line(room, post=lambda _: {"name": "DSLs", "post": "dsl", "key": keys.new_key()}, methods=BOTH),
    "whoswho:saved_list": Line(of_list, audience=A.OFFICE),  # the office's; everybody's own besides
    "whoswho:forget_list": Line(of_list, post={}, audience=A.OFFICE, methods=("POST",)),  # as above
    "whoswho:write": Line(room, post=to_write, methods=BOTH),
    "whoswho:circulars": Line(room),
    "whoswho:circular": Line(lambda world: {**room(world), "key": world.things["circular"].pk}),
    "whoswho:take_back_circular": Line(
        lambda world: {**room(world), "key": world.things["circular"].pk}, post=to_take_back, methods=BOTH
    ),
    "whoswho:clusters": Line(room),
    "whoswho:name_cluster": Line(room, post=named, methods=BOTH),
    "whoswho:change_cluster": Line(
        cluster, post=lambda world: {"name": "Riverside", "schools": [world.school.pk], "version": "1"}, methods=BOTH
    ),
    "whoswho:end_cluster": Line(cluster, post=to_end, methods=BOTH),
    "whoswho:bring_back_cluster": Line(ended, post={}, methods=("POST",)),
}
BLIND = {"it shows what its viewer has just written": "as_it_goes"}
UNRECORDED = {"the row of the message is the record": "tell_readers"}
