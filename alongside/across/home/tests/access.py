from alongside.ground.core.declaration import Door
from tests.audiences import Line
from tests.world import World


def slug(world: World) -> dict[str, str]:
    return {"slug": world.partnership.slug}


def urn(world: World) -> dict[str, int]:
    return {"urn": world.school.urn}


LINES = {
    "home:calendar": Line(query="?month=2022-03&show=month"),
    "home:feed": Line(methods=("GET", "POST")),
    "home:end_feed": Line(methods=("POST",)),
    "home:my_data": Line(methods=("GET", "POST")),
    "home:search": Line(query="?q=Alder"),
    "home:public_calendar": Line(lambda world: {"secret": world.things["feed"]}),
    "home:overview": Line(slug),
    "home:set_aside": Line(slug, post={"step": "holidays", "aside": "yes"}, methods=("POST",)),
    "home:door": Line(lambda world: {**slug(world), "door": Door.OFFICE}),
    "home:year": Line(slug),
    "home:export": Line(slug, methods=("GET", "POST")),
    "home:school": Line(urn),
    "home:export_school": Line(urn, methods=("GET", "POST")),
}
ASKS_NOBODY = {
    "a link or a code in hand is the proof": "read_feed",
    "the page that was opened has asked": "note_export",
}
UNRECORDED = {"who reads what is nobody's business": "read_feed"}
BLIND = {"what they are given was asked for by its viewer": "tables_of files_of"}
WITHOUT_FILE = {"the page is about nothing but a download": "export"}
ANYBODY_MAY = {"one's own calendar link": "end_feed make_feed"}
