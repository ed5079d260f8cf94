"""The two pages of an invitation that is for a colleague: looked at first, then sent; and taken back while nobody has used it."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from alongside.ground.core.verdict import Invalid
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import press, say_and_go
from alongside.members.people.models import Invitation


def passing_on(
    request: Asked,
    row: Invitation,
    form: Callable[..., BaseForm],
    deed: Callable[..., Invitation],
    look: Callable[..., tuple[str, str]],
    here: str,
) -> HttpResponse:
    """The form; the mail is seen, as `look` gives it, before the deed sends it."""
    shown: Any = form(request.POST if request.method == "POST" else None)
    mail = None
    if request.method == "POST" and shown.is_valid():
        try:
            if request.POST.get("deed") == "send":
                return say_and_go(request, deed(**shown.cleaned_data, by=request.who), sent, here)
            subject, words = look(**shown.cleaned_data, by=request.who)
            mail = {"subject": subject, "words": words}
        except Invalid as problem:
            shown.refuse(problem)
    page = {"form": shown, "mail": mail, "here": here, "invitation": row}
    return render(request, "people/pass_on.html", page)


def sent(made: Invitation) -> str:
    """What was done."""
    return f"We have sent {made.name} a link of their own at {made.email}. You need do nothing more."


def passed_on(request: Asked, row: Invitation, to: Invitation, take_back: Callable[..., Invitation], here: str) -> HttpResponse:
    """What a link shows that was passed on: to whom, and the button that takes that back."""
    if request.POST.get("deed") == "back":
        said = f"Taken back: the link that went to {to.email} opens nothing any more, and yours does."
        return press(request, take_back, done=said, next=here)
    return render(request, "people/passed_on.html", {"invitation": row, "to": to, "here": here})
