"""Who may read what was sent, and choose how messages come."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_read_notices(who: Standing, partnership: str) -> Verdict:
    """What a partnership has sent is read by its office."""
    return YES if who.runs(partnership) else no("What was sent is for the partnership's office.")


def may_choose_rhythm(who: Standing) -> Verdict:
    """Each person chooses for their own messages."""
    return YES if who.person else no("Sign in to choose how messages come to you.")
