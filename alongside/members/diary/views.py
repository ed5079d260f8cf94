"""How dates come to one's diary, what was sent there, and what was answered."""

from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import form_page
from alongside.members.diary import actions, queries
from alongside.members.diary.forms import WayForm


def diary(request: Asked) -> HttpResponse:
    """How dates come to one's diary, and the coming ones that were sent, each with its answer."""
    now = queries.my_way(viewer=request.who)
    return form_page(
        request, partial(WayForm, now=now), actions.choose_way, title="How dates come to your diary", caption="Your page",
        lead="Accept or decline a date in your mail program, and your answer stands here.", done="Your choice is saved.",
        next=reverse("diary:diary"), back=("Your settings", reverse("home:settings")), page="diary/diary.html",
        sent=queries.my_sent(viewer=request.who), takes_answers=bool(settings.ANSWERS_TO),
    )  # fmt: skip
