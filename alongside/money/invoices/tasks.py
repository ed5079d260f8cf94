"""Work after the transaction, and each morning."""

from datetime import time

from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic
from alongside.money.invoices.actions import issuing, reminders
from alongside.money.invoices.queries.reminders import who_reminds

PERIODIC = (Periodic("remind", at=time(7, 30), on_school_days=True),)


def typeset_invoices(run_id: str, job: str = "") -> None:
    """Typeset the invoices of a run; what is typeset already stays as it is."""
    issuing.typeset_run(run_id=run_id, job=job, by=Standing.system())


def remind() -> None:
    """Take the steps that are due today about overdue invoices, where a partnership lets them go by themselves."""
    for partnership in who_reminds(viewer=Standing.system()):
        reminders.send_reminders(partnership=partnership, seen=UNSEEN, by=Standing.system())
