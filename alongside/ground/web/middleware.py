"""Headers on every answer, and the pages for what is refused."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web import views
from alongside.ground.web.models import Stale

Respond = Callable[[Any], HttpResponse]


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
        """Answers as the layers below do, with a page where an address that only a button opens was opened by itself."""
        response = self.respond(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return views.only_by_button(request, response.headers.get("Allow", ""))
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """No key, slug or search holds the character NUL, and PostgreSQL refuses even to look for one: nothing is found
        at such an address, and after its question mark the character is left out."""
        if any("\x00" in str(value) for value in kwargs.values()):
            return views.not_found(request)
        if "%00" in request.META.get("QUERY_STRING", ""):
            asked: Any = request.GET.copy()
            for name, values in request.GET.lists():
                asked.setlist(name, [value.replace("\x00", "") for value in values])
            request.GET = asked
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The 400, 403 or 409 page, or nothing for any other exception."""
        if isinstance(exception, Invalid):  # a page without a form of its own for what a rule refuses
            return views.invalid(request, exception)
        if isinstance(exception, Refused):
            return views.forbidden(request, exception)
        if isinstance(exception, Stale):
            return views.stale(request, exception)
        if isinstance(exception, Conflict):
            return views.conflict(request, exception)
        return None
