from alongside.ground.work.models import Job
from tests.audiences import Audience as A, Line
from tests.world import World


def mine(world: World) -> str:
    """What the manager asked for."""
    return Job.objects.filter(person=world.alder.people["manager"].pk).first().pk


LINES = {
    "work:jobs": Line(A.SIGNED_IN),
    "work:job": Line(A.MANAGER, lambda world: {"key": mine(world)}),
}
