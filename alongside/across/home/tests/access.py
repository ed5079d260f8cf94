from alongside.ground.core.declaration import Door
from tests.audiences import Audience as A, Line
from tests.world import World


def slug(world: World) -> dict[str, str]:
    return {"slug": world.partnership.slug}


def urn(world: World) -> dict[str, int]:
    return {"urn": world.school.urn}


LINES = {
    "home:front": Line(A.EVERYONE),
    "home:me": Line(A.SIGNED_IN),
    "home:calendar": Line(A.SIGNED_IN, query="?month=2022-03&show=month"),
    "home:feed": Line(A.SIGNED_IN, methods=("GET", "POST")),
    "home:end_feed": Line(A.SIGNED_IN, methods=("POST",)),
    "home:settings": Line(A.SIGNED_IN),
    "home:my_data": Line(A.SIGNED_IN, methods=("GET", "POST")),
    "home:search": Line(A.SIGNED_IN, query="?q=Alder"),
    "home:public_calendar": Line(A.EVERYONE, lambda world: {"secret": world.things["feed"]}),
    "home:overview": Line(A.MEMBERS, slug),
    "home:door": Line(A.MEMBERS, lambda world: {**slug(world), "door": Door.OFFICE}),
    "home:year": Line(A.MEMBERS, slug),
    "home:export": Line(A.MANAGER, slug, methods=("GET", "POST")),
    "home:school": Line(A.EVERYONE, urn),
    "home:export_school": Line(A.SIGNER, urn, methods=("GET", "POST")),
}
