from tests.audiences import Audience as A, Line
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
    "partnerships:settings": Line(A.OFFICE, slug),
    "partnerships:about": Line(A.MANAGER, slug, post=about, methods=("GET", "POST")),
    "partnerships:schools": Line(A.MEMBERS, slug),
}
