"""The demonstration's own clock, for the invented borough's pages only."""

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from alongside.across.demo.models import DemoState
from alongside.across.demo.queries import state as state_queries, whose
from alongside.across.demo.rules import Stage, by_address, demo_moment
from alongside.ground.core import clock
from alongside.ground.web.asked import Asked
from alongside.ground.web.middleware import Respond


class DemoAsked(Asked):
    """A request to a demonstration: where the invented borough stands, and whose own schools the visitor has."""

    demo_state: DemoState | None
    is_real: bool
    own_schools: tuple[str, str, bool]


OWN_COOKIE = "own_schools"
OWN_COOKIE_AGE = settings.SESSION_COOKIE_AGE


def demo_clock(respond: Respond) -> Respond:
    """Lets the invented borough's pages live by its clock; real schools' pages keep the real date.

    Sets `request.demo_state` (nothing outside Elthorne), `request.is_real` on a page of real schools, and
    `request.own_schools`: the person and the address of the visitor's own partnership of real schools, with whether they
    are in it now.
    """

    def answer(plain: HttpRequest) -> HttpResponse:
        request = cast(DemoAsked, plain)
        signed_in = request.session.get(SESSION_KEY, "")
        person, _, slug = (request.get_signed_cookie(OWN_COOKIE, default="", max_age=OWN_COOKIE_AGE) or "").partition(":")
        is_own = bool(person) and signed_in == person
        invented = by_address(request.get_full_path())
        state = None if invented is False else state_queries.state()
        if state:
            invented = whose.is_invented(request)
        request.own_schools, request.demo_state, request.is_real = (person, slug, is_own), None, invented is False
        if state is None or not invented:
            return respond(request)
        request.demo_state = state
        with borough_clock(state):
            return respond(request)

    return answer


def borough_clock(state: DemoState) -> AbstractContextManager[None]:
    """The day and hour of the invented borough, for as long as something of it is shown."""
    real, offset = clock.now() - clock.moved.get(), timedelta(seconds=state.offset_seconds)
    return clock.offset(demo_moment(real, offset, Stage(state.stage)) - real)
