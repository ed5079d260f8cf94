"""Who may read what was sent."""

from alongside.core.standing import Standing
from alongside.core.verdict import YES, Verdict, no


def may_read_notices(who: Standing, partnership: str) -> Verdict:
    """What a partnership has sent is read by its office."""
    return YES if who.runs(partnership) else no("What was sent is for the partnership's office.")
