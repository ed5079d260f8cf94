"""Inviting colleagues, and ending what they hold."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.asked import Asked
from alongside.ground.web.sensitive import sensitive
from alongside.members.people import actions, queries
from alongside.members.people.forms import EndRoleForm, InviteForm, SureForm
from alongside.members.people.models import Invitation, Role
from alongside.members.people.permissions import (
    may_change_invitation,
    may_end_role,
    may_free_person,
    may_keep_office,
    may_keep_people,
)


def invite(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Invite a colleague to a post in a school."""
    found = queries.school_of_partnership(urn, partnership=request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    require(may_keep_people(request.who, found.pk, request.partnership.pk))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_colleague(**form.cleaned_data, school=found, partnership=request.partnership, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"The invitation to {form.cleaned_data['email']} is on its way.")
            return redirect("people:school", slug=slug, urn=urn)
    return render(request, "people/invite.html", {"form": form, "place": found.name, "school": found})


def invite_office(request: Asked, slug: str) -> HttpResponse:
    """Invite a colleague to the partnership's office."""
    require(may_keep_office(request.who, request.partnership.pk))
    form = InviteForm(request.POST or None, in_office=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_colleague(**form.cleaned_data, partnership=request.partnership, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"The invitation to {form.cleaned_data['email']} is on its way.")
            return redirect("people:office", slug=slug)
    return render(request, "people/invite.html", {"form": form, "place": "the office", "school": None})


def end_role(request: Asked, slug: str, role: str) -> HttpResponse:
    """End a role, having seen what falls open."""
    partnership, who = request.partnership, request.who
    found = queries.role_to_end(role, partnership=partnership, viewer=who)
    if found is None:
        raise Http404
    require(may_end_role(who, found.person_id, found.school_id, partnership.pk, last_manager=False))
    only, warnings = queries.falls_open(found, viewer=who)
    verdict = may_end_role(who, found.person_id, found.school_id, partnership.pk, only)
    form = EndRoleForm(request.POST or None, warned=bool(warnings))
    if request.method == "POST" and form.is_valid():
        sure = form.cleaned_data.get("sure", False)
        try:
            actions.end_role(role=found, until_on=form.cleaned_data["until_on"], even_if_last=sure, by=who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"{found.person.name}’s role as {found.get_post_display().lower()} ends as you said.")
            if found.person_id == who.person:
                return redirect("people:account")
            return place_of(found, slug)
    return render(
        request,
        "people/end_role.html",
        {
            "form": form,
            "role": found,
            "warnings": warnings,
            "stays": queries.what_stays_after(found, viewer=who),
            "verdict": verdict,
        },
    )


@sensitive
def free(request: Asked, slug: str, role: str) -> HttpResponse:
    """Take the second factors off somebody who has lost them."""
    partnership, who = request.partnership, request.who
    found = queries.role_to_end(role, partnership=partnership, viewer=who)
    if found is None:
        raise Http404
    offices = queries.offices_of(found.person, viewer=who)
    require(may_free_person(who, found.person_id, offices))
    form = SureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.free_person(person=found.person, offices=offices, by=who)
        messages.success(request, f"{found.person.name} is signed out everywhere and can set up a new second factor.")
        return place_of(found, slug)
    return render(request, "people/free.html", {"form": form, "role": found})


def place_of(role: Role, slug: str) -> HttpResponse:
    """To the page that a role stands on."""
    if role.school:
        return redirect("people:school", slug=slug, urn=role.school.urn)
    return redirect("people:office", slug=slug)


@require_POST
def cancel_invitation(request: Asked, slug: str, key: str) -> HttpResponse:
    """Withdraw an invitation."""
    invitation = to_change(request, key)
    actions.cancel_invitation(invitation=invitation, by=request.who)
    messages.success(
        request, f"The invitation to {who_is_invited(invitation)} is withdrawn. The link it carried no longer works."
    )
    return back(invitation, slug)


@require_POST
def renew_invitation(request: Asked, slug: str, key: str) -> HttpResponse:
    """Send an invitation again, with a new link."""
    invitation = to_change(request, key)
    actions.renew_invitation(invitation=invitation, by=request.who)
    messages.success(request, f"A new link is on its way to {who_is_invited(invitation)}. The old one no longer works.")
    return back(invitation, slug)


def to_change(request: Asked, key: str) -> Invitation:
    """The open invitation that the address names, if the viewer may change it."""
    found = queries.invitation_to_change(key, partnership=request.partnership, viewer=request.who)
    if found is None:
        raise Http404
    require(may_change_invitation(request.who, found.school_id, found.partnership_id))
    return found


def who_is_invited(invitation: Invitation) -> str:
    """The address, or the post of a letter."""
    return invitation.email or f"the {Post(invitation.post).label.lower()}"


def back(invitation: Invitation, slug: str) -> HttpResponse:
    """To the page that the invitation stands on."""
    if invitation.school:
        return redirect("people:school", slug=slug, urn=invitation.school.urn)
    return redirect("people:office", slug=slug)
