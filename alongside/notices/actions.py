"""Writing a message and sending it."""

import logging
import smtplib
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import loader

from alongside.core import clock
from alongside.core.standing import Standing
from alongside.notices.models import Notice
from alongside.partnerships.models import Partnership
from alongside.schools.models import School
from alongside.web.later import later


@transaction.atomic
def send(
    *, template: str, to: str, words: dict[str, Any], partnership: Partnership | None = None, school: School | None = None,
    secret: dict[str, str] | None = None, by: Standing,
) -> Notice:
    """Write a message from a template ('membership/chase.txt', first line the subject) and send it on commit.

    `secret` words (a personal link) go into the mail and are shown as dots in the copy that the office can read.
    """
    text = loader.render_to_string(template, {**words, **(secret or {})}).strip()
    subject, _, body = text.partition("\n")
    notice = Notice.objects.create(
        kind=template.removesuffix(".txt").replace("/", "."), to=to, subject=subject[:200], body=body.strip(),
        partnership=partnership, school=school, written_at=clock.now(),
    )
    later("notices.deliver", notice.pk)
    return notice


def deliver(*, notice_id: str, by: Standing) -> None:
    """Hand a message to the mail server, once; a failure is kept beside it for the office to see."""
    notice = Notice.objects.filter(pk=notice_id, sent_at=None).first()
    if notice is None:
        return
    mail = EmailMultiAlternatives(notice.subject, notice.body, to=[notice.to], headers={"Message-ID": f"<{notice.pk}@alongside>"})
    mail.attach_alternative(loader.render_to_string("notices/mail.html", {"subject": notice.subject, "paragraphs": notice.body.split("\n\n")}), "text/html")
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        logging.getLogger("alongside").warning("a message could not be sent: %s", type(error).__name__)
        Notice.objects.filter(pk=notice_id).update(problem=f"The mail server did not take it ({type(error).__name__})")
        return
    Notice.objects.filter(pk=notice_id).update(sent_at=clock.now(), problem="")
