"""Somebody who acts for a head."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from alongside.ground.core.words import listed
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import form_page, on_its_way, press
from alongside.members.people.actions import acting as actions
from alongside.members.people.forms.people import LetActForm
from alongside.members.people.models import ActsFor
from alongside.members.people.queries import acting as queries


def acting(request: Asked) -> HttpResponse:
    """Who acts for one, for whom one acts, and the form with which a head names a colleague."""
    who = request.who
    heads = queries.my_headships(viewer=who)
    could = queries.who_could_act(heads, viewer=who)
    for_me, i_for = queries.my_acting(viewer=who)
    title = "Somebody who acts for you"
    lead = "Heads let a colleague of their school act for them. Either of the two ends it at any time."
    if heads:
        lead = "They see your school’s dates and tasks as you do. They accept dates, do what a day asks for, note what was given."
    elif i_for:
        title = f"You act for {listed([one.head for one in i_for])}"
        lead = "You see their dates and tasks, and do what stands here for them."
    return form_page(
        request, partial(LetActForm, colleagues=could), actions.let_act, title=title, caption="Your page", lead=lead,
        button="Let them act for me",
        done=lambda made: f"{made.person.name} acts for you from now on. An e-mail to {made.person.email} is {on_its_way()}.",
        next=reverse("people:acting"), back=("Your settings", reverse("home:settings")), page="people/acting.html",
        heads=heads, could=could, for_me=for_me, i_for=i_for,
        invites=queries.invited_at(heads, viewer=who),
    )  # fmt: skip


def end_acting(request: Asked, key: str) -> HttpResponse:
    """End that somebody acts for a head."""
    one = find(ActsFor.objects.select_related("person", "role__person", "role__school__current"), request, pk=key)

    def ended(made: ActsFor) -> str:
        if made.person_id == request.who.person:
            return f"You do not act for {made.role.person.name} any more."
        again = "" if made.role.person_id != request.who.person else " Was it a mistake? Name them again below."
        return f"{made.person.name} does not act for {made.role.person.name} any more: from their next click on.{again}"

    return press(request, partial(actions.end_acting, acting=one), done=ended, next=reverse("people:acting"))
