from alongside.ground.core import keys
from tests.audiences import Audience as A, Line, room
from tests.world import World

BOTH = ("GET", "POST")


def cluster(world: World) -> dict[str, object]:
    return {**room(world), "key": world.things["cluster"].pk}


def named(world: World) -> dict[str, object]:
    return {"name": "Riverside", "schools": [world.school.pk], "key": keys.new_key()}


LINES = {
    "whoswho:whos_who": Line(room),
    "whoswho:addresses": Line(room),
    "whoswho:save_list": Line(room, post=lambda _: {"name": "DSLs", "post": "dsl", "key": keys.new_key()}, methods=BOTH),
    "whoswho:forget_list": Line(  # the office's; everybody's own besides
        lambda world: {**room(world), "key": world.things["saved_list"].pk}, post={}, audience=A.OFFICE, methods=("POST",)
    ),
    "whoswho:clusters": Line(room),
    "whoswho:name_cluster": Line(room, post=named, methods=BOTH),
    "whoswho:change_cluster": Line(
        cluster, post=lambda world: {"name": "Riverside", "schools": [world.school.pk], "version": "1"}, methods=BOTH
    ),
}
