"""How django-allauth behaves here: no open sign-up, our words in its mails, and the same answer at the same speed
whether an address is known or not."""

import logging
import smtplib
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.template import loader
from django.urls import reverse

from alongside.core.standing import Standing
from alongside.people import actions
from alongside.people.models import Person
from alongside.web.mail import as_mail

# Sign-in mails are written and handed over well after the answer has gone out, so that it takes no longer for an
# address that is known. A mail lost with the process is asked for again.
WAIT = 0.2  # seconds
post_box = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sign-in mail")


class Adapter(DefaultAccountAdapter):
    """Accounts come from invitations only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That e-mail address and password do not go together. Try again, or ask for a code",
        "incorrect_code": "That is not the code we sent. Check the newest e-mail",
        "too_many_login_attempts": "There were too many tries. Wait five minutes and try again",
        "enter_current_password": "That is not your password of today",
        "invalid_password_reset": "This link was used already or has expired",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person is invited."""
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign in, and note when by the product's clock."""
        super().login(request, user)
        actions.note_sign_in(person=user, by=Standing(person=user.pk, name=user.name))

    def is_safe_url(self, url: str) -> bool:
        """Whether to go on there after signing in; an address that cannot be read is not safe."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own page."""
        return reverse("people:account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link at our own address, whatever host the request named."""
        return settings.ADDRESS + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of the sign-in mails. It is not kept: it holds a code or a link. A demonstration shows it instead."""
        words: dict[str, str] = {name: str(context[name]) for name in ("code", "password_reset_url") if name in context}
        if settings.DEMO and words:
            messages.info(self.request, f"In a demonstration no mail is sent. This one would say: {' '.join(words.values())}")
        post_box.submit(hand_over, f"{template_prefix}.txt", email, words)


def hand_over(template: str, email: str, words: dict[str, str]) -> None:
    """Write a mail and give it to the mail server; a failure is logged without address or words."""
    time.sleep(WAIT)
    text = loader.render_to_string(template, {"address": settings.ADDRESS, **words}).strip()
    subject, _, body = text.partition("\n")
    try:
        as_mail(subject, body.strip(), email).send()
    except (OSError, smtplib.SMTPException) as error:
        logging.getLogger("alongside").warning("a sign-in mail could not be sent: %s", type(error).__name__)
