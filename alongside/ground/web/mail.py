"""What every mail of ours looks like: plain text first, and the same in simple HTML."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import loader


def message_id(key: str) -> str:
    """The Message-ID of the message with that key: the same however often it is tried."""
    return f"<{key}@{urlsplit(settings.ADDRESS).hostname or 'alongside'}>"


def written(template: str, words: dict[str, Any]) -> tuple[str, str]:
    """Subject, in one line, and body of a template: never more than one empty line between its paragraphs."""
    subject, _, body = loader.render_to_string(template, words).strip().partition("\n")
    return " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body.strip())


def as_mail(subject: str, body: str, to: str, key: str = "", reply_to: str = "", calendar: str = "") -> EmailMultiAlternatives:
    """A mail with its text and the same words in one plain wrapper: no pictures, no tracking, nothing loaded from anywhere.

    `calendar` is the same once more for a calendar program (RFC 6047): the last alternative, which says its method; what asks for
    no answer is a file beside the mail, which mail programs show without buttons to accept or decline it.

    With a `key` every attempt to send it carries the same Message-ID, so that a mail sent twice is seen once.
    No answering machine should answer it.
    """
    headers = {
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        **({"Message-ID": message_id(key)} if key else {}),
    }
    mail = EmailMultiAlternatives(subject, body, to=[to], headers=headers, reply_to=[reply_to] if reply_to else None)
    paragraphs = [paragraph.split("\n") for paragraph in body.split("\n\n")]
    mail.attach_alternative(loader.render_to_string("web/mail.html", {"subject": subject, "paragraphs": paragraphs}), "text/html")
    if calendar:
        method = next(one for one in ("CANCEL", "PUBLISH", "REQUEST") if f"METHOD:{one}\r\n" in calendar)
        if method == "PUBLISH":
            mail.attach("day.ics", calendar, f"text/calendar; method={method}")
        else:
            mail.attach_alternative(calendar, f"text/calendar; method={method}")
    return mail
