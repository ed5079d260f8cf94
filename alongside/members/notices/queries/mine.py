"""A person's own messages."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Value
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.ground.web import declared
from alongside.ground.web.needs import as_needs
from alongside.members.notices.models import Notice, Notices, Rhythm
from alongside.members.notices.rules.tags import tagged
from alongside.members.notices.rules.waiting import News, WeekDay


def my_notices(*, viewer: Standing) -> Notices:
    """The messages to the viewer, the week's mail and digests among them."""
    return Notice.objects.addressed_to(viewer)


def my_notice(key: str, *, viewer: Standing) -> Notice | None:
    """One message to the viewer."""
    return Notice.objects.addressed_to(viewer).select_related("partnership").filter(pk=key).first()


def my_newest(kind: str, *, viewer: Standing) -> str:
    """The page of the viewer's newest message of a kind; of all of them where there is none."""
    newest = my_notices(viewer=viewer).filter(kind=kind).order_by("-written_at", "-pk").values_list("pk", flat=True).first()
    return reverse("notices:mine_shown", args=[newest]) if newest else reverse("notices:mine")


def my_unread(*, viewer: Standing) -> Notices:
    """The messages that reached the viewer nowhere but here, and are not read: one query on an index."""
    return my_notices(viewer=viewer).new()


def new_messages(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """The viewer's own new messages: a number in the header of every page would cost each a question."""
    if viewer.person is None:
        return []
    new = my_unread(viewer=viewer).order_by().values("person").annotate(how_many=Count("pk"))
    own = {"slug": Value(""), "partnership": Value(""), "key": Value("")}
    return [as_needs(new, "notices.unread", **own, number="how_many")]


def rhythm_of(person: str | None, *, viewer: Standing) -> tuple[News, WeekDay]:
    """When somebody wants what need not come at once, and the day of their week's mail: as they chose, or as is usual."""
    own = Rhythm.objects.visible_to(viewer).filter(person=person or "-")
    chosen = own.values_list("news", "day").first() or (News.USUAL, WeekDay.MONDAY)
    return News(chosen[0]), WeekDay(chosen[1])


def answers_by_mail(notice: Notice, *, viewer: Standing) -> str:
    """Where an answer to a message goes by mail, for whom it is: each has an address of its own, where a room takes answers to
    its kind, or its office reads them; without a door for mail, the office's."""
    if not (viewer.is_system or notice.person == viewer.person):
        return ""
    is_read = declared.message(notice.kind).is_read_by_office
    if settings.ANSWERS_TO and (is_read or declared.takes_answers(notice.kind)):
        return tagged(settings.ANSWERS_TO, notice.pk, settings.SECRET_KEY)
    return notice.partnership.contact_email if is_read and notice.partnership and not settings.ANSWERS_TO else ""
