"""What every mail of ours looks like: plain text first, and the same in simple HTML."""

from django.core.mail import EmailMultiAlternatives
from django.template import loader


def as_mail(subject: str, body: str, to: str, key: str = "") -> EmailMultiAlternatives:
    """A mail with its text and the same words in one plain wrapper: no pictures, no tracking, nothing loaded from anywhere.

    With a `key` every attempt to send it carries the same Message-ID, so that a mail sent twice is seen once.
    """
    headers = {"Message-ID": f"<{key}@alongside>"} if key else {}
    mail = EmailMultiAlternatives(subject, body, to=[to], headers=headers)
    paragraphs = [paragraph.split("\n") for paragraph in body.split("\n\n")]
    mail.attach_alternative(loader.render_to_string("web/mail.html", {"subject": subject, "paragraphs": paragraphs}), "text/html")
    return mail
