from alongside.ground.work.models import Job
from tests.audiences import Line
from tests.world import World


def mine(world: World) -> str:
    """What the manager asked for."""
    return Job.objects.filter(person=world.alder.people["manager"].pk).first().pk


LINES = {
    "work:job": Line(lambda world: {"key": mine(world)}),
}
ASKS_NOBODY = {
    "called by other deeds, which have asked": "advance finish start_job",
    "the installation's own work: its worker, its commands, its mailbox": """
        beat begin do_next end enqueue_due let_moved_work_end reap start_periods_again tidy
    """,
}
UNRECORDED = {
    "the audit itself, the index of words and the worker's own rows: nothing that a person did": """
        advance beat begin do_next end enqueue_due finish let_moved_work_end reap start_job start_periods_again tidy
    """,
}
