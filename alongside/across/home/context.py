"""What the base page shows on every page: who is signed in, in which partnership, and the way about."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from alongside.across.home.queries.ways import way_back, ways
from alongside.ground.core.standing import VISITOR
from alongside.members.partnerships.middleware import Frame, frame_of
from alongside.members.partnerships.queries import my_partnerships


def page(request: HttpRequest) -> dict[str, Any]:
    """Names that the base page needs; works for error pages too, where the middleware may not have run."""
    who, partnership = getattr(request, "who", VISITOR), getattr(request, "partnership", None)
    signed_in = who.person is not None
    frame = frame_of(request) if signed_in else None
    shown = frame or (Frame(partnership.pk, partnership.slug, partnership.name) if partnership else None)
    find = reverse("schools:search") + ("?invented=1" if partnership and partnership.is_invented else "")
    return {
        "who": who,
        "signed_in": signed_in,
        "partnership": partnership,
        "frame": shown,
        "frame_url": reverse("home:overview" if frame else "membership:prospectus", args=[shown.slug]) if shown else "",
        "frame_others": [one for one in my_partnerships(viewer=who) if not frame or one[0] != frame.slug]
        if len(who.partnerships) > 1
        else [],
        "frame_back": way_back(frame.slug, request.path, partnership=frame.partnership, viewer=who) if frame else None,
        "frame_doors": ways(frame.slug, request.path, partnership=frame.partnership, viewer=who) if frame else [],
        "home_url": reverse("home:me") if signed_in else "/",
        "search_url": reverse("home:search") if signed_in else "",
        "account_links": [
            ("Calendar", reverse("home:calendar")),
            ("Messages", reverse("notices:mine")),
            (who.name or "Your page", reverse("home:settings")),
        ]
        if signed_in
        else [("Find a school", find), ("Sign in", reverse("account_login"))],
        "script_nonce": str(getattr(request, "csp_nonce", "")),
        "demo_bar": None,
    }
