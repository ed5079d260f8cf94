"""Work after the transaction, and each morning."""

from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, one_by_one
from alongside.members.calendar.rules.days import MORNING
from alongside.money.invoices.actions import issuing, reminders
from alongside.money.invoices.queries.reminders import who_reminds

PERIODIC = (Periodic("remind", at=MORNING, on_school_days=True),)


def typeset_invoices(run_id: str, job: str = "") -> None:
    """Typeset the invoices of a run; what is typeset already stays as it is."""
    issuing.typeset_run(run_id=run_id, job=job, by=Standing.system())


def remind() -> None:
    """Take the steps that are due today about overdue invoices, where a partnership lets them go by themselves."""
    system = Standing.system()
    one_by_one(who_reminds(viewer=system), lambda one: reminders.send_reminders(partnership=one, seen=UNSEEN, by=system))
