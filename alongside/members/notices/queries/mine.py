"""A person's own messages."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from alongside.ground.core.standing import Standing
from alongside.members.notices.models import Notice, Preference
from alongside.members.notices.rules.waiting import Category

Mine = tuple[str, str, str, str, datetime, datetime | None]


def my_notices(*, viewer: Standing) -> QuerySet[Any]:
    """The messages to the viewer; a digest is left out, as what it gathered stands here itself."""
    return Notice.objects.addressed_to(viewer).exclude(kind="notices.digest")


def my_notice(key: str, *, viewer: Standing) -> Notice | None:
    """One message to the viewer."""
    return Notice.objects.addressed_to(viewer).select_related("partnership").filter(pk=key).first()


def unread(*, viewer: Standing) -> int:
    """How many messages the viewer has not read: one query on an index."""
    if viewer.person is None:
        return 0
    return my_notices(viewer=viewer).filter(read_at=None).count()


def digests_of(*, viewer: Standing) -> set[Category]:
    """What the viewer wants in a digest."""
    return {Category(one) for one in Preference.objects.visible_to(viewer).values_list("category", flat=True)}
