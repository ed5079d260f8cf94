"""Work after the transaction, and what comes again."""

from datetime import timedelta

from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic
from alongside.members.whoswho import actions
from alongside.members.whoswho.models import Circular
from alongside.members.whoswho.queries import circulars_unfinished

PERIODIC = (Periodic("finish_circulars", every=timedelta(minutes=10)),)  # whose worker died too often


def send_circular(circular_id: str) -> None:
    """Send a circular to everybody who waits for it: thousands of mails are no part of a press."""
    circular = Circular.objects.select_related("partnership").get(pk=circular_id)
    while actions.tell_readers(circular=circular, by=Standing.system()):
        pass


def finish_circulars() -> None:
    """Go on with circulars that stand half sent."""
    for circular_id in circulars_unfinished(viewer=Standing.system()):
        send_circular(circular_id)
