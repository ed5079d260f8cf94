from alongside.members.notices.models import Notice
from tests.audiences import Line
from tests.world import World


def one(world: World, **facts: object) -> Notice:
    return Notice.objects.filter(partnership=world.partnership, **facts).first()


def mine(world: World) -> str:
    """A message to the manager."""
    return one(world, person=world.alder.people["manager"].pk).pk


LINES = {
    "notices:list": Line(lambda world: {"slug": world.partnership.slug}),
    "notices:show": Line(lambda world: {"slug": world.partnership.slug, "key": one(world).pk}),
    "notices:again": Line(
        lambda world: {"slug": world.partnership.slug, "key": one(world, state="problem").pk},
        post={},
        methods=("POST",),
    ),
    "notices:address_works": Line(
        lambda world: {"slug": world.partnership.slug}, post={"address": "head@oak.example"}, methods=("POST",)
    ),
    "notices:mine_shown": Line(lambda world: {"key": mine(world)}),
    "notices:all_read": Line(post={}, methods=("POST",)),
    "notices:preferences": Line(post={"membership": "digest", "money": "now", "work": "now"}, methods=("GET", "POST")),
}
