"""Who looks up whom."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_look_up(who: Standing, partnership: str) -> Verdict:
    """Colleagues are looked up by people of the schools that belong to the partnership, and by its office."""
    if who.runs(partnership) or (who.belongs_to(partnership) and who.schools_in(partnership)):
        return YES
    return no("Who's who is for the schools that belong to the partnership, and for its office.")
