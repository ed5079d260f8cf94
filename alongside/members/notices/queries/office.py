"""What was sent, for the office."""

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.ground.web.needs import as_needs
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.queries.returned import DEAD
from alongside.members.notices.rules.messages import GATHERING, GONE, NoticeState, kind_of
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

WITHOUT_WORDS = Q(to__endswith=GONE)
NOT_SENT = Q(state=NoticeState.PROBLEM) & ~WITHOUT_WORDS  # what is without its words nobody can send any more
TO_CHECK = "to_check"  # the newest message to each address from which mail came back, until the office has settled it


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
    if state == TO_CHECK:
        return found.filter(pk__in=_returned_last(viewer).filter(notice__partnership=partnership).values("notice"))
    if state == NoticeState.PROBLEM:
        return found.filter(NOT_SENT, partnership=partnership)  # what a digest gathered is tried by itself
    return found.filter(state=state) if state in set(NoticeState) else found


def written_today(template: str, about: str, *, viewer: Standing) -> bool:
    """Whether a message of that template about that row was written today already, as far as the viewer sees."""
    rows = Notice.objects.visible_to(viewer).filter(kind=kind_of(template), about=about)
    return rows.filter(written_at__gte=clock.start_of(clock.today())).exists()


def _unsettled(viewer: Standing) -> QuerySet[Returned]:
    """What came back from an address that does not work, and that no office has settled."""
    return Returned.objects.visible_to(viewer).filter(came__in=DEAD, cleared_at=None, notice__partnership__isnull=False)


def _returned_last(viewer: Standing) -> QuerySet[Returned]:
    """Of each address and partnership the last of these."""
    same = {"address": OuterRef("address"), "notice__partnership": OuterRef("notice__partnership")}
    newest = _unsettled(viewer).filter(**same).order_by("-at", "-pk").values("pk")[:1]
    return _unsettled(viewer).filter(pk=Subquery(newest))


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


def address_today(notice: Notice, *, viewer: Standing) -> str:
    """The address that a message would go to now: that of its reader today, where they have an account."""
    if not notice.person or not viewer.runs(notice.partnership_id or ""):
        return notice.to
    known = get_user_model().objects.filter(pk=notice.person).values_list("email", flat=True).first()
    return known if isinstance(known, str) and known else notice.to


def schools_to_ask(notice: Notice, *, viewer: Standing) -> list[School]:
    """Where one asks about an address: the school that a message is about, else its reader's in that partnership."""
    if not viewer.runs(notice.partnership_id or ""):
        return []
    who = declared.who_is(notice.person) if notice.person and not notice.school_id else None
    keys = [notice.school_id] if notice.school_id else who.schools_in(notice.partnership_id or "") if who else []
    return list(School.objects.filter(pk__in=keys).select_related("current").order_by("current__name"))


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """Mail that could not be sent, and addresses from which it came back, for each office."""
    unsent = Notice.objects.visible_to(viewer).filter(NOT_SENT, partnership__isnull=False).exclude(to="")
    of_notice = {"slug": F("notice__partnership__slug"), "name": F("notice__partnership__name")}
    counted = unsent.order_by().values("partnership__slug", "partnership__name").annotate(count=Count("pk"))
    addresses = _unsettled(viewer).order_by().values(**of_notice).annotate(count=Count("address", distinct=True))
    return [
        as_needs(counted, "notices.not_sent", number="count", key="partnership__slug"),
        as_needs(addresses, "notices.came_back", number="count", key="slug", slug="slug", partnership="name"),
    ]


def messages_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many messages there are, and how many of them could not be sent, in words."""
    written = sent_by(partnership, viewer=viewer)
    found = written.aggregate(all=Count("pk"), unsent=Count("pk", NOT_SENT & Q(partnership=partnership)))
    stuck = f"{found['unsent']:,} could not be sent" if found["unsent"] else "nothing is stuck"
    return f"{plural(found['all'], 'message')}, {stuck}" if found["all"] else "Nothing was sent yet"


def see_message(to: str, *, partnership: Partnership, viewer: Standing) -> tuple[tuple[str, str], ...]:
    """Where the newest message to an address stands, as a link for who may open it: what follows a deed that wrote it."""
    written = Notice.objects.visible_to(viewer).filter(partnership=partnership, to=to).exclude(to="")
    newest = written.order_by("-written_at", "-pk").values_list("pk", flat=True).first()
    return (("See the message", reverse("notices:show", args=[partnership.slug, newest])),) if newest else ()
