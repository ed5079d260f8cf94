"""The three doors, the bar's buttons, and a visitor's own schools."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from alongside.across.demo import elthorne
from alongside.across.demo.actions import days, doors as doors_actions
from alongside.across.demo.forms import OwnPartnership
from alongside.across.demo.middleware import OWN_COOKIE, OWN_COOKIE_AGE, DemoAsked, borough_clock
from alongside.across.demo.queries import own_schools as own_queries, state as state_queries
from alongside.across.demo.rules import Persona, Stage, personas_on
from alongside.ground.core import words
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.ground.web.asked import next_page
from alongside.members.notices.models import Notice
from alongside.members.partnerships.rules import slug_for
from alongside.members.people.actions import roles as people
from alongside.members.people.models import Person
from alongside.members.people.signing_in import take_as_proven

SYSTEM = Standing.system()
HAVE_IT = "You have started a partnership of this name already: open it above, or choose another name"
START = {
    Persona.MANAGER: ("membership:overview", ""),
    Persona.CHAIR: ("meetings:meetings", ""),
    Persona.CLERK: ("meetings:meetings", ""),
    Persona.FINANCE: ("fees:overview", ""),
    Persona.BUSINESS_MANAGER: ("fees:overview", ""),
    Persona.SENDCO: ("groups:groups", ""),
    Persona.HEAD: ("membership:answer", elthorne.DOOR_SCHOOL),
    Persona.MEMBER_HEAD: ("home:overview", ""),
    Persona.TRUST_OFFICER: ("membership:answer", elthorne.OWN_ACADEMY),
    Persona.GOVERNANCE: ("home:overview", ""),
}


@require_GET
def doors(request: DemoAsked) -> HttpResponse:
    """The front door of the demonstration; the borough stands there by its own clock for the manager of real schools too."""
    partnership, state = state_queries.elthorne_partnership(viewer=SYSTEM), state_queries.state(viewer=SYSTEM)
    page, request.is_real = None, False
    if partnership and state:
        if request.demo_state:
            request.partnership = partnership
        with borough_clock(state):
            page = state_queries.front_page(partnership, Stage(state.stage), viewer=SYSTEM)
    own = state_queries.own_partnerships(request.own_schools[0], viewer=SYSTEM)
    return render(request, "demo/doors.html", {"page": page, "own": own, "slug": elthorne.SLUG})


@require_POST
def as_head(request: DemoAsked) -> HttpResponse:
    """Open the invitation of a school that has not replied, as somebody who has just clicked on it in a mail."""
    try:
        token = doors_actions.invite_door_school(by=SYSTEM)
    except Conflict as problem:
        return _told(request, problem)
    logout(request)
    return redirect("membership:invited", slug=elthorne.SLUG, token=token)


@require_POST
def as_manager(request: DemoAsked) -> HttpResponse:
    """Sit in the manager's chair."""
    return _become(request, Persona.MANAGER)


@require_POST
def be(request: DemoAsked) -> HttpResponse:
    """Be somebody else in Elthorne, or the manager of one's own schools again."""
    person, slug, _ = request.own_schools
    if request.POST.get("persona") == "own" and (found := state_queries.own_manager(person, viewer=SYSTEM)):
        own = [one.slug for one in state_queries.own_partnerships(person, viewer=SYSTEM)]
        wanted = request.POST.get("slug", "")
        return _sit_down(request, found, redirect("home:overview", slug=wanted if wanted in own else slug))
    try:
        return _become(request, Persona(request.POST.get("persona", "")), next_page(request))
    except ValueError:
        return redirect("demo:doors")


@require_POST
def open_as(request: DemoAsked) -> HttpResponse:
    """Open a message's link as the person it was written to: of what the visitor's own office has sent, and nobody whose posts
    reach into somebody else's partnership."""
    who = request.who
    notice = Notice.objects.visible_to(who).filter(pk=request.POST.get("message", ""), partnership__in=who.offices).first()
    link = state_queries.link_in(notice, viewer=SYSTEM) if notice else ""
    if notice is None or not link:
        return _told(request, Conflict("There is no link of your own office’s to open there."))
    person = state_queries.person_within(notice.to, who.offices, viewer=SYSTEM)
    if person:
        return _sit_down(request, person, redirect(link))
    logout(request)
    return redirect(link)


