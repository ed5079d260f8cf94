"""Signing in and giving a second factor, as tests do it."""

import re
import time

from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from alongside.ground.web.addresses import PROVEN
from alongside.members.people.models import Person

PROVE, APP, SECURITY = "people:prove", "people:add_app", "people:security"
PASSWORD = "three quiet otters"


def enter(who: Person) -> Client:
    """Their browser, signed in, without the proof of a second factor."""
    client = Client()
    client.force_login(who)
    return client


def secret_of(client: Client) -> str:
    """The secret that the page shows to whoever sets an app up."""
    page = client.get(reverse(APP)).content.decode()
    found = re.search(r'al-spelt">([A-Z2-7 ]+)<', page)
    assert found and "data:image/svg+xml;base64," in page and "otpauth://totp/" in page
    return found[1].replace(" ", "")


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(client: Client) -> tuple[str, list[str]]:
    """Set an app up there; gives its secret and the printed codes."""
    secret = secret_of(client)
    page = client.post(reverse(APP), {"code": code_of(secret)}).content.decode()
    return secret, re.findall(r"<li>(\d{4} \d{4})</li>", page)


def forget_proof(client: Client) -> None:
    """As if this browser had not given its second factor."""
    session = client.session
    session.pop(PROVEN, None)
    session.save()
