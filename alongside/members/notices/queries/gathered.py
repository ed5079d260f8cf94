"""What waits for the office and for whoever was written to, as `home` gathers it."""

from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Value

from alongside.ground.core.standing import Standing
from alongside.ground.web.gathered import as_needs
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.queries.mine import my_notices
from alongside.members.notices.queries.returned import DEAD
from alongside.members.notices.rules.messages import NoticeState


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """Mail that could not be sent, and addresses from which it came back, for each office."""
    unsent = Notice.objects.visible_to(viewer).filter(state=NoticeState.PROBLEM, partnership__isnull=False)
    back = Returned.objects.visible_to(viewer).filter(came__in=DEAD, cleared_at=None, notice__partnership__isnull=False)
    return [
        as_needs(
            unsent.order_by().values("partnership__slug", "partnership__name").annotate(count=Count("pk")),
            "notices.not_sent",
            number="count",
            key="partnership__slug",
        ),
        as_needs(
            back.order_by()
            .values(slug=F("notice__partnership__slug"), name=F("notice__partnership__name"))
            .annotate(count=Count("address", distinct=True)),
            "notices.came_back",
            number="count",
            key="slug",
            slug="slug",
            partnership="name",
        ),
    ]


def new_messages(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """The viewer's own new messages: a number in the header of every page would cost each a question."""
    if viewer.person is None:
        return []
    new = my_notices(viewer=viewer).filter(read_at=None).order_by().values("person").annotate(how_many=Count("pk"))
    own = {"slug": Value(""), "partnership": Value(""), "key": Value("")}
    return [as_needs(new, "notices.unread", **own, number="how_many")]
