"""Who may keep the budget."""

from alongside.ground.core.standing import OFFICE_POSTS, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_keep_budget(who: Standing, partnership: str) -> Verdict:
    """The office plans, promises and writes down what is spent."""
    if who.is_system or who.holds(*OFFICE_POSTS, partnership=partnership):
        return YES
    return no("Only the partnership's manager and its finance officer keep the budget.")
