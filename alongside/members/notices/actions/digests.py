"""One mail in the morning for what may wait."""

from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web.later import later
from alongside.members.notices.actions.sending import written
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.notices.rules.messages import DIGEST, NoticeState

STOPPED = "Mail to this address came back, so no digest is sent to it."


@transaction.atomic
def send_digests(*, by: Standing) -> int:
    """Gather what is due into one mail for each person and address; gives how many mails. Safe at any moment, twice too."""
    due = Notice.objects.filter(state=NoticeState.GATHERED, digest=None, due_at__lte=clock.now())
    rows = list(due.select_related("partnership").order_by("to", "person", "written_at"))
    dead = mail_that_came_back([row.to for row in rows], viewer=by)
    count = 0
    for (to, person), some in groupby(rows, key=lambda row: (row.to, row.person)):
        notices = list(some)
        mine = Notice.objects.filter(pk__in=[one.pk for one in notices], state=NoticeState.GATHERED, digest=None)
        if to.lower() in dead:
            mine.update(state=NoticeState.PROBLEM, problem=STOPPED, due_at=None)
            continue
        digest = _digest(to, person, notices)
        digest.save(force_insert=True)
        gathered = mine.update(digest=digest)
        if gathered != len(notices):  # another worker was first: it gathers them again
            digest.gathered.update(digest=None)
            digest.delete()
            continue
        later("notices.deliver", digest.pk)
        count += 1
    return count


def _digest(to: str, person: str, notices: list[Notice]) -> Notice:
    words = {
        "notices": [(one.subject, one.partnership, _address(one)) for one in notices],
        "count": plural(len(notices), "message"),
        "choices": settings.ADDRESS + reverse("notices:preferences"),
    }
    subject, body = written("notices/digest.txt", words)
    now = clock.now()
    return Notice(kind=DIGEST, to=to, person=person, subject=subject[:200], body=body, written_at=now, due_at=now)


def _address(notice: Notice) -> str:
    return settings.ADDRESS + (notice.link or reverse("notices:mine_shown", args=[notice.pk]))
