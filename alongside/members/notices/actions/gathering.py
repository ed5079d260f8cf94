"""Gathering what waits into one mail: in the morning, or with what needs its reader in the week's."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.ground.web.later import later
from alongside.ground.web.mail import written
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.notices.rules.messages import DIGEST, WEEK, NoticeState
from alongside.members.notices.rules.tags import tagged

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
    words = {"notices": _lines(notices), "count": plural(len(notices), "message")}
    subject, body = written("notices/digest.txt", _with_choices(words))
    now = clock.now()
    return Notice(kind=DIGEST, to=to, person=person, subject=subject[:200], body=body, written_at=now, due_at=now)


def _with_choices(words: Mapping[str, Any]) -> dict[str, Any]:
    return {**words, "choices": settings.ADDRESS + reverse("notices:preferences")}


@transaction.atomic
def write_week(*, person: str, to: str, words: Mapping[str, Any], at: datetime, by: Standing) -> Notice:
    """Write one person's mail of the week, to go at that moment, and gather in it all that waits for them until then.

    `words` are those of its template. Whoever calls sees to it that it is written once.
    """
    waiting = Notice.objects.filter(person=person, state=NoticeState.GATHERED, digest=None, due_at__lte=at)
    mail = Notice(kind=WEEK, to=to, person=person, written_at=clock.now(), due_at=at)
    mail.save(force_insert=True)
    waiting.update(digest=mail)  # from here on no other mail gathers them
    rows = list(mail.gathered.select_related("partnership").order_by("written_at"))
    subject, mail.body = written("notices/week.txt", _with_choices({**words, "notices": _lines(rows)}))
    mail.subject = subject[:200]
    mail.save(update_fields=["subject", "body"])
    return mail


def _lines(notices: list[Notice]) -> list[tuple[str, Any, str, str]]:
    return [(one.subject, one.partnership, settings.ADDRESS + _page_of(one), _answers_to(one)) for one in notices]


def _answers_to(notice: Notice) -> str:
    """Where an answer to it goes by mail, where a room takes answers to its kind: each has an address of its own."""
    if settings.ANSWERS_TO and declared.takes_answers(notice.kind):
        return tagged(settings.ANSWERS_TO, notice.pk, settings.SECRET_KEY)
    return ""


def _page_of(notice: Notice) -> str:
    return notice.link or reverse("notices:mine_shown", args=[notice.pk])
