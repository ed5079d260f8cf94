"""Posts for tests that know no database."""

from alongside.ground.core.standing import OPENS, Held, Post


def usual(post: Post, **place: str | None) -> Held:
    """A post that opens what it usually does."""
    return Held(post, opens=OPENS[post], title=post.label, **place)
