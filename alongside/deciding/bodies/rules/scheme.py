"""Who decides what: the scheme of delegation, a decision a line, a body or post a column."""

from collections.abc import Mapping

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import listed


class Say(Choice):
    """What a body or a post does about a decision."""

    DECIDES = "decides", "Decides", "green"
    PROPOSES = "proposes", "Proposes", "blue"
    ADVISES = "advises", "Is asked", "amber"
    HEARS = "hears", "Is told"


def who_decides(parts: Mapping[str, str]) -> str:
    """A decision is taken by the body or post that the scheme names, and by nobody else; where it names two, by them together.

    Source: issue "Governance", the scheme of delegation from which approvals take their authority. Empty where it names nobody.
    """
    return listed([who for who, part in parts.items() if part == Say.DECIDES])
