"""Who settles the list of posts."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_keep_posts(who: Standing, partnership: str) -> Verdict:
    """The partnership's manager settles which posts there are, and what each opens."""
    if who.is_system or who.can(Power.RUN, partnership=partnership):
        return YES
    return no("Only the partnership's manager settles which posts there are, and what each opens.")


def may_see_posts(who: Standing, partnership: str) -> Verdict:
    """The list of posts is seen by the partnership's office."""
    return YES if who.runs(partnership) else no("This list is for the partnership's office.")


def may_seed_posts(who: Standing) -> Verdict:
    """The posts that come with the product are written by the installation itself."""
    return YES if who.is_system else no("The installation itself writes the posts that come with it.")
