"""A process that sends, for the test that kills it. `planted` is the fault that must be caught: it notes first and sends then."""

import time
from datetime import timedelta

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.mail import as_mail
from alongside.members.notices.actions import delivering
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import NoticeState
from tests.kills import Say

LEASE = timedelta(seconds=1.5)


def ours(key: str) -> None:
    """As the product does."""
    delivering.deliver(notice_id=key, lease=LEASE, by=Standing.system())


def planted(key: str) -> None:
    """As many a program does."""
    if Notice.objects.filter(pk=key, state=NoticeState.WAITING).update(
        state=NoticeState.SENT, sent_at=clock.now(), due_at=None, sealed=""
    ):
        notice = Notice.objects.get(pk=key)
        as_mail(notice.subject, notice.body, notice.to, notice.pk).send()


def live(say: Say, kind: str) -> None:
    """Send until nothing waits."""
    act = {"ours": ours, "planted": planted}[kind]
    waiting = Notice.objects.filter(state=NoticeState.WAITING)
    while keys := list(waiting.order_by("due_at").values_list("pk", flat=True)[:20]):
        for key in keys:
            say()
            act(key)
        time.sleep(0.02)
