"""What was sent, for the office."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.ground.web.needs import as_needs
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.queries.returned import DEAD
from alongside.members.notices.rules.messages import GATHERING, GONE, NoticeState
from alongside.members.partnerships.models import Partnership

WITHOUT_WORDS = Q(to__endswith=GONE)


def sent_by(partnership: Partnership, *, kind: str = "", state: str = "", words: str = "", viewer: Standing) -> QuerySet[Notice]:
    """What a partnership has sent, of one kind, in one state, or to an address with those words in it; and that somebody got the
    week's mail or a digest in which something of it stands. What stands in those is their reader's alone."""
    if not viewer.runs(partnership.pk):
        return Notice.objects.none()
    tells_of = Notice.objects.annotate(homes=Cast("gathers_of", TextField()))
    gathering = Q(kind__in=GATHERING, homes__contains=f'"{partnership.pk}"')
    found = tells_of.filter(Q(partnership=partnership) | gathering).exclude(to="")
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(to__icontains=words).exclude(WITHOUT_WORDS)
    return found.filter(state=state) if state in set(NoticeState) else found


def is_withheld(kind: str, partnership: str | None, *, viewer: Standing) -> bool:
    """Whether the words of such a message are kept from who works in the office until a second factor is given."""
    return kind in declared.about_money() and not viewer.sees_money_of(partnership)


def kinds_sent(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str]]:
    """(kind, in words) of the messages that a partnership has sent so far."""
    sent = sent_by(partnership, viewer=viewer)
    return [(kind, declared.message(kind).name) for kind in sent.order_by("kind").values_list("kind", flat=True).distinct()]


def returns_of(notice: Notice, *, viewer: Standing) -> list[Returned]:
    """How often one message came back, newest first."""
    return list(Returned.objects.visible_to(viewer).filter(notice=notice).order_by("-at"))


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """Mail that could not be sent, and addresses from which it came back, for each office."""
    unsent = Notice.objects.visible_to(viewer).filter(state=NoticeState.PROBLEM, partnership__isnull=False).exclude(WITHOUT_WORDS)
    back = Returned.objects.visible_to(viewer).filter(came__in=DEAD, cleared_at=None, notice__partnership__isnull=False)
    of_notice = {"slug": F("notice__partnership__slug"), "name": F("notice__partnership__name")}
    counted = unsent.order_by().values("partnership__slug", "partnership__name").annotate(count=Count("pk"))
    addresses = back.order_by().values(**of_notice).annotate(count=Count("address", distinct=True))
    return [
        as_needs(counted, "notices.not_sent", number="count", key="partnership__slug"),
        as_needs(addresses, "notices.came_back", number="count", key="slug", slug="slug", partnership="name"),
    ]


def messages_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many messages there are, and how many of them could not be sent, in words."""
    written = sent_by(partnership, viewer=viewer)
    found = written.aggregate(all=Count("pk"), unsent=Count("pk", Q(state=NoticeState.PROBLEM)))
    stuck = f"{found['unsent']:,} could not be sent" if found["unsent"] else "nothing is stuck"
    return f"{plural(found['all'], 'message')}, {stuck}" if found["all"] else "Nothing was sent yet"


def see_message(to: str, *, partnership: Partnership, viewer: Standing) -> tuple[tuple[str, str], ...]:
    """Where the newest message to an address stands, as a link for who may open it: what follows a deed that wrote it."""
    written = Notice.objects.visible_to(viewer).filter(partnership=partnership, to=to).exclude(to="")
    newest = written.order_by("-written_at", "-pk").values_list("pk", flat=True).first()
    return (("See the message", reverse("notices:show", args=[partnership.slug, newest])),) if newest else ()
