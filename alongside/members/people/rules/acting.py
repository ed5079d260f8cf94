"""What somebody who acts for a head may do, and what that is called."""

from dataclasses import replace

from alongside.ground.core.standing import ACTING, Held


def acting_for(post: Held, head: str, name: str) -> Held:
    """Whoever acts for a head keeps the dates and days of the school and notes what it gave and received, as far as the head's
    own post opens that; they never vote, sign or open findings.

    Source: issue "The week", somebody who acts for a head; docs/decisions 24.
    """
    return replace(post, opens=post.opens & ACTING, title=f"Acting for {name}", acts_for=head, for_name=name)
