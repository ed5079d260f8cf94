"""One's mail of the week, as it would be now."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.across.monday.queries import last_and_next, week_of
from alongside.ground.web.asked import Asked
from alongside.members.calendar.rules.days import MORNING_IN_WORDS
from alongside.members.notices.queries.mine import rhythm_of


def week(request: Asked) -> HttpResponse:
    """What the viewer's next mail of the week would say, if it went now."""
    who = request.who
    day, (last, new) = rhythm_of(who.person, viewer=who)[1], last_and_next(viewer=who)
    context = {"day": day, "morning": MORNING_IN_WORDS, "belongs": bool(who.belonging or who.offices), "last": last, "new": new}
    return render(request, "monday/week.html", {"week": week_of(viewer=who).words, **context})
