"""Work after the transaction, and each morning."""

from datetime import time

from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic
from alongside.money.invoices.actions import papers, reminders
from alongside.money.invoices.queries.corrections import credit_note_of
from alongside.money.invoices.queries.reminders import who_reminds

PERIODIC = (Periodic("remind", at=time(7, 30), on_school_days=True),)


def typeset_invoices(run_id: str, job: str = "") -> None:
    """Typeset the invoices of a run; what is typeset already stays as it is."""
    papers.typeset_run(run_id=run_id, job=job, by=Standing.system())


def typeset_credit_note(key: str) -> None:
    """Typeset a credit note; one that is typeset already stays as it is."""
    note = credit_note_of(key, viewer=Standing.system())
    papers.credit_note_pdf(note=note, by=Standing.system())


def remind() -> None:
    """Take the steps that are due today about overdue invoices, where a partnership lets them go by themselves."""
    for partnership in who_reminds(viewer=Standing.system()):
        reminders.send_reminders(partnership=partnership, by=Standing.system())
