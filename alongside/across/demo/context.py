"""The bar on top of a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from alongside.across.demo import elthorne
from alongside.across.demo.queries import state as state_queries
from alongside.across.demo.rules import NextStep, Stage, may_move, next_step, personas_on
from alongside.ground.core import clock
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.words import in_a_sentence


def bar(request: HttpRequest) -> dict[str, Any]:
    """What the bar shows: who am I, what day is it, start again. Nothing where there is no demonstration."""
    state = getattr(request, "demo_state", None)
    person, slug, in_own = getattr(request, "own_schools", ("", "", False))
    if state is None and not settings.DEMO:
        return {"demo_bar": None}
    who = getattr(request, "who", VISITOR)
    stage = Stage(state.stage) if state else None
    return {
        "demo_bar": {
            "invented": state is not None,
            "real": getattr(request, "is_real", False),
            "today": clock.today(),
            "you": _you(who) if who.person else "a visitor",
            "own": slug if person and not in_own else "",
            "in_own": slug if in_own else "",
            "personas": [(one.value, one.label, one.words) for one in personas_on(stage)] if stage else [],
            "stages": [(one.value, one.day, one.words, one == stage, may_move(stage, one)) for one in Stage] if stage else [],
            "next": _next(request.path, stage, who) if stage else None,
            "slug": elthorne.SLUG,
            "back": request.get_full_path() if request.method == "GET" else "/",
        }
    }


def _you(who: Standing) -> str:
    """The name, with the post where the visitor chose to be somebody."""
    persona = next((one for one, name in elthorne.NAMES.items() if name == who.name), None)
    return f"{who.name}, {in_a_sentence(persona.label)}" if persona else who.name


def _next(path: str, stage: Stage, who: Standing) -> NextStep | None:
    issued = stage is Stage.INVOICES and state_queries.is_invoiced(viewer=Standing.system())
    codes = state_queries.watchers_codes(viewer=who) if stage is Stage.COUNT else ()
    return next_step(path, stage, _post_in_office(who), issued=issued, codes=codes)


def _post_in_office(who: Standing) -> Post | None:
    return next((Post(role.post) for role in who.roles if role.post in {Post.MANAGER, Post.FINANCE} and not role.acts_for), None)
