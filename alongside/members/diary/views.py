"""How dates come to one's diary, what was sent there, and what was answered."""

from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from alongside.ground.web.asked import Asked, find, next_page
from alongside.ground.web.pages import form_page, press
from alongside.members.diary import actions, queries
from alongside.members.diary.forms import WayForm
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.rules import Attending


def diary(request: Asked) -> HttpResponse:
    """The coming dates that were sent to oneself, each with its answer, and how dates come to one's diary."""
    now = queries.my_way(viewer=request.who)
    return form_page(
        request, partial(WayForm, now=now), actions.choose_way, title="Your diary", caption="Your page",
        lead="Accept or decline a date in your mail program or here: your answer stands here.", done="Your choice is saved.",
        next=reverse("diary:diary"), back=("Your settings", reverse("home:settings")), page="diary/diary.html",
        sent=queries.sent_to_me(viewer=request.who), takes_answers=bool(settings.ANSWERS_TO),
    )  # fmt: skip


def answer(request: Asked, key: str) -> HttpResponse:
    """Accept a date that was sent to oneself, or to whom one acts for, or say perhaps or no."""
    one = find(DiaryDate.objects.select_related("person"), request, pk=key)

    def answered(made: DiaryDate) -> str:
        said, whose = Attending(made.answer).label, made.person_id == request.who.person
        who = "You" if whose else f"For {one.person.name} you"
        return f"{who} {said}. A calendar program that holds the invitation goes on showing it as it was; change that there."

    deed = partial(actions.answer_on_page, one=one, says=request.POST.get("says", ""), seen=request.POST.get("seen", ""))
    return press(request, deed, done=answered, next=next_page(request) or reverse("diary:diary"))
