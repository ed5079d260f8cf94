"""One's mail of the week, as it would be now."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.across.monday.queries import week_of
from alongside.ground.web.asked import Asked
from alongside.members.notices.queries.mine import rhythm_of


def week(request: Asked) -> HttpResponse:
    """What the viewer's next mail of the week would say, if it went now."""
    day = rhythm_of(request.who.person, viewer=request.who)[1]
    return render(request, "monday/week.html", {"week": week_of(viewer=request.who).words, "day": day})
