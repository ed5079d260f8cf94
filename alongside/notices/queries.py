"""What was sent, for the office."""

from django.db.models import QuerySet

from alongside.core.standing import Standing
from alongside.notices.models import Notice
from alongside.notices.rules import NoticeState, name_of_kind
from alongside.partnerships.models import Partnership


def sent_by(partnership: Partnership, *, kind: str = "", state: str = "", words: str = "", viewer: Standing) -> QuerySet[Notice]:
    """What a partnership has sent, of one kind, in one state, or to an address with those words in it."""
    found = Notice.objects.visible_to(viewer).filter(partnership=partnership)
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(to__icontains=words)
    match state:
        case NoticeState.SENT:
            return found.filter(sent_at__isnull=False)
        case NoticeState.PROBLEM:
            return found.filter(sent_at=None).exclude(problem="")
        case NoticeState.WAITING:
            return found.filter(sent_at=None, problem="")
    return found


def kinds_sent(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str]]:
    """(kind, in words) of the messages that a partnership has sent so far."""
    kinds = (
        Notice.objects.visible_to(viewer)
        .filter(partnership=partnership)
        .order_by("kind")
        .values_list("kind", flat=True)
        .distinct()
    )
    return [(kind, name_of_kind(kind)) for kind in kinds]


def notice_at(key: str, *, partnership: Partnership, viewer: Standing) -> Notice | None:
    """One message of a partnership."""
    return Notice.objects.visible_to(viewer).select_related("school__current").filter(partnership=partnership, pk=key).first()
