"""What happened, for pages."""

from datetime import datetime

from alongside.ground.audit.models import Event
from alongside.ground.core.standing import Standing


def events_of(row: str, *, viewer: Standing) -> list[tuple[datetime, str, str, dict[str, object]]]:
    """The deeds done to one row, newest first: at, act, person's id, facts."""
    found = Event.objects.visible_to(viewer).filter(row=row).order_by("-at", "-id")
    return list(found.values_list("at", "act", "person", "facts")[:100])
