from alongside.members.notices.models import Notice
from tests.audiences import Audience as A, Line
from tests.world import World


def one(world: World, **facts: object) -> Notice:
    return Notice.objects.filter(partnership=world.partnership, **facts).first()


def mine(world: World) -> str:
    """A message to the manager."""
    return one(world, person=world.alder.people["manager"].pk).pk


LINES = {
    "notices:list": Line(A.OFFICE, lambda world: {"slug": world.partnership.slug}),
    "notices:show": Line(A.OFFICE, lambda world: {"slug": world.partnership.slug, "key": one(world).pk}),
    "notices:again": Line(
        A.OFFICE,
        lambda world: {"slug": world.partnership.slug, "key": one(world, state="problem").pk},
        post={},
        methods=("POST",),
    ),
    "notices:address_works": Line(
        A.OFFICE, lambda world: {"slug": world.partnership.slug}, post={"address": "head@oak.example"}, methods=("POST",)
    ),
    "notices:mine": Line(A.SIGNED_IN),
    "notices:mine_shown": Line(A.MANAGER, lambda world: {"key": mine(world)}),
    "notices:all_read": Line(A.SIGNED_IN, post={}, methods=("POST",)),
    "notices:preferences": Line(A.SIGNED_IN, post={"membership": "digest", "money": "now"}, methods=("GET", "POST")),
}
