"""The demonstration's own clock."""

from alongside.web.middleware import Respond


def demo_clock(respond: Respond) -> Respond:
    """Lets the invented borough's pages live by its own clock."""
    return respond
