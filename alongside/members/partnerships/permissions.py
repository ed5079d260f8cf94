"""Who may do what with a partnership itself."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_run_partnership(who: Standing, partnership: str) -> Verdict:
    """The partnership's manager runs it."""
    if who.is_system or who.can(Power.RUN, partnership=partnership):
        return YES
    return no("Only the partnership's manager can do this.")


def may_see_office(who: Standing, partnership: str) -> Verdict:
    """The office's pages are for those who work in it."""
    if who.runs(partnership):
        return YES
    return no("This page is for the partnership's office.")


def may_start_partnership(who: Standing) -> Verdict:
    """A partnership is set up by whoever runs the installation; in a demonstration by any visitor."""
    return YES if who.is_system else no("Ask whoever runs this installation to set up a partnership.")
