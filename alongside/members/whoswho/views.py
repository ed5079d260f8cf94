"""Looking up a colleague."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.partnerships.queries import phases_of
from alongside.members.posts.queries import posts_to_choose
from alongside.members.whoswho import queries
from alongside.members.whoswho.permissions import may_look_up

SHOWN = 100
COLUMNS = (
    Column("name", "Name", alone=True),
    Column("post", "Post"),
    Column("place", "School"),
    Column("phone", "Telephone", cell=lambda row: Text(row.phone, f"tel:{row.dial}") if row.phone else None),
    Column("email", "E-mail", cell=lambda row: Text(row.email, f"mailto:{row.email}") if row.email else None, classes="al-lines"),
)


def asked_for(request: Asked) -> dict[str, str]:
    """What the address chooses."""
    return {name: request.GET.get(name, "")[:120] for name in ("q", "post", "phase", "trust")}


def whos_who(request: Asked, slug: str) -> HttpResponseBase:
    """One box: post, school, trust or name; who it is, and how to reach them."""
    partnership, who = request.partnership, request.who
    require(may_look_up(who, partnership.pk))
    chosen = asked_for(request)
    rows = queries.colleagues(
        partnership, words=chosen["q"], posts=[chosen["post"]] if chosen["post"] else (), phase=chosen["phase"],
        trust=chosen["trust"], viewer=who,
    )  # fmt: skip
    filters: list[Any] = [
        ("post", "Post", [(one.code, one.name) for one in posts_to_choose(partnership, viewer=who)]),
        ("phase", "Phase", [(one, one) for one in phases_of(partnership, viewer=who)]),
        ("trust", "Trust", [(one, one) for one in queries.trusts_of(partnership, viewer=who)]),
    ]
    return list_page(
        request, COLUMNS, rows if "as" in request.GET else rows[:SHOWN], file=f"{slug}-whos-who", page="whoswho/whos_who.html",
        chosen=chosen, found=len({row.person for row in rows}), filters=filters, here=reverse("whoswho:whos_who", args=[slug]),
    )  # fmt: skip
