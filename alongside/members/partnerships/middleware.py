"""Which partnership an address is about."""

from typing import Any, NamedTuple

from django.http import Http404, HttpResponse

from alongside.ground.core.audience import WITHOUT_SIGNING_IN
from alongside.ground.web.addresses import audience_of
from alongside.ground.web.asked import Asked
from alongside.ground.web.middleware import Respond
from alongside.members.partnerships.models import Partnership


class Frame(NamedTuple):
    """The partnership in whose frame a page stands: its id, slug and name."""

    partnership: str
    slug: str
    name: str


LAST = "last_partnership"  # in the session: search, calendar, messages and settings keep the frame of where one was


def frame_of(request: Any) -> Frame | None:
    """The partnership of the page, or the one whose pages the person was on before; none where they have no part in it."""
    who, here = request.who, getattr(request, "partnership", None)
    kept = Frame(here.pk, here.slug, here.name) if here else Frame(*request.session.get(LAST, ("", "", "")))
    return kept if kept.partnership in who.partnerships else None


class PartnershipMiddleware:
    """Sets `request.partnership` for /p/<slug>/…; 404 where the viewer may not know that it exists.

    There `request.who` holds the posts that count in it (decision 8). A page for everyone is open to everyone.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Asked) -> HttpResponse:
        """Answers, with no partnership in question until a view's address names one."""
        request.partnership = None
        return self.respond(request)

    def process_view(self, request: Asked, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Finds the partnership of the address before its view runs."""
        slug = kwargs.get("slug")
        if slug is None:
            return
        partnership = Partnership.objects.filter(slug=slug).first()
        open_to_all = audience_of(view) in WITHOUT_SIGNING_IN
        if partnership is None or not (open_to_all or request.who.is_system or partnership.pk in request.who.partnerships):
            raise Http404
        request.partnership = partnership
        request.who = request.who.counting_in(partnership.pk)
        frame = frame_of(request)
        if frame and request.session.get(LAST) != list(frame):
            request.session[LAST] = list(frame)
