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
    "notices:preferences": Line(post={"news": "day", "day": "friday"}, methods=("GET", "POST")),
}
ASKS_NOBODY = {
    "called by other deeds, which have asked": "forget_about send tell withdraw",
    "the installation's own work: its worker, its commands, its mailbox": """
        deliver deliver_waiting forget_secrets send_digests take_return write_week
    """,
    "finds the person's own rows only": "read_everything read_notice",
}
UNRECORDED = {
    "the deed that calls it says what was taken back": "withdraw",
    "the deed that calls it says what was erased": "forget_about",
    "the row of the message, of the sign-in or of the try is the record": """
        deliver deliver_waiting forget_secrets send send_digests tell write_week
    """,
    "who reads what is nobody's business": "choose_rhythm read_everything read_notice",
}
ONCE_OTHERWISE = {"it marks the notice that has this key": "read_notice"}
STAY_FEW = {"still to come": "Returned"}
WITHOUT_FILE = {"a person's own messages: what is kept of you gives them out": "mine"}
ANYBODY_MAY = {"one's own messages": "choose_rhythm"}
