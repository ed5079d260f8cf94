"""Signing a browser in."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from alongside.people.models import Person


def sign_in(request: HttpRequest, person: Person) -> bool:
    """Sign this browser in as somebody who has just taken up their first invitation; whether it is signed in as them now.

    A link is never a key to an account that has been signed in to before, or holds other roles: it may have been
    forwarded. They sign in by themselves, with a code to the same address.
    """
    if request.user.is_authenticated:
        return request.user.pk == person.pk
    if person.last_login is not None or not person.is_active or person.roles.count() > 1:
        return False
    get_adapter(request).login(request, person)
    return True
