"""Who may see how far work is."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_see_job(who: Standing, person: str) -> Verdict:
    """Long work is followed by the person who asked for it."""
    return YES if who.is_system or (who.person and who.person == person) else no("This was asked for by somebody else.")
