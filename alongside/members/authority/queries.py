"""What was decided, and by whom."""

from typing import Any

from alongside.ground.core.standing import Standing
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.members.partnerships.models import Partnership


def decisions_of(partnership: Partnership, *, viewer: Standing) -> list[tuple[Any, ...]]:
    """(id, kind, body, day, minute, amount, words, school, entered at, by whom, taken the place of) of each, newest first."""
    found = Authority.objects.visible_to(viewer).filter(partnership=partnership).order_by("-decided_on", "-entered_at")
    rows = found.values_list(
        "pk",
        "kind",
        "body",
        "decided_on",
        "reference",
        "amount",
        "words",
        "school__current__name",
        "entered_at",
        "entered_by",
        "superseded_by__pk",
        "each",
    )
    return [(row[0], DecisionKind(row[1]).label, *row[2:]) for row in rows]