def _become(request: DemoAsked, persona: Persona, page: str = "") -> HttpResponse:
    state = state_queries.state(viewer=SYSTEM)
    there = state and persona in personas_on(Stage(state.stage))
    person = state_queries.persona_person(persona, viewer=SYSTEM) if there else None
    if persona is Persona.HEAD and person is None:
        return as_head(request)  # the head has not taken up the invitation yet
    if person is None:
        logout(request)
        return redirect("demo:doors")
    start, school = START[persona]
    slug = elthorne.TRUST_SLUG if persona is Persona.GOVERNANCE else elthorne.SLUG
    place: dict[str, Any] = {"slug": slug, **({"urn": elthorne.named(school).urn} if school else {})}
    return _sit_down(request, person, redirect(page) if page else redirect(start, **place))


def _sit_down(request: DemoAsked, person: Person, page: HttpResponse) -> HttpResponse:
    """Sign the browser in as one of the demonstration's own people, without any proof: it is a demonstration."""
    logout(request)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    people.note_sign_in(person=person, by=SYSTEM)  # by the demonstration's clock
    take_as_proven(request)  # nobody has a phone of an invented person: the pages about money open without
    return page


@require_POST
def move(request: DemoAsked) -> HttpResponse:
    """Move Elthorne's day."""
    try:
        stage = Stage(request.POST.get("stage", ""))
    except ValueError:
        return redirect("demo:doors")
    try:
        days.move_day(to=stage, by=SYSTEM)
    except Conflict as problem:
        return _told(request, problem)
    messages.success(request, f"It is now {words.long_date(stage.day)} in Elthorne: {stage.words}.")
    return redirect(next_page(request) or "/")


@require_POST
def start_again(request: DemoAsked) -> HttpResponse:
    """Elthorne as it was on its first day."""
    try:
        days.start_again(by=SYSTEM)
    except Conflict as problem:
        return _told(request, problem)
    logout(request)
    return redirect("demo:doors")


def _told(request: DemoAsked, problem: Conflict) -> HttpResponse:
    """Back at the doors, with the reason."""
    messages.info(request, problem.reason)
    return redirect("demo:doors")


def own_schools(request: DemoAsked) -> HttpResponse:
    """Find real schools in the register, tick them, and start a partnership of them."""
    found = own_queries.found_schools(request.GET, viewer=request.who)
    own = state_queries.own_partnerships(request.own_schools[0], viewer=SYSTEM)
    same = state_queries.of_the_same(own, found.ticked, viewer=SYSTEM)
    before = state_queries.own_manager(request.own_schools[0], viewer=SYSTEM)
    name = state_queries.free_name(found.called, viewer=SYSTEM)
    form = OwnPartnership(request.POST or None, found=found, name=name, knows_manager=before is not None)
    if request.method == "POST" and form.is_valid():
        try:
            partnership, manager = doors_actions.start_own_partnership(**form.cleaned_data, manager=before, by=SYSTEM)
        except Invalid as problem:
            named = [one for one in own if one.slug == slug_for(form.cleaned_data["name"])]
            same += [one for one in named if one not in same]
            form.refuse(Invalid(name=HAVE_IT) if named else problem)
        else:
            response = _sit_down(request, manager, redirect("home:overview", slug=partnership.slug))
            response.set_signed_cookie(
                OWN_COOKIE,
                f"{manager.pk}:{partnership.slug}",
                max_age=OWN_COOKIE_AGE,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
            return response
    return render(
        request,
        "demo/own_schools.html",
        {
            "found": found,
            "map": found.map,
            "form": form,
            "chosen": set(form["schools"].value() or []),
            "own": same if found.typed or found.groups else own,
        },
    )
