"""Who comes next: successors, shared mailboxes, and the question of each September."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked
from alongside.ground.web.sensitive import sensitive_once_set_up
from alongside.members.people import actions, queries
from alongside.members.people.forms import MailboxForm, SeptemberForm, SuccessorForm
from alongside.members.people.models import Role
from alongside.members.people.permissions import may_end_role, may_invite_colleague, may_keep_people, may_pass_on_mailbox
from alongside.members.people.rules import can_follow_from, days_without, left_by_september, may_confirm_people_on
from alongside.members.people.views.keeping import place_of


def role_at(request: Asked, key: str) -> Role:
    """The role that the address names, if the viewer may end it."""
    found = queries.role_to_end(key, partnership=request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    require(may_end_role(request.who, found.person_id, found.school_id, request.partnership.pk, last_manager=False))
    return found


def invite_successor(request: Asked, slug: str, role: str) -> HttpResponse:
    """Invite whoever comes next, from a day; the one before leaves the day before."""
    found = role_at(request, role)
    require(may_invite_colleague(request.who, found.get_post(), found.school_id, request.partnership.pk, True))
    suggested = date(academic_year_of(clock.today()).last_on.year, 9, 1)
    initial = {"from_on": suggested} if can_follow_from(suggested, clock.today(), found.from_on) else {}
    form = SuccessorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_successor(role=found, partnership=request.partnership, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            first = form.cleaned_data["from_on"]
            words = f"{form.cleaned_data['name']} is invited from {short_date(first)}."
            messages.success(request, f"{words} {found.person.name} stays in the post until the answer is yes.")
            if empty := days_without(found.until_on, first):
                days, post = f"From {short_date(empty[0])} until {short_date(empty[1])}", found.get_post_display().lower()
                messages.warning(request, f"{days} nobody would be {post}: {found.person.name} goes before that.")
            return place_of(found, slug)
    return render(request, "people/invite_successor.html", {"form": form, "role": found})


@sensitive_once_set_up
def pass_on_mailbox(request: Asked, slug: str, role: str) -> HttpResponse:
    """Let the next holder of a post have the shared mailbox."""
    found = role_at(request, role)
    places = queries.places_of(found.person, viewer=request.who)
    verdict = may_pass_on_mailbox(request.who, found.person_id, found.school_id, request.partnership.pk, places)
    require(verdict)
    form = MailboxForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.pass_on_mailbox(role=found, partnership=request.partnership, name=form.cleaned_data["name"], by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is invited at the shared address.")
            is_own = found.person_id == request.who.person
            return redirect(settings.ACCOUNT_LOGOUT_REDIRECT_URL) if is_own else place_of(found, slug)
    return render(request, "people/pass_on_mailbox.html", {"form": form, "role": found})


def september(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Are these your people this year?"""
    partnership, who = request.partnership, request.who
    found = queries.school_of_partnership(urn, partnership=partnership, viewer=who)
    if found is None:
        raise Http404
    require(may_keep_people(who, found.pk, partnership.pk))
    year, today = academic_year_of(clock.today()), clock.today()
    held = [row for row in queries.people_of_school(found, viewer=who) if row[6] <= today]
    form = SeptemberForm(
        request.POST or None, roles=[(row[0], row[2], row[3]) for row in held], initial={"left_on": left_by_september(today)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_people(partnership=partnership, school=found, **form.cleaned_data, by=who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"Thank you. That is confirmed for {year}.")
            own = {row[0] for row in held if row[1] == who.person}
            if own and own <= set(form.cleaned_data["gone"]) and not who.runs(partnership.pk):
                return redirect("people:account")
            return redirect("people:school", slug=slug, urn=urn)
    done = queries.september_of(found, partnership=partnership, viewer=who).done
    context = {"form": form, "school": found, "held": held, "year": year, "done": done, "open": may_confirm_people_on(today)}
    return render(request, "people/september.html", context)
