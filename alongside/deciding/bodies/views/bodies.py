"""The bodies of a partnership, and one of them on any day."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.permissions import may_keep_body, may_make_body, may_see_bodies
from alongside.deciding.bodies.queries import composition as compositions
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, find


def bodies(request: Asked, slug: str) -> HttpResponse:
    """The bodies of the partnership."""
    require(may_see_bodies(request.who, request.partnership.pk))
    rows = compositions.bodies_of(request.partnership, viewer=request.who)
    return render(request, "bodies/bodies.html", {"rows": rows, "makes": may_make_body(request.who, request.partnership.pk)})


def body(request: Asked, slug: str, key: str) -> HttpResponse:
    """One body on a day: who sits there, what is vacant, how many make a quorum."""
    one = find(Body.objects.select_related("partnership", "school__current"), request, pk=key)
    shown = compositions.composition(one, viewer=request.who)
    keeps = may_keep_body(request.who, request.partnership.pk, one.pk)
    return render(request, "bodies/body.html", {"body": one, "shown": shown, "keeps": keeps})
