"""Mail that came in, for the office."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Standing
from alongside.ground.files.queries import Listed, files_for
from alongside.ground.web.needs import as_needs, figure
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.files import kind_of_files
from alongside.members.mail.rules.states import MailState
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.tags import tagged
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import standing_by_id

HOME = {"slug": "slug", "partnership": "name"}


def mail_to(partnership: Partnership, *, state: str = "", words: str = "", viewer: Standing) -> QuerySet[Mail]:
    """What came in for a partnership, in one state, from an address or about a subject with those words in it."""
    found = Mail.objects.visible_to(viewer).filter(partnership=partnership)
    if words:
        found = found.filter(Q(sender__icontains=words) | Q(name__icontains=words) | Q(subject__icontains=words))
    if state in set(MailState):
        return found.filter(state=state)
    return found.exclude(state=MailState.AUTOMATIC)


def mail_stands(*, partnership: Partnership, viewer: Standing) -> Figures:
    """How much mail there is, and how much of it waits, in words."""

    def words(every: int, waits: int) -> str:
        return f"{every:,} came, {waits or 'none'} to look at" if every else "No answer has come by mail yet"

    found = mail_to(partnership, viewer=viewer)
    return Figures({"every": figure(found), "waits": figure(found.filter(state=MailState.WAITING))}, words)


def address_of(partnership: Partnership, *, viewer: Standing) -> str:
    """The address to which a partnership's own mailbox may hand its mail on, for its office; nothing where this installation
    takes none in."""
    if not viewer.runs(partnership.pk):
        return ""
    return tagged(settings.ANSWERS_TO, partnership.pk, settings.SECRET_KEY) if settings.ANSWERS_TO else ""


def place_of(notice: Notice | None, person: str, *, viewer: Standing) -> Partnership | None:
    """With whose office a mail stands that was sent to no partnership's address: of the message that it answers, or of the first
    that this gathered; else the first partnership that whoever wrote has to do with; else the only one that there is. What is
    left belongs to none, and is seen by whoever runs the installation."""
    if notice and notice.partnership:
        return notice.partnership
    gathered = notice.gathered.exclude(partnership=None).order_by("written_at", "pk").first() if notice else None
    if gathered:
        return gathered.partnership
    there = Partnership.objects.visible_to(viewer).filter(ended_on=None).order_by("started_on", "pk")
    who = standing_by_id(person) if person else None
    theirs = there.filter(pk__in=who.partnerships).first() if who else None
    return theirs or (there.get() if there.count() == 1 else None)


def mail_of_nobody(*, viewer: Standing) -> QuerySet[Mail]:
    """What waits and belongs to no partnership, the oldest first, for whoever runs the installation."""
    return Mail.objects.visible_to(viewer).filter(partnership=None, state=MailState.WAITING).order_by("came_at", "pk")


def files_of(mail: Mail, *, viewer: Standing) -> list[Listed]:
    """The files that came with a mail and were kept."""
    return files_for(mail.partnership_id or "", kind_of_files(mail.pk), viewer=viewer)


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """Mail that waits for each office."""
    if not viewer.offices:
        return []
    waits = Mail.objects.visible_to(viewer).filter(state=MailState.WAITING).values("pk")
    offices = Partnership.objects.filter(pk__in=viewer.offices, mails__in=waits).values("pk")
    called = Case(When(mails__name="", then="mails__sender"), default="mails__name")  # of the one that waits, where one does
    named = Coalesce(Min(NullIf(called, Value(""))), Value("somebody whose address does not stand there"))
    number = {"number": Count("mails"), "label": named}
    return [as_needs(offices, "mail.waits", **HOME, **number)]
