from tests.audiences import Audience as A, Line
from tests.world import World


def slug(world: World) -> dict[str, str]:
    return {"slug": world.partnership.slug}


LINES = {
    "home:front": Line(A.EVERYONE),
    "home:me": Line(A.SIGNED_IN),
    "home:overview": Line(A.MEMBERS, slug),
    "home:school": Line(A.EVERYONE, lambda world: {"urn": world.school.urn}),
}
