from alongside.ground.core import keys
from tests.audiences import Line, room
from tests.rooms import LATER
from tests.world import World

BOTH = ("GET", "POST")


def of_asked(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "urn": world.alder.asked.urn}


CHASE = {
    "subject": "Shall we count you in?",
    "body": "Please answer by Friday, whatever the answer.",
    "key": keys.new_key(),
    "deed": "send",
}
LINES = {
    "inviting:phone_list": Line(room),
    "inviting:chase": Line(room, post=CHASE, methods=BOTH),
    "inviting:schools": Line(room, post={"deed": "all"}, methods=BOTH, query="?words=990101"),
    "inviting:invite": Line(
        room,
        post={
            "lines": "990103, head@school.example",
            "subject": "Join us",
            "opening": "We ask [school] to join.",
            "deed": "send",
        },
        methods=BOTH,
    ),
    "inviting:letters": Line(room, post={"school": "x"}, methods=BOTH),
    "inviting:associates": Line(room),
    "inviting:associate": Line(of_asked, methods=("POST",), school="asked"),
}
NOT_TRIED = {
    "shows what it is about before anything is done": "letters",
    LATER: "chase",
}
WITHOUT_FILE = {"a step of a form: what is to be looked at before it is done": "schools invite"}
BLIND = {"what they are given was asked for by its viewer": "found_schools"}
