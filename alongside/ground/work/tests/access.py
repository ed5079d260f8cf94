from alongside.ground.work.models import Job
from tests.audiences import Line
from tests.world import World


def mine(world: World) -> str:
    """What the manager asked for."""
    return Job.objects.filter(person=world.alder.people["manager"].pk).first().pk


LINES = {
    "work:job": Line(lambda world: {"key": mine(world)}),
}
