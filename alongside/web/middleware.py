"""Headers on every answer, and the pages for what is refused."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.core.verdict import Conflict, Refused
from alongside.web import views
from alongside.web.rows import Stale

Respond = Callable[[HttpRequest], HttpResponse]


def headers(respond: Respond) -> Respond:
    """Adds the headers that Django does not: isolation, and no caching of signed-in pages."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store" if request.COOKIES.get("alongside") else "no-cache")
        return response

    return answer


class Refusals:
    """Turns a refusal raised anywhere below into its page."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers as the layers below do."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The 403 or 409 page, or nothing for any other exception."""
        if isinstance(exception, Refused):
            return views.forbidden(request, exception)
        if isinstance(exception, Stale):
            return views.stale(request, exception)
        if isinstance(exception, Conflict):
            return views.conflict(request, exception)
        return None
