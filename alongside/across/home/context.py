"""What the base page shows on every page: who is signed in, the partnership, and its rooms."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from alongside.ground.core.standing import VISITOR, Post
from alongside.members.partnerships.permissions import may_see_office

Link = tuple[str, str, bool]


def page(request: HttpRequest) -> dict[str, Any]:
    """Names that the base page needs; works for error pages too, where the middleware may not have run."""
    who, partnership = getattr(request, "who", VISITOR), getattr(request, "partnership", None)
    signed_in = who.person is not None
    rooms = (
        navigation(request.path, partnership.slug, bool(may_see_office(who, partnership.pk)))
        if (partnership and partnership.pk in who.partnerships)
        else []
    )
    find = reverse("schools:search") + ("?invented=1" if partnership and partnership.is_invented else "")
    return {
        "who": who,
        "signed_in": signed_in,
        "partnership": partnership,
        "partnership_url": reverse("membership:prospectus", args=[partnership.slug])
        if partnership and not rooms
        else rooms[0][1]
        if rooms
        else "/",
        "navigation": rooms,
        "search_url": reverse("home:search") if signed_in else "",
        "account_links": [
            ("Calendar", reverse("home:calendar")),
            ("Messages", reverse("notices:mine")),
            (_title(who), reverse("home:settings")),
        ]
        if signed_in
        else [("Find a school", find), ("Sign in", reverse("account_login"))],
        "script_nonce": str(getattr(request, "csp_nonce", "")),
        "demo_bar": None,
    }


def _title(who: Any) -> str:
    posts = {role.post for role in who.roles}
    return "Partnership manager" if posts == {Post.MANAGER} else who.name or "Your page"


def navigation(path: str, slug: str, office: bool) -> list[Link]:
    """The rooms of a partnership that this person may enter, and which one the path is in."""
    rooms = [
        ("Our year", reverse("home:overview", args=[slug]), True),
        ("Membership", reverse("membership:overview", args=[slug]), office),
        ("Prospectus", reverse("membership:prospectus", args=[slug]), not office),
        ("Fees", reverse("fees:overview", args=[slug]), True),
        ("School year", reverse("calendar:year", args=[slug]), True),
        ("Give and receive", reverse("contributions:overview", args=[slug]), True),
        ("Schools", reverse("partnerships:schools", args=[slug]), True),
        ("Papers", reverse("files:papers", args=[slug]), True),
        ("People", reverse("people:list", args=[slug]), True),
        ("Settings", reverse("partnerships:settings", args=[slug]), office),
    ]
    open_rooms = [(label, href) for label, href, shown in rooms if shown]
    root, year = reverse("membership:prospectus", args=[slug]), reverse("home:year", args=[slug])
    at = reverse("home:overview", args=[slug]) if path.startswith(year) else path
    here = max((href for _, href in open_rooms if at == href or (href != root and at.startswith(href))), key=len, default="")
    return [(label, href, href == here) for label, href in open_rooms]
