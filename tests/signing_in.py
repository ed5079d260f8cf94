"""A test's browser that is signed in, with the second factor that money and other sensitive pages ask for."""

import time

from django.conf import settings
from django.test import Client

from alongside.ground.web.addresses import PROVEN
from alongside.members.people.models import Person


def enter(client: Client, person: Person, *, second_factor: bool = True) -> Client:
    """Sign the client in as that person."""
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
    if second_factor:
        session = client.session
        session[PROVEN] = time.time()
        session.save()
    return client
