"""Who may do what in a demonstration."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_use_demonstration(who: Standing) -> Verdict:
    """The invented borough is moved and started again by the demonstration itself, at any visitor's press."""
    return YES if who.is_system else no("This is done by the demonstration.")
