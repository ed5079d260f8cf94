from alongside.ground.core import keys
from alongside.ground.core.standing import Power
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.members.posts.rules import PostSettings
from tests.audiences import Line, room
from tests.world import World

BOTH = ("GET", "POST")


def settled(world: World) -> dict[str, object]:
    return {"is_used": "on", "opens": [Power.NOTE.value], "version": mark_of(settings_of(world.partnership, PostSettings))}


LINES = {
    "posts:posts": Line(room),
    "posts:add_post": Line(room, post=lambda _: {"name": "Forest lead", "level": "school", "key": keys.new_key()}, methods=BOTH),
    "posts:settle_post": Line(lambda world: {**room(world), "code": world.things["own_post"].pk}, post=settled, methods=BOTH),
}
NOT_HERE = {"the mark of what the page showed is not made up": "settle_post"}
UNRECORDED = {"the version of the code is the record": "write_seeded"}
