"""Who may keep the budget."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_keep_budget(who: Standing, partnership: str) -> Verdict:
    """The office plans, promises and writes down what is spent."""
    if who.is_system or who.can(Power.MONEY, partnership=partnership):
        return YES
    return no("Only the partnership's manager and its finance officer keep the budget.")
