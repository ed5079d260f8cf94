"""The page that shows a form, does one deed, says what was done, and where to go next; and the button that does a deed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core.shown import mark
from alongside.ground.core.verdict import Invalid
from alongside.ground.web.asked import Asked
from alongside.ground.web.forms import DoForm, EditForm, NewForm

Link = tuple[str, str]  # words, address


@dataclass(frozen=True)
class Done:
    """What was done, told from what the deed returned; `links` lead to what was sent ("See the message"), to what comes
    next, and to where it can be put right."""

    words: str
    links: tuple[Link, ...] = ()


def on_its_way(to: str = "", *, among: str = "its") -> str:
    """What a sentence tells of mail that was just written; in a demonstration, whose bar says that nothing is sent, just that."""
    where = f" to {to}" if to else ""
    return f"written{where}, and not sent: this is a demonstration" if settings.DEMO else f"on {among} way{where}"


Told = str | Done
Say = Told | Callable[[Any], Told]
Next = str | Callable[[Any], str]


def form_page(
    request: Asked,
    form: Callable[..., BaseForm],
    deed: Callable[..., Any],
    *,
    title: str,
    done: Say,
    next: Next,
    caption: str = "",
    lead: str = "",
    back: Link | None = None,
    button: str = "Save",
    page: str = "web/form_page.html",
    look: Callable[[dict[str, Any]], Sequence[str]] = lambda values: (),
    barred: Told = "",
    **words: Any,
) -> HttpResponse:
    """Show the form; when it is sent and valid, do the deed with its values and `by` who asks, say what was done, go on.

    `form` is a class or `partial` of one; `done` and `next` may be told what the deed returned. What a rule refuses
    (Invalid) stands beside its field with all that was typed; refusals of permission and of a race become their own pages.
    `page` is a template that extends `web/form_page.html` where more stands around the form; `words` are for it.
    `look` says in sentences what the values would do, where that reaches far: they are shown first, with all that was typed, and
    only a press that has seen these very sentences does the deed.
    `barred` says what the rules would refuse whatever is typed, with what comes first: it stands there instead of the form.
    """
    sent = request.method == "POST"
    shown: Any = form(request.POST if sent else None, request.FILES if sent else None)
    if not isinstance(shown, NewForm | EditForm | DoForm):
        raise TypeError(f"{type(shown).__name__} says neither that it makes something new, nor that it edits, nor that it does")
    told = list(look(shown.cleaned_data)) if sent and shown.is_valid() else []
    looked = mark(told)
    if sent and shown.is_valid() and (not told or request.POST.get("looked") == looked):
        try:
            made = deed(**shown.cleaned_data, by=request.who)
        except Invalid as problem:
            shown.refuse(problem)
        else:
            return say_and_go(request, made, done, next)
    shut = Done(barred) if barred and isinstance(barred, str) else barred
    said = {
        "barred": None if sent else shut,
        "title": title,
        "caption": caption,
        "lead": lead,
        "back": back,
        "told": told,
        "looked": looked,
    }
    pressed = f"Yes, {button[:1].lower()}{button[1:]}" if told else button
    return render(request, page, {"form": shown, "button": pressed, **said, **words})


def press(request: Asked, deed: Callable[..., Any], *, done: Say, next: Next) -> HttpResponse:
    """A button of a page that does one deed: opened by itself, the address does nothing (405)."""
    answer: HttpResponse = require_POST(lambda asked: say_and_go(asked, deed(by=asked.who), done, next))(request)
    return answer


def seen_on(request: Asked) -> str:
    """What the page of a button showed, as it carries it (`core.shown`)."""
    return request.POST.get("seen", "")


def links_said(message: Message, here: str = "") -> list[list[str]]:
    """The links of a message, as `say_and_go` kept them; none leads to the page on which it is read."""
    links = json.loads(message.extra_tags) if message.extra_tags.startswith("[") else []
    return [one for one in links if one[1] != here]


def say(request: Asked, done: Told) -> None:
    """Say on the next page what was done."""
    said = done if isinstance(done, Done) else Done(done)
    messages.success(request, said.words, extra_tags=json.dumps(said.links))  # a message keeps nothing but text


def say_and_go(request: Asked, made: Any, done: Say, next: Next) -> HttpResponse:
    """Say what was done and go to the next page: what a page that is no `form_page` does after its deed. What was sent while
    somebody still types (htmx) shows by itself, and is not said on whatever page comes next."""
    if "HX-Request" not in request.headers:
        say(request, done(made) if callable(done) else done)
    return redirect(next(made) if callable(next) else next)
