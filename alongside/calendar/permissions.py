"""Who may type the holidays of a partnership."""

from alongside.core.standing import Standing
from alongside.core.verdict import Verdict
from alongside.partnerships.permissions import may_run_partnership


def may_change_holidays(who: Standing, partnership: str) -> Verdict:
    """The partnership's manager types its holidays."""
    return may_run_partnership(who, partnership)
