"""Who may write down what was decided."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_record_decision(who: Standing, partnership: str) -> Verdict:
    """What a board decided about money is written down by the partnership's manager, not by who sends the invoices."""
    if who.is_system or who.can(Power.RUN, partnership=partnership):
        return YES
    return no("Only the partnership's manager writes down what the board has decided.")


def may_see_decisions(who: Standing, partnership: str) -> Verdict:
    """What was decided about money is seen by the partnership's manager and its finance officer."""
    if who.is_system or who.can(Power.MONEY, partnership=partnership):
        return YES
    return no("Only the partnership's manager and its finance officer see what was decided about money.")
