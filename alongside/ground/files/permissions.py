"""Who may keep and take out the papers of a partnership."""

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_see_papers(who: Standing, partnership: str) -> Verdict:
    """The papers are opened by the office and by the people of the schools that belong or are asked."""
    if who.is_system or partnership in who.partnerships:
        return YES
    return no("These papers are for the partnership’s schools and its office.")


def may_keep_paper(who: Standing, partnership: str) -> Verdict:
    """The office keeps the partnership's papers."""
    return YES if who.runs(partnership) else no("Only the partnership’s office can add, replace or take out papers.")


def may_keep_file(who: Standing, partnership: str, school: str, person: str) -> Verdict:
    """A file is kept by the office of its partnership, by somebody of its school, or by the person whose it is."""
    if who.runs(partnership) or school in who.schools or person == who.person:
        return YES
    return may_keep_paper(who, partnership) if partnership else no("You cannot add files here.")
