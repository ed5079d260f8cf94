from tests.audiences import Line
from tests.world import World


def slug(world: World) -> dict[str, str]:
    return {"slug": world.partnership.slug}


def about(world: World) -> dict[str, object]:
    world.partnership.refresh_from_db()
    return {
        "name": "Alder Learning Partnership",
        "area": "Aldershire",
        "contact_email": "office@alder.example",
        "version": world.partnership.version,
    }


LINES = {
    "partnerships:settings": Line(slug),
    "partnerships:about": Line(slug, post=about, methods=("GET", "POST")),
    "partnerships:schools": Line(slug),
}
ASKS_NOBODY = {"called by other deeds, which have asked": "admit_school ask_again end_membership"}
BLIND = {"what they are given was asked for by its viewer": "settings_stand"}
KNOWN_TO_ALL = {
    "who belongs, and when it is open": "Membership",
    "the partnership's own settings, which every page rests on": "Setting",
}
STAY_FEW = {"one of each, or one a year, in a partnership": "Partnership Setting"}
BOTH_MAY = {"any school may be asked": "ask_schools"}
