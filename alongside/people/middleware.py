"""Who is asking, once a request."""

from django.http import HttpRequest, HttpResponse

from alongside.core.standing import VISITOR
from alongside.people import queries
from alongside.web.middleware import Respond


class StandingMiddleware:
    """Sets `request.who` from the roles that the signed-in person holds today."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask once, before anything else needs to know."""
        user = request.user
        request.who = queries.standing_of(user) if user.is_authenticated else VISITOR
        return self.respond(request)
