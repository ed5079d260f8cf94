"""Who may keep the budget."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Verdict
from alongside.money.invoices.permissions import may_issue_invoices


def may_keep_budget(who: Standing, partnership: str) -> Verdict:
    """The office plans, promises and writes down what is spent."""
    return may_issue_invoices(who, partnership)
