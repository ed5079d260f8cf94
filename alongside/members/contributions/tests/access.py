from alongside.ground.core import keys
from tests.audiences import Line
from tests.world import World


def of_partnership(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug}


def of_member(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "urn": world.school.urn}


def of_note(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "key": world.things["note"].pk}


def a_note(world: World) -> dict[str, object]:
    return {
        "key": keys.new_key(), "giver": world.school.pk, "receiver": world.alder.second.pk, "body": "", "kind": "visit",
        "amount": "0.5", "on_day": "7", "on_month": "3", "on_year": "2022", "words": "Reading",
    }  # fmt: skip


LINES = {
    "contributions:overview": Line(of_partnership),
    "contributions:sheet": Line(of_partnership),
    "contributions:school": Line(of_member),
    "contributions:note": Line(of_partnership, methods=("GET", "POST")),
    "contributions:take_back": Line(of_note, methods=("POST",)),
}
ASKS_NOBODY = {"called by other deeds, which have asked": "give take_back"}
KNOWN_TO_ALL = {"names, numbers and amounts of the partnership's own, of no school": "OutsideBody"}
NOT_TRIED = {"a valid form names the sender's own school; its room's tests send it": "note"}
