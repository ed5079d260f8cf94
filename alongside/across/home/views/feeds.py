"""A person's private calendar link, and what calendar programs read there."""

import hashlib

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from alongside.across.home import actions
from alongside.across.home.queries import calendars
from alongside.across.home.rules.feeds import hash_of_secret
from alongside.ground.core import clock
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import press


def feed(request: Asked) -> HttpResponse:
    """One's calendar link: make one, and see it once; make a new one, which stops the old."""
    secret = actions.make_feed(by=request.who) if request.method == "POST" else ""
    link = settings.ADDRESS.rstrip("/") + reverse("home:public_calendar", args=[secret]) if secret else ""
    there = calendars.feed_of(viewer=request.who)
    return render(request, "home/feed.html", {"link": link, "webcal": "webcal:" + link.split(":", 1)[-1], "feed": there})


def end_feed(request: Asked) -> HttpResponse:
    """Stop one's calendar link."""
    stopped, nothing = "The link is stopped. Calendars that used it show nothing new from now on.", "There was no link."
    return press(request, actions.end_feed, done=lambda was: stopped if was else nothing, next=reverse("home:feed"))


@require_safe
def public_calendar(request: Asked, secret: str) -> HttpResponse:
    """The dates of whoever made the link, for their calendar program: no signing in, the secret is the key."""
    from alongside.across.home import ics  # only where used, with its library

    row, who = calendars.feed_with(hash_of_secret(secret), viewer=request.who)
    telling = actions.read_feed(feed=found(row), by=who)
    text = ics.written(telling.entries, name="Alongside", address=settings.ADDRESS.rstrip("/"))
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    changed_at = max([entry.of.changed_at for entry in telling.entries] or [clock.start_of(clock.today())])
    headers = {
        "ETag": tag,
        "Last-Modified": http_date(int(changed_at.timestamp())),
        "Content-Disposition": 'inline; filename="alongside.ics"',
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex",
    }
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=tag, response=answer) or answer  # a date alone cannot tell what went
