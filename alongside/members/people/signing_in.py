"""Signing a browser in."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from alongside.ground.web.asked import Asked
from alongside.members.people import proof
from alongside.members.people.middleware import to_prove
from alongside.members.people.models import Invitation, Person
from alongside.members.people.permissions import may_take_up
from alongside.members.people.queries import second_factor


def sign_in(request: Asked, person: Person) -> bool:
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


def somebody_else(request: Asked, invitation: Invitation, here: str) -> HttpResponse | None:
    """The page that says, before anything is typed, that an invitation is not for who is signed in; nothing where it may be."""
    own = getattr(request.user, "email", None) or ""
    if may_take_up(request.who, own, invitation.email):
        return None
    shown = {"invitation": invitation, "here": here}
    return render(request, "people/somebody_else.html", shown)


def take_as_proven(request: Asked) -> None:
    """Let this browser open sensitive pages without a second factor: for a demonstration, whose people are invented."""
    proof.note_proof(request)


def where_configured(provider: str, view: str) -> Callable[..., HttpResponse]:
    """A view of allauth's for signing in elsewhere, which is there only where the installation has keys for it.

    Whoever is signed in comes here to link an account: with a second factor, if they have set one up.
    """

    @login_not_required
    def answer(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        if provider not in settings.SOCIALACCOUNT_PROVIDERS:
            raise Http404
        who = request.who
        if who.person and not proof.is_proven(request) and second_factor.factors_of(viewer=who):
            return to_prove(request)
        views = import_module(f"allauth.socialaccount.providers.{provider}.views")  # brings all that speaks to other hosts
        return getattr(views, view)(request, *args, **kwargs)

    return answer
