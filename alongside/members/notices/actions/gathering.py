"""Gathering what waits into one mail: in the morning, or with what needs its reader in the week's."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.ground.web.later import later, one_by_one
from alongside.ground.web.mail import written
from alongside.members.calendar.rules.days import MORNING_IN_WORDS
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.mine import answers_by_mail
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.notices.rules.messages import DIGEST, LEFT, WEEK, NoticeState, may_go

STOPPED = "Mail to this address came back, so no digest is sent to it."


def send_digests(*, by: Standing) -> int:
    """Gather what is due into one mail for each person and address; gives how many mails. Safe at any moment, twice too."""
    whose = list(_due().order_by("to", "person").values_list("to", "person").distinct())
    dead = mail_that_came_back([to for to, _ in whose], viewer=by)

    def send(one: tuple[str, str]) -> bool:
        with transaction.atomic():
            return _send_digest(*one, is_dead=one[0].lower() in dead)

    return sum(one_by_one(whose, send))


def _due() -> QuerySet[Notice]:
    return Notice.objects.filter(state=NoticeState.GATHERED, digest=None, due_at__lte=clock.now())


def _send_digest(to: str, person: str, *, is_dead: bool) -> bool:
    rows = _due().filter(to=to, person=person)
    if is_dead:
        rows.update(state=NoticeState.PROBLEM, problem=STOPPED, due_at=None)
        return False
    who = declared.who_is(person)
    if not (notices := _still_theirs(rows, who.partnerships if who else ())):
        return False
    digest = _digest(to, person, notices)
    digest.save(force_insert=True)
    if not _gather(notices, digest):  # another worker was first: it gathers them again
        digest.delete()
        return False
    later("notices.deliver", digest.pk)
    return True


def _still_theirs(rows: QuerySet[Notice], partnerships: Collection[str]) -> list[Notice]:
    """Those that go to somebody who has to do with those partnerships, as they were written; the others are held back."""
    going, left = list[Notice](), list[str]()
    for one in rows.select_related("partnership").order_by("written_at"):
        if may_go(one.tells_of, partnerships):
            going.append(one)
        else:
            left.append(one.pk)
    Notice.objects.filter(pk__in=left, digest=None).update(state=NoticeState.HELD_BACK, problem=LEFT, due_at=None)
    return going


def _gather(notices: list[Notice], mail: Notice) -> bool:
    """Let a mail carry all of those, which no other does from here on; whether none was taken by another before."""
    rows = Notice.objects.filter(pk__in=[one.pk for one in notices], state=NoticeState.GATHERED, digest=None)
    if rows.update(digest=mail) == len(notices):
        return True
    mail.gathered.update(digest=None)
    return False


def _digest(to: str, person: str, notices: list[Notice]) -> Notice:
    words = {"notices": _lines(notices), "count": plural(len(notices), "message")}
    subject, body = written("notices/digest.txt", _with_choices(words))
    now, homes = clock.now(), sorted({home for one in notices for home in one.tells_of})
    said = {"subject": subject[:200], "body": body, "written_at": now, "due_at": now}
    return Notice(kind=DIGEST, to=to, person=person, gathers_of=homes, **said)


def _with_choices(words: Mapping[str, Any]) -> dict[str, Any]:
    return {**words, "morning": MORNING_IN_WORDS, "choices": settings.ADDRESS + reverse("notices:preferences")}


@transaction.atomic
def write_week(
    *, person: str, to: str, words: Mapping[str, Any], tells_of: Collection[str], at: datetime, by: Standing
) -> Notice:
    """Write one person's mail of the week, to go at that moment, and gather in it all that waits for them until then.

    `words` are those of its template, `tells_of` the partnerships with which they have to do. Whoever calls sees to it that it is
    written once.
    """
    mail = Notice(kind=WEEK, to=to, person=person, written_at=clock.now(), due_at=at, gathers_of=sorted(tells_of))
    mail.save(force_insert=True)
    waiting = Notice.objects.filter(person=person, state=NoticeState.GATHERED, digest=None, due_at__lte=at)
    waiting.filter(pk__in=[one.pk for one in _still_theirs(waiting, tells_of)]).update(digest=mail)  # no other mail gathers them
    rows = list(mail.gathered.select_related("partnership").order_by("written_at"))
    subject, mail.body = written("notices/week.txt", _with_choices({**words, "notices": _lines(rows)}))
    mail.subject = subject[:200]
    mail.save(update_fields=["subject", "body"])
    return mail


def _lines(notices: list[Notice]) -> list[tuple[str, Any, str, str]]:
    return [
        (one.subject, one.partnership, settings.ADDRESS + _page_of(one), answers_by_mail(one, viewer=Standing.system()))
        for one in notices
    ]


def _page_of(notice: Notice) -> str:
    return notice.link or reverse("notices:mine_shown", args=[notice.pk])
