"""Who is asking, once a request; and the second factor, where a page asks for one."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from alongside.ground.core.standing import VISITOR
from alongside.ground.core.verdict import ProofNeeded
from alongside.ground.web.addresses import Asks, asks_whom
from alongside.ground.web.asked import Asked
from alongside.ground.web.middleware import Respond
from alongside.members.people import proof
from alongside.members.people.queries import roles, second_factor

HAVING = (Asks.WHO_HAS_ONE, Asks.OFFICE_OR_WHO_HAS_ONE)


class StandingMiddleware:
    """Sets `request.who` from the roles that the signed-in person holds today."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Asked) -> HttpResponse:
        """Ask once, before anything else needs to know."""
        user = request.user
        request.who = replace(roles.standing_of(user), is_proven=proof.is_proven(request)) if user.is_authenticated else VISITOR
        if user.is_authenticated:
            proof.keep(request, request.who)
        return self.respond(request)


class SecondFactorMiddleware:
    """Lets a sensitive page be opened only by who has given a second factor in this session."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Asked) -> HttpResponse:
        """The views are asked, not the addresses."""
        return self.respond(request)

    def process_view(self, request: Asked, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """To the page that asks for it, or nothing."""
        whom = asks_whom(view)
        if whom is Asks.NOBODY or request.who.person is None or request.who.is_proven:
            return None
        shows = request.who.sees_money_of(request.partnership.pk if request.partnership else None)
        if whom is Asks.OFFICE and shows:
            return None
        has_office = whom is Asks.OFFICE_OR_WHO_HAS_ONE and not shows
        if whom in HAVING and not has_office and not second_factor.factors_of(viewer=request.who):
            return None
        return to_prove(request)

    def process_exception(self, request: Asked, exception: Exception) -> HttpResponse | None:
        """To the page that asks for it, where only the view could know that it is about money."""
        return to_prove(request) if isinstance(exception, ProofNeeded) else None


def to_prove(request: Asked) -> HttpResponse:
    """To the page that asks for the second factor, and back; a form that was being sent is not kept."""
    onward = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:
        messages.warning(request, "Nothing was saved yet. Show that it is you, then send the form again.")
        onward = proof.page_before(request)
    address = proof.with_next("people:prove", onward)
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)
