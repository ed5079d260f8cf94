"""What was sent, for the office."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.rules.bounces import Came
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.partnerships.models import Partnership


def sent_by(partnership: Partnership, *, kind: str = "", state: str = "", words: str = "", viewer: Standing) -> QuerySet[Notice]:
    """What a partnership has sent, of one kind, in one state, or to an address with those words in it."""
    found = Notice.objects.visible_to(viewer).filter(partnership=partnership).exclude(to="")
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(to__icontains=words)
    return found.filter(state=state) if state in set(NoticeState) else found


def kinds_sent(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str]]:
    """(kind, in words) of the messages that a partnership has sent so far."""
    kinds = (
        Notice.objects.visible_to(viewer)
        .filter(partnership=partnership)
        .order_by("kind")
        .values_list("kind", flat=True)
        .distinct()
    )
    return [(kind, declared.message(kind).name) for kind in kinds]


def returns_of(notice: Notice, *, viewer: Standing) -> list[tuple[Came, str, str, datetime, datetime | None]]:
    """(what came, status, what their server said, when, when the office settled it) for one message, newest first."""
    rows = Returned.objects.visible_to(viewer).filter(notice=notice).order_by("-at")
    fields = rows.values_list("came", "status", "words", "at", "cleared_at")
    return [(Came(came), status, words, at, cleared_at) for came, status, words, at, cleared_at in fields]


def messages_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many messages could not be sent, in words."""
    unsent = Notice.objects.visible_to(viewer).filter(partnership=partnership, state=NoticeState.PROBLEM).count()
    return f"{plural(unsent, 'message')} could not be sent" if unsent else ""


def see_message(to: str, *, partnership: Partnership, viewer: Standing) -> tuple[tuple[str, str], ...]:
    """Where the newest message to an address stands, as a link for who may open it: what follows a deed that wrote it."""
    written = Notice.objects.visible_to(viewer).filter(partnership=partnership, to=to).exclude(to="")
    newest = written.order_by("-written_at", "-pk").values_list("pk", flat=True).first()
    return (("See the message", reverse("notices:show", args=[partnership.slug, newest])),) if newest else ()
