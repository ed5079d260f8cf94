"""Writing a message and sending it."""

import logging
import smtplib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import loader

from alongside.core import clock
from alongside.core.standing import Standing
from alongside.notices.models import Notice
from alongside.partnerships.models import Partnership
from alongside.schools.models import School
from alongside.web.later import later
from alongside.web.mail import as_mail

DOTS = "••••••••"
LOST = "It carried a personal link, which is not kept here. Send a new invitation instead."


@transaction.atomic
def send(
    *,
    template: str,
    to: str,
    words: dict[str, Any],
    partnership: Partnership | None = None,
    school: School | None = None,
    secret: dict[str, str] | None = None,
    by: Standing,
) -> Notice:
    """Write a message from a template ('membership/chase.txt', first line the subject) and send it on commit.

    `secret` words (a personal link, a code) go into the mail and nowhere else: what is kept shows dots in their place,
    and until the mail is handed over they live in this process's memory only. A demonstration, whose mail goes
    nowhere, keeps them: its reader opens the link from the mail as shown.
    """
    subject, body = _written(template, {**words, **(secret or {} if settings.DEMO else dict.fromkeys(secret or {}, DOTS))})
    notice = Notice.objects.create(
        kind=template.removesuffix(".txt").replace("/", "."),
        to=to,
        subject=subject[:200],
        body=body,
        is_personal=bool(secret),
        partnership=partnership,
        school=school,
        written_at=clock.now(),
    )
    if secret:
        _, personal = _written(template, {**words, **secret})
        transaction.on_commit(_handing_over(notice.pk, personal), robust=True)
    else:
        later("notices.deliver", notice.pk)
    return notice


def _handing_over(notice_id: str, personal: str) -> Callable[[], None]:
    # a function of its own, not a partial: Django names what failed after a commit, and goes on with the next
    def hand_over() -> None:
        deliver(notice_id=notice_id, personal=personal, by=Standing.system())

    return hand_over


def deliver(*, notice_id: str, personal: str = "", by: Standing) -> None:
    """Hand a message to the mail server, once; a failure is kept beside it for the office to see.

    `personal` is the text with its secret words, where it has any: without it such a message cannot be sent again.
    """
    notice = Notice.objects.filter(pk=notice_id, sent_at=None).first()
    if notice is None:
        return
    if notice.is_personal and not personal:
        Notice.objects.filter(pk=notice_id, sent_at=None).update(problem=LOST)
        return
    mail = as_mail(subject=notice.subject, body=personal or notice.body, to=notice.to, key=notice.pk)
    try:
        mail.send()
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: an address that cannot be written in a mail
        logging.getLogger("alongside").warning("a message could not be sent: %s", type(error).__name__)
        Notice.objects.filter(pk=notice_id, sent_at=None).update(
            problem=f"The mail server did not take it ({type(error).__name__})"
        )
        return
    Notice.objects.filter(pk=notice_id, sent_at=None).update(sent_at=clock.now(), problem="")


def _written(template: str, words: dict[str, Any]) -> tuple[str, str]:
    subject, _, body = loader.render_to_string(template, words).strip().partition("\n")
    return " ".join(subject.split()), body.strip()
