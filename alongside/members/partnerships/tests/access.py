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
