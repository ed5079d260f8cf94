"""Who may see and write what was given."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_see_contributions(who: Standing, partnership: str, school: str) -> Verdict:
    """What a school gave and received is seen by its own people and the office; no other school sees it."""
    if who.runs(partnership) or who.holds(school=school):
        return YES
    return no("What a school gave and received is shown to the school itself and to the partnership's office.")


def may_note_contribution(who: Standing, partnership: str, schools: frozenset[str]) -> Verdict:
    """What happened outside these pages is noted by the people of a school that took part, or by the office."""
    if who.runs(partnership) or any(who.can(Power.NOTE, school=school) for school in schools):
        return YES
    return no("Note what your own school gave or received; the office can note it for others.")


def may_take_back(who: Standing, partnership: str, schools: frozenset[str], was_noted: bool) -> Verdict:
    """What was noted by hand is taken back by either side or the office; what a deed wrote, only that deed takes back."""
    if not was_noted and not who.is_system:
        return no("This was written by the work itself. Cancel or correct it there, and it goes from here by itself.")
    return may_note_contribution(who, partnership, schools)
