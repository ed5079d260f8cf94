"""Work after the transaction."""

from alongside.core.standing import Standing
from alongside.fees import actions


def typeset_invoices(run_id: str) -> None:
    """Typeset the invoices of a run; what is typeset already stays as it is."""
    actions.typeset_run(run_id=run_id, by=Standing.system())
