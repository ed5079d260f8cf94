"""A person's own pages: what needs them, their calendar, their settings."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.across.home.queries import calendars, me as me_queries
from alongside.across.home.rules import year
from alongside.ground.core import clock
from alongside.ground.web.asked import Asked


def me(request: Asked) -> HttpResponse:
    """A person's own page; whoever has to do with one partnership only goes straight to it."""
    page = me_queries.my_page(viewer=request.who)
    if len(page.partnerships) == 1 and request.who.roles:
        return redirect("home:overview", slug=page.partnerships[0][0])
    return render(request, "home/me.html", {"page": page})


def calendar(request: Asked) -> HttpResponse:
    """Everything dated of the person's partnerships and schools, a month at a time."""
    month = year.month_read(request.GET.get("month", ""), clock.today())
    page = calendars.my_month(month, request.GET.get("of", "")[:60], viewer=request.who)
    return render(
        request,
        "home/calendar.html",
        {
            "page": page,
            "before": year.month_after(month, -1),
            "after": year.month_after(month),
            "as_month": request.GET.get("show") == "month",
        },
    )


def settings(request: Asked) -> HttpResponse:
    """Where everything is that a person sets for themselves."""
    return render(request, "home/settings.html", {"feed": calendars.feed_of(viewer=request.who)})
